"""Powers: listed, changed, retired; a draft is deleted by its author and comes back on demand.

Source: 质检认纪〔2012〕1号 五（一）1, 五（一）2, 五（二）.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from msgspec.structs import replace

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.actions.changing import NotHere, change, require_version
from lianfang.org.models import Organisation, Post, Unit
from lianfang.powers.actions.locks import require_open
from lianfang.powers.actions.parts import PowerParts
from lianfang.powers.models import DeletedDraft, Power, Regulation
from lianfang.powers.queries.load import powers_register
from lianfang.powers.queries.locks import Touched, was_ever_closed
from lianfang.powers.rules.codes import next_code
from lianfang.powers.rules.telling import differences
from lianfang.register import model
from lianfang.register.canonical import from_json, to_json

CLAUSE = "五（一）1"
CLAUSE_POSTS = "五（一）2"
CLAUSE_FLOW = "五（二）"
# under which a deleted draft keeps what the Register has no place for
_ENGLISH = "name_en"


class NotADraft(Refused):
    """A power that others rest on already, or that somebody else listed, can't be deleted."""


class Retired(Refused):
    """A power that is no longer in use is not changed."""


class RisksRemain(Refused):
    """A power on which risk points hang is not retired before they are."""


@transaction.atomic
def create_power(
    *,
    unit: Unit,
    wanted: model.Power,
    by: AbstractBaseUser | None,
    at: datetime,
    name_en: str = "",
) -> Power:
    """List a new power of a unit with all its parts; its code follows the highest of the unit.

    `wanted` is what is listed: its `id`, `code` and `unit` are given here, ids of steps may be
    anything. Raises RegisterLocked, or NotHere for a post or regulation of another organisation.
    """
    organisation = Organisation.objects.select_for_update().get(pk=unit.organisation_id)
    require_open(organisation=organisation.pk, touched=[Touched(unit.pk)])
    code = next_code(f"{unit.code}-", _codes_taken(organisation), width=2)
    power = _coded(replace(wanted, id=code, code=code, unit=unit.code), ())
    posts = _store(organisation, unit, power, by, at)
    row = Power.objects.get(organisation=organisation, code=code)
    if name_en:
        row.name_en = name_en
        row.save(update_fields=["name_en"])
    told = differences(None, power, posts)
    audit.record(
        at=at,
        by=by,
        action="powers.power.listed",
        subject=row,
        organisation=organisation.pk,
        changes={"code": (None, code), **told, **_english("", name_en)},
        rule=CLAUSE,
    )
    return row


@transaction.atomic
def change_power(
    *,
    power: Power,
    wanted: model.Power,
    by: AbstractBaseUser | None,
    at: datetime,
    name_en: str | None = None,
    version: int | None = None,
) -> Power:
    """Change a power to what is wanted; nothing differs: nothing is written.

    Steps keep their ids; one whose id the power has not yet gets a code. Raises Stale,
    RegisterLocked, Retired, StillMentioned for a step that a risk names, or NotHere.
    """
    organisation = Organisation.objects.select_for_update().get(pk=power.organisation_id)
    power = Power.objects.select_for_update().select_related("unit").get(pk=power.pk)
    require_version(power, version, power.name)
    require_open(organisation=organisation.pk, touched=[Touched(power.unit_id, power.code)])
    _require_in_use(power)
    stored = stored_power(power, at.date())
    steps = [step.id for step in stored.steps]
    same = {"id": stored.id, "code": stored.code, "unit": stored.unit, "extras": stored.extras}
    now = _coded(replace(wanted, **same), steps)
    english = power.name_en if name_en is None else name_en
    if now == stored and english == power.name_en:
        return power
    posts = _store(organisation, power.unit, now, by, at)
    told = differences(stored, now, posts) | _english(power.name_en, english)
    Power.objects.filter(pk=power.pk).update(name_en=english)
    power.refresh_from_db()
    audit.record(
        at=at,
        by=by,
        action="powers.power.changed",
        subject=power,
        organisation=organisation.pk,
        changes=told,
        rule=_clause(told),
    )
    return power


@transaction.atomic
def retire_power(
    *, power: Power, on: date, reason: str, by: AbstractBaseUser | None, at: datetime
) -> Power:
    """Retire a power from a day on. Raises RisksRemain while risk points in use hang on it."""
    power = Power.objects.select_for_update().get(pk=power.pk)
    require_open(organisation=power.organisation_id, touched=[Touched(power.unit_id, power.code)])
    _require_in_use(power)
    if power.risks.filter(retired_on=None).exists():
        raise RisksRemain(
            Text(
                f"“{power.name}”上还有在用的风险点。请先停用或改挂这些风险点。",
                f"Risk points in use still hang on {power.name}. Retire or move them first.",
            )
        )
    return change(
        power,
        {"retired_on": on, "retired_reason": reason},
        organisation=power.organisation_id,
        by=by,
        at=at,
        action="powers.power.retired",
        taken=Text("停用未成，请重试。", "It could not be retired; try again."),
        rule="六（五）",
    )


@transaction.atomic
def delete_draft(*, power: Power, by: AbstractBaseUser, at: datetime) -> DeletedDraft:
    """Delete a power that nothing rests on yet; what is deleted is kept, so that it can come back.

    Raises NotADraft unless `by` listed it and no risk point or lock ever named it.
    """
    power = (
        Power.objects.select_for_update().select_related("unit", "organisation").get(pk=power.pk)
    )
    require_open(organisation=power.organisation_id, touched=[Touched(power.unit_id, power.code)])
    if not is_draft_of(power, by.pk):
        raise NotADraft(
            Text(
                f"“{power.name}”不是您登记的草稿，或已有风险点、锁定记录引用它。请改用“停用”。",
                f"{power.name} is no draft of yours, or risk points or locks refer to it already. "
                "Retire it instead.",
            )
        )
    kept = _kept(power, by, at)
    audit.record(
        at=at,
        by=by,
        action="powers.power.draft_deleted",
        subject=kept,
        organisation=power.organisation_id,
        changes={"code": (power.code, None), "name": (power.name, None)},
        rule=CLAUSE,
    )
    power.delete()
    return kept


@transaction.atomic
def restore_draft(*, draft: DeletedDraft, by: AbstractBaseUser, at: datetime) -> Power:
    """Bring a deleted draft back as it was. Raises NotADraft where it is back already."""
    draft = DeletedDraft.objects.select_for_update().select_related("unit").get(pk=draft.pk)
    require_open(organisation=draft.organisation_id, touched=[Touched(draft.unit_id)])
    if draft.restored_at is not None:
        raise NotADraft(
            Text(f"“{draft.name}”已经恢复。", f"{draft.name} has been brought back already.")
        )
    organisation = Organisation.objects.select_for_update().get(pk=draft.organisation_id)
    (power,) = from_json(draft.content.encode()).powers
    *extras, english = power.extras
    power = replace(power, extras=tuple(extras))
    _store(organisation, draft.unit, power, by, at)
    Power.objects.filter(organisation=organisation, code=power.id).update(name_en=english.text)
    draft.restored_at = at
    draft.save(update_fields=["restored_at"])
    row = Power.objects.get(organisation=organisation, code=power.id)
    audit.record(
        at=at,
        by=by,
        action="powers.power.draft_restored",
        subject=row,
        organisation=organisation.pk,
        changes={"code": (None, power.id), "name": (None, power.name)},
        rule=CLAUSE,
    )
    return row


def _kept(power: Power, by: AbstractBaseUser, at: datetime) -> DeletedDraft:
    """Write down what a draft held."""
    english = model.Extra(label=_ENGLISH, text=power.name_en)
    stored = stored_power(power, at.date())
    stored = replace(stored, extras=(*stored.extras, english))
    return DeletedDraft.objects.create(
        organisation=power.organisation,
        unit=power.unit,
        kind=DeletedDraft.Kind.POWER,
        code=power.code,
        name=power.name,
        content=to_json(model.Register(powers=(stored,))).decode(),
        deleted_by_id=by.pk,
        deleted_at=at,
    )


def is_draft_of(power: Power, user: int) -> bool:
    """Return whether that login may delete a power: listed by it, named by nothing. Two reads."""
    return (
        power.created_by_id == user
        and power.retired_on is None
        and not power.risks.exists()
        and not was_ever_closed(power.unit_id, power.created_at, power.pk)
    )


def stored_power(power: Power, on: date) -> model.Power:
    """Return a power as the Register has it. Nine statements."""
    register = powers_register(power.organisation, on, powers=[power.pk])
    return register.powers[0]


def _store(
    organisation: Organisation,
    unit: Unit,
    power: model.Power,
    by: AbstractBaseUser | None,
    at: datetime,
) -> dict[str, str]:
    """Write a power and return the names of the posts it mentions, by code."""
    mentioned = {part.post for part in power.posts} | {s.post for s in power.steps if s.post}
    posts = {
        code: (key, name)
        for code, key, name in Post.objects.filter(
            organisation=organisation, code__in=mentioned
        ).values_list("code", "pk", "name")
    }
    rules = {basis.regulation for basis in power.bases if basis.regulation}
    known = dict(
        Regulation.objects.filter(organisation=organisation, code__in=rules).values_list(
            "code", "pk"
        )
    )
    if mentioned - posts.keys() or rules - known.keys():
        raise NotHere(
            Text(
                "所选岗位或制度不在本机构中，请重新选择。",
                "A post or regulation chosen is not of this organisation; choose again.",
            )
        )
    keys = {code: key for code, (key, _) in posts.items()}
    PowerParts(organisation, {unit.code: unit.pk}, keys, known, by, at).store([power])
    return {code: name for code, (_, name) in posts.items()}


def _coded(power: model.Power, stored: Collection[str]) -> model.Power:
    """Return the power with a code for every step that is new, wherever an arrow names it."""
    codes = {step.id: step.id for step in power.steps if step.id in stored}
    taken = list(stored)
    for step in power.steps:
        if step.id not in codes:
            codes[step.id] = next_code(f"{power.id}-", taken, width=1)
            taken.append(codes[step.id])
    steps = (
        replace(
            step,
            id=codes[step.id],
            arrows=tuple(replace(arrow, to=codes[arrow.to]) for arrow in step.arrows),
        )
        for step in power.steps
    )
    return replace(power, steps=tuple(steps))


def _codes_taken(organisation: Organisation) -> list[str]:
    """Return the codes of powers there are and were: one that was deleted may come back."""
    gone = DeletedDraft.objects.filter(organisation=organisation, kind=DeletedDraft.Kind.POWER)
    there = Power.objects.filter(organisation=organisation)
    return [*there.values_list("code", flat=True), *gone.values_list("code", flat=True)]


def _require_in_use(power: Power) -> None:
    if power.retired_on is not None:
        raise Retired(
            Text(
                f"“{power.name}”已停用，不再修改。需要时请登记新的职权。",
                f"{power.name} has been retired and is no longer changed. List a new power "
                "instead.",
            )
        )


def _english(before: str, now: str) -> dict[str, tuple[object, object]]:
    return {"name_en": (before, now)} if before != now else {}


def _clause(told: Collection[str]) -> str:
    if set(told) <= {"steps"}:
        return CLAUSE_FLOW
    return CLAUSE_POSTS if set(told) <= {"posts"} else CLAUSE
