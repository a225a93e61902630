"""What somebody was reminded of and is still open (三, 七（二）)."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.duties import access
from lianfang.duties.queries.reminding import reminded_of
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.powers.access import require_register


@require_GET
def reminders(request: AppRequest) -> HttpResponse:
    """Show the duties that a notice with several of them leads to, soonest first."""
    standing = standing_for(request)
    require_register(standing)
    scheme = scheme_of(organisation_of(standing), standing.on)
    context: dict[str, object] = {
        "rows": reminded_of(access.duties_reminding(standing), standing.person_id, scheme),
        "person": standing.person_id,
        "on": standing.on,
    }
    return render_page(request, "duties/reminders.html", context)
