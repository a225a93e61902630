"""What is asked when talks are planned, recorded, confirmed, added to and cancelled."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput, TimeInput
from lianfang.common.http import language_now
from lianfang.common.text import Text
from lianfang.duties.models import Duty, Talk
from lianfang.duties.queries.duties import DutyShown
from lianfang.duties.queries.talks import Partner
from lianfang.org.models import Person

_SHORT = forms.Textarea(attrs={"rows": 3})
_LONG = forms.Textarea(attrs={"rows": 6})
_LONGEST = 8000
_HOURS = 480
_TOPIC = 300


class TopicsField(forms.MultipleChoiceField):
    """What was talked about: chosen from what is offered, or from what a page above offers."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        """Return whether a topic can be kept: any words can, as far as they are short."""
        return 0 < len(value.strip()) <= _TOPIC

    def offer(self, topics: Iterable[str], sent: Iterable[str]) -> None:
        """Show the topics, and what was sent beside them, so that nothing ticked is lost."""
        offered = dict.fromkeys([*topics, *(each for each in sent if self.valid_value(each))])
        self.choices = [(topic, _in_chinese(topic)) for topic in offered]


class TimedForm(forms.Form):
    """Asks for a moment, as a day and a time of the organisation's zone."""

    day = forms.DateField(label=_("日期"), widget=DayInput)
    time = forms.TimeField(label=_("时间"), widget=TimeInput)
    place = forms.CharField(label=_("地点"), max_length=100, required=False)

    def starts_at(self, zone: ZoneInfo) -> datetime:
        """Return the moment that was asked for."""
        chosen = self.cleaned_data
        return datetime.combine(chosen["day"], chosen["time"], zone)


class PlanForm(TimedForm):
    """With whom, what kind of talk, who else talks, when and where."""

    partner = forms.ChoiceField(label=_("谈话对象"))
    kind = forms.ChoiceField(label=_("谈话种类"))
    second = RowField(
        label=_("第二谈话人兼记录"),
        required=False,
        help_text=_("须两人在场的种类，最迟在记录谈话时填写。"),
    )
    field_order = ("partner", "kind", "second")

    def __init__(
        self,
        *args: Any,
        partners: Sequence[Partner],
        kinds: Mapping[str, Text],
        seconds: QuerySet[Person],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.partners = {partner.code: partner for partner in partners}
        _choose(self, "partner", [("", _("请选择")), *map(_of_partner, partners)])
        _choose(self, "kind", [("", _("请选择")), *_of_kinds(kinds)])
        offer(self, "second", seconds)

    def partner_chosen(self) -> Partner:
        """Return with whom."""
        return self.partners[self.cleaned_data["partner"]]


class SeveralForm(TimedForm):
    """Which duties are planned for, from when on and how far apart."""

    duties = forms.MultipleChoiceField(
        label=_("谈话对象"), widget=forms.CheckboxSelectMultiple, required=True
    )
    minutes = forms.IntegerField(
        label=_("每次时长（分钟）"), min_value=10, max_value=_HOURS, initial=40
    )
    second = RowField(
        label=_("第二谈话人兼记录"),
        required=False,
        help_text=_("每次都在场；轮到与其本人谈话时不计。"),
    )
    field_order = ("duties", "day", "time", "minutes", "place", "second")

    def __init__(
        self, *args: Any, duties: Iterable[DutyShown], seconds: QuerySet[Person], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        offer(self, "second", seconds)
        shown = list(duties)
        self.offered = {str(row.duty.pk): row.duty for row in shown}
        _choose(self, "duties", [_of_duty(row) for row in shown])

    def duties_chosen(self) -> list[Duty]:
        """Return the duties, in the order in which they are shown."""
        chosen = set(self.cleaned_data["duties"])
        return [duty for key, duty in self.offered.items() if key in chosen]


class RecordForm(TimedForm):
    """What is recorded of a talk that was held."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("谈话种类"))
    second = RowField(label=_("第二谈话人兼记录"), required=False)
    minutes = forms.IntegerField(label=_("时长（分钟）"), min_value=1, max_value=_HOURS)
    points = TopicsField(label=_("谈到的要点"), required=False)
    more_points = forms.CharField(
        label=_("其他要点"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("每行一条。"),
    )
    notes = forms.CharField(label=_("谈话内容"), max_length=_LONGEST, widget=_LONG)
    commitments = forms.CharField(label=_("本人表态"), max_length=_LONGEST, widget=_SHORT)
    duties = forms.MultipleChoiceField(
        label=_("由这次谈话履行的义务"), widget=forms.CheckboxSelectMultiple, required=False
    )
    late_reason = forms.CharField(
        label=_("逾期原因"),
        max_length=300,
        required=False,
        help_text=_("谈话晚于所选义务的期限时必填。"),
    )
    follow_up_on = forms.DateField(
        label=_("后续谈话不晚于"), required=False, widget=DayInput, help_text=_("不需要的留空。")
    )

    def __init__(
        self,
        *args: Any,
        kinds: Mapping[str, Text],
        seconds: QuerySet[Person],
        topics: Sequence[str],
        duties: Iterable[DutyShown],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        offer(self, "second", seconds)
        points = self.fields["points"]
        if isinstance(points, TopicsField):
            sent = self.data.getlist("points") if isinstance(self.data, QueryDict) else ()
            points.offer(topics, sent)
        shown = list(duties)
        self.offered = {str(row.duty.pk): row.duty for row in shown}
        _choose(self, "duties", [_of_duty(row) for row in shown])
        _choose(self, "kind", list(_of_kinds(kinds)))
        if not self.offered:
            del self.fields["duties"]
        if len(kinds) < 2:
            del self.fields["kind"]

    def duties_chosen(self) -> list[Duty]:
        """Return the duties that the talk is to satisfy."""
        return [self.offered[key] for key in self.cleaned_data.get("duties", ())]

    def points_told(self) -> list[str]:
        """Return what was talked about: the points chosen, then those written."""
        lines = self.cleaned_data["more_points"].splitlines()
        written = [line.strip() for line in lines if line.strip()]
        return [*self.cleaned_data.get("points", ()), *written]


class ConfirmForm(forms.Form):
    """The person's word that the record is right."""

    remark = forms.CharField(
        label=_("本人意见"),
        max_length=1000,
        required=False,
        widget=_SHORT,
        help_text=_("可以不填。对记录有不同看法的，写在这里，作为补充一并保存。"),
    )


class ScanForm(forms.Form):
    """The signed record as a file."""

    file = forms.FileField(
        label=_("签字的谈话记录"), max_length=255, help_text=_("PDF 或图片（PNG、JPEG）。")
    )


class SupplementForm(forms.Form):
    """What is added to a confirmed record."""

    text = forms.CharField(label=_("补充"), max_length=4000, widget=_LONG)


class CancelForm(forms.Form):
    """Why a planned talk is not held."""

    reason = forms.CharField(label=_("取消原因"), max_length=300, widget=_SHORT)


class TalksForm(forms.Form):
    """Which talks are listed; what makes no sense is left out by the page."""

    kind = forms.CharField(required=False, max_length=40)
    state = forms.ChoiceField(required=False, choices=[("", ""), *Talk.State.choices])
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62)


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, object]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [(code, str(label)) for code, label in choices]


def _in_chinese(text: str) -> SafeString:
    return format_html('<span translate="no">{}</span>', text)


def _of_kinds(kinds: Mapping[str, Text]) -> Iterable[tuple[str, str]]:
    return ((code, label.in_(language_now())) for code, label in kinds.items())


def _of_partner(partner: Partner) -> tuple[str, str]:
    post = partner.post
    return partner.code, f"{partner.person.shown_name} · {post.unit.shown_name} · {post.shown_name}"


def _day(day: date) -> str:
    return date_format(day, "j F Y" if language_now() == "en" else "Y年n月j日")


def _of_duty(row: DutyShown) -> tuple[str, str]:
    duty, parts = row.duty, list[str]()
    if duty.person and duty.post:
        parts += [duty.person.shown_name, duty.post.shown_name]
    if row.label is not None:
        parts.append(row.label.in_(language_now()))
    parts.append(gettext("%(day)s 前") % {"day": _day(duty.due_on)})
    return str(duty.pk), " · ".join(parts)
