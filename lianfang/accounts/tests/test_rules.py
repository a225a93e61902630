"""Delays, password rules, limits of a session and devices, by tables and properties."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.accounts.rules import (
    FIRST_PASSWORD_LASTS,
    FORGOTTEN_AFTER,
    FREE_TRIES,
    LONGEST_DELAY,
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    Fault,
    Over,
    Tally,
    counted,
    delay_after,
    device_of,
    faults_of,
    first_password_lapsed,
    is_worth_recording,
    minutes_left,
    over,
    wait_until,
)

AT = datetime(2026, 5, 14, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
COMMON = {"password", "qwertyuiopas", "dragon", "iloveyou"}


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (10, 15), (10_000, 15)],
)
def test_the_delay_grows_from_the_fifth_failure_and_is_bounded(failures: int, minutes: int) -> None:
    assert delay_after(failures) == minutes * MINUTE


@given(st.integers(0, 2**31))
def test_a_delay_never_shrinks_with_more_failures(failures: int) -> None:
    assert delay_after(failures) <= delay_after(failures + 1) <= LONGEST_DELAY


def test_nothing_stands_in_the_way_before_the_fifth_failure() -> None:
    assert wait_until(None) is None
    assert wait_until(Tally(failures=FREE_TRIES - 1, last_at=AT)) is None
    assert wait_until(Tally(failures=FREE_TRIES, last_at=AT)) == AT + MINUTE


def test_failures_add_up_and_are_forgotten_after_a_day() -> None:
    first = counted(None, AT)
    assert first == Tally(failures=1, last_at=AT)
    later = AT + FORGOTTEN_AFTER - timedelta(seconds=1)
    assert counted(first, later) == Tally(failures=2, last_at=later)
    assert counted(first, AT + FORGOTTEN_AFTER).failures == 1


def test_the_log_hears_of_the_first_delay_and_of_the_longest_and_of_no_other() -> None:
    assert [failures for failures in range(200) if is_worth_recording(failures)] == [5, 9]


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (60, 1), (61, 2), (899, 15), (900, 15)])
def test_minutes_to_wait_are_rounded_up(seconds: int, minutes: int) -> None:
    assert minutes_left(AT + timedelta(seconds=seconds), AT) == minutes


def faults(password: str, *names: str) -> set[Fault]:
    return set(faults_of(password, names=names, is_common=COMMON.__contains__))


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("correct horse battery", set()),
        ("三人行必有我师焉择其善者", set()),
        ("k7mw-3rdp-x9tq-h4vn", set()),
        ("nospaceslowercase", set()),
        ("x" * 3 + "yz1!7Qpfds", set()),
        ("short", {Fault.SHORT}),
        ("qwertyuiopas", {Fault.COMMON}),
        ("QWERTYUIOPAS", {Fault.COMMON}),
        ("Password2026!", {Fault.COMMON}),
        ("2026-dragon-2026", {Fault.COMMON}),
        ("zhang-is-my-name", {Fault.NAMED}),
        ("I am ZHANG today", {Fault.NAMED}),
        ("aaaaaaaaaaaa", {Fault.PLAIN}),
        ("abcabcabcabc", {Fault.PLAIN}),
        ("1231231231231", {Fault.PLAIN}),
        ("123456789:;<=", {Fault.PLAIN}),
        ("zyxwvutsrqpon", {Fault.PLAIN}),
    ],
)
def test_a_password_is_long_and_not_to_be_guessed_and_needs_no_kinds_of_characters(
    password: str, found: set[Fault]
) -> None:
    assert faults(password, "zhang") == found


def test_the_longest_password_is_taken_and_one_more_character_is_not() -> None:
    whole = ("the quick brown fox jumps over the lazy dog; " * 3)[:LONGEST_PASSWORD]
    assert faults(whole) == set()
    assert faults(whole + "x") == {Fault.LONG}


def test_a_short_name_may_stand_in_a_password() -> None:
    assert faults("a lily in the field", "li") == set()


@given(st.text(max_size=300))
def test_every_text_gets_an_answer(text: str) -> None:
    found = faults(text, "zhang")
    assert (Fault.SHORT in found) == (len(text) < SHORTEST_PASSWORD)
    assert (Fault.LONG in found) == (len(text) > LONGEST_PASSWORD)


def test_a_first_password_lapses() -> None:
    last = AT + FIRST_PASSWORD_LASTS - timedelta(seconds=1)
    assert not first_password_lapsed(set_at=None, at=AT)
    assert not first_password_lapsed(set_at=AT, at=last)
    assert first_password_lapsed(set_at=AT, at=AT + FIRST_PASSWORD_LASTS)


@pytest.mark.parametrize(
    ("began", "seen", "why"),
    [
        (0, 0, None),
        (59, 59, None),
        (60, 60, Over.IDLE),
        (719, 0, None),
        (720, 0, Over.OLD),
        (720, 60, Over.OLD),
    ],
)
def test_a_session_ends_when_idle_or_old(began: int, seen: int, why: Over | None) -> None:
    ended = over(
        began=AT - began * MINUTE,
        seen=AT - seen * MINUTE,
        at=AT,
        idle=timedelta(minutes=60),
        oldest=timedelta(hours=12),
    )
    assert ended is why


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/124.0.0.0 Safari/537.36",
            "Chrome · Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0",
            "Firefox · Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 "
            "MicroMessenger/8.0.49",
            "WeChat · Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) Version/17.4 Safari/605.1",
            "Safari · macOS",
        ),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_device_is_told_in_the_words_people_know(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device
