"""How texts are cut for the search: what stands in a text is found, and nothing else."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.risks.rules.bigrams import LONGEST, MOST, Phrase, phrases_of, words_of

CHARACTERS = "审批采购礼品金，。 AbcＡ１-9"


def found(asked: str, text: str) -> bool:
    """Return whether a database would find what is asked in the text."""
    words = words_of(text).split()
    return all(_stands(phrase, words) for phrase in phrases_of(asked))


def _stands(phrase: Phrase, words: list[str]) -> bool:
    size = len(phrase.words)
    for start in range(len(words) - size + 1):
        here = words[start : start + size]
        ends = here[-1].startswith if phrase.is_open else here[-1].__eq__
        if here[:-1] == list(phrase.words[:-1]) and ends(phrase.words[-1]):
            return True
    return False


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("礼", "礼"),
        ("礼品", "礼品 品"),
        ("化整为零", "化整 整为 为零 零"),
        ("收礼，送礼", "收礼 礼 送礼 礼"),
        ("R-CW-07", "r cw 07"),
        ("Ｒ－ＣＷ－０７", "r cw 07"),
        ("用A4纸打印", "用 a4 纸打 打印 印"),
        ("A_b", "a b"),
        ("'\"*():", ""),
        ("𠀀𠀁", "𠀀𠀁 𠀁"),
    ],
)
def test_a_text_is_cut_into_pairs_and_words(text: str, words: str) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("asked", "phrases"),
    [
        ("", ()),
        (" ，。 ", ()),
        ("礼品", (Phrase(words=("礼品",), is_open=False),)),
        ("礼", (Phrase(words=("礼",), is_open=True),)),
        ("化整为", (Phrase(words=("化整", "整为"), is_open=False),)),
        (
            "礼品 CW",
            (Phrase(words=("礼品",), is_open=False), Phrase(words=("cw",), is_open=True)),
        ),
        ("r-cw-0", (Phrase(words=("r", "cw", "0"), is_open=True),)),
        ("纸A", (Phrase(words=("纸", "a"), is_open=True),)),
    ],
)
def test_what_is_asked_is_cut_alike(asked: str, phrases: tuple[Phrase, ...]) -> None:
    assert phrases_of(asked) == phrases


@given(st.text("审批采购礼品金", max_size=12), st.integers(0, 11), st.integers(1, 6))
def test_every_part_of_a_chinese_text_is_found(text: str, start: int, size: int) -> None:
    assert found(text[start : start + size], text)


@given(st.text("审批采购", min_size=2, max_size=4), st.text("审批采购", max_size=12))
def test_what_does_not_stand_in_a_text_is_not_found(asked: str, text: str) -> None:
    assert found(asked, text) == (asked in text)


@given(st.text(CHARACTERS, max_size=30))
def test_a_text_finds_itself(text: str) -> None:
    assert found(text, text)


def test_words_and_texts_have_a_limit() -> None:
    assert words_of("a" * 500) == "a" * LONGEST
    assert len(words_of("礼" * 2 * MOST).split()) == MOST


@given(st.text(max_size=40))
def test_words_hold_nothing_a_database_would_take_for_a_command(text: str) -> None:
    words = words_of(text)
    assert not {*string.punctuation, *string.whitespace[1:]} & {*words}
