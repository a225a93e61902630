"""What a check is, and the decorator that makes one of a function.

A check is a function from an `Index` to hits, under a decorator that says everything else about
it: docs/map.md has the steps. What it is about it names by `things`, the words of its message it
takes from `naming`, limits and word lists from `index.yardstick`; `Finding` says what a field is.
"""

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from lianfang.checks.finding import Finding, Severity, Thing
from lianfang.checks.index import Index
from lianfang.common.text import Text
from lianfang.register.model import Fact


class Hit(Struct, frozen=True, kw_only=True):
    """What a check found: the thing, the words for its message, and the field if not the usual."""

    subject: Thing
    words: Mapping[str, object]
    field: str = ""


Look = Callable[[Index], Iterable[Hit]]


class Check(Struct, frozen=True, kw_only=True):
    """A check: its words, what it needs of a Register and of the scheme, and how it looks.

    `message` may name the words of a hit in braces. `needs`: without one of these facts the check
    is not made. `limits`, `words` and `pairs` name what it takes from checks.yaml. `flagged` and
    `clean` are an example of each for the documentation.
    """

    code: str
    slug: str
    severity: Severity
    field: str
    clause: str
    title: Text
    why: Text
    message: Text
    mend: Text
    flagged: Text
    clean: Text
    look: Look
    needs: tuple[Fact, ...] = ()
    limits: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The code of the five checks to which it belongs."""
        return self.code[:2]

    def finding(self, hit: Hit) -> Finding:
        """Return a hit as a finding in words."""
        return Finding(
            code=self.code,
            slug=self.slug,
            severity=self.severity,
            subject=hit.subject,
            field=hit.field or self.field,
            message=_filled(self.message, hit.words),
            mend=self.mend,
            clause=self.clause,
        )


def _filled(message: Text, words: Mapping[str, object]) -> Text:
    """Return `Text.filled`, by half the work where no word differs between the languages."""
    if any(isinstance(word, Text) for word in words.values()):
        return message.filled(**words)
    return Text(message.zh.format_map(words), message.en.format_map(words))


def check(
    *,
    code: str,
    slug: str,
    severity: Severity,
    field: str,
    clause: str,
    title: Text,
    why: Text,
    message: Text,
    mend: Text,
    flagged: Text,
    clean: Text,
    needs: tuple[Fact, ...] = (),
    limits: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
    pairs: tuple[str, ...] = (),
) -> Callable[[Look], Check]:
    """Return the decorator that makes a check of a function; see `Check` for what to say."""

    return lambda look: Check(
        code=code,
        slug=slug,
        severity=severity,
        field=field,
        clause=clause,
        title=title,
        why=why,
        message=message,
        mend=mend,
        flagged=flagged,
        clean=clean,
        look=look,
        needs=needs,
        limits=limits,
        words=words,
        pairs=pairs,
    )


def hit(subject: Thing, words: Mapping[str, object], field: str = "") -> Hit:
    """Return a hit; `words` fill the braces of the check's message."""
    return Hit(subject=subject, words=words, field=field)
