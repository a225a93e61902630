"""Remarks on a filing: asked from any field or finding, answered, closed (六（二）)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.cycles import access
from lianfang.cycles.actions import remarks as actions
from lianfang.cycles.forms.checking import AnswerForm, RemarkForm, WaiveForm
from lianfang.cycles.models import Filing
from lianfang.cycles.queries.remarks import open_remarks_at, target_of
from lianfang.cycles.rules.remarks import check_for
from lianfang.cycles.views.addresses import to
from lianfang.cycles.views.filing import step
from lianfang.org.access import get_post_for, standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.powers.access import require_register

_NAMED = ("part", "about", "field", "finding")


@both
def add(request: AppRequest, filing_id: int) -> HttpResponse:
    """Ask something of a filing; the address may name what it is about, or the finding."""
    standing = standing_for(request)
    found = access.get_filing_for(standing, filing_id, to="check")
    asked = {name: request.GET.get(name, "") for name in _NAMED}
    usual = asked["finding"][:2] or check_for(asked["part"], asked["field"])
    form = RemarkForm(
        **bound(request),
        scheme=scheme_of(found.organisation, standing.on),
        part=request.POST.get("part", asked["part"]),
        initial=asked | {"check_code": usual if any(asked.values()) else ""},
    )
    return act(
        request,
        form,
        lambda: actions.raise_remark(
            filing=found, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("提出审核意见"),
        crumb=_("审核") + f" {found.unit.shown_name}",
        sub=_about(found, asked),
        clause="六（二）",
        then=to("review", found.pk),
    )


def _about(found: Filing, asked: dict[str, str]) -> str:
    """Return the unit, what the remark is about, and the finding that it takes up."""
    target = target_of(found, asked["about"], asked["part"])
    named = f"{target.code} {target.name}" if target else ""
    return " · ".join(filter(None, (found.unit.shown_name, named, asked["finding"])))


@both
def answer(request: AppRequest, remark_id: int) -> HttpResponse:
    """Answer a remark."""
    found = access.get_remark_for(standing_for(request), remark_id, to="draft")
    form = AnswerForm(**bound(request), initial={"answer": found.answer, "version": found.version})
    return act(
        request,
        form,
        lambda: actions.answer_remark(
            remark=found, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("答复审核意见"),
        sub=found.text,
        clause="六（二）",
        then=to("filing", found.filing_id),
    )


@both
def waive(request: AppRequest, remark_id: int) -> HttpResponse:
    """Close a remark without a change, with the reason."""
    found = access.get_remark_for(standing_for(request), remark_id, to="check")
    form = WaiveForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.waive_remark(
            remark=found, **form.cleaned_data, by=request.user, at=request.at
        ),
        title=_("免改"),
        crumb=_("审核"),
        sub=found.text,
        clause="六（二）",
        then=to("review", found.filing_id),
    )


@require_POST
def resolve(request: AppRequest, remark_id: int) -> HttpResponse:
    """Close a remark that was mended."""
    found = access.get_remark_for(standing_for(request), remark_id, to="check")
    return step(
        request,
        found.filing,
        lambda: actions.resolve_remark(remark=found, by=request.user, at=request.at),
        then=to("review", found.filing_id),
    )


@require_GET
def talk_remarks(request: AppRequest, post_id: int) -> HttpResponse:
    """Offer what checkers still ask about a post and its risk points, as topics of a talk."""
    standing = standing_for(request)
    require_register(standing)
    post = get_post_for(standing, post_id)
    filings = access.filings_visible_to(standing)
    context: dict[str, object] = {
        "post": post,
        "heading": _("可谈的审核意见"),
        "clause": "六（二）",
        "topics": open_remarks_at(post, filings),
        "nothing": _("审核人对这个岗位没有未办结的意见。"),
    }
    return render_page(request, "topics.html", context, fragment="components/topics.html")
