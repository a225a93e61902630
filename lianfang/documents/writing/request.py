"""What is asked of a form: whose table, in which language, of which day and edition."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from lianfang.checks.finding import Finding
from lianfang.common.text import Language
from lianfang.register.model import Register
from lianfang.scheme.model import Scheme


class Format(StrEnum):
    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"
    CSV = "csv"


class Request(Struct, frozen=True, kw_only=True):
    """A form to be written.

    `register` is all that is printed: restrict it before with `scope.part_of`. `edition` is its
    number, empty in a draft; `mark` says how far a draft is (送审稿). `before` is the register to
    compare with; `unit` is the id of the one whose units and posts alone are compared, empty for
    all. A `fillable` spreadsheet can be filled in offline and read back.
    """

    register: Register
    scheme: Scheme
    on: date
    language: Language = Language.ZH
    heading: str = ""
    edition: str = ""
    mark: str = ""
    owner: str = ""
    findings: tuple[Finding, ...] = ()
    before: Register | None = None
    before_edition: str = ""
    unit: str = ""
    fillable: bool = True

    @property
    def is_draft(self) -> bool:
        """Whether the table shows proposals instead of what was confirmed."""
        return not self.edition
