"""What who handles a lead proposes, and takes back."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from lianfang.common.acting import both, bound
from lianfang.common.http import AppRequest
from lianfang.leads import access
from lianfang.leads.actions import proposing
from lianfang.leads.actions.proposing import Proposed
from lianfang.leads.forms.plain import Confirm
from lianfang.leads.forms.proposing import ExtensionForm, OutcomeForm, RungForm, StopForm
from lianfang.leads.queries.ladders import OUTCOMES, STOP, disposals, rungs_of
from lianfang.leads.rules.states import Kind
from lianfang.leads.views.pages import About


@both
def dispose(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Propose how to dispose of a lead."""
    about = About(request, lead_id, to="work")
    form = RungForm(
        **bound(request),
        rungs=[one for one in disposals(about.scheme) if one.code != about.lead.disposal],
        keeps_content=about.keeps_content,
    )
    return about.act(
        form,
        lambda: _propose(
            about,
            Proposed(kind=Kind.DISPOSAL, code=form.cleaned_data["code"], said=form.told),
        ),
        title=_("提出处置意见"),
        button=_("报请审批"),
    )


@both
def outcome(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Propose what is to come of a lead for somebody."""
    about = About(request, lead_id, to="work")
    form = OutcomeForm(
        **bound(request),
        lead=about.lead,
        rungs=rungs_of(about.scheme, OUTCOMES),
        keeps_content=about.keeps_content,
    )
    return about.act(
        form,
        lambda: _propose(
            about,
            Proposed(
                kind=Kind.OUTCOME,
                code=form.cleaned_data["code"],
                person=form.cleaned_data["person"],
                said=form.told,
            ),
        ),
        title=_("提出处理意见"),
        button=_("报请审批"),
    )


@both
def stop(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Ask that an act be stopped."""
    about = About(request, lead_id, to="work")
    form = StopForm(**bound(request), keeps_content=about.keeps_content)
    return about.act(
        form,
        lambda: _propose(about, Proposed(kind=Kind.STOP, code=STOP, said=form.told)),
        title=_("提请制止"),
        sub=_("请班子主要负责人决定制止有关行为。"),
        button=_("报请审批"),
    )


@both
def extend(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Ask for more time to dispose of a lead."""
    about = About(request, lead_id, to="work")
    form = ExtensionForm(**bound(request), keeps_content=about.keeps_content)
    return about.act(
        form,
        lambda: _propose(
            about,
            Proposed(
                kind=Kind.EXTENSION,
                until_on=form.cleaned_data["until_on"],
                why=form.cleaned_data["why"],
                said=form.told,
            ),
        ),
        title=_("申请延长期限"),
        button=_("报请审批"),
    )


@both
def take_back(request: AppRequest, lead_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Take back what waits to be decided."""
    about = About(request, lead_id, to="work")
    found = access.get_proposal_for(about.standing, about.lead, proposal_id)
    return about.act(
        Confirm(**bound(request)),
        lambda: proposing.withdraw(
            proposal=found, on=about.standing.on, by=request.user, at=request.at
        ),
        title=_("撤回审批事项"),
        sub=_("撤回后可以重新提出。"),
        danger=True,
    )


def _propose(about: About, proposed: Proposed) -> None:
    proposing.propose(
        lead=about.lead,
        proposed=proposed,
        scheme=about.scheme,
        on=about.standing.on,
        by=about.request.user,
        at=about.request.at,
    )
