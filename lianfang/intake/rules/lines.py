"""A line of a preview: one part of the register, and what an import would do to it."""

from enum import StrEnum

from msgspec import Struct

from lianfang.common.text import Text


class Kind(StrEnum):
    """What a line is about, in the order in which it is written."""

    UNIT = "unit"
    POST = "post"
    PERSON = "person"
    REGULATION = "regulation"
    POWER = "power"
    RISK = "risk"


class Verdict(StrEnum):
    """What an import does to a part."""

    REFUSED = "refused"
    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"
    UNCHANGED = "unchanged"


WRITES = frozenset({Verdict.ADDED, Verdict.CHANGED, Verdict.RETIRED})


class Told(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A field before and after; `of` names the measure or step it belongs to, `did` what became
    of that: added, changed, removed. Codes of the scheme stay codes."""

    field: str
    before: str = ""
    after: str = ""
    of: str = ""
    did: str = ""


class PlanLine(Struct, frozen=True, kw_only=True):
    """`key` names the line in the file (`risk:0:5:1`), `code` the part it is or becomes.

    `rows` are where it stands: number of the table, 1-based row. `said` is what the file says,
    `content` what would be stored, `before` what is. `needs` are codes of new parts without which
    it can't be written.
    """

    kind: Kind
    verdict: Verdict
    key: str
    unit: str
    code: str
    label: str
    rows: tuple[tuple[int, int], ...] = ()
    taken: bool = True
    changes: tuple[Told, ...] = ()
    reasons: tuple[Text, ...] = ()
    doubts: tuple[Text, ...] = ()
    needs: tuple[str, ...] = ()
    said: Struct | None = None
    content: Struct | None = None
    before: Struct | None = None

    @property
    def writes(self) -> bool:
        """Whether taking it would write anything."""
        return self.verdict in WRITES
