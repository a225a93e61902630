"""A sign is recorded; earlier ones about the same are shown beside the form (五（六）1)."""

from typing import cast

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.alerts import access
from lianfang.alerts.actions.recording import open_alert
from lianfang.alerts.forms.lists import AboutForm
from lianfang.alerts.forms.recording import PEOPLE, RecordForm
from lianfang.alerts.models import Alert
from lianfang.alerts.queries.board import Card, cards_of, repeats
from lianfang.alerts.queries.labels import labels_of
from lianfang.alerts.views.alert import BACK
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.files.store import too_large
from lianfang.files.uploading import was_too_large
from lianfang.org.access import get_person_for, standing_for
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.rules.calendar import add_months
from lianfang.org.standing import Standing

_MANY = 12
_FOUND = ("person", "power", "risk", "unit")


@both
def record(request: AppRequest) -> HttpResponse:
    """Record a sign."""
    standing = standing_for(request)
    access.require_recording(standing)
    organisation = organisation_of(standing)
    scheme = scheme_of(organisation, standing.on)
    begins: dict[str, object] = {name: request.GET.get(name, "") for name in _FOUND}
    begins |= {"noticed_on": standing.on, "channel": "daily", "gravity": "ordinary"}
    form = RecordForm(**bound(request), scheme=scheme, initial=begins)
    _offer(form, standing)
    if was_too_large(request):
        form.add_error("file", too_large(settings.FILE_BYTES).sentence(language_now()))
    made: list[Alert] = []

    def deed() -> None:
        given = form.cleaned_data
        made.append(
            open_alert(
                organisation=organisation,
                channel=given["channel"],
                trigger=given["trigger"],
                gravity=given["gravity"],
                what=given["what"],
                noticed_on=given["noticed_on"],
                unit=given["unit"],
                post=given["post"],
                power=given["power"],
                risk=given["risk"],
                people=form.named,
                papers=form.papers(),
                recorded_by=get_person_for(standing, standing.person_id or 0),
                scheme=scheme,
                on=standing.on,
                by=request.user,
                at=request.at,
            )
        )

    return act(
        request,
        form,
        deed,
        title=_("记录一条苗头"),
        clause="五（六）1",
        then=reverse("alerts:board"),
        after=lambda: _page_of(made[0], standing),
        said=_("已记录并编号。"),
        page="alerts/record.html",
        more={"repeats": _repeats(standing, AboutForm(begins))},
    )


@require_GET
def repeated(request: AppRequest) -> HttpResponse:
    """Show earlier signs about the same people, power or risk point, as far as one may know."""
    standing = standing_for(request)
    access.require_recording(standing)
    context: dict[str, object] = {"repeats": _repeats(standing, AboutForm(request.GET))}
    return render_page(request, "alerts/repeats.html", context, fragment="alerts/_repeats.html")


def _repeats(standing: Standing, form: AboutForm) -> list[Card]:
    form.is_valid()
    asked = form.cleaned_data
    people = [cast("int", asked[name]) for name in PEOPLE if asked.get(name)]
    power, risk = asked.get("power"), asked.get("risk")
    if not people and power is None and risk is None:
        return []
    rows = repeats(
        access.alerts_visible_to(standing),
        people=people,
        power=power,
        risk=risk,
        since=add_months(standing.on, BACK),
    )
    scheme = scheme_of(organisation_of(standing), standing.on)
    calendar = calendar_of(standing.organisation_id)
    return list(cards_of(rows, labels_of(scheme), calendar, standing.on, _MANY))


def _offer(form: RecordForm, standing: Standing) -> None:
    people = access.people_to_name(standing).order_by("code")
    form.offer(
        **dict.fromkeys(PEOPLE, people),
        unit=access.units_to_name(standing).order_by("order", "code"),
        post=access.posts_to_name(standing).order_by("code"),
        power=access.powers_to_name(standing).order_by("code"),
        risk=access.risks_to_name(standing).order_by("code"),
    )


def _page_of(alert: Alert, standing: Standing) -> str:
    """Return the page of a new alert; kin of whom it names go back to the board."""
    if access.alerts_visible_to(standing).filter(pk=alert.pk).exists():
        return reverse("alerts:alert", args=[alert.pk])
    return reverse("alerts:board")
