"""What every page of this room that changes something does."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.views.decorators.http import require_http_methods

from lianfang.common.errors import Refused
from lianfang.common.http import AppRequest, language_now

both = require_http_methods(["GET", "POST"])


def bound(request: AppRequest) -> dict[str, Any]:
    """Return what a form is made with: what was sent, or nothing."""
    return {"data": request.POST} if request.method == "POST" else {}


def carried_out(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do it; a refusal becomes an error of the form."""
    try:
        deed()
    except Refused as refused:
        form.add_error(None, refused.sentence(language_now()))
        return False
    return True
