"""Tells the changes of powers and risk points field by field, in words that need no ids."""

from collections.abc import Mapping

from lianfang.intake.rules.lines import Told
from lianfang.register.difference import Change, ChangeKind, Part, difference
from lianfang.register.model import Register

_DID = {
    ChangeKind.ADDED: "added",
    ChangeKind.CHANGED: "changed",
    ChangeKind.MOVED: "changed",
    ChangeKind.REMOVED: "removed",
}
_INNER = frozenset({Part.STEP, Part.MEASURE})


def changes_of(before: Register, after: Register) -> Mapping[str, tuple[Told, ...]]:
    """Return what changed in each power and risk point that both registers hold, by its id.

    Linear in what the two hold.
    """
    holder: dict[str, str] = {}
    for register in (before, after):
        for power in register.powers:
            holder.update((step.id, power.id) for step in power.steps)
        for risk in register.risks:
            holder.update((measure.id, risk.id) for measure in risk.measures)
    known = ids_of(before) & ids_of(after)
    told: dict[str, list[Told]] = {}
    for change in difference(before, after):
        if change.part in _INNER:
            of = holder[change.id]
        elif change.part in (Part.POWER, Part.RISK):
            of = change.id
        else:
            continue
        if of in known:
            told.setdefault(of, []).extend(_told(change))
    return {of: tuple(changes) for of, changes in told.items()}


def ids_of(register: Register) -> set[str]:
    """Return the ids of a register's powers and risk points."""
    return {power.id for power in register.powers} | {risk.id for risk in register.risks}


def _told(change: Change) -> list[Told]:
    if change.part not in _INNER:
        fields = [
            Told(field=field.field, before=field.before, after=field.after)
            for field in change.fields
        ]
        if change.kind is ChangeKind.MOVED:
            fields.append(Told(field="about", before=change.place_before, after=change.place))
        return fields
    did = _DID[change.kind]
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
        return [Told(field=change.part.value, of=change.name, did=did)]
    return [
        Told(field=field.field, before=field.before, after=field.after, of=change.name, did=did)
        for field in change.fields
    ]
