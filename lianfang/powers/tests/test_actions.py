"""What the actions write, record and refuse."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from msgspec.structs import replace

from lianfang.audit.models import Event
from lianfang.audit.queries import history_of
from lianfang.common.errors import Stale
from lianfang.org.actions.changing import NotHere
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers import actions
from lianfang.powers.actions.locks import RegisterLocked, lock
from lianfang.powers.actions.parts import StillMentioned
from lianfang.powers.actions.powers import NotADraft, Retired, RisksRemain, stored_power
from lianfang.powers.actions.regulations import StillRestedOn
from lianfang.powers.models import DeletedDraft, Power
from lianfang.powers.rules.states import DatesMissing, NoSuchWay
from lianfang.powers.tests.making import REFUNDS, power, regulation
from lianfang.register.model import PowerPost, RegulationState, Role, Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def hang_a_risk_on(made: Power, *, step: str | None = None) -> None:
    """Put a risk point on a power; the room above owns them."""
    made.risks.create(
        organisation=made.organisation,
        unit=made.unit,
        code="R-CW-01",
        title="虚报",
        step=made.steps.get(code=step) if step else None,
        created_at=AT,
    )


def test_a_power_gets_its_code_and_its_steps_theirs(cast: Cast) -> None:
    first, second = power(cast), power(cast)
    assert (first.code, second.code) == ("CW-01", "CW-02")
    value = stored_power(second, ON)
    assert [step.id for step in value.steps] == ["CW-02-1", "CW-02-2", "CW-02-3"]
    assert [arrow.to for arrow in value.steps[1].arrows] == ["CW-02-3", "CW-02-1"]
    assert value == replace(REFUNDS, id="CW-02", code="CW-02", unit="CW", steps=value.steps)


def test_what_is_listed_is_recorded_in_words(cast: Cast) -> None:
    (line,) = history_of(power(cast))
    told = {change.field: change.after for change in line.changes}
    assert line.action == "powers.power.listed"
    assert told["posts"][1] == "出纳岗 执行"  # type: ignore[index]
    assert told["bases"] == ["《财务报销管理办法》第三条 [ZD-001]"]


def test_only_what_differs_is_recorded_and_nothing_where_nothing_does(cast: Cast) -> None:
    made = power(cast)
    value, events = stored_power(made, ON), Event.objects.count()
    actions.change_power(power=made, wanted=value, by=None, at=AT)
    assert Event.objects.count() == events
    steps = (*value.steps, Step(id="new", name="抽查"))
    actions.change_power(power=made, wanted=replace(value, steps=steps), by=None, at=AT)
    line = history_of(made)[0]
    assert [change.field for change in line.changes] == ["steps"]
    assert line.rule == "五（二）"
    assert stored_power(made, ON).steps[-1].id == "CW-01-4"


def test_a_stale_change_is_refused(cast: Cast) -> None:
    made = power(cast)
    value = replace(stored_power(made, ON), name="报销")
    actions.change_power(power=made, wanted=value, version=made.version, by=None, at=AT)
    with pytest.raises(Stale):
        actions.change_power(power=made, wanted=value, version=made.version, by=None, at=AT)


def test_a_locked_unit_or_power_is_not_changed(cast: Cast) -> None:
    made, other = power(cast), power(cast)
    lock(unit=made.unit, power=made, reason="审核中", by=None, at=AT)
    value = replace(stored_power(made, ON), name="报销")
    with pytest.raises(RegisterLocked):
        actions.change_power(power=made, wanted=value, by=None, at=AT)
    actions.retire_power(power=other, on=ON, reason="并入", by=None, at=AT)
    lock(unit=made.unit, reason="审核中", by=None, at=AT)
    with pytest.raises(RegisterLocked):
        power(cast)


def test_a_post_or_regulation_of_nowhere_is_refused(cast: Cast) -> None:
    with pytest.raises(NotHere):
        power(cast, posts=(PowerPost(post="ZZ", role=Role.DECIDES),))
    full_cast("other")
    wanted = replace(REFUNDS, bases=(replace(REFUNDS.bases[0], regulation="ZD-099"),))
    with pytest.raises(NotHere):
        actions.create_power(unit=cast.units["CW"], wanted=wanted, by=None, at=AT)


def test_a_step_that_a_risk_names_stays(cast: Cast) -> None:
    made = power(cast)
    hang_a_risk_on(made, step="CW-01-2")
    value = stored_power(made, ON)
    with pytest.raises(StillMentioned):
        actions.change_power(power=made, wanted=replace(value, steps=()), by=None, at=AT)


def test_a_power_is_retired_with_a_reason_once_its_risks_are(cast: Cast) -> None:
    made = power(cast)
    hang_a_risk_on(made)
    with pytest.raises(RisksRemain):
        actions.retire_power(power=made, on=ON, reason="并入", by=None, at=AT)
    made.risks.update(retired_on=ON)
    actions.retire_power(power=made, on=ON, reason="并入", by=None, at=AT)
    made.refresh_from_db()
    assert (made.retired_on, made.retired_reason) == (ON, "并入")
    with pytest.raises(Retired):
        actions.change_power(power=made, wanted=REFUNDS, by=None, at=AT)


def test_only_its_author_deletes_a_draft_and_only_while_nothing_names_it(cast: Cast) -> None:
    made, named = power(cast), power(cast)
    with pytest.raises(NotADraft):
        actions.delete_draft(power=made, by=cast.logins["head"], at=AT)
    hang_a_risk_on(named)
    with pytest.raises(NotADraft):
        actions.delete_draft(power=named, by=cast.logins["clerk"], at=AT)
    actions.delete_draft(power=made, by=cast.logins["clerk"], at=AT)
    assert list(Power.objects.all()) == [named]


def test_a_deleted_draft_comes_back_whole_once_and_its_code_is_not_given_again(
    cast: Cast,
) -> None:
    made = power(cast)
    actions.change_power(
        power=made, wanted=stored_power(made, ON), name_en="Refunds", by=None, at=AT
    )
    value, clerk = stored_power(made, ON), cast.logins["clerk"]
    draft = actions.delete_draft(power=made, by=clerk, at=AT)
    assert power(cast).code == "CW-02"
    back = actions.restore_draft(draft=draft, by=clerk, at=AT)
    assert stored_power(back, ON) == value
    assert back.name_en == "Refunds"
    with pytest.raises(NotADraft):
        actions.restore_draft(draft=DeletedDraft.objects.get(), by=clerk, at=AT)


def test_a_regulation_comes_into_force_and_out_of_it(cast: Cast) -> None:
    rule = regulation(cast, state="to_be_made", in_force_on=None, owner=cast.posts["CWC"])
    moved = actions.move_regulation(
        regulation=rule, state=RegulationState.IN_FORCE, on=ON, by=None, at=AT
    )
    assert (moved.state, moved.in_force_on) == ("in_force", ON)
    with pytest.raises(DatesMissing):
        actions.move_regulation(
            regulation=rule,
            state=RegulationState.REPEALED,
            on=date(2020, 1, 1),
            by=None,
            at=AT,
        )
    moved = actions.move_regulation(
        regulation=rule, state=RegulationState.REPEALED, on=ON, by=None, at=AT
    )
    assert (moved.state, moved.repealed_on) == ("repealed", ON)
    with pytest.raises(NoSuchWay):
        actions.move_regulation(
            regulation=rule, state=RegulationState.DRAFTING, on=ON, by=None, at=AT
        )


def test_a_regulation_is_changed_and_its_days_are_checked(cast: Cast) -> None:
    rule = regulation(cast)
    actions.change_regulation(
        regulation=rule, values={"title": "报销办法"}, version=1, by=None, at=AT
    )
    rule.refresh_from_db()
    assert (rule.title, rule.version) == ("报销办法", 2)
    with pytest.raises(Stale):
        actions.change_regulation(regulation=rule, values={"title": "x"}, version=1, by=None, at=AT)
    with pytest.raises(DatesMissing):
        actions.change_regulation(
            regulation=rule, values={"repealed_on": ON}, version=2, by=None, at=AT
        )


def test_a_regulation_on_which_powers_rest_is_not_retired(cast: Cast) -> None:
    made = power(cast)
    rule = made.bases.get().regulation
    assert rule is not None
    with pytest.raises(StillRestedOn):
        actions.retire_regulation(regulation=rule, on=ON, reason="登记错", by=None, at=AT)
    actions.retire_power(power=made, on=ON, reason="并入", by=None, at=AT)
    actions.retire_regulation(regulation=rule, on=ON, reason="登记错", by=None, at=AT)
    rule.refresh_from_db()
    assert rule.retired_on == ON


def test_the_text_of_a_regulation_is_kept_as_a_file(cast: Cast) -> None:
    rule = regulation(cast)
    kept = actions.attach_file(
        regulation=rule,
        chunks=ContentFile(b"%PDF-1.7\n%%EOF\n").chunks(),
        name="办法.pdf",
        by=None,
        at=AT,
    )
    assert kept.attachment is not None
    assert kept.attachment.name == "办法.pdf"
