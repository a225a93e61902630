"""People of the example do what they owe: talks, reports, checks, visits, measures (五（五）)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from lianfang.accounts.models import User
from lianfang.duties.actions import planning, talking
from lianfang.duties.actions.closing import waive_duty
from lianfang.duties.actions.evidence import fulfil_with_evidence
from lianfang.duties.models import Duty, Talk
from lianfang.duties.queries.talks import topics_of
from lianfang.duties.rules.talks import kind_for
from lianfang.example.fates import LONG_AHEAD, Fate, closes_on, fate_of
from lianfang.org.models import Organisation, Person
from lianfang.org.queries.numbers import scheme_of

# these follow facts: the rule comes into force, the person moves
_BY_THEMSELVES = ("measure_rule", "rotation_high")
# the unit whose measures with a date are behind
_BEHIND = "CWC"
_WAIVED = (Duty.Kind.TALK, Duty.Kind.VISIT, Duty.Kind.DISCLOSURE, Duty.Kind.INSPECTION)
_EVIDENCE = {
    Duty.Kind.REPORT: "书面报告一份，已交防控责任人。",
    Duty.Kind.UNIT_REPORT: "单位防控情况报告一份，已报纪检监察室。",
    Duty.Kind.INSPECTION: "监督检查记录一份，查阅台账和系统日志，当场反馈。",
    Duty.Kind.STATEMENT: "会议说明一份，存会议记录。",
    Duty.Kind.DISCLOSURE: "在本单位公开栏公开七天，未收到意见。",
    Duty.Kind.VISIT: "督促检查记录一份，听取汇报并抽查台账。",
    Duty.Kind.MEASURE: "对照台账逐条自查，记录存本单位廉政档案。",
    Duty.Kind.LEARNING: "参加中心组织的廉政学习，签到和学时记录存人事处。",
    Duty.Kind.TALK: "谈话记录一份，由谈话人、被谈话人签字，存廉政档案。",
}
_REASON = "当期已按同一要点办理，记录在案，不再重复。"
_LATE = "原定时间与外出评审冲突，改期进行。"
_NOTES = "逐条说明本岗位的风险点和防控措施；询问是否遇到请托、打招呼，本人答没有。"
_COMMITMENTS = "知悉要求，严格执行回避和报备规定，接受监督。"
# a page that says where the signed paper lies
_SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 71>>stream\n"
    b"BT /F 14 Tf 72 760 Td (Example: the signed record is kept on paper.) Tj ET\n"
    b"endstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """Duties of the organisation and those who close them.

    `spared` are the numbers of people and kinds whose duties that fall due from `spared_from` on
    are told one by one elsewhere; `left` those whose talks of that time nobody held.
    """

    organisation: Organisation
    office: User
    officer: User
    spared: Collection[tuple[str, str]]
    left: Collection[str]
    spared_from: date

    def close(self, at: datetime) -> None:
        """Close what it is time for, as it goes with each."""
        groups: dict[tuple[str, int | None], list[Duty]] = defaultdict(list)
        talks: dict[tuple[int | None, int | None], list[Duty]] = defaultdict(list)
        for duty in self._open(at.date()):
            name = _name(duty, self.spared_from)
            fate = _fate(duty, name)
            if closes_on(fate, name, duty.due_on) > at.date():
                continue
            if fate is Fate.WAIVED:
                self._waive(duty, at)
            elif self._is_recorded(duty, at.date()):
                talks[duty.person_id, duty.post_id].append(duty)
            else:
                groups[duty.kind, duty.actor_id].append(duty)
        for talked in talks.values():
            self._talk(talked, at)
        for done in groups.values():
            self._fulfil(done, at)

    def _open(self, on: date) -> Iterable[Duty]:
        rows = Duty.objects.filter(
            organisation=self.organisation,
            state=Duty.State.OPEN,
            opens_on__lte=on,
            due_on__lte=on + timedelta(days=LONG_AHEAD),
        )
        later = Q(due_on__gte=self.spared_from)
        for code, kind in self.spared:
            rows = rows.exclude(later, actor__code=code, kind=kind)
        rows = rows.exclude(later, person__code__in=self.left, kind=Duty.Kind.TALK)
        rows = rows.exclude(later, rule="measure_dated", unit__code=_BEHIND)
        # what was drawn, and what alerts ask for, is done in its own time
        rows = rows.exclude(origin__in=(Duty.Origin.DRAW, Duty.Origin.ALERT))
        named = rows.exclude(rule__in=_BY_THEMSELVES).select_related(
            "unit", "post", "person__login", "measure", "actor__login"
        )
        return named.order_by("due_on", "pk")

    def _is_recorded(self, duty: Duty, on: date) -> bool:
        """Return whether a talk has a record of its own, as all had from some time on."""
        if duty.kind != Duty.Kind.TALK or duty.actor is None:
            return False
        person = duty.person
        sees = duty.actor.login is not None or (person is not None and person.login is not None)
        return sees or on > self.spared_from

    def _by(self, duty: Duty) -> User | None:
        if duty.actor is not None:
            return duty.actor.login if isinstance(duty.actor.login, User) else None
        is_checked = duty.actor_role == Duty.ActorRole.DISCIPLINE_OFFICE
        return self.officer if is_checked else self.office

    def _fulfil(self, duties: list[Duty], at: datetime) -> None:
        fulfil_with_evidence(
            duties=duties,
            done_on=at.date(),
            evidence=_EVIDENCE[Duty.Kind(duties[0].kind)],
            paper=None,
            on=at.date(),
            by=self._by(duties[0]),
            at=at,
        )

    def _waive(self, duty: Duty, at: datetime) -> None:
        waive_duty(duty=duty, reason=_REASON, on=at.date(), by=self.officer, at=at)

    def _talk(self, duties: list[Duty], at: datetime) -> None:
        """Record a talk that was held an hour before, and the paper that both signed."""
        first, on = duties[0], at.date()
        person, post, talker = first.person, first.post, first.actor
        if person is None or post is None or talker is None:
            raise ValueError(f"{first} is no talk with somebody")
        held = [duty for duty in duties if duty.actor_id == talker.pk]
        scheme = scheme_of(self.organisation, on)
        talk = talking.record_unplanned(
            partners=planning.Partners(person=person, post=post, talker=talker),
            kind=kind_for(scheme, first.rule),
            said=talking.Said(
                starts_at=at - timedelta(hours=1),
                minutes=40,
                place=f"{first.unit.name}会议室",
                points=topics_of(post, on)[:3],
                notes=_NOTES,
                commitments=_COMMITMENTS,
                late_reason=_LATE if any(duty.due_on < on for duty in held) else "",
            ),
            duties=held,
            scheme=scheme,
            on=on,
            by=self._by(first),
            at=at,
        )
        self._confirm(talk, person, self._by(first), at)

    def _confirm(self, talk: Talk, person: Person, talker: User | None, at: datetime) -> None:
        if isinstance(person.login, User):
            talking.confirm_talk(talk=talk, remark="", by=person.login, at=at)
            return
        scan = talking.Scan(name="廉政谈话记录（签字）.pdf", chunks=[_SCAN])
        scheme = scheme_of(self.organisation, at.date())
        talking.confirm_by_scan(talk=talk, scan=scan, scheme=scheme, by=talker, at=at)


def _fate(duty: Duty, name: str) -> Fate:
    fate = fate_of(name)
    if fate is Fate.WAIVED and duty.kind not in _WAIVED:
        return Fate.IN_TIME
    if fate is Fate.AHEAD and duty.kind == Duty.Kind.TALK:
        return Fate.IN_TIME
    return fate


def _name(duty: Duty, since: date) -> str:
    """Return what tells a duty from others of its time, without keys and days."""
    measure = duty.measure
    return "|".join(
        (
            duty.rule,
            duty.unit.code,
            duty.post.code if duty.post else "",
            duty.person.code if duty.person else "",
            f"{measure.risk_code} {measure.code}" if measure else "",
            str((since - duty.due_on).days // 100),
        )
    )
