"""What a person is told on their own pages, and how word of it leaves the house.

Wherever it stands, it says that there is something, not what.
"""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.notices.rules import Choice, Quiet, Reason

_LOGIN = settings.AUTH_USER_MODEL
MORNING = time(8, 30)


class Notice(models.Model):
    """One notice to one login: a code with its words, a page to open, and when it was seen."""

    recipient = models.ForeignKey(_LOGIN, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("类型"), max_length=60)
    url = models.CharField(_("页面"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("时间"))
    seen_at = models.DateTimeField(_("已读于"), null=True)

    class Meta:
        verbose_name = _("通知")
        indexes = [
            models.Index(fields=["recipient", "seen_at"], name="notices_notice_unseen"),
            models.Index(fields=["recipient", "id"], name="notices_notice_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient_id}"


class Channel(models.Model):
    """A way out of an organisation (通知渠道): its mail server, or the bot of a group.

    `organisation` is the key of a row that `org` keeps. What lets somebody in, a password or the
    key of a bot, is `sealed`; it is shown on no page.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _("电子邮件")
        WECOM = "wecom", _("企业微信群")
        DINGTALK = "dingtalk", _("钉钉群")
        FEISHU = "feishu", _("飞书群")

    class Security(models.TextChoices):
        STARTTLS = "starttls", _("STARTTLS（常用端口 587）")
        TLS = "ssl", _("TLS（常用端口 465）")
        NONE = "insecure", _("不加密（只限内网）")

    organisation = models.BigIntegerField()
    kind = models.CharField(_("渠道"), max_length=10, choices=Kind)
    is_on = models.BooleanField(_("启用"), default=False)
    host = models.CharField(_("邮件服务器"), max_length=200, blank=True)
    port = models.PositiveIntegerField(_("端口"), null=True, blank=True)
    security = models.CharField(_("加密"), max_length=10, choices=Security, blank=True)
    username = models.CharField(_("登录名"), max_length=200, blank=True)
    sender = models.EmailField(_("发件地址"), blank=True)
    sealed = models.TextField(blank=True)
    daily_at = models.TimeField(_("每日发送时间"), default=MORNING)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("通知渠道")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="notices_channel_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation}"


class Preference(models.Model):
    """Where and when somebody wants word of their notices (通知方式)."""

    class Digest(models.TextChoices):
        DAILY = Choice.DAILY.value, _("每天汇总一次")
        AT_ONCE = Choice.AT_ONCE.value, _("随时")
        NONE = Choice.NONE.value, _("不发")

    recipient = models.OneToOneField(_LOGIN, on_delete=models.PROTECT, related_name="preference")
    organisation = models.BigIntegerField()
    email = models.EmailField(_("邮箱"), blank=True)
    digest = models.CharField(_("发送"), max_length=10, choices=Digest, default=Digest.DAILY)
    daily_at = models.TimeField(_("每日发送时间"), default=MORNING)
    quiet_from = models.TimeField(_("免打扰起"), null=True, blank=True)
    quiet_to = models.TimeField(_("免打扰止"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("通知方式")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(quiet_from=None, quiet_to=None)
                    | Q(quiet_from__isnull=False, quiet_to__isnull=False)
                ),
                name="notices_preference_quiet_has_both_ends",
            )
        ]
        indexes = [models.Index(fields=["organisation"], name="notices_preference_of")]

    def __str__(self) -> str:
        return f"{self.digest} {self.recipient_id}"

    @property
    def quiet(self) -> Quiet | None:
        """The hours in which nothing is sent."""
        if self.quiet_from is None or self.quiet_to is None:
            return None
        return Quiet(self.quiet_from, self.quiet_to)


class Message(models.Model):
    """A message on its way out (发件箱): to a person by e-mail, or to a group; never its words.

    `up_to` is the newest notice that it stands for, once it left or was given up.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待发送")
        SENDING = "sending", _("正在发送")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("没有发出")
        DROPPED = "dropped", _("不必再发")

    class Why(models.TextChoices):
        UNREACHABLE = Reason.UNREACHABLE.value, _("连接不上服务器")
        LOGIN = Reason.LOGIN.value, _("服务器不接受登录名或密码")
        CERTIFICATE = Reason.CERTIFICATE.value, _("加密连接或证书有问题")
        KEY = Reason.KEY.value, _("密码或密钥须重新填写")
        REFUSED = Reason.REFUSED.value, _("对方拒绝了消息")

    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    recipient = models.ForeignKey(
        _LOGIN, on_delete=models.PROTECT, null=True, related_name="messages", db_index=False
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveIntegerField(_("次数"), default=0)
    why = models.CharField(_("原因"), max_length=12, choices=Why, blank=True)
    up_to = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(_("时间"))
    due_at = models.DateTimeField(_("发送时间"))
    taken_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("完成于"), null=True)

    class Meta:
        verbose_name = _("待发消息")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "recipient"],
                condition=Q(state__in=["waiting", "sending"], recipient__isnull=False),
                name="notices_message_one_to_a_person",
            ),
            models.UniqueConstraint(
                fields=["channel"],
                condition=Q(state__in=["waiting", "sending"], recipient=None),
                name="notices_message_one_to_a_group",
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "due_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="notices_message_due",
            ),
            models.Index(fields=["channel", "recipient", "up_to"], name="notices_message_told"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.state}"
