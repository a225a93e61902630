"""What was held, for everybody, without signing in: no names, and only what is shown (二)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from lianfang.common.http import render_page
from lianfang.learning import access
from lianfang.learning.forms.cases import PageForm
from lianfang.learning.queries.public import shown_page


@login_not_required
@require_GET
def held(request: HttpRequest) -> HttpResponse:
    """List what was held: title, kind, day, how many came."""
    form = PageForm(request.GET)
    form.is_valid()
    page = shown_page(access.activities_shown(), form.cleaned_data.get("page") or 1)
    return render_page(request, "learning/held.html", {"page": page})
