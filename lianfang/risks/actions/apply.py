"""A Register into the database: what it holds is stored as it stands, in one transaction.

Parts are recognised by their codes, which are their ids. What is equal is left alone; what the
register does not mention is left alone, too. The cost grows with what differs.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, Generic, TypeVar

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction

from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Organisation, Post, Unit
from lianfang.org.queries.tree import in_use
from lianfang.powers.actions.locks import require_open
from lianfang.powers.actions.parts import PowerParts, batches, keys_by_code, rows_by_code, save_all
from lianfang.powers.models import Power, Regulation
from lianfang.powers.queries.locks import Touched
from lianfang.register import model
from lianfang.register.model import Register
from lianfang.register.revising import powers_by_subject
from lianfang.risks.actions.index import index_parts
from lianfang.risks.actions.parts import RiskParts
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries.load import load
from lianfang.scheme.model import Scheme

Part = TypeVar("Part", model.Regulation, model.Power, model.RiskPoint)
REGULATION_FIELDS = (
    "title",
    "number",
    "issuer",
    "state",
    "in_force_on",
    "repealed_on",
    "due_on",
    "owner",
    "version",
)


# the column by which the log calls a part
_CALLED: Mapping[type[models.Model], str] = {
    Regulation: "title",
    Power: "name",
    RiskPoint: "title",
}


class UnknownPlace(Refused):
    """The register mentions a unit or a post that the organisation has not."""


@dataclass(frozen=True, kw_only=True)
class Applied:
    """How many powers, risk points and regulations were added and changed."""

    added: int
    changed: int


@transaction.atomic
def apply_register(
    *,
    organisation: Organisation,
    register: Register,
    scheme: Scheme,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    units: Collection[int] | None = None,
) -> Applied:
    """Store the regulations, powers and risk points of a register as they stand in it.

    Where all of it is of some units, `units` are their keys, and the cost grows with these.
    Raises UnknownPlace, and RegisterLocked for a unit or power that is closed to changes. One
    bulk event holds what every part was before and is now.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    stored = load(organisation, on, units)
    unit_keys, posts = _places(organisation, on)
    _require_places(register, unit_keys, posts)
    regulations = _differing(stored.regulations, register.regulations)
    powers = _differing(stored.powers, register.powers)
    risks = _differing(stored.risks, register.risks)
    require_open(
        organisation=organisation.pk,
        touched=_touched(
            powers_by_subject((*stored.powers, *register.powers)),
            unit_keys,
            (*powers.now, *powers.before.values()),
            (*risks.now, *risks.before.values()),
        ),
    )
    _store_regulations(organisation, regulations.now, posts)
    regulation_keys = _keys(Regulation.objects.filter(organisation=organisation))
    PowerParts(organisation, unit_keys, posts, regulation_keys, by, at).store(powers.now)
    RiskParts(organisation, unit_keys, posts, regulation_keys, scheme, by, at).store(risks.now)
    risk_keys = keys_by_code(RiskPoint, organisation, [risk.id for risk in risks.now])
    index_parts(risks.now, risk_keys, organisation)
    if regulations.now or powers.now or risks.now:
        audit.record_bulk(
            at=at,
            by=by,
            action="risks.register.applied",
            subject=organisation,
            organisation=organisation.pk,
            rows=chain(
                _rows(Regulation, organisation, regulations),
                _rows(Power, organisation, powers),
                _rows(RiskPoint, organisation, risks),
            ),
            rule="五（二）",
        )
    return Applied(
        added=sum(len(kind.now) - len(kind.before) for kind in (regulations, powers, risks)),
        changed=sum(len(kind.before) for kind in (regulations, powers, risks)),
    )


@dataclass(frozen=True, kw_only=True)
class _Differing(Generic[Part]):
    """Parts that are new or other than stored, and how those stored were, by code."""

    now: list[Part]
    before: dict[str, Part]


def _differing(stored: Iterable[Part], wanted: Iterable[Part]) -> _Differing[Part]:
    known = {part.id: part for part in stored}
    now = [part for part in wanted if known.get(part.id) != part]
    return _Differing(now=now, before={part.id: known[part.id] for part in now if part.id in known})


def _touched(
    subjects: Mapping[str, str],
    units: Mapping[str, int],
    powers: Iterable[model.Power],
    risks: Iterable[model.RiskPoint],
) -> set[Touched]:
    """Return the places of these parts; `subjects` are ids of powers by what risks hang on."""
    places = chain(
        ((power.unit, power.id) for power in powers),
        ((risk.unit, subjects.get(risk.about.id, "")) for risk in risks),
    )
    return {Touched(units[unit], power) for unit, power in places if unit in units}


def _places(organisation: Organisation, on: date) -> tuple[dict[str, int], dict[str, int]]:
    units = Unit.objects.filter(in_use(on), organisation=organisation)
    posts = Post.objects.filter(in_use(on), organisation=organisation)
    return _keys(units), _keys(posts)


def _keys(rows: models.QuerySet[Any]) -> dict[str, int]:
    return dict(rows.values_list("code", "pk"))


def _require_places(register: Register, units: Mapping[str, int], posts: Mapping[str, int]) -> None:
    """Raise UnknownPlace for the first unit or post that is mentioned and not there."""
    for power in register.powers:
        _require(power.unit, units, power.name)
        for post in (
            *(part.post for part in power.posts),
            *(step.post for step in power.steps),
        ):
            _require(post, posts, power.name)
    for risk in register.risks:
        _require(risk.unit, units, risk.title)
        for post in (*risk.posts, *(measure.post for measure in risk.measures)):
            _require(post, posts, risk.title)
    for regulation in register.regulations:
        _require(regulation.owner, posts, regulation.title)


def _require(code: str | None, known: Mapping[str, int], where: str) -> None:
    if code is not None and code not in known:
        raise UnknownPlace(
            Text(
                f"“{where}”提到的单位或岗位“{code}”不在机构中。请先设立它，或改用已有的代码。",
                f"{where} mentions the unit or post {code}, which the organisation has not. Set "
                "it up first, or use a code that exists.",
            )
        )


def _store_regulations(
    organisation: Organisation,
    wanted: Collection[model.Regulation],
    posts: Mapping[str, int],
) -> None:
    known = rows_by_code(Regulation, organisation, [part.id for part in wanted])
    written: list[Regulation] = []
    for part in wanted:
        row = known.get(part.id) or Regulation(organisation=organisation, code=part.id, version=0)
        row.title, row.number, row.issuer = part.title, part.number, part.issuer
        row.state = part.state.value
        row.in_force_on, row.repealed_on, row.due_on = (
            part.in_force_on,
            part.repealed_on,
            part.due_on,
        )
        row.owner_id = posts[part.owner] if part.owner else None
        row.version += 1
        written.append(row)
    save_all(Regulation, written, REGULATION_FIELDS)


def _rows(
    table: type[Any], organisation: Organisation, parts: _Differing[Part]
) -> Iterator[RowOfBulk]:
    """Yield what the log says of each part: its fields before and now, by name."""
    for some in batches(parts.now):
        codes = [part.id for part in some]
        # only what the log calls a part by: there are many, and the rest is told already
        rows = table.objects.filter(organisation=organisation, code__in=codes).only(
            "code", _CALLED[table]
        )
        by_code = {row.code: row for row in rows}
        for part in some:
            yield RowOfBulk(
                subject=by_code[part.id], changes=_changes(parts.before.get(part.id), part)
            )


def _changes(before: Part | None, now: Part) -> dict[str, tuple[object, object]]:
    was = msgspec.to_builtins(before) if before is not None else {}
    told = msgspec.to_builtins(now)
    return {
        name: (was.get(name), told.get(name))
        for name in sorted(was.keys() | told.keys())
        if was.get(name) != told.get(name)
    }
