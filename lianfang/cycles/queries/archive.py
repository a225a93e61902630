"""The official papers of the year as they lie in the archive, and what each is about (六（三）)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

from lianfang.audit.models import reference
from lianfang.cycles.models import Cycle, Filing, Meeting
from lianfang.files.models import OutgoingDocument

PAGE = 50
AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A paper with what it is about: a filing, a meeting or the year; at most one of these."""

    document: OutgoingDocument
    filing: Filing | None = None
    meeting: Meeting | None = None
    cycle: Cycle | None = None


@dataclass(frozen=True, kw_only=True)
class ArchivePage:
    """Some papers, the last issued first; `older` is where the next page goes on."""

    papers: list[Filed]
    older: int | None


def archive_page(rows: QuerySet[OutgoingDocument], *, before: int | None = None) -> ArchivePage:
    """Return a page of papers, those before a key. Four statements at most."""
    asked = rows if before is None else rows.filter(pk__lt=before)
    found = list(asked.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return ArchivePage(papers=_told(shown), older=shown[-1].pk if len(found) > PAGE else None)


def years_of(rows: QuerySet[OutgoingDocument]) -> list[int]:
    """Return the years in which papers were issued, newest first. One statement."""
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def _told(documents: Sequence[OutgoingDocument]) -> list[Filed]:
    keys: dict[str, set[int]] = {}
    for document in documents:
        table, _, key = document.about.partition(":")
        keys.setdefault(table, set()).add(int(key))
    filings = _found(Filing.objects.select_related("unit", "cycle"), keys)
    meetings = _found(Meeting.objects.select_related("cycle"), keys)
    cycles = _found(Cycle.objects.all(), keys)
    return [
        Filed(
            document=document,
            filing=filings.get(document.about),
            meeting=meetings.get(document.about),
            cycle=cycles.get(document.about),
        )
        for document in documents
    ]


def _found(rows: QuerySet[AnyModel], keys: Mapping[str, set[int]]) -> dict[str, AnyModel]:
    """Return the rows that papers are about, by how the log names them."""
    wanted = keys.get(rows.model._meta.label_lower, set())
    return {reference(row): row for row in rows.filter(pk__in=wanted)} if wanted else {}
