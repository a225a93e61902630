"""What a file is held against, read from the database: books first, then the units concerned."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Field, Model, Q
from msgspec.structs import replace

from lianfang.files.models import Import
from lianfang.intake.models import Line, Remembered
from lianfang.intake.rules.books import Books, Importer, Known, Stored
from lianfang.intake.rules.fitting import FIELDS, Lengths
from lianfang.intake.rules.telling import ids_of
from lianfang.org.models import Appointment, Organisation, Person, Post, Unit, holding
from lianfang.org.queries.tree import in_use
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.powers.models import Basis, DeletedDraft, Power, Regulation, Step
from lianfang.register import model
from lianfang.register.canonical import to_json
from lianfang.risks.models import Manifestation, Measure, RiskPoint
from lianfang.risks.queries.load import load

UNITS_AT_ONCE = 200
LOADED_AT_ONCE = 20
_MODELS: Mapping[str, type[Model]] = {
    "unit": Unit,
    "post": Post,
    "person": Person,
    "regulation": Regulation,
    "power": Power,
    "basis": Basis,
    "step": Step,
    "risk": RiskPoint,
    "manifestation": Manifestation,
    "measure": Measure,
}


def importer_of(standing: Standing) -> Importer:
    """Return what somebody may import. One statement at most."""
    if standing.has(Role.LEADING_GROUP_OFFICE):
        return Importer(drafts=None, sets_up=True)
    drafted = Unit.objects.filter(pk__in=standing.units | standing.headed, retired_on=None)
    return Importer(drafts=frozenset(drafted.values_list("code", flat=True)), sets_up=False)


def books_of(organisation: Organisation, on: date) -> Books:
    """Return units, posts and people in use, all codes, and what was remembered.

    Eight statements; the cost grows with the organisation, not with its register.
    """
    units = Unit.objects.filter(in_use(on), organisation=organisation).order_by("order", "code")
    posts = Post.objects.filter(in_use(on), organisation=organisation).order_by("order", "code")
    return Books(
        units=tuple(
            model.Unit(id=code, code=code, name=name, kind=model.UnitKind(kind))
            for code, name, kind in units.values_list("code", "name", "kind")
        ),
        posts=tuple(
            model.Post(id=code, unit=unit, name=name)
            for code, unit, name in posts.values_list("code", "unit__code", "name")
        ),
        people=_people(organisation, on),
        codes={
            kind: frozenset(
                _MODELS[kind]
                ._default_manager.filter(organisation=organisation)
                .values_list("code", flat=True)
            )
            for kind in ("unit", "post", "person")
        },
        remembered={
            (kind, key): means
            for kind, key, means in Remembered.objects.filter(
                organisation=organisation
            ).values_list("kind", "key", "means")
        },
    )


def stored_of(organisation: Organisation, on: date, units: Collection[str]) -> Stored:
    """Return the register of some units, and what earlier imports said of it.

    25 statements for up to 20 units, fourteen more for each 20 beyond, and three for each 200. The
    cost grows with these units.
    """
    places = Unit.objects.filter(organisation=organisation, code__in=units)
    keys = list(places.order_by("order", "code").values_list("pk", flat=True))
    register = _register_of(organisation, on, keys)
    said, gone = _earlier(organisation, units, register)
    settled = RiskPoint.objects.filter(unit__in=keys).exclude(endorsed="", confirmed="")
    return Stored(
        register=register,
        codes=_codes(organisation, keys, units),
        earlier=said,
        gone=gone,
        settled=frozenset(settled.values_list("code", flat=True)),
    )


class Shelf:
    """What is stored of the units that a file concerns: fetched by some of them, and its digest."""

    def __init__(self, organisation: Organisation, on: date, units: Iterable[str]) -> None:
        self._organisation, self._on = organisation, on
        self._units = sorted(units)
        self._all: Stored | None = None

    def of(self, units: Collection[str]) -> Stored:
        """Return what is stored of these units; 25 statements where it is not in hand."""
        if self._all is not None and sorted(units) == self._units:
            return self._all
        return stored_of(self._organisation, self._on, units)

    def digest(self) -> str:
        """Return a digest of all of it, 64 hex digits.

        Read a few units at a time, and kept where they are no more. Take it before what rests on
        it: a change in between is noticed then.
        """
        told = hashlib.sha256()
        for start in range(0, max(len(self._units), 1), LOADED_AT_ONCE):
            some = self._units[start : start + LOADED_AT_ONCE]
            stored = stored_of(self._organisation, self._on, some)
            told.update(digest_of(stored).encode())
            if some == self._units:
                self._all = stored
        return told.hexdigest()


def _register_of(organisation: Organisation, on: date, keys: Sequence[int]) -> model.Register:
    """Return the register of units, read a few units at a time: rows take more room than parts."""
    whole = load(organisation, on, keys[:LOADED_AT_ONCE])
    powers, risks, finders = [*whole.powers], [*whole.risks], [*(whole.finders or ())]
    for start in range(LOADED_AT_ONCE, len(keys), LOADED_AT_ONCE):
        part = load(organisation, on, keys[start : start + LOADED_AT_ONCE])
        powers += part.powers
        risks += part.risks
        finders += part.finders or ()
    return replace(whole, powers=tuple(powers), risks=tuple(risks), finders=tuple(finders))


def digest_of(stored: Stored) -> str:
    """Return a digest of all that a preview rests on: these units' parts, and who is there.

    Codes that are used up and levels that are settled count, too: they don't show in the parts.
    64 hex digits.
    """
    register = stored.register
    parts = replace(register.without_people(), posts=(), regulations=())
    told = hashlib.sha256(to_json(parts))
    named = [(post.id, post.name) for post in register.posts]
    named += [(regulation.id, regulation.title) for regulation in register.regulations]
    for code, name in named:
        told.update(f"\x1f{code}\x1e{name}".encode())
    for codes in (stored.codes, stored.settled):
        told.update("\x1f".join(("\x1d", *sorted(codes))).encode())
    return told.hexdigest()


def units_in_use(organisation: Organisation, on: date) -> set[str]:
    """Return the codes of the units in use on a day. One statement."""
    rows = Unit.objects.filter(in_use(on), organisation=organisation)
    return set(rows.values_list("code", flat=True))


def units_of_parts(
    organisation: Organisation, on: date, units: Collection[str]
) -> dict[tuple[str, str], str]:
    """Return in which of these units each power and risk point stands, by kind and code.

    Two statements.
    """
    found: dict[tuple[str, str], str] = {}
    tables: tuple[tuple[str, type[Any]], ...] = (("power", Power), ("risk", RiskPoint))
    for kind, table in tables:
        rows = table.objects.filter(in_use(on), organisation=organisation, unit__code__in=units)
        for code, unit in rows.values_list("code", "unit__code"):
            found[kind, code] = unit
    return found


def lengths() -> Lengths:
    """Return how long each text may be, as the columns of the database are."""
    found: dict[str, int] = {}
    for field in FIELDS:
        kind, _, name = field.partition(".")
        column: Field[Any, Any] = _MODELS[kind]._meta.get_field(name)  # type: ignore[assignment]
        found[field] = column.max_length or 0
    return found


def _people(organisation: Organisation, on: date) -> tuple[Known, ...]:
    held: dict[str, set[str]] = {}
    seats = Appointment.objects.filter(holding(on), organisation=organisation)
    for person, post in seats.values_list("person__code", "post__code"):
        held.setdefault(person, set()).add(post)
    people = Person.objects.filter(
        Q(left_on=None) | Q(left_on__gt=on), organisation=organisation
    ).order_by("code")
    return tuple(
        Known(code, name, frozenset(held.get(code, ())))
        for code, name in people.values_list("code", "name")
    )


def _codes(
    organisation: Organisation, keys: Collection[int], units: Collection[str]
) -> frozenset[str]:
    """Return the codes that were ever given in these units, and of all regulations.

    Four statements, and three more for each UNITS_AT_ONCE units.
    """
    rules = Regulation.objects.filter(organisation=organisation)
    found = set(rules.values_list("code", flat=True))
    for of_units in (Q(unit__in=keys), *_beginnings(units)):
        for table in (Power, RiskPoint):
            rows = table.objects.filter(of_units, organisation=organisation)
            found.update(rows.values_list("code", flat=True))
        drafts = DeletedDraft.objects.filter(of_units, organisation=organisation, restored_at=None)
        found.update(drafts.values_list("code", flat=True))
    return frozenset(found)


def _beginnings(units: Collection[str]) -> Iterator[Q]:
    """Yield conditions on codes that begin with those of units; SQLite takes no longer ones."""
    codes = sorted(units)
    for start in range(0, len(codes), UNITS_AT_ONCE):
        begins = Q()
        for code in codes[start : start + UNITS_AT_ONCE]:
            begins |= Q(code__startswith=f"{code}-") | Q(code__startswith=f"R-{code}-")
        yield begins


def _earlier(
    organisation: Organisation, units: Iterable[str], register: model.Register
) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str, str], str]]:
    there = ids_of(register)
    said: dict[tuple[str, str], str] = {}
    gone: dict[tuple[str, str, str], str] = {}
    lines = Line.objects.filter(
        is_latest=True,
        unit__in=list(units),
        kind__in=("power", "risk"),
        paper__opened__organisation=organisation.pk,
        paper__opened__state=Import.State.APPLIED,
    )
    for kind, unit, code, label, told in lines.values_list("kind", "unit", "code", "label", "said"):
        if code in there:
            said[kind, code] = told
        else:
            gone[kind, unit, label] = code
    return said, gone
