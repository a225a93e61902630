"""Reports: the list, one of them, what its script opens, and what is answered."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.casework import access
from lianfang.casework.actions.answering import About, Answer, send_answers
from lianfang.casework.actions.looking import record_look
from lianfang.casework.forms.sealed import AnswerSent
from lianfang.casework.models import Look
from lianfang.casework.queries.keys import sharing_of
from lianfang.casework.queries.lists import (
    FILTERS,
    ReportLine,
    has_reader,
    narrowed,
    reports_listed,
    shown_deadlines,
)
from lianfang.casework.queries.reports import (
    case_found,
    course_found,
    key_told,
    opened,
    senders_of,
)
from lianfang.casework.queries.statistics import statistics_of
from lianfang.casework.rules.states import Act, follows
from lianfang.casework.views.sealed import CLAUSE, PAGE, sealed_page, taken
from lianfang.casework.words import ABOUT
from lianfang.common.http import AppRequest, render_page
from lianfang.files.sending import download
from lianfang.org.access import standing_for
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.sealing.filing import SealedLetter


@require_GET
def reports(request: AppRequest) -> HttpResponse:
    """List the reports an officer may know of."""
    standing = standing_for(request)
    access.require_reader(standing)
    only = request.GET.get("only", "")
    lines = _lines(standing)
    own = access.own_key(standing)
    context: dict[str, object] = {
        "page": Paginator(narrowed(lines, only), PAGE).get_page(request.GET.get("page")),
        "only": only if only in FILTERS else "",
        "count": len(lines),
        "key": own,
        "waiting": sharing_of(own, standing.on).missing,
        "has_reader": has_reader(standing.organisation_id),
        "clause": CLAUSE,
    }
    return render_page(request, "casework/reports.html", context)


@require_GET
def statistics(request: AppRequest) -> HttpResponse:
    """Show the figures of a year, to the discipline office alone."""
    standing = standing_for(request)
    access.require_reader(standing)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == len("2026") else standing.on.year
    lines = _lines(standing)
    years = {line.report.arrived_on.year for line in lines} | {standing.on.year, year}
    figures = statistics_of(lines, year)
    context: dict[str, object] = {
        "figures": figures,
        "tables": [
            (_("状态"), figures.states),
            (_("办理去向"), figures.routes),
            (_("办理结果"), figures.outcomes),
            (_("收到月份"), figures.months),
        ],
        "years": sorted(years, reverse=True),
        "clause": CLAUSE,
    }
    return render_page(request, "casework/statistics.html", context)


@require_GET
def report(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Show where a report stands; its script opens it for who has an envelope."""
    standing = standing_for(request)
    found = access.get_report_for(standing, report_id)
    case, course = case_found(found), course_found(found)
    own = access.own_key(standing)
    envelope = access.envelope_of(standing, found)
    ask = access.own_ask(standing, found) if found.signed else None
    line = ReportLine(
        report=found,
        case=case,
        deadlines=shown_deadlines(
            found,
            case,
            scheme_of(found.organisation, standing.on),
            calendar_of(standing.organisation_id),
        ),
        on=standing.on,
        can_open=envelope is not None,
        size=0,
    )
    context: dict[str, object] = {
        "report": found,
        "line": line,
        "case": case,
        "alert": access.alert_of(standing, case),
        "lead": access.lead_of(standing, case),
        "course": course,
        "deadlines": [(each, each.is_late(standing.on)) for each in line.deadlines],
        "key": own,
        "ask": ask,
        "may": {act.value: follows(line.state, act) is not None for act in Act},
        "abouts": _abouts(case is not None and case.completed_on is not None),
        "others": len(course.repeats),
    }
    arguments = [found.pk]
    data = {
        "report": str(found.pk),
        "key": key_told(own),
        "senders": senders_of(found, course.repeats),
        "urls": {
            name: reverse(f"casework:{name}", args=arguments)
            for name in ("open", "answer", "identity")
        },
    }
    return sealed_page(request, "casework/report.html", context, data=data)


@require_POST
def open_report(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Give the script what it opens, and note the look."""
    standing = standing_for(request)
    found = access.get_sealed_for(standing, report_id)
    envelope = access.get_envelope_of(standing, found)
    _look(request, standing, report_id, Look.What.CONTENT)
    return JsonResponse(opened(found, envelope))


@require_POST
def file(request: AppRequest, report_id: UUID, file_id: UUID) -> HttpResponse:
    """Give the script a sealed file, and note the look."""
    standing = standing_for(request)
    found = access.get_file_for(standing, report_id, file_id)
    _look(request, standing, report_id, Look.What.FILE)
    return HttpResponse(bytes(found.sealed), content_type="application/octet-stream")


@require_POST
def answer(request: AppRequest, report_id: UUID) -> HttpResponse:
    """Keep an answer as the officer's browser sealed it, one for each sender."""
    standing = standing_for(request)
    found = access.get_report_for(standing, report_id)
    access.get_envelope_of(standing, found)

    def deed(sent: AnswerSent) -> str:
        send_answers(
            answers=[
                Answer(
                    report=access.get_report_for(standing, each.report),
                    letter=SealedLetter(letter=each.letter, sealed=each.sealed),
                )
                for each in sent.answers
            ],
            about=About(sent.about),
            on=standing.on,
            by=request.user,
            at=request.at,
        )
        return reverse("casework:report", args=[report_id])

    return taken(request, AnswerSent, deed)


@require_GET
def certificate(request: AppRequest, report_id: UUID) -> HttpResponseBase:
    """Send the certificate that a report was destroyed."""
    standing = standing_for(request)
    return download(access.get_certificate_for(standing, report_id).attachment)


def _look(request: AppRequest, standing: Standing, report_id: UUID, what: Look.What) -> None:
    record_look(
        report=access.get_report_for(standing, report_id),
        what=what,
        officer=request.user.person,
        on=standing.on,
        by=request.user,
        at=request.at,
    )


def _lines(standing: Standing) -> list[ReportLine]:
    organisation = organisation_of(standing)
    return reports_listed(
        access.reports_visible_to(standing),
        person=access.reader(standing),
        scheme=scheme_of(organisation, standing.on),
        calendar=calendar_of(organisation.pk),
        on=standing.on,
    )


def _abouts(is_completed: bool) -> list[tuple[str, str]]:
    found = [About.ACCEPTANCE, About.OTHER]
    if is_completed:
        found.insert(0, About.RESULT)
    return [(each.value, str(ABOUT[each.value])) for each in found]
