"""Editions side by side and on paper; a filing beside the edition before (六（二）, 六（五）)."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.cycles import access
from lianfang.cycles.queries import printing
from lianfang.cycles.queries.covering import covered, edition_in_force, stored
from lianfang.cycles.views.addresses import to
from lianfang.documents.writing.request import Request
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.powers.views.sending import sent


@require_GET
def edition_print(request: AppRequest, edition_id: int, form: str, kind: str) -> HttpResponseBase:
    """Send a table or the charts of exactly that edition."""
    standing = standing_for(request)
    found = access.get_edition_for(standing, edition_id)
    if not printing.is_printable(form, kind):
        raise Http404
    scheme, language = scheme_of(found.organisation, standing.on), language_now()
    return sent(
        request,
        lambda: printing.printed_edition(found, scheme, form, kind, standing.on, language),
        name=f"{found.unit.code}-{found.number}-{form}.{kind}",
        back=to("edition", found.pk),
    )


@require_GET
def editions_compared(request: AppRequest, before_id: int, after_id: int) -> HttpResponseBase:
    """Show what changed between two editions of one unit, or send it as a file."""
    standing = standing_for(request)
    before = access.get_edition_for(standing, before_id)
    after = access.get_edition_for(standing, after_id)
    if before.unit_id != after.unit_id:
        raise Http404
    organisation = after.organisation
    asked = printing.compared(
        after.unit,
        printing.side_of(before, organisation),
        printing.side_of(after, organisation),
        scheme_of(organisation, standing.on),
        standing.on,
        language_now(),
    )
    title = _("%(unit)s：%(before)s 与 %(after)s 对照") % {
        "unit": after.unit.shown_name,
        "before": before.number,
        "after": after.number,
    }
    name = f"{after.unit.code}-{before.number}-{after.number}"
    crumb = f"{after.unit.shown_name} {after.number}"
    return _answer(request, asked, title, name, back=to("edition", after.pk), crumb=crumb)


@require_GET
def filing_compared(request: AppRequest, filing_id: int) -> HttpResponseBase:
    """Show what a filing changes in the edition in force, or send it as a file (六（二）)."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id)
    before = edition_in_force(found.unit_id)
    asked = printing.compared(
        found.unit,
        printing.side_of(before, found.organisation),
        printing.working_side(covered(found, stored(found, standing.on))),
        scheme_of(found.organisation, standing.on),
        standing.on,
        language_now(),
    )
    title = _("%(unit)s：现在的内容与现行版本对照") % {"unit": found.unit.shown_name}
    name = f"{found.unit.code}-{found.cycle.year}-difference"
    crumb = f"{found.title} {found.unit.shown_name}"
    return _answer(request, asked, title, name, back=to("filing", found.pk), crumb=crumb)


def _answer(
    request: AppRequest, asked: Request, title: str, name: str, *, back: str, crumb: str
) -> HttpResponseBase:
    kind = request.GET.get("as", "")
    if kind:
        if not printing.is_comparable(kind):
            raise Http404
        return sent(
            request,
            lambda: printing.comparison_file(asked, kind),
            name=f"{name}.{kind}",
            back=back,
        )
    paper = printing.comparison_paper(asked)
    context: dict[str, object] = {
        "paper": paper,
        "pairs": printing.flow_pairs(paper),
        "title": title,
        "back": back,
        "crumb": crumb,
    }
    return render_page(request, "cycles/comparison.html", context)
