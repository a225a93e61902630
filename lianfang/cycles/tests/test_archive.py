"""The archive of official papers: who reads it, what it says of each, how a wrong one is voided."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.audit.models import Event
from lianfang.cycles.models import Cycle, Filing, Meeting
from lianfang.cycles.queries.archive import PAGE
from lianfang.cycles.tests.year import brought_to, powered
from lianfang.files.actions import issue_document
from lianfang.files.models import OutgoingDocument
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

LIST = reverse("cycles:documents")


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    brought_to(made, "approved")
    return made


def issued(cast: Cast, kind: str = "minutes", about: object = None) -> OutgoingDocument:
    return issue_document(
        organisation=cast.organisation.pk,
        series="廉防办",
        kind=kind,
        title=f"{kind} 一份",
        about=about or Meeting.objects.get(),  # type: ignore[arg-type]
        make=lambda mark: (f"{mark}.txt", mark.encode()),
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
        "廉防办〔2026〕1号 minutes 一份 会议纪要 2026年5月14日 2026年5月14日 审议会议 有效",
        "廉防办〔2026〕2号 letter 一份 催报函 2026年5月14日 财务处 2026 年度填报 有效",
        "廉防办〔2026〕3号 agenda 一份 审议议程 2026年5月14日 2026 年度工作 有效",
    ):
        assert line in shown
    assert "作废" not in shown.replace("错了只作废", "")


def test_papers_of_other_rooms_are_not_listed_and_not_voided_here(cast: Cast) -> None:
    strange = issued(cast, about=cast.people["clerk"])
    office = client_of(cast, "office")
    assert strange.mark not in words(office.get(LIST))
    assert office.get(reverse("cycles:document-void", args=[strange.pk])).status_code == 404


def test_the_list_is_narrowed_by_year_and_kind(cast: Cast) -> None:
    issued(cast)
    issued(cast, "letter", Filing.objects.get(unit=cast.units["CW"]))
    clerk = client_of(cast, "clerk")
    letters = words(clerk.get(LIST, {"kind": "letter"}))
    assert "〔2026〕2号" in letters
    assert "〔2026〕1号" not in letters
    assert "没有符合条件的公文" in words(clerk.get(LIST, {"year": "2025"}))
    assert "〔2026〕1号" in words(clerk.get(LIST, {"year": "x", "kind": "poem"}))


def test_an_empty_archive_says_where_papers_come_from(cast: Cast) -> None:
    assert "还没有印发过公文" in words(client_of(cast, "clerk").get(LIST))


def test_the_office_voids_a_paper_with_its_reason_and_once(cast: Cast) -> None:
    paper = issued(cast)
    office, page = client_of(cast, "office"), reverse("cycles:document-void", args=[paper.pk])
    asked = words(office.get(page))
    assert "廉防办〔2026〕1号 minutes 一份" in asked
    assert "作废不能撤回" in asked
    refused = office.post(page, {"reason": " "})
    assert refused.status_code == 422
    assert office.post(page, {"reason": "印错了日期"}).headers["Location"] == LIST
    paper.refresh_from_db()
    assert (paper.void_on, paper.void_reason) == (ON, "印错了日期")
    assert Event.objects.latest("position").action == "files.document.voided"
    shown = words(client_of(cast, "clerk").get(LIST))
    assert "已作废 2026年5月14日 印错了日期" in shown
    again = office.post(page, {"reason": "再来一次"})
    assert again.status_code == 422
    assert "已于 2026-05-14 作废" in words(again)
    # the file stays
    kept = office.get(reverse("files:document", args=[paper.pk]))
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
        page = clerk.get(LIST)
    oldest = OutgoingDocument.objects.get(number=4).pk
    assert f'before={oldest}" rel="next"' in page.content.decode()
    first = words(page)
    assert "〔2026〕53号" in first
    assert "〔2026〕3号" not in first
    second = words(clerk.get(LIST, {"before": oldest}))
    assert "〔2026〕3号" in second
    assert "〔2026〕4号" not in second


# session, login, person with appointments and seats, nights swept, this year, papers, what they
# are about (filings, meetings, years), years of papers
ARCHIVE = 12
