"""Draws as everybody may follow them, and their sheets (五（五）)."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.documents.writing.docx import to_docx
from lianfang.documents.writing.pdf import to_pdf
from lianfang.files.sending import as_download
from lianfang.inspections import access
from lianfang.inspections.queries.draws import (
    draw_lines,
    drawn_in,
    figures_of,
    paper_of,
    sheet_in,
    sheet_lines,
)
from lianfang.inspections.rules.sheet_paper import sheet_paper as paper_for
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.powers.access import require_register

_PAPERS = {"docx": to_docx, "pdf": to_pdf}


@require_GET
def draws(request: AppRequest) -> HttpResponse:
    """Show all draws, dropped ones with their reasons."""
    standing = standing_for(request)
    require_register(standing)
    context: dict[str, object] = {
        "lines": draw_lines(access.draws_visible_to(standing)),
        "may_run": access.may_run(standing),
        "on": standing.on,
    }
    return render_page(request, "inspections/draws.html", context)


@require_GET
def draw(request: AppRequest, draw_id: int) -> HttpResponse:
    """Show a draw: what was fixed and announced, what comes next, who was drawn."""
    standing = standing_for(request)
    found = access.get_draw_for(standing, draw_id)
    drawn = drawn_in(found) if found.sheet else []
    context: dict[str, object] = {
        "draw": found,
        "figures": figures_of(found),
        "may_run": access.may_run(standing),
        "inspects": access.inspects(standing),
        "is_known": standing.on >= found.public_on,
        "drawn": drawn,
        "left": sum(one.duty is not None and one.duty.state == "open" for one in drawn),
        "paper": paper_of(found) if found.sheet else None,
        "history": history_of(found),
    }
    return render_page(request, "inspections/draw.html", context)


@require_GET
def sheet(request: AppRequest, draw_id: int) -> HttpResponse:
    """Show everything that a draw can be recomputed from."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, draw_id)
    told = sheet_in(found)
    context: dict[str, object] = {
        "draw": found,
        "sheet": told,
        "head": told.plan.head,
        "lines": sheet_lines(told),
        "may_run": access.may_run(standing),
        "paper": paper_of(found),
    }
    return render_page(request, "inspections/sheet.html", context)


@require_GET
def sheet_file(request: AppRequest, draw_id: int) -> HttpResponseBase:
    """Give the sheet as the file that `lianfang draw-sheet verify` takes."""
    found = access.get_sheet_for(standing_for(request), draw_id)
    name = _("抽取单-%(year)s-%(draw)s.json") % {"year": found.year, "draw": found.pk}
    return as_download(found.sheet.encode(), name)


@require_GET
def sheet_paper(request: AppRequest, draw_id: int, form: str) -> HttpResponseBase:
    """Give the sheet to be printed."""
    standing = standing_for(request)
    found = access.get_sheet_for(standing, draw_id)
    if form not in _PAPERS:
        raise Http404
    issued = paper_of(found)
    scheme = scheme_of(found.organisation, standing.on)
    paper = paper_for(
        sheet_in(found),
        scheme,
        mark=issued.mark if issued else "",
        on=found.drawn_on or standing.on,
        language=language_now(),
    )
    return as_download(_PAPERS[form](paper), f"{paper.title}.{form}")
