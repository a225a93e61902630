"""A calendar file is what RFC 5545 says: escaped, folded at 75 octets, ended by CRLF."""

from datetime import UTC, date, datetime

from lianfang.documents.writing.agenda import DueDay, agenda_file

AT = datetime(2026, 5, 14, 2, tzinfo=UTC)


def written(title: str, text: str = "") -> bytes:
    day = DueDay(key="k@x", day=date(2026, 12, 31), title=title, text=text, url="http://x/1")
    return agenda_file(name="事项", days=[day], at=AT)


def test_no_line_is_longer_than_75_octets_and_no_character_is_cut() -> None:
    title = "定期廉政谈话" * 30
    lines = written(title).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    whole = written(title).decode().replace("\r\n ", "")
    assert f"SUMMARY:{title}\r\n" in whole


def test_marks_that_mean_something_are_escaped() -> None:
    content = written("a;b,c\\d", "one\ntwo").decode()
    assert "SUMMARY:a\\;b\\,c\\\\d\r\n" in content
    assert "DESCRIPTION:one\\ntwo\r\n" in content


def test_an_event_lasts_the_whole_day_over_new_year() -> None:
    content = written("x").decode()
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in content
    assert "DTSTAMP:20260514T020000Z\r\n" in content
