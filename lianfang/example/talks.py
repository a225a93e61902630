"""Talks of the example: held and confirmed, held and waiting for the person, planned."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from lianfang.accounts.models import User
from lianfang.duties.actions import planning, talking
from lianfang.duties.models import Duty, Talk
from lianfang.duties.queries.talks import topics_of
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.org.models import Organisation, Person
from lianfang.org.queries.numbers import scheme_of
from lianfang.scheme.model import Scheme

# who talks with whom, by staff number
_AUDITOR, _SECTION, _LATE = "1602", "1604", "1901"
_SATURDAY = 5
_PLACE, _UPSTAIRS = "质量管理处小会议室", "四楼谈话室"
_NOTES = (
    "逐条说明本岗位的风险点和防控措施；提醒遇到亲属、原单位材料主动申请回避，当日报备。\n"
    "询问工作中是否遇到请托、打招呼，本人答没有。"
)
_COMMITMENTS = "知悉要求，严格执行回避和报备规定，接受监督。"


@dataclass(frozen=True, kw_only=True)
class _Talks:
    organisation: Organisation
    logins: dict[str, User]
    calendar: Calendar

    @property
    def scheme(self) -> Scheme:
        return scheme_of(self.organisation, self.calendar.on)

    def owed(self, person: str) -> list[Duty]:
        rows = Duty.objects.filter(organisation=self.organisation, state=Duty.State.OPEN)
        found = rows.filter(kind=Duty.Kind.TALK, person__code=person, actor__isnull=False)
        return list(found.select_related("person", "post", "actor").order_by("due_on", "pk"))

    def plan(self, people: tuple[str, ...], place: str, starts_at: datetime, at: datetime) -> None:
        """Let whoever owes the first of the talks plan one with each of the people."""
        duties = [duty for person in people for duty in self.owed(person)]
        talker = Person.objects.select_related("login").get(duties=duties[0])
        planning.plan_talks(
            duties=duties,
            talker=talker,
            starts_at=starts_at,
            minutes=40,
            place=place,
            scheme=self.scheme,
            on=at.date(),
            by=talker.login,
            at=at,
        )

    def hold(self, person: str, at: datetime) -> None:
        """Record the planned talk with somebody, which satisfies what is owed them."""
        talk = self.talk_with(person)
        talking.record_talk(
            talk=talk,
            said=talking.Said(
                starts_at=talk.starts_at,
                minutes=35,
                place=talk.place,
                points=topics_of(talk.post, at.date())[:3],
                notes=_NOTES,
                commitments=_COMMITMENTS,
            ),
            duties=self.owed(person),
            scheme=self.scheme,
            on=at.date(),
            by=talk.talker.login,
            at=at,
        )

    def confirm(self, login: str, person: str, at: datetime) -> None:
        talking.confirm_talk(talk=self.talk_with(person), remark="", by=self.logins[login], at=at)

    def talk_with(self, person: str) -> Talk:
        rows = Talk.objects.filter(organisation=self.organisation, person__code=person)
        return rows.select_related("post", "talker__login").latest("pk")


def deeds_of_talks(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> list[Deed]:
    """Let a head talk with two of their people, and another one plan a talk that is overdue."""
    talks = _Talks(organisation=organisation, logins=logins, calendar=calendar)
    moment = calendar.moment
    coming = moment(0, 10) + timedelta(days=1)
    while coming.weekday() >= _SATURDAY:
        coming += timedelta(days=1)
    return [
        Deed(moment(7, 9), partial(talks.plan, (_AUDITOR, _SECTION), _PLACE, moment(7, 14))),
        Deed(moment(7, 16), partial(talks.hold, _AUDITOR)),
        Deed(moment(7, 16, 20), partial(talks.hold, _SECTION)),
        Deed(moment(6, 9), partial(talks.confirm, "overseer", _AUDITOR)),
        Deed(moment(5, 14), partial(talks.plan, (_LATE,), _UPSTAIRS, coming)),
    ]
