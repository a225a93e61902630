"""Whoever keeps a lead says who may know of it; somebody stays out of it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianfang.common.acting import both, bound
from lianfang.common.http import AppRequest
from lianfang.leads import access
from lianfang.leads.actions import knowing
from lianfang.leads.forms.plain import Confirm
from lianfang.leads.forms.working import AccessForm, RecusalForm
from lianfang.leads.queries.choosing import people_to_let_in, people_to_recuse
from lianfang.leads.views.pages import About


@both
def access_give(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Let somebody know of a lead."""
    about = About(request, lead_id, to="keep")
    form = AccessForm(**bound(request), people=people_to_let_in(about.standing, about.lead))
    return about.act(
        form,
        lambda: knowing.give_access(
            lead=about.lead,
            **form.cleaned_data,
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("给予知悉权限"),
    )


@both
def access_end(request: AppRequest, lead_id: UUID, access_id: UUID) -> HttpResponse:
    """Let somebody know of a lead no more."""
    about = About(request, lead_id, to="keep")
    found = access.get_access_for(about.lead, access_id)
    return about.act(
        Confirm(**bound(request)),
        lambda: knowing.end_access(
            access=found, on=about.standing.on, by=request.user, at=request.at
        ),
        title=_("终止知悉权限"),
        sub=_("%(name)s从此不再能看到这条线索。") % {"name": found.person.shown_name},
        danger=True,
    )


@both
def recuse(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Keep somebody out of a lead."""
    about = About(request, lead_id)
    keeps = access.may_keep(about.standing, about.lead)
    if not keeps and not access.may_work(about.standing, about.lead):
        raise PermissionDenied
    form = RecusalForm(
        **bound(request), people=people_to_recuse(about.standing, about.lead, keeps=keeps)
    )

    def then() -> str:
        seen = access.leads_visible_to(about.standing).filter(pk=about.lead.pk)
        return about.page if seen.exists() else reverse("shell:desk")

    return about.act(
        form,
        lambda: knowing.recuse(
            lead=about.lead,
            **form.cleaned_data,
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("登记回避"),
        sub=_("回避人员从此不再能看到这条线索。"),
        after=then,
        danger=True,
    )
