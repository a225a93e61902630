"""Pages whose script works with keys, and how they are answered."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from lianfang.common.errors import Refused
from lianfang.common.http import (
    REFUSED,
    SEALING_POLICY,
    AppRequest,
    language_now,
    render_page,
)
from lianfang.portal.words import QUESTIONS

Sent = TypeVar("Sent", bound=msgspec.Struct)
CLAUSE = "五（六）2（2）"
# rows of a page of a list
PAGE = 50


def sealed_page(
    request: AppRequest, page: str, context: dict[str, object], *, data: dict[str, Any]
) -> HttpResponse:
    """Render a page with what its script works with."""
    response = render_page(
        request, page, {"data": data, "clause": CLAUSE, "questions": QUESTIONS, **context}
    )
    response.headers["Content-Security-Policy"] = SEALING_POLICY
    return response


def taken(request: AppRequest, shape: type[Sent], deed: Callable[[Sent], str]) -> JsonResponse:
    """Do what a script sends, and say where to go on; a refusal is told in words."""
    try:
        return JsonResponse({"go": deed(msgspec.json.decode(request.body, type=shape))})
    except msgspec.MsgspecError:
        said = _("收到的内容不完整。请刷新页面后再试。")
    except Refused as refused:
        said = refused.sentence(language_now())
    return JsonResponse({"error": said}, status=REFUSED)
