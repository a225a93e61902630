"""Gives new parts of a Register the codes under which they are stored.

A stored part's id is its code, for ever; a part from a file bears an id of the reader's. Codes
say where a part belongs: CW-03 is a power of the unit CW, CW-03-2 its second step, R-CW-07 a risk
point, R-CW-07-1 its first measure, ZD-012 a regulation.
"""

import re
from collections.abc import Callable, Iterable

from lianfang.register.model import Power, Register, RiskPoint
from lianfang.register.naming import Names, renamed

_NUMBER = re.compile(r"(\d+)$")


def coded(register: Register, stored: Register, used: frozenset[str] = frozenset()) -> Register:
    """Return the register with a code for every part that `stored` has not, as its id.

    Units and posts keep theirs: they are the organisation's. The same values give the same
    result; no code of `stored`, and none `used` by what is gone, is given twice. Linear.
    """
    names = Names()
    _fill(
        names.regulations,
        (part.id for part in register.regulations),
        {part.id for part in stored.regulations},
        lambda _: "ZD-",
        used,
        width=3,
    )
    unit_of = {power.id: power.unit for power in register.powers}
    _fill(
        names.powers,
        (power.id for power in register.powers),
        {power.id for power in stored.powers},
        lambda made: f"{unit_of[made]}-",
        used,
        width=2,
    )
    risk_unit = {risk.id: risk.unit for risk in register.risks}
    _fill(
        names.risks,
        (risk.id for risk in register.risks),
        {risk.id for risk in stored.risks},
        lambda made: f"R-{risk_unit[made]}-",
        used,
        width=2,
    )
    _fill_steps(register, stored, names, used)
    _fill_measures(register, stored, names, used)
    return renamed(register, names)


def _fill(
    into: dict[str, str],
    made: Iterable[str],
    taken: set[str],
    prefix_of: Callable[[str], str],
    used: frozenset[str],
    *,
    width: int,
) -> None:
    highest: dict[str, int] = {}
    for code in taken | used:
        prefix = _NUMBER.sub("", code)
        highest[prefix] = max(highest.get(prefix, 0), _number(code))
    for id in made:
        if id in taken:
            continue
        prefix = prefix_of(id)
        highest[prefix] = highest.get(prefix, 0) + 1
        into[id] = f"{prefix}{highest[prefix]:0{width}}"


def _fill_steps(register: Register, stored: Register, names: Names, used: frozenset[str]) -> None:
    taken = {step.id for power in stored.powers for step in power.steps}
    holder = {
        step.id: _power_code(power, names) for power in register.powers for step in power.steps
    }
    _fill(names.steps, holder, taken, lambda made: f"{holder[made]}-", used, width=1)


def _fill_measures(
    register: Register, stored: Register, names: Names, used: frozenset[str]
) -> None:
    taken = {measure.id for risk in stored.risks for measure in risk.measures}
    holder = {
        measure.id: _risk_code(risk, names) for risk in register.risks for measure in risk.measures
    }
    _fill(names.measures, holder, taken, lambda made: f"{holder[made]}-", used, width=1)


def _power_code(power: Power, names: Names) -> str:
    return names.powers.get(power.id, power.id)


def _risk_code(risk: RiskPoint, names: Names) -> str:
    return names.risks.get(risk.id, risk.id)


def _number(code: str) -> int:
    found = _NUMBER.search(code)
    return int(found[1]) if found else 0
