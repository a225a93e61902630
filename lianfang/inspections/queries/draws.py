"""Draws as pages show them: all of them, and one with who was drawn."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from lianfang.duties.models import Duty
from lianfang.files.models import OutgoingDocument
from lianfang.files.queries import documents_about
from lianfang.inspections.models import Draw, DrawnPost
from lianfang.inspections.rules.drawing import Picked
from lianfang.inspections.rules.plan import Entry, Plan
from lianfang.inspections.rules.sheet import Sheet, read_plan, read_sheet

SHEET = "draw_sheet"


@dataclass(frozen=True, kw_only=True)
class DrawLine:
    """A draw with how many were drawn and how many of them were visited."""

    draw: Draw
    drawn: int
    done: int


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """A line of the list, who was drawn in it, and the names of those who inspect."""

    entry: Entry
    picked: Picked | None
    inspectors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanFigures:
    """How many of a level may be drawn, and the share that will be, in percent."""

    level: str
    population: int
    percent: str
    sample: int | None


def draw_lines(rows: QuerySet[Draw]) -> list[DrawLine]:
    """Return draws, the latest year first, dropped ones among them. One statement."""
    counted = rows.annotate(
        many=Count("drawn"), done=Count("drawn", filter=~Q(drawn__duty__state=Duty.State.OPEN))
    )
    return [
        DrawLine(draw=draw, drawn=draw.many, done=draw.done)
        for draw in counted.order_by("-year", "-pk")
    ]


def drawn_in(draw: Draw) -> list[DrawnPost]:
    """Return who was drawn, in order, with inspectors and duty. Two statements."""
    rows = draw.drawn.select_related("person", "post", "unit", "duty__inspected_by")
    return list(rows.prefetch_related("inspectors").order_by("order"))


def paper_of(draw: Draw) -> OutgoingDocument | None:
    """Return the numbered sheet that holds, if it was issued. One statement."""
    found = (one for one in documents_about(draw) if one.kind == SHEET and one.void_on is None)
    return next(found, None)


def plan_in(draw: Draw) -> Plan | None:
    """Return the plan that was frozen, None before."""
    return read_plan(draw.plan.encode()) if draw.plan else None


def sheet_in(draw: Draw) -> Sheet:
    """Return the sheet of a draw that was drawn."""
    return read_sheet(draw.sheet.encode())


def sheet_lines(sheet: Sheet) -> list[SheetLine]:
    """Return the list of a sheet with who was drawn."""
    drawn = {picked.line: picked for picked in sheet.drawn}
    names = {one.person: one.person_name for one in sheet.plan.inspectors}
    return [
        SheetLine(
            entry=entry,
            picked=picked,
            inspectors=tuple(names[code] for code in picked.inspectors) if picked else (),
        )
        for entry in sheet.plan.entries
        for picked in (drawn.get(entry.line),)
    ]


def figures_of(draw: Draw) -> list[PlanFigures]:
    """Return how many of each level may be drawn, and were, from what was frozen."""
    plan = plan_in(draw)
    if plan is None:
        return []
    sheet = sheet_in(draw) if draw.sheet else None
    return [
        PlanFigures(
            level=share.level,
            population=sum(entry.level == share.level for entry in plan.entries),
            percent=share.percent,
            sample=sum(one.level == share.level for one in sheet.drawn) if sheet else None,
        )
        for share in plan.head.shares
    ]
