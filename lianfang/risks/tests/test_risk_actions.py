"""One risk point: recorded, changed, retired, deleted and brought back."""

import pytest

from lianfang.audit.models import Event
from lianfang.audit.queries import history_of
from lianfang.common.errors import Stale
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.actions.locks import RegisterLocked, lock
from lianfang.powers.models import Power, PowerPost, Step
from lianfang.risks.actions.drafts import AlreadyBack, NotADraft, delete_draft, restore_draft
from lianfang.risks.actions.measures import MeasureValues, add_measure
from lianfang.risks.actions.risk import (
    NoCarrier,
    RiskValues,
    Shown,
    change_risk,
    create_risk,
    retire_risk,
    values_of,
)
from lianfang.risks.actions.writing import Retired
from lianfang.risks.models import RiskIndex, RiskPoint
from lianfang.scheme.load import load_scheme

pytestmark = pytest.mark.django_db
SCHEME = load_scheme("cnas-2012")


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def power_of(cast: Cast) -> Power:
    """Return a power of finance: the head decides, the clerk executes, one step of the clerk's."""
    power = Power.objects.create(
        organisation=cast.organisation,
        unit=cast.units["CW"],
        code="CW-01",
        name="付款",
        matters=["large_sums"],
        created_at=AT,
    )
    roles = {"CWC": PowerPost.Role.DECIDES, "CWG": PowerPost.Role.EXECUTES}
    for place, (post, role) in enumerate(roles.items()):
        PowerPost.objects.create(power=power, order=place, post=cast.posts[post], role=role)
    Step.objects.create(power=power, order=0, code="CW-01-1", name="复核", post=cast.posts["CWG"])
    return power


def made(cast: Cast, **values: object) -> RiskPoint:
    wanted = {"title": "票据核对走过场", "posts": (cast.posts["CWG"],), **values}
    return create_risk(
        unit=cast.units["CW"],
        values=RiskValues(**wanted),  # type: ignore[arg-type]
        scheme=SCHEME,
        found_by=cast.people["clerk"],
        found_on=ON,
        by=cast.logins["clerk"],
        at=AT,
    )


def test_a_risk_point_gets_the_next_code_of_its_unit(cast: Cast) -> None:
    assert [made(cast).code for _ in range(2)] == ["R-CW-01", "R-CW-02"]


def test_who_carries_follows_from_what_it_hangs_on_unless_said(cast: Cast) -> None:
    power = power_of(cast)
    of_power = made(cast, about=power, posts=())
    of_step = made(cast, about=power.steps.get(), posts=())
    assert [post.code for post in values_of(of_power).posts] == ["CWC", "CWG"]
    assert [post.code for post in values_of(of_step).posts] == ["CWG"]
    assert of_step.power == power


def test_a_risk_point_of_the_unit_asks_for_a_post(cast: Cast) -> None:
    with pytest.raises(NoCarrier):
        made(cast, posts=())
    assert not RiskPoint.objects.exists()


def test_a_new_risk_point_is_told_in_the_log_and_found_by_lists(cast: Cast) -> None:
    risk = made(cast, aspects=("rules",), shown=(Shown("只看签字，不看原件。", "medium"),))
    line = history_of(risk)[0]
    assert (line.action, line.rule) == ("risks.risk.created", "五（二）")
    told = {change.field: change.after for change in line.changes}
    assert told["manifestations"] == ["只看签字，不看原件。 [medium]"]
    assert RiskIndex.objects.filter(risk=risk, words__contains="票据").exists()


def test_a_change_is_told_and_nothing_changed_is_not(cast: Cast) -> None:
    risk = made(cast)
    events = Event.objects.count()
    same = change_risk(risk=risk, values=values_of(risk), scheme=SCHEME, by=None, at=AT)
    assert (Event.objects.count(), same.version) == (events, 1)
    values = RiskValues(title="票据不核对", posts=(cast.posts["CWC"],))
    changed = change_risk(risk=risk, values=values, scheme=SCHEME, by=None, at=AT, version=1)
    assert (changed.title, changed.version) == ("票据不核对", 2)
    assert {change.field for change in history_of(risk)[0].changes} == {"title", "posts"}


def test_a_stale_form_is_told_so(cast: Cast) -> None:
    risk = made(cast)
    with pytest.raises(Stale):
        change_risk(
            risk=risk,
            values=values_of(risk),
            scheme=SCHEME,
            by=None,
            at=AT,
            version=risk.version + 1,
        )


def test_a_locked_unit_and_a_retired_point_refuse(cast: Cast) -> None:
    risk = made(cast)
    retire_risk(risk=risk, on=ON, reason="职权取消", by=None, at=AT)
    with pytest.raises(Retired):
        change_risk(risk=risk, values=values_of(risk), scheme=SCHEME, by=None, at=AT)
    lock(unit=cast.units["CW"], reason="已报送", by=None, at=AT)
    with pytest.raises(RegisterLocked):
        made(cast)


def test_a_deleted_draft_comes_back_as_it_was(cast: Cast) -> None:
    risk = made(cast, about=power_of(cast), shown=(Shown("拖延付款。"),))
    add_measure(risk=risk, values=MeasureValues(text="每月抽查"), by=None, at=AT)
    risk.refresh_from_db()
    before = (values_of(risk), risk.measures.get().text, risk.version, risk.found_by)
    draft = delete_draft(risk=risk, by=cast.logins["clerk"], at=AT)
    assert not RiskPoint.objects.exists()
    back = restore_draft(draft=draft, by=cast.logins["clerk"], at=AT)
    assert (values_of(back), back.measures.get().text, back.version, back.found_by) == before
    assert [line.action for line in history_of(back)][:2] == [
        "risks.draft.restored",
        "risks.draft.deleted",
    ]
    with pytest.raises(AlreadyBack):
        restore_draft(draft=draft, by=cast.logins["clerk"], at=AT)


def test_the_code_of_a_deleted_draft_is_not_given_again(cast: Cast) -> None:
    delete_draft(risk=made(cast), by=cast.logins["clerk"], at=AT)
    assert made(cast).code == "R-CW-02"


def test_only_the_author_deletes_and_only_before_anybody_endorsed(cast: Cast) -> None:
    risk = made(cast)
    with pytest.raises(NotADraft):
        delete_draft(risk=risk, by=cast.logins["head"], at=AT)
    RiskPoint.objects.filter(pk=risk.pk).update(endorsed="low")
    with pytest.raises(NotADraft):
        delete_draft(risk=risk, by=cast.logins["clerk"], at=AT)
