"""Coming to an activity: the code on the screen and on a phone, the organiser's list (二)."""

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.files.sending import as_download
from lianfang.learning import access
from lianfang.learning.actions import attending as actions
from lianfang.learning.actions.parts import CLAUSE
from lianfang.learning.exchange.tables import people_workbook
from lianfang.learning.forms.activities import CancelForm, CodeForm, NoteForm
from lianfang.learning.models import Activity, Attendance
from lianfang.learning.queries.activities import Comer, comers_of
from lianfang.learning.queries.undoing import opens_again
from lianfang.learning.rules.codes import STEP_SECONDS, code_at, in_groups, step_of
from lianfang.org.access import standing_for
from lianfang.org.standing import Standing

EVERY = 10


@both
def sign_in(request: AppRequest) -> HttpResponse:
    """Take the digits that a screen shows."""
    standing = standing_for(request)
    person = access.person_of(standing)
    form = CodeForm(**bound(request))
    made: list[Attendance] = []
    return act(
        request,
        form,
        lambda: made.append(
            actions.sign_in(
                person=person,
                typed=form.cleaned_data["code"],
                on=standing.on,
                by=request.user,
                at=request.at,
            )
        ),
        title=_("签到"),
        clause=CLAUSE,
        then=reverse("learning:mine"),
        said=_("已签到。"),
        button=_("签到"),
        page="learning/sign_in.html",
        after=lambda: reverse("learning:activity", args=[made[0].activity_id]),
    )


@never_cache
@require_GET
def code(request: AppRequest, activity_id: int) -> HttpResponse:
    """Show the code of an open activity, large, to be typed by those in the room."""
    found = access.get_activity_for(standing_for(request), activity_id, to="organise")
    if found.state != Activity.State.OPEN or found.is_remote:
        return HttpResponseRedirect(reverse("learning:activity", args=[found.pk]))
    context: dict[str, object] = {
        "activity": found,
        "code": in_groups(code_at(found.secret, step_of(request.at))),
        "came": found.attendances.filter(undone_at=None).count(),
        "left": STEP_SECONDS - int(request.at.timestamp()) % STEP_SECONDS,
        "every": EVERY,
        "address": request.build_absolute_uri(reverse("learning:sign-in")),
    }
    return render_page(request, "learning/code.html", context, fragment="learning/_code.html")


@both
def people_note(request: AppRequest, activity_id: int) -> HttpResponse:
    """Note who came, as the organiser saw."""
    standing = standing_for(request)
    found = access.get_activity_for(standing, activity_id, to="organise")
    comers = {each.person.pk: each for each in _comers(found, standing)}
    here = {who for who, each in comers.items() if each.attendance is not None}
    others = [person for person in access.people_to_note(standing, found) if person.pk not in here]
    # who is expected stands first
    others.sort(key=lambda person: person.pk not in comers)
    form = NoteForm(
        **bound(request), people=[(person, _post(comers.get(person.pk))) for person in others]
    )
    return act(
        request,
        form,
        lambda: actions.note_attendance(
            activity=found,
            people=form.people_chosen(),
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("登记到场人员"),
        sub=_("%(title)s：应到人员列在前面；自己的到场请用签到码。") % {"title": found.title},
        clause=CLAUSE,
        then=reverse("learning:activity", args=[found.pk]),
    )


@require_GET
def people_export(request: AppRequest, activity_id: int) -> HttpResponseBase:
    """Give who is to come and who came as a workbook, to be printed and signed."""
    standing = standing_for(request)
    found = access.get_activity_for(standing, activity_id, to="organise")
    content = people_workbook(found, _comers(found, standing), on=standing.on)
    return as_download(content, _("签到表") + f"-{found.title}.xlsx")


@both
def attendance_undo(request: AppRequest, attendance_id: int) -> HttpResponse:
    """Undo a wrong entry, with the reason; say before what becomes of the duty."""
    found = access.get_attendance_for(standing_for(request), attendance_id)
    form = CancelForm(**bound(request))
    again = opens_again(found)
    return act(
        request,
        form,
        lambda: actions.undo_attendance(
            attendance=found, reason=form.cleaned_data["reason"], by=request.user, at=request.at
        ),
        title=_("撤销签到"),
        sub=found.person.shown_name
        + _("，")
        + found.activity.title
        + _("。")
        + (
            _(
                "撤销后学时剩 %(done)g，少于应完成的 %(asked)g："
                "学习义务重新打开，已出具的学习证明作废，并通知本人。"
            )
            % {"done": again.done, "asked": again.asked}
            if again
            else _("学习义务不受影响；会通知本人。")
        ),
        clause=CLAUSE,
        then=reverse("learning:activity", args=[found.activity_id]),
        danger=True,
    )


def _comers(found: Activity, standing: Standing) -> list[Comer]:
    units = list(found.units.order_by("pk").values_list("pk", flat=True))
    return comers_of(found, units, standing.on)


def _post(comer: Comer | None) -> str:
    return comer.post.shown_name if comer and comer.post else ""
