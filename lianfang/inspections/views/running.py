"""A draw is planned, frozen, drawn, closed, dropped; its sheet is issued (五（五）)."""

from collections.abc import Callable
from datetime import date

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.inspections import access
from lianfang.inspections.actions import drawing
from lianfang.inspections.actions import draws as actions
from lianfang.inspections.actions.papers import issue_sheet
from lianfang.inspections.forms.draws import DrawForm, DropForm, NothingMore, ValueForm
from lianfang.inspections.models import Draw
from lianfang.inspections.rules.plan import CLAUSE
from lianfang.inspections.rules.shares import sampled_levels
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of


@both
def draw_plan(request: AppRequest) -> HttpResponse:
    """Plan a draw of this year."""
    standing = standing_for(request)
    access.require_running(standing)
    organisation, year = organisation_of(standing), standing.on.year
    scheme = scheme_of(organisation, standing.on)
    form = DrawForm(
        **bound(request),
        scheme=scheme,
        initial={
            "title": _("%(year)s 年廉洁履责抽查") % {"year": year},
            "levels": sampled_levels(scheme),
            "due_on": date(year, 12, 31),
        },
    )
    made: list[Draw] = []
    return act(
        request,
        form,
        lambda: made.append(
            actions.plan_draw(
                organisation=organisation,
                year=year,
                planned=form.planned(),
                scheme=scheme,
                by=request.user,
                at=request.at,
            )
        ),
        title=_("拟定抽取"),
        sub=_("先写明抽什么、用哪个公开数值；固定名单之前都可以修改。"),
        clause=CLAUSE,
        then=reverse("inspections:draws"),
        after=lambda: to_draw(made[0].pk),
    )


@both
def draw_change(request: AppRequest, draw_id: int) -> HttpResponse:
    """Change the plan of a draw."""
    standing = standing_for(request)
    found = access.get_draw_for(standing, draw_id, to="run")
    scheme = scheme_of(found.organisation, standing.on)
    names = ("version", "title", "levels", "team", "source", "public_on", "due_on")
    form = DrawForm(
        **bound(request), scheme=scheme, initial={name: getattr(found, name) for name in names}
    )
    return act(
        request,
        form,
        lambda: actions.change_draw(
            draw=found,
            planned=form.planned(),
            version=form.cleaned_data["version"],
            scheme=scheme,
            by=request.user,
            at=request.at,
        ),
        title=_("修改抽取"),
        sub=found.title,
        clause=CLAUSE,
        then=to_draw(found.pk),
    )


@both
def draw_freeze(request: AppRequest, draw_id: int) -> HttpResponse:
    """Freeze the list and commit to a seed."""
    standing = standing_for(request)
    found = access.get_draw_for(standing, draw_id, to="run")
    return _ask(
        request,
        found,
        NothingMore(**bound(request)),
        lambda: drawing.freeze_draw(
            draw=found,
            scheme=scheme_of(found.organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("固定名单，承诺种子"),
        sub=_("名单、比例和检查人员的回避范围从此不能改；摘要和种子承诺写入日志并公布，种子封存。"),
        button=_("固定并承诺"),
    )


@both
def draw_sample(request: AppRequest, draw_id: int) -> HttpResponse:
    """Draw, by the public value."""
    standing = standing_for(request)
    found = access.get_draw_for(standing, draw_id, to="run")
    form = ValueForm(**bound(request))
    return _ask(
        request,
        found,
        form,
        lambda: drawing.draw_sample(
            draw=found,
            value=form.cleaned_data["value"],
            scheme=scheme_of(found.organisation, standing.on),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("抽取"),
        sub=found.source,
        button=_("抽取"),
    )


@both
def draw_close(request: AppRequest, draw_id: int) -> HttpResponse:
    """Close a draw whose visits are made."""
    standing = standing_for(request)
    found = access.get_draw_for(standing, draw_id, to="run")
    return _ask(
        request,
        found,
        NothingMore(**bound(request)),
        lambda: actions.close_draw(draw=found, on=standing.on, by=request.user, at=request.at),
        title=_("结束抽取"),
        sub=_("抽中人员的检查都办结后，这次抽取才能结束。"),
    )


@both
def draw_drop(request: AppRequest, draw_id: int) -> HttpResponse:
    """Drop a draw that was not drawn, with the reason."""
    standing = standing_for(request)
    found = access.get_draw_for(standing, draw_id, to="run")
    form = DropForm(**bound(request))
    return _ask(
        request,
        found,
        form,
        lambda: actions.drop_draw(
            draw=found, reason=form.cleaned_data["reason"], by=request.user, at=request.at
        ),
        title=_("作废抽取"),
        sub=found.title,
    )


@both
def draw_issue(request: AppRequest, draw_id: int) -> HttpResponse:
    """Issue the sheet of a draw as a numbered paper."""
    standing = standing_for(request)
    access.get_draw_for(standing, draw_id, to="run")
    found = access.get_sheet_for(standing, draw_id)
    return _ask(
        request,
        found,
        NothingMore(**bound(request)),
        lambda: issue_sheet(draw=found, on=standing.on, by=request.user, at=request.at),
        title=_("印发抽取单"),
        sub=_("公文按年度编号，存入档案；印发后只能作废，不能修改。"),
    )


def to_draw(draw_id: int) -> str:
    """Return the address of a draw's page."""
    return reverse("inspections:draw", args=[draw_id])


def _ask(
    request: AppRequest,
    draw: Draw,
    form: Form,
    deed: Callable[[], object],
    *,
    title: str,
    sub: str,
    button: str = "",
) -> HttpResponse:
    return act(
        request,
        form,
        deed,
        title=title,
        sub=sub,
        clause=CLAUSE,
        then=to_draw(draw.pk),
        danger=True,
        button=button,
    )
