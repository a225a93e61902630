"""From the points of three parties to a score, and from a score to a result (五（七）1, 五（七）2).

Points go in tenths. What each party gave is weighed by the sheet; additions and deductions
count up to their limits, and a score lies between 0 and 100.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from lianfang.assessment.rules.sheets import WHOLE, items_of, maximum_of
from lianfang.scheme.model import Actor, Band, Sheet

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
NOTHING = Decimal(0)


class Party(StrEnum):
    """Who gives points."""

    SELF = "self"
    OFFICE = "office"
    LEADERSHIP = "leadership"


PARTY_OF = {
    Actor.CONTROL_OWNER: Party.SELF,
    Actor.HOLDER: Party.SELF,
    Actor.DISCIPLINE_OFFICE: Party.OFFICE,
    Actor.LEADERSHIP: Party.LEADERSHIP,
}


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What a sheet came to: by each party, weighed, added and taken off, and in the end."""

    parties: Mapping[Party, Decimal]
    weighed: Decimal
    added: Decimal
    taken: Decimal
    score: Decimal


def weights_of(sheet: Sheet) -> dict[Party, Decimal]:
    """Return what each party's points count, in per cent."""
    return {PARTY_OF[each.by]: Decimal(str(each.weight.value)) for each in sheet.weights}


def tally_of(
    sheet: Sheet,
    points: Mapping[tuple[str, Party], Decimal],
    adjustments: Iterable[Decimal],
    *,
    most_added: Decimal,
    most_taken: Decimal,
) -> Tally:
    """Return what a sheet came to; points that are missing count as none.

    Source: 质检认纪〔2012〕1号 五（七）1. Rounded to hundredths, a half up.
    """
    weights = weights_of(sheet)
    parties = {
        party: sum((points.get((item.code, party), NOTHING) for item in items_of(sheet)), NOTHING)
        for party in weights
    }
    weighed = sum((parties[party] * weights[party] for party in weights), NOTHING) / 100
    given = list(adjustments)
    added = min(sum((one for one in given if one > 0), NOTHING), most_added)
    taken = min(-sum((one for one in given if one < 0), NOTHING), most_taken)
    score = max(NOTHING, min(WHOLE, rounded(weighed + added - taken)))
    return Tally(parties=parties, weighed=rounded(weighed), added=added, taken=taken, score=score)


def rounded(points: Decimal) -> Decimal:
    """Return points in hundredths, a half up."""
    return points.quantize(HUNDREDTH, ROUND_HALF_UP)


def proposed(share: Decimal | None, maximum: Decimal) -> Decimal | None:
    """Return the points a share gives, in tenths; None where there was nothing to count."""
    return None if share is None else (share * maximum).quantize(TENTH, ROUND_HALF_UP)


def wrong_points(sheet: Sheet, points: Mapping[str, Decimal]) -> list[str]:
    """Return the codes of items whose points lie outside 0 and the maximum, or have hundredths."""
    items = {item.code: maximum_of(item) for item in items_of(sheet)}
    return [
        code
        for code, given in points.items()
        if code not in items or not 0 <= given <= items[code] or given != given.quantize(TENTH)
    ]


def band_of(score: Decimal, bands: Sequence[Band]) -> Band:
    """Return the band in which a score lies; the highest takes its upper end, too."""
    ordered = sorted(bands, key=lambda band: -band.at_least)
    return next((b for b in ordered if score >= Decimal(str(b.at_least))), ordered[-1])


def result_of(score: Decimal, sheet: Sheet, caps: Collection[str]) -> Band:
    """Return the band of a score, no better than what any of these caps leaves (五（七）2)."""
    found = band_of(score, sheet.bands)
    bands = {band.code: band for band in sheet.bands}
    limits = [bands[cap.band] for cap in sheet.caps if cap.code in caps]
    return min([found, *limits], key=lambda band: band.at_least)


def ranks_of(scores: Mapping[int, Decimal]) -> dict[int, int]:
    """Return the place of each unit by its score; equal scores share one, and the next is left out.

    Of units only: people are never ranked.
    """
    ordered = sorted(scores.values(), reverse=True)
    return {key: ordered.index(score) + 1 for key, score in scores.items()}
