"""What a later year's filing changes, and what of it still waits for its review (六（五）)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.cycles.models import Edition, Filing
from lianfang.cycles.queries.board import FILLING, BoardRow
from lianfang.cycles.queries.covering import beside, edition_in_force, stored
from lianfang.cycles.rules.changes import (
    Changed,
    not_gone_over,
    powers_changed,
    risks_changed,
)
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries.checking import FindingGroup
from lianfang.risks.queries.reviewing import reviewed_since
from lianfang.scheme.model import Scheme, Stage


@dataclass(frozen=True, kw_only=True)
class SinceEdition:
    """How a unit's register differs from its edition in force.

    `waiting` are the codes of risk points that are as they were and that nobody went over since
    the year of the filing began.
    """

    edition: Edition
    powers: Changed
    risks: Changed
    waiting: tuple[str, ...]


def since_edition(filing: Filing, on: date) -> SinceEdition | None:
    """Return what changed since the edition in force, None without one and for a revision.

    Sixteen statements; the cost grows with the unit's register.
    """
    edition = edition_in_force(filing.unit_id) if filing.revision is None else None
    if edition is None:
        return None
    found = beside(filing, stored(filing, on), edition)
    before, now = found.before or found.now, found.now
    risks = risks_changed(before, now)
    reviewed = reviewed_since(filing.unit_id, date(filing.cycle.year, 1, 1))
    return SinceEdition(
        edition=edition,
        powers=powers_changed(before, now),
        risks=risks,
        waiting=not_gone_over(now.risks, risks.touched, reviewed),
    )


def waiting_risks(filing: Filing, since: SinceEdition | None) -> QuerySet[RiskPoint]:
    """Return the risk points of a filing that wait for this year's review. No statement."""
    codes = since.waiting if since else ()
    return RiskPoint.objects.filter(unit=filing.unit_id, code__in=codes)


@dataclass(frozen=True, kw_only=True)
class FirstTask:
    """One thing a first filing asks for: how far it is, and the page on which it is done.

    `of` is how many there should be, None where one is enough; `errors` are those of its check.
    """

    check: str
    label: Promise | str
    done: int
    of: int | None
    errors: int
    url: str

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is missing or wrong."""
        enough = self.done > 0 if self.of is None else self.done >= self.of > 0
        return enough and not self.errors


def filling_stage(scheme: Scheme) -> Stage | None:
    """Return the stage in which units file, with its words for first and later years."""
    return next((stage for stage in scheme.stages if stage.code == FILLING), None)


def first_tasks(row: BoardRow, groups: Sequence[FindingGroup]) -> tuple[FirstTask, ...]:
    """Return what a unit lists in its first year, each with what the checks hold against it."""
    errors = {group.check.code: group.errors for group in groups}
    unit = f"?unit={row.filing.unit_id}"
    catalogue, register = reverse("powers:catalogue") + unit, reverse("risks:register") + unit
    finding, rating = reverse("risks:finding"), reverse("risks:rating")
    found: tuple[tuple[str, Promise | str, int, int | None, str], ...] = (
        ("C1", _("列出全部职权，写明类别、依据和流程"), row.powers, None, catalogue),
        ("C2", _("定岗：每项职权谁决策、谁执行、谁监督"), row.powers, None, catalogue),
        ("C3", _("人人查找风险"), row.taken, row.asked, finding),
        ("C4", _("评定每个风险点的等级"), row.rated, row.risks, rating),
        ("C5", _("制定前期、中期、后期措施"), row.measures, None, register),
    )
    return tuple(
        FirstTask(check=check, label=label, done=done, of=of, errors=errors.get(check, 0), url=url)
        for check, label, done, of, url in found
    )
