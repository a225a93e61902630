"""Finds risk points of a file that say what another one says already."""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from lianfang.common.text import bare
from lianfang.register.model import RiskPoint, Subject

ALIKE = 85
# Above so many comparisons in a unit only equal wording is looked for.
_MOST = 4_000_000


def resembled(
    new: Sequence[RiskPoint], others: Iterable[RiskPoint]
) -> Mapping[str, tuple[RiskPoint, int]]:
    """Return for each new risk point the one it resembles most in its unit, and how much in %.

    `others` are all of the units, the new ones among them; an earlier one is the original.
    """
    by_unit: dict[str, list[RiskPoint]] = {}
    for risk in others:
        by_unit.setdefault(risk.unit, []).append(risk)
    wanted = {risk.id for risk in new}
    found: dict[str, tuple[RiskPoint, int]] = {}
    for risks in by_unit.values():
        asked = sum(risk.id in wanted for risk in risks)
        if asked:
            found |= _equal(risks, wanted)
            if asked * len(risks) <= _MOST:
                found |= _alike(risks, wanted, found)
    return found


def words_of(risk: RiskPoint) -> str:
    """Return what a risk point says, plainly: its title and how it shows."""
    return bare(risk.title + "".join(shown.text for shown in risk.manifestations))


def _equal(risks: Sequence[RiskPoint], wanted: set[str]) -> dict[str, tuple[RiskPoint, int]]:
    first: dict[str, RiskPoint] = {}
    first_about: dict[tuple[str, Subject], RiskPoint] = {}
    found: dict[str, tuple[RiskPoint, int]] = {}
    for risk in sorted(risks, key=lambda risk: risk.id in wanted):
        words = words_of(risk)
        original = first.setdefault(words, risk)
        # one about the same thing is the original before one about another
        about_the_same = first_about.setdefault((words, risk.about), risk)
        original = original if about_the_same is risk else about_the_same
        if original is not risk and risk.id in wanted:
            found[risk.id] = (original, 100)
    return found


def _alike(
    risks: Sequence[RiskPoint], wanted: set[str], known: Mapping[str, object]
) -> dict[str, tuple[RiskPoint, int]]:
    ordered = sorted(risks, key=lambda risk: risk.id in wanted)
    texts = [words_of(risk) for risk in ordered]
    found: dict[str, tuple[RiskPoint, int]] = {}
    for place, risk in enumerate(ordered):
        if risk.id in wanted and risk.id not in known:
            best = process.extractOne(
                texts[place], texts[:place], scorer=fuzz.ratio, score_cutoff=ALIKE
            )
            if best is not None:
                # nearly equal is not equal
                found[risk.id] = (ordered[best[2]], min(round(best[1]), 99))
    return found
