"""The pages for what went wrong: not allowed, not found, out of date, broken."""

import logging
import secrets
import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from lianfang.common import clock
from lianfang.shell.frame import Frame
from lianfang.shell.queries import frame_for

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent can't be read."""
    del exception
    return _page(
        request,
        400,
        heading=_("请求有误"),
        said=_("发来的内容无法识别。"),
        advice=_("请返回上一页，刷新后重新填写。"),
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this person may not do this, and who can help."""
    del exception
    return _page(
        request,
        403,
        heading=_("无权办理"),
        said=_("您今天的任职不允许打开这一页或办理这件事。"),
        advice=_(
            "权限由任职和机构成员决定。如果登记有误，请联系系统管理员；如果应由他人办理，请转告。"
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here that this person may know of."""
    del exception
    return _page(
        request,
        404,
        heading=_("没有找到"),
        said=_("这个地址没有内容，或不是您可以知道的内容。"),
        advice=_("请核对地址，或从菜单、查找框重新进入。"),
    )


def out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was refused because it doesn't belong to this session (CSRF)."""
    logger.warning("refused a form on %s: %s", request.path, reason)
    return _page(
        request,
        403,
        heading=_("页面已失效"),
        said=_("这张表单放得太久，或者期间重新登录过，没有提交。"),
        advice=_("请返回上一页，复制填写的内容，刷新后再提交。浏览器须允许 Cookie。"),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after an error in the program, with a moment and a number to quote.

    Neither the database nor the session is asked: they may be what is broken.
    """
    number = secrets.token_hex(4)
    logger.error("error %s on %s %s", number, request.method, request.path, exc_info=sys.exc_info())
    text = render_to_string("500.html", {"at": clock.now(), "number": number})
    return HttpResponse(text, status=500, headers={"X-Error-Number": number})


def _page(request: HttpRequest, code: int, **context: str) -> HttpResponse:
    found = _frame(request)
    request.frame = found  # type: ignore[attr-defined]
    layout = "base.html" if found.standing else "plain.html"
    text = render_to_string("error.html", {"layout": layout, "code": code, **context}, request)
    return HttpResponse(text, status=code)


def _frame(request: HttpRequest) -> Frame:
    """Return the frame, as far as the request came to have a user and a moment."""
    if not hasattr(request, "user") or not hasattr(request, "at"):
        return Frame()
    return frame_for(request)
