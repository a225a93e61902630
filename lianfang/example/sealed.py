"""Sealed reports of the example: sealed as a sender's browser does it, read, answered, completed.

The passphrases of its officers and the receipts of its senders are fixed and printed at the start:
for the example alone, whose every page says that nothing in it is real.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from nacl.bindings import crypto_scalarmult_base

from lianfang.accounts.models import User
from lianfang.casework.actions import identity, keeping, moving
from lianfang.casework.actions.answering import About, Answer, send_answers
from lianfang.casework.actions.caring import note_step
from lianfang.casework.actions.looking import record_look
from lianfang.casework.models import CaseStep, Look
from lianfang.common.text import Text
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.org.models import Organisation, Person
from lianfang.portal.access import setup_of
from lianfang.portal.actions.keys import enrol_key
from lianfang.portal.actions.receiving import receive_report
from lianfang.portal.models import OfficerKey, SealedReport
from lianfang.portal.queries.keys import recipients_of
from lianfang.sealing import filing, keys, receipts
from lianfang.sealing.envelopes import Pair

_NAMES = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")


@dataclass(frozen=True, kw_only=True)
class ExampleKey:
    """The passphrase of a login of the example, and what it opens."""

    username: str
    kind: OfficerKey.Kind
    opens_with: str


@dataclass(frozen=True, kw_only=True)
class ExampleReport:
    """A report of the example: its receipt, what it says, and who sent it where that is signed."""

    receipt: str
    about: Text
    answers: dict[str, str]
    sender: dict[str, str] | None = None

    @property
    def pk(self) -> UUID:
        """The id of the report."""
        return uuid5(_NAMES, self.receipt)


KEYS = (
    ExampleKey(
        username="officer", kind=OfficerKey.Kind.READER, opens_with="示例口令：清风徐来水波不兴"
    ),
    ExampleKey(
        username="overseer", kind=OfficerKey.Kind.WITNESS, opens_with="示例口令：一枝一叶总关情"
    ),
)
_FRESH = ExampleReport(
    receipt="2026041100000017",
    about=Text("匿名，尚未打开", "anonymous, not opened yet"),
    answers={
        "what": "评审一处安排评审组时，多次指定同一名评审员去同一家机构，评审前后有人一起吃饭。",
        "who": "处长",
        "unit": "实验室评审一处",
        "when": "上个月，至少两次",
        "known": "安排表在共享文件夹里，同事都看得到。",
        "evidence": "可以对照近半年的派组记录。",
    },
)
_SIGNED = ExampleReport(
    receipt="2026040200000029",
    about=Text("实名，研判中，已申请查看身份", "signed, being studied, identity asked for"),
    answers={
        "what": "所属公司的培训名额被当作人情送出，没有收费，也没有审批单。",
        "who": "不清楚是谁批的",
        "unit": "所属公司",
        "when": "今年春季班",
        "evidence": "报到名单比缴费名单多四人。",
    },
    sender={"name": "示例来信人", "contact": "示例电话 010-0000"},
)
_DONE = ExampleReport(
    receipt="2026020100000031",
    about=Text("匿名，已办结并反馈", "anonymous, completed and answered"),
    answers={"what": "听说公务车周末被私人使用。", "unit": "办公室", "known": "听别人说的。"},
)
_SENT = ExampleReport(
    receipt="2026030500000043",
    about=Text("匿名，不属于本单位管辖，已移交", "anonymous, handed to the competent body"),
    answers={"what": "反映另一家单位的招标问题。", "unit": "不是本单位"},
)
_TAKEN = ExampleReport(
    receipt="2026032600000051",
    about=Text("匿名，已受理，正在办理", "anonymous, taken up, being dealt with"),
    answers={
        "what": "会议室维修找了同一家公司三次，没有比价。",
        "unit": "采购后勤科",
        "evidence": "三张验收单上是同一个联系人。",
    },
)
_GOING = ExampleReport(
    receipt="2026040700000067",
    about=Text("匿名，待移交有管辖权的机关", "anonymous, to be handed to the competent body"),
    answers={"what": "反映上级机关工作人员打招呼。", "unit": "不是本单位"},
)
_GONE = ExampleReport(
    receipt="2025081500000073",
    about=Text("匿名，未受理，期满已销毁", "anonymous, not taken up, destroyed after its time"),
    answers={"what": "食堂的菜太咸。"},
)
REPORTS = (_FRESH, _SIGNED, _TAKEN, _GOING, _DONE, _SENT, _GONE)


@dataclass(frozen=True, kw_only=True)
class _Room:
    """The officers and reports of the example."""

    organisation: Organisation
    logins: dict[str, User]

    def make_keys(self, at: datetime) -> None:
        for each in KEYS:
            pair = _pair_of(each.username)
            enrol_key(
                organisation=self.organisation,
                person=Person.objects.get(login=self.logins[each.username]),
                kind=each.kind,
                public_key=pair.public,
                wrapped=keys.wrap(pair, each.opens_with),
                on=at.date(),
                by=self.logins[each.username],
                at=at,
            )

    def arrive(self, one: ExampleReport, at: datetime) -> None:
        to = recipients_of(self.organisation, at.date())
        derived = receipts.derive(one.receipt, bytes(setup_of(self.organisation).salt))
        receive_report(
            organisation=self.organisation,
            sealed=filing.seal_report(
                report=one.pk,
                body={"format": 1, "language": "zh", "answers": one.answers},
                readers=to.readers,
                identity=one.sender,
                witnesses=to.witnesses,
            ),
            token=derived.token,
            sender_key=derived.pair.public,
            sealed_in=SealedReport.SealedIn.BROWSER,
            on=at.date(),
            by=None,
            at=at,
        )

    def look(self, one: ExampleReport, at: datetime) -> None:
        record_look(
            report=self._of(one),
            what=Look.What.CONTENT,
            officer=self._officer,
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def answer(self, one: ExampleReport, about: About, text: str, at: datetime) -> None:
        report = self._of(one)
        letter = filing.seal_further(
            report=report.pk,
            letter=uuid5(report.pk, text),
            letters_key=bytes(report.letters_key),
            content={"text": text},
            sender=bytes(report.sender_key),
        )
        send_answers(
            answers=[Answer(report=report, letter=letter)],
            about=about,
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def ask(self, one: ExampleReport, at: datetime) -> None:
        identity.ask_identity(
            report=self._of(one),
            key=OfficerKey.objects.get(person=self._officer, ended_on=None),
            reason="报到名单只有来信人手里有，须当面核对。",
            officer=self._officer,
            by=self.logins["officer"],
            at=at,
        )

    def step(self, one: ExampleReport, kind: CaseStep.Kind, text: str, at: datetime) -> None:
        note_step(
            report=self._of(one),
            kind=kind,
            text=text,
            done_on=at.date(),
            officer=self._officer,
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def take_up(self, one: ExampleReport, reason: str, at: datetime) -> None:
        moving.take_up(
            report=self._of(one), reason=reason, on=at.date(), by=self.logins["officer"], at=at
        )

    def complete(self, one: ExampleReport, outcome: str, at: datetime) -> None:
        moving.complete(
            report=self._of(one), outcome=outcome, on=at.date(), by=self.logins["officer"], at=at
        )

    def decline(self, one: ExampleReport, reason: str, at: datetime) -> None:
        moving.decline(
            report=self._of(one), reason=reason, on=at.date(), by=self.logins["officer"], at=at
        )

    def destroy(self, one: ExampleReport, at: datetime) -> None:
        keeping.destroy(
            report=self._of(one),
            officer=self._officer,
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def send_out(self, one: ExampleReport, at: datetime) -> None:
        moving.send_out(
            report=self._of(one),
            concern="beyond",
            sent_to="示范主管机关",
            concerned=[],
            officer=self._officer,
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def hand_over(self, one: ExampleReport, at: datetime) -> None:
        moving.hand_over(
            report=self._of(one),
            handed_on=at.date(),
            handed_how="打印后密封，专人送达，对方已签收。",
            on=at.date(),
            by=self.logins["officer"],
            at=at,
        )

    def _of(self, one: ExampleReport) -> SealedReport:
        return SealedReport.objects.select_related("organisation").get(pk=one.pk)

    @property
    def _officer(self) -> Person:
        return Person.objects.get(login=self.logins["officer"])


def deeds_of_sealed_reports(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> list[Deed]:
    """Let keys be made and reports arrive; they end up in every state that a case has."""
    moment, room = calendar.moment, _Room(organisation=organisation, logins=logins)
    told: Sequence[tuple[int, int, partial[None]]] = (
        (250, 9, partial(room.make_keys)),
        (240, 20, partial(room.arrive, _GONE)),
        (239, 9, partial(room.look, _GONE)),
        (238, 9, partial(room.decline, _GONE, "不属于廉政问题，已转后勤改进。")),
        (45, 10, partial(room.destroy, _GONE)),
        (70, 20, partial(room.arrive, _DONE)),
        (69, 9, partial(room.look, _DONE)),
        (68, 9, partial(room.take_up, _DONE, "公务用车管理问题，按其他事项核实。")),
        (58, 15, partial(room.step, _DONE, CaseStep.Kind.HEARD, "车辆管理员说明了派车记录。")),
        (55, 9, partial(room.complete, _DONE, "unfounded")),
        (54, 9, partial(room.step, _DONE, CaseStep.Kind.CLEARED, "在办公室范围内作了说明。")),
        (
            53,
            9,
            partial(room.answer, _DONE, About.RESULT, "已核对派车记录和里程，没有发现公车私用。"),
        ),
        (37, 21, partial(room.arrive, _SENT)),
        (36, 9, partial(room.look, _SENT)),
        (36, 10, partial(room.send_out, _SENT)),
        (34, 9, partial(room.hand_over, _SENT)),
        (17, 21, partial(room.arrive, _TAKEN)),
        (16, 9, partial(room.look, _TAKEN)),
        (15, 9, partial(room.take_up, _TAKEN, "采购程序问题，按其他事项核实。")),
        (9, 22, partial(room.arrive, _SIGNED)),
        (8, 9, partial(room.look, _SIGNED)),
        (
            8,
            10,
            partial(room.step, _SIGNED, CaseStep.Kind.PROTECTED, "逐条核对，无人打听来信人。"),
        ),
        (
            7,
            9,
            partial(room.answer, _SIGNED, About.ACCEPTANCE, "已收到，正在研判，会另行告知结果。"),
        ),
        (6, 9, partial(room.ask, _SIGNED)),
        (5, 21, partial(room.arrive, _GOING)),
        (4, 9, partial(room.look, _GOING)),
        (4, 10, partial(room.send_out, _GOING)),
        (1, 21, partial(room.arrive, _FRESH)),
    )
    return [Deed(moment(days, hour), act) for days, hour, act in told]


def secrets_told() -> tuple[Text, ...]:
    """Return the lines that tell passphrases and receipts, printed where the example is started."""
    return (
        Text("示例举报的口令和回执码（只用于示例）：", "Passphrases and receipts of the example:"),
        *(
            Text(
                f"  {each.username:<12} {each.kind.label}口令  {each.opens_with}",
                f"  {each.username:<12} passphrase of the {each.kind.value}: {each.opens_with}",
            )
            for each in KEYS
        ),
        *(
            Text(
                f"  {receipts.grouped(one.receipt)}  {one.about.zh}",
                f"  {receipts.grouped(one.receipt)}  {one.about.en}",
            )
            for one in REPORTS
        ),
    )


def _pair_of(username: str) -> Pair:
    """Return the key of a login of the example; it is the same wherever the example is loaded."""
    secret = hashlib.sha256(f"lianfang example {username}".encode()).digest()
    return Pair(public=crypto_scalarmult_base(secret), secret=secret)
