"""The steps of a year's work in the example: filed, checked, decided, published (六)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil

from lianfang.accounts.models import User
from lianfang.cycles.actions import checking, deciding, filing, naming, publishing, remarks
from lianfang.cycles.actions.cycle import close_stage, open_cycle, open_stage
from lianfang.cycles.actions.papers import issue_minutes, issue_notice
from lianfang.cycles.models import Cycle, Decision, Filing, Meeting
from lianfang.example.moments import counted_on
from lianfang.org.models import Organisation, Person
from lianfang.org.queries.numbers import scheme_of
from lianfang.risks.actions.reviewing import confirm_unchanged
from lianfang.risks.models import RiskPoint
from lianfang.scheme.model import Scheme

_STATEMENT = "对照岗位说明书逐项梳理，风险点和措施已由防控责任人审核。"
_ANSWER = "已写明时限：发现问题后十个工作日内办结。"


class Year:
    """The steps of one year's work, each by whom it falls to."""

    def __init__(self, organisation: Organisation, logins: dict[str, User], year: int) -> None:
        self.organisation, self.year = organisation, year
        self.logins, self.office, self.officer = logins, logins["office"], logins["officer"]
        self.checker = Person.objects.get(login=self.office)

    @property
    def cycle(self) -> Cycle:
        return Cycle.objects.get(organisation=self.organisation, year=self.year)

    @property
    def meetings(self) -> list[Meeting]:
        """The meetings of the year, in their order."""
        return list(Meeting.objects.filter(cycle=self.cycle).order_by("held_on", "pk"))

    def scheme(self, at: datetime) -> Scheme:
        """Return the scheme with the numbers of that day."""
        return scheme_of(self.organisation, at.date())

    def open(self, at: datetime) -> None:
        open_cycle(
            organisation=self.organisation,
            year=self.year,
            scheme=self.scheme(at),
            on=at.date(),
            by=self.office,
            at=at,
        )

    def open_stage(
        self, code: str, reason: str, at: datetime, *, ends_on: date | None = None
    ) -> None:
        """Open a stage, to end as planned unless that is before the other day."""
        stage = self.cycle.stages.get(code=code)
        late = ends_on if ends_on is not None and ends_on > stage.ends_on else None
        open_stage(stage=stage, reason=reason, ends_on=late, on=at.date(), by=self.office, at=at)

    def close_stage(self, code: str, reason: str, at: datetime) -> None:
        stage = self.cycle.stages.get(code=code)
        close_stage(stage=stage, reason=reason, on=at.date(), by=self.office, at=at)

    def start(self, units: Collection[str], at: datetime) -> None:
        """Begin the filings of units."""
        found = self.cycle.filings.filter(revision=None, unit__code__in=units)
        for minute, one in enumerate(found.order_by("unit__code")):
            filing.start_filing(filing=one, by=None, at=at + timedelta(minutes=minute))

    def filing_of(self, unit: str) -> Filing:
        return self.cycle.filings.get(revision=None, unit__code=unit)

    def go_over(self, unit: str, share: Fraction, at: datetime) -> None:
        """Confirm a share of a unit's risk points as they stand (六（五）)."""
        risks = RiskPoint.objects.filter(
            organisation=self.organisation, unit__code=unit, retired_on=None
        )
        known = list(risks.order_by("code").values_list("pk", "version"))
        confirm_unchanged(
            organisation=self.organisation,
            versions=dict(known[: ceil(len(known) * share)]),
            on=counted_on(at, self.year),
            by=None,
            at=at,
        )

    def submit(self, unit: str, at: datetime) -> None:
        filing.submit_filing(
            filing=self.filing_of(unit),
            statement=_STATEMENT,
            scheme=self.scheme(at),
            on=at.date(),
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
            scheme=self.scheme(at),
            on=at.date(),
            by=self.office,
            at=at,
        )

    def resume(self, unit: str, at: datetime) -> None:
        filing.resume_filing(
            filing=self.filing_of(unit), scheme=self.scheme(at), on=at.date(), by=None, at=at
        )

    def answer(self, unit: str, at: datetime) -> None:
        """Answer what was asked about a unit's filing."""
        for asked in self.filing_of(unit).remarks.order_by("pk"):
            remarks.answer_remark(remark=asked, answer=_ANSWER, by=None, at=at)

    def resolve(self, unit: str, at: datetime) -> None:
        """Close what was asked about a unit's filing, for it is mended."""
        for asked in self.filing_of(unit).remarks.order_by("pk"):
            remarks.resolve_remark(remark=asked, by=self.office, at=at)

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
                check.code: checking.Verdict(is_met=True) for check in self.scheme(at).checks.five
            },
            scheme=self.scheme(at),
            by=self.office,
            at=at,
        )

    def decide(self, units: Collection[str], at: datetime) -> None:
        """Record a meeting in which everybody was there and in favour."""
        members = list(deciding.members_of(self.organisation.pk, at.date()).values())
        approved = Decision.Outcome.APPROVED
        deciding.record_meeting(
            cycle=self.cycle,
            held_on=at.date(),
            place="三楼会议室",
            present=members,
            votes=[
                deciding.Vote(filing=self.filing_of(unit), outcome=approved, approving=members)
                for unit in units
            ],
            scheme=self.scheme(at),
            on=at.date(),
            by=self.office,
            at=at,
        )

    def publish(self, unit: str, at: datetime) -> None:
        publishing.publish(
            filing=self.filing_of(unit),
            effective_from=at.date(),
            scheme=self.scheme(at),
            on=at.date(),
            by=self.office,
            at=at,
        )

    def issue_minutes(self, place: int, at: datetime) -> None:
        issue_minutes(meeting=self.meetings[place], on=at.date(), by=self.office, at=at)

    def issue_notice(self, place: int, at: datetime) -> None:
        issue_notice(meeting=self.meetings[place], on=at.date(), by=self.office, at=at)
