"""What is asked when a year's running is reviewed, and when tasks are set and done."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.org.models import Post, Unit

_AREA = forms.Textarea(attrs={"rows": 6})
_SHORT = forms.Textarea(attrs={"rows": 3})


class PostField(RowField):
    """Offers posts under the names of their units."""

    def label_from_instance(self, row: Any) -> str:
        """Return the unit and the post in the page's language."""
        return f"{row.unit.shown_name} · {row.shown_name}"


class ReviewForm(forms.Form):
    """How the year ran, and what is to be adjusted."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ran = forms.CharField(
        label=_("运行情况"),
        max_length=4000,
        widget=_AREA,
        help_text=_(
            "措施是否落实、预警和履责是否到位、发现了什么问题。保存时同时记下当前的各项数字。"
        ),
    )
    adjust = forms.CharField(
        label=_("需要调整的事项"),
        max_length=4000,
        widget=_AREA,
        help_text=_("哪些职权、风险点、等级或措施要调整；要单位办理的，另下达整改任务。"),
    )


class TaskForm(forms.Form):
    """What a unit puts right, by when, and which post answers for it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    unit = RowField(label=_("整改单位"))
    what = forms.CharField(label=_("整改事项"), max_length=600, widget=_SHORT)
    post = PostField(label=_("责任岗位"), required=False, help_text=_("不选的，由单位负责人负责。"))
    due_on = forms.DateField(label=_("完成期限"), widget=DayInput)

    def __init__(
        self, *args: Any, units: QuerySet[Unit] | None, posts: QuerySet[Post], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        if units is None:
            del self.fields["unit"]
        else:
            offer(self, "unit", units)
        offer(self, "post", posts)


class DoneForm(forms.Form):
    """What was done, and a file that shows it."""

    outcome = forms.CharField(
        label=_("整改情况"), max_length=4000, widget=_AREA, help_text=_("写明做了什么、效果如何。")
    )
    file = forms.FileField(
        label=_("整改凭证"),
        max_length=255,
        required=False,
        help_text=_("如修订后的制度、检查记录；PDF、Word、Excel、图片都可以。"),
    )
