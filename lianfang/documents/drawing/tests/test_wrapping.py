"""Lines of text: nothing lost, nothing too wide, and the rules 避头尾."""

from hypothesis import given
from hypothesis import strategies as st

from lianfang.documents.drawing.wrapping import CLOSING, OPENING, letter_em, width_em, wrapped

_MIXED = st.text(alphabet="评审受理岗（）《》，。、“”…— aMW5%-/é\u0301", max_size=60)


@given(text=st.one_of(_MIXED, st.text(max_size=40)), limit=st.floats(2.0, 12.0))
def test_no_letter_is_lost_and_no_line_is_too_wide(text: str, limit: float) -> None:
    lines = wrapped(text, limit)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_em(line) <= limit + 1e-6 for line in lines)


@given(text=st.text(alphabet="评审受理（）《》，。、", max_size=40))
def test_no_line_begins_with_a_comma_or_ends_with_an_open_bracket(text: str) -> None:
    lines = wrapped(text, 7.0)
    longest = _longest_run(text)
    if longest > 7:
        return
    assert not any(line[0] in CLOSING for line in lines[1:])
    assert not any(line[-1] in OPENING for line in lines[:-1])


def _longest_run(text: str) -> float:
    """Return the width of the longest part in which no line may end."""
    runs = [0.0]
    for at, letter in enumerate(text):
        tied = at > 0 and (letter in CLOSING or text[at - 1] in OPENING)
        runs.append(runs[-1] + letter_em(letter) if tied else letter_em(letter))
    return max(runs)


def test_lines_are_about_equally_long() -> None:
    assert wrapped("核查利益关系与近三年往来", 10) == ("核查利益关系", "与近三年往来")


def test_a_line_ends_at_a_pause_where_that_costs_no_line() -> None:
    assert wrapped("接收评审任务，登记范围", 8) == ("接收评审任务，", "登记范围")
    assert wrapped("调查取证（两人以上）", 7) == ("调查取证", "（两人以上）")


def test_words_and_numbers_stay_whole() -> None:
    assert wrapped("Check conflicts of interest", 7) == ("Check", "conflicts of", "interest")
    assert wrapped("不超过123456元", 6) == ("不超过", "123456元")


def test_a_word_longer_than_a_line_is_broken_rather_than_cut() -> None:
    lines = wrapped("antidisestablishmentarianism", 6)
    assert "".join(lines) == "antidisestablishmentarianism"
    assert len(lines) > 1


def test_a_blank_text_has_no_lines() -> None:
    assert wrapped(" \n ", 5) == ()
