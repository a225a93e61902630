"""Works out, line by line, what a file would do to the register that is stored.

The parts of the file bear the organisation's units and posts already (`placing`). They are
recognised among those stored, merged with them, and given their codes; what comes out is a list
of lines, and the register as it would be. Nothing is taken away because a table does not mention
it; only a form that was written from the register can say that a row is gone.

One module, for it is one decision: every line rests on the same recognised and merged parts.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from lianfang.common.text import Text, bare
from lianfang.documents.origins import Origin
from lianfang.intake.rules import sentences
from lianfang.intake.rules.books import Importer, Stored
from lianfang.intake.rules.fitting import (
    Lengths,
    misfits,
    texts_of_power,
    texts_of_regulation,
    texts_of_risk,
)
from lianfang.intake.rules.lines import Kind, PlanLine, Told, Verdict
from lianfang.intake.rules.merging import Merged, Merging, hung_on
from lianfang.intake.rules.placelines import place_lines
from lianfang.intake.rules.placing import Placing
from lianfang.intake.rules.recognising import recognised, without_new_regulations
from lianfang.intake.rules.resembling import resembled
from lianfang.intake.rules.settings import Settings
from lianfang.intake.rules.slicing import Fetch, slices
from lianfang.intake.rules.telling import changes_of, ids_of
from lianfang.register.model import (
    Extra,
    Power,
    Register,
    Regulation,
    RiskPoint,
    Subject,
    SubjectKind,
)

Part = Power | RiskPoint


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


AnyPart = TypeVar("AnyPart", bound=_HasId)
_SAME = 100
_OWN_CODE = "职权编码"


class Parts(Struct, frozen=True, kw_only=True):
    """The parts of a file by their ids: key and rows of each; doubts by table and row.

    `base` is the register that a form was written from: its ids stand for stored parts by
    themselves, and what it holds and the form does not was taken out.
    """

    keys: Mapping[str, str]
    rows: Mapping[str, tuple[Origin, ...]]
    doubts: Mapping[tuple[int, int], tuple[Text, ...]] = {}
    base: Register | None = None


class Piece(Struct, frozen=True):
    """Lines, and the register of their units as it is and as it would be."""

    lines: tuple[PlanLine, ...]
    before: Register
    after: Register


def plan(
    register: Register,
    parts: Parts,
    placing: Placing,
    fetch: Fetch,
    settings: Settings,
    importer: Importer,
    lengths: Lengths,
) -> Iterator[Piece]:
    """Yield what a file would do, piece by piece: units, posts and people, then the rest.

    `register` is the file's, with the organisation's units and posts; `fetch` returns what is
    stored of some units, a slice at a time. Regulations come last, the new ones only where
    something that may be written names them. Near linear in its parts and those of the units
    concerned.
    """
    places = unwritten = tuple(place_lines(placing, importer, lengths))
    regulations: dict[str, PlanLine] = {}
    needed: set[str] = set()
    for slice, known in slices(register, sorted(placing.touched), fetch):
        planner = _Planner(slice, parts, placing, known, settings, importer, lengths)
        rules = tuple(planner.regulation_lines())
        regulations |= {line.code: line for line in rules}
        lines = (*places, *planner.lines((*unwritten, *rules)))
        needed.update(need for line in lines for need in line.needs)
        yield Piece(lines, known.register, planner.after(lines))
        places = ()
    named = tuple(
        line
        for code, line in regulations.items()
        if line.verdict is not Verdict.ADDED or code in needed
    )
    yield Piece(named, Register(), Register())


class _Planner:
    """One file on its way; `said` holds its parts under their codes."""

    def __init__(
        self,
        file: Register,
        parts: Parts,
        placing: Placing,
        stored: Stored,
        settings: Settings,
        importer: Importer,
        lengths: Lengths,
    ) -> None:
        self._parts, self._stored, self._lengths = parts, stored, lengths
        register = stored.register
        self._regulations = {part.id for part in register.regulations}
        self._powers = {part.id: part for part in register.powers}
        self._risks = {part.id: part for part in register.risks}
        self._earlier_powers = _last_said(stored, Kind.POWER, self._powers, Power)
        self._earlier_powers |= self._base_powers
        self._earlier_risks = _last_said(stored, Kind.RISK, self._risks, RiskPoint)
        self._earlier_risks |= self._base_risks
        apart = set(settings.apart)
        said = recognised(
            file,
            register,
            stored.codes,
            earlier=Register(
                powers=tuple(self._earlier_powers.values()),
                risks=tuple(self._earlier_risks.values()),
            ),
            apart={risk.id for risk in file.risks if parts.keys.get(risk.id) in apart},
            base=parts.base,
        )
        self._made = _made(file, said)
        self._named_places = (file.units, file.posts)
        said = replace(said, powers=tuple(_numbered(power) for power in said.powers))
        # a form names the regulations that the library had when it was downloaded
        may_add = importer.sets_up and parts.base is None
        self._said = said if may_add else without_new_regulations(said, register)
        self._refused = dict(_refused_units(placing, importer))
        self._new_places = {
            place.code for place in (*placing.units, *placing.posts) if place.is_new
        }
        self._unwritten: dict[str, str] = {}
        hangs = hung_on(register.risks)
        self._new_powers = {
            power.id: self._merged_power(power, hangs) for power in self._said.powers
        }
        self._steps = {step.id for power in self._all_powers() for step in power.steps}
        self._said = replace(
            self._said, risks=tuple(self._on_what_is_there(risk) for risk in self._said.risks)
        )
        self._new_risks = {risk.id: self._merged_risk(risk) for risk in self._said.risks}

    def _merged_power(self, said: Power, hangs: frozenset[str]) -> Merged[Power]:
        known = self._powers.get(said.id)
        if known is None:
            return Merged(said, ())
        merging = Merging(blanks_count=said.id in self._base_powers)
        return merging.power(known, said, self._earlier_powers.get(said.id), hangs)

    def _merged_risk(self, said: RiskPoint) -> Merged[RiskPoint]:
        known, earlier = self._risks.get(said.id), self._earlier_risks.get(said.id)
        if known is None:
            return Merged(said, ())
        merging = Merging(blanks_count=said.id in self._base_risks)
        merged = merging.risk(known, said, earlier and self._on_what_is_there(earlier))
        if known.id in self._stored.settled:
            # a level that was endorsed or confirmed stays as it is 五（三）
            return Merged(replace(merged.part, level=known.level), merged.clashes)
        return merged

    def _on_what_is_there(self, risk: RiskPoint) -> RiskPoint:
        """Return a risk point, on its power where somebody has taken its step out since."""
        if risk.about.kind is not SubjectKind.STEP or risk.about.id in self._steps:
            return risk
        power = self._power_of_step.get(risk.about.id) or risk.about.id.rpartition("-")[0]
        return replace(risk, about=Subject(kind=SubjectKind.POWER, id=power))

    # lines

    def regulation_lines(self) -> Iterator[PlanLine]:
        """Yield the lines of the regulations that the file names."""
        for regulation in self._said.regulations:
            yield self._regulation_line(regulation)

    def lines(self, others: Iterable[PlanLine]) -> Iterator[PlanLine]:
        """Yield the lines of powers and risk points as the file has them.

        `others` are the lines of places and regulations: what rests on a refused one is refused.
        """
        # new powers that are not taken by themselves; nor is what rests on them
        self._left: set[str] = set()
        self._unwritten = {
            line.code: line.label for line in others if line.verdict is Verdict.REFUSED
        }
        told = changes_of(
            replace(
                self._stored.register,
                risks=tuple(self._risks[code] for code in self._new_risks if code in self._risks),
            ),
            self._with_all_names(),
        )
        fresh = [risk for risk in self._said.risks if risk.id not in self._risks]
        # a row says what another row says though that one was reworded in the register since
        alike = resembled(fresh, [*self._risks.values(), *self._said.risks])
        lines = [
            *(self._power_line(power, told.get(power.id, ())) for power in self._said.powers),
            *(
                self._risk_line(risk, told.get(risk.id, ()), alike.get(risk.id))
                for risk in self._said.risks
            ),
        ]
        lines.sort(key=lambda line: (line.rows[0] if line.rows else (0, 0), line.kind == Kind.RISK))
        yield from lines
        yield from self._taken_out()

    def _regulation_line(self, said: Regulation) -> PlanLine:
        reasons = misfits(texts_of_regulation(said), self._lengths)
        verdict = Verdict.UNCHANGED if said.id in self._regulations else Verdict.ADDED
        return PlanLine(
            kind=Kind.REGULATION,
            verdict=Verdict.REFUSED if reasons else verdict,
            key=f"regulation:{bare(said.title)}",
            unit="",
            code=said.id,
            label=said.title,
            rows=self._rows(said.id),
            reasons=reasons,
            content=said if verdict is Verdict.ADDED else None,
        )

    def _power_line(self, said: Power, told: tuple[Told, ...]) -> PlanLine:
        merged = self._new_powers[said.id]
        part, known = merged.part, self._powers.get(said.id)
        reasons = (
            *self._reasons(said.id, known.unit if known else said.unit, known is None),
            *misfits(texts_of_power(said), self._lengths),
        )
        doubts = [sentences.clashes(merged.clashes)] if merged.clashes else []
        is_first = said.id not in self._earlier_powers
        if known is not None and is_first and bare(known.name) != bare(said.name):
            doubts.append(sentences.renamed_power(known.id, known.name))
        former = self._stored.gone.get((Kind.POWER, said.unit, said.name))
        if known is None and former is not None:
            doubts.append(sentences.gone_power(former))
            self._left.add(said.id)
        taken = said.id not in self._left
        line = self._line(Kind.POWER, said, part, known, told, reasons, doubts, taken=taken)
        if line.verdict is Verdict.REFUSED:
            self._unwritten[line.code] = line.label
        return line

    def _risk_line(
        self, said: RiskPoint, told: tuple[Told, ...], alike: tuple[RiskPoint, int] | None
    ) -> PlanLine:
        merged = self._new_risks[said.id]
        part, known = merged.part, self._risks.get(said.id)
        reasons = (
            *self._reasons(said.id, known.unit if known else said.unit, known is None),
            *misfits(texts_of_risk(said), self._lengths),
        )
        doubts = [doubt for row in self._rows(said.id) for doubt in self._parts.doubts.get(row, ())]
        taken = True
        if known is None:
            former = self._stored.gone.get((Kind.RISK, said.unit, said.title))
            if former is not None:
                doubts.append(sentences.gone(former))
                taken = False
            elif alike is not None:
                doubts.append(sentences.resembles(alike[0].id, alike[0].title, alike[1]))
                taken = alike[1] < _SAME or alike[0].about != said.about
        else:
            doubts += self._doubts_about(known, said, merged)
        return self._line(Kind.RISK, said, part, known, told, reasons, doubts, taken=taken)

    def _doubts_about(
        self, known: RiskPoint, said: RiskPoint, merged: Merged[RiskPoint]
    ) -> Iterator[Text]:
        if merged.clashes:
            yield sentences.clashes(merged.clashes)
        is_first = said.id not in self._earlier_risks
        if is_first and bare(known.title) != bare(said.title):
            yield sentences.renamed(known.id, known.title)
        if said.level and said.level != known.level and known.id in self._stored.settled:
            yield sentences.settled()

    def _line(
        self,
        kind: Kind,
        said: Part,
        part: Part,
        known: Part | None,
        told: tuple[Told, ...],
        reasons: tuple[Text, ...],
        doubts: list[Text],
        *,
        taken: bool = True,
    ) -> PlanLine:
        needs = () if part == known else tuple(dict.fromkeys(self._needs(part)))
        if not reasons:
            left = [self._unwritten[code] for code in needs if code in self._unwritten]
            reasons = tuple(sentences.rests_on(label) for label in left)
        if reasons:
            verdict = Verdict.REFUSED
        elif known is None:
            verdict = Verdict.ADDED
        else:
            verdict = Verdict.UNCHANGED if part == known else Verdict.CHANGED
        writes = verdict in (Verdict.ADDED, Verdict.CHANGED)
        label = part.name if isinstance(part, Power) else part.title
        return PlanLine(
            kind=kind,
            verdict=verdict,
            key=f"{kind}:{self._key(said.id)}",
            unit=said.unit,
            code=said.id,
            label=label,
            rows=self._rows(said.id),
            taken=taken and self._left.isdisjoint(needs),
            changes=told if verdict is Verdict.CHANGED else (),
            reasons=tuple(dict.fromkeys(reasons)),
            doubts=tuple(dict.fromkeys(doubts)),
            needs=needs if writes else (),
            said=said,
            content=part if writes else None,
            before=known if writes else None,
        )

    def _taken_out(self) -> Iterator[PlanLine]:
        """Yield a line for what a form held when it was downloaded and does not hold now."""
        if self._parts.base is None:
            return
        there = ids_of(self._said)
        held: dict[str, Part] = {**self._risks, **self._powers}
        gone: list[tuple[Kind, Part]] = [
            *((Kind.RISK, risk) for risk in self._parts.base.risks),
            *((Kind.POWER, power) for power in self._parts.base.powers),
        ]
        for kind, one in gone:
            part = held.get(one.id)
            if part is not None and part.id not in there:
                # the unit is where the part stands, whatever the form says of it
                refusal = self._refused.get(part.unit)
                yield PlanLine(
                    kind=kind,
                    verdict=Verdict.REFUSED if refusal else Verdict.RETIRED,
                    key=f"{kind}:-:{part.id}",
                    unit=part.unit,
                    code=part.id,
                    label=part.name if isinstance(part, Power) else part.title,
                    reasons=(refusal,) if refusal else (),
                    doubts=() if refusal else (sentences.taken_out(),),
                    before=part,
                )

    # what a line rests on

    def _reasons(self, code: str, unit: str, is_new: bool) -> Iterator[Text]:
        refusal = self._refused.get(unit)
        if refusal is not None:
            yield refusal
        if is_new and (code in self._base_powers or code in self._base_risks):
            yield sentences.retired(code)

    def _needs(self, part: Part) -> Iterator[str]:
        """Yield the codes of new parts and places without which a part can't be written."""
        if isinstance(part, RiskPoint):
            yield from self._needs_of_subject(part.about)
            mentioned = [measure.regulation for measure in part.measures]
            posts = [*part.posts, *(measure.post for measure in part.measures)]
        else:
            mentioned = [basis.regulation for basis in part.bases]
            posts = [one.post for one in part.posts]
        for code in mentioned:
            if code is not None and code not in self._regulations:
                yield code
        for place in (part.unit, *posts):
            if place in self._new_places:
                yield place

    def _needs_of_subject(self, about: Subject) -> Iterator[str]:
        if about.kind is SubjectKind.POWER and about.id not in self._powers:
            yield about.id
        elif about.kind is SubjectKind.STEP and about.id not in self._stored_steps:
            yield self._power_of_step[about.id]
        elif about.kind is SubjectKind.POST and about.id in self._new_places:
            yield about.id

    @cached_property
    def _stored_steps(self) -> set[str]:
        return {step.id for power in self._powers.values() for step in power.steps}

    @cached_property
    def _power_of_step(self) -> dict[str, str]:
        return {step.id: power.id for power in self._said.powers for step in power.steps}

    @cached_property
    def _base_powers(self) -> dict[str, Power]:
        base = self._parts.base
        return {power.id: power for power in base.powers} if base else {}

    @cached_property
    def _base_risks(self) -> dict[str, RiskPoint]:
        base = self._parts.base
        return {risk.id: risk for risk in base.risks} if base else {}

    def _rows(self, code: str) -> tuple[tuple[int, int], ...]:
        made = self._made.get(code, code)
        return tuple((origin.table, origin.row) for origin in self._parts.rows.get(made, ()))

    def _key(self, code: str) -> str:
        made = self._made.get(code, code)
        key = self._parts.keys.get(made)
        if key is not None:
            return key
        rows = self._rows(code)
        return f"{rows[0][0]}:{rows[0][1]}" if rows else made

    # the register as it would be

    def _with_all_names(self) -> Register:
        """Return what would be stored, with every part that its ids may mean."""
        return replace(
            self._stored.register,
            units=_together(self._stored.register.units, self._named_places[0]),
            posts=_together(self._stored.register.posts, self._named_places[1]),
            regulations=_together(self._stored.register.regulations, self._said.regulations),
            powers=self._all_powers(),
            risks=tuple(merged.part for merged in self._new_risks.values()),
        )

    def _all_powers(self) -> tuple[Power, ...]:
        """Return the powers as they would be, and those that the file does not mention."""
        merged = {code: merged.part for code, merged in self._new_powers.items()}
        return tuple((self._powers | merged).values())

    def after(self, lines: tuple[PlanLine, ...]) -> Register:
        """Return the register as it would be if every line that is taken were written."""
        refused = {line.code for line in lines if line.verdict is Verdict.REFUSED or not line.taken}
        retired = {line.code for line in lines if line.verdict is Verdict.RETIRED}
        named = self._with_all_names()
        powers = self._powers | {
            power.id: power for power in named.powers if power.id not in refused
        }
        risks = self._risks | {risk.id: risk for risk in named.risks if risk.id not in refused}
        return replace(
            named,
            units=tuple(unit for unit in named.units if unit.code),
            powers=tuple(power for code, power in powers.items() if code not in retired),
            risks=tuple(risk for code, risk in risks.items() if code not in retired),
        )


def _last_said(
    stored: Stored, kind: Kind, codes: Iterable[str], of: type[AnyPart]
) -> dict[str, AnyPart]:
    """Return stored parts as the last import said them, by their codes."""
    decode = msgspec.json.Decoder(of).decode
    return {code: decode(kept) for code in codes if (kept := stored.earlier.get((kind, code)))}


def _refused_units(placing: Placing, importer: Importer) -> Iterator[tuple[str, Text]]:
    for unit in placing.units:
        refusal = sentences.refusal_of_unit(unit)
        if refusal is not None:
            yield unit.name, refusal
        elif not importer.may_draft(unit.code):
            yield unit.code, sentences.not_yours(unit.meant or unit.name)


def _numbered(power: Power) -> Power:
    """Return a power under its code; what the file numbers it by is kept as a cell."""
    if power.code in ("", power.id):
        return replace(power, code=power.id)
    own = Extra(label=_OWN_CODE, text=power.code)
    return replace(power, code=power.id, extras=(*power.extras, own))


def _made(before: Register, after: Register) -> dict[str, str]:
    """Return the reader's id of each part by the code it was given."""
    made = {new.id: old.id for old, new in zip(before.regulations, after.regulations, strict=True)}
    made |= {new.id: old.id for old, new in zip(before.powers, after.powers, strict=True)}
    return made | {new.id: old.id for old, new in zip(before.risks, after.risks, strict=True)}


def _together(first: tuple[AnyPart, ...], second: tuple[AnyPart, ...]) -> tuple[AnyPart, ...]:
    """Return the parts of both, each once; the first counts."""
    return tuple({part.id: part for part in (*second, *first)}.values())
