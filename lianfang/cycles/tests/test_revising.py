"""An edition revised in part: what opens and closes, what is published."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from lianfang.cycles.actions import filing as filings
from lianfang.cycles.actions.cycle import open_cycle
from lianfang.cycles.actions.filing import RevisionOpen
from lianfang.cycles.actions.moving import NotNow, locked, move
from lianfang.cycles.actions.revising import (
    InAnotherRevision,
    NothingToRevise,
    StillDiffers,
    YearUnderWay,
    drop_revision,
    open_revision,
)
from lianfang.cycles.models import Edition, Filing
from lianfang.cycles.rules.states import Act
from lianfang.cycles.tests.revising import LATER, named, post, revisable, revise
from lianfang.cycles.tests.year import (
    SCHEME,
    brought_to,
    filing_of,
    publish,
    resume,
    send_back,
    take_up,
)
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.powers import actions as powers
from lianfang.powers.actions.locks import RegisterLocked
from lianfang.powers.actions.powers import stored_power
from lianfang.powers.models import EditLock, Power
from lianfang.powers.tests.making import power
from lianfang.register.edition import read_frozen
from lianfang.risks.actions.levels import record_breach
from lianfang.risks.models import Breach

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return revisable()


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
