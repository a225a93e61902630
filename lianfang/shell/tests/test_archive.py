"""The archive of official documents: who knows of which, what it says, how one is voided."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.audit.models import Event
from lianfang.cycles.models import Cycle, Filing, Meeting
from lianfang.cycles.tests.year import brought_to, powered
from lianfang.files.actions import issue_document
from lianfang.files.models import OutgoingDocument
from lianfang.learning.tests.making import certified
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.shell.archive.papers import PAGE

LIST = reverse("shell:archive")


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    brought_to(made, "approved")
    return made


def issued(
    cast: Cast, kind: str = "minutes", about: object = None, *, is_confined: bool = False
) -> OutgoingDocument:
    return issue_document(
        organisation=cast.organisation.pk,
        series="廉防办",
        kind=kind,
        title=f"{kind} 一份",
        about=about or Meeting.objects.get(),  # type: ignore[arg-type]
        make=lambda mark: (f"{mark}.txt", mark.encode()),
        is_confined=is_confined,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def test_staff_see_every_paper_of_the_year_with_what_it_is_about(cast: Cast) -> None:
    issued(cast)
    issued(cast, "letter", Filing.objects.get(unit=cast.units["CW"]))
    issued(cast, "agenda", Cycle.objects.get())
    shown = words(client_of(cast, "clerk").get(LIST))
    for line in (
        "minutes 一份 廉防办〔2026〕1号 会议纪要 2026年5月14日 2026-05-14 审议会议 有效",
        "letter 一份 廉防办〔2026〕2号 催报函 2026年5月14日 财务处 2026 年度填报 有效",
        "agenda 一份 廉防办〔2026〕3号 审议议程 2026年5月14日 2026 年度工作 有效",
    ):
        assert line in shown


def test_what_a_room_keeps_close_is_absent_for_everybody(cast: Cast) -> None:
    strange = issued(cast, about=cast.people["clerk"], is_confined=True)
    office = client_of(cast, "office")
    assert strange.mark not in words(office.get(LIST))
    assert office.get(reverse("shell:paper", args=[strange.pk])).status_code == 404
    assert office.get(reverse("files:document", args=[strange.pk])).status_code == 404
    assert strange.mark not in words(office.get("/search/", {"q": "一份"}))


def test_a_certificate_is_known_to_its_person_and_those_who_answer_for_them(cast: Cast) -> None:
    certified(cast)
    assert "廉政学习证明" in words(client_of(cast, "clerk").get(LIST))
    assert "廉政学习证明" in words(client_of(cast, "head").get(LIST))
    assert "廉政学习证明" not in words(client_of(cast, "colleague").get(LIST))
    assert "廉政学习证明" not in words(client_of(cast, "colleague").get("/search/?q=学习证明"))


def test_the_list_is_narrowed_sorted_and_found_by_number(cast: Cast) -> None:
    issued(cast)
    issued(cast, "letter", Filing.objects.get(unit=cast.units["CW"]))
    clerk = client_of(cast, "clerk")

    def listed(**asked: str | int) -> list[str]:
        page = words(clerk.get(LIST, asked))
        return re.findall(r"廉防办〔2026〕(\d)号", page)

    assert listed() == ["2", "1"]
    assert listed(sort="oldest") == ["1", "2"]
    assert listed(kind="letter") == ["2"]
    assert listed(unit=cast.units["CW"].pk) == ["2"]
    assert listed(unit=cast.units["PS"].pk) == []
    assert listed(q="2026〕1号") == ["1"]
    assert listed(state="void") == []
    assert listed(series="廉防办", year=2026, state="valid") == ["2", "1"]
    assert "没有符合条件的公文" in words(clerk.get(LIST, {"year": "2025"}))
    assert listed(year="x", page="y", sort="z") == ["2", "1"]


def test_an_empty_archive_says_where_papers_come_from(cast: Cast) -> None:
    assert "还没有印发过公文" in words(client_of(cast, "clerk").get(LIST))


def test_the_list_goes_out_as_it_is_narrowed(cast: Cast) -> None:
    issued(cast)
    issued(cast, "letter", Filing.objects.get(unit=cast.units["CW"]))
    answer = client_of(cast, "clerk").get(reverse("shell:archive-export"), {"kind": "letter"})
    with zipfile.ZipFile(BytesIO(answer.content)) as package:
        said = "".join(package.read(name).decode() for name in package.namelist())
    assert "廉防办〔2026〕2号" in said
    assert "廉防办〔2026〕1号" not in said


def test_a_paper_says_whether_its_file_is_what_was_issued(cast: Cast, settings: Settings) -> None:
    paper = issued(cast)
    clerk, page = client_of(cast, "clerk"), reverse("shell:paper", args=[paper.pk])
    shown = words(clerk.get(page))
    assert paper.attachment.digest in shown
    assert "一致" not in shown
    assert "与印发时记入审计日志的一致" in words(clerk.get(page, {"check": "1"}))
    (kept,) = (one for one in Path(settings.FILES_ROOT).rglob(paper.attachment.digest))
    kept.chmod(0o600)
    kept.write_bytes(b"changed")
    assert "不一致" in words(clerk.get(page, {"check": "1"}))
    assert clerk.get(reverse("shell:paper-file", args=[paper.pk])).status_code == 422


def test_the_office_voids_a_paper_with_its_reason_and_once(cast: Cast) -> None:
    paper = issued(cast)
    office, page = client_of(cast, "office"), reverse("shell:paper-void", args=[paper.pk])
    asked = words(office.get(page))
    assert "廉防办〔2026〕1号 minutes 一份" in asked
    assert "作废不能撤回" in asked
    refused = office.post(page, {"reason": " "})
    assert refused.status_code == 422
    shown_at = reverse("shell:paper", args=[paper.pk])
    assert office.post(page, {"reason": "印错了日期"}).headers["Location"] == shown_at
    paper.refresh_from_db()
    assert (paper.void_on, paper.void_reason) == (ON, "印错了日期")
    assert Event.objects.latest("position").action == "files.document.voided"
    assert "已作废 2026年5月14日 印错了日期" in words(client_of(cast, "clerk").get(LIST))
    again = office.post(page, {"reason": "再来一次"})
    assert again.status_code == 422
    assert "已于 2026-05-14 作废" in words(again)
    # the file stays
    kept = office.get(reverse("shell:paper-file", args=[paper.pk]))
    assert b"".join(kept.streaming_content) == "廉防办〔2026〕1号".encode()  # type: ignore[attr-defined]


def test_the_archive_asks_no_more_for_many_papers_and_pages_them(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    clerk = client_of(cast, "clerk")
    filing = Filing.objects.get(unit=cast.units["CW"])
    for about in (Meeting.objects.get(), filing, Cycle.objects.get()):
        issued(cast, about=about)
    clerk.get(LIST)
    with django_assert_num_queries(ARCHIVE):
        clerk.get(LIST)
    for _ in range(PAGE):
        issued(cast, "letter", filing)
    # a page of nothing but letters looks up no meeting and no year
    with django_assert_num_queries(ARCHIVE - 2):
        first = words(clerk.get(LIST))
    assert "〔2026〕53号" in first
    assert "〔2026〕3号" not in first
    second = words(clerk.get(LIST, {"page": "2"}))
    assert "〔2026〕3号" in second
    assert "〔2026〕4号" not in second


# session, login, person with appointments and seats, nights swept, this year, how many papers,
# papers, what they are about (filings, meetings, years), what to narrow by, units
ARCHIVE = 14
