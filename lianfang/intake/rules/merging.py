"""One part of a register from three: what is stored, what a file says, what it said before.

What the file leaves blank stays as it is. What it says again as it did before stays as somebody
has changed it since. Only what is new in the file is taken; where both changed, the file wins
and the field is named as a clash. Of lists nothing is taken away because the file does not mention
it, unless the file mentioned it before: then somebody took it out.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from lianfang.register.model import (
    Basis,
    Extra,
    Manifestation,
    Measure,
    Power,
    PowerPost,
    RiskPoint,
    Step,
    Subject,
    SubjectKind,
)

Value = TypeVar("Value")
Word = TypeVar("Word", bound=Hashable)
Worded = TypeVar("Worded", Basis, Manifestation)
Part = TypeVar("Part", Power, RiskPoint)

_RISK_FIELDS = ("title", "level")
_POWER_FIELDS = ("name", "category", "kind")
_MEASURE_FIELDS = ("text", "phase", "frequency", "evidence", "method", "indicator", "regulation")


class Merged(Struct, Generic[Part], frozen=True):
    """What would be stored, and the fields that were changed on both sides."""

    part: Part
    clashes: tuple[str, ...]


class Merging:
    """Merges the parts of one file; `blanks_count` where an emptied cell means to empty."""

    def __init__(self, *, blanks_count: bool = False) -> None:
        self._blanks_count = blanks_count
        self._clashes: list[str] = []

    def power(
        self,
        stored: Power,
        said: Power,
        earlier: Power | None,
        hung_on: frozenset[str] = frozenset(),
    ) -> Merged[Power]:
        """Merge a power; steps that something is `hung_on` are never taken out."""
        self._clashes = []
        part = replace(
            stored,
            **{name: self._of(name, stored, said, earlier) for name in _POWER_FIELDS},
            bases=self._bases(stored, said, earlier),
            posts=_parts(stored, said, earlier),
            steps=self._steps(stored, said, earlier, hung_on),
            extras=self._extras(stored, said, earlier),
        )
        return Merged(part, tuple(self._clashes))

    def risk(
        self, stored: RiskPoint, said: RiskPoint, earlier: RiskPoint | None
    ) -> Merged[RiskPoint]:
        """Merge a risk point."""
        self._clashes = []
        part = replace(
            stored,
            **{name: self._of(name, stored, said, earlier) for name in _RISK_FIELDS},
            about=self._about(stored, said, earlier),
            posts=self._list(stored.posts, said.posts, earlier.posts if earlier else None),
            aspects=self._list(stored.aspects, said.aspects, earlier.aspects if earlier else None),
            manifestations=self._shown(stored, said, earlier),
            measures=self._measures(stored, said, earlier),
            extras=self._extras(stored, said, earlier),
        )
        return Merged(part, tuple(self._clashes))

    def _of(self, name: str, stored: Struct, said: Struct, earlier: Struct | None) -> object:
        before = None if earlier is None else getattr(earlier, name)
        return self._picked(
            name, getattr(stored, name), getattr(said, name), before, known=earlier is not None
        )

    def _picked(
        self, name: str, stored: Value, said: Value, before: Value, *, known: bool
    ) -> Value:
        if said == stored or (not said and not self._blanks_count):
            return stored
        if known and said == before:
            return stored
        if known and stored != before:
            self._clashes.append(name)
        return said

    def _about(self, stored: RiskPoint, said: RiskPoint, earlier: RiskPoint | None) -> Subject:
        """Return what a risk hangs on; a file that names the power alone doesn't undo the step."""
        kinds = (said.about.kind, stored.about.kind)
        vaguer = kinds == (SubjectKind.POWER, SubjectKind.STEP)
        if vaguer and stored.about.id.startswith(f"{said.about.id}-"):
            return stored.about
        if said.about.kind is SubjectKind.UNIT and stored.about.kind is not SubjectKind.UNIT:
            return stored.about
        before = earlier.about if earlier else said.about
        return self._picked("about", stored.about, said.about, before, known=earlier is not None)

    def _shown(
        self, stored: RiskPoint, said: RiskPoint, earlier: RiskPoint | None
    ) -> tuple[Manifestation, ...]:
        """Return how a risk shows, by words; the level beside one is the file's, if it has."""
        known = _by_words(stored.manifestations)
        new = _by_words(said.manifestations)
        before = _by_words(earlier.manifestations) if earlier else None
        words = self._list(tuple(known), tuple(new), None if before is None else tuple(before))
        return tuple(
            self._leveled(known[one], new.get(one), (before or {}).get(one))
            if one in known
            else new[one]
            for one in words
        )

    def _leveled(
        self, stored: Manifestation, said: Manifestation | None, before: Manifestation | None
    ) -> Manifestation:
        if said is None:
            return stored
        level = self._picked(
            "level",
            stored.level,
            said.level,
            before.level if before else None,
            known=before is not None,
        )
        return replace(stored, level=level)

    def _list(
        self,
        stored: tuple[Word, ...],
        said: tuple[Word, ...],
        earlier: tuple[Word, ...] | None,
    ) -> tuple[Word, ...]:
        """Return a list of three: stored, less what the file no longer says, and what is new."""
        if not said and not self._blanks_count:
            return stored
        before = set(earlier or ())
        gone = before.difference(said)
        known = set(stored) | before
        return (
            *(word for word in stored if word not in gone),
            *(word for word in said if word not in known),
        )

    def _bases(self, stored: Power, said: Power, earlier: Power | None) -> tuple[Basis, ...]:
        """Return the bases, by their words; one that is there keeps the regulation it names."""
        known, new = _by_words(stored.bases), _by_words(said.bases)
        before = None if earlier is None else tuple(_by_words(earlier.bases))
        both = new | known
        return tuple(both[one] for one in self._list(tuple(known), tuple(new), before))

    def _steps(
        self, stored: Power, said: Power, earlier: Power | None, hung_on: frozenset[str]
    ) -> tuple[Step, ...]:
        if not said.steps:
            return stored.steps
        if earlier is not None and _names(said) == _names(earlier):
            again = {
                step.id: (step, old) for step, old in zip(said.steps, earlier.steps, strict=True)
            }
            return tuple(
                self._step(step, *again[step.id]) if step.id in again else step
                for step in stored.steps
            )
        known = {step.id: step for step in stored.steps}
        if not any(step.arrows for step in said.steps):
            # links that risks name, no flow: nothing of the flow is taken away
            return (*stored.steps, *(step for step in said.steps if step.id not in known))
        if _ids(said) == _ids(stored) and _names(said) == _names(stored):
            return stored.steps
        if earlier is not None and _names(stored) != _names(earlier):
            self._clashes.append("steps")
        told = set(_ids(said))
        kept = [step for step in stored.steps if step.id in hung_on and step.id not in told]
        return (*(_filled(known.get(step.id), step) for step in said.steps), *kept)

    def _step(self, stored: Step, said: Step, earlier: Step) -> Step:
        """Merge a step of a flow that the file tells as before: who takes it, and for how long."""
        # words for who don't count where a post is known
        names = ("days",) if stored.post else ("lane", "days")
        return replace(stored, **{name: self._of(name, stored, said, earlier) for name in names})

    def _extras(
        self, stored: Power | RiskPoint, said: Power | RiskPoint, earlier: Power | RiskPoint | None
    ) -> tuple[Extra, ...]:
        if not said.extras or (earlier is not None and said.extras == earlier.extras):
            return stored.extras
        labels = {extra.label for extra in said.extras}
        return (*(extra for extra in stored.extras if extra.label not in labels), *said.extras)

    def _measures(
        self, stored: RiskPoint, said: RiskPoint, earlier: RiskPoint | None
    ) -> tuple[Measure, ...]:
        before = {measure.id: measure for measure in earlier.measures} if earlier else {}
        said_before = {measure.text for measure in before.values()}
        told = {measure.id: measure for measure in said.measures}
        if not told and not self._blanks_count:
            return stored.measures
        kept = [
            self._measure(measure, told.get(measure.id), before.get(measure.id))
            for measure in stored.measures
            if measure.id in told or not self._came_with_the_file(measure, before)
        ]
        known = {measure.id for measure in stored.measures}
        texts = said_before | {measure.text for measure in kept}
        new = [
            measure
            for measure in said.measures
            # one that was said before and is gone since was dropped by somebody
            if measure.id not in known and measure.text not in texts
        ]
        return (*kept, *new)

    def _measure(self, stored: Measure, said: Measure | None, earlier: Measure | None) -> Measure:
        if said is None:
            return stored
        fields = {name: self._of(name, stored, said, earlier) for name in _MEASURE_FIELDS}
        # A table names whoever answers for a row; what the register knows of one measure is more
        # exact. A post stands in place of words, and words in place of a post.
        if earlier is not None or _who(stored) is None:
            before = None if earlier is None else _who(earlier)
            who = self._picked(
                "responsible", _who(stored), _who(said), before, known=earlier is not None
            )
            fields["post"], fields["responsible"] = who or (None, "")
        return replace(stored, **fields)

    def _came_with_the_file(self, measure: Measure, before: dict[str, Measure]) -> bool:
        """Return whether a measure that the file no longer has stood in it and was left alone."""
        earlier = before.get(measure.id)
        return earlier is not None and earlier.text == measure.text


def _parts(stored: Power, said: Power, earlier: Power | None) -> tuple[PowerPost, ...]:
    """Return who has a part in a power: a table names posts, and takes none away."""
    known = {part.post for part in stored.posts}
    if earlier is not None:
        known |= {part.post for part in earlier.posts}
    return (*stored.posts, *(part for part in said.posts if part.post not in known))


def _by_words(entries: Iterable[Worded]) -> dict[tuple[str, int], Worded]:
    """Return entries by their words and how often these stood before: they may come twice."""
    times: Counter[str] = Counter()
    found: dict[tuple[str, int], Worded] = {}
    for entry in entries:
        found[entry.text, times[entry.text]] = entry
        times[entry.text] += 1
    return found


def _who(measure: Measure) -> tuple[str | None, str] | None:
    """Return who answers for a measure, a post or words; None for nobody."""
    return (measure.post, measure.responsible) if measure.post or measure.responsible else None


def _ids(power: Power) -> list[str]:
    return [step.id for step in power.steps]


def _names(power: Power) -> list[str]:
    return [step.name for step in power.steps]


def _filled(stored: Step | None, said: Step) -> Step:
    """Return a step of a flow with what only the stored one knows of it."""
    if stored is None:
        return said
    return replace(
        stored,
        name=said.name,
        kind=said.kind,
        lane=said.lane or stored.lane,
        days=said.days if said.days is not None else stored.days,
        arrows=said.arrows,
    )


def hung_on(risks: Iterable[RiskPoint]) -> frozenset[str]:
    """Return the steps on which risk points hang."""
    return frozenset(risk.about.id for risk in risks if risk.about.kind is SubjectKind.STEP)
