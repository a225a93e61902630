"""What stored duties should come to, worked out one by one in memory: slow and plain."""

from dataclasses import dataclass, field
from datetime import date

from lianfang.duties.rules.day import looks_back_to, repeating
from lianfang.duties.rules.facts import Facts
from lianfang.duties.rules.lapsing import Gone, Reasons
from lianfang.duties.rules.oracle import wanted
from lianfang.duties.rules.values import Wanted

Key = tuple[str, date]


@dataclass(frozen=True)
class Kept:
    """A duty as it is stored."""

    duty: Wanted
    state: str = "open"
    lapse: str = ""


@dataclass
class Simulated:
    """The duties of an organisation, reconciled day after day."""

    kept: dict[Key, Kept] = field(default_factory=dict)

    def reconcile(self, facts: Facts) -> int:
        """Close the gap on the day of the facts; returns how many duties were touched."""
        before = dict(self.kept)
        owed = {(each.ground, each.period): each for each in wanted(facts)}
        for key, duty in owed.items():
            if key not in self.kept or self.kept[key].state in {"open", "lapsed"}:
                self.kept[key] = Kept(duty)
        grounds = {ground: duty for (ground, _), duty in sorted(owed.items())}
        for key, stored in list(self.kept.items()):
            is_old = (
                stored.duty.due_on < looks_back_to(facts.on)
                and stored.duty.rule in repeating(facts.rules)
                and key[0] in grounds
            )
            if stored.state == "open" and key not in owed and not is_old:
                self._close(key, stored, facts)
            elif stored.state == "open" and key not in owed:
                # long overdue: it lies with whoever is to act in the last period
                last = grounds[key[0]]
                self.kept[key] = Kept(
                    stored.duty._replace(
                        unit=last.unit, actor=last.actor, actor_role=last.actor_role
                    )
                )
        return sum(before.get(key) != stored for key, stored in self.kept.items())

    def open_keys(self) -> list[Key]:
        """Return the keys of what is open, in order."""
        return sorted(key for key, stored in self.kept.items() if stored.state == "open")

    def put(self, key: Key, state: str) -> None:
        """Let an open duty be done or waived."""
        self.kept[key] = Kept(self.kept[key].duty, state)

    def _close(self, key: Key, stored: Kept, facts: Facts) -> None:
        duty = stored.duty
        gone = Gone(duty.ground, duty.rule, duty.person, duty.post, duty.unit)
        lapse = Reasons(facts).of(gone)
        self.kept[key] = Kept(duty, "lapsed" if lapse else "done", lapse or "")
