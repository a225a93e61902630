"""What somebody decides about a preview: how the file is read, and which lines are taken."""

from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.text import bare
from lianfang.files import actions as files
from lianfang.intake.actions.planning import BATCH, locked, require_version
from lianfang.intake.models import Line, Paper, Remembered
from lianfang.intake.rules.lines import WRITES, Kind
from lianfang.intake.rules.settings import LEAVE, NEW, Settings, from_json, to_json
from lianfang.org.models import Organisation

CLAUSE = "六（一）"
_RESTED_ON = frozenset({Kind.UNIT, Kind.POST, Kind.POWER, Kind.REGULATION})


@transaction.atomic
def settle(
    *,
    paper: Paper,
    settings: Settings,
    by: AbstractBaseUser | None,
    at: datetime,
    version: int | None = None,
) -> Paper:
    """Keep how a file is to be read; the preview is to be made anew.

    Raises ImportClosed for one that was decided, PaperMoved for one that changed meanwhile.
    """
    paper = locked(paper)
    files.require_open(files.locked(paper.opened))
    require_version(paper, version)
    before, now = from_json(paper.settings), settings
    if to_json(before) == to_json(now):
        return paper
    paper.settings = to_json(now)
    paper.version += 1
    paper.save(update_fields=["settings", "version"])
    audit.record(
        at=at,
        by=by,
        action="intake.paper.settled",
        subject=paper,
        organisation=paper.opened.organisation,
        changes={
            name: (getattr(before, name), getattr(now, name))
            for name in Settings.__struct_fields__
            if getattr(before, name) != getattr(now, name)
        },
        rule=CLAUSE,
    )
    return paper


@transaction.atomic
def remember(
    *,
    paper: Paper,
    settings: Settings,
    by: AbstractBaseUser | None,
    at: datetime,
) -> int:
    """Remember for later files what headings, units and posts were said to mean.

    Returns how many meanings are new or other than before. What is to be set up is remembered by
    its name, once it is there.
    """
    said: dict[tuple[str, str], str] = {
        (Remembered.Kind.COLUMN.value, key): field for key, field in settings.columns.items()
    }
    said |= _places(Remembered.Kind.UNIT, settings.units)
    said |= _places(Remembered.Kind.POST, settings.posts)
    organisation = paper.delivery.organisation
    # two who remember at once would both enter the same heading
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    known = {
        (row.kind, row.key): row
        for row in Remembered.objects.filter(
            organisation=organisation, key__in={k for _, k in said}
        )
    }
    written = 0
    for (kind, key), means in said.items():
        row = known.get((kind, key))
        if row is not None and row.means == means:
            continue
        before = row.means if row else None
        row = row or Remembered(organisation=organisation, kind=kind, key=key)
        row.means, row.said_by_id, row.said_at = means, by.pk if by else None, at
        row.save()
        written += 1
        audit.record(
            at=at,
            by=by,
            action="intake.meaning.remembered",
            subject=row,
            organisation=organisation.pk,
            changes={"key": (None, key), "means": (before, means)},
            rule=CLAUSE,
        )
    return written


@transaction.atomic
def forget(*, remembered: Remembered, by: AbstractBaseUser | None, at: datetime) -> None:
    """Let a heading or a name mean again what the reader takes it for."""
    audit.record(
        at=at,
        by=by,
        action="intake.meaning.forgotten",
        subject=remembered,
        organisation=remembered.organisation_id,
        changes={"key": (remembered.key, None), "means": (remembered.means, None)},
        rule=CLAUSE,
    )
    remembered.delete()


@transaction.atomic
def choose(
    *,
    paper: Paper,
    lines: Collection[int],
    taken: bool,
    by: AbstractBaseUser | None,
    at: datetime,
    version: int | None = None,
) -> Paper:
    """Take lines of a preview by their places, or leave them.

    With a line come the new parts on which it rests; with a new part that is left go the lines
    that rest on it. Raises ImportClosed and PaperMoved.
    """
    paper = locked(paper)
    files.require_open(files.locked(paper.opened))
    require_version(paper, version)
    writing = list(
        paper.lines.filter(verdict__in=WRITES).only(
            "paper_id", "place", "kind", "unit", "code", "key", "needs", "taken"
        )
    )
    places = set(lines)
    wanted = _with_what_it_needs(writing, places) if taken else _with_what_needs_it(writing, places)
    changed = [line for line in writing if line.place in wanted and line.taken != taken]
    if not changed:
        return paper
    for line in changed:
        line.taken = taken
    Line.objects.bulk_update(changed, ["taken"], batch_size=BATCH)
    settings = from_json(paper.settings)
    chosen = settings.taken | {line.key: taken for line in changed}
    paper.settings = to_json(msgspec.structs.replace(settings, taken=chosen))
    paper.save(update_fields=["settings"])
    audit.record(
        at=at,
        by=by,
        action="intake.paper.chosen",
        subject=paper,
        organisation=paper.opened.organisation,
        changes={"taken": (not taken, taken), "lines": (None, [line.key for line in changed][:50])},
        rule=CLAUSE,
    )
    return paper


def _places(kind: Remembered.Kind, chosen: Mapping[str, str]) -> dict[tuple[str, str], str]:
    return {
        (kind.value, key): code
        for key, code in chosen.items()
        if bare(key) and code not in (NEW, LEAVE) and not code.startswith(NEW)
    }


def _needs_of(line: Line) -> list[str]:
    """Return the names of what a line rests on, where that is new: other parts, and its unit."""
    needs = msgspec.json.decode(line.needs, type=list[str]) if line.needs else []
    return [*needs, f"{Kind.UNIT}:{line.unit}"] if line.unit else needs


def _named(line: Line) -> str:
    """Return the name under which others rest on a line: a unit may have the code of a part."""
    return f"{Kind.UNIT}:{line.code}" if line.kind == Kind.UNIT else line.code


def _with_what_it_needs(lines: Collection[Line], places: set[int]) -> set[int]:
    by_code = {_named(line): line for line in lines if line.kind in _RESTED_ON}
    found, waiting = set(places), [line for line in lines if line.place in places]
    while waiting:
        for need in _needs_of(waiting.pop()):
            other = by_code.get(need)
            if other is not None and other.place not in found:
                found.add(other.place)
                waiting.append(other)
    return found


def _with_what_needs_it(lines: Collection[Line], places: set[int]) -> set[int]:
    gone = {_named(line) for line in lines if line.place in places}
    found = set(places)
    growing = True
    while growing:
        more = [
            line
            for line in lines
            if line.place not in found and not gone.isdisjoint(_needs_of(line))
        ]
        found |= {line.place for line in more}
        gone |= {_named(line) for line in more}
        growing = bool(more)
    return found
