"""People, bodies and calendars: shapes of what is sent in."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.common.choosing import RowField, offer
from lianfang.common.days import DayInput
from lianfang.org.forms.units import Versioned
from lianfang.org.models import Body, Membership, Person, Unit

_PARTY = [("", _("未登记")), ("yes", _("是")), ("no", _("否"))]


class PersonForm(Versioned):
    """A person; what is not on record stays so."""

    code = forms.CharField(label=_("工号"), max_length=40)
    name = forms.CharField(label=_("姓名"), max_length=100)
    name_en = forms.CharField(label=_("英文姓名"), max_length=160, required=False)
    party = forms.ChoiceField(label=_("中共党员"), choices=_PARTY, required=False)

    def values(self) -> dict[str, object]:
        """Return the fields of a valid form as the model has them."""
        told = {"yes": True, "no": False}
        data = self.cleaned_data
        return {
            "code": data["code"],
            "name": data["name"],
            "name_en": data["name_en"],
            "is_party_member": told.get(data["party"]),
        }

    @staticmethod
    def initial_of(person: Person) -> dict[str, object]:
        """Return what the form shows of a stored person."""
        party = {True: "yes", False: "no", None: ""}[person.is_party_member]
        return {
            "code": person.code,
            "name": person.name,
            "name_en": person.name_en,
            "party": party,
            "version": person.version,
        }


class LeaveForm(forms.Form):
    """From which day somebody is no longer here."""

    on = forms.DateField(label=_("自何日起离开"), widget=DayInput)


class QualificationForm(forms.Form):
    """A qualification with its number and validity."""

    name = forms.CharField(label=_("资格"), max_length=100)
    number = forms.CharField(label=_("证书编号"), max_length=60, required=False)
    valid_to = forms.DateField(label=_("有效期至"), widget=DayInput, required=False)


class KinshipForm(forms.Form):
    """A relative: one of the staff, or somebody by name."""

    relation = forms.CharField(label=_("关系"), max_length=40, help_text=_("例如：配偶、兄弟"))
    relative = RowField(label=_("本单位人员"), required=False)
    relative_name = forms.CharField(
        label=_("亲属姓名"), max_length=100, required=False, help_text=_("不在本单位时填写")
    )
    note = forms.CharField(label=_("所在单位及与本单位业务的关系"), max_length=200, required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "relative", people.order_by("code"))


class BodyForm(forms.Form):
    """A body of one of the four kinds, and the unit that does its work."""

    kind = forms.ChoiceField(label=_("类型"), choices=Body.Kind.choices)
    name = forms.CharField(label=_("名称"), max_length=100)
    name_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    unit = RowField(label=_("承担单位"), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "unit", units.filter(retired_on=None).order_by("order"))


class MemberForm(forms.Form):
    """Somebody into a body, from a day on."""

    person = RowField(label=_("人员"))
    role = forms.ChoiceField(label=_("职务"), choices=Membership.Role.choices)
    from_on = forms.DateField(label=_("起"), widget=DayInput)

    def __init__(self, *args: Any, people: QuerySet[Person], **kw: Any) -> None:
        super().__init__(*args, **kw)
        offer(self, "person", people.filter(left_on=None).order_by("code"))


class PeopleFilter(forms.Form):
    """What narrows the list of people."""

    q = forms.CharField(label=_("姓名或工号"), max_length=60, required=False)
    unit = forms.IntegerField(required=False)
    left = forms.BooleanField(label=_("已离开"), required=False)
    after = forms.CharField(max_length=40, required=False)


class CalendarForm(forms.Form):
    """A file with the holidays of a year."""

    file = forms.FileField(
        label=_("日历文件"),
        validators=[FileExtensionValidator(["csv", "xlsx"])],
        help_text=_("CSV 或 Excel，三列：日期、类型（休或班）、名称"),
    )
