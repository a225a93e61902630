"""Alerts as a board and as a list, and what other rooms show of them (五（六）1)."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.alerts import access
from lianfang.alerts.actions.adding import note_export
from lianfang.alerts.exchange.lists import list_csv, list_workbook
from lianfang.alerts.forms.lists import ListForm
from lianfang.alerts.models import Alert
from lianfang.alerts.queries.board import board_of, cards_of
from lianfang.alerts.queries.labels import Labels, labels_of
from lianfang.alerts.queries.listing import Asked, all_lines, list_page, narrowed
from lianfang.common.http import AppRequest, render_page
from lianfang.files.sending import as_download
from lianfang.org.access import standing_for
from lianfang.org.models import Organisation
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.rules.calendar import WorkCalendar
from lianfang.org.standing import Standing
from lianfang.scheme.model import Scheme

_BESIDE = 8


@require_GET
def board(request: AppRequest) -> HttpResponse:
    """Show the alerts that the asker may know of, by state."""
    room = _Room.of(request)
    context: dict[str, object] = {
        "columns": board_of(room.rows, room.labels, room.calendar, room.standing.on),
        "triage_days": _days_to_triage(room.scheme),
        "may_record": access.may_record(room.standing),
    }
    return render_page(request, "alerts/board.html", context)


@require_GET
def alerts(request: AppRequest) -> HttpResponse:
    """List the alerts that the asker may know of."""
    room = _Room.of(request)
    context: dict[str, object] = {
        "form": room.form,
        "asked": room.asked,
        "labels": room.labels,
        "units": list(access.units_to_name(room.standing).order_by("order", "code")),
        "page": list_page(
            room.narrowed, room.labels, room.calendar, room.standing.on, room.asked.page
        ),
        "may_record": access.may_record(room.standing),
    }
    return render_page(request, "alerts/alerts.html", context)


@require_GET
def alerts_export(request: AppRequest, kind: str) -> HttpResponseBase:
    """Give the alerts that are asked for as a table; that they were taken away is noted."""
    room = _Room.of(request)
    if kind not in ("csv", "xlsx"):
        raise Http404
    lines = all_lines(room.narrowed, room.labels, room.calendar, room.standing.on)
    note_export(
        organisation=room.organisation, count=len(lines), kind=kind, by=request.user, at=request.at
    )
    title = _("预警清单")
    if kind == "csv":
        return as_download(list_csv(lines), f"{title}.csv")
    content = list_workbook(title=title, on=room.standing.on, lines=lines)
    return as_download(content, f"{title}.xlsx")


@require_GET
def of_risk(request: AppRequest, risk_id: int) -> HttpResponse:
    """Show the alerts about a risk point, as far as the asker may know of them."""
    standing = standing_for(request)
    risk = access.get_risk_for(standing, risk_id)
    rows = access.alerts_visible_to(standing).filter(risk=risk)
    return _beside(request, rows, _("这个风险点的预警"), f"?risk={risk.pk}&unit={risk.unit_id}")


@require_GET
def of_power(request: AppRequest, power_id: int) -> HttpResponse:
    """Show the alerts about a power, as far as the asker may know of them."""
    standing = standing_for(request)
    power = access.get_power_for(standing, power_id)
    rows = access.alerts_visible_to(standing).filter(power=power)
    return _beside(request, rows, _("这项职权的预警"), f"?power={power.pk}&unit={power.unit_id}")


@require_GET
def open_signs(request: AppRequest) -> HttpResponse:
    """Show the open alerts beside other work, as far as the asker may know of them."""
    standing = standing_for(request)
    access.require_staff(standing)
    rows = access.alerts_visible_to(standing).filter(state__in=access.OPEN)
    return _beside(request, rows, _("未办结的预警"), "")


def _beside(request: AppRequest, rows: QuerySet[Alert], heading: str, about: str) -> HttpResponse:
    room = _Room.of(request)
    found = rows.exclude(state=Alert.State.STRUCK).order_by("-noticed_on", "-pk")
    context: dict[str, object] = {
        "heading": heading,
        "cards": list(cards_of(found, room.labels, room.calendar, room.standing.on, _BESIDE)),
        "about": about,
        "may_record": access.may_record(room.standing),
    }
    return render_page(request, "alerts/beside.html", context, fragment="alerts/_beside.html")


@dataclass(frozen=True, kw_only=True)
class _Room:
    """What is asked for, by whom."""

    standing: Standing
    organisation: Organisation
    form: ListForm
    asked: Asked

    @classmethod
    def of(cls, request: AppRequest) -> "_Room":
        """Read the request. Raises Http404 for administrators."""
        standing = standing_for(request)
        access.require_staff(standing)
        form = ListForm(request.GET)
        form.is_valid()
        return cls(
            standing=standing,
            organisation=organisation_of(standing),
            form=form,
            asked=_asked(form),
        )

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme as the organisation has it."""
        return scheme_of(self.organisation, self.standing.on)

    @cached_property
    def labels(self) -> Labels:
        """What the scheme calls its codes."""
        return labels_of(self.scheme)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The work calendar."""
        return calendar_of(self.standing.organisation_id)

    @property
    def rows(self) -> QuerySet[Alert]:
        """What the asker may know of."""
        return access.alerts_visible_to(self.standing)

    @property
    def narrowed(self) -> QuerySet[Alert]:
        """What is asked for of that."""
        mine = access.alerts_lying_with(self.standing)
        return narrowed(self.rows, mine, self.asked, self.scheme, self.standing.on)


def _asked(form: ListForm) -> Asked:
    given = {name: form.cleaned_data.get(name) or None for name in form.fields}
    return Asked(
        state=str(given["state"] or ""),
        channel=str(given["channel"] or ""),
        trigger=str(given["trigger"] or ""),
        gravity=str(given["gravity"] or ""),
        unit=cast("int | None", given["unit"]),
        year=cast("int | None", given["year"]),
        since=cast("date | None", given["since"]),
        until=cast("date | None", given["until"]),
        mine=bool(given["mine"]),
        sort=str(given["sort"] or "due"),
        page=cast("int | None", given["page"]) or 1,
    )


def _days_to_triage(scheme: Scheme) -> int:
    spans = {each.code: each.span for each in scheme.clocks}
    return int(spans["triage"].value)
