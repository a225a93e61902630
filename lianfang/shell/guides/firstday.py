"""What somebody in each role begins with, ticked off by the records themselves.

Nothing here is ticked by hand, and nothing asks what somebody has looked at (decision 0031).
"""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.accounts.models import User
from lianfang.cycles.models import Consultation, Cycle, Meeting, Submission
from lianfang.duties.models import Report, Talk
from lianfang.inspections.models import Draw, Record
from lianfang.jobs.models import Job
from lianfang.learning.models import Attendance, CaseReading, LearningPlan
from lianfang.notices.models import Channel, Preference
from lianfang.org.models import CalendarYear, Person, Post
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.risks.models import Participation, RiskPoint
from lianfang.shell.pages import pages_for
from lianfang.surveys.models import Survey


@dataclass(frozen=True, kw_only=True)
class Begin:
    """Something to begin with: done as soon as there is a row."""

    code: str
    label: Promise | str
    page: str
    rows: Callable[[Standing], QuerySet]  # type: ignore[type-arg]
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, kw_only=True)
class ShownBegin:
    """One line of the list, with the address of the page that does it."""

    label: Promise | str
    url: str
    is_done: bool


@dataclass(frozen=True, kw_only=True)
class FirstDay:
    """What somebody begins with; `is_settled` when they have put the list away."""

    lines: tuple[ShownBegin, ...]
    is_settled: bool

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(line.is_done for line in self.lines)

    @property
    def is_shown(self) -> bool:
        """Whether the desk still shows the list."""
        return not self.is_settled and self.done < len(self.lines)


def _of(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_TALKS = _of(Role.UNIT_HEAD, Role.PORTFOLIO_LEADER)
BEGINNINGS: tuple[Begin, ...] = (
    Begin(
        code="factor",
        label=_("启用第二因素"),
        page="accounts:home",
        rows=lambda who: Authenticator.objects.filter(user=who.user_id),
    ),
    Begin(
        code="wishes",
        label=_("选好怎样收到通知"),
        page="shell:wishes",
        rows=lambda who: Preference.objects.filter(recipient=who.user_id),
    ),
    Begin(
        code="looked",
        label=_("对照自己的岗位查找风险"),
        page="risks:finding",
        rows=lambda who: Participation.objects.filter(person=who.person_id, year=who.on.year),
        roles=_of(Role.HOLDER),
    ),
    Begin(
        code="found",
        label=_("写下第一个风险点"),
        page="risks:register",
        rows=lambda who: RiskPoint.objects.filter(
            Q(created_by=who.user_id) | Q(found_by=who.person_id),
            organisation=who.organisation_id,
        ),
        roles=_of(Role.HOLDER),
    ),
    Begin(
        code="read",
        label=_("读一个警示案例"),
        page="learning:cases",
        rows=lambda who: CaseReading.objects.filter(person=who.person_id),
        roles=_of(Role.HOLDER),
    ),
    Begin(
        code="learnt",
        label=_("参加一次学习"),
        page="learning:mine",
        rows=lambda who: Attendance.objects.filter(person=who.person_id, undone_at=None),
        roles=_of(Role.HOLDER),
    ),
    Begin(
        code="rated",
        label=_("审核一个风险点的等级"),
        page="risks:rating",
        rows=lambda who: RiskPoint.objects.filter(endorsed_by=who.user_id),
        roles=_of(Role.UNIT_HEAD),
    ),
    Begin(
        code="submitted",
        label=_("报送一次本单位的填报"),
        page="cycles:board",
        rows=lambda who: Submission.objects.filter(submitted_by=who.user_id),
        roles=_of(Role.UNIT_HEAD),
    ),
    Begin(
        code="talked",
        label=_("记录一次谈话"),
        page="duties:talks",
        rows=lambda who: Talk.objects.filter(talker=who.person_id, number__isnull=False),
        roles=_TALKS,
    ),
    Begin(
        code="reported",
        label=_("报送一份报告"),
        page="duties:reports",
        rows=lambda who: Report.objects.filter(author=who.person_id, sent_on__isnull=False),
        roles=_TALKS,
    ),
    Begin(
        code="met",
        label=_("出席一次审议会议"),
        page="cycles:meetings-now",
        rows=lambda who: Meeting.present.through.objects.filter(person=who.person_id),
        roles=_of(Role.LEADERSHIP_HEAD, Role.LEADING_GROUP),
    ),
    Begin(
        code="year",
        label=_("开启今年的工作"),
        page="cycles:board",
        rows=lambda who: Cycle.objects.filter(organisation=who.organisation_id, year=who.on.year),
        roles=_of(Role.LEADING_GROUP_OFFICE),
    ),
    Begin(
        code="consulted",
        label=_("发出一次征求意见"),
        page="cycles:consultations",
        rows=lambda who: Consultation.objects.filter(cycle__organisation=who.organisation_id),
        roles=_of(Role.LEADING_GROUP_OFFICE),
    ),
    Begin(
        code="planned",
        label=_("发布今年的学习计划"),
        page="learning:plan",
        rows=lambda who: LearningPlan.objects.filter(
            organisation=who.organisation_id,
            year=who.on.year,
            state=LearningPlan.State.PUBLISHED,
        ),
        roles=_of(Role.LEADING_GROUP_OFFICE),
    ),
    Begin(
        code="drawn",
        label=_("做一次抽取"),
        page="inspections:draws",
        rows=lambda who: Draw.objects.filter(
            organisation=who.organisation_id, drawn_on__isnull=False
        ),
        roles=_of(Role.DISCIPLINE_OFFICE),
    ),
    Begin(
        code="visited",
        label=_("确认一份检查记录"),
        page="inspections:inspections",
        rows=lambda who: Record.objects.filter(confirmed_by=who.user_id),
        roles=_of(Role.DISCIPLINE_OFFICE),
    ),
    Begin(
        code="surveyed",
        label=_("筹备一次测评"),
        page="surveys:surveys",
        rows=lambda who: Survey.objects.filter(
            organisation=who.organisation_id, held_by=Survey.HeldBy.DISCIPLINE_OFFICE
        ),
        roles=_of(Role.DISCIPLINE_OFFICE),
    ),
    Begin(
        code="posts",
        label=_("登记单位和岗位"),
        page="org:tree",
        rows=lambda who: Post.objects.filter(organisation=who.organisation_id),
        roles=_of(Role.SYSTEM_ADMINISTRATOR),
    ),
    Begin(
        code="people",
        label=_("登记人员"),
        page="org:people",
        rows=lambda who: Person.objects.filter(organisation=who.organisation_id),
        roles=_of(Role.SYSTEM_ADMINISTRATOR),
    ),
    Begin(
        code="calendar",
        label=_("装入今年的工作日历"),
        page="org:calendar",
        rows=lambda who: CalendarYear.objects.filter(
            organisation=who.organisation_id, year=who.on.year
        ),
        roles=_of(Role.SYSTEM_ADMINISTRATOR),
    ),
    Begin(
        code="channels",
        label=_("启用一个通知渠道"),
        page="shell:channels",
        rows=lambda who: Channel.objects.filter(organisation=who.organisation_id, is_on=True),
        roles=_of(Role.SYSTEM_ADMINISTRATOR),
    ),
    Begin(
        code="logins",
        label=_("为人员开通登录"),
        page="org:logins",
        rows=lambda who: Person.objects.filter(
            organisation=who.organisation_id, login__isnull=False
        ),
        roles=_of(Role.SECURITY_ADMINISTRATOR),
    ),
    Begin(
        code="verified",
        label=_("核对一次审计日志"),
        page="shell:log",
        rows=lambda who: Job.objects.filter(asked_by=who.user_id, kind="audit.verify"),
        roles=_of(Role.AUDIT_ADMINISTRATOR),
    ),
)


def first_day_of(standing: Standing) -> FirstDay:
    """Return what somebody begins with, and how far they are. One statement."""
    wanted = [one for one in BEGINNINGS if not one.roles or standing.has(*one.roles)]
    columns = {f"has_{one.code}": Exists(one.rows(standing)) for one in wanted}
    settled_at, *done = (
        User.objects.filter(pk=standing.user_id)
        .annotate(**columns)
        .values_list("settled_at", *columns)
        .get()
    )
    pages = pages_for(standing)
    return FirstDay(
        lines=tuple(
            ShownBegin(label=one.label, url=pages[one.page].url, is_done=bool(is_done))
            for one, is_done in zip(wanted, done, strict=True)
            if one.page in pages
        ),
        is_settled=settled_at is not None,
    )
