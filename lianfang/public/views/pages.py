"""What everybody reads: the catalogue of an organisation, its units, each power, the workbook."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from lianfang.files.sending import as_download
from lianfang.public import access
from lianfang.public.exchange import catalogue_workbook
from lianfang.public.forms import SearchForm
from lianfang.public.models import Publication
from lianfang.public.queries.catalogue import Asked, all_cards, catalogue_page, power_page
from lianfang.public.views.answering import ENGLISH, keepable, kept, public_page, shown


@public_page
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Lead to the one catalogue there is, or show all organisations that have one."""
    found = list(access.publications_in_force().order_by("organisation__code"))
    if len(found) == 1:
        page = reverse("public:organisation", args=[found[0].organisation.code])
        lang = "?lang=en" if request.GET.get("lang") == ENGLISH else ""
        return keepable(HttpResponseRedirect(f"{page}{lang}"))
    return keepable(shown(request, "public/organisations.html", {"publications": found}))


@public_page
def organisation(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the catalogue of an organisation, narrowed by what is asked for."""
    publication = access.get_publication(code)
    form = SearchForm(request.GET)
    form.is_valid()
    sent = form.cleaned_data
    asked = Asked(
        words=sent.get("q") or "",
        unit=sent.get("unit") or "",
        category=sent.get("category") or "",
        page=sent.get("page") or 1,
    )
    return kept(request, publication, lambda: _catalogue(request, publication, asked))


@public_page
def unit(request: HttpRequest, code: str, unit_code: str) -> HttpResponseBase:
    """Show the powers of a unit. A unit without any is not known here."""
    publication = access.get_publication(code)
    form = SearchForm(request.GET)
    form.is_valid()
    asked = Asked(unit=unit_code, page=form.cleaned_data.get("page") or 1)
    return kept(request, publication, lambda: _catalogue(request, publication, asked, of_unit=True))


@public_page
def power(request: HttpRequest, code: str, power_code: str) -> HttpResponseBase:
    """Show a power: on what it rests, who does what, how it runs and how long that takes."""
    found = access.get_power_shown(code, power_code)
    publication = found.publication
    return kept(
        request,
        publication,
        lambda: shown(
            request,
            "public/power.html",
            {"view": power_page(found, publication.organisation.scheme)},
            publication=publication,
        ),
    )


@public_page
def table(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give the whole catalogue as a workbook."""
    publication = access.get_publication(code)
    return kept(request, publication, lambda: _workbook(publication))


def _catalogue(
    request: HttpRequest, publication: Publication, asked: Asked, *, of_unit: bool = False
) -> HttpResponseBase:
    rows = access.powers_shown(publication)
    page = catalogue_page(rows, publication.organisation.scheme, asked)
    chosen = next((one.label for one in page.units if one.is_chosen), "")
    if of_unit and not chosen:
        raise Http404
    context: dict[str, object] = {
        "page": page,
        "asked": asked,
        "unit_name": chosen if of_unit else "",
        "ways": _ways(request, asked, of_unit=of_unit),
    }
    return shown(request, "public/catalogue.html", context, publication=publication)


def _ways(request: HttpRequest, asked: Asked, *, of_unit: bool) -> dict[str, str]:
    """Return the beginnings of addresses beside this one, each ready for one more value."""
    lang = {"lang": ENGLISH} if request.GET.get("lang") == ENGLISH else {}
    words = {"q": asked.words} if asked.words else {}
    unit_asked = {"unit": asked.unit} if asked.unit and not of_unit else {}
    category = {"category": asked.category} if asked.category else {}
    return {
        "all_units": f"?{urlencode({**lang, **words, **category})}",
        "unit": f"?{urlencode({**lang, **words, **category, 'unit': ''})}",
        "all_categories": f"?{urlencode({**lang, **words, **unit_asked})}",
        "category": f"?{urlencode({**lang, **words, **unit_asked, 'category': ''})}",
        "page": f"?{urlencode({**lang, **words, **unit_asked, **category, 'page': ''})}",
    }


def _workbook(publication: Publication) -> HttpResponseBase:
    name = _("职权公开目录-%(organisation)s.xlsx") % {
        "organisation": publication.organisation.shown_name
    }
    content = catalogue_workbook(
        title=name.removesuffix(".xlsx"),
        on=publication.published_on,
        cards=all_cards(access.powers_shown(publication)),
        scheme=publication.organisation.scheme,
    )
    return as_download(content, name)
