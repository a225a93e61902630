"""The steps of talks, who may hold which, what calendars and the printed record say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lianfang.documents.writing.official import RecordForm
from lianfang.duties.rules.talk_calendar import Meeting, calendar_file
from lianfang.duties.rules.talk_paper import TalkTold, record_of
from lianfang.duties.rules.talks import (
    TalkAct,
    TalkState,
    follow_up_day,
    is_late,
    is_routine,
    kind_called,
    kind_for,
    mark_of,
    may_hold,
    slots,
    talk_after,
)
from lianfang.scheme.load import load_scheme

SCHEME = load_scheme("cnas-2012")
SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 5, 14, 15, 0, tzinfo=SHANGHAI)
P, H, C, X = TalkState.PLANNED, TalkState.HELD, TalkState.CONFIRMED, TalkState.CANCELLED
STEPS = {
    (P, TalkAct.RECORD): H,
    (P, TalkAct.CANCEL): X,
    (H, TalkAct.RECORD): H,
    (H, TalkAct.CONFIRM): C,
    (C, TalkAct.ADD): C,
}


@pytest.mark.parametrize("state", TalkState)
@pytest.mark.parametrize("act", TalkAct)
def test_every_step_of_a_talk_is_declared(state: TalkState, act: TalkAct) -> None:
    assert talk_after(state.value, act) == STEPS.get((state, act))


def test_numbers_have_four_digits_and_grow_beyond() -> None:
    assert (mark_of(2026, 7), mark_of(2026, 12345)) == ("谈〔2026〕0007", "谈〔2026〕12345")


def test_only_what_level_or_appointment_ask_for_is_routine() -> None:
    routine = {kind.code for kind in SCHEME.talks if is_routine(SCHEME, kind.code)}
    assert routine == {"before_appointment", "regular"}


def test_a_rule_names_its_kind_of_talk() -> None:
    assert kind_for(SCHEME, "talk_before_high") == "before_appointment"
    assert kind_for(SCHEME, "statement_high") == kind_for(SCHEME, "unknown") == ""


def test_a_control_owner_cannot_give_an_admonition() -> None:
    owner, office = {"control_owner"}, {"discipline_office"}
    assert may_hold(kind_called(SCHEME, "regular"), owner)
    assert not may_hold(kind_called(SCHEME, "admonition"), owner)
    assert may_hold(kind_called(SCHEME, "admonition"), office)
    assert not may_hold(kind_called(SCHEME, "regular"), set())


def test_a_talk_on_the_last_day_is_in_time() -> None:
    day = date(2026, 5, 14)
    assert not is_late([day], day)
    assert is_late([day + timedelta(days=9), day], day + timedelta(days=1))


def test_a_follow_up_is_proposed_by_calendar_months() -> None:
    assert follow_up_day(kind_called(SCHEME, "caution"), date(2026, 11, 30)) == date(2027, 2, 28)
    assert follow_up_day(kind_called(SCHEME, "regular"), date(2026, 11, 30)) is None


def test_talks_in_a_row_begin_one_after_another() -> None:
    assert [moment.hour * 60 + moment.minute for moment in slots(AT, 40, 3)] == [900, 940, 980]


MEETING = Meeting(
    uid="talk-3@lianfang.example",
    summary="谈话：林知行",
    place="三楼会议室，东侧; A,B",
    starts_at=AT,
    minutes=40,
    told_at=datetime(2026, 5, 10, 1, 2, 3, tzinfo=UTC),
    revision=0,
)


def test_a_calendar_file_has_its_moments_in_utc_and_its_marks_escaped() -> None:
    assert calendar_file(MEETING).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lianfang//Talks//ZH",
        "BEGIN:VEVENT",
        "UID:talk-3@lianfang.example",
        "SEQUENCE:0",
        "DTSTAMP:20260510T010203Z",
        "DTSTART:20260514T070000Z",
        "DTEND:20260514T074000Z",
        "SUMMARY:谈话：林知行",
        "LOCATION:三楼会议室，东侧\\; A\\,B",
        "CLASS:CONFIDENTIAL",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_long_lines_of_a_calendar_file_fold_between_characters_and_unfold_whole() -> None:
    place = "会议室" * 40
    content = calendar_file(replace(MEETING, place=place))
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert f"LOCATION:{place}\r\n" in content.decode().replace("\r\n ", "")


TOLD = TalkTold(
    organisation="示范评价中心",
    mark="谈〔2026〕0417",
    kind="任前廉政谈话（五（五）2）",
    person="许明澜",
    unit="评审员管理处",
    post="评审选派岗",
    talker="陈砚秋",
    second="孟清和",
    starts_at=AT,
    minutes=40,
    place="3 层小会议室",
    reasons=["任前廉政谈话（高）（五（五）3）", "定期廉政谈话（高）（五（五）3）"],
    points=["利益关系核查（0402-1）", "不得点名选派（0402-2）"],
    notes="说明岗位三个风险点。\n\n提醒当日报备。",
    commitments="知悉要求。",
    follow_up_on=date(2026, 8, 14),
    late_reason="5月6日至13日外出评审。",
    confirmed_at=datetime(2026, 5, 15, 9, 0, tzinfo=SHANGHAI),
    by_scan=False,
    supplements=["另有说明。"],
)


def lines(form: RecordForm) -> list[tuple[str, str]]:
    return [(entry.label, entry.text) for entry in form.entries]


def test_the_record_tells_everything_in_its_order() -> None:
    form = record_of(TOLD)
    assert (form.organisation, form.title, form.number) == (
        "示范评价中心",
        "廉政谈话记录",
        "谈〔2026〕0417",
    )
    assert lines(form) == [
        ("谈话对象", "许明澜"),
        ("岗位", "评审员管理处　评审选派岗"),
        ("谈话人", "陈砚秋"),
        ("记录人", "孟清和"),
        ("时间", "2026年5月14日 15:00，40分钟"),
        ("地点", "3 层小会议室"),
        ("事由", "任前廉政谈话（高）（五（五）3）、定期廉政谈话（高）（五（五）3）"),
        (
            "谈话内容",
            "1．利益关系核查（0402-1）\n2．不得点名选派（0402-2）\n说明岗位三个风险点。\n提醒当日报备。",
        ),
        ("本人表态", "知悉要求。"),
        ("后续安排", "再次谈话，不晚于2026年8月14日"),
        ("补充", "另有说明。"),
    ]
    assert form.remark == "逾期说明：5月6日至13日外出评审。本人已于2026年5月15日在系统中确认。"


def test_a_record_that_was_signed_says_where_the_original_is() -> None:
    form = record_of(replace(TOLD, by_scan=True, late_reason=""))
    assert form.remark == "签字原件已于2026年5月15日存档。"


def test_the_record_of_a_planned_talk_is_blank_where_it_is_to_be_written() -> None:
    blank = replace(
        TOLD, mark="", second="", minutes=None, reasons=[], points=[], notes="", commitments="",
        follow_up_on=None, late_reason="", confirmed_at=None, supplements=[],
    )  # fmt: skip
    form = record_of(blank)
    told = dict(lines(form))
    assert (form.number, form.remark) == ("", "")
    assert (told["谈话内容"], told["本人表态"], told["后续安排"]) == ("", "", "")
    assert (told["记录人"], told["时间"]) == ("", "2026年5月14日 15:00")
    assert told["事由"] == "任前廉政谈话（五（五）2）"
