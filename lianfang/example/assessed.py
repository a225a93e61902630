"""The yearly check of the example: last year's from opening to correction, this year's in draft."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from lianfang.accounts.models import User
from lianfang.alerts.models import Alert
from lianfang.assessment import access
from lianfang.assessment.actions import (
    agreeing,
    checking,
    confirming,
    drafting,
    following,
    holding,
    objecting,
    opening,
    publishing,
    scoring,
)
from lianfang.assessment.actions.scoring import Given
from lianfang.assessment.models import (
    Accountability,
    AssessedSheet,
    Assessment,
    AssessmentTask,
    Objection,
)
from lianfang.assessment.queries.accountability import candidates_in
from lianfang.assessment.queries.board import units_to_assess
from lianfang.assessment.queries.figures import figures_of
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.accountability import Candidate
from lianfang.assessment.rules.figures import Figure
from lianfang.assessment.rules.scoring import Party, proposed
from lianfang.assessment.rules.sheets import items_of, maximum_of
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.org.models import Organisation, Person
from lianfang.org.queries import standing_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.standing import Standing
from lianfang.risks.models import Breach

# days ago
_DRAFTED, _OPENED, _SELF, _CHECKED, _LED = 78, 75, 64, 57, 53
# five working days to object end within the sixteen days, whatever the holidays
_OBJECTED, _ANSWERED, _CONFIRMED, _PUBLISHED = 52, 44, 36, 34
_ADDED, _VISITED, _SET, _PUT_RIGHT, _ACCEPTED, _USED = 59, 60, 34, 12, 8, 20
_TAKEN_UP, _HEARD, _DECIDED, _CLOSED = 60, 55, 45, 20
_NEXT = 16
_OBJECTING, _VISITED_UNIT, _PRAISED, _TO_MEND = "CWC", "SY1", "ZLC", "BGS-CG"
_BY_HAND = Decimal("0.9")


@dataclass(frozen=True, kw_only=True)
class _Checked:
    organisation: Organisation
    logins: dict[str, User]
    calendar: Calendar

    @property
    def assessment(self) -> Assessment:
        rows = Assessment.objects.select_related("organisation")
        return rows.get(organisation=self.organisation, year=self.calendar.on.year - 1)

    def sheet(self, unit: str) -> AssessedSheet:
        rows = AssessedSheet.objects.select_related("assessment", "unit")
        return rows.get(assessment=self.assessment, unit__code=unit, person=None)

    def standing(self, login: str, at: datetime) -> Standing:
        found = standing_of(self.logins[login], at)
        if found is None:
            raise AssertionError("everybody in the example is somebody")
        return found

    def draft(self, at: datetime) -> None:
        drafting.draft_assessment(
            organisation=self.organisation,
            year=self.calendar.on.year - 1,
            scheme=scheme_of(self.organisation, at.date()),
            by=self.logins["office"],
            at=at,
        )

    def open(self, at: datetime) -> None:
        opening.open_assessment(
            assessment=self.assessment,
            units=units_to_assess(self.standing("office", at)),
            self_until=at.date() + timedelta(days=_OPENED - _SELF + 2),
            on=at.date(),
            by=self.logins["office"],
            at=at,
        )

    def score_themselves(self, at: datetime) -> None:
        """Let each unit and person give what the figures propose, and nine tenths elsewhere."""
        assessment, on = self.assessment, at.date()
        sheets = list(assessment.assessed.select_related("person__login").order_by("pk"))
        figures = figures_of(assessment, sheets, on)
        for sheet in sheets:
            scoring.give_points(
                sheet=sheet,
                party=Party.SELF,
                given=dict(_own(sheet, assessment, figures[sheet.pk])),
                is_sent=True,
                on=on,
                by=sheet.person.login if sheet.person else None,
                at=at,
            )

    def visit(self, at: datetime) -> None:
        """Check a unit on the spot."""
        checking.record_site_check(
            sheet=self.sheet(_VISITED_UNIT),
            held_on=at.date(),
            people=[Person.objects.get(login=self.logins["officer"])],
            facts="抽查派组记录二十份，回避声明齐全；两份派组理由写得过于简单，当场补写。",
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def praise(self, at: datetime) -> None:
        """Add points to a unit."""
        checking.adjust(
            sheet=self.sheet(_PRAISED),
            points=Decimal(2),
            reason="内审发现逐项销号的做法在上级机关交流会上介绍。",
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def check(self, at: datetime) -> None:
        """Let the discipline office score, and of its own unit and people those who oversee it."""
        assessment = self.assessment
        for login in ("officer", "overseer"):
            rows = access.sheets_to_score(self.standing(login, at), assessment, Party.OFFICE)
            agreeing.score_by_figures(
                assessment=assessment,
                sheets=list(rows),
                on=at.date(),
                by=self.logins[login],
                at=at,
            )
        self._others(AssessedSheet.Step.OFFICE, at)

    def lead(self, at: datetime) -> None:
        """Let the head of the leadership agree."""
        standing, assessment = self.standing("secretary", at), self.assessment
        rows = access.sheets_to_score(standing, assessment, Party.LEADERSHIP)
        agreeing.agree_with_office(
            assessment=assessment,
            sheets=list(rows),
            on=at.date(),
            by=self.logins["secretary"],
            at=at,
        )

    def object(self, at: datetime) -> None:
        objecting.object_to(
            sheet=self.sheet(_OBJECTING),
            text="备用金盘点已于每月当日完成，只是凭证次月归档，请核对“措施落实”一项。",
            on=at.date(),
            by=None,
            at=at,
        )

    def answer(self, at: datetime) -> None:
        objecting.answer_objection(
            objection=Objection.objects.get(sheet__assessment=self.assessment),
            is_upheld=False,
            answer="已核对：评分按系统确认的日期计算，次月归档的不影响该项，评分无误，维持。",
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def confirm(self, at: datetime) -> None:
        """Let the leading group confirm: its head, of the head's kin somebody else of it."""
        assessment = self.assessment
        standing = self.standing("secretary", at)
        own = list(access.sheets_to_confirm(standing, assessment))
        rest = assessment.assessed.filter(step=AssessedSheet.Step.SCORED).exclude(
            pk__in=[sheet.pk for sheet in own]
        )
        for sheets, by in ((own, self.logins["secretary"]), (list(rest), None)):
            if sheets:
                confirming.confirm_sheets(
                    assessment=assessment, sheets=sheets, on=at.date(), by=by, at=at
                )

    def publish(self, at: datetime) -> None:
        publishing.publish_results(
            assessment=self.assessment,
            scope=Assessment.Scope.EVERYBODY,
            on=at.date(),
            by=self.logins["office"],
            at=at,
        )

    def charge(self, at: datetime) -> None:
        following.set_task(
            sheet=self.sheet(_TO_MEND),
            what="询价记录补全报价单，缺的写明原因；此后每月末由科长核对一次。",
            due_on=at.date() + timedelta(days=30),
            on=at.date(),
            by=self.logins["office"],
            at=at,
        )

    @property
    def task(self) -> AssessmentTask:
        return AssessmentTask.objects.get(sheet__assessment=self.assessment)

    def put_right(self, at: datetime) -> None:
        following.do_task(
            task=self.task,
            outcome="补全报价单九份，说明原因两份；已连续两个月末核对，记录存科内。",
            on=at.date(),
            by=None,
            at=at,
        )

    def accept(self, at: datetime) -> None:
        following.confirm_task(task=self.task, on=at.date(), by=self.logins["office"], at=at)

    def use(self, at: datetime) -> None:
        """Note where a result was used."""
        following.record_use(
            sheet=self.sheet(_PRAISED),
            use="reward",
            used_on=at.date(),
            how="列为年度先进处室的依据之一。",
            scheme=scheme_of(self.organisation, at.date()),
            on=at.date(),
            by=self.logins["office"],
            at=at,
        )

    def draft_next(self, at: datetime) -> None:
        """Draft this year's sheets, and move a point from one item to another."""
        scheme, by = scheme_of(self.organisation, at.date()), self.logins["office"]
        made = drafting.draft_assessment(
            organisation=self.organisation, year=self.calendar.on.year, scheme=scheme, by=by, at=at
        )
        reason = "上年度运行评价要求突出研究部署。"
        for code, maximum in (("arranged", 6), ("on_time", 19)):
            item = next(i for i in items_of(sheet_in(made, "units")) if i.code == code)
            drafting.change_item(
                assessment=made,
                sheet="units",
                code=code,
                maximum=Decimal(maximum),
                standard=item.standard.zh,
                reason=reason,
                by=by,
                at=at,
            )

    def _others(self, step: AssessedSheet.Step, at: datetime) -> None:
        """Score what those with a login stay out of by a member without one."""
        assessment = self.assessment
        left: Sequence[AssessedSheet] = list(assessment.assessed.filter(step=step))
        if left:
            agreeing.score_by_figures(
                assessment=assessment, sheets=left, on=at.date(), by=None, at=at
            )


@dataclass(frozen=True, kw_only=True)
class _Held:
    """The holder of the post in which a breach was found is held to account."""

    organisation: Organisation
    logins: dict[str, User]

    @property
    def breach(self) -> Breach:
        return Breach.objects.filter(organisation=self.organisation).order_by("found_on")[0]

    @property
    def matter(self) -> Accountability:
        return Accountability.objects.get(organisation=self.organisation, breach=self.breach)

    def candidate(self, on: date) -> Candidate:
        found = candidates_in(
            self.organisation.pk, self.breach.found_on.year, on, among=Alert.objects.all()
        )
        return next(one for one in found if one.kind == "holder")

    def open(self, at: datetime) -> None:
        on = at.date()
        holding.open_matter(
            organisation=self.organisation,
            candidate=self.candidate(on),
            facts="会前未核对回避名单，一名应回避的委员到会表决；已重新表决，没有造成损失。",
            year=self.breach.found_on.year,
            scheme=scheme_of(self.organisation, on),
            on=on,
            by=self.logins["officer"],
            at=at,
        )

    def hear(self, at: datetime) -> None:
        holding.record_hearing(
            matter=self.matter,
            heard_on=at.date(),
            hearing="承认会前核对被省略，愿意承担责任；此后每次会前由两人核对名单。",
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def decide(self, at: datetime) -> None:
        holding.decide_matter(
            matter=self.matter,
            decision="给予批评教育，责令书面检查，并在处务会上作出说明。",
            effect="当年不参加先进个人评选",
            effect_until=date(at.year, 12, 31),
            on=at.date(),
            by=self.logins["secretary"],
            at=at,
        )

    def close(self, at: datetime) -> None:
        holding.close_matter(matter=self.matter, on=at.date(), by=self.logins["officer"], at=at)


def deeds_of_assessment(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> Iterator[Deed]:
    """Check last year's work from draft to correction, hold somebody to account, draft anew."""
    moment = calendar.moment
    checked = _Checked(organisation=organisation, logins=logins, calendar=calendar)
    held = _Held(organisation=organisation, logins=logins)
    yield Deed(moment(_DRAFTED, 10), checked.draft)
    yield Deed(moment(_OPENED, 9), checked.open)
    yield Deed(moment(_SELF, 16), checked.score_themselves)
    yield Deed(moment(_VISITED, 10), checked.visit)
    yield Deed(moment(_ADDED, 15), checked.praise)
    yield Deed(moment(_CHECKED, 15), checked.check)
    yield Deed(moment(_LED, 10), checked.lead)
    yield Deed(moment(_OBJECTED, 10), checked.object)
    yield Deed(moment(_ANSWERED, 16), checked.answer)
    yield Deed(moment(_CONFIRMED, 15), checked.confirm)
    yield Deed(moment(_PUBLISHED, 10), checked.publish)
    yield Deed(moment(_SET, 11), checked.charge)
    yield Deed(moment(_PUT_RIGHT, 10), checked.put_right)
    yield Deed(moment(_ACCEPTED, 15), checked.accept)
    yield Deed(moment(_USED, 15), checked.use)
    yield Deed(moment(_NEXT, 10, 30), checked.draft_next)
    yield Deed(moment(_TAKEN_UP, 9, 20), held.open)
    yield Deed(moment(_HEARD, 14, 20), held.hear)
    yield Deed(moment(_DECIDED, 15, 20), held.decide)
    yield Deed(moment(_CLOSED, 9, 20), held.close)


def _own(
    sheet: AssessedSheet, assessment: Assessment, figures: dict[str, Figure]
) -> Iterator[tuple[str, Given]]:
    for item in items_of(sheet_in(assessment, sheet.kind)):
        figure, most = figures.get(item.code), maximum_of(item)
        told = proposed(figure.share, most) if figure is not None else None
        points = told if told is not None else (most * _BY_HAND).quantize(Decimal("0.1"))
        yield item.code, Given(points=points)
