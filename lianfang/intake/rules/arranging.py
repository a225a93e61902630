"""What a person arranged in a file's rows: risks paired with measures, measures with phases.

A cell that numbers three risks beside four measures is one risk point until somebody says which
measure answers which risk; a measure without a phase stays unsorted until somebody sorts it or
takes what its wording suggests. 五（四）
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from lianfang.common.text import squeezed
from lianfang.documents.origins import Origin
from lianfang.documents.phases import suggested_phase
from lianfang.documents.registering import Registered
from lianfang.documents.wording import is_person
from lianfang.intake.rules.settings import EVERY, Settings
from lianfang.register.model import (
    ChargeRole,
    Extra,
    Manifestation,
    Measure,
    Register,
    RiskPoint,
)
from lianfang.scheme.model import Scheme

_ROLES = {
    ChargeRole.OWNER: "责任人",
    ChargeRole.UNIT_HEAD: "部门负责人",
    ChargeRole.LEADER: "分管领导",
}


class Keyed(Struct, frozen=True):
    """A register with the key of each risk point: table, row, and its number in that row."""

    register: Register
    keys: Mapping[str, str]
    rows: Mapping[str, tuple[Origin, ...]]


def arranged(registered: Registered, settings: Settings, scheme: Scheme) -> Keyed:
    """Return the register with pairs split and phases set as somebody decided. Linear."""
    keys: dict[str, str] = {}
    rows: dict[str, tuple[Origin, ...]] = {}
    risks: list[RiskPoint] = []
    counted: Counter[str] = Counter()
    charges = _charges(registered.register)
    for risk in registered.register.risks:
        origins = registered.origins.all_rows(risk.id)
        at = f"{origins[0].table}:{origins[0].row}" if origins else "-"
        counted[at] += 1
        key = f"{at}:{counted[at]}"
        sorted_risk = _sorted(_charged(risk, charges.get(risk.id)), key, settings, scheme)
        pieces = tuple(_split(sorted_risk, settings.pairs.get(key)))
        for place, one in enumerate(pieces, 1):
            risks.append(one)
            keys[one.id] = f"{key}.{place}" if len(pieces) > 1 else key
            rows[one.id] = origins
    return Keyed(replace(registered.register, risks=tuple(risks)), keys, rows)


def may_be_paired(risk: RiskPoint) -> bool:
    """Return whether a risk point shows in several ways beside several measures."""
    return len(risk.manifestations) > 1 and len(risk.measures) > 1


def _charges(register: Register) -> dict[str, list[Extra]]:
    """Return the persons named beside each risk point, as cells of its row."""
    named: dict[tuple[str, ChargeRole], list[str]] = {}
    for charge in register.charges or ():
        if charge.role is ChargeRole.OWNER and not is_person(charge.name):
            # words for a post stand with each measure already
            continue
        named.setdefault((charge.risk, charge.role), []).append(charge.name)
    found: dict[str, list[Extra]] = {}
    for (risk, role), names in named.items():
        found.setdefault(risk, []).append(Extra(label=_ROLES[role], text="、".join(names)))
    return found


def _charged(risk: RiskPoint, extras: list[Extra] | None) -> RiskPoint:
    return replace(risk, extras=(*risk.extras, *extras)) if extras else risk


def _sorted(risk: RiskPoint, key: str, settings: Settings, scheme: Scheme) -> RiskPoint:
    if not settings.suggested and not settings.phases:
        return risk
    return replace(
        risk,
        measures=tuple(
            _phased(measure, settings.phases.get(f"{key}/{place}"), settings, scheme)
            for place, measure in enumerate(risk.measures, 1)
        ),
    )


def _phased(measure: Measure, chosen: str | None, settings: Settings, scheme: Scheme) -> Measure:
    if measure.phase is not None:
        return measure
    if chosen is None and settings.suggested:
        chosen = suggested_phase(measure.text, scheme)
    return replace(measure, phase=chosen) if chosen else measure


def _split(risk: RiskPoint, pairs: list[int] | None) -> Iterator[RiskPoint]:
    """Yield a risk point for each of its manifestations, with the measures paired with it.

    Where these are no items of the title but stand in a cell of their own, the title stays.
    """
    if pairs is None or not _fit(pairs, risk):
        yield risk
        return
    for place, shown in enumerate(risk.manifestations):
        made = f"{risk.id}#{place + 1}"
        is_item = squeezed(shown.text) in squeezed(risk.title)
        yield replace(
            risk,
            id=made,
            title=shown.text.rstrip("。；;") if is_item else risk.title,
            manifestations=() if is_item else (Manifestation(text=shown.text),),
            level=shown.level or risk.level,
            measures=tuple(
                replace(measure, id=f"{made}.{number}")
                for number, (measure, of) in enumerate(zip(risk.measures, pairs, strict=True), 1)
                if of in (place, EVERY)
            ),
        )


def _fit(pairs: list[int], risk: RiskPoint) -> bool:
    """Return whether pairs are of this row: it may have been read otherwise since."""
    places = range(len(risk.manifestations))
    return (
        len(places) > 1
        and len(pairs) == len(risk.measures)
        and all(of == EVERY or of in places for of in pairs)
    )
