"""Something made on demand, as a download; where it can't be made, the page before says why."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase

from lianfang.common.errors import Refused
from lianfang.common.http import AppRequest, language_now
from lianfang.files.sending import as_download


def sent(
    request: AppRequest, made: Callable[[], bytes], *, name: str, back: str
) -> HttpResponseBase:
    """Send what is made under a name; a refusal, such as missing fonts, is told on `back`."""
    try:
        content = made()
    except Refused as refused:
        messages.error(request, refused.sentence(language_now()))
        return HttpResponseRedirect(back)
    return as_download(content, name)
