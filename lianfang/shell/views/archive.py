"""The archive of official documents: the list, one document with its digest, voiding (六（三）)."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.files.actions import void_document
from lianfang.files.sending import as_download, download
from lianfang.files.store import Damaged, opened
from lianfang.org.access import standing_for
from lianfang.org.queries.tree import units_in_use
from lianfang.shell.archive import access
from lianfang.shell.archive.exchange import archive_workbook
from lianfang.shell.archive.papers import archive_page, choices_of, filed, narrowed
from lianfang.shell.forms.archive import ArchiveForm, VoidForm

# as many as one workbook lists
MOST = 5_000


@require_GET
def archive(request: AppRequest) -> HttpResponse:
    """List the official documents somebody may know of."""
    standing = standing_for(request)
    access.require_archive(standing)
    rows, form = access.papers_visible_to(standing), ArchiveForm(request.GET)
    context: dict[str, object] = {
        "page": archive_page(rows, form.asked, standing),
        "choices": choices_of(rows),
        "units": units_in_use(standing),
        "form": form,
        "asked": form.asked,
    }
    return render_page(request, "shell/archive.html", context)


@require_GET
def archive_export(request: AppRequest) -> HttpResponseBase:
    """Send the list as it is narrowed, as a workbook."""
    standing = standing_for(request)
    access.require_archive(standing)
    rows = narrowed(access.papers_visible_to(standing), ArchiveForm(request.GET).asked)
    papers = list(rows.select_related("attachment")[:MOST])
    name = _("公文档案-%(day)s.xlsx") % {"day": standing.on.isoformat()}
    content = archive_workbook(
        title=name.removesuffix(".xlsx"), on=standing.on, filed=filed(papers, standing)
    )
    return as_download(content, name)


@require_GET
def paper(request: AppRequest, document_id: int) -> HttpResponse:
    """Show a document: what, who, when, about what; with `check`, whether its file is whole."""
    standing = standing_for(request)
    found = access.get_paper_for(standing, document_id)
    (shown,) = filed([found], standing)
    checks = "check" in request.GET
    context: dict[str, object] = {
        "filed": shown,
        "paper": found,
        "may_void": access.may_void(standing, found),
        "checked": checks,
        "damage": _damage(found.attachment.digest) if checks else "",
    }
    return render_page(request, "shell/paper.html", context)


@require_GET
def paper_file(request: AppRequest, document_id: int) -> HttpResponseBase:
    """Send the file of a document; a damaged one is told of, not sent."""
    found = access.get_paper_for(standing_for(request), document_id)
    try:
        return download(found.attachment)
    except Damaged as damaged:
        context: dict[str, object] = {
            "layout": "base.html",
            "code": 422,
            "heading": found.mark,
            "said": _("文件没有发送。"),
            "advice": damaged.sentence(language_now()),
        }
        return render_page(request, "error.html", context, status=422)


@both
def paper_void(request: AppRequest, document_id: int) -> HttpResponse:
    """Void a document of the year's work, with the reason."""
    found = access.get_paper_to_void(standing_for(request), document_id)
    form = VoidForm(**bound(request))
    return act(
        request,
        form,
        lambda: void_document(document=found, **form.cleaned_data, by=request.user, at=request.at),
        title=_("作废公文"),
        sub=_("%(mark)s %(title)s。编号和文件保留，作废不能撤回；要更正的，随后重新印发。")
        % {"mark": found.mark, "title": found.title},
        clause="六（三）",
        then=reverse("shell:paper", args=[found.pk]),
        danger=True,
    )


def _damage(digest: str) -> str:
    """Return what is wrong with a stored file, empty where it is what was stored."""
    try:
        opened(digest).close()
    except Damaged as damaged:
        return damaged.sentence(language_now())
    return ""
