"""Draws are planned, changed before they are frozen, closed, dropped with a reason (五（五）)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.duties.models import Duty
from lianfang.inspections.models import Draw
from lianfang.inspections.rules.plan import CLAUSE
from lianfang.inspections.rules.shares import sampled_levels
from lianfang.inspections.rules.states import DrawAct, draw_after
from lianfang.org.actions.changing import require_version
from lianfang.org.models import Organisation
from lianfang.scheme.model import Scheme

_MOST_IN_TEAM = 5


class DrawMovedOn(Refused):
    """A draw whose state does not allow the act."""


class DrawUnclear(Refused):
    """Levels of which nothing is drawn, or days that don't follow each other."""


class NotAllInspected(Refused):
    """A draw would be closed while visits are still to be made."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What is said of a draw before it is frozen."""

    title: str
    levels: Sequence[str]
    team: int
    source: str
    public_on: date
    due_on: date


@transaction.atomic
def plan_draw(
    *,
    organisation: Organisation,
    year: int,
    planned: Planned,
    scheme: Scheme,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Draw:
    """Plan a draw; it may be changed until it is frozen. Raises DrawUnclear."""
    _require_clear(planned, year, scheme)
    draw = Draw(organisation=organisation, year=year, planned_at=at)
    _put(draw, planned)
    draw.save(force_insert=True)
    note("planned", draw, by, at, **_told(draw))
    return draw


@transaction.atomic
def change_draw(
    *,
    draw: Draw,
    planned: Planned,
    version: int | None = None,
    scheme: Scheme,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Draw:
    """Change the plan of a draw. Raises DrawMovedOn, DrawUnclear and Stale."""
    draw = locked(draw, DrawAct.CHANGE)
    require_version(draw, version, draw.title)
    _require_clear(planned, draw.year, scheme)
    before = _told(draw)
    _put(draw, planned)
    after = _told(draw)
    changed = {name: (before[name][1], told[1]) for name, told in after.items()}
    return moved(
        draw,
        "changed",
        by,
        at,
        {name: pair for name, pair in changed.items() if pair[0] != pair[1]},
    )


@transaction.atomic
def close_draw(*, draw: Draw, on: date, by: AbstractBaseUser | None, at: datetime) -> Draw:
    """Close a draw whose visits are all made or waived. Raises DrawMovedOn, NotAllInspected."""
    draw = locked(draw, DrawAct.CLOSE)
    left = draw.drawn.filter(duty__state=Duty.State.OPEN).count()
    if left:
        raise NotAllInspected(
            Text(
                f"还有 {left} 项检查没有办结。请先确认检查记录，或由上一级免除。",
                f"{left} visits are still to be made. Confirm their records, or let the next one "
                "up waive them.",
            )
        )
    draw.state, draw.closed_on = Draw.State.CLOSED, on
    return moved(draw, "closed", by, at, {"closed_on": (None, on.isoformat())})


@transaction.atomic
def drop_draw(*, draw: Draw, reason: str, by: AbstractBaseUser | None, at: datetime) -> Draw:
    """Drop a draw that is not drawn yet, for a reason that stays with it. Raises DrawMovedOn."""
    draw = locked(draw, DrawAct.DROP)
    before, draw.state = draw.state, Draw.State.DROPPED
    draw.dropped_reason, draw.sealed_seed = reason, ""
    told: dict[str, tuple[object, object]] = {
        "state": (before, Draw.State.DROPPED.value),
        "dropped_reason": (None, reason),
    }
    return moved(draw, "dropped", by, at, told)


def locked(draw: Draw, act: DrawAct) -> Draw:
    """Return a draw that nobody else moves on meanwhile. Raises DrawMovedOn."""
    rows = Draw.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.get(pk=draw.pk)
    if draw_after(found.state, act) is None:
        raise DrawMovedOn(
            Text(
                f"抽取“{found.title}”的状态已经变化，这一步不能做。请刷新页面看现在该做什么。",
                f"The draw “{found.title}” has moved on, so this can't be done. Reload the page "
                "to see what comes next.",
            )
        )
    return found


def moved(
    draw: Draw,
    what: str,
    by: AbstractBaseUser | None,
    at: datetime,
    told: Mapping[str, tuple[object, object]],
) -> Draw:
    """Save a draw and tell the log of it."""
    draw.version += 1
    draw.save()
    note(what, draw, by, at, **told)
    return draw


def note(
    what: str,
    draw: Draw,
    by: AbstractBaseUser | None,
    at: datetime,
    **told: tuple[object, object],
) -> None:
    """Tell the log of a draw."""
    audit.record(
        at=at,
        by=by,
        action=f"inspections.draw.{what}",
        subject=draw,
        organisation=draw.organisation_id,
        changes=told,
        rule=CLAUSE,
    )


def _put(draw: Draw, planned: Planned) -> None:
    draw.title, draw.levels, draw.team = planned.title, list(planned.levels), planned.team
    draw.source, draw.public_on, draw.due_on = planned.source, planned.public_on, planned.due_on


def _told(draw: Draw) -> dict[str, tuple[object, object]]:
    return {
        "title": (None, draw.title),
        "year": (None, draw.year),
        "levels": (None, list(draw.levels)),
        "team": (None, draw.team),
        "source": (None, draw.source),
        "public_on": (None, draw.public_on.isoformat()),
        "due_on": (None, draw.due_on.isoformat()),
    }


def _require_clear(planned: Planned, year: int, scheme: Scheme) -> None:
    sampled = sampled_levels(scheme)
    if not planned.levels or not set(planned.levels) <= set(sampled):
        raise DrawUnclear(
            Text(
                "请选择方案要求抽查的等级；其他等级的岗位逐一检查，或不抽查。",
                "Choose levels of which the scheme asks samples; others are checked one by one, "
                "or not at all.",
            )
        )
    if not 1 <= planned.team <= _MOST_IN_TEAM:
        raise DrawUnclear(
            Text(
                f"每组检查人数应为 1 至 {_MOST_IN_TEAM} 人。",
                f"Between one and {_MOST_IN_TEAM} people inspect together.",
            )
        )
    if planned.due_on < planned.public_on or planned.due_on.year != year:
        raise DrawUnclear(
            Text(
                f"检查期限 {planned.due_on} 应在 {year} 年内，不早于公开数值的日期 "
                f"{planned.public_on}。",
                f"The visits' due day, {planned.due_on}, must lie in {year}, not before the public "
                f"value of {planned.public_on}.",
            )
        )
