"""The example's year under way: published, returned, sent again, checked, drafted, not begun."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Count

from lianfang.accounts.models import User
from lianfang.cycles.actions import checking, deciding, filing, naming, publishing, remarks
from lianfang.cycles.actions.cycle import open_cycle, open_stage
from lianfang.cycles.actions.papers import issue_minutes, issue_notice
from lianfang.cycles.actions.proposing import propose_revisions
from lianfang.cycles.actions.revising import open_revision
from lianfang.cycles.models import Cycle, Decision, Filing, Meeting
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.org.models import Organisation, Person, Post, Unit
from lianfang.org.queries.numbers import scheme_of
from lianfang.risks.actions.levels import record_breach
from lianfang.risks.actions.measures import change_measure, values_of
from lianfang.risks.models import Measure, RiskPost
from lianfang.scheme.model import Scheme

# how far the filings of these units have come; others are being drafted
_PUBLISHED = ("ZLC", "ZLC-TS", "JSC", "PDC", "FZC-GJ")
_RETURNED = ("JGC", "SLC")
# mended and sent again, and being checked a second time
_SENT_AGAIN = "SLC"
# the office's own unit, checked by somebody of another one
_CHECKED_BY_NAME = "BGS"
_IN_CHECK = ("GS-PX",)
_SUBMITTED = ("GS-ZH",)
_NOT_STARTED = ("GS-JS",)
# of those published: where a breach was found since, and where a power is being revised
_BREACHED, _REVISED = "ZLC", "PDC"
_ASKED = "事后处置写明了谁来做，没有写明多久之内做完。"
_ANSWER = "已写明时限：发现问题后十个工作日内办结。"
_RETURNED_FOR = "请补写事后处置的时限，并核对监督岗位。"


class _Year:
    """The steps of a year, each by whom it falls to."""

    def __init__(
        self, organisation: Organisation, logins: dict[str, User], calendar: Calendar
    ) -> None:
        self.organisation, self.calendar = organisation, calendar
        self.logins, self.office, self.officer = logins, logins["office"], logins["officer"]
        self.checker = Person.objects.get(login=self.office)
        self.scheme: Scheme = scheme_of(organisation, calendar.on)

    @property
    def cycle(self) -> Cycle:
        return Cycle.objects.get(organisation=self.organisation)

    def open(self, at: datetime) -> None:
        open_cycle(
            organisation=self.organisation,
            year=self.calendar.on.year,
            scheme=self.scheme,
            on=self.calendar.on,
            by=self.office,
            at=at,
        )

    def open_stage(self, at: datetime) -> None:
        open_stage(
            stage=self.cycle.stages.get(code="fill"),
            reason="首年运行，按启动日期开始。",
            on=at.date(),
            by=self.office,
            at=at,
        )

    def start(self, at: datetime) -> None:
        units = self.cycle.filings.exclude(unit__code__in=_NOT_STARTED).order_by("unit__code")
        for minute, found in enumerate(units):
            filing.start_filing(filing=found, by=None, at=at + timedelta(minutes=minute))

    def filing_of(self, unit: str) -> Filing:
        rows = Filing.objects.filter(organisation=self.organisation, revision=None)
        return rows.get(unit__code=unit)

    def submit(self, unit: str, at: datetime) -> None:
        filing.submit_filing(
            filing=self.filing_of(unit),
            statement="对照岗位说明书逐项梳理，风险点和措施已由防控责任人审核。",
            scheme=self.scheme,
            on=self.calendar.on,
            by=None,
            at=at,
        )

    def take_up(self, unit: str, at: datetime) -> None:
        checking.take_up(
            filing=self.filing_of(unit),
            checker=self.checker,
            on=at.date(),
            by=self.office,
            at=at,
        )

    def ask(self, unit: str, check: str, text: str, at: datetime) -> None:
        remarks.raise_remark(
            filing=self.filing_of(unit), check_code=check, text=text, by=self.office, at=at
        )

    def send_back(self, unit: str, reason: str, at: datetime) -> None:
        checking.return_filing(
            filing=self.filing_of(unit),
            reason=reason,
            scheme=self.scheme,
            on=at.date(),
            by=self.office,
            at=at,
        )

    def resume(self, unit: str, at: datetime) -> None:
        filing.resume_filing(
            filing=self.filing_of(unit), scheme=self.scheme, on=at.date(), by=None, at=at
        )

    def mend(self, unit: str, at: datetime) -> None:
        """Answer what was asked, and say in the first two measures afterwards until when."""
        for asked in self.filing_of(unit).remarks.order_by("pk"):
            remarks.answer_remark(remark=asked, answer=_ANSWER, by=None, at=at)
        after = Measure.objects.filter(
            risk__organisation=self.organisation, risk__unit__code=unit, phase="after"
        )
        for measure in after.select_related("post", "regulation").order_by("code")[:2]:
            values = values_of(measure)
            mended = replace(values, text=f"{values.text}，十个工作日内办结")
            change_measure(measure=measure, values=mended, by=None, at=at)

    def name_checker(self, unit: str, login: User, at: datetime) -> None:
        naming.name_checker(
            filing=self.filing_of(unit),
            person=Person.objects.get(login=login),
            reason="",
            on=at.date(),
            by=self.office,
            at=at,
        )

    def conclude(self, unit: str, at: datetime) -> None:
        checking.conclude(
            filing=self.filing_of(unit),
            verdicts={
                check.code: checking.Verdict(is_met=True) for check in self.scheme.checks.five
            },
            scheme=self.scheme,
            by=self.office,
            at=at,
        )

    def decide(self, at: datetime) -> None:
        members = list(deciding.members_of(self.organisation.pk, at.date()).values())
        deciding.record_meeting(
            cycle=self.cycle,
            held_on=at.date(),
            place="三楼会议室",
            present=members,
            votes=[
                deciding.Vote(
                    filing=self.filing_of(unit),
                    outcome=Decision.Outcome.APPROVED,
                    approving=members,
                )
                for unit in _PUBLISHED
            ],
            scheme=self.scheme,
            on=at.date(),
            by=self.office,
            at=at,
        )

    def publish(self, unit: str, at: datetime) -> None:
        publishing.publish(
            filing=self.filing_of(unit),
            effective_from=at.date(),
            scheme=self.scheme,
            on=self.calendar.on,
            by=self.office,
            at=at,
        )

    def issue_minutes(self, at: datetime) -> None:
        issue_minutes(meeting=self.meeting, on=at.date(), by=self.office, at=at)

    def issue_notice(self, at: datetime) -> None:
        issue_notice(meeting=self.meeting, on=at.date(), by=self.office, at=at)

    @property
    def meeting(self) -> Meeting:
        return Meeting.objects.get(organisation=self.organisation)

    def find_breach(self, at: datetime) -> None:
        """Record a breach in the post of the quality unit that carries most risk points."""
        carried = RiskPost.objects.filter(post__unit__code=_BREACHED, post__is_unit_head=False)
        most = carried.values("post").annotate(n=Count("pk")).order_by("-n", "post__code")[0]
        record_breach(
            post=Post.objects.get(pk=most["post"]),
            power=None,
            what="未按规定回避，参与审核亲属所在单位的材料；已批评教育并另行安排复核。",
            reference="",
            found_on=at.date(),
            scheme=self.scheme,
            on=self.calendar.on,
            by=self.officer,
            at=at,
        )

    def revise(self, at: datetime) -> None:
        unit = Unit.objects.get(organisation=self.organisation, code=_REVISED)
        open_revision(
            unit=unit,
            trigger="process_changed",
            reason="受理改为线上办理，原纸质登记环节取消，监督岗位随之调整。",
            powers=list(unit.powers.filter(retired_on=None).order_by("code")[:1]),
            covers_rest=False,
            scheme=self.scheme,
            on=self.calendar.on,
            by=None,
            at=at,
        )

    def propose(self, at: datetime) -> None:
        propose_revisions(
            organisation=self.organisation,
            scheme=self.scheme,
            on=self.calendar.on,
            by=None,
            at=at,
        )


def deeds_of_the_year(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> list[Deed]:
    """Open this year's work and bring the filings of some units some way."""
    year = _Year(organisation, logins, calendar)
    moment = calendar.moment
    return [
        Deed(moment(34, 9), year.open),
        Deed(moment(34, 9, 10), year.open_stage),
        Deed(moment(33, 9), year.start),
        *_submissions(year),
        *_checks(year),
        Deed(moment(10, 15), year.decide),
        *(
            Deed(moment(8, 10, minute), partial(year.publish, unit))
            for minute, unit in enumerate(_PUBLISHED)
        ),
        Deed(moment(9, 9), year.issue_minutes),
        Deed(moment(7, 9), year.issue_notice),
        Deed(moment(6, 11), year.find_breach),
        Deed(moment(5, 10), year.revise),
        Deed(moment(4, 2), year.propose),
    ]


def _submissions(year: _Year) -> Iterator[Deed]:
    moment = year.calendar.moment
    for minute, unit in enumerate((*_PUBLISHED, *_RETURNED, *_IN_CHECK, *_SUBMITTED)):
        yield Deed(moment(25, 10, minute), partial(year.submit, unit))
    for minute, unit in enumerate((*_PUBLISHED, *_RETURNED, *_IN_CHECK)):
        yield Deed(moment(20, 9, minute), partial(year.take_up, unit))


def _checks(year: _Year) -> Iterator[Deed]:
    moment = year.calendar.moment
    for minute, unit in enumerate(_PUBLISHED):
        yield Deed(moment(16, 10, minute), partial(year.conclude, unit))
    for minute, unit in enumerate(_RETURNED):
        yield Deed(moment(15, 9, minute), partial(year.ask, unit, "C5", _ASKED))
        yield Deed(moment(15, 10, minute), partial(year.send_back, unit, _RETURNED_FOR))
    for unit in _IN_CHECK:
        yield Deed(moment(13, 9), partial(year.ask, unit, "C3", "培训报名环节没有风险点，请说明。"))
    yield Deed(moment(12, 9), partial(year.resume, _SENT_AGAIN))
    yield Deed(moment(12, 10), partial(year.mend, _SENT_AGAIN))
    yield Deed(moment(11, 16), partial(year.submit, _SENT_AGAIN))
    yield Deed(moment(10, 9), partial(year.take_up, _SENT_AGAIN))
    yield Deed(moment(10, 9, 5), partial(year.name_checker, _CHECKED_BY_NAME, year.logins["head"]))
