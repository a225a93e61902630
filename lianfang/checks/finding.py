"""What a check hands back: a finding about one thing, the same in every run."""

from enum import StrEnum
from hashlib import sha256

from msgspec import Struct

from lianfang.common.text import Text


class Severity(StrEnum):
    """How much weighs: an error blocks submission, a warning is shown to the reviewer."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class ThingKind(StrEnum):
    """Of what kind the thing is that a finding is about; the ids are the Register's."""

    REGISTER = "register"
    UNIT = "unit"
    POST = "post"
    REGULATION = "regulation"
    POWER = "power"
    STEP = "step"
    RISK = "risk"
    MEASURE = "measure"
    TOTAL = "total"


class Thing(Struct, frozen=True, kw_only=True):
    """What a finding is about; of a total the id is `unit:counted`, of the Register empty."""

    kind: ThingKind
    id: str = ""


REGISTER = Thing(kind=ThingKind.REGISTER)


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that a check holds against a Register.

    `field` says which side of its subject it is about; where documents/origins.py knows a column
    of that name the finding stands in its cell, else in that of the subject. `message` says what
    is wrong and `mend` what would mend it, as full sentences. `clause` is of the scheme's document.
    """

    code: str
    slug: str
    severity: Severity
    subject: Thing
    field: str
    message: Text
    mend: Text
    clause: str

    @property
    def group(self) -> str:
        """The code of the five checks to which the finding belongs, C1 to C5."""
        return self.code[:2]

    @property
    def key(self) -> str:
        """A digest of code, subject and field, under which a waiver can be remembered."""
        parts = (self.code, self.subject.kind, self.subject.id, self.field)
        return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
