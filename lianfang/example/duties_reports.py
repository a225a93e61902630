"""Reports in the example: read, returned, waiting; a disclosure that runs; a visit on file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from lianfang.accounts.models import User
from lianfang.duties.actions import judging, writing
from lianfang.duties.models import Duty, Report
from lianfang.duties.rules.reports import HELD
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.org.models import Organisation, Person
from lianfang.org.queries.numbers import scheme_of

# whose report of which kind: the number of a person; a unit's report is that of its head
_ACCEPTED = (("1603", "report"), ("1504", "unit_report"))
_RETURNED = (("1505", "report"), ("1604", "unit_report"))
_WAITING = (("1605", "report"), ("1701", "unit_report"))
_DISCLOSED, _STATED = ("1602", "disclosure"), ("1602", "statement")
_VISITED = ("1001", "visit")
# what is told of one by one
TOLD = (*_ACCEPTED, *_RETURNED, *_WAITING, _DISCLOSED, _STATED, _VISITED)
_COMMENTS = (
    ("1603", "第三季度的内审抽样名单能否在处内一并公开？"),
    ("1601", "整改时限写得清楚，请在下次处务会上通报完成情况。"),
)
_RETURNED_FOR = "“存在的问题”请写明是哪几件、发生在什么时候；“下一步打算”请写明完成时间。"
_ACCEPTED_WITH = "同意。请按所写时间落实，下期报告中说明结果。"
_DAYS_PUBLIC = 21

_PROBLEMS = "逐项对照检查，两笔材料的复核签字晚于办理时间，已补签并提醒经办人。"
_TEXTS: Mapping[str, Mapping[str, str]] = {
    "report": {
        "powers": "本期事项均在权限内办理，没有应回避未回避的情形。",
        "measures": "双人复核和登记已形成习惯，记录存处内档案柜。",
        "problems": _PROBLEMS,
        "plans": "下月底前把复核签字改为办理当日完成，由本人逐笔核对。",
    },
    "unit_report": {
        "measures": "重点措施由处务会按月过一遍，未落实的当场指定责任人。",
        "duties": "谈话和公开已排入日程，没有逾期。",
        "problems": _PROBLEMS,
        "plans": "年底前组织一次对照检查，结果报纪检监察室。",
    },
    "statement": {
        "measures": "内审独立开展，结论与被审单位见面后报送，没有接受宴请和礼品。",
        "problems": "对两个科的内审间隔偏长，整改跟踪不够及时。",
        "opinions": "会上建议把整改跟踪列入月度计划，本人接受，从下月起执行。",
    },
    "disclosure": {
        "work": "本期完成内审三次：依据年度内审计划，抽样方法事先书面确定，发现不符合项五项，"
        "已整改四项，一项在整改期内。",
        "measures": "内审组成员与被审岗位没有隶属关系；抽样名单由两人共同确定并签字。",
    },
    "visit": {
        "looked_at": "听取科长汇报，查看国际互认材料流转记录和出访审批单十二份。",
        "findings": "流转记录完整；两份审批单缺少事前公示的日期。",
        "asked": "请科长在本月内补全公示日期，并把公示列入出访审批的必备材料。",
    },
}


@dataclass(frozen=True)
class _Reports:
    """What people do with their reports."""

    organisation: Organisation
    logins: Mapping[str, User]
    calendar: Calendar

    def person(self, code: str) -> Person:
        return Person.objects.select_related("login").get(organisation=self.organisation, code=code)

    def login(self, code: str) -> User | None:
        login = self.person(code).login
        return login if isinstance(login, User) else None

    def report(self, code: str, kind: str) -> Report:
        rows = Report.objects.filter(organisation=self.organisation, author__code=code)
        return rows.get(kind=kind)

    def begin(self, code: str, kind: str, at: datetime) -> None:
        owed = Duty.objects.filter(
            organisation=self.organisation, actor__code=code, kind=kind, state=Duty.State.OPEN
        )
        writing.start_report(
            duty=owed.order_by("due_on", "pk")[0],
            scheme=scheme_of(self.organisation, at.date()),
            on=at.date(),
            by=self.login(code),
            at=at,
        )

    def write(self, code: str, kind: str, at: datetime) -> None:
        writing.write_report(
            report=self.report(code, kind),
            texts=_TEXTS[kind],
            held_on=at.date() if kind in HELD else None,
            by=self.login(code),
            at=at,
        )

    def send(self, code: str, kind: str, at: datetime) -> None:
        on = at.date()
        is_public = kind == Duty.Kind.DISCLOSURE
        writing.send_report(
            report=self.report(code, kind),
            public_until=on + timedelta(days=_DAYS_PUBLIC) if is_public else None,
            on=on,
            by=self.login(code),
            at=at,
        )

    def accept(self, code: str, kind: str, at: datetime) -> None:
        report = self.report(code, kind)
        judging.accept_report(report=report, comment=_ACCEPTED_WITH, by=self._reader(report), at=at)

    def send_back(self, code: str, kind: str, at: datetime) -> None:
        report = self.report(code, kind)
        judging.return_report(report=report, comment=_RETURNED_FOR, by=self._reader(report), at=at)

    def comment(self, code: str, text: str, at: datetime) -> None:
        judging.comment_on(
            report=self.report(*_DISCLOSED),
            text=text,
            person=self.person(code),
            on=at.date(),
            by=self.login(code),
            at=at,
        )

    def _reader(self, report: Report) -> User | None:
        if report.recipient is None:
            return self.logins["officer"]
        return self.login(report.recipient.code)


def deeds_of_reports(
    organisation: Organisation, logins: Mapping[str, User], calendar: Calendar
) -> Iterator[Deed]:
    """Yield what people write, send, read and return since the editions are in force."""
    reports, moment = _Reports(organisation, logins, calendar), calendar.moment
    for place, (code, kind) in enumerate(TOLD):
        yield Deed(moment(7, 9 + place), partial(reports.begin, code, kind))
        yield Deed(moment(7, 9 + place, 20), partial(reports.write, code, kind))
        yield Deed(moment(7, 9 + place, 40), partial(reports.send, code, kind))
    for minute, (code, kind) in enumerate(_ACCEPTED):
        yield Deed(moment(6, 9, minute), partial(reports.accept, code, kind))
    for minute, (code, kind) in enumerate(_RETURNED):
        yield Deed(moment(6, 9, 10 + minute), partial(reports.send_back, code, kind))
    for minute, (code, text) in enumerate(_COMMENTS):
        yield Deed(moment(5, 15, minute), partial(reports.comment, code, text))
