"""What the system administrator says about the ways out, and everybody about themself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.notices.models import MORNING, Channel, Preference


class TimeInput(forms.TimeInput):
    """A time of the day, typed or picked."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def _secret() -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": "new-password"})


class ChannelForm(forms.Form):
    """A way out: whether it is on, and which version of it the form was filled from."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    is_on = forms.BooleanField(label=_("启用"), required=False)


class MailForm(ChannelForm):
    """The mail server of an organisation."""

    host = forms.RegexField(
        r"^[A-Za-z0-9.:\-]+$",
        label=_("邮件服务器"),
        max_length=200,
        help_text=_("例如 smtp.example.cn"),
    )
    port = forms.IntegerField(label=_("端口"), min_value=1, max_value=65535, initial=587)
    security = forms.ChoiceField(label=_("加密"), choices=Channel.Security.choices)
    sender = forms.EmailField(label=_("发件地址"))
    username = forms.CharField(
        label=_("登录名"), max_length=200, required=False, help_text=_("服务器不要求登录时留空")
    )
    password = forms.CharField(
        label=_("密码或授权码"),
        max_length=200,
        required=False,
        strip=False,
        widget=_secret(),
        help_text=_("加密保存，不再显示。留空则沿用已存的；改了服务器或登录名须重新填写。"),
    )


class BotForm(ChannelForm):
    """The bot of a group."""

    address = forms.CharField(
        label=_("机器人地址"),
        max_length=400,
        required=False,
        widget=_secret(),
        help_text=_("群机器人设置里的 Webhook 地址。加密保存，不再显示；留空则沿用已存的。"),
    )
    daily_at = forms.TimeField(label=_("每日发送时间"), widget=TimeInput, initial=MORNING)


class SignedBotForm(BotForm):
    """The bot of a group whose messages may be signed."""

    secret = forms.CharField(
        label=_("加签密钥"),
        max_length=200,
        required=False,
        widget=_secret(),
        help_text=_("机器人的安全设置选“加签”时填写，以 SEC 开头；与地址一起填写。"),
    )
    field_order = ("is_on", "address", "secret", "daily_at")


class TestForm(forms.Form):
    """Where a test message by mail goes."""

    __test__ = False
    to = forms.EmailField(label=_("收件地址"))


class WishForm(forms.Form):
    """Where and when somebody wants word of their notices."""

    email = forms.EmailField(
        label=_("邮箱"), required=False, help_text=_("留空则只在系统里看通知，不发邮件。")
    )
    digest = forms.ChoiceField(
        label=_("发送"), choices=Preference.Digest.choices, widget=forms.RadioSelect
    )
    daily_at = forms.TimeField(
        label=_("每日发送时间"), widget=TimeInput, help_text=_("选“每天汇总一次”时有效。")
    )
    quiet_from = forms.TimeField(label=_("免打扰起"), widget=TimeInput, required=False)
    quiet_to = forms.TimeField(
        label=_("免打扰止"),
        widget=TimeInput,
        required=False,
        help_text=_("这段时间不发；可以跨过零点，例如 22:00 至 7:00。两项都留空则不限。"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of the quiet hours, or none."""
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("quiet_from"), cleaned.get("quiet_to")
        if (begins is None) != (ends is None) and not self.errors:
            missing = "quiet_to" if ends is None else "quiet_from"
            self.add_error(missing, _("免打扰时间的起止请都填写，或都留空。"))
        return cleaned


def initial_of(channel: Channel | None) -> dict[str, Any]:
    """Return what a form shows of a channel that is set; never its secret."""
    if channel is None:
        return {"version": 0}
    names = ("is_on", "host", "port", "security", "username", "sender", "daily_at", "version")
    return {name: getattr(channel, name) for name in names}


def wish_initial(preference: Preference | None) -> dict[str, Any]:
    """Return what somebody wants now, or what they get who never said."""
    if preference is None:
        return {"digest": Preference.Digest.DAILY, "daily_at": MORNING}
    names = ("email", "digest", "daily_at", "quiet_from", "quiet_to")
    return {name: getattr(preference, name) for name in names}
