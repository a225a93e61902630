"""Nobody finds a word of a report: not in the database, on the disk, in logs, jobs or backups.

Reports come in both ways. Whoever has the whole database, everything that lies in LIANFANG_HOME, a
backup with its passphrase and every line that was logged searches for their words.
"""

import base64
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.portal.actions.answering import answer_report
from lianfang.portal.jobs import run
from lianfang.portal.models import SealedReport
from lianfang.portal.tests.making import WITNESS, added, answer, derive, holder, opened, sent
from lianfang.sealing import filing, receipts
from lianfang.shell.backup.packing import unpacking
from lianfang.shell.backup.writing import write_backup

pytestmark = pytest.mark.django_db
RECEIPT = "7391520468137264"
WORDS = {
    "what": "评审组长索要土特产并推荐咨询公司",
    "who": "姓方的评审组长",
    "where": "二楼西侧会议室",
    "name": "欧阳某某",
    "contact": "13900001111",
    "file": "宴请票据扫描件",
    "letter": "那是三月第二个星期",
    "answer": "请问当时还有谁在场",
}
AGENT = "Mozilla/5.0 (Leaky)"
ADDRESS = "203.0.113.77"


@pytest.fixture(autouse=True)
def _cheap_receipts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "ROUNDS", 10)


@pytest.fixture
def cast(settings: Settings, tmp_path: Path) -> Cast:
    settings.FILES_ROOT = tmp_path / "files"
    settings.REPORT_PEPPER = tmp_path / "report-pepper"
    return full_cast()


@pytest.fixture
def _played(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    """Play a report each way, with letters, an answer, refusals and the night."""
    caplog.set_level(logging.DEBUG)
    reader = holder(cast)
    holder(cast, "overseer", WITNESS)
    file = filing.PlainFile(name=f"{WORDS['file']}.txt", kind="", content=WORDS["file"].encode())
    identity = {"name": WORDS["name"], "contact": WORDS["contact"]}
    answers = {key: WORDS[key] for key in ("what", "who", "where")}
    body = {"format": 1, "answers": answers}
    one = sent(cast, body=body, identity=identity, files=[file], receipt=RECEIPT)
    added(one, WORDS["letter"])
    reply = answer(one.report, WORDS["answer"])
    answer_report(report=one.report, sealed=reply, on=ON, by=cast.logins["officer"], at=AT)
    _without_a_script()
    run(AT + timedelta(days=1))
    # the search below would find the words where they are
    assert opened(one.report, reader) == body


def _without_a_script() -> None:
    page = reverse("portal:write", args=["centre"])
    client = Client(headers={"User-Agent": AGENT}, REMOTE_ADDR=ADDRESS)
    values = {
        "concerns": "none",
        "receipt": RECEIPT[::-1],
        "what": WORDS["what"],
        "who": WORDS["who"],
        "where": WORDS["where"],
        "signed": "yes",
        "name": WORDS["name"],
        "contact": WORDS["contact"],
    }
    attached = SimpleUploadedFile(f"{WORDS['file']}.txt", WORDS["file"].encode())
    assert client.post(page, values | {"what": ""}).status_code == 422
    assert client.post(page, values | {"attached": attached}).status_code == 200
    follow = reverse("portal:follow", args=["centre"])
    more = {"receipt": RECEIPT[::-1], "action": "add", "once": "1", "text": WORDS["letter"]}
    assert client.post(follow, more).status_code == 200
    assert client.post(follow, {"receipt": "1" * 16}).status_code == 422
    assert WORDS["answer"] in client.post(follow, {"receipt": RECEIPT}).content.decode()


def spellings(word: str) -> Iterator[bytes]:
    """Yield a word as it could lie in a file, a row or a message."""
    yield word.encode()
    yield word.encode("utf-16-le")
    yield word.encode("gb18030")
    yield json.dumps(word)[1:-1].encode()
    yield word.encode().hex().encode()
    for skipped in range(3):
        # whatever stands before it; the ends depend on the neighbours
        yield base64.b64encode(b"x" * skipped + word.encode())[4:-4]


def secrets_of(cast: Cast) -> list[bytes]:
    """Return everything that must be nowhere: words, receipts, what follows from them, traces."""
    told = [*WORDS.values(), RECEIPT, RECEIPT[::-1], AGENT, ADDRESS]
    found = [spelling for word in told for spelling in spellings(word)]
    for receipt in (RECEIPT, RECEIPT[::-1]):
        own = derive(cast, receipt)
        for secret in (own.token, own.pair.secret):
            found += [secret, secret.hex().encode(), base64.b64encode(secret)[:-4]]
    return found


def everything_stored() -> bytes:
    """Return every value of every table."""
    found: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                found += [_bytes(value) for value in row]
    return b"\n".join(found)


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


@pytest.mark.usefixtures("_played")
def test_no_word_of_a_report_lies_anywhere(
    cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    places = {
        "the database": everything_stored(),
        "the log": caplog.text.encode(),
        "what was logged with it": repr([vars(record) for record in caplog.records]).encode(),
        "the backup": backed_up(tmp_path),
        "the disk": b"\n".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()),
    }
    assert len(places["the database"]) > 30_000
    for place, content in places.items():
        for secret in secrets_of(cast):
            assert secret not in content, f"{secret!r} lies in {place}"


def backed_up(folder: Path) -> bytes:
    """Return what somebody reads in a backup who has its passphrase."""
    path = folder / "backup"
    write_backup(path, passphrase="a long passphrase", at=AT)
    with path.open("rb") as sealed, unpacking(sealed, "a long passphrase") as members:
        return b"\n".join(member.read() for _, member in members)


@pytest.mark.usefixtures("_played")
def test_no_administrator_reads_anything_of_it(cast: Cast) -> None:
    reports = SealedReport.objects.all()
    assert reports.count() == 2
    # of what officers did the log has opaque references, for whoever audits it
    marks = [*WORDS.values(), *(one.digest for one in reports)]
    for kind in ("system", "security", "audit"):
        client = Client()
        client.force_login(cast.logins[kind])
        for page in ("shell:desk", "shell:log", "shell:search", "shell:notices"):
            answered = client.get(reverse(page))
            text = answered.content.decode() if answered.status_code == 200 else ""
            assert not any(mark in text for mark in marks)
