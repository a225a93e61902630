"""What the checks hold against the units concerned, before an import and after it (六（二）)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lianfang.checks import engine
from lianfang.checks.catalogue import NOTE_SLUG
from lianfang.checks.finding import Finding
from lianfang.register.model import Power, Register, RiskPoint
from lianfang.risks.rules.placing import Places
from lianfang.scheme.model import Scheme

MOST = 400


class SeenFinding(Struct, frozen=True, kw_only=True):
    """A finding, and the code and name of the part whose line it belongs to."""

    finding: Finding
    code: str
    name: str


class Judgement(Struct, frozen=True, kw_only=True):
    """Findings by the five checks and severity (`C5`, `error`) before and after; what is new, what
    is mended, at most MOST of each."""

    before: dict[str, dict[str, int]]
    after: dict[str, dict[str, int]]
    new: tuple[SeenFinding, ...]
    mended: tuple[SeenFinding, ...]
    new_in_all: int
    mended_in_all: int


class _Units:
    """A register cut into its units."""

    def __init__(self, register: Register, scheme: Scheme) -> None:
        self._register, self._scheme = register, scheme
        self._powers: dict[str, list[Power]] = {}
        self._risks: dict[str, list[RiskPoint]] = {}
        for power in register.powers:
            self._powers.setdefault(power.unit, []).append(power)
        for risk in register.risks:
            self._risks.setdefault(risk.unit, []).append(risk)

    def found(self, unit: str) -> list[SeenFinding]:
        """Return what the checks find in a unit; nothing where it holds nothing."""
        powers, risks = self._powers.get(unit, ()), self._risks.get(unit, ())
        if not powers and not risks:
            return []
        part = replace(self._register, powers=tuple(powers), risks=tuple(risks))
        places = Places(part)
        return [
            SeenFinding(finding=finding, code=place.code, name=place.name)
            for finding in engine.run(part, self._scheme)
            if finding.slug != NOTE_SLUG and (place := places.of(finding.subject)).unit == unit
        ]


class Judging:
    """Counts and compares the findings of one piece after the other."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._before: dict[str, Counter[str]] = {}
        self._after: dict[str, Counter[str]] = {}
        self._new: list[SeenFinding] = []
        self._mended: list[SeenFinding] = []
        self._new_in_all = self._mended_in_all = 0

    def take(self, before: Register, after: Register) -> None:
        """Check two registers of some units, each unit by itself as on its own page.

        Costs what the checks cost, twice.
        """
        units = {part.unit for register in (before, after) for part in _parts(register)}
        was, now = _Units(before, self._scheme), _Units(after, self._scheme)
        for unit in sorted(units):
            self._compare(was.found(unit), now.found(unit))

    def _compare(self, was: Sequence[SeenFinding], now: Sequence[SeenFinding]) -> None:
        _count(was, self._before)
        _count(now, self._after)
        known, left = {seen.finding.key for seen in was}, {seen.finding.key for seen in now}
        new = [seen for seen in now if seen.finding.key not in known]
        mended = [seen for seen in was if seen.finding.key not in left]
        self._new_in_all += len(new)
        self._mended_in_all += len(mended)
        self._new += new[: MOST - len(self._new)]
        self._mended += mended[: MOST - len(self._mended)]

    def judgement(self) -> Judgement:
        """Return what was found."""
        return Judgement(
            before={group: dict(numbers) for group, numbers in self._before.items()},
            after={group: dict(numbers) for group, numbers in self._after.items()},
            new=tuple(self._new),
            mended=tuple(self._mended),
            new_in_all=self._new_in_all,
            mended_in_all=self._mended_in_all,
        )


def _parts(register: Register) -> Iterator[Power | RiskPoint]:
    yield from register.powers
    yield from register.risks


def _count(findings: Iterable[SeenFinding], into: dict[str, Counter[str]]) -> None:
    for seen in findings:
        into.setdefault(seen.finding.group, Counter())[seen.finding.severity.value] += 1
