"""Reports as lists: what one is to write, what one is to read, and what is on file (五（五）)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.duties.access import reports as access
from lianfang.duties.forms.reports import FindForm
from lianfang.duties.models import Duty, Report
from lianfang.duties.queries.duties import rule_labels
from lianfang.duties.queries.reports import report_page, to_write, waiting
from lianfang.org.access import standing_for, units_visible_to
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.powers.access import require_register

SENT = [Duty.Kind.REPORT.value, Duty.Kind.UNIT_REPORT.value]
OPEN = [Duty.Kind.DISCLOSURE.value, Duty.Kind.STATEMENT.value, Duty.Kind.VISIT.value]


@require_GET
def reports(request: AppRequest) -> HttpResponse:
    """List written reports and those of units: to write, to read, on file."""
    standing = _staff(request)
    to_read = waiting(access.reports_to_read(standing))
    return _listed(request, standing, SENT, "duties/reports.html", {"to_read": to_read})


@require_GET
def statements(request: AppRequest) -> HttpResponse:
    """List disclosures, statements and visits: to write, running in one's unit, on file."""
    standing = _staff(request)
    running = waiting(access.disclosures_open_to(standing))
    return _listed(request, standing, OPEN, "duties/statements.html", {"running": running})


def _staff(request: AppRequest) -> Standing:
    standing = standing_for(request)
    require_register(standing)
    return standing


def _listed(
    request: AppRequest,
    standing: Standing,
    kinds: list[str],
    page: str,
    more: dict[str, object],
) -> HttpResponse:
    units = units_visible_to(standing).order_by("order", "code")
    form = FindForm(request.GET, kinds=kinds, units=units)
    rows = access.reports_visible_to(standing).filter(kind__in=kinds)
    # an address that says nothing sensible shows all
    asked = form.cleaned_data if form.is_valid() else {}
    found = report_page(_narrowed(rows, asked), before=asked.get("before"))
    labels = rule_labels(scheme_of(organisation_of(standing), standing.on))
    context: dict[str, object] = {
        "to_write": to_write(access.duties_to_write(standing).filter(kind__in=kinds)),
        "labels": labels,
        "form": form,
        "is_narrowed": any(asked.values()),
        "page": found,
        "newer": _address(request, None) if asked.get("before") else "",
        "older": _address(request, found.older) if found.older else "",
        "on": standing.on,
        **more,
    }
    return render_page(request, page, context)


def _narrowed(rows: QuerySet[Report], asked: dict[str, Any]) -> QuerySet[Report]:
    if asked.get("year"):
        rows = rows.filter(until_on__year=asked["year"])
    same = {name: asked[name] for name in ("kind", "unit", "state") if asked.get(name)}
    return rows.filter(**same)


def _address(request: AppRequest, before: int | None) -> str:
    asked = request.GET.copy()
    asked.pop("before", None)
    if before is not None:
        asked["before"] = str(before)
    return f"?{asked.urlencode()}"
