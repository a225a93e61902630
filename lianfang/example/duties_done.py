"""What people of the example did of their duties since the first editions, and what they missed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db.models import QuerySet

from lianfang.accounts.models import User
from lianfang.duties.actions import rotation
from lianfang.duties.actions.appointing import confirm_appointment
from lianfang.duties.actions.evidence import Paper, fulfil_with_evidence
from lianfang.duties.actions.reconcile import reconcile
from lianfang.duties.models import Duty
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.org.models import Appointment, Organisation, Person, Post

# units that confirmed measures, how many of them, and how many days ago
_CONFIRMED = (("ZLC", 12, 6), ("PDC", 9, 5), ("ZLC-TS", 8, 5))
# somebody who came into a high post without the talk before it
_CAME, _WITHOUT_TALK = "ZLC-TX", "PDC-PD"
_ROTATES, _GOES_TO = "ZLC-NS", "ZLC-TX"
_STAYS = "PDC-PD"
_NOTE = (
    "措施落实自查记录\n\n"
    "抽查台账、登记簿和系统日志，与措施逐条对照，均有记录可查。\n"
    "自查人签字，原件存本单位廉政档案。\n"
)


@dataclass(frozen=True)
class _Doing:
    """Duties of the organisation, done by the people they fall to."""

    organisation: Organisation
    logins: dict[str, User]
    calendar: Calendar

    def confirm(self, unit: str, many: int, at: datetime) -> None:
        """Confirm the first measures of a unit, with a note as evidence."""
        rows = self._open().filter(rule="measure_recurring", unit__code=unit)
        fulfil_with_evidence(
            duties=list(rows.order_by("measure__risk_code", "measure__code")[:many]),
            done_on=at.date(),
            evidence="对照台账逐条自查，记录存本单位廉政档案。",
            paper=Paper(name="措施落实自查记录.txt", chunks=[_NOTE.encode()]),
            on=at.date(),
            by=None,
            at=at,
        )

    def come(self, at: datetime) -> None:
        """Let somebody begin in a high post as well, before anybody talked to them."""
        seat = self._seat(_CAME)
        confirm_appointment(
            person=seat.person,
            post=self._post(_WITHOUT_TALK),
            from_on=at.date(),
            kind=Appointment.Kind.CONCURRENT,
            document="示评人〔兼职〕2号",
            on=at.date(),
            by=self.logins["system"],
            at=at,
        )

    def plan(self, at: datetime) -> None:
        """Plan where the auditor goes when the term ends."""
        seat = self._seat(_ROTATES)
        rotation.plan_move(
            person=seat.person,
            post=seat.post,
            move=rotation.Move(
                to_post=self._post(_GOES_TO),
                planned_on=at.date() + timedelta(days=120),
                note="与体系文件岗对调，提前一个月交接在办项目。",
            ),
            by=self.logins["office"],
            at=at,
        )

    def stay(self, at: datetime) -> None:
        """Let the assessor stay until a project ends."""
        seat = self._seat(_STAYS)
        leaders = Person.objects.filter(login=self.logins["secretary"])
        rotation.exempt(
            person=seat.person,
            post=seat.post,
            staying=rotation.Staying(
                reason="承担的国际互认评审项目未结束，暂无合适人选接替。",
                approver=leaders.get(),
                control="评定意见由两人会签，每季度由纪检监察室抽查评定档案。",
                from_on=at.date(),
                until_on=at.date() + timedelta(days=540),
            ),
            on=at.date(),
            by=self.logins["office"],
            at=at,
        )

    def reconcile(self, at: datetime) -> None:
        """Do what the night does: learning is owed by everybody."""
        reconcile(organisation=self.organisation, on=at.date(), by=None, at=at)

    def _open(self) -> QuerySet[Duty]:
        return Duty.objects.filter(organisation=self.organisation, state=Duty.State.OPEN)

    def _post(self, code: str) -> Post:
        return Post.objects.get(organisation=self.organisation, code=code)

    def _seat(self, code: str) -> Appointment:
        """Return who has held a post longest."""
        rows = Appointment.objects.filter(post=self._post(code), to_on=None, withdrawn_at=None)
        return rows.select_related("person", "post").order_by("from_on", "pk")[0]


def deeds_of_duties(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> Iterator[Deed]:
    """Let some of what the first editions ask be done, some be waived, one thing be missed."""
    doing, moment = _Doing(organisation, logins, calendar), calendar.moment
    for minute, (unit, many, days) in enumerate(_CONFIRMED):
        yield Deed(moment(days, 16, minute), partial(doing.confirm, unit, many))
    yield Deed(moment(5, 17, 10), doing.plan)
    yield Deed(moment(5, 17, 20), doing.stay)
    yield Deed(moment(4, 9), doing.come)
    yield Deed(moment(4, 10), doing.reconcile)
