"""The five checks with their limits and word lists: `checks.yaml`.

Source: 质检认纪〔2012〕1号 六（二）.
"""

from msgspec import field

from lianfang.common.text import Text
from lianfang.scheme.faults import SchemeRefused, refused
from lianfang.scheme.model.base import Rule, Value


class FiveCheck(Rule, frozen=True, kw_only=True):
    code: str
    label: Text
    question: Text


class Limit(Rule, frozen=True, kw_only=True):
    label: Text
    value: float
    default: bool
    why: Text


class WordList(Rule, frozen=True, kw_only=True):
    items: tuple[str, ...]
    default: bool
    why: Text


class PairList(Rule, frozen=True, kw_only=True):
    items: tuple[tuple[str, str], ...]
    default: bool
    why: Text


class CheckScheme(Value, frozen=True, kw_only=True):
    """What the register checks ask of the scheme, by name."""

    five: tuple[FiveCheck, ...]
    limits: dict[str, Limit]
    word_lists: dict[str, WordList] = field(name="words")
    pair_lists: dict[str, PairList] = field(name="pairs")

    def limit(self, name: str) -> float:
        """Return a threshold. Raises SchemeRefused when the scheme has none of that name."""
        if name not in self.limits:
            raise _missing("limits", name)
        return self.limits[name].value

    def words(self, name: str) -> tuple[str, ...]:
        """Return a list of words. Raises SchemeRefused when the scheme has none of that name."""
        if name not in self.word_lists:
            raise _missing("words", name)
        return self.word_lists[name].items

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return a list of pairs. Raises SchemeRefused when the scheme has none of that name."""
        if name not in self.pair_lists:
            raise _missing("pairs", name)
        return self.pair_lists[name].items


def _missing(section: str, name: str) -> SchemeRefused:
    return refused(
        "checks.yaml",
        f"{section}.{name}",
        f"缺少“{name}”，请在 checks.yaml 的 {section} 下补上。",
        f"`{name}` is missing; add it under {section} in checks.yaml.",
    )
