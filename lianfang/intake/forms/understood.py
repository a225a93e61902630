"""How a file is to be read: a choice for each column, each name, and the direction of levels."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec.structs import replace

from lianfang.common.text import squeezed
from lianfang.documents.headers import SURE
from lianfang.documents.model import Direction
from lianfang.intake.rules.books import Books
from lianfang.intake.rules.placing import How, Placed
from lianfang.intake.rules.settings import LEAVE, NEW, Settings
from lianfang.intake.rules.understanding import SeenColumn, SeenTable, Summary
from lianfang.intake.words import COLUMNS

# More names than this are not offered on one page; those recognised by name need no choice.
MOST = 200
Choices = list[tuple[str, str]]
_DIRECTIONS = [
    (Direction.HIGH_FIRST.value, gettext_lazy("第一级最高（一级、Ⅰ、1 是高）")),
    (Direction.LOW_FIRST.value, gettext_lazy("第一级最低（一级、Ⅰ、1 是低）")),
]


class UnderstoodForm(forms.Form):
    """Corrections of a reading; fields are made from what was understood."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    direction = forms.ChoiceField(
        label=gettext_lazy("编号的等级哪头高"),
        choices=_DIRECTIONS,
        widget=forms.RadioSelect,
        required=False,
    )
    unit = forms.ChoiceField(label=gettext_lazy("没写单位的行算哪个单位的"), required=False)
    remember = forms.BooleanField(
        label=gettext_lazy("记住栏目和名称的对应，本单位以后的表都照此读"),
        required=False,
        initial=True,
    )

    def __init__(
        self,
        *args: Any,
        summary: Summary,
        settings: Settings,
        books: Books,
        drafted: Sequence[tuple[str, str]],
        sets_up: bool,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self._settings = settings
        self.columns = columns_of(summary.tables)
        self.units = [unit for unit in summary.units if unit.how is not How.EXACT][:MOST]
        self.posts = [post for post in summary.posts if post.how is not How.EXACT][:MOST]
        self.people = [one for one in summary.people if one.how is not How.EXACT][:MOST]
        self._offer_unit(drafted)
        self._add_columns()
        self._add_units(drafted, sets_up=sets_up)
        self._add_posts(books)
        self._add_people(books, sets_up=sets_up)
        self.fields["direction"].initial = settings.direction.value

    def settings(self) -> Settings:
        """Return the settings as a valid form changes them."""
        sent = self.cleaned_data
        settings = self._settings
        return replace(
            settings,
            direction=Direction(sent["direction"] or settings.direction),
            unit=sent["unit"],
            columns=settings.columns
            | {
                column.key: sent[f"c{place}"]
                for place, column in enumerate(self.columns)
                if sent[f"c{place}"] != column.field or column.confidence < SURE
            },
            units=settings.units | self._chosen("u", self.units),
            posts=settings.posts | self._chosen("p", self.posts),
            people=settings.people | self._chosen("n", self.people),
        )

    def column_rows(self) -> list[tuple[SeenColumn, forms.BoundField]]:
        """Return each column with its field."""
        return [(column, self[f"c{place}"]) for place, column in enumerate(self.columns)]

    def unit_rows(self) -> list[tuple[Placed, forms.BoundField]]:
        """Return each unit with its field."""
        return self._rows("u", self.units)

    def post_rows(self) -> list[tuple[Placed, forms.BoundField]]:
        """Return each post with its field."""
        return self._rows("p", self.posts)

    def person_rows(self) -> list[tuple[Placed, forms.BoundField]]:
        """Return each person with their field."""
        return self._rows("n", self.people)

    def _rows(self, prefix: str, places: list[Placed]) -> list[tuple[Placed, forms.BoundField]]:
        return [(place, self[f"{prefix}{number}"]) for number, place in enumerate(places)]

    def _chosen(self, prefix: str, places: list[Placed]) -> dict[str, str]:
        sent = self.cleaned_data
        return {
            place.key: value
            for number, place in enumerate(places)
            # what was proposed and left so was looked at: it counts as chosen
            if ((value := sent[f"{prefix}{number}"]) and place.how is not How.NEW)
            or value not in ("", NEW)
        }

    def _offer_unit(self, drafted: Sequence[tuple[str, str]]) -> None:
        field: Any = self.fields["unit"]
        field.choices = [("", _("按文件名或所在单位判断")), *drafted]
        field.initial = self._settings.unit

    def _add_columns(self) -> None:
        choices: Choices = [("", _("不归入（原样保留）"))]
        choices += [(field, str(label)) for field, label in COLUMNS.items()]
        for place, column in enumerate(self.columns):
            self._add(f"c{place}", column.header, choices, column.field)

    def _add_units(self, drafted: Sequence[tuple[str, str]], *, sets_up: bool) -> None:
        choices: Choices = [("", _("未定")), *drafted, (LEAVE, _("不导入它的行"))]
        if sets_up:
            choices.insert(1, (NEW, _("新设这个单位")))
        for number, unit in enumerate(self.units):
            self._add(f"u{number}", unit.name, choices, _proposed(unit))

    def _add_posts(self, books: Books) -> None:
        names = {unit.id: unit.name for unit in books.units}
        own: dict[str, Choices] = {}
        others: Choices = []
        for known in books.posts:
            own.setdefault(known.unit, []).append((known.id, known.name))
            others.append((known.id, f"{names.get(known.unit, '')} · {known.name}"))
        for number, post in enumerate(self.posts):
            choices: Any = [
                ("", _("未定")),
                (NEW, _("新设这个岗位")),
                (LEAVE, _("不采用（保留原文）")),
                (_("本单位的岗位"), own.get(post.within, [])),
                (_("全部岗位"), others),
            ]
            self._add(f"p{number}", post.name, choices, _proposed(post))

    def _add_people(self, books: Books, *, sets_up: bool) -> None:
        for number, person in enumerate(self.people):
            same = [
                (known.code, f"{known.name} {known.code}")
                for known in books.people
                if squeezed(known.name) == squeezed(person.name)
            ]
            choices: Choices = [("", _("未定")), (LEAVE, _("不登记任职"))]
            if sets_up:
                choices += [*same, (NEW, _("新登记此人并任此岗"))]
            self._add(f"n{number}", person.name, choices, _proposed(person))

    def _add(self, name: str, label: str, choices: Any, initial: str) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices, required=False, initial=initial
        )


class SortingForm(forms.Form):
    """A phase for each of some measures, as its wording suggests or as somebody chooses."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, keys: Iterable[tuple[str, str, str]], phases: Choices, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self._keys = [key for key, _, _ in keys]
        for number, (_key, text, suggested) in enumerate(keys):
            self.fields[f"m{number}"] = forms.ChoiceField(
                label=text,
                choices=[*phases, ("", _("暂不分"))],
                required=False,
                initial=suggested,
                widget=forms.RadioSelect,
            )

    def phases(self) -> dict[str, str]:
        """Return the phases that a valid form chooses, by the keys of the measures."""
        return {
            key: phase
            for number, key in enumerate(self._keys)
            if (phase := self.cleaned_data[f"m{number}"])
        }


class PairingForm(forms.Form):
    """For each measure of a row, which of the row's risks it answers; or the row as one risk."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)


def columns_of(tables: Sequence[SeenTable]) -> list[SeenColumn]:
    """Return the columns of all tables that have a heading, each heading once."""
    found: dict[str, SeenColumn] = {}
    for table in tables:
        for column in table.columns:
            if column.key:
                found.setdefault(column.key, column)
    return list(found.values())


def _proposed(place: Placed) -> str:
    """Return the choice that stands for how a name was placed."""
    if place.how is How.NEW:
        return NEW
    if place.how is How.LEFT:
        return LEAVE
    return place.code
