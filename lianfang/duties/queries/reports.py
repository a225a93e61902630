"""Reports as pages list them, and the to-dos that come of them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from lianfang.common.text import Text
from lianfang.duties.models import Duty, Report, ReportSection
from lianfang.duties.queries.duties import MANY
from lianfang.duties.rules.reports import PARTS, Part
from lianfang.scheme.model import Scheme

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """Some reports, the last begun first; `older` is where the next page goes on."""

    reports: list[Report]
    older: int | None


@dataclass(frozen=True, kw_only=True)
class ToWrite:
    """An open duty that asks for words, with the report that was begun, if any."""

    duty: Duty
    report: Report | None


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """A section of a report with its heading."""

    section: ReportSection
    part: Part


def report_page(rows: QuerySet[Report], *, before: int | None = None) -> ReportPage:
    """Return a page of reports, those before a key. One statement."""
    asked = rows if before is None else rows.filter(pk__lt=before)
    found = list(_with_names(asked).order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return ReportPage(reports=shown, older=shown[-1].pk if len(found) > PAGE else None)


def waiting(rows: QuerySet[Report]) -> list[Report]:
    """Return the first reports that wait, longest first, at most MANY. One statement."""
    return list(_with_names(rows).order_by("sent_on", "pk")[:MANY])


def to_write(rows: QuerySet[Duty]) -> list[ToWrite]:
    """Return the first duties to write for, soonest first, at most MANY. One statement."""
    found = rows.select_related("report", "unit", "post", "person").order_by("due_on", "pk")
    return [ToWrite(duty=duty, report=getattr(duty, "report", None)) for duty in found[:MANY]]


def shown_parts(report: Report) -> list[ShownPart]:
    """Return the sections of a report with their headings; its sections were fetched with it."""
    parts = {part.code: part for part in PARTS[report.kind]}
    return [
        ShownPart(section=section, part=parts[section.code]) for section in report.sections.all()
    ]


def statement_form(report: Report, scheme: Scheme) -> Text | None:
    """Return how a statement is made, by the scheme; None for other reports, or not known."""
    labels = {form.code: form.label for form in scheme.statement_forms}
    return labels.get(report.form)


def _with_names(rows: QuerySet[Report]) -> QuerySet[Report]:
    return rows.select_related("unit", "post", "author", "recipient", "duty")
