"""The office of personnel records appointments; the talk before one is owed at once (五（五）2)."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest
from lianfang.duties.actions import appointing as actions
from lianfang.duties.forms.appointing import AppointForm, EndForm, WithdrawForm
from lianfang.org.access import (
    get_appointment_for,
    get_post_for,
    people_visible_to,
    standing_for,
)
from lianfang.org.models import Appointment


@both
def appoint(request: AppRequest, post_id: int) -> HttpResponse:
    """Record that somebody holds a post."""
    standing = standing_for(request)
    post = get_post_for(standing, post_id, to="edit")
    people = people_visible_to(standing)
    form = AppointForm(**bound(request), people=people, initial={"from_on": standing.on})
    return act(
        request,
        form,
        lambda: actions.confirm_appointment(
            post=post, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=_("登记任职"),
        sub=f"{post.unit.shown_name} · {post.shown_name}",
        clause="五（一）2",
        then=_page(post.pk),
    )


@both
def appointment_end(request: AppRequest, appointment_id: int) -> HttpResponse:
    """Record the last day of an appointment."""
    standing = standing_for(request)
    appointment = get_appointment_for(standing, appointment_id, to="edit")
    form = EndForm(**bound(request), initial={"last_on": standing.on})
    return act(
        request,
        form,
        lambda: actions.confirm_end_of_appointment(
            appointment=appointment,
            **form.cleaned_data,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("结束任职"),
        sub=_named(appointment),
        then=_page(appointment.post_id),
    )


@both
def appointment_withdraw(request: AppRequest, appointment_id: int) -> HttpResponse:
    """Withdraw an appointment that was entered by mistake."""
    standing = standing_for(request)
    appointment = get_appointment_for(standing, appointment_id, to="edit")
    form = WithdrawForm(**bound(request))
    return act(
        request,
        form,
        lambda: actions.take_back_appointment(
            appointment=appointment,
            **form.cleaned_data,
            on=standing.on,
            by=request.user,
            at=request.at,
        ),
        title=_("撤回任职登记"),
        sub=_named(appointment),
        then=_page(appointment.post_id),
        danger=True,
    )


def _named(appointment: Appointment) -> str:
    return f"{appointment.person.shown_name} · {appointment.post.shown_name}"


def _page(post: int) -> str:
    return reverse("org:post", args=[post])
