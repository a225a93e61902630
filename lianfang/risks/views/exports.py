"""Files of exactly the list that is shown; that one was taken stands in the log."""

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now, render_page
from lianfang.files.sending import as_download
from lianfang.org.queries.setup import organisation_of
from lianfang.risks.actions.exports import record_taken
from lianfang.risks.exchange.files import (
    LIST,
    MOST,
    Asking,
    list_file,
    name_of,
    register_file,
    require_few,
)
from lianfang.risks.forms.chips import chips_of
from lianfang.risks.forms.exports import ExportForm
from lianfang.risks.forms.lists import address
from lianfang.risks.queries.lists import all_lines, count_up_to
from lianfang.risks.views.addresses import to
from lianfang.risks.views.asking import Asked, asked_in


@require_POST
def export(request: AppRequest) -> HttpResponseBase:
    """Give the list as a file. What can't be written is refused with the reason."""
    form = ExportForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {"query": ""}
    asked = asked_in(request, QueryDict(given["query"]))
    if form.errors or asked.form.errors:
        return HttpResponseRedirect(to("register"))
    format = given["format"]
    try:
        content, rows = _content(asked, format)
    except Refused as refused:
        return _refused(request, asked, refused)
    record_taken(
        organisation=organisation_of(asked.standing),
        format=format,
        rows=rows,
        asked={"asked": address(asked.pairs)[1:]},
        by=request.user,
        at=request.at,
    )
    return as_download(content, name_of(format, asked.standing.on, language_now()))


def _content(asked: Asked, format: str) -> tuple[bytes, int]:
    """Return the file and how many rows it has."""
    most = MOST[format]
    asking = Asking(
        organisation=organisation_of(asked.standing),
        scheme=asked.scheme,
        on=asked.standing.on,
        language=language_now(),
    )
    if format.startswith(LIST):
        lines = all_lines(asked.rows, asked.scheme, sort=asked.form.sorting, most=most + 1)
        require_few(format, len(lines))
        return list_file(format, lines, asking, _told(asked)), len(lines)
    rows = count_up_to(asked.rows, most + 1)
    require_few(format, rows)
    return register_file(format, asked.rows, asking), rows


def _told(asked: Asked) -> str:
    """Say by what the list was narrowed, as its chips say it."""
    chips = chips_of(asked.form, asked.pairs, asked.units, asked.posts)
    return "；".join(f"{chip.label} {chip.value}".strip() for chip in chips)


def _refused(request: AppRequest, asked: Asked, refused: Refused) -> HttpResponse:
    context: dict[str, object] = {
        "refusal": refused.sentence(language_now()),
        "query": address(asked.pairs),
    }
    return render_page(request, "risks/export_refused.html", context, status=REFUSED)
