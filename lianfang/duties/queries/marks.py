"""The marks of a calendar of duties: one sign for a kind of duty, with how it stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from lianfang.duties.models import Duty
from lianfang.duties.rules.looks import Look

Kind = Duty.Kind
# one character where there is hardly room for it; in English two letters
SIGNS: dict[str, Promise | str] = {
    Kind.TALK: pgettext_lazy("duty mark", "谈"),
    Kind.REPORT: pgettext_lazy("duty mark", "报"),
    Kind.INSPECTION: pgettext_lazy("duty mark", "查"),
    Kind.SURVEY: pgettext_lazy("duty mark", "测"),
    Kind.STATEMENT: pgettext_lazy("duty mark", "说"),
    Kind.DISCLOSURE: pgettext_lazy("duty mark", "公"),
    Kind.ROTATION: pgettext_lazy("duty mark", "轮"),
    Kind.VISIT: pgettext_lazy("duty mark", "督"),
    Kind.UNIT_REPORT: pgettext_lazy("duty mark", "单"),
    Kind.MEASURE: pgettext_lazy("duty mark", "措"),
    Kind.LEARNING: pgettext_lazy("duty mark", "学"),
}
LOOKS: dict[Look, Promise | str] = {
    Look.LATE: _("已逾期"),
    Look.SOON: _("五个工作日内到期"),
    Look.OPEN: _("待履行"),
    Look.PLANNED: _("计划"),
    Look.DONE: _("已履行"),
    Look.WAIVED: _("已免除"),
}
_ANY_YEAR = 2000


def month_word(month: int) -> str:
    """Return a month, counted from 1, as a narrow column says it: 5 月, May."""
    return date_format(date(_ANY_YEAR, month, 1), pgettext("date format", "n 月"))


_RANK = {look: rank for rank, look in enumerate(Look)}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A duty as a calendar tells it; `duty` is its key, None where it is worked out only."""

    month: int
    kind: str
    look: Look
    duty: int | None = None


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Duties of a kind that stand alike in a month; `duty` is the key where it is one alone."""

    kind: str
    look: Look
    count: int = 1
    duty: int | None = None

    @property
    def sign(self) -> Promise | str:
        """The sign of the kind."""
        return SIGNS[self.kind]

    @property
    def label(self) -> str:
        """The kind in full."""
        return str(Kind(self.kind).label)

    @property
    def look_label(self) -> Promise | str:
        """How they stand, in words."""
        return LOOKS[self.look]


@dataclass(frozen=True, kw_only=True)
class Months:
    """The marks of a year, month by month, and how many of the duties are done."""

    cells: tuple[tuple[Mark, ...], ...]
    done: int
    owed: int

    @property
    def filled(self) -> tuple[tuple[int, tuple[Mark, ...]], ...]:
        """The months that have marks, counted from 1."""
        return tuple((month, marks) for month, marks in enumerate(self.cells, 1) if marks)


def months_of(told: Iterable[Told]) -> Months:
    """Return duties as marks; what was waived is not owed."""
    found = list(told)
    alone = {(each.month, each.kind, each.look): each.duty for each in found}
    counted = Counter((each.month, each.kind, each.look) for each in found)
    cells: list[list[Mark]] = [[] for _month in range(12)]
    for key in sorted(counted, key=lambda key: (_RANK[key[2]], list(SIGNS).index(key[1]))):
        month, kind, look = key
        count = counted[key]
        duty = alone[key] if count == 1 else None
        cells[month - 1].append(Mark(kind=kind, look=look, count=count, duty=duty))
    return Months(
        cells=tuple(map(tuple, cells)),
        done=sum(each.look is Look.DONE for each in found),
        owed=sum(each.look is not Look.WAIVED for each in found),
    )
