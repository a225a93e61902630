"""What was understood of a file, corrected on one page; measures sorted, risks paired."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from msgspec.structs import replace

from lianfang.common.acting import both, bound, go
from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now, render_page
from lianfang.documents.phases import suggested_phase
from lianfang.intake import access
from lianfang.intake.actions.deciding import remember, settle
from lianfang.intake.exchange.planning import Asking, summary_of
from lianfang.intake.forms.papers import RowsForm
from lianfang.intake.forms.understood import PairingForm, SortingForm, UnderstoodForm
from lianfang.intake.models import Paper
from lianfang.intake.queries import pages
from lianfang.intake.queries.books import books_of
from lianfang.intake.rules.settings import EVERY, Settings, from_json
from lianfang.intake.rules.understanding import SeenPairing, Summary
from lianfang.intake.views.addresses import to
from lianfang.intake.views.asking import asking_for, read_again
from lianfang.intake.views.papers import head_of, page_of
from lianfang.org.access import standing_for
from lianfang.org.standing import Standing

SORTED_AT_ONCE = 60


@both
def understood(request: AppRequest, import_id: int) -> HttpResponse:
    """Show columns, levels, units, posts and people as understood, to be corrected."""
    standing = standing_for(request)
    changes = request.method == "POST"
    found = access.get_paper_for(standing, import_id, to="decide" if changes else "view")
    asking = asking_for(standing)
    summary = summary_of(found)
    form = UnderstoodForm(
        **bound(request),
        summary=summary,
        settings=from_json(found.settings),
        books=books_of(asking.organisation, asking.on),
        drafted=_drafted(asking),
        sets_up=asking.importer.sets_up,
        initial={"version": found.version},
    )
    status = 200
    if changes:
        if form.is_valid() and _settled(request, found, form, asking):
            return go(request, to("understood", import_id))
        status = REFUSED
    context = {
        **head_of(request, standing, found, "understood"),
        "form": form,
        "paired": [(key, key.split(":")[1]) for key in from_json(found.settings).pairs],
    }
    return render_page(request, "intake/understood.html", context, status=status)


@both
def sorting(request: AppRequest, import_id: int) -> HttpResponse:
    """Sort measures into phases, each with what its wording suggests (五（四）)."""
    standing = standing_for(request)
    changes = request.method == "POST"
    found = access.get_paper_for(standing, import_id, to="decide" if changes else "view")
    asking = asking_for(standing)
    scheme = asking.scheme
    unsorted = summary_of(found).unsorted[:SORTED_AT_ONCE]
    phases = [(phase.code, phase.label.in_(language_now())) for phase in scheme.phases]
    form = SortingForm(
        **bound(request),
        keys=[(one.key, one.text, suggested_phase(one.text, scheme) or "") for one in unsorted],
        phases=phases,
        initial={"version": found.version},
    )
    status = 200
    if changes:
        settings = from_json(found.settings)
        if "suggested" in request.POST:
            settings = replace(settings, suggested=True)
        elif form.is_valid():
            settings = replace(settings, phases=settings.phases | form.phases())
        if (form.is_valid() or "suggested" in request.POST) and _kept(
            request, found, settings, asking, form
        ):
            return go(request, to("sorting", import_id))
        status = REFUSED
    context = {
        **head_of(request, standing, found, "sorting"),
        "form": form,
        "rows": [(one, form[f"m{number}"]) for number, one in enumerate(unsorted)],
    }
    return render_page(request, "intake/sorting.html", context, status=status)


@require_POST
def pair(request: AppRequest, import_id: int) -> HttpResponse:
    """Pair the risks of a row with its measures, or make the row one risk point again."""
    standing = standing_for(request)
    found = access.get_paper_for(standing, import_id, to="decide")
    form = PairingForm(request.POST)
    if not form.is_valid():
        return go(request, to("understood", import_id))
    settings = from_json(found.settings)
    key = form.cleaned_data["key"]
    pairs = dict(settings.pairs)
    if "together" in request.POST:
        pairs.pop(key, None)
    else:
        wanted = _pairing(summary_of(found), key)
        if wanted is None:
            return go(request, to("understood", import_id))
        pairs[key] = [
            _place(request.POST.get(f"m{number}", ""), len(wanted.risks))
            for number in range(len(wanted.measures))
        ]
    return _changed(
        request, standing, found, replace(settings, pairs=pairs), form.cleaned_data["version"]
    )


@require_POST
def part(request: AppRequest, import_id: int) -> HttpResponse:
    """Let a row be a risk point of its own, though it looks like a stored one; or not again."""
    standing = standing_for(request)
    found = access.get_paper_for(standing, import_id, to="decide")
    key = request.POST.get("key", "")
    settings = from_json(found.settings)
    others = [one for one in settings.apart if one != key]
    apart = others if key in settings.apart else [*others, key]
    version = request.POST.get("version", "")
    return _changed(
        request,
        standing,
        found,
        replace(settings, apart=apart),
        int(version) if version.isdecimal() else None,
    )


@require_GET
def original(request: AppRequest, import_id: int) -> HttpResponse:
    """Show the original row by row, each with what became of it."""
    standing = standing_for(request)
    found = access.get_paper_for(standing, import_id)
    form = RowsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    sent = asked.get("table")
    table = 0 if sent is None else int(sent)
    rows, older = pages.rows_page(found, table=table, start=asked.get("start") or 1)
    summary = summary_of(found)
    shown = next((one for one in summary.tables if one.number == table), None)
    context = {
        **head_of(request, standing, found, "original"),
        "rows": rows,
        "older": older,
        "start": asked.get("start") or 1,
        "table": table,
        "shown_table": shown,
        "has_loose": pages.has_loose(found),
        "width": max((len(row.cells) for row in rows), default=0),
    }
    return render_page(request, "intake/original.html", context)


def _settled(request: AppRequest, found: Paper, form: UnderstoodForm, asking: Asking) -> bool:
    """Keep the corrections, remember them where asked, and read the file again."""
    settings = form.settings()
    if not _kept(request, found, settings, asking, form):
        return False
    if form.cleaned_data["remember"]:
        count = remember(paper=found, settings=settings, by=request.user, at=request.at)
        if count:
            messages.info(request, _("已记住 %(n)s 项读法，以后的表都照此读。") % {"n": count})
    return True


def _kept(
    request: AppRequest,
    found: Paper,
    settings: Settings,
    asking: Asking,
    form: UnderstoodForm | SortingForm,
) -> bool:
    try:
        paper = settle(
            paper=found,
            settings=settings,
            by=request.user,
            at=request.at,
            version=form.cleaned_data.get("version"),
        )
        read_again(request, pages.to_read(paper), asking)
    except Refused as refused:
        form.add_error(None, refused.sentence(language_now()))
        return False
    return True


def _changed(
    request: AppRequest,
    standing: Standing,
    found: Paper,
    settings: Settings,
    version: int | None,
) -> HttpResponse:
    try:
        paper = settle(
            paper=found, settings=settings, by=request.user, at=request.at, version=version
        )
        read_again(request, pages.to_read(paper), asking_for(standing))
    except Refused as refused:
        return page_of(request, standing, found, refused)
    back = request.POST.get("back", "")
    return go(request, to("understood" if back == "understood" else "paper", found.opened_id))


def _drafted(asking: Asking) -> list[tuple[str, str]]:
    books = books_of(asking.organisation, asking.on)
    return [(unit.id, unit.name) for unit in books.units if asking.importer.may_draft(unit.id)]


def _pairing(summary: Summary, key: str) -> SeenPairing | None:
    return next((one for one in summary.pairings if one.key == key), None)


def _place(sent: str, risks: int) -> int:
    """Return which risk a measure answers; all of them where none was chosen."""
    place = int(sent) if sent.isdecimal() else EVERY
    return place if place < risks else EVERY
