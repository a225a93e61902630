"""The draw: who is inspected, and by whom. A pocket script can do the same from the sheet.

docs/inspections.md tells the algorithm in words, with such a script. Nothing here depends on a
random generator: every order is one of HMAC-SHA-256 values. Source: 质检认纪〔2012〕1号 五（五）.
"""

import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from lianfang.inspections.rules.plan import Entry, Inspector, Plan, canonical, sha256

ALGORITHM = "SHA-256, HMAC-SHA-256"
_SEED = "lianfang draw 1 seed"
_MIX = "lianfang draw 1 mix"
_HUNDRED = 100


class Stratum(Struct, frozen=True, kw_only=True):
    """A level in a unit: how many there are, and how many of them are drawn."""

    level: str
    unit: str
    population: int
    sample: int


class Picked(Struct, frozen=True, kw_only=True):
    """Somebody who was drawn, with the line of the plan, and who inspects them."""

    order: int
    line: int
    level: str
    unit: str
    post: str
    person: str
    person_name: str
    inspectors: tuple[str, ...]


class Result(Struct, frozen=True, kw_only=True):
    """What a draw comes to."""

    strata: tuple[Stratum, ...]
    drawn: tuple[Picked, ...]


def commitment_to(seed: str) -> str:
    """Return what is published of a seed before it is shown."""
    return sha256(f"{_SEED}\n{seed}".encode())


def mixed(seed: str, digest: str, value: str) -> str:
    """Return the secret seed mixed with the digest of the plan and the public value."""
    message = f"{_MIX}\n{digest}\n{value}"
    return hmac.new(bytes.fromhex(seed), message.encode(), "sha256").hexdigest()


def rank(mix: str, *parts: str) -> str:
    """Return where something stands in an order that nobody could foresee."""
    return hmac.new(bytes.fromhex(mix), canonical(parts), "sha256").hexdigest()


def sample_size(population: int, percent: str) -> int:
    """Return how many of a level are drawn: the share, rounded up."""
    share = Fraction(percent) / _HUNDRED
    return min(population, -(-population * share.numerator // share.denominator))


def seats(counts: Mapping[str, int], total: int, level: str, mix: str) -> dict[str, int]:
    """Return how many of `total` fall to each unit: its part rounded down or up, the sum exact.

    What is left after rounding down is drawn: the units' remainders are laid end to end in the
    order of their ranks, and marks set a whole seat apart from a drawn start. So everybody of a
    level is as likely to be drawn, however small the unit.
    """
    everybody = sum(counts.values())
    found = {unit: count * total // everybody for unit, count in counts.items()}
    start = int(rank(mix, "start", level), 16) % everybody if everybody else 0
    reached = 0
    for unit in sorted(counts, key=lambda unit: rank(mix, "unit", level, unit)):
        before = _marks(reached, start, everybody)
        reached += counts[unit] * total % everybody
        found[unit] += _marks(reached, start, everybody) - before
    return found


def may_inspect(inspector: Inspector, entry: Entry) -> bool:
    """Return whether somebody may inspect: of the body, and with nothing that recuses them."""
    is_known = entry.person == inspector.person or entry.person in inspector.people
    return inspector.body == entry.body and entry.unit not in inspector.units and not is_known


def draw(plan: Plan, mix: str) -> Result:
    """Draw: the order of the plan's lines makes no difference. Linear but for the sorting."""
    strata: list[Stratum] = []
    picked: list[Entry] = []
    for share in plan.head.shares:
        groups: dict[str, list[Entry]] = {}
        for entry in plan.entries:
            if entry.level == share.level:
                groups.setdefault(entry.unit, []).append(entry)
        counts = {unit: len(groups[unit]) for unit in sorted(groups)}
        total = sample_size(sum(counts.values()), share.percent)
        for unit, sample in seats(counts, total, share.level, mix).items():
            strata.append(
                Stratum(level=share.level, unit=unit, population=counts[unit], sample=sample)
            )
            picked += sorted(groups[unit], key=lambda entry: _rank_of(mix, entry))[:sample]
    return Result(strata=tuple(strata), drawn=_with_inspectors(plan, picked, mix))


def _with_inspectors(plan: Plan, picked: Sequence[Entry], mix: str) -> tuple[Picked, ...]:
    """Give each their inspectors: those with the fewest visits so far, then by rank."""
    visits: Counter[str] = Counter()
    found = []
    for order, entry in enumerate(picked, 1):
        chosen = sorted(
            (one.person for one in plan.inspectors if may_inspect(one, entry)),
            key=lambda person: (
                visits[person],
                rank(mix, "inspector", entry.post, entry.person, person),
            ),
        )[: plan.head.team]
        visits.update(chosen)
        found.append(
            Picked(
                order=order,
                line=entry.line,
                level=entry.level,
                unit=entry.unit,
                post=entry.post,
                person=entry.person,
                person_name=entry.person_name,
                inspectors=tuple(chosen),
            )
        )
    return tuple(found)


def _rank_of(mix: str, entry: Entry) -> str:
    return rank(mix, "entry", entry.level, entry.unit, entry.post, entry.person)


def _marks(reached: int, start: int, apart: int) -> int:
    """Return how many marks lie before a place: at `start`, and every so often after it."""
    return (reached - start - 1) // apart + 1 if reached > start else 0
