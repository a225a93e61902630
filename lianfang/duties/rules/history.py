"""A rule over time: an organisation may switch it or set its numbers, from a day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from lianfang.duties.rules.clock import Change
from lianfang.scheme.model import DutyRule, Scheme


class Version(NamedTuple):
    """A rule as it is from a day on."""

    from_on: date
    rule: DutyRule


@dataclass(frozen=True)
class RuleHistory:
    """A rule with its versions up to a day, the oldest first; there is at least one."""

    versions: tuple[Version, ...]

    @cached_property
    def rule(self) -> DutyRule:
        """The rule as it is on that day."""
        return self.versions[-1].rule

    @cached_property
    def columns(self) -> tuple[str, str, str]:
        """Code, kind and clause, as a duty has them."""
        rule = self.rule
        return rule.code, rule.kind.value, rule.clause.section

    @cached_property
    def since(self) -> date:
        """Since when it has been switched on, as long as it is: nothing is owed before."""
        return self._running[0].from_on

    @cached_property
    def intervals(self) -> tuple[Change, ...]:
        """Its intervals since it was switched on, with the day from which each holds."""
        found: list[Change] = []
        for version in self._running:
            interval = version.rule.interval
            if interval is not None and (not found or found[-1].interval.value != interval.value):
                found.append(Change(version.from_on, interval))
        return tuple(found)

    @cached_property
    def _running(self) -> tuple[Version, ...]:
        off = [place for place, version in enumerate(self.versions) if not version.rule.on]
        return self.versions[off[-1] + 1 :] if off and self.rule.on else self.versions


def histories(schemes: Iterable[tuple[date, Scheme]]) -> tuple[RuleHistory, ...]:
    """Return the rules of the last scheme with their versions; the schemes come in order of days.

    The first scheme is the one as it was written.
    """
    found: dict[str, list[Version]] = {}
    last: tuple[DutyRule, ...] = ()
    for from_on, scheme in schemes:
        last = scheme.duties
        for rule in last:
            versions = found.setdefault(rule.code, [])
            if not versions or versions[-1].rule != rule:
                versions.append(Version(from_on, rule))
    return tuple(RuleHistory(tuple(found[rule.code])) for rule in last)
