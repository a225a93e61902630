"""The sheets of a year, and how the office changes them before it opens (五（七）1).

A section is worth what its items are worth together; a sheet is worth 100 points.
"""

from collections.abc import Collection, Iterable
from decimal import Decimal

from msgspec.structs import replace

from lianfang.common.text import Text
from lianfang.scheme.model import Sheet, SheetItem, SheetSection

WHOLE = Decimal(100)
MANUAL = "manual"
UNITS, PERSONS = "units", "persons"


def items_of(sheet: Sheet) -> list[SheetItem]:
    """Return the items of a sheet, section after section."""
    return [item for section in sheet.sections for item in section.items]


def item_in(sheet: Sheet, code: str) -> SheetItem | None:
    """Return the item of that code."""
    return next((item for item in items_of(sheet) if item.code == code), None)


def maximum_of(item: SheetItem) -> Decimal:
    """Return the most points an item gives."""
    return Decimal(str(item.maximum))


def whole_of(sheet: Sheet) -> Decimal:
    """Return what all items are worth together."""
    return sum((maximum_of(item) for item in items_of(sheet)), Decimal(0))


def with_item(sheet: Sheet, item: SheetItem) -> Sheet:
    """Return the sheet with an item in the place of the one of its code."""
    return _with_sections(
        sheet,
        (
            replace(section, items=tuple(item if i.code == item.code else i for i in section.items))
            for section in sheet.sections
        ),
    )


def with_new_item(sheet: Sheet, section: str, item: SheetItem) -> Sheet:
    """Return the sheet with an item more at the end of a section."""
    return _with_sections(
        sheet,
        (replace(s, items=(*s.items, item)) if s.code == section else s for s in sheet.sections),
    )


def without_item(sheet: Sheet, code: str) -> Sheet:
    """Return the sheet without an item; a section that has none left goes, too."""
    left = (
        replace(section, items=tuple(item for item in section.items if item.code != code))
        for section in sheet.sections
    )
    return _with_sections(sheet, (section for section in left if section.items))


def told(points: Decimal) -> str:
    """Write points without empty decimals: 7, 2.5."""
    return f"{float(points):g}"


def new_code(taken: Collection[str]) -> str:
    """Return a code for an item that an organisation adds itself: own_item_1, own_item_2, …"""
    return next(code for n in range(1, len(taken) + 2) if (code := f"own_item_{n}") not in taken)


def fault_of(sheet: Sheet) -> Text | None:
    """Return why a sheet can't be opened as it stands and how to mend it, None where it can."""
    whole = whole_of(sheet)
    if whole == WHOLE:
        return None
    together, apart = told(whole), told(abs(WHOLE - whole))
    zh, en = sheet.label.zh, sheet.label.en
    if whole < WHOLE:
        return Text(
            f"“{zh}”各项满分合计 {together} 分，还差 {apart} 分。请提高某几项的满分，或增加一项，"
            "使合计为 100 分。",
            f"The items of “{en}” add up to {together} points, {apart} too few. Raise the maximum "
            "of some, or add an item, so that they make 100.",
        )
    return Text(
        f"“{zh}”各项满分合计 {together} 分，多出 {apart} 分。请降低某几项的满分，或删去一项，"
        "使合计为 100 分。",
        f"The items of “{en}” add up to {together} points, {apart} too many. Lower the maximum "
        "of some, or remove an item, so that they make 100.",
    )


def _with_sections(sheet: Sheet, sections: Iterable[SheetSection]) -> Sheet:
    """Return the sheet with these sections, each worth what its items are."""
    return replace(
        sheet,
        sections=tuple(
            replace(section, maximum=float(sum(item.maximum for item in section.items)))
            for section in sections
        ),
    )
