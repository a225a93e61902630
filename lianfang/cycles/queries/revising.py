"""Revisions and what proposes them (六（五）)."""

from dataclasses import dataclass
from datetime import date

from lianfang.common.text import Text
from lianfang.cycles.models import Edition, Filing, Proposal, Revision
from lianfang.cycles.rules.states import UNDER_WAY
from lianfang.org.models import Unit
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.powers.models import Power
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class RevisionShown:
    """A revision with its reason in the scheme's words, and the powers it names."""

    revision: Revision
    trigger: Text | None
    powers: tuple[Power, ...]


def open_revisions(unit: int) -> list[Revision]:
    """Return the revisions of a unit that are not over. One statement."""
    return list(Revision.objects.filter(unit=unit, ended_on=None).order_by("pk"))


def in_revision(unit: int) -> dict[int, str]:
    """Return the number of the open revision by the key of each power it names. Two statements."""
    rows = Revision.objects.filter(unit=unit, ended_on=None).prefetch_related("powers")
    return {power.pk: one.number for one in rows for power in one.powers.all()}


def begun_of_year(unit: int) -> Filing | None:
    """Return the year's filing of a unit that is on its way, None for none. One statement."""
    rows = Filing.objects.filter(unit=unit, revision=None, state__in=UNDER_WAY)
    return rows.select_related("cycle").first()


def revisions_shown(standing: Standing) -> list[Filing]:
    """Return the filings of revisions, those under way first, then the newest. Two statements."""
    rows = Filing.objects.filter(
        organisation=standing.organisation_id, revision__isnull=False
    ).select_related("unit", "revision", "cycle")
    found = list(rows.prefetch_related("revision__powers").order_by("-pk"))
    return sorted(found, key=lambda one: one.state not in UNDER_WAY)


def proposals_shown(standing: Standing, units: frozenset[int] | None) -> list[Proposal]:
    """Return the open proposals of some units, or with None of all, oldest first.

    Two statements.
    """
    rows = Proposal.objects.filter(organisation=standing.organisation_id, outcome="")
    if units is not None:
        rows = rows.filter(unit__in=units)
    rows = rows.select_related("unit").prefetch_related("powers")
    return list(rows.order_by("found_on", "pk"))


def revisable_units(standing: Standing, units: frozenset[int] | None) -> list[Unit]:
    """Return the units with an edition in force, among some or with None all. One statement."""
    published = Edition.objects.filter(
        organisation=standing.organisation_id, superseded_on=None
    ).values("unit")
    rows = Unit.objects.filter(pk__in=published)
    if units is not None:
        rows = rows.filter(pk__in=units)
    return list(rows.order_by("order", "code"))


def powers_to_revise(unit: Unit, on: date) -> list[Power]:
    """Return a unit's powers in use that are in no open revision. Three statements."""
    taken = in_revision(unit.pk)
    rows = Power.objects.filter(in_use(on), unit=unit).exclude(pk__in=taken)
    return list(rows.order_by("code"))


def revision_shown(filing: Filing, scheme: Scheme) -> RevisionShown:
    """Return what a revision's page says of it. One statement."""
    revision = filing.revision
    if revision is None:
        raise ValueError(filing)
    labels = {one.code: one.label for one in scheme.revision_reasons}
    return RevisionShown(
        revision=revision,
        trigger=labels.get(revision.trigger),
        powers=tuple(revision.powers.order_by("code")),
    )
