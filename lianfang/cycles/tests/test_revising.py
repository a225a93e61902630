"""An edition revised in part: what opens and closes, what is published, what proposes it."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from lianfang.audit.models import Event
from lianfang.cycles.actions import filing as filings
from lianfang.cycles.actions.cycle import add_filings, open_cycle
from lianfang.cycles.actions.filing import RevisionOpen
from lianfang.cycles.actions.moving import NotNow, locked, move
from lianfang.cycles.actions.proposing import propose_revisions, retire_editions
from lianfang.cycles.actions.revising import (
    InAnotherRevision,
    NothingToRevise,
    SettledAlready,
    StillDiffers,
    YearUnderWay,
    dismiss_proposal,
    drop_revision,
    open_revision,
)
from lianfang.cycles.models import Edition, Filing, Proposal
from lianfang.cycles.rules.states import Act
from lianfang.cycles.tests.year import (
    SCHEME,
    brought_to,
    filing_of,
    powered,
    publish,
    resume,
    send_back,
    take_up,
)
from lianfang.org import actions as org
from lianfang.org.models import Post
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers import actions as powers
from lianfang.powers.actions.locks import RegisterLocked
from lianfang.powers.actions.powers import stored_power
from lianfang.powers.models import EditLock, Power
from lianfang.powers.tests.making import power, regulation
from lianfang.register import model
from lianfang.register.edition import read_frozen
from lianfang.register.model import RegulationState
from lianfang.risks.actions.apply import apply_register
from lianfang.risks.actions.levels import record_breach
from lianfang.risks.models import Breach
from lianfang.risks.queries.load import load

pytestmark = pytest.mark.django_db
LATER = ON + timedelta(days=10)


@pytest.fixture
def cast() -> Cast:
    """Return an institution whose finance has an edition of two powers, CW-01 and CW-02."""
    made = full_cast()
    powered(made)
    _add_a_second_power(made)
    brought_to(made, "published")
    Power.objects.update(created_at=AT - timedelta(days=1))
    return made


def _add_a_second_power(cast: Cast) -> None:
    """Store CW-02, like CW-01 but resting on a regulation of the library, with its risk point."""
    known = load(cast.organisation, ON)
    (first,), (risk,) = known.powers, known.risks
    rule = regulation(cast)
    basis = model.Basis(text="《财务报销管理办法》", regulation=rule.code, article="第三条")
    steps = tuple(
        replace(
            step,
            id=step.id.replace("CW-01", "CW-02"),
            arrows=tuple(replace(a, to=a.to.replace("CW-01", "CW-02")) for a in step.arrows),
        )
        for step in first.steps
    )
    second = replace(first, id="CW-02", code="CW-02", name="报销付款", bases=(basis,), steps=steps)
    other = replace(
        risk,
        id="R-CW-02",
        about=model.Subject(kind=model.SubjectKind.POWER, id="CW-02"),
        title="付款给虚假的收款人",
        manifestations=(model.Manifestation(text="经办人把收款账户改为亲友的账户后付款"),),
        measures=tuple(replace(m, id=m.id.replace("01", "02")) for m in risk.measures),
    )
    apply_register(
        organisation=cast.organisation,
        register=model.Register(powers=(second,), risks=(other,)),
        scheme=SCHEME,
        on=ON,
        by=None,
        at=AT,
    )


def post(code: str) -> Post:
    return Post.objects.get(code=code)


def named(code: str) -> Power:
    return Power.objects.select_related("unit", "organisation").get(code=code)


def revise(
    cast: Cast, *codes: str, rest: bool = False, proposals: tuple[Proposal, ...] = ()
) -> Filing:
    return open_revision(
        unit=cast.units["CW"],
        trigger="process_changed",
        reason="报销改为线上审批",
        powers=[named(code) for code in codes],
        covers_rest=rest,
        proposals=proposals,
        scheme=SCHEME,
        on=ON,
        by=cast.logins["head"],
        at=AT,
    )


def rename(code: str, name: str) -> Power:
    found = named(code)
    wanted = replace(stored_power(found, ON), name=name)
    return powers.change_power(power=found, wanted=wanted, by=None, at=AT)


def is_open(code: str) -> bool:
    try:
        rename(code, named(code).name + "改")
    except RegisterLocked:
        return False
    return True


def names_in(edition: Edition) -> dict[str, str]:
    return {one.id: one.name for one in read_frozen(edition.content.encode()).register.powers}


def propose(cast: Cast, on: date = LATER) -> list[Proposal]:
    propose_revisions(organisation=cast.organisation, scheme=SCHEME, on=on, by=None, at=AT)
    return list(Proposal.objects.filter(outcome="").order_by("pk"))


# the way of a revision ----------------------------------------------------------------------


def test_a_published_unit_stays_closed_until_a_revision_opens_a_part_of_it(cast: Cast) -> None:
    assert not is_open("CW-01")
    with pytest.raises(RegisterLocked, match="开始修订"):
        power(cast)
    revise(cast, "CW-01")
    assert is_open("CW-01")
    assert not is_open("CW-02")
    with pytest.raises(RegisterLocked):
        power(cast)


def test_the_part_is_closed_while_it_is_decided_and_open_again_when_it_comes_back(
    cast: Cast,
) -> None:
    found = revise(cast, "CW-01", rest=True)
    new = power(cast)
    # past the checks, which the new power would not pass
    move(locked(found), Act.SUBMIT, by=None, at=AT)
    take_up(cast, found=found)
    assert [is_open(code) for code in ("CW-01", "CW-02", new.code)] == [False, False, False]
    send_back(cast, found=found)
    assert [is_open(code) for code in ("CW-01", "CW-02", new.code)] == [True, False, True]
    resume(cast, found=found)
    assert is_open("CW-01")


def test_only_what_was_revised_is_other_in_the_next_edition(cast: Cast) -> None:
    first = Edition.objects.get()
    found = revise(cast, "CW-01")
    rename("CW-01", "差旅费线上审核")
    # changed past all locks: another revision of it might be under way
    Power.objects.filter(code="CW-02").update(name="未经审议的名称")
    brought_to(cast, "approved", found)
    publish(cast, found=found, effective_from=LATER)
    first.refresh_from_db()
    second = Edition.objects.get(superseded_on=None)
    assert (first.number, first.superseded_on) == ("2026-1", LATER)
    assert (second.number, second.filing) == ("2026-2", found)
    assert names_in(second) == {"CW-01": "差旅费线上审核", "CW-02": "报销付款"}
    assert filing_of(cast).state == "superseded"
    found.refresh_from_db()
    assert found.state == "published"
    assert found.revision is not None
    assert found.revision.ended_on == ON
    assert not is_open("CW-01")


def test_two_revisions_of_one_unit_go_side_by_side_on_different_powers(cast: Cast) -> None:
    one = revise(cast, "CW-01")
    with pytest.raises(InAnotherRevision, match="2026-R1"):
        revise(cast, "CW-01", "CW-02")
    other = revise(cast, "CW-02", rest=True)
    assert other.revision is not None
    assert other.revision.number == "2026-R2"
    with pytest.raises(InAnotherRevision):
        revise(cast, rest=True)
    rename("CW-01", "差旅审核")
    rename("CW-02", "付款")
    brought_to(cast, "approved", one)
    publish(cast, found=one, effective_from=LATER)
    assert names_in(Edition.objects.get(superseded_on=None))["CW-02"] == "报销付款"
    assert is_open("CW-02")
    brought_to(cast, "approved", other)
    publish(cast, found=other, effective_from=LATER + timedelta(days=1))
    last = Edition.objects.get(superseded_on=None)
    assert last.number == "2026-3"
    assert names_in(last)["CW-01"] == "差旅审核"
    assert names_in(last)["CW-02"].startswith("付款")


def test_only_errors_in_the_part_hold_a_revision_up(cast: Cast) -> None:
    Power.objects.filter(code="CW-02").update(category="")
    found = revise(cast, "CW-01")
    filings.submit_filing(
        filing=found,
        statement="改审批方式",
        scheme=SCHEME,
        on=ON,
        by=cast.logins["head"],
        at=AT,
    )
    found.refresh_from_db()
    assert found.state == "submitted"


def test_a_revision_is_dropped_only_while_nothing_differs(cast: Cast) -> None:
    found = revise(cast, "CW-01")
    before = named("CW-01").name
    rename("CW-01", "另一名称")
    with pytest.raises(StillDiffers):
        drop_revision(filing=found, on=ON, by=None, at=AT)
    rename("CW-01", before)
    drop_revision(filing=found, on=ON, by=cast.logins["head"], at=AT)
    assert not is_open("CW-01")
    revise(cast, "CW-01")
    with pytest.raises(NotNow):
        drop_revision(filing=filing_of(cast), on=ON, by=None, at=AT)


def test_the_filing_of_the_next_year_and_a_revision_wait_for_each_other(cast: Cast) -> None:
    found = revise(cast, "CW-01")
    open_cycle(organisation=cast.organisation, year=2027, scheme=SCHEME, on=ON, by=None, at=AT)
    coming = Filing.objects.get(unit=cast.units["CW"], cycle__year=2027)
    with pytest.raises(RevisionOpen, match="2026-R1"):
        filings.start_filing(filing=coming, by=None, at=AT)
    drop_revision(filing=found, on=ON, by=None, at=AT)
    filings.start_filing(filing=coming, by=None, at=AT)
    assert is_open("CW-01")
    assert not EditLock.objects.filter(released_at=None).exists()
    with pytest.raises(YearUnderWay, match="2027"):
        revise(cast, "CW-01")


def test_what_names_nothing_or_has_no_edition_is_no_revision(cast: Cast) -> None:
    with pytest.raises(NothingToRevise):
        revise(cast)
    with pytest.raises(NothingToRevise, match="还没有发布"):
        open_revision(
            unit=cast.units["PS"],
            trigger="breach",
            reason="",
            powers=[],
            covers_rest=True,
            scheme=SCHEME,
            on=ON,
            by=None,
            at=AT,
        )


def test_a_revision_takes_up_only_the_breaches_of_posts_in_its_part(cast: Cast) -> None:
    for name in ("CWG", "BGC"):
        record_breach(
            post=post(name),
            power=None,
            what="代签",
            reference="1",
            found_on=ON,
            scheme=SCHEME,
            on=ON,
            by=None,
            at=AT,
        )
    found = revise(cast, "CW-01")
    brought_to(cast, "approved", found)
    publish(cast, found=found, effective_from=LATER)
    taken = dict(Breach.objects.values_list("post__code", "absorbed_by_edition"))
    assert taken["CWG"] == "2026-2"


# what proposes one --------------------------------------------------------------------------


def test_what_changed_since_the_edition_proposes_a_revision_once(cast: Cast) -> None:
    assert propose(cast) == []
    org.appoint(
        person=cast.people["office"],
        post=post("CWG"),
        from_on=ON + timedelta(days=3),
        by=None,
        at=AT,
    )
    (one,) = propose(cast)
    assert (one.trigger, one.unit) == ("holder_changed", cast.units["CW"])
    assert "office" not in one.about
    assert {power.code for power in one.powers.all()} == {"CW-01", "CW-02"}
    assert one.sentence == "“出纳岗”任职变动"
    events = Event.objects.count()
    assert propose(cast) == [one]
    assert Event.objects.count() == events


def test_a_repealed_regulation_proposes_a_revision_of_what_rests_on_it(cast: Cast) -> None:
    rule = named("CW-02").bases.get().regulation
    assert rule is not None
    powers.move_regulation(
        regulation=rule,
        state=RegulationState.REPEALED,
        on=ON + timedelta(days=2),
        by=None,
        at=AT,
    )
    (one,) = propose(cast)
    assert one.trigger == "requirement_changed"
    assert [power.code for power in one.powers.all()] == ["CW-02"]


def test_a_breach_asks_until_an_edition_takes_it_up(cast: Cast) -> None:
    record_breach(
        post=post("CWG"),
        power=named("CW-01"),
        what="代签",
        reference="1",
        found_on=ON,
        scheme=SCHEME,
        on=ON,
        by=None,
        at=AT,
    )
    (one,) = propose(cast)
    assert one.trigger == "breach"
    found = revise(cast, "CW-01", proposals=(one,))
    assert propose(cast) == []
    drop_revision(filing=found, on=ON, by=None, at=AT)
    assert propose(cast) == [one]
    found = revise(cast, "CW-01", proposals=(one,))
    brought_to(cast, "approved", found)
    publish(cast, found=found, effective_from=LATER)
    assert propose(cast) == []
    one.refresh_from_db()
    assert (one.outcome, one.settled_by) == ("taken", found.revision)


def test_a_renamed_unit_and_a_retired_post_propose_a_revision(cast: Cast) -> None:
    unit = cast.units["CW"]
    type(unit).objects.filter(pk=unit.pk).update(name="财务和资产处")
    Post.objects.filter(code="CWG").update(retired_on=ON)
    assert {one.key.split(":", 2)[2].split(":")[0] for one in propose(cast)} == {"unit", "post"}


def test_a_proposal_is_dismissed_with_a_reason_and_never_comes_back(cast: Cast) -> None:
    unit = cast.units["CW"]
    type(unit).objects.filter(pk=unit.pk).update(name="财务和资产处")
    (one,) = propose(cast)
    for _time in range(2):
        if one.outcome:
            with pytest.raises(SettledAlready):
                dismiss_proposal(proposal=one, reason="仅改名", on=ON, by=None, at=AT)
        else:
            one = dismiss_proposal(proposal=one, reason="仅改名", on=ON, by=None, at=AT)
    assert propose(cast) == []


def test_what_asks_no_more_is_over_and_comes_back_when_it_asks_again(cast: Cast) -> None:
    unit = cast.units["CW"]
    name = unit.name
    for shown, open_now in (("改名", 1), (name, 0), ("改名", 1)):
        type(unit).objects.filter(pk=unit.pk).update(name=shown)
        assert len(propose(cast)) == open_now


def test_the_edition_of_a_dissolved_unit_is_retired(cast: Cast) -> None:
    unit = cast.units["CW"]
    type(unit).objects.filter(pk=unit.pk).update(retired_on=ON)
    assert retire_editions(organisation=cast.organisation, on=ON, by=None, at=AT) == 1
    assert Edition.objects.get().superseded_on == ON
    assert filing_of(cast).state == "superseded"
    assert retire_editions(organisation=cast.organisation, on=ON, by=None, at=AT) == 0


def test_a_unit_founded_during_the_year_gets_its_filing(cast: Cast) -> None:
    made = org.create_unit(
        organisation=cast.organisation,
        code="XX",
        name="信息处",
        parent=cast.units["root"],
        by=None,
        at=AT,
    )
    for added in (1, 0):
        found = add_filings(organisation=cast.organisation, on=ON, by=None, at=AT)
        assert found == added
    assert Filing.objects.get(unit=made).state == "not_started"
