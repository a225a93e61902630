"""How word of notices leaves the house: the channels of an organisation, and one's own wishes."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from lianfang.common.acting import act, both, bound, go
from lianfang.common.http import AppRequest, render_page
from lianfang.notices.actions.channels import MailServer, set_bot, set_mail, try_again
from lianfang.notices.actions.preferences import Wish, set_preference
from lianfang.notices.jobs import send_test
from lianfang.notices.models import Channel
from lianfang.notices.queries import channels_of, last_sent, preference_of, troubles_of
from lianfang.org.access import KEEPS_DATA, require, standing_for
from lianfang.shell.forms.channels import (
    BotForm,
    MailForm,
    SignedBotForm,
    TestForm,
    WishForm,
    initial_of,
    wish_initial,
)
from lianfang.shell.views.keyset import number_in


@dataclass(frozen=True, kw_only=True)
class Way:
    """A kind of channel, as it is set or not, and when a message last left by it."""

    kind: Channel.Kind
    channel: Channel | None
    sent_at: datetime | None


@require_GET
def channels(request: AppRequest) -> HttpResponse:
    """Show the ways out of the organisation, and messages that did not leave."""
    standing = standing_for(request)
    require(standing, *KEEPS_DATA)
    found, sent = channels_of(standing.organisation_id), last_sent(standing.organisation_id)
    before = number_in(request, "before")
    troubles = troubles_of(standing.organisation_id, before=before)
    context: dict[str, object] = {
        "ways": [
            Way(kind=kind, channel=found.get(kind), sent_at=sent.get(kind)) for kind in Channel.Kind
        ],
        "troubles": troubles,
        "given_up": any(message.finished_at for message in troubles.messages),
        "before": before,
        "has_address": bool(settings.ADDRESS),
    }
    return render_page(request, "shell/channels.html", context)


@sensitive_post_parameters()
@never_cache
@both
def channel(request: AppRequest, kind: str) -> HttpResponse:
    """Set the mail server or a group's bot."""
    standing = standing_for(request)
    require(standing, *KEEPS_DATA)
    known = _kind(kind)
    stored = channels_of(standing.organisation_id).get(known)
    form = _form(request, known, stored)
    return act(
        request,
        form,
        lambda: _save(request, standing.organisation_id, known, form),
        title=str(known.label),
        sub=_("消息只说有事要看，并给出链接；不写涉及什么、涉及谁"),
        then=reverse("shell:channels"),
    )


@both
def channel_test(request: AppRequest, kind: str) -> HttpResponse:
    """Send a test message at once, and say what came of it."""
    standing = standing_for(request)
    require(standing, *KEEPS_DATA)
    known = _kind(kind)
    stored = channels_of(standing.organisation_id).get(known)
    if stored is None:
        raise Http404
    form = (
        TestForm(**bound(request)) if known is Channel.Kind.EMAIL else forms.Form(**bound(request))
    )
    return act(
        request,
        form,
        lambda: send_test(
            channel=stored, to=form.cleaned_data.get("to", ""), by=request.user, at=request.at
        ),
        title=_("发送测试消息"),
        sub=_("将向“%(channel)s”发送一条测试消息。") % {"channel": known.label},
        then=reverse("shell:channels"),
        said=_("测试消息已发出，请查收。"),
        button=_("发送"),
    )


@require_POST
def messages_again(request: AppRequest) -> HttpResponse:
    """Send once more what was given up."""
    standing = standing_for(request)
    require(standing, *KEEPS_DATA)
    many = try_again(organisation=standing.organisation_id, by=request.user, at=request.at)
    said = ngettext(
        "%(many)s 条消息将在一分钟内重新发送。", "%(many)s 条消息将在一分钟内重新发送。", many
    )
    messages.success(request, said % {"many": many})
    return go(request, reverse("shell:channels"))


@both
def wishes(request: AppRequest) -> HttpResponse:
    """Let somebody decide where and when word of their notices reaches them."""
    standing = standing_for(request)
    form = WishForm(**bound(request), initial=wish_initial(preference_of(standing.user_id)))
    return act(
        request,
        form,
        lambda: set_preference(
            organisation=standing.organisation_id,
            wish=Wish(**form.cleaned_data),
            by=request.user,
            at=request.at,
        ),
        title=_("通知方式"),
        sub=_("邮件只说有事要看，并给出链接；不写涉及什么、涉及谁"),
        then=reverse("shell:notices"),
    )


def _kind(kind: str) -> Channel.Kind:
    try:
        return Channel.Kind(kind)
    except ValueError as error:
        raise Http404 from error


def _form(request: AppRequest, kind: Channel.Kind, stored: Channel | None) -> forms.Form:
    shapes = {Channel.Kind.EMAIL: MailForm, Channel.Kind.DINGTALK: SignedBotForm}
    return shapes.get(kind, BotForm)(**bound(request), initial=initial_of(stored))


def _save(request: AppRequest, organisation: int, kind: Channel.Kind, form: forms.Form) -> None:
    given = dict(form.cleaned_data)
    is_on, version = given.pop("is_on"), given.pop("version")
    if kind is Channel.Kind.EMAIL:
        password = given.pop("password")
        set_mail(
            organisation=organisation,
            server=MailServer(**given),
            password=password,
            is_on=is_on,
            version=version,
            by=request.user,
            at=request.at,
        )
        return
    set_bot(
        organisation=organisation,
        kind=kind,
        address=given["address"],
        secret=given.get("secret", ""),
        daily_at=given["daily_at"],
        is_on=is_on,
        version=version,
        by=request.user,
        at=request.at,
    )
