"""What somebody was told: the list, opening one, and having seen them all."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.http import AppRequest, render_page
from lianfang.notices import actions
from lianfang.notices.access import get_notice_for, notices_visible_to
from lianfang.notices.queries import page_of_notices
from lianfang.shell.views.keyset import number_in


@require_GET
def notices(request: AppRequest) -> HttpResponse:
    """List what somebody was told, newest first."""
    page = page_of_notices(notices_visible_to(request.user), before=number_in(request, "before"))
    unseen = any(notice.seen_at is None for notice in page.notices)
    return render_page(request, "shell/notices.html", {"page": page, "unseen": unseen})


@require_POST
def notice_open(request: AppRequest, notice_id: int) -> HttpResponse:
    """Note that a notice was seen, and go where it leads."""
    notice = get_notice_for(request.user, notice_id)
    actions.mark_seen(notice=notice, by=request.user, at=request.at)
    return HttpResponseRedirect(notice.url or reverse("shell:notices"))


@require_POST
def notices_seen(request: AppRequest) -> HttpResponse:
    """Note that everything told so far was seen."""
    actions.mark_all_seen(by=request.user, at=request.at)
    return HttpResponseRedirect(reverse("shell:notices"))
