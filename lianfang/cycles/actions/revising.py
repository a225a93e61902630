"""An edition in force is revised in part, whenever something asks for it (动态调整, 六（五）)."""

from collections.abc import Collection
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.cycles.actions.moving import locked, move, not_now, require
from lianfang.cycles.models import Cycle, Filing, Proposal, Revision
from lianfang.cycles.queries.covering import beside, edition_in_force, stored
from lianfang.cycles.queries.filing import days_given
from lianfang.cycles.queries.revising import begun_of_year, in_revision, open_revisions
from lianfang.cycles.rules.states import Act
from lianfang.org.models import Unit
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.rules.calendar import add_working_days
from lianfang.powers.models import Power
from lianfang.scheme.model import Scheme

CLAUSE = "六（五）"


class NothingToRevise(Refused):
    """A unit without an edition in force, or a revision that names nothing."""


class YearUnderWay(Refused):
    """The filing of the year is on its way and covers the whole unit."""


class InAnotherRevision(Refused):
    """A power, or the rest, is part of a revision that is not over."""


class StillDiffers(Refused):
    """A revision is dropped when its part stands as in the edition."""


class SettledAlready(Refused):
    """A proposal that somebody has dealt with."""


@transaction.atomic
def open_revision(
    *,
    unit: Unit,
    trigger: str,
    reason: str,
    powers: Collection[Power],
    covers_rest: bool,
    proposals: Collection[Proposal] = (),
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Filing:
    """Begin to revise some powers of a unit, and with `covers_rest` what hangs on none of them.

    The revision's part is open to changes; a filing of it goes the way of all filings. Raises
    NothingToRevise, YearUnderWay and InAnotherRevision.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    cycle = _require_revisable(unit)
    _require_named(unit, powers, covers_rest=covers_rest)
    _require_free(unit, powers, covers_rest=covers_rest)
    made = Revision(
        organisation_id=unit.organisation_id,
        unit=unit,
        year=on.year,
        trigger=trigger,
        reason=reason,
        covers_rest=covers_rest,
        opened_at=at,
        opened_by_id=by.pk if by else None,
    )
    _keep(made, powers, by, at)
    calendar = calendar_of(unit.organisation_id, range(on.year, on.year + 2))
    filing = Filing.objects.create(
        organisation_id=unit.organisation_id,
        cycle=cycle,
        unit=unit,
        revision=made,
        due_on=add_working_days(calendar, on, days_given(scheme, "revision")),
    )
    for proposal in proposals:
        _settle(proposal, Proposal.Outcome.TAKEN, on, by, at, revision=made)
    return move(locked(filing), Act.START, by=by, at=at)


@transaction.atomic
def drop_revision(*, filing: Filing, on: date, by: AbstractBaseUser | None, at: datetime) -> Filing:
    """Give up a revision in whose part nothing differs from the edition.

    Raises NotNow, also for the filing of a year, and StillDiffers.
    """
    filing = locked(filing)
    require(filing, Act.DROP)
    if filing.revision is None:
        raise not_now(filing)
    found = beside(filing, stored(filing, on), edition_in_force(filing.unit_id))
    if found.before is not None and found.now != found.before:
        raise StillDiffers(
            Text(
                "修订范围内还有与现行版本不同的内容，不能取消。请改回原样，或继续报送。",
                "Part of what is revised differs from the edition in force. Change it back, or go "
                "on and submit.",
            )
        )
    # what asked for it asks again
    asked = Proposal.objects.filter(settled_by=filing.revision).order_by("pk")
    again = list(asked.values_list("about", flat=True))
    asked.update(outcome="", settled_on=None, settled_by=None)
    told = {"proposals": (None, again)} if again else None
    filing = move(filing, Act.DROP, by=by, at=at, told=told)
    end_revision(filing, on)
    return filing


@transaction.atomic
def dismiss_proposal(
    *, proposal: Proposal, reason: str, on: date, by: AbstractBaseUser | None, at: datetime
) -> Proposal:
    """Say why something asks for no revision. Raises SettledAlready."""
    return _settle(proposal, Proposal.Outcome.DISMISSED, on, by, at, reason=reason)


def end_revision(filing: Filing, on: date) -> None:
    """Note that a revision is over: published or dropped. The event of the filing tells it."""
    if filing.revision is not None:
        filing.revision.ended_on = on
        filing.revision.save(update_fields=["ended_on"])


def _keep(
    made: Revision, powers: Collection[Power], by: AbstractBaseUser | None, at: datetime
) -> None:
    """Number a revision, store it with what it names, and tell the log."""
    before = Revision.objects.filter(unit=made.unit, year=made.year)
    made.serial = (before.aggregate(last=Max("serial"))["last"] or 0) + 1
    made.save(force_insert=True)
    made.powers.set(powers)
    audit.record(
        at=at,
        by=by,
        action="cycles.revision.opened",
        subject=made,
        organisation=made.organisation_id,
        changes={
            "unit": (None, made.unit.name),
            "number": (None, made.number),
            "trigger": (None, made.trigger),
            "reason": (None, made.reason),
            "powers": (None, sorted(power.code for power in powers)),
            "covers_rest": (None, made.covers_rest),
        },
        rule=CLAUSE,
    )


def _require_revisable(unit: Unit) -> Cycle:
    """Return the year in which the revision is decided: the latest that was opened."""
    if edition_in_force(unit.pk) is None:
        raise NothingToRevise(
            Text(
                f"{unit.name}还没有发布版本，不需要修订。请在年度填报中修改。",
                f"{unit.name} has no edition yet, so there is nothing to revise. Change it in the "
                "filing of the year.",
            )
        )
    filing = begun_of_year(unit.pk)
    if filing is not None:
        raise YearUnderWay(
            Text(
                f"{unit.name}的 {filing.cycle.year} 年度填报正在进行，请在填报中修改。",
                f"The filing of {unit.name} for {filing.cycle.year} is on its way; change it "
                "there.",
            )
        )
    return Cycle.objects.filter(organisation=unit.organisation_id).latest("year")


def _require_named(unit: Unit, powers: Collection[Power], *, covers_rest: bool) -> None:
    if any(power.unit_id != unit.pk for power in powers) or not (powers or covers_rest):
        raise NothingToRevise(
            Text(
                "没有选定要修订的职权。请至少选择本单位的一项职权，或勾选其他内容。",
                "No power of the unit is named. Choose at least one, or what else is to change.",
            )
        )


def _require_free(unit: Unit, powers: Collection[Power], *, covers_rest: bool) -> None:
    taken = in_revision(unit.pk)
    power = next((one for one in powers if one.pk in taken), None)
    if power is not None:
        raise InAnotherRevision(
            Text(
                f"“{power.name}”已在修订 {taken[power.pk]} 中。请等它办结，或在其中一并修改。",
                f"{power.name} is part of revision {taken[power.pk]}. Wait until that is over, or "
                "change it there.",
            )
        )
    other = next((one for one in open_revisions(unit.pk) if one.covers_rest), None)
    if covers_rest and other is not None:
        raise InAnotherRevision(
            Text(
                f"新增职权、岗位和制度的风险点已在修订 {other.number} 中。请等它办结。",
                f"What hangs on no power is part of revision {other.number}. Wait until that is "
                "over.",
            )
        )


def _settle(
    proposal: Proposal,
    outcome: Proposal.Outcome,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    *,
    revision: Revision | None = None,
    reason: str = "",
) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("unit")
    proposal = rows.get(pk=proposal.pk)
    if proposal.outcome:
        raise SettledAlready(
            Text(
                f"“{proposal.about}”的建议已经处理。请刷新页面。",
                f"The proposal about {proposal.about} was dealt with already. Reload the page.",
            )
        )
    proposal.outcome, proposal.settled_on = outcome, on
    proposal.settled_by, proposal.settled_reason = revision, reason
    proposal.save(update_fields=["outcome", "settled_on", "settled_by", "settled_reason"])
    audit.record(
        at=at,
        by=by,
        action=f"cycles.proposal.{outcome.value}",
        subject=proposal,
        organisation=proposal.organisation_id,
        changes={
            "unit": (None, proposal.unit.name),
            "about": (None, proposal.about),
            "reason": (None, reason),
        },
        rule=CLAUSE,
    )
    return proposal
