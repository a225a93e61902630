"""A lead: registered, shown with its course, whom it concerns named, struck out."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.leads import access
from lianfang.leads.actions import opening
from lianfang.leads.actions.looking import note_look
from lianfang.leads.forms.opening import NameForm, RegisterForm, StrikeForm
from lianfang.leads.models import Lead
from lianfang.leads.queries.choosing import own_people, people_to_name, posts_to_name
from lianfang.leads.queries.course import lead_page, looks_at
from lianfang.leads.rules.states import CLAUSE
from lianfang.leads.views.pages import FORM, About
from lianfang.org.access import standing_for, units_visible_to
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing


@require_GET
def lead(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Show a lead to those who may know of it; each look is written down."""
    about = About(request, lead_id)
    found, standing = about.lead, about.standing
    may_keep = access.may_keep(standing, found)
    note_look(lead=found, part="page", by=request.user, at=request.at)
    context: dict[str, object] = {
        "banner": about.scheme.leads.notice,
        "keeps_content": about.keeps_content,
        "page": lead_page(found, about.scheme, standing.on),
        "lead": found,
        "may_work": access.may_work(standing, found),
        "may_keep": may_keep,
        "looks": looks_at(found) if may_keep else [],
    }
    return render_page(request, "leads/lead.html", context)


@both
def lead_register(request: AppRequest) -> HttpResponse:
    """Register a lead; one about the discipline office goes to the body over it."""
    standing = standing_for(request)
    access.require_registering(standing)
    organisation = organisation_of(standing)
    scheme = scheme_of(organisation, standing.on)
    key = request.GET.get("alert", "")
    alert = access.get_alert_to_register(standing, int(key)) if key.isdigit() else None
    is_alert = Lead.Origin.ALERT.value
    form = RegisterForm(
        **bound(request),
        initial={"received_on": standing.on},
        people=people_to_name(standing),
        units=units_visible_to(standing).filter(in_use(standing.on)).order_by("order", "code"),
        posts=posts_to_name(standing),
        own=own_people(standing),
        origins=[one.value for one in Lead.Origin if (one == is_alert) == (alert is not None)],
        keeps_content=not scheme.leads.register_only,
    )
    made: list[Lead] = []
    return act(
        request,
        form,
        lambda: made.append(
            opening.open_lead(
                organisation=organisation,
                alert=alert,
                **form.values,
                scheme=scheme,
                on=standing.on,
                by=request.user,
                at=request.at,
            )
        ),
        title=_("登记线索"),
        sub=_("预警所涉及的人员、单位和岗位自动带入。") if alert else "",
        clause=CLAUSE,
        then=reverse("leads:leads"),
        after=lambda: _after(standing, made[0]),
        said=_("已登记。涉及纪检监察室人员的，转由对其监督的机构办理，这里不再显示。"),
        page=FORM,
        more={"banner": scheme.leads.notice},
    )


@both
def lead_name(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Add whom a lead concerns."""
    about = About(request, lead_id, to="work")
    form = NameForm(**bound(request), people=people_to_name(about.standing, about.lead))
    return about.act(
        form,
        lambda: opening.name_people(
            lead=about.lead,
            people=form.people,
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("补充涉及人员"),
        sub=_("写明以后，本人和登记在册的亲属都不再能看到这条线索。"),
        after=lambda: _after(about.standing, about.lead),
    )


@both
def lead_strike(request: AppRequest, lead_id: UUID) -> HttpResponse:
    """Strike out a wrong entry."""
    about = About(request, lead_id, to="work")
    form = StrikeForm(**bound(request))
    return about.act(
        form,
        lambda: opening.strike_lead(
            lead=about.lead,
            reason=form.cleaned_data["reason"],
            on=about.standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("作废线索"),
        danger=True,
    )


def _after(standing: Standing, made: Lead) -> str:
    """Return the page to go on to: the lead's, or the list where it is no more the asker's."""
    is_seen = access.leads_visible_to(standing).filter(pk=made.pk).exists()
    return reverse("leads:lead", args=[made.pk]) if is_seen else reverse("leads:leads")
