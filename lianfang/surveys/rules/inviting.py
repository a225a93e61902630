"""Who is proposed to be asked about somebody: those who see their work (五（五）1).

People who share a power come first, then those of the same unit; so many as the scheme says. Never
the person themself, nor those who hold the survey.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody who could be asked: in which units, and with a part in which powers."""

    person: int
    units: frozenset[int]
    powers: frozenset[int]


def may_be_asked(person: int, about: int, holders: Collection[int]) -> bool:
    """Return whether somebody may be asked about another: not themself, none of the holders."""
    return person != about and person not in holders


def proposed(
    colleagues: Collection[Colleague],
    *,
    about: Colleague,
    holders: Collection[int],
    number: int,
    load: Mapping[int, int],
) -> list[int]:
    """Return whom to ask about somebody, in the order of their numbers.

    Of equals, those come first who are asked about fewer others so far (`load`).
    """
    near = [
        each
        for each in colleagues
        if may_be_asked(each.person, about.person, holders) and _nearness(each, about) > (0, 0)
    ]
    near.sort(
        key=lambda each: (
            *(-n for n in _nearness(each, about)),
            load.get(each.person, 0),
            each.person,
        )
    )
    return sorted(each.person for each in near[:number])


def _nearness(each: Colleague, about: Colleague) -> tuple[int, int]:
    return len(each.powers & about.powers), len(each.units & about.units)
