"""Words that an organisation says in its own way: chosen from the scheme's, and said throughout."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from lianfang.common.text import Text
from lianfang.scheme.faults import refused
from lianfang.scheme.model import Scheme, Term

# These name and word the documents and the choice itself, whatever an organisation says.
_KEPT = frozenset({"title", "documents", "clauses", "vocabulary"})


def choosable(scheme: Scheme) -> dict[str, Term]:
    """Return every word that may be chosen, by a path such as `vocabulary.risk`."""
    return {f"vocabulary.{term.code}": term for term in scheme.vocabulary}


def word_of(scheme: Scheme, code: str) -> Text:
    """Return the word in use for a term. Raises SchemeRefused when the scheme has none."""
    terms = {term.code: term for term in scheme.vocabulary}
    if code not in terms:
        raise refused(
            "words.yaml",
            f"vocabulary.{code}",
            f"方案“{scheme.name}”没有用语“{code}”。",
            f"The scheme {scheme.name} has no term `{code}`.",
        )
    return _label(terms[code], terms[code].chosen)


def with_words(scheme: Scheme, choices: Mapping[str, str]) -> Scheme:
    """Return the scheme with other words chosen, said in every label and sentence of its rules.

    Aliases and word lists, by which tables are read, stay. Raises SchemeRefused for a term or a
    choice that does not exist.
    """
    known = choosable(scheme)
    said: list[tuple[Text, Text]] = []
    for path, choice in choices.items():
        _require(scheme, path, choice, known)
        term = known[path]
        if choice != term.chosen:
            said.append((_label(term, term.chosen), _label(term, choice)))
            known[path] = msgspec.structs.replace(term, chosen=choice)
    if not said:
        return scheme
    parts = {
        name: getattr(scheme, name) if name in _KEPT else _said(getattr(scheme, name), said)
        for name in scheme.__struct_fields__
    }
    return msgspec.structs.replace(scheme, **parts | {"vocabulary": tuple(known.values())})


def _require(scheme: Scheme, path: str, choice: str, known: Mapping[str, Term]) -> None:
    if path not in known:
        raise refused(scheme.name, path, "没有可以选择的这一用语。", "No word here may be chosen.")
    codes = [each.code for each in known[path].choices]
    if choice not in codes:
        raise refused(
            scheme.name,
            path,
            f"没有“{choice}”这一叫法，只有：{'、'.join(codes)}。",
            f"There is no choice `{choice}`; there are: {', '.join(codes)}.",
        )


def _label(term: Term, code: str) -> Text:
    return next(choice.label for choice in term.choices if choice.code == code)


def _said(value: Any, said: list[tuple[Text, Text]]) -> Any:
    if isinstance(value, Text):
        return _worded(value, said)
    if isinstance(value, tuple):
        return tuple(_said(part, said) for part in value)
    if isinstance(value, dict):
        return {name: _said(part, said) for name, part in value.items()}
    if isinstance(value, Struct):
        parts = {name: _said(getattr(value, name), said) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **parts)
    return value


def _worded(text: Text, said: list[tuple[Text, Text]]) -> Text:
    zh, en = text.zh, text.en
    for was, now in said:
        zh = zh.replace(was.zh, now.zh)
        en = en.replace(was.en, now.en).replace(_inside(was.en), _inside(now.en))
    return Text(zh, en)


def _inside(label: str) -> str:
    """Return an English label as it stands inside a sentence."""
    return label[0].lower() + label[1:]
