"""The public pages: what each asks of the database, and that nobody is known to them."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.common.http import POLICY, SEALING_POLICY
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.portal import proofs
from lianfang.portal.actions.answering import answer_report, destroy_report, set_status
from lianfang.portal.actions.keys import end_key
from lianfang.portal.jobs import run
from lianfang.portal.models import SealedFile, SealedMessage, SealedReport
from lianfang.portal.tests.making import (
    BODY,
    IDENTITY,
    WITNESS,
    Sent,
    answer,
    derive,
    holder,
    opened,
    sent,
)
from lianfang.sealing import filing, receipts, work
from lianfang.sealing.envelopes import new_pair

pytestmark = pytest.mark.django_db
RECEIPT = "1234567890123456"
TEXT = {"concerns": "none", "receipt": RECEIPT, "what": "收受土特产两盒", "signed": "no"}


@pytest.fixture(autouse=True)
def _cheap_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BITS", 1)
    monkeypatch.setattr(work, "is_done", lambda *args, **kw: work.zero_bits(*args) >= 1)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def url(name: str) -> str:
    """Return the address of a page of the cast's organisation."""
    return reverse(f"portal:{name}", args=["centre"])


def worked(purpose: str) -> dict[str, str]:
    """Return a challenge with the work done."""
    given = proofs.challenge()
    return {"challenge": given, "number": str(work.find(given, purpose, bits=1))}


def as_sent(sealed: filing.SealedReport, own: receipts.Derived) -> dict[str, Any]:
    """Return what the script sends for a report."""
    envelopes = [
        {"key": str(one.key), "kind": one.kind, "sealed": one.sealed.hex()}
        for one in sealed.envelopes
    ]
    return {
        **worked(str(sealed.report)),
        "report": str(sealed.report),
        "token": own.token.hex(),
        "sender_key": own.pair.public.hex(),
        "letters_key": sealed.letters_key.hex(),
        "envelopes": json.dumps(envelopes),
        "body": SimpleUploadedFile("blob", sealed.body),
        "files": [SimpleUploadedFile("blob", content) for _, content in sealed.files],
    }


def found(client: Client, one: Sent) -> Any:
    """Return what the script gets for a receipt."""
    token = one.derived.token.hex()
    return client.post(url("open"), {"token": token, **worked(token)})


# the way to the form -----------------------------------------------------------------------------


def test_the_first_page_asks_whom_it_concerns(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    holder(cast)
    with django_assert_num_queries(3):  # organisations, keys, settings
        page = client.get(reverse("portal:start")).content.decode()
    assert 'name="concerns"' in page
    assert "textarea" not in page


def test_of_two_organisations_one_is_chosen_first(cast: Cast, client: Client) -> None:
    full_cast("other")
    page = client.get(reverse("portal:start")).content.decode()
    assert url("of") in page
    assert reverse("portal:of", args=["other"]) in page


@pytest.mark.parametrize("concerns", ["leadership", "office"])
def test_what_concerns_leadership_or_office_is_not_taken(
    cast: Cast, client: Client, concerns: str
) -> None:
    holder(cast)
    page = client.get(url("write"), {"concerns": concerns}, follow=True)
    text = page.content.decode()
    assert "12388" in text
    assert "textarea" not in text
    client.post(url("write"), TEXT | {"concerns": concerns})
    assert not SealedReport.objects.exists()


def test_the_form_comes_after_the_answer_alone(cast: Cast, client: Client) -> None:
    holder(cast)
    assert client.get(url("write")).headers["Location"] == url("of")
    assert client.get(url("write"), {"concerns": "none"}).status_code == 200


def test_without_a_reader_nothing_is_taken_and_the_hotline_is_shown(
    cast: Cast, client: Client
) -> None:
    assert client.get(url("write"), {"concerns": "none"}).headers["Location"] == url("of")
    page = client.get(url("of")).content.decode()
    assert "12388" in page
    assert 'name="concerns"' not in page
    refused = client.post(url("write"), TEXT)
    assert refused.status_code == 422
    assert TEXT["what"] in refused.content.decode()


def test_the_form_costs_four_statements(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    holder(cast)
    with django_assert_num_queries(4):  # organisation, keys, settings, names of units
        page = client.get(url("write"), {"concerns": "none"})
    assert "财务处" in page.content.decode()
    assert 'name="signed"' not in page.content.decode()
    holder(cast, "overseer", WITNESS)
    assert 'name="signed"' in client.get(url("write"), {"concerns": "none"}).content.decode()


# without JavaScript ------------------------------------------------------------------------------


def test_without_a_script_the_server_seals(cast: Cast, client: Client) -> None:
    reader = holder(cast)
    holder(cast, "overseer", WITNESS)
    file = SimpleUploadedFile("a.txt", b"text", content_type="text/plain")
    values = TEXT | {"signed": "yes", "name": "王某某", "attached": file}
    page = client.post(url("write"), values).content.decode()
    assert "1234 5678 9012 3456" in page
    report = SealedReport.objects.get()
    assert (report.sealed_in, report.signed) == ("server", True)
    assert opened(report, reader)["answers"] == {"what": TEXT["what"]}
    assert SealedFile.objects.count() == 1
    assert report.digest in page


def test_sent_again_it_stays_one_report_and_what_was_changed_is_added(
    cast: Cast, client: Client
) -> None:
    holder(cast)
    for _ in range(2):
        assert client.post(url("write"), TEXT).status_code == 200
    assert (SealedReport.objects.count(), SealedMessage.objects.count()) == (1, 0)
    for _ in range(2):
        assert client.post(url("write"), TEXT | {"where": "二楼"}).status_code == 200
    assert (SealedReport.objects.count(), SealedMessage.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "values",
    [
        {"what": ""},
        {"signed": "yes"},
        {"receipt": "12"},
        {"known": "长" * 25_001},
        {"attached": [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]},
    ],
    ids=["nothing", "nameless", "no receipt", "too long", "too many files"],
)
def test_what_is_refused_keeps_its_text(cast: Cast, client: Client, values: dict[str, Any]) -> None:
    holder(cast)
    holder(cast, "overseer", WITNESS)
    refused = client.post(url("write"), TEXT | {"where": "二楼会议室"} | values)
    assert refused.status_code == 422
    assert "二楼会议室" in refused.content.decode()
    assert not SealedReport.objects.exists()


def test_without_a_script_the_receipt_shows_answers_and_takes_more(
    cast: Cast, client: Client
) -> None:
    holder(cast)
    one = sent(cast, receipt=RECEIPT)
    answer_report(report=one.report, sealed=answer(one.report), on=ON, by=None, at=AT)
    set_status(report=one.report, status=SealedReport.Status.ACCEPTED, on=ON, by=None, at=AT)
    page = client.post(url("follow"), {"receipt": "1234-5678-9012-3456"}).content.decode()
    assert "请问是哪一周？" in page
    once = re.search(r'name="once" value="(\d+)"', page)
    assert once is not None
    values = {"receipt": RECEIPT, "action": "add", "once": once[1], "text": "第二周"}
    for _ in range(2):
        assert client.post(url("follow"), values).status_code == 200
    assert SealedMessage.objects.filter(origin="sender").count() == 1
    refused = client.post(url("follow"), values | {"text": ""})
    assert refused.status_code == 422


def test_a_page_of_a_receipt_costs_the_same_whatever_was_written(
    cast: Cast, client: Client
) -> None:
    holder(cast)
    one = sent(cast, receipt=RECEIPT)
    counts = []
    for letters in (1, 9):
        for _ in range(letters):
            answer_report(report=one.report, sealed=answer(one.report), on=ON, by=None, at=AT)
        with CaptureQueriesContext(connection) as asked:
            client.post(url("follow"), {"receipt": RECEIPT})
        counts.append(len(asked))
    assert counts == [5, 5]  # organisation, settings, report, letters, their files


def test_a_wrong_receipt_is_told_so_and_nobody_is_locked_out(cast: Cast, client: Client) -> None:
    holder(cast)
    sent(cast, receipt=RECEIPT)
    pages = {
        client.post(url("follow"), {"receipt": f"{number:016}"}).content for number in range(8)
    }
    assert len({re.sub(rb'value="\d+"', b"", page) for page in pages}) == 1
    assert client.post(url("follow"), {"receipt": RECEIPT}).status_code == 200


def test_the_slip_is_a_file(cast: Cast, client: Client) -> None:
    holder(cast)
    one = sent(cast, receipt=RECEIPT)
    given = client.post(url("follow"), {"receipt": RECEIPT, "action": "slip"})
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert json.loads(given.content)["digest"] == one.report.digest


# the script --------------------------------------------------------------------------------------


def test_the_script_sends_sealed_bytes_and_again_gets_the_same_answer(
    cast: Cast, client: Client
) -> None:
    reader, witness = holder(cast), holder(cast, "overseer", WITNESS)
    told = client.get(url("keys")).json()
    assert [one["id"] for one in told["readers"]] == [str(reader.key.pk)]
    assert [one["id"] for one in told["witnesses"]] == [str(witness.key.pk)]
    sealed = filing.seal_report(
        report=uuid4(),
        body=BODY,
        readers=[filing.To(key=reader.key.pk, public=reader.pair.public)],
        files=[filing.PlainFile(name="a", kind="b", content=b"c")],
        identity=IDENTITY,
        witnesses=[filing.To(key=witness.key.pk, public=witness.pair.public)],
    )
    own = derive(cast, RECEIPT)
    answers = []
    for _ in range(2):
        identity = SimpleUploadedFile("blob", sealed.identity)
        answers.append(
            client.post(url("send"), {**as_sent(sealed, own), "identity": identity}).json()
        )
    assert answers[0] == answers[1]
    report = SealedReport.objects.get()
    assert answers[0]["report"] == str(report.pk)
    assert answers[0]["slip"]["digest"] == report.digest
    assert opened(report, reader) == BODY
    assert report.signed


def test_sending_costs_the_same_for_any_number_of_readers(cast: Cast, client: Client) -> None:
    reader = holder(cast)
    sealed = filing.seal_report(
        report=uuid4(),
        body=BODY,
        readers=[filing.To(key=reader.key.pk, public=reader.pair.public)],
    )
    values = as_sent(sealed, derive(cast, RECEIPT))
    with CaptureQueriesContext(connection) as asked:
        assert client.post(url("send"), values).status_code == 200
    told = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    # organisation, whether it is there, keys, report, envelopes
    assert len([one for one in told if not one.startswith("BEGIN")]) == 5


@pytest.mark.parametrize(
    ("page", "values"),
    [
        ("send", {"report": "x"}),
        ("send", {"report": str(uuid4()), "token": "zz"}),
        ("send", {"report": str(uuid4()), "token": "00", "envelopes": "{}", "letters_key": "00"}),
        ("open", {"token": "zz"}),
        ("open", {"token": "00" * 32}),
        ("add", {"token": "00" * 32}),
    ],
)
def test_what_is_no_report_is_refused_in_a_sentence(
    cast: Cast, client: Client, page: str, values: dict[str, str]
) -> None:
    holder(cast)
    refused = client.post(url(page), values)
    assert refused.status_code == 422
    assert refused.json()["error"]


def test_without_work_nothing_is_done_and_a_fresh_challenge_will_do(
    cast: Cast, client: Client
) -> None:
    holder(cast)
    one = sent(cast)
    token = one.derived.token.hex()
    for values in (
        {},
        {"challenge": "made up", "number": "1"},
        {**worked("another purpose"), "number": "no number"},
    ):
        refused = client.post(url("open"), {"token": token, **values})
        assert (refused.status_code, refused.json()["again"]) == (422, True)
    assert found(client, one).status_code == 200


def test_a_wrong_token_and_one_of_another_organisation_get_one_answer(
    cast: Cast, client: Client
) -> None:
    other = full_cast("other")
    holder(other)
    elsewhere = found(client, sent(other))
    token = "00" * 32
    wrong = client.post(url("open"), {"token": token, **worked(token)})
    assert (elsewhere.status_code, elsewhere.content) == (wrong.status_code, wrong.content)


def test_a_receipt_gives_sealed_answers_the_status_and_takes_a_letter(
    cast: Cast, client: Client
) -> None:
    holder(cast)
    one = sent(cast)
    message = answer_report(report=one.report, sealed=answer(one.report), on=ON, by=None, at=AT)
    told = found(client, one).json()
    assert f'data-letter="{message.pk}"' in told["html"]
    assert "请问" not in told["html"]
    letter = filing.seal_further(
        report=one.report.pk,
        letter=uuid4(),
        letters_key=bytes.fromhex(told["letters_key"]),
        content={"text": "第二周"},
    )
    token = one.derived.token.hex()
    for _ in range(2):
        values = {
            **worked(token),
            "token": token,
            "letter": str(letter.letter),
            "sealed": SimpleUploadedFile("blob", letter.sealed),
        }
        assert client.post(url("add"), values).status_code == 200
    assert SealedMessage.objects.filter(origin="sender").count() == 1


def test_what_was_destroyed_says_so_to_the_receipt(cast: Cast, client: Client) -> None:
    holder(cast)
    one = sent(cast, receipt=RECEIPT)
    destroy_report(report=one.report, reason="到期", on=ON, by=None, at=AT)
    assert found(client, one).json()["destroyed"]
    assert "textarea" not in client.post(url("follow"), {"receipt": RECEIPT}).content.decode()


def test_a_report_to_a_key_that_was_ended_meanwhile_is_not_taken(
    cast: Cast, client: Client
) -> None:
    reader = holder(cast)
    sealed = filing.seal_report(
        report=uuid4(),
        body=BODY,
        readers=[filing.To(key=reader.key.pk, public=reader.pair.public)],
    )
    end_key(key=reader.key, reason="调离", on=ON, by=None, at=AT)
    refused = client.post(url("send"), as_sent(sealed, derive(cast, RECEIPT)))
    assert refused.status_code == 422
    assert not refused.json()["again"]
    stranger = filing.seal_report(
        report=uuid4(), body=BODY, readers=[filing.To(key=uuid4(), public=new_pair().public)]
    )
    assert client.post(url("send"), as_sent(stranger, derive(cast, RECEIPT))).status_code == 422


# who asks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["of", "write", "follow", "elsewhere"])
def test_pages_set_no_cookie_read_no_session_and_are_in_no_cache(
    cast: Cast, client: Client, name: str
) -> None:
    holder(cast)
    client.force_login(cast.logins["officer"])
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url(name), {"concerns": "none"})
    assert page.headers["Cache-Control"] == "no-store"
    assert not page.cookies
    tables = " ".join(query["sql"] for query in asked)
    assert "session" not in tables
    # the keys in use ask whether a login is closed; nobody's own row is read
    assert 'FROM "accounts_user"' not in tables


def test_the_language_is_in_the_address(cast: Cast, client: Client) -> None:
    page = client.get(url("of"), {"language": "en"})
    assert 'lang="en"' in page.content.decode()
    assert set(page.cookies) == {"lianfang_language"}
    assert 'lang="en"' in client.get(url("follow")).content.decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 200),
    ],
)
def test_a_form_of_another_site_is_refused_without_a_cookie(
    cast: Cast, client: Client, headers: dict[str, str], status: int
) -> None:
    holder(cast)
    assert client.post(url("write"), TEXT, headers=headers).status_code == status


def test_web_assembly_runs_on_the_pages_that_seal_alone(cast: Cast, client: Client) -> None:
    holder(cast)
    policies = {
        name: client.get(url(name), {"concerns": "none"}).headers["Content-Security-Policy"]
        for name in ("of", "elsewhere", "write", "follow")
    }
    assert policies == {
        "of": POLICY,
        "elsewhere": POLICY,
        "write": SEALING_POLICY,
        "follow": SEALING_POLICY,
    }
    assert "'wasm-unsafe-eval'" in SEALING_POLICY
    assert "'unsafe-eval'" not in SEALING_POLICY


def test_uploads_stay_in_memory(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("A file of a sender was put on the disk")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refused)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", refused)
    holder(cast)
    file = SimpleUploadedFile("a.bin", bytes(3_000_000))
    assert client.post(url("write"), TEXT | {"attached": file}).status_code == 200


def test_a_file_beyond_the_limit_is_dropped_while_it_comes_in(cast: Cast, client: Client) -> None:
    holder(cast)
    file = SimpleUploadedFile("a.bin", bytes(17_000_000))
    refused = client.post(url("write"), TEXT | {"attached": file})
    assert refused.status_code == 422
    assert TEXT["what"] in refused.content.decode()


def test_a_refused_request_writes_no_line(
    cast: Cast, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    holder(cast)
    assert client.post(url("write"), TEXT | {"what": ""}).status_code == 422
    assert client.post(url("open"), {"token": "00"}).status_code == 422
    nowhere = client.get(reverse("portal:of", args=["nowhere"]))
    assert nowhere.status_code == 404
    assert f'href="{reverse("portal:start")}"' in nowhere.content.decode()
    assert caplog.records == []


def test_a_refusal_is_told_in_the_language_of_the_page(cast: Cast, client: Client) -> None:
    holder(cast)
    holder(cast, "overseer", WITNESS)
    sent_unsigned = TEXT | {"signed": "yes", "name": ""}
    refused = client.post(f"{url('write')}?language=en", sent_unsigned).content.decode()
    assert "A signed report needs your name" in refused
    assert "实名反映请填写姓名" not in refused


# settings ----------------------------------------------------------------------------------------


def test_the_system_administrator_says_where_senders_turn(cast: Cast, client: Client) -> None:
    client.force_login(cast.logins["system"])
    page = reverse("portal:setup")
    values = {
        "version": "1",
        "hotline": "12388",
        "superior_channel": "驻上级机关纪检监察组 010-0000",
        "most_files": "3",
        "file_mb": "4",
    }
    assert client.get(page).status_code == 200
    assert client.post(page, values).status_code == 302
    assert "驻上级机关纪检监察组" in Client().get(url("elsewhere")).content.decode()
    assert client.post(page, values | {"phone": "1"}).status_code == 422
    assert client.post(page, values | {"version": "2", "most_files": "6"}).status_code == 422


def test_a_report_of_yesterday_has_its_proof_today(cast: Cast, client: Client) -> None:
    holder(cast)
    one = sent(cast)
    assert found(client, one).json()["slip"]["log"] is None
    run(AT + timedelta(days=1))
    slip = found(client, one).json()["slip"]
    assert slip["log"]["root"]
