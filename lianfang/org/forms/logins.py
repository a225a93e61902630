"""Logins: shapes of what is sent in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.accounts.naming import LONGEST_NAME
from lianfang.common.choosing import RowField, offer
from lianfang.org.models import Person


class PersonWithoutLoginForm(forms.Form):
    """Somebody who has no login yet."""

    person = RowField(label=_("给谁"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "person", people)


class LoginAddForm(PersonWithoutLoginForm):
    """A new login for somebody; the first password is made up."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        help_text=_("例如工号或姓名拼音；字母、数字、汉字和 . _ - @，不分大小写，以后不能改"),
    )


class CloseLoginForm(forms.Form):
    """Why a login is closed."""

    reason = forms.CharField(
        label=_("理由"), max_length=200, help_text=_("例如调离、长期外派；写入日志")
    )


class LoginsFilter(forms.Form):
    """What narrows the list of logins."""

    q = forms.CharField(max_length=60, required=False)
    state = forms.ChoiceField(
        choices=[
            ("", _("全部状态")),
            ("open", pgettext_lazy("login", "启用")),
            ("left", _("人员已离开")),
            ("closed", _("已关闭")),
            ("first", _("未改初始密码")),
            ("nobody", _("未关联人员")),
        ],
        required=False,
    )
    after = forms.CharField(max_length=LONGEST_NAME, required=False)
