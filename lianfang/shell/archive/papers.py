"""Lists of official documents: narrowed, sorted, paged; and what each is about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.assessment.access import assessments_visible_to
from lianfang.audit.models import reference
from lianfang.cycles.models import Cycle, Filing, Meeting, RunningReview
from lianfang.cycles.words import PAPERS
from lianfang.files.models import OutgoingDocument
from lianfang.inspections.access import draws_visible_to
from lianfang.learning.access import people_recorded_for
from lianfang.learning.models import Certificate
from lianfang.org.standing import Standing
from lianfang.shell.archive.access import papers_visible_to

PAGE = 50
VALID, VOID = "valid", "void"
KINDS: Mapping[str, Promise | str] = {
    **PAPERS,
    "review": _("运行评价报告"),
    "draw_sheet": _("抽取单"),
    "learning": _("学习证明"),
    "assessment_notice": _("考核通报"),
}
SORTS: Mapping[str, tuple[Promise | str, tuple[str, ...]]] = {
    "": (_("最新在前"), ("-issued_on", "-pk")),
    "oldest": (_("最早在前"), ("issued_on", "pk")),
    "mark": (_("按文号"), ("series", "-year", "number", "pk")),
    "title": (_("按标题"), ("title", "pk")),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the archive is narrowed by; empty for not at all. `state` is VALID or VOID."""

    words: str = ""
    series: str = ""
    year: int | None = None
    kind: str = ""
    unit: int | None = None
    state: str = ""
    sort: str = ""
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class About:
    """What a document is about, and where that is."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A document with what it is about, None where that may not be known or has no page."""

    paper: OutgoingDocument
    kind: Promise | str
    about: About | None


@dataclass(frozen=True, kw_only=True)
class ArchivePage:
    """Some documents; `newer` and `older` are the numbers of the pages beside this one."""

    filed: list[Filed]
    count: int
    newer: int | None
    older: int | None


def narrowed(rows: QuerySet[OutgoingDocument], asked: Asked) -> QuerySet[OutgoingDocument]:
    """Return the documents that are asked for, in the order asked for. No statement."""
    exact = {"series": asked.series, "year": asked.year, "kind": asked.kind}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if asked.state:
        rows = rows.filter(void_on__isnull=asked.state == VALID)
    if asked.unit is not None:
        filings = Filing.objects.filter(unit=asked.unit).annotate(ref=_reference(Filing))
        rows = rows.filter(about__in=filings.values("ref"))
    if asked.words:
        rows = _holding(rows, asked.words)
    return rows.order_by(*SORTS.get(asked.sort, SORTS[""])[1])


def archive_page(rows: QuerySet[OutgoingDocument], asked: Asked, standing: Standing) -> ArchivePage:
    """Return a page of the documents asked for. Eight statements at most, whatever is kept."""
    wanted = narrowed(rows, asked)
    count = wanted.count()
    first = (asked.page - 1) * PAGE
    shown = list(wanted[first : first + PAGE])
    return ArchivePage(
        filed=filed(shown, standing),
        count=count,
        newer=asked.page - 1 if asked.page > 1 else None,
        older=asked.page + 1 if first + PAGE < count else None,
    )


def filed(papers: Sequence[OutgoingDocument], standing: Standing) -> list[Filed]:
    """Return documents with what they are about. A statement for each kind of thing."""
    wanted: dict[str, set[int]] = {}
    for paper in papers:
        table, _colon, key = paper.about.partition(":")
        wanted.setdefault(table, set()).add(int(key))
    known: dict[str, About] = {}
    for table, keys in wanted.items():
        if table in _TOLD:
            known.update(_TOLD[table](standing, keys))
    return [
        Filed(paper=paper, kind=KINDS.get(paper.kind, paper.kind), about=known.get(paper.about))
        for paper in papers
    ]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What there is to narrow by: series, years and kinds of the documents one may know of."""

    series: tuple[str, ...]
    years: tuple[int, ...]
    kinds: tuple[tuple[str, Promise | str], ...]


def choices_of(rows: QuerySet[OutgoingDocument]) -> Choices:
    """Return what the documents can be narrowed by. One statement."""
    found = set(rows.order_by().values_list("series", "year", "kind").distinct())
    kinds = {kind for _series, _year, kind in found}
    return Choices(
        series=tuple(sorted({series for series, _year, _kind in found})),
        years=tuple(sorted({year for _series, year, _kind in found}, reverse=True)),
        kinds=tuple((kind, KINDS.get(kind, kind)) for kind in [*KINDS, *sorted(kinds - {*KINDS})]
                    if kind in kinds),
    )  # fmt: skip


def papers_found(standing: Standing, words: str, limit: int) -> list[OutgoingDocument]:
    """Return the documents with these words in title or number. One statement."""
    return list(_holding(papers_visible_to(standing), words).order_by("-issued_on", "-pk")[:limit])


def _holding(rows: QuerySet[OutgoingDocument], words: str) -> QuerySet[OutgoingDocument]:
    year, number = Cast("year", CharField()), Cast("number", CharField())
    mark = Concat(F("series"), Value("〔"), year, Value("〕"), number, Value("号"))
    return rows.alias(mark_text=mark).filter(
        Q(title__icontains=words) | Q(mark_text__icontains=words)
    )


def _reference(model: Any) -> Concat:
    return Concat(Value(f"{model._meta.label_lower}:"), Cast("pk", CharField()))


def _told(rows: Iterable[Any], tell: Callable[[Any], tuple[str, str]]) -> dict[str, About]:
    return {
        reference(row): About(label=label, url=url) for row in rows for label, url in [tell(row)]
    }


def _filings(standing: Standing, keys: set[int]) -> dict[str, About]:
    del standing
    return _told(
        Filing.objects.filter(pk__in=keys).select_related("unit", "cycle"),
        lambda row: (
            gettext("%(unit)s %(year)s 年度填报")
            % {"unit": row.unit.shown_name, "year": row.cycle.year},
            reverse("cycles:filing", args=[row.pk]),
        ),
    )


def _meetings(standing: Standing, keys: set[int]) -> dict[str, About]:
    del standing
    return _told(
        Meeting.objects.filter(pk__in=keys).select_related("cycle"),
        lambda row: (
            gettext("%(day)s 审议会议") % {"day": row.held_on.isoformat()},
            reverse("cycles:meetings", args=[row.cycle.year]),
        ),
    )


def _cycles(standing: Standing, keys: set[int]) -> dict[str, About]:
    del standing
    return _told(
        Cycle.objects.filter(pk__in=keys),
        lambda row: (
            gettext("%(year)s 年度工作") % {"year": row.year},
            reverse("cycles:board-of", args=[row.year]),
        ),
    )


def _reviews(standing: Standing, keys: set[int]) -> dict[str, About]:
    del standing
    return _told(
        RunningReview.objects.filter(pk__in=keys).select_related("cycle"),
        lambda row: (
            gettext("%(year)s 年运行评价") % {"year": row.cycle.year},
            reverse("cycles:running-review", args=[row.cycle.year]),
        ),
    )


def _draws(standing: Standing, keys: set[int]) -> dict[str, About]:
    return _told(
        draws_visible_to(standing).filter(pk__in=keys),
        lambda row: (row.title, reverse("inspections:draw", args=[row.pk])),
    )


def _certificates(standing: Standing, keys: set[int]) -> dict[str, About]:
    rows = Certificate.objects.filter(pk__in=keys, person__in=people_recorded_for(standing))
    return _told(
        rows.select_related("person"),
        lambda row: (
            f"{row.person.shown_name}  {row.year}",
            reverse("learning:record", args=[row.person_id]),
        ),
    )


def _assessments(standing: Standing, keys: set[int]) -> dict[str, About]:
    return _told(
        assessments_visible_to(standing).filter(pk__in=keys),
        lambda row: (
            gettext("%(year)s 年检查考核") % {"year": row.year},
            reverse("assessment:results", args=[row.pk]),
        ),
    )


_TOLD: Mapping[str, Callable[[Standing, set[int]], dict[str, About]]] = {
    "cycles.filing": _filings,
    "cycles.meeting": _meetings,
    "cycles.cycle": _cycles,
    "cycles.runningreview": _reviews,
    "inspections.draw": _draws,
    "learning.certificate": _certificates,
    "assessment.assessment": _assessments,
}
