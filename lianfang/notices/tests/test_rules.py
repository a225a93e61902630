"""When a message may leave, by the clocks of the organisation; what the address of a bot holds."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.notices.rules import (
    PAUSES,
    Choice,
    Quiet,
    Reason,
    again_at,
    bot_key,
    leaves_at,
    past_quiet,
    reason_of,
)
from lianfang.notices.tests.sending import ADDRESSES, KEY

SHANGHAI, LISBON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Lisbon")
NIGHT = Quiet(time(22), time(7))
NOON = Quiet(time(12), time(14))
MORNING = time(8, 30)
TIMES = st.times(min_value=time(0), max_value=time(23, 59)).map(
    lambda each: each.replace(second=0, microsecond=0)
)
QUIET = st.none() | st.builds(Quiet, TIMES, TIMES)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from([SHANGHAI, LISBON])


def shanghai(day: int, hour: int, minute: int = 0, month: int = 5, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("choice", "at", "quiet", "expected"),
    [
        (Choice.NONE, shanghai(14, 10), None, None),
        (Choice.AT_ONCE, shanghai(14, 10), None, shanghai(14, 10)),
        (Choice.AT_ONCE, shanghai(14, 23), NIGHT, shanghai(15, 7)),
        (Choice.AT_ONCE, shanghai(14, 6, 59), NIGHT, shanghai(14, 7)),
        (Choice.AT_ONCE, shanghai(14, 7), NIGHT, shanghai(14, 7)),
        (Choice.AT_ONCE, shanghai(14, 12), NOON, shanghai(14, 14)),
        (Choice.DAILY, shanghai(14, 8), None, shanghai(14, 8, 30)),
        (Choice.DAILY, shanghai(14, 8, 30), None, shanghai(14, 8, 30)),
        (Choice.DAILY, shanghai(14, 8, 31), None, shanghai(15, 8, 30)),
        (Choice.DAILY, shanghai(14, 8), Quiet(time(8), time(9)), shanghai(14, 9)),
        (Choice.DAILY, shanghai(31, 23, month=12), None, shanghai(1, 8, 30, month=1, year=2027)),
    ],
)
def test_when_a_message_leaves(
    choice: Choice, at: datetime, quiet: Quiet | None, expected: datetime | None
) -> None:
    assert leaves_at(choice, at.astimezone(UTC), SHANGHAI, MORNING, quiet) == expected


def test_quiet_hours_follow_the_clocks_where_these_change() -> None:
    # on 29 March 2026 clocks in Lisbon go forward from one to two
    before = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    assert past_quiet(before, LISBON, NIGHT) == datetime(2026, 3, 29, 6, tzinfo=UTC)


@given(MOMENTS, ZONES, QUIET, TIMES, st.sampled_from([Choice.AT_ONCE, Choice.DAILY]))
def test_nothing_leaves_before_its_time_or_much_later_or_in_quiet_hours(
    at: datetime, zone: ZoneInfo, quiet: Quiet | None, daily_at: time, choice: Choice
) -> None:
    leaves = leaves_at(choice, at, zone, daily_at, quiet)
    assert leaves is not None
    assert at <= leaves <= at + timedelta(days=2, hours=2)
    clocks_change = (
        zone is LISBON
        and leaves.astimezone(zone).utcoffset()
        != (leaves - timedelta(hours=2)).astimezone(zone).utcoffset()
    )
    if quiet is not None and not clocks_change:
        assert not quiet.holds(leaves.astimezone(zone).time())


def test_pauses_grow_and_end() -> None:
    assert list(PAUSES) == sorted(PAUSES)
    at = shanghai(14, 10).astimezone(UTC)
    assert again_at(1, at, SHANGHAI, None) == at + timedelta(minutes=5)
    assert again_at(len(PAUSES), at, SHANGHAI, NIGHT) == shanghai(15, 7)
    assert again_at(len(PAUSES) + 1, at, SHANGHAI, None) is None


@pytest.mark.parametrize("kind", ADDRESSES)
def test_the_address_a_service_shows_gives_the_key_of_its_bot(kind: str) -> None:
    found = bot_key(kind, f" {ADDRESSES[kind]} ")
    assert found is not None
    assert found in ADDRESSES[kind]
    assert all(bot_key(other, ADDRESSES[kind]) is None for other in ADDRESSES if other != kind)


@pytest.mark.parametrize(
    "address",
    [
        "",
        f"http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}",
        f"https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key={KEY}",
        f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}&to=elsewhere",
        f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}/../../x",
        "https://127.0.0.1/cgi-bin/webhook/send?key=12345678",
    ],
)
def test_nothing_else_is_taken_for_the_address_of_a_bot(address: str) -> None:
    assert bot_key("wecom", address) is None


def test_there_is_no_bot_of_mail() -> None:
    assert bot_key("email", ADDRESSES["wecom"]) is None


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("(535, b'5.7.8 Error: authentication failed')", Reason.LOGIN),
        (
            "(530, b'5.7.0 Must issue a STARTTLS command first', 'a@mail.example')",
            Reason.CERTIFICATE,
        ),
        ("(530, b'5.5.1 Sign in first', 'a@mail.example')", Reason.LOGIN),
        ("SMTP AUTH extension not supported by server.", Reason.LOGIN),
        ("STARTTLS extension not supported by server.", Reason.CERTIFICATE),
        ("[Errno 111] Connection refused", Reason.UNREACHABLE),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", Reason.CERTIFICATE),
        ("(554, b'no')", Reason.REFUSED),
        ("{'530@ssl.example': (550, b'no such user')}", Reason.REFUSED),
    ],
)
def test_why_a_message_did_not_leave(error: str, reason: Reason) -> None:
    assert reason_of(f"Socket Exception: {error}") == reason


def test_only_the_error_says_why_not_the_time_the_host_or_the_address() -> None:
    told = """
        2026-11-27 10:15:04,530 - DEBUG - Securing connection with SSL...
        2026-11-27 10:15:04,534 - DEBUG - SMTP Host: authentication.certificate.example
        2026-11-27 10:15:04,535 - DEBUG - Email To: refused@timeout.example
        2026-11-27 10:15:04,535 - DEBUG - Socket Exception: (554, b'no')
        2026-11-27 10:15:04,535 - WARNING - Sending email to "closed@mail.example" failed.
    """
    assert reason_of(told) == Reason.REFUSED
