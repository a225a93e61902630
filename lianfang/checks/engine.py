"""Runs the checks over a Register."""

from collections.abc import Iterable, Iterator

from lianfang.checks.absence import notes, unknown_facts
from lianfang.checks.catalogue import CATALOGUE, NOTE_SLUG, bears, chosen
from lianfang.checks.check import Check
from lianfang.checks.finding import Finding, ThingKind
from lianfang.checks.index import Index
from lianfang.checks.yardstick import Yardstick
from lianfang.register.model import Fact, Register
from lianfang.scheme.model import Scheme


def run(
    register: Register,
    scheme: Scheme,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """Return what the checks find: by group, then from the top of the Register down.

    `select` and `ignore` take codes, beginnings of codes (C5) and slugs. A check that needs a
    fact the Register can't hold is not made, and a note says so. The cost grows with the size
    of the Register. Raises UnknownCheck for a name no check bears, SchemeRefused or
    WordListRefused when checks.yaml lacks what a check needs.
    """
    wanted, unwanted = tuple(select), tuple(ignore)
    checks = chosen(select=wanted, ignore=unwanted)
    yardstick = Yardstick(scheme)
    verify(yardstick)
    index = Index(register, yardstick)
    unknown = unknown_facts(register)
    asking = (*checks, *(check for check in CATALOGUE if _named(wanted, f"{check.group}00")))
    found = [note for note in notes(asking, unknown) if not _named(unwanted, note.code)]
    found.extend(_findings(checks, index, unknown))
    found.sort(key=lambda f: (f.group, index.place(f.subject), f.code, f.field))
    return tuple(found)


def _named(names: tuple[str, ...], note_code: str) -> bool:
    return any(bears(name, note_code, NOTE_SLUG) for name in names)


def _findings(checks: Iterable[Check], index: Index, unknown: frozenset[Fact]) -> Iterator[Finding]:
    """Yield what each check finds, once for each subject and field."""
    for check in checks:
        if not unknown.isdisjoint(check.needs):
            continue
        told: set[tuple[ThingKind, str, str]] = set()
        for hit in check.look(index):
            place = (hit.subject.kind, hit.subject.id, hit.field)
            if place not in told:
                told.add(place)
                yield check.finding(hit)


def verify(yardstick: Yardstick) -> None:
    """Look up all that the checks ask of a scheme.

    Raises SchemeRefused, which names checks.yaml and what is missing there, or WordListRefused.
    """
    for check in CATALOGUE:
        for name in check.limits:
            yardstick.limit(name)
        for name in check.words:
            yardstick.pattern(name)
        for name in check.pairs:
            yardstick.pairs(name)
