"""An activity: what it is, who is to come, who came, what it works with; and its course (二)."""

from collections.abc import Callable

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.audit.queries import history_of
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, language_now, render_page
from lianfang.files.sending import download
from lianfang.files.store import too_large
from lianfang.files.uploading import was_too_large
from lianfang.learning import access
from lianfang.learning.actions import activities as actions
from lianfang.learning.actions import materials
from lianfang.learning.actions.parts import CLAUSE
from lianfang.learning.forms.activities import CancelForm, MaterialForm, ShowForm
from lianfang.learning.models import Activity
from lianfang.learning.queries.activities import comers_of, materials_of
from lianfang.learning.queries.asking import level_words
from lianfang.learning.queries.quizzes import own_part
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import written_scheme

# who came and took the quiz stands in the table
_TOLD = ("learning.attendance.noted", "learning.quiz.taken")


@require_GET
def activity(request: AppRequest, activity_id: int) -> HttpResponse:
    """Show an activity; who came to those who organise it."""
    standing = standing_for(request)
    found = access.get_activity_for(standing, activity_id)
    organises = access.may_organise(standing, found)
    units = list(found.units.order_by("order", "code"))
    comers = comers_of(found, [unit.pk for unit in units], standing.on) if organises else []
    words = dict(level_words(written_scheme(standing.scheme)))
    context: dict[str, object] = {
        "activity": found,
        "units": units,
        "levels": [words[code] for code in found.levels if code in words],
        "materials": materials_of(found),
        "organises": organises,
        "comers": comers,
        "expected": sum(each.is_expected for each in comers),
        "came": sum(each.attendance is not None for each in comers),
        "part": own_part(found, standing.person_id or 0),
        "me": standing.person_id,
        "history": history_of(found, without=_TOLD) if organises else (),
    }
    return render_page(request, "learning/activity.html", context)


@both
def activity_open(request: AppRequest, activity_id: int) -> HttpResponse:
    """Open an activity to those who come."""
    return _course(
        request,
        activity_id,
        actions.open_activity,
        title=_("开放签到和学习"),
        sub=_("开放后不能再改内容。现场活动显示签到码，自学和网络课程可以答题。"),
        button=_("开放"),
    )


@both
def activity_close(request: AppRequest, activity_id: int) -> HttpResponse:
    """Say that an activity was held."""
    return _course(
        request,
        activity_id,
        actions.close_activity,
        title=_("结束学习活动"),
        sub=_("结束后签到码失效；仍可以补登到场人员，到场的人仍可以答题。"),
        button=_("结束"),
    )


@both
def activity_cancel(request: AppRequest, activity_id: int) -> HttpResponse:
    """Cancel an activity, with the reason."""
    found = access.get_activity_for(standing_for(request), activity_id, to="organise")
    form = CancelForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.cancel_activity(
            activity=found, reason=form.cleaned_data["reason"], by=request.user, at=request.at
        ),
        title=_("取消学习活动"),
        sub=found.title,
        clause=CLAUSE,
        then=_page(found),
        danger=True,
    )


@both
def activity_show(request: AppRequest, activity_id: int) -> HttpResponse:
    """Let the public know of an activity, or no more."""
    found = access.get_activity_for(standing_for(request), activity_id, to="organise")
    form = ShowForm(**bound(request), initial={"is_public": found.is_public})
    return act(
        request,
        form,
        lambda: actions.show_activity(
            activity=found,
            is_public=form.cleaned_data["is_public"],
            by=request.user,
            at=request.at,
        ),
        title=_("对外公开"),
        sub=found.title,
        clause=CLAUSE,
        then=_page(found),
    )


@both
def material_add(request: AppRequest, activity_id: int) -> HttpResponse:
    """Put a file, a link or a case beside an activity."""
    standing = standing_for(request)
    found = access.get_activity_for(standing, activity_id, to="organise")
    form = MaterialForm(**bound(request), cases=access.cases_published(standing))
    if was_too_large(request):
        form.add_error("file", too_large(settings.FILE_BYTES).sentence(language_now()))
    return act(
        request,
        form,
        lambda: materials.add_material(
            activity=found,
            title=form.cleaned_data["title"],
            file=form.sent(),
            url=form.cleaned_data["url"],
            case=form.cleaned_data["case"],
            by=request.user,
            at=request.at,
        ),
        title=_("添加学习资料"),
        sub=_("文件、链接、案例三者填一项。"),
        clause=CLAUSE,
        then=_page(found),
    )


@both
def material_drop(request: AppRequest, material_id: int) -> HttpResponse:
    """Take a material away."""
    found = access.get_material_for(standing_for(request), material_id, to="organise")
    return act(
        request,
        Form(**bound(request)),
        lambda: materials.drop_material(material=found, by=request.user, at=request.at),
        title=_("移除学习资料"),
        sub=found.title,
        clause=CLAUSE,
        then=_page(found.activity),
        danger=True,
    )


@require_GET
def material_file(request: AppRequest, material_id: int) -> HttpResponseBase:
    """Send the file of a material."""
    found = access.get_material_for(standing_for(request), material_id)
    if found.attachment is None:
        raise Http404
    return download(found.attachment)


def _course(
    request: AppRequest,
    activity_id: int,
    deed: Callable[..., Activity],
    *,
    title: str,
    sub: str,
    button: str,
) -> HttpResponse:
    found = access.get_activity_for(standing_for(request), activity_id, to="organise")
    return act(
        request,
        Form(**bound(request)),
        lambda: deed(activity=found, by=request.user, at=request.at),
        title=title,
        sub=found.title + _("：") + sub,
        clause=CLAUSE,
        then=_page(found),
        button=button,
    )


def _page(found: Activity) -> str:
    return reverse("learning:activity", args=[found.pk])
