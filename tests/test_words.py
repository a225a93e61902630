"""Every word of the pages has its English, and the catalogue holds no word that nobody says."""

import ast
import re

import messages

CJK = re.compile(r"[\u3400-\u9fff]")


def _catalogue() -> dict[tuple[str | None, str], tuple[str, ...]]:
    found = {}
    for message in messages.read("en"):
        if message.id:
            first = message.id if isinstance(message.id, str) else message.id[0]
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            found[message.context, first] = tuple(str(text) for text in strings)
    return found


def test_the_catalogue_is_up_to_date_with_the_code() -> None:
    said = {(context, words[0]) for context, words in messages.gathered()}
    known = _catalogue().keys()
    assert said - known == set(), "run `python messages.py gather` and translate"
    assert known - said == set(), "run `python messages.py gather`"


def test_every_word_is_translated() -> None:
    missing = [key for key, strings in _catalogue().items() if not all(strings)]
    assert missing == []


def test_no_translation_is_left_in_chinese() -> None:
    # A clause is cited, a language named and a word quoted in Chinese on English pages, too.
    quoted = re.compile(r"[一二三四五六七]（|休|班|〔|“|《")
    left = [
        (key, strings)
        for key, strings in _catalogue().items()
        if any(CJK.search(text) and not quoted.search(text) for text in strings)
    ]
    assert left == []


def test_what_is_filled_in_is_the_same_in_both_languages() -> None:
    holes = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
    differ = [
        key
        for key, strings in _catalogue().items()
        for text in strings
        if text and set(holes.findall(text)) - set(holes.findall(key[1]))
    ]
    assert differ == []


def test_every_name_for_words_is_one_that_is_gathered() -> None:
    # `from … import gettext as _other` would leave its words untranslated, and nobody told.
    renamed = re.compile(r"\b(\w*gettext\w*) as (\w+)")
    unknown = {
        (str(file.relative_to(messages.ROOT)), name)
        for file in messages.PACKAGE.rglob("*.py")
        for _, name in renamed.findall(file.read_text(encoding="utf-8"))
        if name not in messages.KEYWORDS
    }
    assert unknown == set()


def test_no_word_stands_inside_a_formatted_string() -> None:
    # It is not gathered from there, so it would stay untranslated, and nobody told.
    inside = {
        (str(file.relative_to(messages.ROOT)), call.lineno)
        for file in messages.PACKAGE.rglob("*.py")
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", *messages.KEYWORDS}
    }
    assert inside == set()
