"""What every page that changes something does: show the form, act, answer."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lianfang.common.errors import Refused, Stale
from lianfang.common.http import REFUSED, AppRequest, language_now, render_page

PAGE = "form.html"
both = require_http_methods(["GET", "POST"])


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A field of a stale form: what is stored now, and what was typed."""

    label: str
    stored: str
    typed: str


@runtime_checkable
class Parted(Protocol):
    """A form with tables of rows, which says itself where those differ from what is stored."""

    def part_clashes(self) -> Iterable[Clash]:
        """Return where the tables differ from what is stored."""


def act(
    request: AppRequest,
    form: forms.Form,
    deed: Callable[[], object],
    *,
    title: str,
    then: str,
    sub: str = "",
    clause: str = "",
    danger: bool = False,
    said: str = "",
    button: str = "",
    crumb: str = "",
    page: str = PAGE,
    more: Mapping[str, object] | None = None,
    after: Callable[[], str] | None = None,
) -> HttpResponse:
    """Answer a form: shown on GET, checked and done on POST, then on to the page `then`.

    A refusal of the action becomes an error of the form, with status 422 and what was typed kept.
    A stale form is told what is stored now; sent again, it takes the place of that. `page` draws
    the form in its own way, with what `more` holds; `after` is the page to go on to where that is
    known only when the thing is done. `said` is told then, and `button` stands on the button,
    where it is not a matter of saving; `crumb` is what the page
    `then` is called above the title.
    """
    status, clashes = 200, list[Clash]()
    if request.method == "POST":
        try:
            if form.is_valid() and _done(form, deed):
                messages.success(request, said or _("已保存。"))
                return go(request, after() if after else then)
        except Stale as stale:
            form.add_error(None, stale.sentence(language_now()))
            clashes = list(_clashes(form))
            form.data = _with_version(request.POST, stale.version)
        status = REFUSED
    context: dict[str, object] = {
        "form": form,
        "clashes": clashes,
        "title": title,
        "sub": sub,
        "clause": clause,
        "back": then,
        "danger": danger,
        "button": button,
        "crumb": crumb,
        "multipart": form.is_multipart(),
        **(more or {}),
    }
    return render_page(request, page, context, status=status)


def go(request: AppRequest, url: str) -> HttpResponse:
    """Send the browser on, by htmx where it asked."""
    if request.htmx and not request.htmx.boosted:
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def bound(request: AppRequest) -> dict[str, Any]:
    """Return what a form is made with: what was sent, or nothing."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def _done(form: forms.Form, deed: Callable[[], object]) -> bool:
    try:
        deed()
    except Stale:
        raise
    except Refused as refused:
        form.add_error(None, refused.sentence(language_now()))
        return False
    return True


def _clashes(form: forms.Form) -> Iterator[Clash]:
    """Yield where the form differs from what is stored, which is its `initial`."""
    for field in form.visible_fields():
        if field.name in form.changed_data:
            yield Clash(
                label=str(field.label),
                stored=_said(field, field.initial),
                typed=_said(field, form.cleaned_data.get(field.name)),
            )
    if isinstance(form, Parted):
        yield from form.part_clashes()


def _said(field: BoundField, value: object) -> str:
    labels = {str(code): str(label) for code, label in getattr(field.field, "choices", ())}
    if isinstance(value, list):
        return "、".join(labels.get(str(code), str(code)) for code in value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    code = getattr(value, "pk", value)
    return labels.get(str(code), "" if value is None else str(value))


def _with_version(sent: QueryDict, version: int) -> QueryDict:
    renewed = sent.copy()
    renewed["version"] = str(version)
    return renewed
