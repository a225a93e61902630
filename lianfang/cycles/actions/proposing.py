"""Revisions are proposed by what is on record; what no longer asks for one is over (六（五）)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.cycles.actions.moving import locked, move
from lianfang.cycles.models import Edition, Filing, Proposal
from lianfang.cycles.queries.filing import days_given
from lianfang.cycles.queries.triggers import editions_in_force, happenings, in_force
from lianfang.cycles.rules.states import UNDER_WAY, Act
from lianfang.cycles.rules.triggers import Wanted, wanted
from lianfang.org.models import Organisation
from lianfang.scheme.model import Scheme

CLAUSE = "六（五）"


@transaction.atomic
def propose_revisions(
    *,
    organisation: Organisation,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Propose what asks for a revision now, and close what asks no more; return how many changed.

    The same is proposed once, also where it was dismissed; what was over comes back when it asks
    again. Twice on a day writes nothing.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    editions = editions_in_force(organisation)
    filed = Filing.objects.filter(
        organisation=organisation, revision=None, state__in=UNDER_WAY
    ).values_list("unit", flat=True)
    now = wanted(
        in_force(editions, organisation.time_zone),
        happenings(organisation, editions, on),
        under_way=set(filed),
        on=on,
        review_months=days_given(scheme, "risk_review"),
    )
    known = {
        (one.unit_id, one.key): one for one in Proposal.objects.filter(organisation=organisation)
    }
    made = _made(organisation, [one for key, one in now.items() if key not in known], on)
    back = [
        one for key, one in known.items() if one.outcome == Proposal.Outcome.OVER and key in now
    ]
    Proposal.objects.filter(pk__in=[one.pk for one in back]).update(outcome="", settled_on=None)
    over = [one for key, one in known.items() if not one.outcome and key not in now]
    Proposal.objects.filter(pk__in=[one.pk for one in over]).update(
        outcome=Proposal.Outcome.OVER, settled_on=on
    )
    made += back
    if made or over:
        audit.record_bulk(
            at=at,
            by=by,
            action="cycles.proposals.reckoned",
            subject=organisation,
            organisation=organisation.pk,
            rows=_rows(made, over),
            rule=CLAUSE,
        )
    return len(made) + len(over)


@transaction.atomic
def retire_editions(
    *, organisation: Organisation, on: date, by: AbstractBaseUser | None, at: datetime
) -> int:
    """Retire the editions of units that are no longer in use; return how many."""
    rows = Edition.objects.select_for_update(of=("self",)).filter(
        organisation=organisation, superseded_on=None, unit__retired_on__lte=on
    )
    editions = list(rows.select_related("unit", "filing"))
    for edition in editions:
        edition.superseded_on = edition.unit.retired_on
        edition.save(update_fields=["superseded_on"])
        told = {"edition": (edition.number, None)}
        move(locked(edition.filing), Act.SUPERSEDE, by=by, at=at, told=told)
    return len(editions)


def _made(organisation: Organisation, new: Iterable[Wanted], on: date) -> list[Proposal]:
    pairs = [
        (
            one,
            Proposal(
                organisation=organisation,
                unit_id=one.unit,
                trigger=one.trigger.value,
                key=one.key,
                about=one.about[:200],
                found_on=on,
            ),
        )
        for one in new
    ]
    made = Proposal.objects.bulk_create(proposal for _one, proposal in pairs)
    named = Proposal.powers.through
    named.objects.bulk_create(
        named(proposal_id=proposal.pk, power_id=power)
        for one, proposal in pairs
        for power in sorted(one.powers)
    )
    return made


def _rows(made: Iterable[Proposal], over: Iterable[Proposal]) -> Iterable[audit.RowOfBulk]:
    def told(before: str | None, now: str | None) -> Mapping[str, tuple[object, object]]:
        return {"about": (before, now)}

    yield from (audit.RowOfBulk(subject=one, changes=told(None, one.about)) for one in made)
    yield from (audit.RowOfBulk(subject=one, changes=told(one.about, None)) for one in over)
