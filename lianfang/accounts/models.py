"""Logins. Who a login is, and what it may do, is known further up (`org`)."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lianfang.accounts.naming import LONGEST_NAME, NAME, folded

LOGIN_NAME = RegexValidator(
    NAME, _("登录名只能用字母、数字、汉字和 . _ - @，以字母、数字或汉字开头。")
)


class UserManager(BaseUserManager["User"]):
    """Makes logins; passwords are set by `actions`."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the login of that name, in any case."""
        return self.named(username or "").get()

    def named(self, username: str) -> "models.QuerySet[User]":
        """Return the login of that name in any case, as a query; the index on names answers it."""
        return self.alias(folded=Lower("username")).filter(folded=folded(username))


class User(AbstractBaseUser):
    """A login: a name, a password, a language. Never deleted: closed.

    `organisation` is the key of a row that `org` keeps; None for a login that belongs to nobody.
    """

    username = models.CharField(
        _("登录名"), max_length=LONGEST_NAME, unique=True, validators=[LOGIN_NAME]
    )
    organisation = models.BigIntegerField(_("机构"), null=True, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(_("首次登录须改密码"), default=False)
    password_set_at = models.DateTimeField(_("密码设定时间"), null=True, blank=True)
    language = models.CharField(_("语言"), max_length=10, blank=True, default="")
    created_at = models.DateTimeField(_("建立于"))
    # from when on the desk no longer lists what to begin with
    settled_at = models.DateTimeField(_("收起入门清单于"), null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("登录")
        constraints = [
            models.UniqueConstraint(Lower("username"), name="accounts_user_name_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.username


class FailureCount(models.Model):
    """How often in a row a login name was tried in vain, from one known device or from all others.

    `key` stands for the name, so that what people type by mistake is not kept: a password, often.
    Names that no login has are counted as well. The nightly work takes old rows away.
    """

    key = models.CharField(max_length=64)
    # empty for every device that is not known to the login
    device = models.CharField(max_length=32, blank=True)
    failures = models.PositiveIntegerField(_("连续失败次数"))
    last_at = models.DateTimeField(_("最近一次"))

    class Meta:
        verbose_name = _("登录失败计数")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "device"], name="accounts_failures_counted_once"
            ),
        ]
        indexes = [models.Index(fields=["last_at"], name="accounts_failures_last")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.failures}"
