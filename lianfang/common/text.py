"""Text in two languages, and the plain forms under which texts are compared."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Self

from msgspec import Struct

_SPACE = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_NOT_WORD = re.compile(r"[\W_]+")


class Language(StrEnum):
    """The languages of the product: Chinese is the source, English is complete."""

    ZH = "zh"
    EN = "en"


class Text(Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """One sentence or label in both languages."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.en if language is Language.EN else self.zh

    def filled(self, **values: object) -> Self:
        """Return the text with every `{name}` replaced; a `Text` value is put in by language.

        Raises KeyError when the text names a value that is not given: a bug.
        """
        return type(self)(
            self.zh.format(**{k: _side(v, Language.ZH) for k, v in values.items()}),
            self.en.format(**{k: _side(v, Language.EN) for k, v in values.items()}),
        )


def _side(value: object, language: Language) -> object:
    return value.in_(language) if isinstance(value, Text) else value


@lru_cache(maxsize=65_536)
def squeezed(text: str) -> str:
    """Return `text` in NFKC without white space or invisible marks: equal for the eye."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_INVISIBLE))


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """Return only the letters, digits and characters of `text`, in NFKC and lower case."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()
