"""Who sees a lead: its handlers, its keeper, its decider while it waits; nobody else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from lianfang.alerts.models import Alert
from lianfang.leads import access
from lianfang.leads.actions.knowing import end_access, give_access, recuse
from lianfang.leads.actions.opening import name_people
from lianfang.leads.models import Lead, LeadAccess
from lianfang.leads.queries.figures import statistics
from lianfang.leads.tests.making import (
    DAY,
    SCHEME,
    agreed,
    asked,
    closed,
    opened,
    related,
    second_officer,
)
from lianfang.org.models import Membership
from lianfang.org.queries import standing_of
from lianfang.org.standing import Standing
from lianfang.org.tests.cast import AT, ON, Cast, full_cast


@pytest.fixture
def cast(db: None) -> Cast:
    del db
    return full_cast()


def seen_by(cast: Cast, part: str) -> set[Lead]:
    return set(access.leads_visible_to(cast.standing(part)))


def who_sees(cast: Cast, lead: Lead) -> set[str]:
    return {part for part in cast.logins if lead in seen_by(cast, part)}


def later(cast: Cast, part: str) -> Standing:
    """Return who a part is tomorrow."""
    standing = standing_of(cast.logins[part], AT + DAY)
    assert standing is not None
    return standing


def test_a_lead_is_seen_by_its_handlers_and_its_keeper_alone(cast: Cast) -> None:
    second_officer(cast, "keeper", role="head")
    second_officer(cast, "third")
    lead = opened(cast)
    assert who_sees(cast, lead) == {"officer", "keeper"}


def test_another_organisation_sees_nothing(cast: Cast) -> None:
    other = full_cast("other")
    opened(cast)
    assert seen_by(other, "officer") == set()


def test_a_closed_lead_is_seen_by_the_same_people(cast: Cast) -> None:
    assert who_sees(cast, closed(cast)) == {"officer"}


@pytest.mark.parametrize("part", ["secretary", "deputy", "head", "office", "overseer"])
def test_whom_a_lead_concerns_never_sees_it_whatever_they_are(cast: Cast, part: str) -> None:
    lead = opened(cast, part)
    LeadAccess.objects.create(
        lead=lead,
        person=cast.people[part],
        part="handles",
        reason="added",
        from_on=ON,
        given_at=AT,
    )
    assert part not in who_sees(cast, lead)
    with pytest.raises(Http404):
        access.get_lead_for(cast.standing(part), lead.pk)


def test_kin_on_record_never_see_it_whichever_of_the_two_had_it_recorded(cast: Cast) -> None:
    second_officer(cast, "keeper", role="head")
    lead = opened(cast)
    related(cast, "keeper", "clerk")
    assert who_sees(cast, lead) == {"officer"}
    related(cast, "clerk", "officer")
    assert who_sees(cast, lead) == {"overseer"}


def test_the_next_in_line_keeps_what_the_head_of_the_office_may_not_know(cast: Cast) -> None:
    second_officer(cast, "keeper", role="head")
    second_officer(cast, "third")
    lead = opened(cast, handlers=[cast.people["third"]])
    recuse(
        lead=lead, person=cast.people["keeper"], reason="known", on=ON,
        by=cast.logins["keeper"], at=AT,
    )  # fmt: skip
    assert who_sees(cast, lead) == {"officer", "third"}
    assert access.may_keep(cast.standing("officer"), lead)
    assert not access.may_keep(cast.standing("third"), lead)


def test_a_lead_about_an_officer_is_seen_by_the_body_over_the_office_alone(cast: Cast) -> None:
    second_officer(cast, "keeper", role="head")
    lead = opened(cast, "keeper")
    assert who_sees(cast, lead) == {"overseer"}
    about_clerk = opened(cast)
    name_people(
        lead=about_clerk, people=[cast.people["keeper"]], on=ON, by=cast.logins["officer"], at=AT
    )
    assert who_sees(cast, about_clerk) == {"overseer"}


def test_who_keeps_follows_the_membership_of_the_day(cast: Cast) -> None:
    second_officer(cast, "keeper", role="head")
    lead = opened(cast)
    Membership.objects.filter(person=cast.people["keeper"]).update(to_on=ON)
    assert "keeper" in who_sees(cast, lead)
    assert lead not in access.leads_visible_to(later(cast, "keeper"))


def test_access_ends_at_its_day_and_at_once_when_it_is_ended(cast: Cast) -> None:
    lead = opened(cast)
    made = give_access(
        lead=lead, person=cast.people["office"], part="assists", reason="expert", until_on=ON,
        on=ON, by=cast.logins["officer"], at=AT,
    )  # fmt: skip
    assert lead in seen_by(cast, "office")
    assert lead not in access.leads_visible_to(later(cast, "office"))
    end_access(access=made, on=ON, by=cast.logins["officer"], at=AT)
    assert lead not in seen_by(cast, "office")


def test_who_assists_reads_and_does_nothing(cast: Cast) -> None:
    lead = opened(cast)
    give_access(
        lead=lead, person=cast.people["office"], part="assists", reason="expert", until_on=ON,
        on=ON, by=cast.logins["officer"], at=AT,
    )  # fmt: skip
    standing = cast.standing("office")
    assert access.get_lead_for(standing, lead.pk) == lead
    for to in ("work", "keep"):
        with pytest.raises(PermissionDenied):
            access.get_lead_for(standing, lead.pk, to=to)


# deciding -----------------------------------------------------------------------------------------


def deciders(cast: Cast) -> set[str]:
    return {
        part for part in cast.logins if access.proposals_to_decide(cast.standing(part)).exists()
    }


def test_the_approver_sees_what_waits_and_only_while_it_waits(cast: Cast) -> None:
    lead = opened(cast)
    waits = asked(cast, lead, "inquiry")
    assert deciders(cast) == {"secretary"}
    assert lead not in seen_by(cast, "secretary")
    assert access.get_proposal_to_decide(cast.standing("secretary"), waits.pk) == waits
    agreed(cast, waits)
    with pytest.raises(Http404):
        access.get_proposal_to_decide(cast.standing("secretary"), waits.pk)


def test_a_concerned_approver_sees_nothing_of_what_waits(cast: Cast) -> None:
    asked(cast, opened(cast, "secretary"), "inquiry")
    assert deciders(cast) == set()


def test_kinship_recorded_later_takes_what_waits_away(cast: Cast) -> None:
    asked(cast, opened(cast), "inquiry")
    related(cast, "secretary", "clerk")
    assert deciders(cast) == set()


# the room and its numbers -------------------------------------------------------------------------


def test_the_room_is_open_to_the_offices_and_to_who_knows_of_a_lead(cast: Cast) -> None:
    for part in ("officer", "overseer"):
        access.require_room(cast.standing(part))
    with pytest.raises(Http404):
        access.require_room(cast.standing("office"))
    give_access(
        lead=opened(cast), person=cast.people["office"], part="assists", reason="expert",
        until_on=ON, on=ON, by=cast.logins["officer"], at=AT,
    )  # fmt: skip
    access.require_room(cast.standing("office"))


def test_statistics_are_the_same_for_an_officer_with_and_without_a_lead_about_them(
    cast: Cast,
) -> None:
    second_officer(cast, "third")

    def told() -> object:
        rows = access.leads_counted_for(cast.standing("third"))
        return statistics(Alert.objects.none(), rows, 2026, SCHEME, ON)

    for _ in range(4):
        opened(cast)
    before = told()
    opened(cast, "third")
    assert told() == before
    kin = opened(cast, "colleague")
    assert told() != before
    related(cast, "third", "colleague")
    assert told() == before
    assert kin not in seen_by(cast, "third")


def test_the_cost_of_seeing_does_not_grow_with_the_leads(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    standing = cast.standing("officer")
    for count in (1, 5):
        while Lead.objects.count() < count:
            opened(cast)
        # bodies, the head of the leadership, kinship; the leads
        with django_assert_num_queries(4):
            assert len(access.leads_visible_to(standing)) == count
