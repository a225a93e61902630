"""What is wrong with a scheme, and where: file, line and path."""

from collections.abc import Iterable

from msgspec import Struct

from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text


class SchemeFault(Struct, frozen=True, kw_only=True):
    """One fault; `line` is 1-based, 0 where no line can be named."""

    file: str
    line: int
    path: str
    text: Text

    def sentence(self, language: Language) -> str:
        """Return where and what, as `file:line: path: sentence` does in a linter."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        colon = ": " if language is Language.EN else "："
        return f"{place}: {self.path}{colon}{self.text.in_(language)}"


class SchemeRefused(Refused):
    """A scheme that is missing, wrong or incomplete; `faults` lists everything found."""

    def __init__(self, faults: Iterable[SchemeFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            Text(
                "\n".join(fault.sentence(Language.ZH) for fault in self.faults),
                "\n".join(fault.sentence(Language.EN) for fault in self.faults),
            )
        )


def refused(file: str, path: str, zh: str, en: str, line: int = 0) -> SchemeRefused:
    """Return the refusal of a single fault."""
    return SchemeRefused((SchemeFault(file=file, line=line, path=path, text=Text(zh, en)),))
