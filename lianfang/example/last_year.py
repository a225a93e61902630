"""The year before in the example: its first units filed, two of them twice, and were published."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from lianfang.accounts.models import User
from lianfang.cycles.actions import improving
from lianfang.cycles.actions.review_paper import issue_review
from lianfang.cycles.models import CorrectiveTask, RunningReview
from lianfang.example.deeds import Deed
from lianfang.example.earlier import FIRST_UNITS, UNDATED
from lianfang.example.entries import unit_files
from lianfang.example.moments import TOOK_PART_BEFORE, Calendar
from lianfang.example.yearly import Year
from lianfang.org.models import Organisation, Unit
from lianfang.risks.actions.measures import change_measure, values_of
from lianfang.risks.models import Measure

# published first; returned once and published last; the others in between
_SOON, _TWICE = ("LD", "ZLC", "SLC"), tuple(UNDATED)
_BETWEEN = tuple(unit for unit in FIRST_UNITS if unit not in (*_SOON, *_TWICE))
# for each of these the days ago of the meeting and of the publication
_MEETINGS = ((_SOON, 362, 360), (_BETWEEN, 340, 337), (_TWICE, 332, 328))
_BEGUN, _OVER = "按领导小组会议确定的日期开始", "本阶段工作已全部完成，按会议决定结束"
_ASKED = "事后处置没有写明时限。"
_RETURNED_FOR = "请逐条写明事后处置的时限，再报送。"
# stages with the days ago on which they were opened and closed
_STAGES = (
    ("fill", 399, 372),
    ("collect", 372, 347),
    ("deliberate", 364, 327),
    ("carry_out", 326, 290),
    ("improve", 200, 60),
)
_RAN = (
    "首年由十三个单位先行，均已发布版本，其余单位转入下一年度。\n"
    "谈话、报告、公开和督促检查按期开展，逾期的多数在一个月内补办；"
    "经常性措施每半年确认一次，凭证存各单位廉政档案。"
)
_ADJUST = (
    "事后处置的时限写得不够具体，下一年度逐条补写。\n"
    "同一措施由两个岗位分别落实的，合并后明确一个责任岗位。"
)
# corrective tasks: what a unit is to do, and until how many days from now
_TASKS = (
    ("CWC", "把备用金盘点表的签字改为盘点当日完成，由审核人抽查三个月。", -30),
    ("BGS-CG", "补全上半年询价记录中缺少的报价单，并说明缺少的原因。", -4),
    ("SY1", "评审员回避声明逐份归入项目档案，缺的向本人补要。", 12),
)
_OUTCOMES = (
    "已改为当日签字，三个月抽查十二份，均在当日完成。",
    "补全报价单七份，两份已无法取得，说明存档。",
)


class _LastYear(Year):
    """What was peculiar to that year."""

    def mend(self, unit: str, at: datetime) -> None:
        """Say in the measures that were asked about until when."""
        self.answer(unit, at)
        for code in UNDATED[unit]:
            rows = Measure.objects.filter(risk__organisation=self.organisation, risk__code=code)
            rows = rows.filter(phase="after").select_related("post", "regulation")
            measure, entry = rows.order_by("code")[0], unit_files()[unit].risks[code]
            values = replace(values_of(measure), frequency=entry.after[0].when)
            change_measure(measure=measure, values=values, by=None, at=at)

    @property
    def reviewed(self) -> RunningReview:
        """How the year ran, once it is said."""
        return RunningReview.objects.select_related("cycle__organisation").get(cycle=self.cycle)

    def review(self, at: datetime) -> None:
        """Say how the year ran."""
        improving.record_review(
            cycle=self.cycle,
            ran=_RAN,
            adjust=_ADJUST,
            scheme=self.scheme(at),
            on=at.date(),
            by=self.office,
            at=at,
        )

    def charge(self, today: datetime, at: datetime) -> None:
        """Set the tasks that come of it."""
        for unit, what, days in _TASKS:
            improving.set_task(
                review=self.reviewed,
                unit=Unit.objects.get(organisation=self.organisation, code=unit),
                post=None,
                what=what,
                due_on=today.date() + timedelta(days=days),
                on=at.date(),
                by=self.office,
                at=at,
            )

    def tell(self, at: datetime) -> None:
        """Issue the review as a notice."""
        issue_review(review=self.reviewed, on=at.date(), by=self.office, at=at)

    def task_of(self, place: int) -> CorrectiveTask:
        rows = CorrectiveTask.objects.filter(review__cycle=self.cycle)
        return rows.get(unit__code=_TASKS[place][0])

    def do(self, place: int, at: datetime) -> None:
        """Say what was done of a task."""
        improving.do_task(task=self.task_of(place), outcome=_OUTCOMES[place], by=None, at=at)

    def confirm(self, place: int, at: datetime) -> None:
        """Confirm that a task is done."""
        improving.confirm_task(task=self.task_of(place), on=at.date(), by=self.office, at=at)


def deeds_of_last_year(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> Iterator[Deed]:
    """Run the first year's work from its opening to its running review."""
    year, moment = _LastYear(organisation, logins, calendar.on.year - 1), calendar.moment
    yield Deed(moment(399, 9), year.open)
    for code, opened, closed in _STAGES:
        yield Deed(moment(opened, 9, 10), partial(year.open_stage, code, _BEGUN))
        yield Deed(moment(closed, 17), partial(year.close_stage, code, _OVER))
    yield Deed(moment(TOOK_PART_BEFORE + 1, 9), partial(year.start, FIRST_UNITS))
    yield from _filed(year, calendar)
    for place, (units, met, published) in enumerate(_MEETINGS):
        yield Deed(moment(met, 15), partial(year.decide, units))
        yield Deed(moment(met - 1, 9), partial(year.issue_minutes, place))
        for minute, unit in enumerate(units):
            yield Deed(moment(published, 10, minute), partial(year.publish, unit))
        yield Deed(moment(published, 15), partial(year.issue_notice, place))
    yield Deed(moment(80, 10), year.review)
    yield Deed(moment(78, 10), partial(year.charge, moment(0, 9)))
    yield Deed(moment(77, 10), year.tell)
    yield Deed(moment(40, 10), partial(year.do, 0))
    yield Deed(moment(37, 10), partial(year.confirm, 0))
    yield Deed(moment(6, 15), partial(year.do, 1))


def _filed(year: _LastYear, calendar: Calendar) -> Iterator[Deed]:
    moment = calendar.moment
    for minute, unit in enumerate(FIRST_UNITS):
        yield Deed(moment(374, 10, minute), partial(year.submit, unit))
        yield Deed(moment(371, 9, minute), partial(year.take_up, unit))
    for minute, unit in enumerate(_SOON):
        yield Deed(moment(365, 10, minute), partial(year.conclude, unit))
    for minute, unit in enumerate(_BETWEEN):
        yield Deed(moment(358, 10, minute), partial(year.conclude, unit))
    for minute, unit in enumerate(_TWICE):
        yield Deed(moment(359, 9, minute), partial(year.ask, unit, "C5", _ASKED))
        yield Deed(moment(359, 10, minute), partial(year.send_back, unit, _RETURNED_FOR))
        yield Deed(moment(357, 9, minute), partial(year.resume, unit))
        yield Deed(moment(357, 10, minute), partial(year.mend, unit))
        yield Deed(moment(355, 10, minute), partial(year.submit, unit))
        yield Deed(moment(353, 9, minute), partial(year.take_up, unit))
        yield Deed(moment(348, 9, minute), partial(year.resolve, unit))
        yield Deed(moment(348, 10, minute), partial(year.conclude, unit))
