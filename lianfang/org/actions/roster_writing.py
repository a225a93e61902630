"""Puts the plan of an import into the database, and takes what an import wrote out again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Model

from lianfang.org.models import (
    Appointment,
    Body,
    Membership,
    Organisation,
    Person,
    Portfolio,
    Post,
    Unit,
)
from lianfang.org.rules.roster.books import (
    FIELDS,
    BodyEntry,
    Books,
    Entry,
    MemberEntry,
    PersonEntry,
    PostEntry,
    UnitEntry,
)
from lianfang.org.rules.roster.deeds import Deed, plain
from lianfang.org.rules.roster.model import Origin
from lianfang.org.rules.roster.plan import RosterPlan, Thing, Write, changes_between

MODELS: Mapping[Thing, type[Model]] = {
    Thing.UNIT: Unit,
    Thing.POST: Post,
    Thing.PERSON: Person,
    Thing.SEAT: Appointment,
    Thing.PORTFOLIO: Portfolio,
    Thing.BODY: Body,
    Thing.MEMBER: Membership,
}
# What a field of an entry refers to, and its column.
_REFERENCES: Mapping[str, tuple[Thing, str]] = {
    "parent": (Thing.UNIT, "parent_id"),
    "unit": (Thing.UNIT, "unit_id"),
    "post": (Thing.POST, "post_id"),
    "person": (Thing.PERSON, "person_id"),
    "leader": (Thing.PERSON, "leader_id"),
    "body": (Thing.BODY, "body_id"),
}
_VERSIONED = (Unit, Post, Person)
_FLAGS = ("is_unit_head", "is_leadership_head")
_AT_ONCE = 500


class BookWriter:
    """Writes a plan thing by thing, so that whatever a row refers to is there before it."""

    def __init__(self, organisation: Organisation, plan: RosterPlan, books: Books) -> None:
        self._organisation = organisation
        self._plan = plan
        self._ids: dict[Thing, dict[str, int]] = {
            Thing.UNIT: _ids(books.units),
            Thing.POST: _ids(books.posts),
            Thing.PERSON: _ids(books.people),
            Thing.BODY: _ids(books.bodies),
        }
        self._names = {
            Thing.UNIT: _names(books.units),
            Thing.POST: _names(books.posts),
            Thing.PERSON: _names(books.people),
            Thing.BODY: _names(books.bodies),
        }
        self._origins = _origins(plan)
        self._root = books.root

    def write(self) -> list[tuple[Deed, Model]]:
        """Write everything. Raises IntegrityError where somebody wrote meanwhile."""
        done: list[tuple[Deed, Model]] = []
        for thing in Thing:
            writes = [write for write in self._plan.writes if write.thing is thing]
            self._name(thing, writes)
            added = [write for write in writes if write.before is None]
            changed = [write for write in writes if write.before is not None]
            steps: tuple[Callable[[], list[tuple[Deed, Model]]], ...] = (
                lambda thing=thing, changed=changed: self._change(thing, changed),  # type: ignore[misc]
                lambda thing=thing, added=added: self._add(thing, added),  # type: ignore[misc]
            )
            # A unit may move below a new one; whatever ends makes room for what begins.
            for step in reversed(steps) if thing is Thing.UNIT else steps:
                done += step()
        self._rename()
        return done

    def _name(self, thing: Thing, writes: Sequence[Write]) -> None:
        if thing in self._names:
            self._names[thing] |= {str(w.after.key): getattr(w.after, "name", "") for w in writes}

    def _add(self, thing: Thing, writes: Sequence[Write]) -> list[tuple[Deed, Model]]:
        done: list[tuple[Deed, Model]] = []
        for level in self._levels(thing, writes):
            rows = [
                MODELS[thing](
                    organisation_id=self._organisation.pk,
                    **self._columns(write.after, FIELDS[type(write.after)]),
                )
                for write in level
            ]
            made = MODELS[thing]._default_manager.bulk_create(rows, batch_size=_AT_ONCE)
            if thing in self._ids:
                self._ids[thing] |= {
                    str(write.after.key): row.pk for write, row in zip(level, made, strict=True)
                }
            done += [(self._deed(w, row), row) for w, row in zip(level, made, strict=True)]
        return done

    def _levels(self, thing: Thing, writes: Sequence[Write]) -> Iterator[Sequence[Write]]:
        """Yield what can be added at once: units only when what they stand below is there."""
        if thing is not Thing.UNIT:
            yield writes
            return
        level: list[Write] = []
        waiting: set[str] = set()
        for write in writes:
            if getattr(write.after, "parent", None) in waiting:
                yield level
                level, waiting = [], set()
            level.append(write)
            waiting.add(str(write.after.key))
        yield level

    def _change(self, thing: Thing, writes: Sequence[Write]) -> list[tuple[Deed, Model]]:
        if thing is Thing.POST:
            clear_headships(write.after.id for write in writes if _gives_up(write))
        done: list[tuple[Deed, Model]] = []
        groups: dict[tuple[str, ...], list[Write]] = {}
        for write in writes:
            fields = tuple(one.field for one in changes_between(write.before, write.after))
            groups.setdefault(fields, []).append(write)
        for fields, group in groups.items():
            rows = []
            for write in group:
                row = MODELS[thing](
                    pk=write.after.id,
                    organisation_id=self._organisation.pk,
                    **self._columns(write.after, FIELDS[type(write.after)]),
                )
                done.append((self._deed(write, row), row))
                rows.append(row)
            save_columns(MODELS[thing], rows, [_column(field) for field in fields])
        return done

    def _deed(self, write: Write, row: Model) -> Deed:
        changes = tuple(changes_between(write.before, write.after))
        fields = FIELDS[type(write.after)] if write.before is None else [c.field for c in changes]
        origin = self._origins.get((write.thing, write.after.key))
        return Deed(
            thing=write.thing,
            id=row.pk,
            sheet=origin.name if origin else "",
            row=origin.row if origin else 0,
            label=self._label(write.after),
            was=None if write.before is None else self._plain(write.before, fields),
            now=self._plain(write.after, fields),
            told={
                c.field: (self._told(c.field, c.before), self._told(c.field, c.after))
                for c in changes
            },
        )

    def _plain(self, entry: Entry, fields: Iterable[str]) -> dict[str, object]:
        return {name: plain(value) for name, value in self._columns(entry, fields).items()}

    def _columns(self, entry: Entry, fields: Iterable[str]) -> dict[str, Any]:
        return {_column(field): self._stored(field, getattr(entry, field)) for field in fields}

    def _stored(self, field: str, value: object) -> object:
        reference = _REFERENCES.get(field)
        return value if reference is None or value is None else self._ids[reference[0]][str(value)]

    def _told(self, field: str, value: object) -> object:
        reference = _REFERENCES.get(field)
        if reference is None or value is None:
            return plain(value)
        return self._names[reference[0]].get(str(value), value)

    def _label(self, entry: Entry) -> str:
        if isinstance(entry, BodyEntry):
            return entry.name
        if isinstance(entry, UnitEntry | PostEntry | PersonEntry):
            return f"{entry.code} {entry.name}"
        fields = ("person", "body") if isinstance(entry, MemberEntry) else FIELDS[type(entry)][:2]
        return " → ".join(str(self._told(name, getattr(entry, name))) for name in fields)

    def _rename(self) -> None:
        """Call the organisation as its root unit is called."""
        for write in self._plan.writes:
            after = write.after
            if isinstance(after, UnitEntry) and self._root and after.code == self._root.code:
                Organisation.objects.filter(pk=self._organisation.pk).update(
                    name=after.name, name_en=after.name_en
                )


def clear_headships(posts: Iterable[int | None]) -> None:
    """Take the headships from posts that give one up, so that another can have it."""
    ids = [post for post in posts if post is not None]
    for first in range(0, len(ids), _AT_ONCE):
        some = Post.objects.filter(pk__in=ids[first : first + _AT_ONCE])
        some.update(**dict.fromkeys(_FLAGS, False))


def save_columns(model: type[Model], rows: Sequence[Model], columns: Sequence[str]) -> None:
    """Save these columns of many rows; their versions go up by one."""
    names = [name.removesuffix("_id") for name in columns]
    if model is Post and not set(names).isdisjoint((*_FLAGS, "unit")):
        names = list(dict.fromkeys((*names, *_FLAGS)))
    if model in _VERSIONED:
        names.append("version")
        for row in rows:
            row.version = F("version") + 1  # type: ignore[attr-defined]
    model._default_manager.bulk_update(rows, names, batch_size=_AT_ONCE)


def restored(value: object, column: str) -> object:
    """Return a column's value as the model has it, from what a deed holds."""
    is_day = column.endswith("_on") and isinstance(value, str)
    return date.fromisoformat(value) if is_day else value  # type: ignore[arg-type]


def _column(field: str) -> str:
    return _REFERENCES[field][1] if field in _REFERENCES else field


def _gives_up(write: Write) -> bool:
    before, after = write.before, write.after
    if not isinstance(before, PostEntry) or not isinstance(after, PostEntry):
        return False
    moves = before.is_unit_head and before.unit != after.unit
    return moves or any(getattr(before, flag) and not getattr(after, flag) for flag in _FLAGS)


def _ids(entries: Mapping[str, Any]) -> dict[str, int]:
    return {code: entry.id for code, entry in entries.items()}


def _names(entries: Mapping[str, Any]) -> dict[str, str]:
    return {code: entry.name for code, entry in entries.items()}


def _origins(plan: RosterPlan) -> dict[tuple[Thing, object], Origin]:
    return {
        (line.thing, line.after.key): line.origin for line in plan.lines if line.after is not None
    }
