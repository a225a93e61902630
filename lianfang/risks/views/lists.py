"""The register as a list: narrowed, searched, sorted, page by page (五（二）)."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lianfang.common.http import REFUSED, AppRequest, language_now, render_page
from lianfang.common.text import Text
from lianfang.risks.access import views_of
from lianfang.risks.forms.chips import chips_of
from lianfang.risks.forms.lists import DENSITIES, USUAL, address, without
from lianfang.risks.queries.lists import COUNTED, Page, count_of, page_of
from lianfang.risks.queries.tabs import tabs_of
from lianfang.risks.views.asking import Asked, asked_in

# what stands in place of a phase's mark where it has no measure
LACK = Text("缺", "–")
MORE = ("aspect", "focus", "lacks", "state", "sort")
NOTHING = Page(lines=(), newer="", older="")


@require_GET
def register(request: AppRequest) -> HttpResponse:
    """Show a page of the register, as the address narrows and sorts it."""
    asked = asked_in(request, request.GET)
    response = render_page(
        request,
        "risks/register.html",
        _context(asked),
        fragment="risks/_register.html",
        status=REFUSED if asked.form.errors else 200,
    )
    if request.htmx:
        # the address without what was left empty
        response.headers["HX-Push-Url"] = f"{request.path}{address(asked.pairs)}"
    return response


def _context(asked: Asked) -> dict[str, object]:
    form, pairs, standing = asked.form, asked.pairs, asked.standing
    page, query = _page(asked), address(without(pairs, "density"))
    drafts = standing.units | standing.headed
    return {
        "form": form,
        "asked": form.cleaned_data,
        "pairs": pairs,
        "query": query,
        "page": page,
        "count": count_of(asked.rows),
        "most": COUNTED,
        "newer": page.newer and address(pairs, before=page.newer),
        "older": page.older and address(pairs, after=page.older),
        "sort": form.sorting,
        "by_level": address(pairs, sort="-level" if form.sorting == "level" else "level"),
        "by_code": address(pairs, sort="-code" if form.sorting == "code" else "code"),
        "density": form.cleaned_data.get("density") or USUAL["density"],
        "densities": [(code, label, address(pairs, density=code)) for code, label in DENSITIES],
        "more": [(name, *form.offered(name)) for name in MORE],
        "chips": chips_of(form, pairs, asked.units, asked.posts),
        "tabs": tabs_of(asked.scheme, views_of(standing), query),
        "units": asked.units,
        "posts": asked.posts,
        "lack": LACK.in_(language_now()),
        "may_draft": bool(drafts),
        "drafts": drafts,
        "add_to": _to_add_to(asked, drafts),
    }


def _to_add_to(asked: Asked, drafts: frozenset[int]) -> int | None:
    """Return the unit to which a risk point is added from here: the one shown, else one's own."""
    shown: int | None = asked.form.cleaned_data.get("unit")
    own = [unit.pk for unit in asked.units if unit.pk in drafts]
    return shown if shown in drafts else next(iter(own), None)


def _page(asked: Asked) -> Page:
    form = asked.form
    if form.errors:
        return NOTHING
    given = form.cleaned_data
    return page_of(
        asked.rows,
        asked.scheme,
        sort=form.sorting,
        after=given["after"],
        before=given["before"],
    )
