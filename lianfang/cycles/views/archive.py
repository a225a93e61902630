"""The archive of the year's official papers; a wrong one is voided, never changed (六（三）)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.cycles import access
from lianfang.cycles.forms.archive import ArchiveForm, VoidForm
from lianfang.cycles.queries.archive import archive_page, years_of
from lianfang.cycles.views.addresses import to
from lianfang.cycles.words import PAPERS
from lianfang.files.actions import void_document
from lianfang.org.access import standing_for
from lianfang.powers.access import require_register


@require_GET
def documents(request: AppRequest) -> HttpResponse:
    """List the official papers of the year's work, the last issued first."""
    standing = standing_for(request)
    require_register(standing)
    rows = access.documents_visible_to(standing)
    form = ArchiveForm(request.GET)
    # an address that says nothing sensible shows all
    asked = dict(form.cleaned_data) if form.is_valid() else dict.fromkeys(form.fields)
    narrowed = rows
    if asked["year"]:
        narrowed = narrowed.filter(year=asked["year"])
    if asked["kind"]:
        narrowed = narrowed.filter(kind=asked["kind"])
    page = archive_page(narrowed, before=asked["before"])
    context: dict[str, object] = {
        "page": page,
        "years": years_of(rows),
        "kinds": PAPERS,
        "asked": asked,
        "is_office": access.is_office(standing),
    }
    return render_page(request, "cycles/documents.html", context)


@both
def document_void(request: AppRequest, document_id: int) -> HttpResponse:
    """Void an official paper, with the reason."""
    standing = standing_for(request)
    found = access.get_document_for_office(standing, document_id)
    form = VoidForm(**bound(request))
    return act(
        request,
        form,
        lambda: void_document(document=found, **form.cleaned_data, by=request.user, at=request.at),
        title=_("作废公文"),
        sub=_("%(mark)s %(title)s。编号和文件保留，作废不能撤回；要更正的，随后重新印发。")
        % {"mark": found.mark, "title": found.title},
        clause="六（三）",
        then=to("documents"),
        danger=True,
    )
