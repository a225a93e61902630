"""Pages of officers and witnesses: what they show, what they give scripts, and to nobody else."""

import base64
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.casework.actions import moving
from lianfang.casework.models import IdentityAsk, Look, ReportCase
from lianfang.casework.models.cases import mark_of
from lianfang.casework.rules import care
from lianfang.casework.tests.making import (
    Office,
    asked,
    completed,
    consented,
    half_of,
    office,
    signed,
    studied,
    who,
)
from lianfang.org.tests.cast import AT
from lianfang.portal.models import OfficerKey, SealedMessage
from lianfang.portal.tests.making import Sent, added, answer, opened, sent, wrapped_key
from lianfang.sealing import envelopes, filing, parts
from tests.access.parts import ADMINISTRATORS, EVERYBODY

FILE = filing.PlainFile(name="照片.png", kind="image/png", content=b"\x89PNG")
OTHERS = sorted(EVERYBODY - {"officer", "colleague"})


@pytest.fixture
def there(db: None, monkeypatch: pytest.MonkeyPatch) -> Office:
    del db
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    return office()


def client_of(there: Office, part: str) -> Client:
    client = Client()
    client.force_login(there.cast.logins[part])
    return client


def url(name: str, *arguments: object) -> str:
    return reverse(f"casework:{name}", args=arguments)


def words(response: Any) -> str:
    text = re.sub(r"<(template|script).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def data_of(response: Any) -> dict[str, Any]:
    pattern = r'id="casework-data"[^>]*>(.*?)</script>'
    found = re.search(pattern, response.content.decode(), re.DOTALL)
    assert found is not None
    told: dict[str, Any] = json.loads(found.group(1))
    return told


def post(client: Client, address: str, sent_: object) -> Any:
    return client.post(address, json.dumps(sent_), content_type="application/json")


def said(content: bytes) -> str:
    return base64.b64encode(content).decode()


# the list and one report --------------------------------------------------------------------------


def test_the_list_tells_days_states_and_clocks_of_every_report(there: Office) -> None:
    fresh, one = sent(there.cast), studied(there.cast, identity={"name": "王某某"})
    shown = words(client_of(there, "officer").get(url("reports")))
    for each in (fresh, one):
        assert mark_of(each.report.pk) in shown
    assert {"待研判", "研判中", "实名", "匿名"} <= set(shown.split())


@pytest.mark.parametrize(("only", "number"), [("", 3), ("open", 2), ("completed", 1), ("late", 0)])
def test_a_filter_leaves_what_it_names(there: Office, only: str, number: int) -> None:
    sent(there.cast)
    studied(there.cast)
    completed(there.cast)
    shown = client_of(there, "officer").get(url("reports"), {"only": only})
    assert len(re.findall(r'<th scope="row"', shown.content.decode())) == number


def test_a_long_list_has_pages_that_keep_the_filter(
    there: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianfang.casework.views.reports.PAGE", 2)
    for _ in range(3):
        sent(there.cast)
    client = client_of(there, "officer")
    first, last = (
        client.get(url("reports"), {"only": "open", "page": page}).content.decode()
        for page in ("1", "2")
    )
    assert first.count('<th scope="row"') == 2
    assert last.count('<th scope="row"') == 1
    assert "?only=open&amp;page=2" in first
    assert "共 3 件" in last


def test_a_page_of_a_report_has_its_course_and_no_word_or_byte_of_it(there: Office) -> None:
    one = studied(there.cast)
    shown = client_of(there, "officer").get(url("report", one.report.pk))
    assert "查阅记录" in words(shown)
    assert said(bytes(one.sealed.body))[:40] not in shown.content.decode()
    assert "wasm-unsafe-eval" in shown.headers["Content-Security-Policy"]
    assert (
        "unsafe-eval"
        not in (client_of(there, "officer").get(url("reports")).headers["Content-Security-Policy"])
    )


@pytest.mark.parametrize("number", [1, 6])
def test_the_list_asks_as_often_for_one_report_as_for_six(
    there: Office, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _each in range(number):
        studied(there.cast)
    client = client_of(there, "officer")
    client.get(url("reports"))
    # the frame around every page 7; the organisation, its numbers, the calendar 2, reports, their
    # cases, own envelopes, own key, what others lack 6, whether anybody reads
    with django_assert_num_queries(22):
        client.get(url("reports"))


# what scripts get ---------------------------------------------------------------------------------


def opened_by(there: Office, part: str, one: Sent) -> Any:
    return client_of(there, part).post(url("open", one.report.pk))


def test_the_script_gets_what_it_opens_and_the_look_is_kept(there: Office) -> None:
    one = sent(there.cast, files=[FILE])
    added(one)
    told = opened_by(there, "officer", one).json()
    key = envelopes.open_key(base64.b64decode(told["envelope"]), there.officer.pair)
    body = parts.open_part(
        base64.b64decode(told["body"]), key=key, report=one.report.pk, name=parts.BODY
    )
    assert "土特产" in body.decode()
    assert [letter["from"] for letter in told["letters"]] == ["sender"]
    (file,) = told["files"]
    sealed = client_of(there, "officer").post(file["url"]).content
    whole = parts.open_part(sealed, key=key, report=one.report.pk, name=parts.file_part(1))
    assert parts.unpacked_file(whole) == ("照片.png", "image/png", FILE.content)
    assert sorted(Look.objects.values_list("what", flat=True)) == ["content", "file"]


def test_without_an_envelope_the_script_gets_nothing(there: Office) -> None:
    one = studied(there.cast)
    client_of(there, "officer").post(
        url("recuse", one.report.pk),
        {"person": there.cast.people["colleague"].pk, "reason": "亲属"},
    )
    assert opened_by(there, "colleague", one).status_code == 404
    assert client_of(there, "colleague").get(url("report", one.report.pk)).status_code == 404
    assert mark_of(one.report.pk) not in words(client_of(there, "colleague").get(url("reports")))


def test_an_answer_is_kept_as_the_browser_sealed_it(there: Office) -> None:
    one = studied(there.cast)
    letter = answer(one.report)
    told = {
        "about": "acceptance",
        "answers": [
            {
                "report": str(one.report.pk),
                "letter": str(letter.letter),
                "sealed": said(letter.sealed),
            }
        ],
    }
    address = url("answer", one.report.pk)
    assert post(client_of(there, "officer"), address, told).json()["go"] == url(
        "report", one.report.pk
    )
    assert SealedMessage.objects.get().origin == "office"
    assert ReportCase.objects.get().acceptance_told_on is not None


@pytest.mark.parametrize("junk", [{}, {"about": "x", "answers": []}, []])
def test_what_is_not_whole_is_refused_in_words(there: Office, junk: object) -> None:
    one = studied(there.cast)
    refused = post(client_of(there, "officer"), url("answer", one.report.pk), junk)
    assert refused.status_code == 422
    assert "不完整" in refused.json()["error"]


# keys ---------------------------------------------------------------------------------------------


def sent_key(pair: envelopes.Pair) -> dict[str, object]:
    wrapped = wrapped_key(pair)
    return {
        "public": said(pair.public),
        "wrapped": said(wrapped.sealed),
        "salt": said(wrapped.salt),
        "operations": wrapped.operations,
        "memory": wrapped.memory,
    }


def test_a_key_made_in_the_browser_is_kept_wrapped(there: Office) -> None:
    client = client_of(there, "officer")
    there.officer.key.delete()
    pair = envelopes.new_pair()
    assert "生成密钥" in words(client.get(url("key")))
    made = post(client, url("key-make"), {"kind": "reader", **sent_key(pair)})
    assert made.json()["go"] == url("key")
    assert bytes(OfficerKey.objects.get(person=there.cast.people["officer"]).public_key) == (
        pair.public
    )


def test_an_overseer_makes_no_reader_s_key(there: Office) -> None:
    there.overseer.key.delete()
    client = client_of(there, "overseer")
    refused = post(client, url("key-make"), {"kind": "reader", **sent_key(envelopes.new_pair())})
    assert refused.status_code == 422
    assert 'value="reader"' not in client.get(url("key")).content.decode()


def test_another_passphrase_wraps_the_same_key(there: Office) -> None:
    one = sent(there.cast)
    again = post(client_of(there, "officer"), url("key-rewrap"), sent_key(there.officer.pair))
    assert again.status_code == 200
    assert opened(one.report, there.officer)


def test_renewing_sharing_and_losing_a_key_go_through_their_pages(there: Office) -> None:
    one = sent(there.cast)
    client, pair = client_of(there, "officer"), envelopes.new_pair()
    held = data_of(client.get(url("key")))["envelopes"]
    again = [
        {
            "report": each["report"],
            "kind": each["kind"],
            "sealed": said(
                envelopes.seal_key(
                    envelopes.open_key(base64.b64decode(each["sealed"]), there.officer.pair),
                    pair.public,
                )
            ),
        }
        for each in held
    ]
    renewed = post(client, url("key-rotate"), {**sent_key(pair), "envelopes": again})
    assert renewed.status_code == 200
    lost = envelopes.new_pair()
    assert post(client, url("key-lost"), sent_key(lost)).status_code == 200
    other = client_of(there, "colleague")
    assert "等您补齐" in words(other.get(url("reports")))
    items = data_of(other.get(url("sharing")))["items"]
    shared = [
        {
            "report": item["report"],
            "kind": item["kind"],
            "key": to["key"],
            "sealed": said(
                envelopes.seal_key(
                    envelopes.open_key(base64.b64decode(item["sealed"]), there.colleague.pair),
                    base64.b64decode(to["public"]),
                )
            ),
        }
        for item in items
        for to in item["to"]
    ]
    assert post(other, url("sharing"), {"envelopes": shared}).status_code == 200
    told = client.post(url("open", one.report.pk)).json()
    assert envelopes.open_key(base64.b64decode(told["envelope"]), lost)


def test_who_heads_the_office_and_the_overseer_keep_all_keys(there: Office) -> None:
    for part in ("officer", "overseer"):
        assert "使用中" in words(client_of(there, part).get(url("keys")))
    assert client_of(there, "colleague").get(url("keys")).status_code == 403
    ended = client_of(there, "officer").post(
        url("key-end", there.colleague.key.pk), {"reason": "调离"}
    )
    assert ended.status_code == 302
    assert not OfficerKey.objects.filter(pk=there.colleague.key.pk, ended_on=None).exists()


# identities ---------------------------------------------------------------------------------------


def test_a_witness_consents_on_their_page_and_the_asker_gets_both_halves(there: Office) -> None:
    one = signed(there.cast)
    ask = asked(there, one)
    overseer = client_of(there, "overseer")
    assert mark_of(one.report.pk) in words(overseer.get(url("witnessing")))
    assert data_of(overseer.get(url("ask", ask.pk)))["to"] == said(bytes(ask.key.public_key))
    half = {"half": said(half_of(there, one, ask))}
    assert post(overseer, url("ask-consent", ask.pk), half).status_code == 200
    told = client_of(there, "officer").post(url("identity", one.report.pk)).json()
    key = envelopes.joined(
        *(
            envelopes.open_key(base64.b64decode(told[name]), there.officer.pair)
            for name in ("one", "other")
        )
    )
    sealed = base64.b64decode(told["identity"])
    assert (
        "王某某"
        in parts.open_part(sealed, key=key, report=one.report.pk, name=parts.IDENTITY).decode()
    )


def test_what_was_consented_to_one_is_not_opened_by_another(there: Office) -> None:
    one = signed(there.cast)
    consented(there, one)
    assert client_of(there, "colleague").post(url("identity", one.report.pk)).status_code == 404


def test_asking_and_refusing_go_through_their_pages(there: Office) -> None:
    one = signed(there.cast)
    client_of(there, "officer").post(url("identity-ask", one.report.pk), {"reason": "核实"})
    ask = IdentityAsk.objects.get()
    client_of(there, "overseer").post(url("ask-refuse", ask.pk), {"reason": "没有必要"})
    ask.refresh_from_db()
    assert (ask.state, ask.answer) == ("refused", "没有必要")
    assert "没有必要" in words(client_of(there, "officer").get(url("report", one.report.pk)))


# moving on ----------------------------------------------------------------------------------------


def test_who_marks_themselves_concerned_is_led_to_the_list_and_sees_it_no_more(
    there: Office,
) -> None:
    one = studied(there.cast)
    client = client_of(there, "officer")
    gone = client.post(
        url("send-out", one.report.pk),
        {
            "concern": "office",
            "sent_to": "示范主管机关",
            "concerned": [there.cast.people["officer"].pk],
        },
    )
    assert gone.headers["Location"] == url("reports")
    assert client.get(url("report", one.report.pk)).status_code == 404
    assert opened(one.report, there.colleague)


def test_sending_out_for_an_officer_asks_who_is_concerned(there: Office) -> None:
    one = studied(there.cast)
    refused = client_of(there, "officer").post(
        url("send-out", one.report.pk), {"concern": "office", "sent_to": "示范主管机关"}
    )
    assert refused.status_code == 422
    assert "请勾选涉及的人员" in words(refused)


def test_protection_is_checked_line_by_line(there: Office) -> None:
    one = studied(there.cast)
    client, address = client_of(there, "officer"), url("step", one.report.pk, "protected")
    every = [duty.value for duty in care.Duty]
    told = {"done_on": "2026-05-14", "text": ""}
    assert client.post(address, {**told, "ticked": every[:-1]}).status_code == 422
    assert client.post(address, {**told, "ticked": every}).status_code == 302


def test_an_alert_made_of_a_report_names_nobody_who_recorded_it(there: Office) -> None:
    one = studied(there.cast)
    client = client_of(there, "officer")
    made = client.post(
        url("to-alert", one.report.pk),
        {
            "trigger": "suspicion",
            "gravity": "serious",
            "what": "差旅报销与行程不符",
            "person_1": there.cast.people["clerk"].pk,
        },
    )
    assert made.status_code == 302
    case = ReportCase.objects.select_related("alert").get()
    assert case.alert is not None
    assert (case.alert.channel, case.alert.recorded_by, case.route) == ("letters", None, "alert")
    assert case.alert.mark in words(client.get(url("report", one.report.pk)))


def test_a_lead_made_of_a_report_is_known_to_who_handles_it(there: Office) -> None:
    one = studied(there.cast)
    client = client_of(there, "officer")
    made = client.post(
        url("to-lead", one.report.pk),
        {
            "handlers": [there.cast.people["colleague"].pk],
            "person_1": there.cast.people["clerk"].pk,
        },
    )
    assert made.status_code == 302
    case = ReportCase.objects.select_related("lead").get()
    assert case.lead is not None
    assert (case.lead.origin, case.lead.about) == ("report", "")
    assert case.lead.mark in words(client_of(there, "colleague").get(url("report", one.report.pk)))


def test_statistics_count_by_year(there: Office) -> None:
    completed(there.cast)
    sent(there.cast)
    client = client_of(there, "officer")
    assert "收到 * 实名 0 未办结 * 超期 0" in words(client.get(url("statistics")))
    assert "收到 0" in words(client.get(url("statistics"), {"year": "2025"}))


def test_a_certificate_is_sent_to_officers_alone(
    there: Office, settings: Settings, tmp_path: object
) -> None:
    settings.FILES_ROOT = tmp_path
    one = completed(there.cast)
    ReportCase.objects.update(kept_until="2026-05-01")
    client = client_of(there, "officer")
    assert client.post(url("destroy", one.report.pk), {"sure": "on"}).status_code == 302
    sent_ = client.get(url("certificate", one.report.pk))
    assert b"".join(sent_.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    document = ReportCase.objects.get().certificate
    assert document is not None
    assert client.get(reverse("files:document", args=[document.pk])).status_code == 404


# nobody else --------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", OTHERS)
def test_nobody_else_learns_of_a_report_from_desk_search_or_sidebar(
    there: Office, part: str
) -> None:
    client = client_of(there, part)
    pages = [reverse("shell:desk"), f"{reverse('shell:search')}?q=举报"]
    before = [client.get(page).content.decode() for page in pages]
    one, ended = sent(there.cast), completed(there.cast)
    moving.reopen(report=ended.report, reason="复核", **who(there.cast))
    after = [client.get(page).content.decode() for page in pages]
    assert [_without_tokens(text) for text in before] == [_without_tokens(text) for text in after]
    for each in (one, ended):
        assert mark_of(each.report.pk) not in "".join(after)
    assert f'"{url("reports")}"' not in "".join(after)


def _without_tokens(text: str) -> str:
    return re.sub(r'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]*"', "", text)


@pytest.mark.parametrize("part", sorted(ADMINISTRATORS))
def test_an_administrator_has_no_page_here(there: Office, part: str) -> None:
    client = client_of(there, part)
    for name in ("reports", "statistics", "key", "keys", "sharing", "witnessing"):
        assert client.get(url(name)).status_code == 403
