"""Inspections of a year as a list, and the workbench of those who inspect (五（五）)."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.duties import access as duties
from lianfang.duties.models import Duty
from lianfang.duties.queries.duties import rule_labels
from lianfang.duties.queries.narrowing import Days, days_of
from lianfang.files.sending import as_download
from lianfang.inspections import access
from lianfang.inspections.exchange.lists import list_workbook
from lianfang.inspections.forms.lists import ListForm
from lianfang.inspections.queries.findings import findings_waiting
from lianfang.inspections.queries.listing import Asked, all_lines, list_page, narrowed
from lianfang.inspections.queries.workbench import coverage_of, next_visits, reports_due
from lianfang.org.access import standing_for
from lianfang.org.models import Unit
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.powers.access import require_register
from lianfang.scheme.model import Scheme


@require_GET
def inspections(request: AppRequest) -> HttpResponse:
    """Show the inspections of a year that the asker may know of."""
    year = _Year.of(request)
    context: dict[str, object] = {
        "form": year.form,
        "asked": year.asked,
        "units": year.units,
        "levels": [level for level in year.scheme.levels if level.rank],
        "years": (year.asked.year - 1, year.asked.year + 1),
        "page": list_page(
            year.rows,
            access.records_visible_to(year.standing),
            rule_labels(year.scheme),
            year.days,
            year.asked.page,
        ),
        "inspects": access.inspects(year.standing),
    }
    return render_page(request, "inspections/inspections.html", context)


@require_GET
def inspections_export(request: AppRequest) -> HttpResponseBase:
    """Give the inspections that are asked for as a workbook."""
    year = _Year.of(request)
    lines = all_lines(
        year.rows,
        access.records_visible_to(year.standing),
        rule_labels(year.scheme),
        year.days,
    )
    name = _("监督检查-%(year)s.xlsx") % {"year": year.asked.year}
    content = list_workbook(title=name.removesuffix(".xlsx"), on=year.standing.on, lines=lines)
    return as_download(content, name)


@require_GET
def workbench(request: AppRequest) -> HttpResponse:
    """Show those who inspect what comes next, what is due, and how far the year is."""
    standing = standing_for(request)
    access.require_inspecting(standing)
    scheme = scheme_of(organisation_of(standing), standing.on)
    visits, count = next_visits(
        access.inspections_to_do(standing), scheme, rule_labels(scheme), days_of(standing)
    )
    context: dict[str, object] = {
        "visits": visits,
        "count": count,
        "judged": findings_waiting(access.findings_to_judge(standing)),
        "reports": reports_due(duties.duties_visible_to(standing), standing.on),
        "coverage": coverage_of(standing.organisation_id, scheme, standing.on),
        "may_run": access.may_run(standing),
        "on": standing.on,
    }
    return render_page(request, "inspections/workbench.html", context)


@dataclass(frozen=True, kw_only=True)
class _Year:
    """What is asked for, by whom."""

    standing: Standing
    form: ListForm
    units: list[Unit]
    asked: Asked

    @classmethod
    def of(cls, request: AppRequest) -> "_Year":
        """Read the request. Raises Http404 for a unit the asker may not look at."""
        standing = standing_for(request)
        require_register(standing)
        form = ListForm(request.GET)
        form.is_valid()
        units = list(duties.units_looked_at(standing).order_by("order", "code"))
        asked = _asked(form, standing)
        if asked.unit is not None and asked.unit not in {unit.pk for unit in units}:
            raise Http404
        return cls(standing=standing, form=form, units=units, asked=asked)

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme as the organisation has it."""
        return scheme_of(organisation_of(self.standing), self.standing.on)

    @cached_property
    def days(self) -> Days:
        """Today, and until when something is soon."""
        return days_of(self.standing)

    @property
    def rows(self) -> QuerySet[Duty]:
        """The inspections that are asked for."""
        rows = access.inspections_visible_to(self.standing)
        return narrowed(rows, self.asked, self.days, self.scheme)


def _asked(form: ListForm, standing: Standing) -> Asked:
    given = {name: form.cleaned_data.get(name) or None for name in form.fields}
    return Asked(
        year=cast("int | None", given["year"]) or standing.on.year,
        unit=cast("int | None", given["unit"]),
        level=str(given["level"] or ""),
        look=str(given["state"] or ""),
        how=str(given["how"] or ""),
        words=str(given["q"] or ""),
        sort=str(given["sort"] or "due"),
        page=cast("int | None", given["page"]) or 1,
    )
