"""The pages of talks: what they show to whom, what they do, and how often they ask."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.documents.conftest import fonts_folder
from lianfang.duties.models import Talk
from lianfang.duties.queries.talks import topics_of
from lianfang.duties.tests.making import owed
from lianfang.duties.tests.talking import confirmed, held, planned, signed
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.risks.models import RiskPoint, RiskPost

__all__ = ["fonts_folder"]
SAID = "提醒当日报备"
FILLED = {
    "day": "2026-05-14",
    "time": "09:00",
    "minutes": "40",
    "place": "小会议室",
    "notes": "说明要求。",
    "commitments": "知悉要求。",
}


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    return full_cast()


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def url(name: str, *arguments: object) -> str:
    return reverse(f"duties:{name}", args=arguments)


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def risk(cast: Cast, code: str, rank: int, confirmed: str, post: str = "CWG") -> None:
    made = RiskPoint.objects.create(
        organisation=cast.organisation,
        unit=cast.units["CW"],
        code=code,
        title=f"风险{code}",
        post=cast.posts[post],
        confirmed=confirmed,
        rank=rank,
        created_at=AT,
    )
    RiskPost.objects.create(risk=made, post=cast.posts[post], order=0)


# what is seen -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "knows", "reads"),
    [
        ("head", True, True),
        ("clerk", True, True),
        ("officer", True, True),
        ("deputy", True, False),
        ("secretary", True, False),
        ("office", True, False),
        ("colleague", False, False),
        ("overseer", False, False),
    ],
)
def test_what_was_said_is_for_those_who_talked_and_the_discipline_office(
    cast: Cast, part: str, knows: bool, reads: bool
) -> None:
    talk = held(cast, planned(cast))
    page = client_of(cast, part).get(url("talk", talk.pk))
    assert (page.status_code == 200) == knows
    assert (SAID in words(page)) == reads


@pytest.mark.parametrize("part", ["deputy", "secretary", "office", "colleague"])
def test_that_somebody_was_cautioned_is_known_to_those_who_took_part_alone(
    cast: Cast, part: str
) -> None:
    talk = planned(cast, kind="caution")
    client = client_of(cast, part)
    assert client.get(url("talk", talk.pk)).status_code == 404
    assert "clerk" not in words(client.get(url("talks")))
    assert client_of(cast, "officer").get(url("talk", talk.pk)).status_code == 200


def test_an_inquiry_of_the_discipline_office_is_not_known_to_the_head_of_the_unit(
    cast: Cast,
) -> None:
    talk = planned(cast, kind="inquiry", by="officer")
    assert client_of(cast, "head").get(url("talk", talk.pk)).status_code == 404


def test_the_person_sees_who_will_talk_and_when_but_no_content(cast: Cast) -> None:
    talk = planned(cast)
    clerk = client_of(cast, "clerk")
    assert "head与我谈话" in words(clerk.get(url("talks")))
    page = words(clerk.get(url("talk", talk.pk)))
    assert "2026年5月14日 09:00" in page
    assert "谈什么，由谈话人当面说明" in page
    assert "谈话内容" not in page


def test_the_history_withholds_what_was_said_from_those_who_may_not_read(cast: Cast) -> None:
    talk = confirmed(cast)
    client_of(cast, "head").post(url("talk-add", talk.pk), {"text": "另有说明。"})
    assert words(client_of(cast, "head").get(url("talk", talk.pk))).count("另有说明。") == 2
    assert "另有说明。" not in words(client_of(cast, "secretary").get(url("talk", talk.pk)))


def test_talks_are_narrowed_by_state_and_kind_and_go_on_over_the_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianfang.duties.queries.talks.PAGE", 2)
    for _ in range(3):
        held(cast, planned(cast))
    planned(cast, kind="counselling")
    officer = client_of(cast, "officer")
    first = officer.get(url("talks"), {"state": "held"})
    assert re.findall("谈〔2026〕000.", words(first)) == ["谈〔2026〕0003", "谈〔2026〕0002"]
    older = re.search(r"before=\d+", first.content.decode())
    assert older is not None
    rest = officer.get(url("talks") + f"?state=held&{older[0]}")
    assert re.findall("谈〔2026〕000.", words(rest)) == ["谈〔2026〕0001"]
    assert "没有符合条件的谈话" in words(officer.get(url("talks"), {"kind": "inquiry"}))
    odd = officer.get(url("talks"), {"kind": "x", "state": "y", "before": "-"})
    assert odd.status_code == 200


# what is done -------------------------------------------------------------------------------------


def test_a_duty_to_talk_leads_to_planning_and_recording_a_talk(cast: Cast) -> None:
    duty = owed(cast)
    head = client_of(cast, "head")
    page = head.get(url("duty", duty.pk)).content.decode()
    assert f'href="{url("talk-plan")}?duty={duty.pk}"' in page
    assert f'href="{url("talk-of-duty", duty.pk)}"' in page
    assert url("duty-fulfil", duty.pk) not in page
    assert head.post(url("duty-fulfil", duty.pk), {}).headers["Location"] == url(
        "talk-of-duty", duty.pk
    )
    duty.refresh_from_db()
    assert duty.state == "open"


def test_what_a_body_owes_is_noted_as_any_other_duty(cast: Cast) -> None:
    duty = owed(cast, actor=None, actor_role="superior")
    office = client_of(cast, "office")
    assert url("duty-fulfil", duty.pk) in office.get(url("duty", duty.pk)).content.decode()
    assert office.get(url("talk-of-duty", duty.pk)).status_code == 404


def test_a_head_plans_a_talk_for_a_duty_and_records_it(cast: Cast) -> None:
    duty = owed(cast)
    head, clerk = client_of(cast, "head"), cast.people["clerk"]
    page = head.get(url("talk-plan"), {"duty": duty.pk}).content.decode()
    partner = f"{clerk.pk}-{cast.posts['CWG'].pk}"
    assert f'<option value="{partner}" selected>' in page
    assert '<option value="regular" selected>' in page
    sent = {"partner": partner, "kind": "regular", "day": "2026-05-14", "time": "09:30"}
    answer = head.post(url("talk-plan"), sent)
    talk = Talk.objects.get()
    assert answer.headers["Location"] == url("talk", talk.pk)
    assert (talk.starts_at, list(talk.duties.all())) == (AT - timedelta(minutes=30), [duty])
    form = head.get(url("talk-record", talk.pk)).content.decode()
    assert re.search(rf'name="duties" value="{duty.pk}"[^>]*checked', form)
    head.post(
        url("talk-record", talk.pk),
        {**FILLED, "version": "1", "duties": str(duty.pk), "more_points": "报备\n\n回避 "},
    )
    talk.refresh_from_db()
    duty.refresh_from_db()
    assert (talk.state, duty.state, talk.points) == ("held", "done", ["报备", "回避"])


def test_a_kind_that_is_not_theirs_is_refused_with_what_was_typed_kept(cast: Cast) -> None:
    partner = f"{cast.people['clerk'].pk}-{cast.posts['CWG'].pk}"
    sent = {"partner": partner, "kind": "admonition", "day": "2026-05-20", "time": "09:30"}
    answer = client_of(cast, "head").post(url("talk-plan"), {**sent, "place": "三楼"})
    assert answer.status_code == 422
    assert "请防控责任人办理" in words(answer)
    assert 'value="三楼"' in answer.content.decode()


def test_nobody_outside_the_chain_is_offered(cast: Cast) -> None:
    head = client_of(cast, "head").get(url("talk-plan")).content.decode()
    assert f'value="{cast.people["clerk"].pk}-' in head
    assert f'value="{cast.people["colleague"].pk}-' not in head
    assert f'value="{cast.people["head"].pk}-' not in head


def test_somebody_who_owes_nobody_a_talk_may_not_plan_for_a_duty_of_others(cast: Cast) -> None:
    duty = owed(cast)
    assert client_of(cast, "deputy").get(url("talk-plan"), {"duty": duty.pk}).status_code == 403
    assert client_of(cast, "colleague").get(url("talk-plan"), {"duty": duty.pk}).status_code == 404


def test_several_talks_are_planned_from_the_duties_that_have_none(cast: Cast) -> None:
    first, second = owed(cast), owed(cast, person=cast.people["office"], post=cast.posts["BGG"])
    planned(cast, first)
    head = client_of(cast, "head")
    page = head.get(url("talk-several")).content.decode()
    assert f'name="duties" value="{second.pk}"' in page
    assert f'name="duties" value="{first.pk}"' not in page
    sent = {"duties": [second.pk], "day": "2026-05-20", "time": "14:00", "minutes": "30"}
    head.post(url("talk-several"), sent)
    assert Talk.objects.get(person=cast.people["office"]).starts_at.isoformat() == (
        "2026-05-20T06:00:00+00:00"
    )


def test_a_talk_is_recorded_from_its_duty_late_ones_with_the_reason(cast: Cast) -> None:
    yesterday = ON - timedelta(days=1)
    duty = owed(cast, opens_on=yesterday, due_on=yesterday)
    head = client_of(cast, "head")
    sent = {**FILLED, "duties": str(duty.pk)}
    refused = head.post(url("talk-of-duty", duty.pk), sent)
    assert refused.status_code == 422
    assert "请填写逾期原因" in words(refused)
    answer = head.post(url("talk-of-duty", duty.pk), {**sent, "late_reason": "外出评审"})
    assert answer.headers["Location"] == url("talk", Talk.objects.get().pk)


def test_the_follow_up_of_a_caution_is_proposed(cast: Cast) -> None:
    talk = planned(cast, kind="caution")
    page = client_of(cast, "head").get(url("talk-record", talk.pk)).content.decode()
    assert re.search(r'name="follow_up_on"[^>]*value="2026-08-14"', page)


def test_topics_are_the_confirmed_risk_points_of_the_post_the_highest_first(cast: Cast) -> None:
    risk(cast, "CW-1", 1, "low")
    risk(cast, "CW-2", 3, "high")
    risk(cast, "CW-3", 0, "")
    assert topics_of(cast.posts["CWG"], ON) == [
        "风险CW-2（CW-2）",
        "风险CW-1（CW-1）",
    ]
    page = words(client_of(cast, "head").get(url("talk-record", planned(cast).pk)))
    assert "风险CW-2（CW-2）" in page


def test_what_the_checks_hold_against_the_post_is_offered_beside_the_record(cast: Cast) -> None:
    risk(cast, "CW-1", 3, "high")
    risk(cast, "CW-2", 3, "high", post="CWC")
    head, post = client_of(cast, "head"), cast.posts["CWG"].pk
    page = head.get(url("talk-record", planned(cast).pk)).content.decode()
    assert f'hx-get="{url("talk-findings", post)}"' in page
    for above in ("cycles:talk-remarks", "inspections:talk-findings"):
        assert f'hx-get="{reverse(above, args=[post])}"' in page
    part = head.get(url("talk-findings", post), headers={"HX-Request": "true"}).content.decode()
    offered = re.findall(r'name="points" value="([^"]+)" form="record"', part)
    assert offered
    assert all("CW-2" not in topic for topic in offered)
    listed = words(head.get(url("talk-findings", post)))
    assert all(topic in listed for topic in offered)


def test_what_a_page_above_offers_is_recorded_and_kept_when_refused(cast: Cast) -> None:
    talk, head = planned(cast), client_of(cast, "head")
    sent = {**FILLED, "version": "1", "points": ["没有写明时限（CW-1）"], "notes": ""}
    refused = head.post(url("talk-record", talk.pk), sent)
    assert refused.status_code == 422
    assert re.search(r'value="没有写明时限（CW-1）"[^>]*checked', refused.content.decode())
    head.post(url("talk-record", talk.pk), {**sent, "notes": FILLED["notes"]})
    talk.refresh_from_db()
    assert talk.points == ["没有写明时限（CW-1）"]
    long = head.post(url("talk-record", planned(cast).pk), {**sent, "points": ["长" * 301]})
    assert long.status_code == 422


def test_somebody_who_saved_meanwhile_is_told_of(cast: Cast) -> None:
    talk = held(cast, planned(cast))
    refused = client_of(cast, "head").post(url("talk-record", talk.pk), {**FILLED, "version": "1"})
    assert refused.status_code == 422
    assert "已被别人修改" in words(refused)


def test_the_person_confirms_and_a_talker_uploads_what_was_signed(cast: Cast) -> None:
    one, two = held(cast, planned(cast)), held(cast, planned(cast))
    client_of(cast, "clerk").post(url("talk-confirm", one.pk), {"remark": ""})
    file = SimpleUploadedFile("签字.pdf", b"%PDF-1.4\n")
    client_of(cast, "head").post(url("talk-sign", two.pk), {"file": file})
    assert set(Talk.objects.values_list("state", flat=True)) == {"confirmed"}
    sent = client_of(cast, "clerk").get(url("talk-scan", two.pk))
    assert b"".join(sent.streaming_content) == b"%PDF-1.4\n"  # type: ignore[attr-defined]
    assert client_of(cast, "clerk").get(url("talk-scan", one.pk)).status_code == 404


def test_a_talk_is_cancelled_with_the_reason_on_its_page(cast: Cast) -> None:
    talk = planned(cast)
    head = client_of(cast, "head")
    assert head.post(url("talk-cancel", talk.pk), {"reason": ""}).status_code == 422
    head.post(url("talk-cancel", talk.pk), {"reason": "出差"})
    assert "出差" in words(head.get(url("talk", talk.pk)))
    assert head.get(url("talk-calendar", talk.pk)).status_code == 404


# what is taken away -------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "other"), [("head", "clerk"), ("clerk", "head")])
def test_a_calendar_is_told_the_other_side_and_no_kind(cast: Cast, part: str, other: str) -> None:
    talk = planned(cast, kind="caution")
    sent = client_of(cast, part).get(url("talk-calendar", talk.pk))
    assert sent.headers["Content-Type"] == "text/calendar; charset=utf-8"
    content = sent.content.decode()
    assert f"SUMMARY:谈话：{other}\r\n" in content
    assert "告诫" not in content


def test_the_record_is_printed_in_both_forms(cast: Cast, fonts_folder: Path) -> None:
    del fonts_folder
    talk = held(cast, planned(cast), follow_up_on=ON + timedelta(days=90))
    head = client_of(cast, "head")
    content = head.get(url("talk-paper", talk.pk, "docx")).content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        document = package.read("word/document.xml").decode()
    texts = re.findall(r"<w:t[^>]*>([^<]*)</w:t>", document)
    for told in ("1．付款无人复核（CW-1）", "提醒当日报备。", "再次谈话，不晚于2026年8月12日"):
        assert told in texts
    page = PdfReader(io.BytesIO(head.get(url("talk-paper", talk.pk, "pdf")).content)).pages[0]
    text = re.sub(r"\s+", "", page.extract_text())
    for told in ("廉政谈话记录", "谈〔2026〕0001", "付款无人复核（CW-1）", "谈话对象（签字）"):
        assert told in text


# how often it asks --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_asks_as_much_whatever_its_length(
    cast: Cast, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        planned(cast)
        held(cast, planned(cast))
        owed(cast)
    client = client_of(cast, "head")
    client.get(url("talks"))
    # session, user; person, appointments, memberships; posts, units, seats, portfolios; nights; the
    # year; organisation, its numbers; planned, duties without a talk, to confirm, the page
    with django_assert_num_queries(17):
        client.get(url("talks"))


@pytest.mark.parametrize("count", [1, 20])
def test_a_talk_asks_as_much_whatever_was_added(
    cast: Cast, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    talk = signed(cast)
    client = client_of(cast, "head")
    for number in range(count):
        client.post(url("talk-add", talk.pk), {"text": f"补充{number}"})
    # session, user; person, appointments, memberships; posts, units, seats, portfolios; nights; the
    # year; the talk, the scheme's numbers; duties, whether they are seen; what was added; rows,
    # events and details of the history
    with django_assert_num_queries(19):
        client.get(url("talk", talk.pk))


@pytest.mark.parametrize("count", [1, 20])
def test_planning_asks_as_much_however_many_are_below(
    cast: Cast, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    from lianfang.org import actions

    for number in range(count):
        post = actions.create_post(
            unit=cast.units["CW"], code=f"X{number}", name=f"岗位{number}", by=None, at=AT
        )
        actions.appoint(person=cast.people["clerk"], post=post, from_on=ON, by=None, at=AT)
    client = client_of(cast, "head")
    client.get(url("talks"))
    # session, user; person, appointments, memberships; posts, units, seats, portfolios; nights; the
    # year; organisation, its numbers; units, posts, seats, portfolios, members; duties; people,
    # posts; second talkers
    with django_assert_num_queries(22):
        client.get(url("talk-plan"))
