"""An alert with its course, and what is to be done next (五（六）)."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lianfang.alerts import access
from lianfang.alerts.actions.adding import note_look
from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for


@require_GET
def alert(request: AppRequest, alert_id: int) -> HttpResponse:
    """Show an alert; that it was looked at is noted."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id)
    note_look(alert=found, by=request.user, at=request.at)
    return render_page(request, "alerts/alert.html", {"alert": found})
