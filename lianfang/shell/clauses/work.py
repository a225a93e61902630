"""Figures of what is carried out: duties, talks, reports, visits, learning (五（五）, 学)."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.duties.access import duties_visible_to, measures_visible_to, talks_visible_to
from lianfang.duties.access.reports import reports_visible_to
from lianfang.duties.models import Duty, Reminder, Report, Talk
from lianfang.duties.queries.figures import running_measures
from lianfang.inspections.access import draws_visible_to, findings_visible_to
from lianfang.inspections.models import Finding
from lianfang.learning.access import activities_visible_to, cases_published
from lianfang.learning.models import Activity
from lianfang.org.standing import Standing
from lianfang.shell.clauses.figures import Figure, Figures

Words = Promise | str
_KINDS: tuple[tuple[str, Duty.Kind, Words, str], ...] = (
    ("learning_duties", Duty.Kind.LEARNING, _("今年达到学时"), "learning:units"),
    ("unit_reports", Duty.Kind.UNIT_REPORT, _("今年的单位报告"), "duties:reports"),
    ("visits", Duty.Kind.VISIT, _("今年的督促检查"), "duties:duties"),
    ("measures_duties", Duty.Kind.MEASURE, _("本期落实的措施"), "duties:measures"),
)
_LEVELS: tuple[tuple[str, Words, Words], ...] = (
    ("high", _("高等级岗位已履行"), _("其中逾期")),
    ("medium", _("中等级岗位已履行"), _("其中逾期")),
    ("low", _("低等级岗位已履行"), _("其中逾期")),
)


@dataclass(frozen=True)
class _Sum:
    """How many are owed, done, and late."""

    owed: int = 0
    done: int = 0
    late: int = 0

    def __add__(self, other: "_Sum") -> "_Sum":
        return _Sum(self.owed + other.owed, self.done + other.done, self.late + other.late)


def of_duties(standing: Standing) -> Figures:
    """Count the duties of this year, by kind and level (五（五）, 六（四）). One statement."""
    state = Duty.State
    in_year = Q(due_on__year=standing.on.year) & ~Q(kind=Duty.Kind.MEASURE)
    rows = (
        duties_visible_to(standing)
        .filter(in_year | running_measures(standing.on))
        .exclude(state__in=(state.LAPSED, state.WAIVED))
        .order_by()
        .values_list("kind", "level")
        .annotate(
            owed=Count("pk"),
            done=Count("pk", filter=Q(state=state.DONE)),
            late=Count("pk", filter=Q(state=state.OPEN, due_on__lt=standing.on)),
        )
    )
    kinds: defaultdict[str, _Sum] = defaultdict(_Sum)
    levels: defaultdict[str, _Sum] = defaultdict(_Sum)
    for kind, level, owed, done, late in rows:
        kinds[kind] += _Sum(owed, done, late)
        levels[level] += _Sum(owed, done, late)
    every, page = sum(kinds.values(), start=_Sum()), "duties:duties"
    return {
        "duties": Figure(label=_("今年履责"), count=every.done, of=every.owed, page=page),
        "duties_late": Figure(label=_("逾期的任务"), count=every.late, page=page, bad=True),
        "measures_late": Figure(
            label=_("逾期的措施"),
            count=kinds[Duty.Kind.MEASURE].late,
            page="duties:measures",
            bad=True,
        ),
        **{
            code: Figure(label=label, count=kinds[kind].done, of=kinds[kind].owed, page=of)
            for code, kind, label, of in _KINDS
        },
        **{
            f"duties_{code}": Figure(
                label=label, count=levels[code].done, of=levels[code].owed, page=page
            )
            for code, label, _late in _LEVELS
        },
        **{
            f"duties_{code}_late": Figure(label=label, count=levels[code].late, page=page, bad=True)
            for code, _done, label in _LEVELS
        },
    }


def of_records(standing: Standing) -> Figures:
    """Count what lies on record of this year: talks, reports, reminders. Four statements."""
    year = standing.on.year
    talks = talks_visible_to(standing).filter(state=Talk.State.CONFIRMED, year=year).count()
    reports = reports_visible_to(standing).filter(
        kind=Duty.Kind.REPORT, sent_on__year=year, state=Report.State.ACCEPTED
    )
    reminders = Reminder.objects.filter(
        duty__in=duties_visible_to(standing), sent_on__year=year
    ).count()
    in_force = measures_visible_to(standing).filter(until_on=None).count()
    return {
        "talks_confirmed": Figure(label=_("今年归档的谈话"), count=talks, page="duties:talks"),
        "reports_accepted": Figure(
            label=_("今年审阅的书面报告"), count=reports.count(), page="duties:reports"
        ),
        "reminders": Figure(label=_("今年发出的提醒"), count=reminders, page="duties:duties"),
        "measures_in_force": Figure(
            label=_("施行中的措施"), count=in_force, page="duties:measures"
        ),
    }


def of_inspections(standing: Standing) -> Figures:
    """Count draws and findings of this year (五（五）1, 五（七）2（3）). Two statements."""
    year = standing.on.year
    draws = draws_visible_to(standing).filter(year=year, drawn_on__isnull=False).count()
    findings = (
        findings_visible_to(standing)
        .filter(record__held_on__year=year)
        .aggregate(
            all=Count("pk"),
            closed=Count("pk", filter=Q(state=Finding.State.CLOSED)),
        )
    )
    return {
        "draws": Figure(label=_("今年的抽取"), count=draws, page="inspections:draws"),
        "findings_closed": Figure(
            label=_("已销号的检查问题"),
            count=findings["closed"],
            of=findings["all"],
            page="inspections:findings",
        ),
    }


def of_learning(standing: Standing) -> Figures:
    """Count the activities of this year and the cases (学). Two statements."""
    held = (
        activities_visible_to(standing)
        .filter(plan__year=standing.on.year)
        .exclude(state=Activity.State.CANCELLED)
        .aggregate(all=Count("pk"), held=Count("pk", filter=Q(state=Activity.State.HELD)))
    )
    return {
        "activities_held": Figure(
            label=_("今年的学习活动"),
            count=held["held"],
            of=held["all"],
            page="learning:activities",
        ),
        "cases": Figure(
            label=_("警示案例"),
            count=cases_published(standing).count(),
            page="learning:cases",
        ),
    }
