"""What a unit changed since its edition, and what nobody went over (六（一）, 六（五）)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lianfang.register.model import Power, Register, RiskPoint


@dataclass(frozen=True, kw_only=True)
class Changed:
    """The codes of what is new, is otherwise than before, and is gone."""

    added: frozenset[str]
    changed: frozenset[str]
    removed: frozenset[str]

    @property
    def touched(self) -> frozenset[str]:
        """What is there and is not as it was."""
        return self.added | self.changed

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def powers_changed(before: Register, after: Register) -> Changed:
    """Return which powers differ, with their posts, bases and steps."""
    return _changed(before.powers, after.powers)


def risks_changed(before: Register, after: Register) -> Changed:
    """Return which risk points differ, with their levels and measures."""
    return _changed(before.risks, after.risks)


def not_gone_over(
    risks: Iterable[RiskPoint], touched: Collection[str], reviewed: Collection[str]
) -> tuple[str, ...]:
    """Return the codes of risk points neither touched nor reviewed, in their order."""
    return tuple(risk.id for risk in risks if risk.id not in touched and risk.id not in reviewed)


def _changed(before: Iterable[Power | RiskPoint], after: Iterable[Power | RiskPoint]) -> Changed:
    old, new = ({part.id: part for part in parts} for parts in (before, after))
    return Changed(
        added=frozenset(new.keys() - old.keys()),
        changed=frozenset(code for code in new.keys() & old.keys() if new[code] != old[code]),
        removed=frozenset(old.keys() - new.keys()),
    )
