"""An alert with its course, and what is to be done next (五（六）)."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from lianfang.alerts import access
from lianfang.alerts.actions.adding import note_look
from lianfang.alerts.forms.moving import TriageForm
from lianfang.alerts.models import Alert
from lianfang.alerts.queries import page
from lianfang.alerts.queries.board import cards_of, repeats
from lianfang.alerts.queries.concerning import clocks_of, routing_for
from lianfang.alerts.queries.labels import labels_of
from lianfang.alerts.queries.letters import letters_of
from lianfang.alerts.queries.waiting import clock_of
from lianfang.alerts.rules.ladder import rungs_open
from lianfang.audit.queries import history_of
from lianfang.common.http import AppRequest, render_page
from lianfang.duties.models import Duty
from lianfang.files.sending import download
from lianfang.org.access import standing_for
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.rules.calendar import add_months
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.scheme.model import Scheme

# earlier signs about the same are told of two years back
BACK = -24
_REPEATS = 12


@require_GET
def alert(request: AppRequest, alert_id: int) -> HttpResponse:
    """Show an alert; that it was looked at is noted."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id)
    note_look(alert=found, by=request.user, at=request.at)
    scheme = scheme_of(found.organisation, standing.on)
    labels = labels_of(scheme)
    concerned, told = page.concerned_in(found), page.told_of(found)
    talks = page.talks_of(found)
    sees_looks = standing.has(Role.DISCIPLINE_OFFICE)
    context: dict[str, object] = {
        "alert": found,
        "labels": labels,
        "trigger": labels.triggers.get(found.trigger),
        "channel": labels.channels.get(found.channel),
        "gravity": labels.gravities.get(found.gravity),
        "clause": labels.clauses.get(found.trigger, "五（六）1"),
        "route": labels.routes.get(found.route),
        "outcome": labels.outcome(found.outcome) if found.outcome else "",
        "concerned": concerned,
        "course": page.course_of(found, labels),
        "told": told,
        "recorder_told": any(each.person_id == found.recorded_by_id for each in told),
        "recused": page.recused_from(found),
        "talks": talks,
        "letters": letters_of(found),
        "repeats": _repeats(found, [each.person_id for each in concerned], standing, scheme),
        "history": history_of(found, without=() if sees_looks else ("alerts.alert.looked_at",)),
        **_days(found, talks, standing),
        **_acts(found, standing, scheme),
    }
    return render_page(request, "alerts/alert.html", context)


@require_GET
def alert_file(request: AppRequest, alert_id: int, file_id: int) -> HttpResponseBase:
    """Send a file of an alert; that it was looked at is noted."""
    found = access.get_file_for(standing_for(request), alert_id, file_id)
    note_look(alert=found.alert, by=request.user, at=request.at)
    return download(found.attachment)


def _days(found: Alert, talks: list[page.TalkLine], standing: Standing) -> dict[str, object]:
    """Return by when something is waited for, and whether that day has passed."""
    owed = [line.duty.due_on for line in talks if line.duty.state == Duty.State.OPEN]
    waits = clock_of(found, min(owed, default=None))
    return {"waits": waits, "is_late": waits.is_late(standing.on)}


def _repeats(found: Alert, people: list[int], standing: Standing, scheme: Scheme) -> list[object]:
    rows = repeats(
        access.alerts_visible_to(standing),
        people=people,
        power=found.power_id,
        risk=found.risk_id,
        since=add_months(found.noticed_on, BACK),
        without=found.pk,
    )
    calendar = calendar_of(standing.organisation_id)
    return list(cards_of(rows, labels_of(scheme), calendar, standing.on, _REPEATS))


def _acts(found: Alert, standing: Standing, scheme: Scheme) -> dict[str, object]:
    """Return what the asker may do now; the form to triage stands on the page."""
    state, is_free = found.state, found.is_open and not found.is_handed_over
    acts, triages = access.may(standing, found, "act"), access.may(standing, found, "triage")
    begun = is_free and state == Alert.State.IN_HAND
    taken = is_free and state in (Alert.State.TRIAGED, Alert.State.IN_HAND)
    given: dict[str, object] = {
        "may_begin": acts and is_free and state == Alert.State.TRIAGED,
        "may_measure": acts and taken and bool(rungs_open(scheme, found.way, [])),
        "may_letter": acts and taken,
        "may_close": acts and begun and found.way != Alert.Way.SUPERIOR,
        "may_send_up": acts and taken and found.way == Alert.Way.SUPERIOR,
        "may_send_on": triages and taken,
        "may_add": state != Alert.State.STRUCK,
        "may_strike": is_free and access.may(standing, found, "strike"),
        "may_recuse": found.is_open and access.may(standing, found, "recuse"),
        "may_follow": acts
        and state == Alert.State.CLOSED
        and found.follow_up_on is not None
        and found.followed_up_on is None,
        "ways": None,
    }
    if triages and is_free and state == Alert.State.NOTICED:
        routing = routing_for(found, scheme, standing.on)
        clocks = clocks_of(found.organisation, scheme)
        ways = page.ways_open(routing, clocks, standing.on)
        given |= {"ways": ways, "form": TriageForm(ways=[each.way for each in ways.ways])}
    return given
