"""What who handles a lead does without asking."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from lianfang.common.acting import both, bound
from lianfang.common.http import AppRequest
from lianfang.leads import access
from lianfang.leads.actions import working
from lianfang.leads.forms.plain import Confirm
from lianfang.leads.forms.working import ConcludeForm, FollowForm, NoteForm
from lianfang.leads.views.pages import About


@both
def take_up(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Take up a lead again that was held."""
    about = About(request, lead_id, to="work")
    return about.act(
        Confirm(**bound(request)),
        lambda: working.take_up(
            lead=about.lead,
            scheme=about.scheme,
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("重新启用线索"),
        sub=_("处置期限从今天重新计算，需要重新提出处置意见。"),
        button=_("重新启用"),
    )


@both
def conclude(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Say what the inquiry or the check came to."""
    about = About(request, lead_id, to="work")
    form = ConcludeForm(**bound(request), initial={"concluded_on": about.standing.on})
    return about.act(
        form,
        lambda: working.conclude_lead(
            lead=about.lead,
            **form.cleaned_data,
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("登记结论"),
    )


@both
def note(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Add content to a lead, where the organisation keeps it. Raises Http404 where it does not."""
    about = About(request, lead_id, to="work")
    if not about.keeps_content:
        raise Http404
    form = NoteForm(**bound(request))
    return about.act(
        form,
        lambda: working.note_content(
            lead=about.lead,
            text=form.cleaned_data["text"],
            scheme=about.scheme,
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("补充情况"),
    )


@both
def follow(request: AppRequest, lead_id: UUID, outcome_id: UUID) -> HttpResponse:
    """Note the visit after an outcome."""
    about = About(request, lead_id, to="work")
    found = access.get_outcome_for(about.lead, outcome_id)
    form = FollowForm(**bound(request), initial={"followed_on": about.standing.on})
    return about.act(
        form,
        lambda: working.follow_up(
            outcome=found,
            **form.cleaned_data,
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("登记回访"),
    )
