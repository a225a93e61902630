"""Learning of the example: a plan, two activities held, one open, some to come, two cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from lianfang.accounts.models import User
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.learning.actions import activities, attending, cases, planning, quizzes
from lianfang.learning.actions.counting import catch_up
from lianfang.learning.actions.materials import Sent, add_material
from lianfang.learning.models import Activity, LearningPlan, WarningCase
from lianfang.learning.queries.asking import hours_asked
from lianfang.learning.rules.codes import code_at, step_of
from lianfang.learning.rules.warning import kinds_of
from lianfang.org.models import Organisation, Person, Unit
from lianfang.org.queries.numbers import scheme_of

_AIM = (
    "先学习，知道什么不能做，再查找风险、制定措施。全年按岗位等级安排：高等级岗位重在案例和回避，"
    "中、低等级岗位重在制度和流程，未评岗位重在基本要求。"
)
_TOPICS = {
    "high": "职权边界、回避和报备、案例警示；每半年至少参加一次现场活动。",
    "medium": "本岗位涉及的制度和流程，书面报告怎样写。",
    "low": "服务对象往来的界限，礼品礼金的处理。",
    "": "廉洁从业的基本要求。",
}
_PAID = cases.Told(
    title="一笔评审费拆成四次付的账",
    text=(
        "（本案例为虚构，供示范使用。）\n"
        "甲评价机构与乙会务公司签了一份培训服务合同，总价刚刚超过须由领导班子集体决定的限额。"
        "经办人丙没有把合同提交会议，而是把款项拆成四张发票，每张都在处室负责人可以批准的限额之内，"
        "两个月里分四次付清。\n"
        "第二年审计比对合同与支付时发现：四张发票同一天开出，号码相连，收款账户相同。"
        "丙承认，乙公司负责人是其大学同学，曾替其垫付一次旅行的费用。丙被调离岗位，"
        "批准付款的处室负责人因没有核对合同受到批评教育，款项中多付的部分追回。"
    ),
    lesson=(
        "限额看的是事项，不是单张发票。付款前把合同、累计已付和限额放在一起核对；"
        "发现同一事项分次支付的，先停下来，报防控责任人。与供应商有同学、亲属等关系的，当日报备并回避。"
    ),
    source="虚构案例，示范评价中心编写",
    kinds=kinds_of([], ["large_sums", "major_work"], []),
)
_MEAL = cases.Told(
    title="现场评审前夜的一顿饭",
    text=(
        "（本案例为虚构，供示范使用。）\n"
        "评审员丁到外地做现场评审，前一晚接受了被评审实验室负责人的宴请，席间收下一盒茶叶，"
        "内有面值两千元的购物卡。丁第二天发现后没有退回，也没有报告，心想评审时严格一些就是了。\n"
        "评审中丁开出两个不符合项，实验室负责人随即提起购物卡。丁把其中一项改为观察项。"
        "半年后该实验室出具的一份报告被查出虚假，购物卡的事一并查出。丁被暂停评审资格，"
        "该次评审结论重新审查。"
    ),
    lesson=(
        "评审期间不接受宴请和礼品；当场退不掉的，当日报告并上交。收了再严格，也已经受制于人。"
        "同行的另一位评审员看见而不提醒，同样失职。"
    ),
    source="虚构案例，示范评价中心编写",
    kinds=kinds_of([], ["personal_matters"], []),
)
_QUIZ = """同一事项分几次支付，限额怎样算？
*按事项的总额算
按每张发票算
由经办人自己决定

发现供应商负责人是自己的同学，应当怎样做？
*当日报备
*主动回避
先办完这一笔再说

付款前要把哪些放在一起核对？
*合同
*累计已付
*限额
供应商的规模"""
_READING_QUIZ = """当场退不掉的礼品怎样处理？
*当日报告并上交
转送同事
留着备用

看见同行人员接受宴请，应当怎样做？
*当场提醒
*事后报告
装作没看见"""
_HANDOUT = (
    "职权边界与回避报备\n\n"
    "一、职权从哪里来：法律、章程、三定规定、制度。\n"
    "二、什么情形要回避：亲属、原单位、同学战友、有经济往来。\n"
    "三、怎样报备：当日、书面、报防控责任人，存廉政档案。\n"
)
# who signs in by the code, as they can be entered; others are on the organiser's list
_SIGN = ("clerk", "assessor", "head", "acting", "section", "director", "officer")
_LISTED = 24
# who answers the quiz, and how: places of the options
_RIGHT: list[list[int]] = [[0], [0, 1], [0, 1, 2]]
_HALF: list[list[int]] = [[0], [0], [0]]
_ANSWERS = {"clerk": _RIGHT, "head": _RIGHT, "officer": _RIGHT, "section": _HALF}
_LECTURE, _STUDY, _READING = "职权边界与回避报备", "从一笔拆开的付款说起", "现场评审廉洁须知"


@dataclass(frozen=True, kw_only=True)
class _Learning:
    organisation: Organisation
    logins: dict[str, User]
    calendar: Calendar

    @property
    def office(self) -> User:
        return self.logins["office"]

    def write(self, year: int, at: datetime) -> None:
        asked = hours_asked(scheme_of(self.organisation, at.date()))
        planning.write_plan(
            organisation=self.organisation,
            year=year,
            aim=_AIM,
            levels=[
                planning.LevelPlanned(level=level, hours=asked.get(level, 0.0), topics=topics)
                for level, topics in _TOPICS.items()
            ],
            by=self.office,
            at=at,
        )

    def publish(self, year: int, at: datetime) -> None:
        plan = LearningPlan.objects.get(organisation=self.organisation, year=year)
        planning.publish_plan(plan=plan, by=self.office, at=at)

    def tell(self, told: cases.Told, at: datetime) -> None:
        by = self.logins["officer"]
        cases.write_case(organisation=self.organisation, told=told, by=by, at=at)

    def offer(self, told: cases.Told, at: datetime) -> None:
        case = WarningCase.objects.get(organisation=self.organisation, title=told.title)
        cases.publish_case(case=case, by=self.logins["officer"], at=at)

    def plan(self, details: activities.Details, unit: str, at: datetime) -> None:
        rows = LearningPlan.objects.filter(organisation=self.organisation)
        units = Unit.objects.filter(organisation=self.organisation, code=unit)
        activities.plan_activity(
            plan=rows.get(year=details.starts_at.year),
            unit=units.first(),
            details=details,
            by=self.office,
            at=at,
        )

    def study(self, details: activities.Details, at: datetime) -> None:
        """Plan the study of the first case, with its quiz."""
        case = WarningCase.objects.get(organisation=self.organisation, title=_PAID.title)
        self.plan(details, "", at)
        activity = self.called(details.title)
        add_material(activity=activity, title="", case=case, by=self.office, at=at)
        self.examine(details.title, _QUIZ, at)

    def hand_out(self, title: str, at: datetime) -> None:
        file = Sent(name=f"{title}（讲义）.txt", chunks=[_HANDOUT.encode()])
        add_material(activity=self.called(title), title="", file=file, by=self.office, at=at)
        activities.show_activity(activity=self.called(title), is_public=True, by=self.office, at=at)

    def examine(self, title: str, text: str, at: datetime) -> None:
        quizzes.write_quiz(
            activity=self.called(title), text=text, pass_mark=60, tries=3, by=self.office, at=at
        )

    def open(self, title: str, at: datetime) -> None:
        activities.open_activity(activity=self.called(title), by=self.office, at=at)

    def close(self, title: str, at: datetime) -> None:
        activities.close_activity(activity=self.called(title), by=self.office, at=at)

    def sign_in(self, title: str, login: str, at: datetime) -> None:
        attending.sign_in(
            person=self.person(login),
            typed=code_at(self.called(title).secret, step_of(at)),
            on=at.date(),
            by=self.logins[login],
            at=at,
        )

    def note(self, title: str, at: datetime) -> None:
        """Let the office note those who have no login here."""
        people = Person.objects.filter(organisation=self.organisation, login=None, left_on=None)
        attending.note_attendance(
            activity=self.called(title),
            people=list(people.order_by("code")[:_LISTED]),
            on=at.date(),
            by=self.office,
            at=at,
        )

    def answer(self, title: str, login: str, at: datetime) -> None:
        quizzes.take_quiz(
            activity=self.called(title),
            person=self.person(login),
            answers=_ANSWERS[login],
            on=at.date(),
            by=self.logins[login],
            at=at,
        )

    def read(self, login: str, at: datetime) -> None:
        case = WarningCase.objects.get(organisation=self.organisation, title=_PAID.title)
        cases.read_case(case=case, person=self.person(login), by=self.logins[login], at=at)

    def catch_up(self, at: datetime) -> None:
        """Do what the night does: hours that were there before their duty."""
        catch_up(organisation=self.organisation, on=at.date(), by=None, at=at)

    def called(self, title: str) -> Activity:
        return Activity.objects.get(organisation=self.organisation, title=title)

    def person(self, login: str) -> Person:
        return Person.objects.get(login=self.logins[login])


def deeds_of_learning(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> Iterator[Deed]:
    """Let the office plan a year of learning, and people come to what was held."""
    learning = _Learning(organisation=organisation, logins=logins, calendar=calendar)
    moment = calendar.moment
    planned = _planned(calendar)
    years = {details.starts_at.year for details, _ in planned} | {
        moment(days, 9).year for days in (26, 12)
    }
    for minute, year in enumerate(sorted(years)):
        yield Deed(moment(32, 10, minute), partial(learning.write, year))
        yield Deed(moment(32, 10, 40 + minute), partial(learning.publish, year))
    for days, told in ((31, _PAID), (9, _MEAL)):
        yield Deed(moment(days, 9), partial(learning.tell, told))
        yield Deed(moment(days, 9, 30), partial(learning.offer, told))
    for minute, (details, unit) in enumerate(planned):
        yield Deed(moment(30, 9, minute), partial(learning.plan, details, unit))
    yield Deed(moment(30, 10), partial(learning.study, _study(calendar)))
    yield Deed(moment(29, 9), partial(learning.hand_out, _LECTURE))
    yield Deed(moment(29, 10), partial(learning.examine, _READING, _READING_QUIZ))
    yield from _held(learning, _LECTURE, 26, 9)
    yield from _held(learning, _STUDY, 12, 14)
    for minute, login in enumerate(_ANSWERS):
        yield Deed(moment(12, 15, minute), partial(learning.answer, _STUDY, login))
    yield Deed(moment(11, 9), partial(learning.read, "director"))
    yield Deed(moment(6, 8), partial(learning.open, _READING))
    yield Deed(moment(4, 10, 30), learning.catch_up)


def _held(learning: _Learning, title: str, days: int, hour: int) -> Iterator[Deed]:
    moment = learning.calendar.moment
    yield Deed(moment(days, hour - 1, 50), partial(learning.open, title))
    for minute, login in enumerate(_SIGN):
        yield Deed(moment(days, hour, minute), partial(learning.sign_in, title, login))
    yield Deed(moment(days, hour, 30), partial(learning.note, title))
    yield Deed(moment(days, hour + 3), partial(learning.close, title))


def _study(calendar: Calendar) -> activities.Details:
    return _details(
        calendar,
        _STUDY,
        "case_study",
        (12, 14, 120),
        place="三楼会议室",
        trainer="纪检监察室监督检查岗",
        about="对照案例查本单位近两年的分次支付，讨论限额怎样核对。",
    )


def _planned(calendar: Calendar) -> list[tuple[activities.Details, str]]:
    """Return what is planned apart from the study of the case, with who organises it."""
    return [
        (
            _details(
                calendar,
                _LECTURE,
                "lecture",
                (26, 9, 120),
                place="三楼会议室",
                trainer="党委书记",
                about="职权从哪里来、到哪里为止；什么情形要回避，怎样报备。",
            ),
            "",
        ),
        (
            _details(
                calendar,
                _READING,
                "reading",
                (6, 8, 30 * 24 * 60),
                hours=1.5,
                about="自学须知全文，通过测验后计学时。",
            ),
            "",
        ),
        (
            _details(
                calendar,
                "廉政教育基地参观",
                "visit",
                (-18, 9, 180),
                hours=3.0,
                place="市廉政教育基地",
                levels=("high", "medium"),
                about="集中乘车，现场签到。",
            ),
            "",
        ),
        (
            _details(
                calendar,
                "申诉投诉办理中的利益冲突",
                "lecture",
                (-9, 14, 90),
                hours=1.5,
                place="质量管理处小会议室",
                trainer="质量管理处处长",
            ),
            "ZLC",
        ),
    ]


def _details(
    calendar: Calendar,
    title: str,
    kind: str,
    when: tuple[int, int, int],
    *,
    hours: float = 2.0,
    place: str = "",
    trainer: str = "",
    about: str = "",
    levels: tuple[str, ...] = (),
) -> activities.Details:
    """Return an activity; `when` is how many days ago, at which hour, for how many minutes."""
    days, hour, minutes = when
    starts = calendar.moment(days, hour)
    ends = starts + timedelta(minutes=minutes)
    last = starts.replace(month=12, day=31, hour=23, minute=59)
    return activities.Details(
        title=title,
        kind=kind,
        starts_at=starts,
        ends_at=min(ends, last),
        place=place,
        trainer=trainer,
        hours=hours,
        about=about,
        levels=levels,
    )
