"""Sends official documents to whoever may read them."""

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.http import REFUSED, AppRequest, language_now, render_page
from lianfang.files import access
from lianfang.files.sending import download
from lianfang.files.store import Damaged


@require_GET
def document(request: AppRequest, document_id: int) -> HttpResponseBase:
    """Send an official document as it was issued; a damaged one is told of, not sent."""
    standing: access.Reader | None = request.frame.standing
    if standing is None:
        raise PermissionDenied
    found = access.get_document_for(standing, document_id)
    try:
        return download(found.attachment)
    except Damaged as damaged:
        context: dict[str, object] = {
            "layout": "base.html",
            "code": REFUSED,
            "heading": found.mark,
            "said": _("文件没有发送。"),
            "advice": damaged.sentence(language_now()),
        }
        return render_page(request, "error.html", context, status=REFUSED)
