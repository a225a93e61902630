"""Who may judge a filing, and when a meeting may decide about it (六（二）, 六（三））."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Shortfall = Literal["", "present", "approving"]


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """How the leading group sat on one filing: persons by their keys."""

    members: frozenset[int]
    present: frozenset[int]
    recused: frozenset[int]
    approving: frozenset[int]

    @property
    def entitled(self) -> frozenset[int]:
        """The members who may decide: those who hold no post in the unit."""
        return self.members - self.recused


def recused_among(members: Collection[int], seated: Collection[int]) -> frozenset[int]:
    """Return the members who hold a post in the unit that is decided about.

    Nobody judges what they themself answer for, wherever else they sit.
    """
    return frozenset(members) & frozenset(seated)


def shortfall(sitting: Sitting, *, present: float, approving: float) -> Shortfall:
    """Return what a valid approval lacks: enough present, enough in favour; empty for nothing.

    At least `present` per cent of the entitled members, and more than `approving` per cent of them
    in favour. Recused members count neither for nor against. Whoever approves is present. A group
    of which everybody is recused can't decide.
    """
    entitled = sitting.entitled
    here = sitting.present & entitled
    if not entitled or Fraction(len(here) * 100, len(entitled)) < Fraction(str(present)):
        return "present"
    in_favour = sitting.approving & here
    if Fraction(len(in_favour) * 100, len(entitled)) <= Fraction(str(approving)):
        return "approving"
    return ""
