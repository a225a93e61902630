"""Pages about alerts: what they ask the database, what they do, what they don't tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.alerts.actions.letters import send_letter
from lianfang.alerts.actions.moving import strike_alert
from lianfang.alerts.models import Alert, AlertFile, AlertLetter
from lianfang.alerts.tests.making import (
    DAY,
    SCHEME,
    WHAT,
    begun,
    closed,
    handed_over,
    kin,
    measured,
    noticed,
    talked,
    triaged,
)
from lianfang.audit.models import Event
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def signed_in(cast: Cast, part: str = "head") -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"alerts:{name}", args=args)


def text(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(at(name, *args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def content(answer: Any) -> bytes:
    """Return what was sent."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


@contextmanager
def statements() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(
        connection,
    ) as found:
        yield found


def asked(client: Client, url: str) -> int:
    client.get(url)
    with statements() as found:
        assert client.get(url).status_code == 200
    return len(found)


def sign(cast: Cast, **values: Any) -> dict[str, Any]:
    return {
        "channel": "daily",
        "noticed_on": (ON - DAY).isoformat(),
        "trigger": "closeness",
        "gravity": "ordinary",
        "what": WHAT,
        "person": cast.people["clerk"].pk,
        **values,
    }


# lists --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["board", "list", "units", "open"])
def test_a_list_asks_no_more_for_twenty_alerts_than_for_one(cast: Cast, name: str) -> None:
    client = signed_in(cast)
    noticed(cast)
    one = asked(client, at(name))
    for _ in range(19):
        noticed(cast)
    assert asked(client, at(name)) == one


def test_the_board_has_a_column_for_each_state(cast: Cast) -> None:
    noticed(cast)
    triaged(cast)
    begun(cast)
    closed(cast)
    page = signed_in(cast).get(at("board"))
    columns = {each.state: each.count for each in page.context["columns"]}
    assert columns == {"noticed": 1, "triaged": 1, "in_hand": 1, "closed": 1}


@pytest.mark.parametrize("name", ["board", "list", "open", "units"])
def test_lists_tell_neither_what_was_noticed_nor_whom_it_is_about(cast: Cast, name: str) -> None:
    noticed(cast, "colleague", by="head")
    page = text(signed_in(cast), name)
    assert WHAT not in page
    assert "colleague" not in page


def test_the_board_of_whom_it_is_about_is_empty(cast: Cast) -> None:
    noticed(cast)
    page = signed_in(cast, "clerk").get(at("board"))
    assert sum(each.count for each in page.context["columns"]) == 0


def test_a_list_is_narrowed_and_sorted(cast: Cast) -> None:
    noticed(cast)
    grave = noticed(cast, gravity="grave", channel="opinion")
    done = closed(cast)
    client = signed_in(cast)

    def found(**query: str) -> list[Alert]:
        page = client.get(at("list"), query).context["page"]
        return [line.alert for line in page.lines]

    assert found(gravity="grave") == [grave]
    assert found(channel="opinion") == [grave]
    assert found(state="closed") == [done]
    assert found(sort="gravity")[0] == grave
    assert done not in found(state="open")
    assert done not in found(mine="on")
    assert grave in found(state="late")
    assert found(unit=str(cast.units["PS"].pk)) == []


def test_a_list_is_narrowed_by_the_days_of_noticing_and_to_what_was_not_struck(cast: Cast) -> None:
    signs = [noticed(cast), noticed(cast, gravity="grave", channel="opinion")]
    first, last = sorted(signs, key=lambda alert: alert.noticed_on)
    Alert.objects.filter(pk=last.pk).update(noticed_on=first.noticed_on + timedelta(days=9))
    strike_alert(alert=first, reason="记错了", on=ON, by=cast.logins["officer"], at=AT)
    client = signed_in(cast)

    def found(**query: str) -> list[int]:
        page = client.get(at("list"), query).context["page"]
        return sorted(line.alert.pk for line in page.lines)

    eighth = str(first.noticed_on + timedelta(days=8))
    assert found(since=eighth) == [last.pk]
    assert found(until=eighth) == [first.pk]
    assert found(since=str(first.noticed_on), until=eighth) == [first.pk]
    assert found(state="kept") == [last.pk]
    for days, slow in ((0, []), (1, [last.pk])):
        day = last.triage_due_on + timedelta(days=days)
        Alert.objects.filter(pk__in=(first.pk, last.pk)).update(triaged_on=day)
        assert found(state="slow") == slow
    assert found(since="2026-13-99") == sorted(alert.pk for alert in signs)
    assert f'value="{eighth}"' in text(client, "list", since=eighth)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_is_noted_and_holds_what_one_may_know(cast: Cast, kind: str) -> None:
    noticed(cast)
    answer = signed_in(cast).get(at("list-export", kind))
    assert content(answer)
    assert Event.objects.filter(action="alerts.list.exported").count() == 1


def test_an_export_tells_neither_what_nor_whom(cast: Cast) -> None:
    noticed(cast)
    rows = signed_in(cast).get(at("list-export", "csv")).content.decode("utf-8-sig")
    assert "预警〔2026〕1号" in rows
    assert WHAT not in rows
    assert "clerk" not in rows
    other = signed_in(cast, "clerk").get(at("list-export", "csv")).content.decode("utf-8-sig")
    assert "预警" not in other.split("\n", 1)[1]


def test_an_export_in_no_form_is_not_found(cast: Cast) -> None:
    assert signed_in(cast).get(at("list-export", "odt")).status_code == 404


# recording ----------------------------------------------------------------------------------------


def test_a_sign_is_recorded_with_its_file_and_its_page_opens(cast: Cast) -> None:
    file = SimpleUploadedFile("差旅单.pdf", b"%PDF-1.4\n")
    client = signed_in(cast)
    answer = client.post(at("record"), sign(cast, file=file))
    alert = Alert.objects.get()
    assert answer.headers["Location"] == at("alert", alert.pk)
    kept = AlertFile.objects.get()
    page = text(client, "alert", alert.pk)
    assert WHAT in page
    assert kept.attachment.name in page
    assert content(client.get(at("alert-file", alert.pk, kept.pk))) == b"%PDF-1.4\n"
    assert signed_in(cast, "clerk").get(at("alert-file", alert.pk, kept.pk)).status_code == 404


def test_who_is_kin_goes_back_to_the_board_after_recording(cast: Cast) -> None:
    kin(cast.people["head"], cast.people["clerk"])
    answer = signed_in(cast).post(at("record"), sign(cast))
    assert answer.headers["Location"] == at("board")


def test_nobody_is_offered_to_name_themself(cast: Cast) -> None:
    form = signed_in(cast).get(at("record")).context["form"]
    assert cast.people["head"] not in form.fields["person"].queryset


def test_a_sign_without_words_is_said_what_to_mend(cast: Cast) -> None:
    answer = signed_in(cast).post(at("record"), sign(cast, what=""))
    assert answer.status_code == 422
    assert not Alert.objects.exists()


def test_earlier_signs_about_the_same_person_are_shown_to_who_may_know(cast: Cast) -> None:
    first = noticed(cast)
    query = {"person": str(cast.people["clerk"].pk)}
    assert first.mark in text(signed_in(cast), "repeats", **query)
    assert first.mark not in text(signed_in(cast, "deputy"), "repeats", **query)
    again = noticed(cast)
    assert first.mark in text(signed_in(cast), "alert", again.pk)


# one alert ----------------------------------------------------------------------------------------


def test_each_look_is_in_the_log_and_the_office_reads_who_looked(cast: Cast) -> None:
    alert = triaged(cast)
    text(signed_in(cast, "deputy"), "alert", alert.pk)
    looks = Event.objects.filter(action="alerts.alert.looked_at")
    assert looks.count() == 1
    assert "查看预警" in text(signed_in(cast, "officer"), "alert", alert.pk)
    assert "查看预警" not in text(signed_in(cast), "alert", alert.pk)


def test_the_page_asks_no_more_for_a_long_course_than_for_a_short_one(cast: Cast) -> None:
    client = signed_in(cast)
    alert = begun(cast)
    few = asked(client, at("alert", alert.pk))
    for number in range(5):
        client.post(at("add", alert.pk), {"text": f"补充 {number}"})
    assert asked(client, at("alert", alert.pk)) == few


def test_triage_is_offered_with_its_rule_and_done_with_a_reason(cast: Cast) -> None:
    alert = noticed(cast)
    client = signed_in(cast)
    page = client.get(at("alert", alert.pk))
    assert [each.way for each in page.context["ways"].ways] == ["owner", "leader", "office"]
    assert client.post(at("triage", alert.pk), {"way": "owner"}).status_code == 422
    answer = client.post(at("triage", alert.pk), {"way": "owner", "reason": "先约谈。"})
    assert answer.headers["Location"] == at("alert", alert.pk)
    alert.refresh_from_db()
    assert alert.state == "triaged"


def test_the_course_of_an_alert_is_walked_on_its_pages(cast: Cast) -> None:
    alert = triaged(cast)
    client = signed_in(cast)
    client.post(at("begin", alert.pk), {"text": ""})
    client.post(at("measure", alert.pk), {"choice": "reminder", "reason": "提醒。"})
    talked(cast, alert)
    client.post(at("close", alert.pk), {"choice": "reminder", "reason": "已改正。"})
    alert.refresh_from_db()
    assert (alert.state, alert.outcome) == ("closed", "reminder")
    page = text(client, "alert", alert.pk)
    assert "谈〔2026〕0001" in page


def test_a_refusal_is_said_on_the_form(cast: Cast) -> None:
    alert = measured(cast)
    answer = signed_in(cast).post(
        at("close", alert.pk), {"choice": "reminder", "reason": "已改正。"}
    )
    assert answer.status_code == 422
    assert "按规定的谈话还没有记录" in answer.content.decode()


def test_what_goes_up_is_noted_as_sent(cast: Cast) -> None:
    alert = triaged(cast, noticed(cast, "secretary"), way="superior", by="officer")
    client = signed_in(cast, "officer")
    assert "登记已报上级" in text(client, "alert", alert.pk)
    client.post(at("send-up", alert.pk), {"reason": "5 月 15 日机要报送。"})
    alert.refresh_from_db()
    assert alert.outcome == "sent_up"


def test_struck_out_it_stays_to_be_seen(cast: Cast) -> None:
    alert = noticed(cast)
    client = signed_in(cast)
    client.post(at("strike", alert.pk), {"reason": "重复登记。"})
    assert "已注销" in text(client, "alert", alert.pk)


def test_a_follow_up_is_noted_on_its_page(cast: Cast) -> None:
    alert = measured(cast, rung="caution")
    talked(cast, alert)
    closed(cast, alert, "caution")
    client = signed_in(cast)
    assert "登记回访" in text(client, "alert", alert.pk)
    client.post(at("follow", alert.pk), {"text": "无异常。"})
    alert.refresh_from_db()
    assert alert.followed_up_on is not None


def test_somebody_recused_loses_the_page(cast: Cast) -> None:
    alert = triaged(cast)
    officer = signed_in(cast, "officer")
    officer.post(at("recuse", alert.pk), {"person": cast.people["deputy"].pk, "reason": "同学"})
    assert signed_in(cast, "deputy").get(at("alert", alert.pk)).status_code == 404


def test_handed_over_nothing_is_offered_any_more(cast: Cast) -> None:
    alert = handed_over(cast, triaged(cast))
    page = signed_in(cast).get(at("alert", alert.pk))
    acts = ("may_begin", "may_measure", "may_close", "may_send_on")
    assert [page.context[name] for name in acts] == [False] * 4


# beside other pages -------------------------------------------------------------------------------


def test_an_open_sign_stands_beside_other_work_for_who_may_know(cast: Cast) -> None:
    alert = noticed(cast)
    client = signed_in(cast, "officer")
    answer = client.get(at("open"), headers={"HX-Request": "true"})
    assert alert.mark in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert alert.mark not in text(signed_in(cast, "clerk"), "open")


# colours ------------------------------------------------------------------------------------------


def test_colours_are_words_and_shapes(cast: Cast) -> None:
    noticed(cast, gravity="grave")
    page = text(signed_in(cast, "secretary"), "units")
    assert "▲" in page
    assert "红" in page
    assert "▲" in text(signed_in(cast, "secretary"), "unit", cast.units["CW"].pk)


def test_the_colour_of_ones_own_unit_leaves_out_what_is_about_oneself(cast: Cast) -> None:
    noticed(cast, "head", by="deputy", gravity="grave")
    mine = signed_in(cast).get(at("unit", cast.units["CW"].pk)).context["line"]
    theirs = signed_in(cast, "deputy").get(at("unit", cast.units["CW"].pk)).context["line"]
    assert (mine.colour.code, mine.open) == ("green", 0)
    assert (theirs.colour.code, theirs.open) == ("red", 1)


# letters ------------------------------------------------------------------------------------------


def sent(cast: Cast, kind: str, **values: Any) -> AlertLetter:
    given: dict[str, Any] = {
        "alert": values.pop("alert", None) or begun(cast),
        "kind": kind,
        "body": "请查找漏洞。",
        "scheme": SCHEME,
        "on": ON,
        "by": cast.logins["head"],
        "at": AT,
    }
    return send_letter(**{**given, **values})


def test_a_letter_is_sent_and_given_as_word_and_pdf(cast: Cast) -> None:
    alert = measured(cast)
    client = signed_in(cast)
    person = cast.people["clerk"].pk
    answer = client.post(
        at("letter-send", alert.pk, "reminder"),
        {"kind": "reminder", "person": person, "body": "请对照检查。"},
    )
    assert answer.status_code == 302
    letter = AlertLetter.objects.get()
    assert letter.document.is_confined
    assert letter.document.mark == "廉警〔2026〕1号"
    assert "请对照检查。" in text(client, "letter", letter.pk)
    for kind in ("docx", "pdf"):
        assert content(client.get(at("letter-file", letter.pk, kind)))
    assert signed_in(cast, "clerk").get(at("letter", letter.pk)).status_code == 404


def test_a_notice_is_answered_by_its_unit_returned_and_accepted(cast: Cast) -> None:
    letter = sent(cast, "notice", unit=cast.units["BG"])
    unit = signed_in(cast, "overseer")
    page = text(unit, "letter", letter.pk)
    assert letter.alert.mark not in page
    assert unit.get(at("alert", letter.alert_id)).status_code == 404
    file = SimpleUploadedFile("整改.pdf", b"%PDF-1.4\n")
    unit.post(at("letter-answer", letter.pk), {"text": "已完善流程。", "file": file})
    head = signed_in(cast)
    head.post(at("letter-return", letter.pk), {"comment": "请补充凭证。", "due_on": "2999-12-31"})
    unit.post(at("letter-answer", letter.pk), {"text": "已补充。"})
    head.post(at("letter-accept", letter.pk), {"comment": ""})
    letter.refresh_from_db()
    assert letter.state == "closed"
    first = letter.corrections.order_by("pk")[0]
    assert content(unit.get(at("correction-file", letter.pk, first.pk))) == b"%PDF-1.4\n"
    assert unit.get(at("letter-accept", letter.pk)).status_code == 403


def test_what_is_about_the_office_says_why_it_is_no_lead_and_what_to_do_instead(cast: Cast) -> None:
    alert = triaged(cast, noticed(cast, "officer"), way="head", by="secretary")
    shown = text(signed_in(cast, "secretary"), "alert", alert.pk)
    assert "这里不转为问题线索" in shown
    assert "转交他人办理" in shown
    plain = triaged(cast)
    assert "这里不转为问题线索" not in text(signed_in(cast, "head"), "alert", plain.pk)
