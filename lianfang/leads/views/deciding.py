"""What waits is decided by whom it waits for; what a body outside decided is recorded."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.leads import access
from lianfang.leads.actions import deciding
from lianfang.leads.actions.looking import note_look
from lianfang.leads.forms.proposing import AnswerForm, RecordForm
from lianfang.leads.queries.course import people_of
from lianfang.leads.queries.ladders import label_of
from lianfang.leads.rules.states import CLAUSE
from lianfang.leads.views.pages import About
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.scheme.model.base import Actor


@both
def decide(request: AppRequest, proposal_id: UUID) -> HttpResponse:
    """Show what waits to whoever decides it, and take the decision; afterwards it is gone."""
    standing = standing_for(request)
    found = access.get_proposal_to_decide(standing, proposal_id)
    lead = found.lead
    scheme = scheme_of(lead.organisation, standing.on)
    keeps = not scheme.leads.register_only
    form = AnswerForm(
        **bound(request),
        is_collective=found.approver == Actor.LEADERSHIP,
        keeps_content=keeps,
    )
    note_look(lead=lead, part="proposal", by=request.user, at=request.at)

    def deed() -> None:
        if form.approves:
            deciding.approve_proposal(
                proposal=found,
                answer=form.told,
                decided_on=form.cleaned_data.get("decided_on"),
                scheme=scheme,
                on=standing.on,
                by=request.user,
                at=request.at,
            )
        else:
            deciding.return_proposal(
                proposal=found,
                answer=form.told,
                scheme=scheme,
                on=standing.on,
                by=request.user,
                at=request.at,
            )

    return act(
        request,
        form,
        deed,
        title=_("审批线索事项"),
        clause=CLAUSE,
        then=reverse("shell:desk"),
        button=_("提交决定"),
        page="leads/decide.html",
        more={
            "banner": scheme.leads.notice,
            "proposal": found,
            "lead": lead,
            "label": label_of(scheme, found),
            "people": people_of(lead),
        },
    )


@both
def record(request: AppRequest, lead_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Record what a body outside decided."""
    about = About(request, lead_id, to="work")
    found = access.get_proposal_for(about.standing, about.lead, proposal_id)
    is_superior = found.decider == found.Decider.SUPERIOR
    form = RecordForm(
        **bound(request), initial={"body": about.standing.superior if is_superior else ""}
    )
    return about.act(
        form,
        lambda: deciding.record_decision(
            proposal=found,
            **form.cleaned_data,
            scheme=about.scheme,
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("登记外部决定"),
    )
