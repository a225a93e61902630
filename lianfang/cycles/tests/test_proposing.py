"""What is on record proposes a revision, once; what asks no more is over."""

from datetime import date, timedelta

import pytest

from lianfang.audit.models import Event
from lianfang.audit.queries import history_of
from lianfang.cycles.actions.cycle import add_filings
from lianfang.cycles.actions.proposing import propose_revisions, retire_editions
from lianfang.cycles.actions.revising import (
    SettledAlready,
    dismiss_proposal,
    drop_revision,
)
from lianfang.cycles.models import Edition, Filing, Proposal
from lianfang.cycles.tests.revising import LATER, named, post, revisable, revise
from lianfang.cycles.tests.year import (
    SCHEME,
    brought_to,
    filing_of,
    publish,
)
from lianfang.org import actions as org
from lianfang.org.models import Post
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.powers import actions as powers
from lianfang.register.model import RegulationState
from lianfang.risks.actions.levels import record_breach

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return revisable()


def propose(cast: Cast, on: date = LATER) -> list[Proposal]:
    propose_revisions(organisation=cast.organisation, scheme=SCHEME, on=on, by=None, at=AT)
    return list(Proposal.objects.filter(outcome="").order_by("pk"))


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
    (dropped,) = [line for line in history_of(found) if line.action == "cycles.filing.dropped"]
    told = {change.field: change.after for change in dropped.changes}
    assert told["proposals"] == ["出纳岗"]
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
