"""Groups rows by wording: the same in many rows, or nearly the same in another unit."""

import re
from collections.abc import Iterator, Sequence

from lianfang.checks.index import Index, Row, stripped
from lianfang.checks.likeness import near_copies
from lianfang.checks.naming import listed, place_of
from lianfang.common.text import Text
from lianfang.register.model import RiskPoint

_TITLES = re.compile(r"《[^》]*》")


def same_wording(rows: Sequence[Row], length: float) -> list[list[Row]]:
    """Return the rows of each bare wording of at least `length`, by its first row."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if len(row.text) >= length:
            groups.setdefault(row.text, []).append(row)
    return list(groups.values())


def points(rows: Sequence[Row]) -> list[RiskPoint]:
    """Return the risk points of rows, each once, in order."""
    return list({row.risk.id: row.risk for row in rows}.values())


def copied(index: Index, rows: Sequence[Row], *, told: int) -> Iterator[list[Row]]:
    """Yield the rows of each wording that stands, nearly the same, in more than one unit.

    Names of laws and rules don't count. A wording that stands literally in `told` risk points
    or more and has no near-copy is left to the check for repetition.
    """
    if len({risk.unit for risk in index.register.risks}) < 2:
        return
    yardstick = index.yardstick
    telling = (_without_titles(row) for row in rows)
    same = same_wording(list(telling), yardstick.limit("copied_length"))
    near = near_copies([group[0].text for group in same], yardstick.limit("copied_likeness"))
    clustered = {place for cluster in near for place in cluster}
    for place, rows_alike in enumerate(same):
        if len(rows_alike) < 2 or place in clustered:
            continue
        if len(points(rows_alike)) < told and _spread(rows_alike):
            yield rows_alike
    for cluster in near:
        members = [row for place in cluster for row in same[place]]
        if _spread(members):
            yield members


def _spread(rows: Sequence[Row]) -> bool:
    return len({row.risk.unit for row in rows}) > 1


def _without_titles(row: Row) -> Row:
    if "《" not in row.written:
        return row
    return row._replace(text=stripped(_TITLES.sub("", row.written)))


def told(index: Index, rows: Sequence[Row]) -> dict[str, object]:
    """Return the words for a cluster: how many risk points and units, and the first places."""
    found = points(rows)
    places = [place_of(index, risk) for risk in found]
    return {
        "count": len(found),
        "units": len({risk.unit for risk in found}),
        "places": listed(places, index.yardstick.whole("places_named")),
    }


def copier(rows: Sequence[Row]) -> Row:
    """Return the first row of a unit other than the one in which the wording stands first."""
    return next(row for row in rows if row.risk.unit != rows[0].risk.unit)


def from_there(index: Index, rows: Sequence[Row]) -> Text:
    """Return the place where a wording stands first."""
    return place_of(index, rows[0].risk)
