"""A draw of the example and some visits: one finding put right, one still open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lianfang.accounts.models import User
from lianfang.duties.models import Duty, MeasureInForce
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.inspections.actions.correcting import accept_correction, correct_finding
from lianfang.inspections.actions.drawing import draw_sample, freeze_draw
from lianfang.inspections.actions.draws import Planned, plan_draw
from lianfang.inspections.actions.records import (
    Answered,
    Found,
    Written,
    confirm_record,
    write_record,
)
from lianfang.inspections.models import Draw, Finding
from lianfang.inspections.queries.records import measures_of
from lianfang.org.models import Organisation, Person
from lianfang.org.queries.numbers import scheme_of

# the post of the regular check
_CHECKED = "JSC-BZ"
_CORRECTED = "登记簿有两笔没有当日签字。"
_OPEN = "抽查的三份台账中，一份缺复核人签字。"


@dataclass(frozen=True, kw_only=True)
class _Inspecting:
    organisation: Organisation
    logins: dict[str, User]
    calendar: Calendar

    @property
    def draw(self) -> Draw:
        return Draw.objects.get(organisation=self.organisation)

    def plan(self, at: datetime) -> None:
        """Plan the draw of the year, by the closing of an index on the next day."""
        year = at.year
        plan_draw(
            organisation=self.organisation,
            year=year,
            planned=Planned(
                title=f"{year} 年廉洁履责抽查",
                levels=["medium", "low"],
                team=2,
                source="上海证券交易所上证综合指数收盘点位",
                public_on=at.date() + timedelta(days=1),
                due_on=date(year, 12, 31),
            ),
            scheme=scheme_of(self.organisation, at.date()),
            by=self.logins["officer"],
            at=at,
        )

    def freeze(self, at: datetime) -> None:
        scheme = scheme_of(self.organisation, at.date())
        freeze_draw(draw=self.draw, scheme=scheme, on=at.date(), by=self.logins["officer"], at=at)

    def sample(self, at: datetime) -> None:
        draw_sample(
            draw=self.draw,
            value="3986.22",
            scheme=scheme_of(self.organisation, at.date()),
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def visit(self, at: datetime) -> None:
        """Visit the first of those drawn whose post has measures; something is found."""
        rows = self.draw.drawn.filter(duty__isnull=False, inspectors__isnull=False)
        found = list(rows.select_related("duty").distinct().order_by("order"))
        row = next((one for one in found if one.duty and measures_of(one.duty, None)), found[0])
        if row.duty is not None:
            self._record(row.duty, list(row.inspectors.order_by("code")), _CORRECTED, at)

    def check(self, at: datetime) -> None:
        """Make the regular check of a high post; something else is found."""
        officer = Person.objects.get(login=self.logins["officer"])
        rows = Duty.objects.filter(
            organisation=self.organisation,
            rule="check_high",
            state=Duty.State.OPEN,
            opens_on__lte=at.date(),
            post__code=_CHECKED,
        )
        self._record(rows.order_by("due_on", "pk")[0], [officer], _OPEN, at)

    def _record(self, duty: Duty, inspectors: Sequence[Person], what: str, at: datetime) -> None:
        """Write and confirm the record of a visit on which the first measure was wanting."""
        measures = measures_of(duty, None)
        by = next((one.login for one in inspectors if one.login is not None), None)
        record = write_record(
            duty=duty,
            written=Written(
                held_on=at.date(),
                inspectors=inspectors,
                remark="岗位人员熟悉本岗位风险点和防控措施，留痕基本完整。",
                answers=[_answer(place, one, what) for place, one in enumerate(measures)],
                findings=[
                    Found(
                        what=what,
                        due_on=at.date() + timedelta(days=30),
                        measure=measures[0] if measures else None,
                    )
                ],
            ),
            on=at.date(),
            by=by,
            at=at,
        )
        confirm_record(record=record, on=at.date(), by=by, at=at)

    def correct(self, at: datetime) -> None:
        """Put the first finding right."""
        correct_finding(
            finding=self._found(_CORRECTED),
            text="两笔已补签并注明补签日期；即日起由处长每周抽看登记簿。",
            by=None,
            at=at,
        )

    def accept(self, at: datetime) -> None:
        accept_correction(
            finding=self._found(_CORRECTED),
            comment="已查看补签，属实。",
            on=at.date(),
            by=None,
            at=at,
        )

    def _found(self, what: str) -> Finding:
        return Finding.objects.get(record__organisation=self.organisation, what=what)


def _answer(place: int, measure: MeasureInForce, what: str) -> Answered:
    seen = measure.evidence or "台账、登记簿"
    if place == 0:
        return Answered(measure=measure, answer="partly", seen=seen, remark=what)
    return Answered(measure=measure, answer="yes", seen=seen)


def deeds_of_inspections(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> list[Deed]:
    """Let the discipline office draw, visit two of those drawn, and a unit put one thing right."""
    doing, moment = (
        _Inspecting(organisation=organisation, logins=logins, calendar=calendar),
        calendar.moment,
    )
    return [
        Deed(moment(7, 10), doing.plan),
        Deed(moment(7, 10, 30), doing.freeze),
        Deed(moment(6, 16), doing.sample),
        Deed(moment(5, 9), doing.visit),
        Deed(moment(5, 15), doing.check),
        Deed(moment(5, 17, 30), doing.correct),
        Deed(moment(4, 10, 30), doing.accept),
    ]
