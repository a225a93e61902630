"""Letters about alerts: sent, given as files, answered and judged (五（六）1, 五（六）2（1）)."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.alerts import access
from lianfang.alerts.actions import letters as actions
from lianfang.alerts.actions.adding import note_look
from lianfang.alerts.forms.moving import AcceptForm, AnswerForm, LetterForm, ReturnForm
from lianfang.alerts.models import AlertLetter
from lianfang.alerts.queries.concerning import named_people
from lianfang.alerts.queries.letters import corrections_of, told_in
from lianfang.alerts.rules.clocks import is_late
from lianfang.alerts.rules.letters import draft_of, paper_of
from lianfang.alerts.views.moving import to_alert
from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.documents.writing.official_docx import official_docx
from lianfang.files.sending import as_download, download
from lianfang.files.store import too_large
from lianfang.files.uploading import was_too_large
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of

CLAUSES = {"reminder": "五（六）2（1）", "caution": "五（六）2（1）", "notice": "五（六）1"}


@both
def letter_send(request: AppRequest, alert_id: int, kind: str) -> HttpResponse:
    """Send a letter about an alert."""
    standing = standing_for(request)
    found = access.get_alert_for(standing, alert_id, to="act")
    if kind not in AlertLetter.Kind.values:
        raise Http404
    scheme = scheme_of(found.organisation, standing.on)
    begins = {"kind": kind, "body": draft_of(kind), "unit": found.unit_id}
    form = LetterForm(**bound(request), initial=begins)
    form.offer(kind, named_people(found), access.units_to_name(standing).order_by("order", "code"))
    return act(
        request,
        form,
        lambda: actions.send_letter(
            alert=found,
            kind=kind,
            body=form.cleaned_data["body"],
            person=form.cleaned_data.get("person"),
            unit=form.cleaned_data.get("unit"),
            scheme=scheme,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=str(AlertLetter.Kind(kind).label),
        sub=_("%(mark)s。发出后编号归档，不能修改；公文归档清单中不显示。") % {"mark": found.mark},
        clause=CLAUSES[kind],
        then=to_alert(found),
        button=_("发出"),
    )


@require_GET
def letter(request: AppRequest, letter_id: int) -> HttpResponse:
    """Show a letter, and what the unit answered to a notice."""
    standing = standing_for(request)
    found = access.get_letter_for(standing, letter_id)
    note_look(alert=found.alert, by=request.user, at=request.at)
    state = found.state
    context: dict[str, object] = {
        "letter": found,
        "clause": CLAUSES[found.kind],
        "sees_alert": access.alerts_visible_to(standing).filter(pk=found.alert_id).exists(),
        "corrections": corrections_of(found),
        "is_late": state == AlertLetter.State.OPEN
        and is_late(due_on=found.due_on, done_on=found.closed_on, on=standing.on),
        "may_answer": state == AlertLetter.State.OPEN
        and access.may_with_letter(standing, found, "answer"),
        "may_judge": state == AlertLetter.State.ANSWERED
        and access.may_with_letter(standing, found, "judge"),
        "history": history_of(found),
    }
    return render_page(request, "alerts/letter.html", context)


@require_GET
def letter_file(request: AppRequest, letter_id: int, kind: str) -> HttpResponseBase:
    """Give a letter as it was issued, or as a file to be printed anew."""
    found = access.get_letter_for(standing_for(request), letter_id)
    if kind not in ("pdf", "docx"):
        raise Http404
    note_look(alert=found.alert, by=request.user, at=request.at)
    if kind == "pdf":
        return download(found.document.attachment)
    content = official_docx(paper_of(told_in(found), found.document.mark))
    return as_download(content, f"{found.document.mark}{found.document.title}.docx")


@both
def letter_answer(request: AppRequest, letter_id: int) -> HttpResponse:
    """Say what the unit put right."""
    standing = standing_for(request)
    found = access.get_letter_for(standing, letter_id, to="answer")
    form = AnswerForm(**bound(request))
    if was_too_large(request):
        form.add_error("file", too_large(settings.FILE_BYTES).sentence(language_now()))
    return act(
        request,
        form,
        lambda: actions.answer_notice(
            letter=found,
            text=form.cleaned_data["text"],
            file=form.shown(),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("报告整改情况"),
        sub=found.document.mark,
        clause="五（六）1",
        then=to_letter(found),
    )


@both
def letter_accept(request: AppRequest, letter_id: int) -> HttpResponse:
    """Accept what a unit put right."""
    standing = standing_for(request)
    found = access.get_letter_for(standing, letter_id, to="judge")
    form = AcceptForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.accept_answer(
            letter=found,
            comment=form.cleaned_data["comment"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("整改通过"),
        sub=found.document.mark,
        clause="五（六）1",
        then=to_letter(found),
    )


@both
def letter_return(request: AppRequest, letter_id: int) -> HttpResponse:
    """Return what was not put right well enough."""
    standing = standing_for(request)
    found = access.get_letter_for(standing, letter_id, to="judge")
    form = ReturnForm(**bound(request), initial={"due_on": found.due_on})
    return act(
        request,
        form,
        lambda: actions.return_answer(
            letter=found,
            comment=form.cleaned_data["comment"],
            due_on=form.cleaned_data["due_on"],
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("退回整改"),
        sub=found.document.mark,
        clause="五（六）1",
        then=to_letter(found),
    )


@require_GET
def correction_file(request: AppRequest, letter_id: int, correction_id: int) -> HttpResponseBase:
    """Send the file that shows what a unit put right."""
    found = access.get_correction_file_for(standing_for(request), letter_id, correction_id)
    if found.evidence is None:
        raise AssertionError("fetched with a file")
    return download(found.evidence)


def to_letter(found: AlertLetter) -> str:
    """Return the address of a letter's page."""
    return reverse("alerts:letter", args=[found.pk])
