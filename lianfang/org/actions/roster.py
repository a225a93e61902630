"""A staff list is imported: all of it in one transaction, or nothing; undone while nothing changed.

Undoing removes what the import added. That takes nothing away that was ever acted on: it is
refused as soon as the log names one of those things again, anything else refers to one, or
somebody whom the import seated has acted since. What the import wrote stays in the log.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError

from lianfang.audit import actions as audit
from lianfang.audit.queries import later_subjects
from lianfang.common.clock import day_in
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import actions as files
from lianfang.files.models import Import
from lianfang.files.rules import TABLES
from lianfang.org.actions.roster_writing import (
    MODELS,
    BookWriter,
    clear_headships,
    restored,
    save_columns,
)
from lianfang.org.models import Organisation
from lianfang.org.queries.roster import ROSTER, acted_since, books_of
from lianfang.org.rules.roster.books import Books
from lianfang.org.rules.roster.deeds import Deed, plain
from lianfang.org.rules.roster.model import Roster
from lianfang.org.rules.roster.plan import RosterPlan, Thing, Verdict
from lianfang.org.rules.roster.planning import plan_roster

CLAUSE = "三"
_SEATED = {Thing.SEAT: "person_id", Thing.PORTFOLIO: "leader_id", Thing.MEMBER: "person_id"}
_HEADSHIPS = frozenset({"is_unit_head", "is_leadership_head", "unit_id"})
_DATED = (Thing.MEMBER, Thing.PORTFOLIO, Thing.SEAT)


class RosterMoved(Refused):
    """What would be written is no longer what was shown."""


class RosterRefused(Refused):
    """A list with rows that can't be taken, or with nothing in it to take."""


class NotUndone(Refused):
    """Something that an import wrote was changed, used or acted on since."""


@transaction.atomic
def open_roster(
    *,
    organisation: Organisation,
    chunks: Iterable[bytes],
    name: str,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Import:
    """Keep a file with a staff list, to be looked at before it is applied.

    Raises what `files.actions.keep` refuses.
    """
    attachment = files.keep(
        chunks=chunks, name=name, organisation=organisation.pk, among=TABLES, by=by, at=at
    )
    return files.open_import(attachment=attachment, kind=ROSTER, by=by, at=at)


@transaction.atomic
def apply_roster(
    *,
    organisation: Organisation,
    roster: Roster,
    by: AbstractBaseUser | None,
    at: datetime,
    seen: str | None = None,
    skip_refused: bool = False,
    may_seat: bool = True,
    source: Import | None = None,
) -> RosterPlan:
    """Write a staff list into the books, and return what was done.

    `seen` is the digest of the plan that somebody looked at; None asks nothing. `may_seat`:
    whether bodies and their members may change (三员分立). Raises RosterMoved where the plan is no
    longer the one seen, RosterRefused for rows that can't be taken unless `skip_refused`, and for
    a list of an import with nothing to write.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if source is not None:
        files.require_open(files.locked(source))
    books = books_of(organisation.pk, locked=True)
    plan = plan_roster(roster, books, day_in(organisation.time_zone, at), may_seat=may_seat)
    _require_applicable(plan, seen, skip_refused=skip_refused, must_write=source is not None)
    if not plan.writes:
        return plan
    _write(organisation, plan, books, source, by=by, at=at)
    return plan


@transaction.atomic
def undo_roster(*, source: Import, by: AbstractBaseUser | None, at: datetime) -> Import:
    """Take out what an import wrote: what it added goes, what it changed is as it was.

    Raises NotUndone where anything it touched was changed, used or acted on since.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=source.organisation)
    source = files.locked(source)
    files.require_applied(source)
    deeds = [Deed.from_plain(told) for told in source.deeds]
    rows = _rows(deeds)
    _require_untouched(deeds, rows, source.event or 0)
    told = [
        audit.RowOfBulk(
            subject=rows[deed.thing, deed.id],
            changes={name: (after, before) for name, (before, after) in deed.told.items()},
        )
        for deed in deeds
    ]
    audit.record_bulk(
        at=at,
        by=by,
        action="org.roster.undone",
        subject=source,
        organisation=organisation.pk,
        rows=told,
        rule=CLAUSE,
    )
    try:
        _take_out(deeds, rows, organisation)
    except ProtectedError as error:
        used = next(iter(error.protected_objects))
        raise _used(str(used._meta.verbose_name), str(used)) from error
    return files.close_undone(opened=source, by=by, at=at)


def counted(plan: RosterPlan) -> dict[str, int]:
    """Return how many lines of a plan do what, doubts aside."""
    found = Counter(line.does for line in plan.lines)
    return {str(verdict): found[verdict] for verdict in Verdict if verdict in found}


def _write(
    organisation: Organisation,
    plan: RosterPlan,
    books: Books,
    source: Import | None,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Write a plan, tell the log every row of it, and close the import it came by."""
    try:
        with transaction.atomic():
            written = BookWriter(organisation, plan, books).write()
    except IntegrityError as error:
        raise _moved() from error
    event = audit.record_bulk(
        at=at,
        by=by,
        action="org.roster.applied",
        subject=source or organisation,
        organisation=organisation.pk,
        rows=[audit.RowOfBulk(subject=row, changes=deed.told) for deed, row in written],
        rule=CLAUSE,
    )
    if source is not None:
        files.close_applied(
            opened=source,
            applied=counted(plan),
            deeds=[deed.plain() for deed, _ in written],
            event=event.position,
            by=by,
            at=at,
        )


def _require_applicable(
    plan: RosterPlan, seen: str | None, *, skip_refused: bool, must_write: bool
) -> None:
    if seen is not None and seen != plan.digest:
        raise _moved()
    if plan.stops:
        raise RosterRefused(next(problem.text for problem in plan.problems if problem.stops))
    if plan.refused and not skip_refused:
        first = plan.refused[0]
        reason = first.reasons[0]
        raise RosterRefused(
            Text(
                f"有 {len(plan.refused)} 行不能导入，没有写入任何内容。"
                f"第一处在“{first.origin.name}”第 {first.origin.row} 行：{reason.zh}",
                f"{len(plan.refused)} rows can't be imported, so nothing was written. The first is "
                f"row {first.origin.row} of “{first.origin.name}”: {reason.en}",
            )
        )
    if must_write and not plan.writes:
        raise RosterRefused(
            Text(
                "名册与现有登记一致，没有要导入的内容。",
                "The list says what is on the books already; there is nothing to import.",
            )
        )


def _rows(deeds: Sequence[Deed]) -> dict[tuple[Thing, int], Model]:
    """Return the rows that the deeds are about, locked. Raises NotUndone where one is gone."""
    found: dict[tuple[Thing, int], Model] = {}
    for thing in Thing:
        ids = [deed.id for deed in deeds if deed.thing is thing]
        rows = MODELS[thing]._default_manager.select_for_update(no_key=True)
        for first in range(0, len(ids), 500):
            found |= {(thing, row.pk): row for row in rows.filter(pk__in=ids[first : first + 500])}
    for deed in deeds:
        if (deed.thing, deed.id) not in found:
            raise _changed(deed.label)
    return found


def _require_untouched(
    deeds: Sequence[Deed], rows: dict[tuple[Thing, int], Model], event: int
) -> None:
    by_subject = {audit.reference(rows[deed.thing, deed.id]): deed for deed in deeds}
    for deed in deeds:
        row = rows[deed.thing, deed.id]
        if any(plain(getattr(row, name)) != value for name, value in deed.now.items()):
            raise _changed(deed.label)
    for subject in later_subjects(list(by_subject), event):
        raise _changed(by_subject[subject].label)
    seated = [
        getattr(rows[deed.thing, deed.id], _SEATED[deed.thing])
        for deed in deeds
        if deed.thing in _SEATED
    ]
    person = acted_since(seated, event)
    if person is not None:
        raise NotUndone(
            Text(
                f"{person.name}在导入之后已办理过业务，不能整体撤销。请在有误的人员或岗位页上逐项更正。",
                f"{person.name} has acted since the import, so it can't be undone as a whole. Mend "
                "what is wrong on the pages of the people or posts.",
            )
        )


def _take_out(
    deeds: Sequence[Deed], rows: dict[tuple[Thing, int], Model], organisation: Organisation
) -> None:
    """Remove what was added and restore what was changed, in an order that never breaks a rule."""
    added = [deed for deed in deeds if deed.is_new]
    changed = [deed for deed in deeds if not deed.is_new]
    for thing in (*_DATED, Thing.POST, Thing.BODY, Thing.PERSON):
        _remove(thing, [deed.id for deed in added if deed.thing is thing])
    for thing in Thing:
        _restore(thing, [deed for deed in changed if deed.thing is thing], rows)
    for level in _deepest_first([deed for deed in added if deed.thing is Thing.UNIT]):
        _remove(Thing.UNIT, level)
    root = organisation.units.get(parent=None)
    Organisation.objects.filter(pk=organisation.pk).update(name=root.name, name_en=root.name_en)


def _remove(thing: Thing, ids: Sequence[int]) -> None:
    for first in range(0, len(ids), 500):
        MODELS[thing]._default_manager.filter(pk__in=ids[first : first + 500]).delete()


def _restore(thing: Thing, deeds: Sequence[Deed], rows: dict[tuple[Thing, int], Model]) -> None:
    if thing is Thing.POST:
        clear_headships(deed.id for deed in deeds if not _HEADSHIPS.isdisjoint(deed.was or ()))
    groups: dict[tuple[str, ...], list[Model]] = {}
    for deed in deeds:
        row = rows[thing, deed.id]
        for column, value in (deed.was or {}).items():
            setattr(row, column, restored(value, column))
        groups.setdefault(tuple(deed.was or ()), []).append(row)
    for columns, some in groups.items():
        save_columns(MODELS[thing], some, columns)


def _deepest_first(deeds: Sequence[Deed]) -> list[list[int]]:
    """Return the ids of added units by level, what stands lowest first."""
    depth: dict[int, int] = {}
    for deed in deeds:
        parent = deed.now.get("parent_id")
        depth[deed.id] = depth.get(parent, -1) + 1 if isinstance(parent, int) else 0
    levels: dict[int, list[int]] = {}
    for unit, level in depth.items():
        levels.setdefault(level, []).append(unit)
    return [levels[level] for level in sorted(levels, reverse=True)]


def _moved() -> RosterMoved:
    return RosterMoved(
        Text(
            "在您查看之后，登记内容有了变化，没有写入任何内容。请再看一遍新的预览，确认后导入。",
            "The books changed after you looked, so nothing was written. Look at the new preview, "
            "then apply it.",
        )
    )


def _changed(label: str) -> NotUndone:
    return NotUndone(
        Text(
            f"“{label}”在导入之后又有变更，不能整体撤销。请在它的页面上更正。",
            f"“{label}” was changed after the import, so it can't be undone as a whole. Mend it on "
            "its page.",
        )
    )


def _used(kind: str, label: str) -> NotUndone:
    return NotUndone(
        Text(
            f"导入之后又有记录（{kind} {label}）用到了其中的内容，不能整体撤销。请逐项更正。",
            f"Something entered since ({kind} {label}) uses what was imported, so it can't be "
            "undone as a whole. Mend it item by item.",
        )
    )
