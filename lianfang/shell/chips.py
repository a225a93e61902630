"""What a clause chip shows: a clause's title and wording, in the scheme they come from."""

from dataclasses import dataclass

from lianfang.common.http import language_now
from lianfang.common.text import Language, Text
from lianfang.org.queries.numbers import written_scheme
from lianfang.scheme.clauses import wording_of
from lianfang.scheme.model import Scheme

USUAL_SCHEME = "cnas-2012"


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A clause in the page's language, and its wording in the other one.

    `title` and `wording` are empty where the scheme words no such clause.
    """

    section: str
    anchor: str
    side: str
    title: str
    wording: str
    other: str
    other_language: str
    scheme: str
    version: str


def chip_of(scheme: Scheme | None, section: str, side: str = "") -> Chip:
    """Return the chip of a section, of the usual scheme where none is given."""
    scheme = scheme or written_scheme(USUAL_SCHEME)
    found = wording_of(scheme, section)
    language = language_now()
    other = Language.ZH if language is Language.EN else Language.EN
    return Chip(
        section=section,
        anchor=anchor_of(section),
        side=side,
        title=_side(found.title if found else None, language),
        wording=_side(found.wording if found else None, language),
        other=_side(found.wording if found else None, other),
        other_language="zh-Hans" if other is Language.ZH else "en",
        scheme=scheme.name,
        version=scheme.version,
    )


@dataclass(frozen=True, kw_only=True)
class ShownClause:
    """A clause in both languages, as the page of clauses lists it."""

    section: str
    anchor: str
    title: Text
    wording: Text

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything a search may look through."""
        sides = (self.title.zh, self.title.en, self.wording.zh, self.wording.en)
        return (self.section, *sides)


@dataclass(frozen=True, kw_only=True)
class ShownDocument:
    """A document that a scheme cites, with its clauses in order."""

    number: str
    title: Text
    clauses: tuple[ShownClause, ...]


def clauses_of(scheme: Scheme) -> tuple[ShownDocument, ...]:
    """Return every clause the scheme words, by document."""
    return tuple(
        ShownDocument(
            number=document.number,
            title=document.title,
            clauses=tuple(
                ShownClause(
                    section=section,
                    anchor=anchor_of(section),
                    title=found.title,
                    wording=found.wording,
                )
                for section in document.sections
                if (found := wording_of(scheme, section, document.number)) is not None
            ),
        )
        for document in scheme.documents
    )


def anchor_of(section: str) -> str:
    """Return the anchor of a section on the page of clauses: 五（五）3 is c-五-五-3."""
    return "c-" + section.replace("（", "-").replace("）", "-").strip("-").replace("--", "-")


def _side(text: Text | None, language: Language) -> str:
    return text.in_(language) if text else ""
