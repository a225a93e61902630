"""What is asked of an activity, its materials, who came, and which are listed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput, TimeInput
from lianfang.learning.actions.activities import Details
from lianfang.learning.actions.materials import Sent
from lianfang.learning.models import Activity, WarningCase
from lianfang.learning.rules.hours import MOST, STEP
from lianfang.org.models import Person, Unit

_LAST_KEY = 2**62
# long lists in columns
_MANY = forms.CheckboxSelectMultiple(attrs={"class": "learn-many"})
_AREA = forms.Textarea(attrs={"rows": 3})
SORTS = (
    ("time", _("按时间")),
    ("title", _("按主题")),
    ("unit", _("按单位")),
    ("hours", _("按学时")),
    ("came", _("按参加人数")),
)


class ActivitiesForm(forms.Form):
    """Which activities are listed; what is written wrongly counts as not asked."""

    year = forms.IntegerField(label=_("年份"), required=False, min_value=2000, max_value=2099)
    kind = forms.ChoiceField(
        label=_("形式"), required=False, choices=[("", _("全部形式")), *Activity.Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部状态")), *Activity.State.choices]
    )
    q = forms.CharField(label=_("主题"), required=False, max_length=40)
    sort = forms.ChoiceField(label=_("排序"), required=False, choices=SORTS)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)


class ActivityForm(forms.Form):
    """What an activity is, when and where, and for whom."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    unit = RowField(
        label=_("组织单位"), required=False, help_text=_("单位自己办的选该单位；不选就是全机构的。")
    )
    title = forms.CharField(label=_("主题"), max_length=120)
    kind = forms.ChoiceField(
        label=_("形式"),
        choices=[("", _("请选择")), *Activity.Kind.choices],
        help_text=_("讲座、警示、参观凭现场签到计学时；自学和网络课程凭测验计学时。"),
    )
    day = forms.DateField(label=pgettext_lazy("learning", "开始日期"), widget=DayInput)
    time = forms.TimeField(label=_("开始时间"), widget=TimeInput)
    end_day = forms.DateField(label=pgettext_lazy("learning", "结束日期"), widget=DayInput)
    end_time = forms.TimeField(label=_("结束时间"), widget=TimeInput)
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    trainer = forms.CharField(label=_("主讲人"), max_length=120, required=False)
    hours = forms.FloatField(label=_("学时"), min_value=STEP, max_value=MOST, step_size=STEP)
    about = forms.CharField(
        label=pgettext_lazy("learning", "内容"), max_length=2_000, required=False, widget=_AREA
    )
    levels = forms.MultipleChoiceField(
        label=_("面向等级"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选就是各等级都参加。"),
    )
    units = forms.MultipleChoiceField(
        label=_("面向单位"),
        required=False,
        widget=_MANY,
        help_text=_("不选就是各单位都参加；选中的单位连同其下级单位。"),
    )
    case = RowField(
        label=pgettext_lazy("one", "警示案例"),
        required=False,
        help_text=_("选了案例，就面向风险点属于该案例所警示种类的岗位。"),
    )

    def __init__(
        self,
        *args: Any,
        organised: QuerySet[Unit],
        levels: Sequence[tuple[str, str]],
        units: QuerySet[Unit],
        cases: QuerySet[WarningCase],
        needs_unit: bool,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        offer(self, "unit", organised)
        self.fields["unit"].required = needs_unit
        offer(self, "case", cases)
        self.offered = {str(unit.pk): unit for unit in units}
        _choose(self, "levels", [(code or "-", label) for code, label in levels])
        _choose(self, "units", [(key, unit.shown_name) for key, unit in self.offered.items()])

    def details(self, zone: ZoneInfo) -> Details:
        """Return what was asked for, with moments in the organisation's zone."""
        chosen = self.cleaned_data
        return Details(
            title=chosen["title"],
            kind=chosen["kind"],
            starts_at=datetime.combine(chosen["day"], chosen["time"], zone),
            ends_at=datetime.combine(chosen["end_day"], chosen["end_time"], zone),
            place=chosen["place"],
            trainer=chosen["trainer"],
            hours=chosen["hours"],
            about=chosen["about"],
            levels=tuple("" if code == "-" else code for code in chosen["levels"]),
            units=tuple(self.offered[key] for key in chosen["units"]),
            case=chosen["case"],
        )


class CancelForm(forms.Form):
    """Why an activity is cancelled, or an entry undone."""

    reason = forms.CharField(label=_("原因"), max_length=300, widget=_AREA)


class ShowForm(forms.Form):
    """Whether the public learns of an activity once it is held."""

    is_public = forms.BooleanField(
        label=_("举办后对外公开"),
        required=False,
        help_text=_("公开页只列主题、形式、日期和人数，不列姓名。"),
    )


class MaterialForm(forms.Form):
    """A file, a link or a case to learn by: one of them."""

    title = forms.CharField(
        label=_("名称"), max_length=120, required=False, help_text=_("不填就用文件名或案例标题。")
    )
    file = forms.FileField(label=_("文件"), max_length=255, required=False)
    url = forms.URLField(label=_("链接"), max_length=500, required=False, assume_scheme="https")
    case = RowField(label=pgettext_lazy("one", "警示案例"), required=False)

    def __init__(self, *args: Any, cases: QuerySet[WarningCase], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "case", cases)

    def sent(self) -> Sent | None:
        """Return the file that was sent, None without one."""
        file = cast("UploadedFile[bytes] | None", self.cleaned_data.get("file"))
        return Sent(name=file.name or "", chunks=file.chunks()) if file is not None else None


class NoteForm(forms.Form):
    """Who came, as the organiser saw."""

    people = forms.MultipleChoiceField(label=_("到场人员"), widget=_MANY, required=True)

    def __init__(self, *args: Any, people: Sequence[tuple[Person, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.offered = {str(person.pk): person for person, _post in people}
        _choose(
            self,
            "people",
            [
                (str(person.pk), f"{person.shown_name} · {post}" if post else person.shown_name)
                for person, post in people
            ],
        )

    def people_chosen(self) -> list[Person]:
        """Return who came, in the order in which they are shown."""
        chosen = set(self.cleaned_data["people"])
        return [person for key, person in self.offered.items() if key in chosen]


class CodeForm(forms.Form):
    """The digits on the screen."""

    code = forms.CharField(
        label=_("签到码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "learn-code-in",
                "placeholder": "0000 0000",
            }
        ),
    )


def _choose(form: forms.Form, field: str, choices: Sequence[tuple[str, Any]]) -> None:
    chosen = form.fields[field]
    if not isinstance(chosen, forms.ChoiceField):
        raise TypeError(f"{field} offers no choices")
    chosen.choices = choices
