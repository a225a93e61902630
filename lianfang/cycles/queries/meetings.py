"""The meetings of a year, and what waits for the next one (六（三）)."""

from dataclasses import dataclass

from django.db.models import Q

from lianfang.cycles.models import Cycle, Filing, Meeting
from lianfang.files.models import OutgoingDocument
from lianfang.files.queries import documents_about_each


@dataclass(frozen=True, kw_only=True)
class ShownMeeting:
    """A meeting with its official papers, voided ones too."""

    meeting: Meeting
    papers: tuple[OutgoingDocument, ...]

    @property
    def has_minutes(self) -> bool:
        """Whether minutes were issued and hold."""
        return self._has("minutes")

    @property
    def has_notice(self) -> bool:
        """Whether the notice of publication was issued and holds."""
        return self._has("notice")

    def _has(self, kind: str) -> bool:
        return any(paper.kind == kind and paper.void_on is None for paper in self.papers)


def meetings_of(cycle: Cycle) -> list[ShownMeeting]:
    """Return a year's meetings with what they decided, newest first. Eight statements at most."""
    rows = cycle.meetings.prefetch_related(
        "present",
        "decisions__filing__unit",
        "decisions__filing__revision",
        "decisions__approving",
        "decisions__recused",
    )
    meetings = list(rows.order_by("-held_on", "-pk"))
    papers = documents_about_each(meetings)
    return [
        ShownMeeting(meeting=meeting, papers=tuple(papers.get(meeting.pk, ())))
        for meeting in meetings
    ]


def agenda_of(cycle: Cycle) -> list[Filing]:
    """Return the filings that were checked and not decided about. One statement.

    Those of the year, and revisions whenever they were begun.
    """
    rows = Filing.objects.filter(
        Q(cycle=cycle) | Q(revision__isnull=False),
        organisation=cycle.organisation_id,
        state=Filing.State.CHECKED,
    ).select_related("unit", "cycle", "revision")
    return list(rows.order_by("unit__order", "unit__code", "pk"))
