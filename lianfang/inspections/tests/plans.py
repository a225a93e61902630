"""Plans and sheets as tests make them: a few units, levels, people, and who inspects."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from lianfang.inspections.rules.plan import Entry, Head, Inspector, Plan, Share, frozen_plan
from lianfang.inspections.rules.sheet import Sheet, sheet_of

SEED = "5a" * 32
VALUE = "上证指数收盘 3245.67"
FROZEN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DRAWN = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
OFFICE, OVERSIGHT = "discipline_office", "discipline_oversight"
SHARES = (
    Share(level="medium", percent="30", rules=("check_medium", "survey_medium")),
    Share(level="low", percent="10", rules=("check_low", "survey_low")),
)


def head(**values: Any) -> Head:
    given: dict[str, Any] = {
        "organisation": "centre",
        "organisation_name": "示范评价中心",
        "title": "2026 年廉洁履责抽查",
        "year": 2026,
        "scheme": "cnas-2012",
        "scheme_version": "1",
        "source": "上海证券交易所上证综合指数收盘点位",
        "public_on": date(2026, 3, 3),
        "due_on": date(2026, 12, 31),
        "team": 2,
        "shares": SHARES,
    }
    return Head(**{**given, **values})


def entry(number: int, unit: str = "CW", level: str = "medium", **values: Any) -> Entry:
    given: dict[str, Any] = {
        "level": level,
        "unit": unit,
        "unit_name": f"{unit}处",
        "post": f"{unit}-{number:02}",
        "post_name": f"岗位{number}",
        "person": f"{unit}{number:03}",
        "person_name": f"某人{number}",
        "body": OFFICE,
    }
    return Entry(**{**given, **values})


def inspector(person: str, units: Iterable[str] = ("JJ",), people: Iterable[str] = ()) -> Inspector:
    return Inspector(
        body=OFFICE,
        person=person,
        person_name=f"检查员{person}",
        units=tuple(sorted(units)),
        people=tuple(sorted({person, *people})),
    )


INSPECTORS = (inspector("J1"), inspector("J2", people=["CW001"]), inspector("J3", ["JJ", "PS"]))
ENTRIES = (
    *(entry(number) for number in range(1, 8)),
    *(entry(number, "PS") for number in range(1, 6)),
    *(entry(number, "BG", "low") for number in range(1, 12)),
    entry(12, "PS", "low"),
)


def plan(
    entries: Iterable[Entry] = ENTRIES,
    inspectors: Iterable[Inspector] = INSPECTORS,
    **values: Any,
) -> Plan:
    return frozen_plan(head(**values), entries, inspectors)


def sheet(drawn: Plan | None = None, seed: str = SEED, value: str = VALUE) -> Sheet:
    return sheet_of(
        drawn if drawn is not None else plan(),
        seed=seed,
        value=value,
        frozen_at=FROZEN,
        drawn_at=DRAWN,
    )
