"""Warning cases: listed, read by those they warn, written and published by the offices (二)."""

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.learning import access
from lianfang.learning.actions import cases as actions
from lianfang.learning.actions.parts import CLAUSE
from lianfang.learning.forms.cases import CaseForm, PageForm, case_initial
from lianfang.learning.models import WarningCase
from lianfang.learning.queries.asking import kinds_listed
from lianfang.learning.queries.cases import (
    case_page,
    kind_words,
    offers_to,
    reached_by,
    same_case,
)
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.queries.setup import organisation_of
from lianfang.powers.access import require_register


@require_GET
def cases(request: AppRequest) -> HttpResponse:
    """List the cases: those that warn the asker first, then all."""
    standing = standing_for(request)
    require_register(standing)
    form = PageForm(request.GET)
    form.is_valid()
    scheme = written_scheme(standing.scheme)
    context: dict[str, object] = {
        "offers": offers_to(
            standing.person_id or 0,
            access.cases_published(standing),
            scheme,
            organisation=standing.organisation_id,
            on=standing.on,
            unread_only=True,
        ),
        "page": case_page(
            access.cases_visible_to(standing), scheme, form.cleaned_data.get("page") or 1
        ),
        "may_write": access.organises_all(standing),
    }
    return render_page(request, "learning/cases.html", context)


@require_GET
def case(request: AppRequest, case_id: int) -> HttpResponse:
    """Show a case: what happened, why it warns the asker; whom it reaches to the offices."""
    standing = standing_for(request)
    found = access.get_case_for(standing, case_id)
    scheme, organises = written_scheme(standing.scheme), access.organises_all(standing)
    offers = offers_to(
        standing.person_id or 0,
        same_case(found),
        scheme,
        organisation=standing.organisation_id,
        on=standing.on,
    )
    reached = reached_by(found, standing.on) if organises else []
    context: dict[str, object] = {
        "case": found,
        "kinds": kind_words(found.kinds, scheme),
        "offer": offers[0] if offers else None,
        "organises": organises,
        "reached": reached,
        "read": sum(each.read_at is not None for each in reached),
        "history": history_of(found) if organises else (),
    }
    return render_page(request, "learning/case.html", context)


@both
def case_add(request: AppRequest) -> HttpResponse:
    """Write a case."""
    standing = standing_for(request)
    access.require_organiser(standing, of_all=True)
    form = CaseForm(**bound(request), listed=kinds_listed(written_scheme(standing.scheme)))
    organisation, made = organisation_of(standing), list[WarningCase]()
    return act(
        request,
        form,
        lambda: made.append(
            actions.write_case(
                organisation=organisation, told=form.told(), by=request.user, at=request.at
            )
        ),
        title=_("编写警示案例"),
        sub=_("先存为草稿；发布后推送给所警示岗位的在岗人员。"),
        clause=CLAUSE,
        then=reverse("learning:cases"),
        after=lambda: reverse("learning:case", args=[made[0].pk]),
    )


@both
def case_change(request: AppRequest, case_id: int) -> HttpResponse:
    """Change a case."""
    standing = standing_for(request)
    found = access.get_case_for(standing, case_id, to="organise")
    form = CaseForm(
        **bound(request),
        listed=kinds_listed(written_scheme(standing.scheme)),
        initial=case_initial(found),
    )
    return act(
        request,
        form,
        lambda: actions.change_case(
            case=found,
            told=form.told(),
            version=form.cleaned_data["version"] or 0,
            by=request.user,
            at=request.at,
        ),
        title=_("修改警示案例"),
        sub=found.title,
        clause=CLAUSE,
        then=reverse("learning:case", args=[found.pk]),
    )


@both
def case_publish(request: AppRequest, case_id: int) -> HttpResponse:
    """Offer a case to those it warns."""
    standing = standing_for(request)
    found = access.get_case_for(standing, case_id, to="organise")
    many = len(reached_by(found, standing.on)) if request.method == "GET" else 0
    return act(
        request,
        Form(**bound(request)),
        lambda: actions.publish_case(case=found, by=request.user, at=request.at),
        title=_("发布警示案例"),
        sub=_("%(title)s：按现有风险点，将推送给 %(many)s 人。")
        % {"title": found.title, "many": many},
        clause=CLAUSE,
        then=reverse("learning:case", args=[found.pk]),
        button=_("发布"),
    )


@both
def case_read(request: AppRequest, case_id: int) -> HttpResponse:
    """Note that the asker has read a case."""
    standing = standing_for(request)
    found = access.get_case_for(standing, case_id)
    person = access.person_of(standing)
    return act(
        request,
        Form(**bound(request)),
        lambda: actions.read_case(case=found, person=person, by=request.user, at=request.at),
        title=_("已阅知"),
        sub=found.title,
        clause=CLAUSE,
        then=reverse("learning:case", args=[found.pk]),
        button=_("我已阅知"),
        said=_("已登记阅知。"),
    )
