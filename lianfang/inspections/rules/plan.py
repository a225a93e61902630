"""What a draw is about, frozen beforehand: the method, whom it may hit, who may inspect.

Every line has a digest of its own, so that a changed one can be named; the digest of the whole
is what the log keeps. Source: 质检认纪〔2012〕1号 五（五）.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

CLAUSE = "五（五）"
Line = TypeVar("Line", "Entry", "Inspector")


class Share(Struct, frozen=True, kw_only=True):
    """How many of a level are drawn, in percent as text; `rules` are the duties they then have."""

    level: str
    percent: Annotated[str, Meta(pattern=r"^\d{1,3}(\.\d{1,6})?$")]
    rules: tuple[str, ...]


class Head(Struct, frozen=True, kw_only=True):
    """How is drawn, said beforehand.

    `source` is the public value that is mixed in, named before anybody knows it, and `public_on`
    the day it becomes known; `team` is how many inspect together.
    """

    organisation: str
    organisation_name: str
    title: str
    year: int
    scheme: str
    scheme_version: str
    source: str
    public_on: date
    due_on: date
    team: int
    shares: tuple[Share, ...]


class Entry(Struct, frozen=True, kw_only=True):
    """Somebody in a post who may be drawn; `body` inspects them. Names are as on the sheet."""

    level: str
    unit: str
    unit_name: str
    post: str
    post_name: str
    person: str
    person_name: str
    body: str
    line: int = 0
    digest: str = ""


class Inspector(Struct, frozen=True, kw_only=True):
    """Somebody of a body who may inspect, but not in these units, nor these people."""

    body: str
    person: str
    person_name: str
    units: tuple[str, ...]
    people: tuple[str, ...]
    line: int = 0
    digest: str = ""


class Plan(Struct, frozen=True, kw_only=True):
    """Everything that is fixed before the seed is mixed."""

    head: Head
    entries: tuple[Entry, ...]
    inspectors: tuple[Inspector, ...]


def canonical(value: Any) -> bytes:
    """Return a value as JSON in UTF-8: keys sorted, no white space."""
    return msgspec.json.encode(value, order="sorted")


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def line_digest(line: Entry | Inspector) -> str:
    """Return the digest of a line: of all its fields but the digest."""
    fields = msgspec.to_builtins(line)
    del fields["digest"]
    return sha256(canonical(fields))


def plan_digest(plan: Plan) -> str:
    """Return the digest of a plan: of its head and the digests of its lines as they stand."""
    return sha256(
        canonical(
            {
                "head": plan.head,
                "entries": [entry.digest for entry in plan.entries],
                "inspectors": [inspector.digest for inspector in plan.inspectors],
            }
        )
    )


def frozen_plan(head: Head, entries: Iterable[Entry], inspectors: Iterable[Inspector]) -> Plan:
    """Return a plan with its lines in their order, numbered and digested.

    The order in which they come makes no difference.
    """
    rank = {share.level: place for place, share in enumerate(head.shares)}
    listed = sorted(
        entries, key=lambda entry: (rank[entry.level], entry.unit, entry.post, entry.person)
    )
    pool = sorted(inspectors, key=lambda inspector: (inspector.body, inspector.person))
    return Plan(
        head=head,
        entries=tuple(_listed(entry, line) for line, entry in enumerate(listed, 1)),
        inspectors=tuple(_listed(inspector, line) for line, inspector in enumerate(pool, 1)),
    )


def _listed(line: Line, number: int) -> Line:
    numbered = replace(line, line=number)
    return replace(numbered, digest=line_digest(numbered))
