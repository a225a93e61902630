"""Signs of the example in every state: new, late, with the owner, up, closed, struck.

One module: what was noticed stands beside what is done about it, day by day, and is read together.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from lianfang.accounts.models import User
from lianfang.alerts.actions import letters, moving
from lianfang.alerts.actions.adding import add_to_alert
from lianfang.alerts.actions.recording import open_alert
from lianfang.alerts.actions.steps import Paper
from lianfang.alerts.models import Alert, AlertLetter
from lianfang.alerts.rules.letters import draft_of
from lianfang.documents.writing.official_pdf import record_pdf
from lianfang.duties.actions import planning, talking
from lianfang.duties.models import Duty
from lianfang.duties.queries.talk_paper import told_of
from lianfang.duties.rules.talk_paper import record_of
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.org.models import Organisation, Person, Unit
from lianfang.org.queries.numbers import scheme_of
from lianfang.scheme.model import Scheme

_SECOND = "1902"
_NOTES = "向本人说明了解到的情况，本人作了说明；提醒对照岗位防控措施逐条检查，今后先报备再参加。"
_COMMITMENTS = "接受提醒，今后严格执行报备和回避的规定。"


@dataclass(frozen=True, kw_only=True)
class _Sign:
    """What was noticed, by whom, about whom or which unit; people by staff number."""

    name: str
    what: str
    by: str
    people: tuple[str, ...] = ()
    unit: str = ""
    channel: str = "daily"
    trigger: str = "closeness"
    gravity: str = "ordinary"


_SIGNS = {
    each.name: each
    for each in (
        _Sign(
            name="dinners",
            what="核对差旅单时发现，三月两次评审期间的晚餐由被评审机构承担，没有按规定交纳餐费，"
            "也没有报备。",
            by="head",
            people=("1904",),
        ),
        _Sign(
            name="dinners-before",
            what="被评审机构反馈表中写明“评审后共进晚餐”，本人当时没有报备。",
            by="head",
            people=("1904",),
        ),
        _Sign(
            name="forum",
            what="行业论坛有帖子称找人可以“加急”受理，没有指名。",
            by="leader",
            unit="SLC",
            channel="opinion",
            trigger="unreasonable",
        ),
        _Sign(
            name="post-change",
            what="宣布轮岗安排后，本人在处务会上多次拒绝交接，并要求继续负责原来的两家机构。",
            by="head",
            people=("1903",),
            trigger="resistance",
        ),
        _Sign(
            name="money",
            what="来信称其在评审费用结算中要求机构另付“劳务费”，附转账截图。",
            by="head",
            people=("1911",),
            channel="letters",
            trigger="suspicion",
            gravity="serious",
        ),
        _Sign(
            name="consulting",
            what="本人朋友圈多次出现某咨询公司活动照片，该公司为本处两家机构提供认可咨询。",
            by="head",
            people=("1911",),
        ),
        _Sign(
            name="buying",
            what="半年内同一供应商分四次中标，合计金额超过公开招标限额，拆分理由不充分。",
            by="officer",
            unit="BGS-CG",
            trigger="weighty_breach",
            gravity="serious",
        ),
        _Sign(
            name="gifts",
            what="年节前收受被评审机构寄送的土特产，事后自行折价付款，未报告。",
            by="head",
            people=("1903",),
        ),
        _Sign(
            name="share",
            what="例外选派的比例为 7.5%，高于全年平均。",
            by="",
            unit="SY1",
            channel="indicator",
            trigger="unreasonable",
        ),
        _Sign(
            name="travel",
            what="连续三次出差由同一机构安排住宿，超出标准部分由对方承担。",
            by="head",
            people=("1911",),
        ),
        _Sign(
            name="leader",
            what="评定会前向两名评定员打招呼，要求“从快从宽”。",
            by="officer",
            people=("1004",),
            channel="letters",
            trigger="undue_influence",
            gravity="serious",
        ),
        _Sign(
            name="mistaken",
            what="记录人把同名的外聘评审员误记为本处人员。",
            by="head",
            people=("1902",),
        ),
    )
}


@dataclass(frozen=True, kw_only=True)
class _Signs:
    organisation: Organisation
    logins: dict[str, User]
    calendar: Calendar
    made: dict[str, int]

    @property
    def scheme(self) -> Scheme:
        return scheme_of(self.organisation, self.calendar.on)

    def notice(self, name: str, at: datetime) -> None:
        """Record a sign, noticed the day before."""
        sign = _SIGNS[name]
        login = self.logins.get(sign.by)
        unit = Unit.objects.filter(organisation=self.organisation, code=sign.unit).first()
        alert = open_alert(
            organisation=self.organisation,
            channel=sign.channel,
            trigger=sign.trigger,
            gravity=sign.gravity,
            what=sign.what,
            noticed_on=at.date() - timedelta(days=1),
            unit=unit,
            people=[self._person(code) for code in sign.people],
            recorded_by=Person.objects.filter(login=login).first() if login else None,
            scheme=self.scheme,
            on=at.date(),
            by=login,
            at=at,
        )
        self.made[name] = alert.pk

    def triage(self, name: str, way: str, by: str, reason: str, at: datetime) -> None:
        moving.triage_alert(
            alert=self._alert(name),
            way=way,
            reason=reason,
            scheme=self.scheme,
            on=at.date(),
            by=self.logins[by],
            at=at,
        )

    def begin(self, name: str, by: str, at: datetime) -> None:
        moving.begin_alert(alert=self._alert(name), on=at.date(), by=self.logins[by], at=at)

    def measure(self, name: str, rung: str, reason: str, at: datetime) -> None:
        moving.take_measure(
            alert=self._alert(name),
            rung=rung,
            reason=reason,
            scheme=self.scheme,
            on=at.date(),
            by=self.logins["head"],
            at=at,
        )

    def talk(self, name: str, kind: str, at: datetime) -> None:
        """Hold the talk that an alert asks for, two to one, and file the signed record."""
        duty = Duty.objects.select_related("person", "post", "actor__login").get(
            pk=self._alert(name).asks.get().duty_id
        )
        if duty.person is None or duty.post is None or duty.actor is None:
            raise AssertionError("a talk is with somebody in a post")
        second = self._person(_SECOND)
        talk = planning.plan_talk(
            partners=planning.Partners(
                person=duty.person, post=duty.post, talker=duty.actor, second=second
            ),
            kind=kind,
            starts_at=at - timedelta(hours=1),
            place="评审一处小会议室",
            duties=[duty],
            scheme=self.scheme,
            on=at.date(),
            by=duty.actor.login,
            at=at - timedelta(hours=2),
        )
        talk = talking.record_talk(
            talk=talk,
            said=talking.Said(
                starts_at=talk.starts_at,
                minutes=40,
                place=talk.place,
                points=["报备和回避的规定"],
                notes=_NOTES,
                commitments=_COMMITMENTS,
                second=second,
            ),
            duties=[duty],
            scheme=self.scheme,
            on=at.date(),
            by=duty.actor.login,
            at=at,
        )
        signed = record_pdf(record_of(told_of(talk, self.scheme)))
        talking.confirm_by_scan(
            talk=talk,
            scan=talking.Scan(name=f"{talk.mark}签字件.pdf", chunks=[signed]),
            scheme=self.scheme,
            by=duty.actor.login,
            at=at + timedelta(minutes=30),
        )

    def close(self, name: str, outcome: str, by: str, reason: str, at: datetime) -> None:
        moving.close_alert(
            alert=self._alert(name),
            outcome=outcome,
            reason=reason,
            scheme=self.scheme,
            on=at.date(),
            by=self.logins[by],
            at=at,
        )

    def strike(self, name: str, at: datetime) -> None:
        moving.strike_alert(
            alert=self._alert(name),
            reason="登记错误：同名的外聘评审员，不是本处人员。",
            on=at.date(),
            by=self.logins["head"],
            at=at,
        )

    def add(self, name: str, at: datetime) -> None:
        add_to_alert(
            alert=self._alert(name),
            text="已向机构核实，用餐两次，每人约 80 元；餐费单据见附件。",
            papers=[Paper(name="差旅核对表.txt", chunks=["日期\t机构\t用餐\n".encode()])],
            on=at.date(),
            by=self.logins["head"],
            at=at,
        )

    def write(self, name: str, kind: str, by: str, at: datetime) -> None:
        """Send a letter to whom an alert names, or a notice to its unit."""
        alert = self._alert(name)
        is_notice = kind == "notice"
        letters.send_letter(
            alert=alert,
            kind=kind,
            body=draft_of(kind),
            person=None if is_notice else alert.people.get(),
            unit=alert.unit if is_notice else None,
            scheme=self.scheme,
            on=at.date(),
            by=self.logins[by],
            at=at,
        )

    def answer(self, name: str, at: datetime) -> None:
        """Let the unit answer its notice."""
        letters.answer_notice(
            letter=AlertLetter.objects.get(alert=self.made[name]),
            text="已停止拆分采购，四笔合同并入年度框架招标；采购计划改由处务会审议。",
            on=at.date(),
            by=None,
            at=at,
        )

    def _alert(self, name: str) -> Alert:
        return Alert.objects.get(pk=self.made[name])

    def _person(self, code: str) -> Person:
        return Person.objects.get(organisation=self.organisation, code=code)


def deeds_of_alerts(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> list[Deed]:
    """Let signs be noticed and dealt with, some of them in time."""
    signs = _Signs(organisation=organisation, logins=logins, calendar=calendar, made={})
    moment = calendar.moment
    first = "首次发现，本人当面承认，可以核对；先约谈，视情况再定。"

    def noticed(name: str, days: int) -> Deed:
        return Deed(moment(days, 9, 10), partial(signs.notice, name))

    def to_owner(name: str, days: int) -> Deed:
        return Deed(moment(days, 10), partial(signs.triage, name, "owner", "head", first))

    return [
        *_closed(signs, moment, noticed, to_owner),
        noticed("mistaken", 40),
        Deed(moment(40, 11), partial(signs.strike, "mistaken")),
        noticed("buying", 30),
        Deed(
            moment(29, 10),
            partial(
                signs.triage, "buying", "office", "officer", "属大额资金使用，由纪检监察室办理。"
            ),
        ),
        Deed(moment(28, 10), partial(signs.begin, "buying", "officer")),
        Deed(moment(27, 10), partial(signs.write, "buying", "notice", "officer")),
        Deed(moment(6, 15), partial(signs.answer, "buying")),
        noticed("consulting", 22),
        to_owner("consulting", 21),
        Deed(
            moment(17, 10),
            partial(signs.measure, "consulting", "reminder", "本人承认参加过两次活动，未收费。"),
        ),
        Deed(moment(15, 16), partial(signs.talk, "consulting", "reminder")),
        Deed(moment(14, 10), partial(signs.write, "consulting", "reminder", "head")),
        noticed("forum", 12),
        noticed("leader", 11),
        Deed(
            moment(10, 10),
            partial(
                signs.triage, "leader", "head", "secretary", "由我与本人谈话，并请主管机关知悉。"
            ),
        ),
        noticed("money", 8),
        Deed(
            moment(7, 10),
            partial(signs.triage, "money", "office", "officer", "附有凭证，由纪检监察室研判。"),
        ),
        noticed("post-change", 6),
        to_owner("post-change", 5),
        noticed("dinners", 5),
        Deed(moment(5, 15), partial(signs.add, "dinners")),
    ]


def _closed(
    signs: _Signs,
    moment: Callable[..., datetime],
    noticed: Callable[[str, int], Deed],
    to_owner: Callable[[str, int], Deed],
) -> Iterator[Deed]:
    """Yield what became of signs that are closed: reminded, cautioned, unfounded."""
    yield noticed("gifts", 112)
    yield to_owner("gifts", 111)
    yield Deed(
        moment(106, 10),
        partial(signs.measure, "gifts", "caution", "未报告，情节轻微，应予告诫。"),
    )
    yield Deed(moment(105, 16), partial(signs.talk, "gifts", "caution"))
    yield Deed(moment(104, 10), partial(signs.write, "gifts", "caution", "head"))
    yield Deed(
        moment(90, 10), partial(signs.close, "gifts", "caution", "head", "本人已书面说明并改正。")
    )
    yield noticed("dinners-before", 96)
    yield to_owner("dinners-before", 95)
    yield Deed(
        moment(91, 10),
        partial(signs.measure, "dinners-before", "reminder", "提醒先报备、自付餐费。"),
    )
    yield Deed(moment(90, 16), partial(signs.talk, "dinners-before", "reminder"))
    yield Deed(
        moment(80, 10),
        partial(signs.close, "dinners-before", "reminder", "head", "餐费已补交，今后先报备。"),
    )
    yield noticed("share", 75)
    yield to_owner("share", 74)
    yield Deed(moment(73, 10), partial(signs.begin, "share", "head"))
    yield Deed(
        moment(66, 10),
        partial(
            signs.close, "share", "unfounded", "head", "同领域评审员不足所致，逐单有审批，查否。"
        ),
    )
    yield noticed("travel", 60)
    yield to_owner("travel", 59)
    yield Deed(moment(58, 10), partial(signs.begin, "travel", "head"))
    yield Deed(
        moment(50, 10),
        partial(signs.close, "travel", "explained", "head", "住宿由会务统一安排，超出部分已退。"),
    )
