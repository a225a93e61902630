"""Letters of a lead: issued, and sent to those who may know of it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from lianfang.common.acting import both, bound
from lianfang.common.http import AppRequest
from lianfang.files.sending import as_download, download
from lianfang.leads import access
from lianfang.leads.actions import letters
from lianfang.leads.actions.looking import note_look
from lianfang.leads.exchange.letters import letter_docx
from lianfang.leads.forms.working import LetterForm
from lianfang.leads.queries.letters import people_to_write_to
from lianfang.leads.rules.letters import Letter
from lianfang.leads.views.pages import About


@both
def issue(request: AppRequest, lead_id: UUID, kind: str) -> HttpResponse:
    """Issue a written inquiry or an admonition. Raises Http404 for any other letter."""
    about = About(request, lead_id, to="work")
    if kind not in set(Letter):
        raise Http404
    is_inquiry = kind == Letter.INQUIRY
    form = LetterForm(
        **bound(request),
        people=people_to_write_to(about.lead, kind),
        is_answered=is_inquiry,
        keeps_content=about.keeps_content,
    )
    return about.act(
        form,
        lambda: letters.issue_letter(
            lead=about.lead,
            kind=kind,
            person=form.cleaned_data["person"],
            until_on=form.cleaned_data.get("until_on"),
            said=form.told,
            scheme=about.scheme,
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("印发函询通知书") if is_inquiry else _("印发诫勉书"),
        sub=_("文书只在这条线索里，不进入公文档案。"),
        button=pgettext("button", "印发"),
    )


@require_GET
def letter_file(request: AppRequest, lead_id: UUID, letter_id: UUID, form: str) -> HttpResponseBase:
    """Send a letter: the PDF as it was issued, or a Word file. Raises Http404 for other forms."""
    about = About(request, lead_id)
    found = access.get_letter_for(about.lead, letter_id)
    if form not in {"pdf", "docx"}:
        raise Http404
    note_look(lead=about.lead, part="letter", by=request.user, at=request.at)
    if form == "pdf":
        return download(found.document.attachment)
    return as_download(*letter_docx(found))
