"""One file: what it would change, line by line; chosen, written, given up, undone."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import go
from lianfang.common.errors import Refused
from lianfang.common.http import REFUSED, AppRequest, language_now, render_page
from lianfang.files import actions as files
from lianfang.files.models import Import
from lianfang.files.sending import download
from lianfang.intake import access
from lianfang.intake.actions import deciding
from lianfang.intake.actions.applying import RegisterMoved, apply_paper
from lianfang.intake.actions.undoing import undo_paper
from lianfang.intake.exchange.planning import Asking, judgement_of, summary_of
from lianfang.intake.forms.papers import ChooseForm, DecideForm, ShowForm
from lianfang.intake.models import Paper
from lianfang.intake.queries import pages
from lianfang.intake.rules.work import APPLYING
from lianfang.intake.views.addresses import to
from lianfang.intake.views.asking import AT_ONCE, asking_for, read_again
from lianfang.intake.views.lines import chips_of, findings_of, told_lines
from lianfang.jobs import actions as jobs
from lianfang.org.access import standing_for
from lianfang.org.standing import Standing


@require_GET
def paper(request: AppRequest, import_id: int) -> HttpResponse:
    """Show what a file would do to the register, or did."""
    standing = standing_for(request)
    return page_of(request, standing, access.get_paper_for(standing, import_id))


@require_POST
def choose(request: AppRequest, import_id: int) -> HttpResponse:
    """Take lines or leave them: those of the page, or all that are shown."""
    standing = standing_for(request)
    found = access.get_paper_for(standing, import_id, to="decide")
    form, show = ChooseForm(request.POST), ShowForm(request.GET)
    if not form.is_valid() or not show.is_valid():
        return go(request, to("paper", import_id))
    asked = show.cleaned_data
    rows = pages.narrowed(found, show=asked["show"], kind=asked["kind"], unit=asked["unit"])
    try:
        version = form.cleaned_data["version"]
        told = {"by": request.user, "at": request.at, "version": version}
        if form.cleaned_data["all"]:
            places = rows.values_list("place", flat=True)
            taken = form.cleaned_data["all"] == "take"
            deciding.choose(paper=found, lines=list(places), taken=taken, **told)
        else:
            shown = {int(one) for one in form.cleaned_data["shown"].split(",") if one.isdecimal()}
            checked = {int(one) for one in request.POST.getlist("take") if one.isdecimal()} & shown
            deciding.choose(paper=found, lines=checked, taken=True, **told)
            deciding.choose(paper=found, lines=shown - checked, taken=False, **told)
    except Refused as refused:
        return page_of(request, standing, found, refused)
    if not request.htmx:
        return go(request, f"{to('paper', import_id)}?{request.GET.urlencode()}")
    return page_of(request, standing, access.get_paper_for(standing, import_id))


@require_POST
def apply(request: AppRequest, import_id: int) -> HttpResponse:
    """Write the lines that are taken; what is much is left to the workers."""
    standing = standing_for(request)
    found = access.get_paper_for(standing, import_id, to="decide")
    form = DecideForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    try:
        files.require_open(found.opened)
        if pages.taken_in(found) > AT_ONCE:
            return _started(request, standing, found)
        asking = asking_for(standing)
        apply_paper(
            paper=found,
            organisation=asking.organisation,
            importer=asking.importer,
            scheme=asking.scheme,
            on=asking.on,
            by=request.user,
            at=request.at,
            version=version,
        )
    except RegisterMoved as refused:
        read_again(request, found, asking_for(standing))
        return page_of(request, standing, access.get_paper_for(standing, import_id), refused)
    except Refused as refused:
        return page_of(request, standing, access.get_paper_for(standing, import_id), refused)
    messages.success(request, _("已导入，一次全部写入。"))
    return go(request, to("paper", import_id))


@require_POST
def discard(request: AppRequest, import_id: int) -> HttpResponse:
    """Give a file up; it stays among those that came in."""
    standing = standing_for(request)
    found = access.get_paper_for(standing, import_id, to="decide")
    try:
        files.discard(opened=found.opened, by=request.user, at=request.at)
    except Refused as refused:
        return page_of(request, standing, found, refused)
    messages.success(request, _("已放弃，什么都没有写入。"))
    return go(request, to("delivery", found.delivery_id))


@require_POST
def undo(request: AppRequest, import_id: int) -> HttpResponse:
    """Take out what a file wrote."""
    standing = standing_for(request)
    found = access.get_paper_for(standing, import_id, to="decide")
    asking = asking_for(standing)
    try:
        undo_paper(
            paper=found,
            organisation=asking.organisation,
            scheme=asking.scheme,
            on=asking.on,
            by=request.user,
            at=request.at,
        )
    except Refused as refused:
        return page_of(request, standing, found, refused)
    messages.success(request, _("已撤销，登记册恢复原样。"))
    return go(request, to("paper", import_id))


@require_POST
def read(request: AppRequest, import_id: int) -> HttpResponse:
    """Read a file once more: after a failure, or because the register moved."""
    standing = standing_for(request)
    found = access.get_paper_for(standing, import_id, to="decide")
    try:
        files.require_open(found.opened)
        read_again(request, found, asking_for(standing))
    except Refused as refused:
        return page_of(request, standing, found, refused)
    return go(request, to("paper", import_id))


@require_GET
def file(request: AppRequest, import_id: int) -> HttpResponseBase:
    """Send the original as it came in."""
    standing = standing_for(request)
    found = access.get_paper_for(standing, import_id)
    try:
        return download(found.opened.attachment)
    except Refused as refused:
        return page_of(request, standing, found, refused)


@require_GET
def findings(request: AppRequest, import_id: int) -> HttpResponse:
    """Show what the checks find anew, and what would be mended."""
    standing = standing_for(request)
    found = access.get_paper_for(standing, import_id)
    judgement = judgement_of(found)
    context = {**head_of(request, standing, found, "findings"), "judgement": judgement}
    context["numbers"] = findings_of(judgement, asking_for(standing).scheme)
    return render_page(request, "intake/findings.html", context)


def head_of(request: AppRequest, standing: Standing, found: Paper, tab: str) -> dict[str, object]:
    """Return what every page of a file shows above its own part."""
    summary = summary_of(found)
    work = pages.work_on([found.opened_id], request.at).get(found.opened_id)
    return {
        "paper": found,
        "import": found.opened,
        "summary": summary,
        "tab": tab,
        "work": work,
        "may_decide": access.may_decide(standing, found),
        "is_open": found.opened.state == Import.State.PREVIEWED,
    }


def page_of(
    request: AppRequest, standing: Standing, found: Paper, refused: Refused | None = None
) -> HttpResponse:
    """Return the page of the difference, with the reason where something was refused."""
    form = ShowForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    show, kind, unit = (asked.get(name) or "" for name in ("show", "kind", "unit"))
    rows = pages.narrowed(found, show=show, kind=kind, unit=unit)
    page = pages.lines_page(rows, after=asked.get("after") or 0)
    asking: Asking = asking_for(standing)
    context = {
        **head_of(request, standing, found, "difference"),
        "refusal": refused.text if refused else None,
        "page": page,
        "lines": told_lines(page.lines, asking.scheme),
        "chips": chips_of(found, show),
        "show": show,
        "kind": kind,
        "unit": unit,
        "query": "?" + urlencode({"show": show, "kind": kind, "unit": unit}),
        "units": pages.units_in(found),
        "shown": ",".join(str(line.place) for line in page.lines if line.writes),
        "taken": pages.taken_in(found),
        "numbers": findings_of(judgement_of(found), asking.scheme),
        "language": language_now(),
    }
    status = REFUSED if refused else 200
    return render_page(
        request, "intake/paper.html", context, fragment="intake/_paper.html", status=status
    )


def _started(request: AppRequest, standing: Standing, found: Paper) -> HttpResponse:
    """Leave a large import to the workers, once."""
    if found.opened_id not in pages.work_on([found.opened_id], request.at):
        jobs.start(
            kind=APPLYING,
            by=request.user,
            organisation=standing.organisation_id,
            at=request.at,
            arguments={"import": found.opened_id},
        )
    return go(request, to("paper", found.opened_id))
