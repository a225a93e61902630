"""Staff lists on their way in: uploaded, looked at, applied or given up, undone; and out again."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import both, bound, go
from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now, render_page
from lianfang.files import actions as files
from lianfang.files.models import Import
from lianfang.files.sending import as_download, download
from lianfang.files.store import too_large
from lianfang.files.uploading import was_too_large
from lianfang.jobs import actions as jobs
from lianfang.org.access import (
    KEEPS_DATA,
    get_import_for,
    imports_visible_to,
    require,
    standing_for,
)
from lianfang.org.actions.roster import apply_roster, open_roster, undo_roster
from lianfang.org.exchange.roster import plan_roster, read_roster, roster_of, roster_workbook
from lianfang.org.forms.imports import ApplyForm, OlderForm, RosterForm, ShowForm
from lianfang.org.queries.roster import ROSTER, books_of, listed_imports, work_on
from lianfang.org.queries.setup import organisation_of
from lianfang.org.standing import Standing
from lianfang.org.views.acting import to
from lianfang.org.views.roster_lines import preview_of, result_of

_LISTED = 30
# A list of more rows is applied by the workers: a page is not kept waiting for seconds.
_AT_ONCE = 10_000


@both
def imports(request: AppRequest) -> HttpResponse:
    """List the imports, and take a new file."""
    standing = standing_for(request)
    require(standing, *KEEPS_DATA)
    form = RosterForm(**bound(request))
    status = 200
    if request.method == "POST":
        opened = _opened(request, form, standing)
        if opened is not None:
            return go(request, to("import", opened.pk))
        status = REFUSED
    older = OlderForm(request.GET)
    before = older.cleaned_data["before"] if older.is_valid() else None
    found = listed_imports(imports_visible_to(standing), before=before, most=_LISTED + 1)
    context = {
        "form": form,
        "imports": found[:_LISTED],
        "before": before,
        "older": found[_LISTED - 1].pk if len(found) > _LISTED else None,
    }
    return render_page(request, "org/imports.html", context, status=status)


@require_GET
def preview(request: AppRequest, import_id: int) -> HttpResponse:
    """Show what an import would do, or did."""
    standing = standing_for(request)
    return _page(request, standing, get_import_for(standing, import_id))


@require_POST
def apply(request: AppRequest, import_id: int) -> HttpResponse:
    """Write the list into the books, if nothing changed since it was looked at."""
    standing = standing_for(request)
    opened = get_import_for(standing, import_id)
    form = ApplyForm(request.POST)
    form.is_valid()
    seen, skip = form.cleaned_data.get("seen", ""), form.cleaned_data["skip"]
    try:
        files.require_open(opened)
        roster = roster_of(opened)
        if roster.size > _AT_ONCE:
            return _started(request, standing, opened, {"seen": seen, "skip": skip})
        apply_roster(
            organisation=organisation_of(standing),
            roster=roster,
            seen=seen,
            skip_refused=skip,
            may_seat=False,
            source=opened,
            by=request.user,
            at=request.at,
        )
    except Refused as refused:
        return _page(request, standing, get_import_for(standing, import_id), refused)
    return go(request, to("import", opened.pk))


@require_POST
def discard(request: AppRequest, import_id: int) -> HttpResponse:
    """Give an import up."""
    standing = standing_for(request)
    opened = get_import_for(standing, import_id)
    try:
        files.discard(opened=opened, by=request.user, at=request.at)
    except Refused as refused:
        return _page(request, standing, opened, refused)
    return go(request, to("imports"))


@require_POST
def undo(request: AppRequest, import_id: int) -> HttpResponse:
    """Take out what an import wrote."""
    standing = standing_for(request)
    opened = get_import_for(standing, import_id)
    try:
        undo_roster(source=opened, by=request.user, at=request.at)
    except Refused as refused:
        return _page(request, standing, opened, refused)
    return go(request, to("import", opened.pk))


@require_GET
def file(request: AppRequest, import_id: int) -> HttpResponseBase:
    """Send the file of an import as it came in."""
    standing = standing_for(request)
    opened = get_import_for(standing, import_id)
    try:
        return download(opened.attachment)
    except Refused as refused:
        return _page(request, standing, opened, refused)


@require_GET
def export(request: AppRequest) -> HttpResponseBase:
    """Send what is on the books as a workbook, which is also the template."""
    standing = standing_for(request)
    require(standing, *KEEPS_DATA)
    books = books_of(standing.organisation_id)
    workbook = roster_workbook(books, on=standing.on, language=language_now())
    name = _("人员名册-%(day)s.xlsx") % {"day": standing.on.isoformat()}
    return as_download(workbook, name)


def _started(
    request: AppRequest, standing: Standing, opened: Import, asked: Mapping[str, object]
) -> HttpResponse:
    """Leave a large list to the workers, once, and show how far they are."""
    job = work_on(opened) or jobs.start(
        kind=ROSTER,
        by=request.user,
        organisation=standing.organisation_id,
        at=request.at,
        arguments={"import": opened.pk, **asked},
    )
    return go(request, reverse("shell:job", args=[job.pk]))


def _opened(request: AppRequest, form: RosterForm, standing: Standing) -> Import | None:
    """Return the import of what was sent; None where the form says why not."""
    if was_too_large(request):
        form.add_error("file", too_large(settings.FILE_BYTES).sentence(language_now()))
    if not form.is_valid():
        return None
    sent = form.cleaned_data["file"]
    try:
        stopping = [one for one in read_roster(sent.name, sent.read()).problems if one.stops]
        if not stopping:
            sent.seek(0)
            return open_roster(
                organisation=organisation_of(standing),
                chunks=sent.chunks(),
                name=sent.name,
                by=request.user,
                at=request.at,
            )
        for problem in stopping:
            sheet = f"{problem.sheet}: " if problem.sheet else ""
            form.add_error("file", f"{sheet}{problem.text.in_(language_now())}")
    except Refused as refused:
        form.add_error("file", refused.sentence(language_now()))
    return None


def _page(
    request: AppRequest, standing: Standing, opened: Import, refused: Refused | None = None
) -> HttpResponse:
    form = ShowForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    context: dict[str, object] = {
        "import": opened,
        "refusal": refused.text if refused else None,
        "unreadable": None,
        "work": work_on(opened) if opened.state == Import.State.PREVIEWED else None,
    }
    try:
        if opened.state == Import.State.PREVIEWED:
            roster = roster_of(opened)
            plan = plan_roster(roster, standing.organisation_id, standing.on, may_seat=False)
            context |= preview_of(plan, asked)
        else:
            context |= result_of(opened, asked)
    except Refused as unreadable:
        context["unreadable"] = unreadable.text
    status = REFUSED if refused else 200
    return render_page(request, "org/import.html", context, status=status)
