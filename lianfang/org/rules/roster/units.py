"""Units of a staff list: parents before children, no ring, one root (四)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lianfang.common.text import Text
from lianfang.org.rules.roster.books import UnitEntry
from lianfang.org.rules.roster.draft import Draft, lengths, merged, once
from lianfang.org.rules.roster.model import UnitRow
from lianfang.org.rules.roster.plan import Thing
from lianfang.org.rules.structure import UnitKind


def plan_units(draft: Draft, rows: Sequence[UnitRow]) -> None:
    """Enter the units of the list."""
    settled = [replace(row, code=draft.unit_codes.settled(row.code)) for row in rows]
    single = [
        row
        for row, _ in once(draft, Thing.UNIT, settled, [row.code or row.origin for row in settled])
    ]
    for row in _parents_first(draft, single):
        _plan_unit(draft, row)


def _plan_unit(draft: Draft, row: UnitRow) -> None:
    root = draft.books.root
    before = draft.units.get(row.code)
    label = f"{row.code} {row.name or (before.name if before else '')}".strip()
    parent = draft.unit(row.parent) if row.parent else None
    base = before or UnitEntry(code=row.code, parent=root.code if root else None)
    after = merged(base, row, parent=parent.code if parent else None)
    reasons = [*row.faults, *lengths(row), *_place_faults(draft, row, before, parent)]
    if after != before:
        reasons += _state_faults(before, after)
    if reasons:
        draft.refuse(row, Thing.UNIT, label, reasons, before=before)
    else:
        draft.take(row.origin, Thing.UNIT, label, before=before, after=after, doubts=row.doubts)


def _state_faults(before: UnitEntry | None, after: UnitEntry) -> Iterator[Text]:
    if before is not None and before.retired_on is not None:
        yield Text(
            f"单位“{before.name}”已于 {before.retired_on} 停用，不能修改。请删去这一行或另用代码。",
            f"The unit {before.name} was retired on {before.retired_on} and can't be changed. Take "
            "the row out or use another code.",
        )
    if not after.name:
        yield Text("单位没有名称，请写上。", "The unit has no name; write it.")


def _place_faults(
    draft: Draft, row: UnitRow, before: UnitEntry | None, parent: UnitEntry | None
) -> Iterator[Text]:
    root = draft.books.root
    if before is not None and before == root:
        if parent is not None or row.kind not in (None, UnitKind.ORGANISATION):
            yield Text(
                f"“{root.code}”是本机构的根单位，没有上级，类型只能是“单位”。请改正。",
                f"{root.code} is the organisation itself: it has no parent, and its type is "
                "“organisation”. Mend the row.",
            )
        return
    if row.kind == UnitKind.ORGANISATION and root is not None:
        yield Text(
            f"类型为“单位”的只有本机构自己，代码是“{root.code}”。请改代码或类型。",
            f"Only the organisation itself is of that type; its code is {root.code}. Change the "
            "code or the type.",
        )
    if row.parent and parent is None:
        yield Text(
            f"没有代码为“{row.parent}”的上级单位，或它那一行有误。请核对上级代码。",
            f"There is no parent unit with the code {row.parent}, or its row is wrong. Check the "
            "code.",
        )
    if parent is not None and parent.retired_on is not None:
        yield Text(
            f"上级单位“{parent.name}”已停用，请另选。",
            f"The parent unit {parent.name} was retired; choose another one.",
        )
    if parent is not None and before is not None and _is_below(draft, parent, before):
        yield _ring(row.code)


def _is_below(draft: Draft, unit: UnitEntry, other: UnitEntry) -> bool:
    """Return whether a unit is the other one, or stands anywhere below it."""
    above: UnitEntry | None = unit
    while above is not None and above.code != other.code:
        above = draft.units.get(above.parent) if above.parent else None
    return above is not None


def _parents_first(draft: Draft, rows: Sequence[UnitRow]) -> Iterator[UnitRow]:
    """Yield each row after that of its parent; the rows of a ring come with a fault."""
    waiting = {row.code: row for row in rows}
    for row in rows:
        path: dict[str, UnitRow] = {}
        code: str | None = row.code
        while code in waiting and code not in path:
            path[code] = waiting[code]
            parent = path[code].parent
            code = draft.unit_codes.known(parent) if parent else None
        ring = list(path)[list(path).index(code) :] if code in path else []
        for step in reversed(path.values()):
            del waiting[step.code]
            faults = (*step.faults, _ring(step.code)) if step.code in ring else step.faults
            yield replace(step, faults=faults)


def _ring(code: str) -> Text:
    return Text(
        f"单位“{code}”会在自己之下：上下级连成了圈。请改正上级代码。",
        f"The unit {code} would stand below itself: the units form a ring. Mend the parent codes.",
    )
