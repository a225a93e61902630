"""Statistics of alerts and leads for the discipline office: of a year, small numbers hidden.

A year is the only period: any two of them have nothing in common, so that nothing is found by
taking one from another. Tables about the same things tell their total together or not at all.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianfang.alerts.models import Alert
from lianfang.alerts.rules.states import CLAUSE as ALERTS
from lianfang.common.http import language_now
from lianfang.leads.models import Lead, LeadOutcome
from lianfang.leads.queries.ladders import OUTCOMES, form_labels, rungs_of
from lianfang.leads.rules.counting import Figures, middle, protected, side_by_side
from lianfang.leads.rules.states import CLAUSE
from lianfang.scheme.model import Scheme

IN_TIME, LATE, RUNNING = "in_time", "late", "running"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a table: what, and how many; None for a hidden number."""

    label: str
    count: int | None


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of numbers; `total` None where it would tell a hidden one."""

    title: str
    clause: str
    rows: tuple[Row, ...]
    total: int | None


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Numbers of a table before small ones are hidden, with the words of each code in order."""

    title: str
    labels: Mapping[str, str]
    counts: Mapping[str, int]
    clause: str = CLAUSE


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """The tables of a year, and the middle time to act in days where there are enough leads."""

    year: int
    tables: tuple[Table, ...]
    days: int | None


def statistics(
    alerts: QuerySet[Alert], leads: QuerySet[Lead], year: int, scheme: Scheme, on: date
) -> Statistics:
    """Return the statistics of a year: alerts noticed, leads received, outcomes decided in it.

    Three statements.
    """
    noticed = list(
        alerts.filter(noticed_on__year=year).exclude(state=Alert.State.STRUCK).order_by("pk")
    )
    of_year = list(leads.filter(received_on__year=year))
    outcomes = list(LeadOutcome.objects.filter(lead__in=leads, decided_on__year=year))
    spans = [(one.disposed_on - one.received_on).days for one in of_year if one.disposed_on]
    return Statistics(
        year=year,
        tables=(
            *told(_of_alerts(noticed, scheme, on)),
            *told(_of_leads(of_year, on)),
            *told(_of_outcomes(outcomes, scheme)),
        ),
        days=middle(spans),
    )


def told(counted: Sequence[Counted]) -> list[Table]:
    """Return tables about the same things as they may be told."""
    figures = side_by_side([protected(one.counts) for one in counted])
    return [_table(one, found) for one, found in zip(counted, figures, strict=True)]


def years_with(leads: QuerySet[Lead], on: date) -> list[int]:
    """Return the years that have leads, and this one; newest first. One statement."""
    rows = leads.order_by().values_list("received_on__year", flat=True).distinct()
    return sorted({on.year, *rows}, reverse=True)


def _of_alerts(alerts: Sequence[Alert], scheme: Scheme, on: date) -> list[Counted]:
    language = language_now()
    return [
        Counted(
            title=_("预警渠道"),
            labels={one.code: one.label.in_(language) for one in scheme.channels},
            counts=Counter(one.channel for one in alerts),
            clause=ALERTS,
        ),
        Counted(
            title=_("预警情形"),
            labels={one.code: one.label.in_(language) for one in scheme.alert_triggers},
            counts=Counter(one.trigger for one in alerts),
            clause=ALERTS,
        ),
        Counted(
            title=_("预警分流时限"),
            labels={
                IN_TIME: _("按期分流"),
                LATE: _("逾期分流或逾期未分流"),
                RUNNING: _("期限未到，尚未分流"),
            },
            counts=Counter(_triaged(one, on) for one in alerts),
            clause=ALERTS,
        ),
    ]


def _of_leads(leads: Sequence[Lead], on: date) -> list[Counted]:
    disposed = Counter(one.disposal or "none" for one in leads)
    results = Counter(one.result or "none" for one in leads)
    return [
        Counted(
            title=_("线索来源"),
            labels={code: str(label) for code, label in Lead.Origin.choices},
            counts=Counter(one.origin for one in leads),
        ),
        Counted(
            title=_("处置方式"),
            labels={
                **{code: str(label) for code, label in Lead.Disposal.choices},
                "none": _("尚未处置"),
            },
            counts=disposed,
        ),
        Counted(
            title=_("处置时限"),
            labels={
                IN_TIME: _("按期处置"),
                LATE: _("逾期处置或逾期未处置"),
                RUNNING: _("期限未到，尚未处置"),
            },
            counts=Counter(_timed(one, on) for one in leads),
        ),
        Counted(
            title=pgettext("lead statistics", "结论"),
            labels={
                **{code: str(label) for code, label in Lead.Result.choices},
                "none": _("尚无结论"),
            },
            counts=results,
        ),
    ]


def _of_outcomes(outcomes: Sequence[LeadOutcome], scheme: Scheme) -> list[Counted]:
    language = language_now()
    forms = {code: text.in_(language) for code, text in form_labels(scheme).items()}
    return [
        Counted(
            title=_("处理结果"),
            labels={rung.code: rung.label.in_(language) for rung in rungs_of(scheme, OUTCOMES)},
            counts=Counter(one.code for one in outcomes),
        ),
        Counted(
            title=_("四种形态"),
            labels=forms,
            counts=Counter(one.form for one in outcomes),
        ),
    ]


def _triaged(alert: Alert, on: date) -> str:
    day = alert.triaged_on
    if day is None:
        return LATE if alert.triage_due_on < on else RUNNING
    return IN_TIME if day <= alert.triage_due_on else LATE


def _timed(lead: Lead, on: date) -> str:
    day = lead.disposed_on
    if day is None:
        return LATE if lead.state == Lead.State.REGISTERED and lead.due_on < on else RUNNING
    return IN_TIME if day <= lead.due_on else LATE


def _table(counted: Counted, figures: Figures) -> Table:
    rows = [
        Row(label=label, count=figures.cells.get(code, 0)) for code, label in counted.labels.items()
    ]
    return Table(title=counted.title, clause=counted.clause, rows=tuple(rows), total=figures.total)
