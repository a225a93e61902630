"""The pages of accountability, and what the desk asks of somebody."""

import io
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import Settings

from lianfang.assessment.models import Accountability
from lianfang.assessment.queries.sheets import sheet_in
from lianfang.assessment.rules.scoring import Party
from lianfang.assessment.rules.sheets import item_in
from lianfang.assessment.tests.making import decided, drafted, give, opened, sheet_of
from lianfang.duties.tests.making import owed
from lianfang.org.tests.cast import AT, ON, Cast, full_cast


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
    return reverse(f"assessment:{name}", args=arguments)


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


# accountability -----------------------------------------------------------------------------------


def test_a_candidate_is_taken_up_heard_and_closed_by_the_pages(cast: Cast) -> None:
    begun = ON.replace(month=4)
    owed(
        cast,
        kind="unit_report",
        person=None,
        post=None,
        opens_on=begun,
        period=begun,
        due_on=begun,
    )
    officer, key = client_of(cast, "officer"), f"reporting:{cast.units['CW'].pk}:2026"
    assert "单位的报告责任" in words(officer.get(url("matters")))
    assert "逾期未完成" in words(officer.get(url("candidate", 2026, key)))
    officer.post(url("candidate-open", 2026, key), {"facts": "没有报送"})
    made = Accountability.objects.get()
    assert "没有待核的线索" in words(officer.get(url("matters")))
    assert "没有报送" in words(client_of(cast, "head").get(url("matter", made.pk)))
    officer.post(url("hear", made.pk), {"heard_on": ON.isoformat(), "hearing": "交接遗漏"})
    made.refresh_from_db()
    assert made.state == "heard"
    officer.post(url("dismiss", made.pk), {"reason": "已补报"})
    assert client_of(cast, "head").get(url("matter", made.pk)).status_code == 404


@pytest.mark.usefixtures("fonts_folder")
def test_the_letter_is_for_those_who_know_of_the_matter(cast: Cast) -> None:
    made = decided(cast)
    head = client_of(cast, "head")
    paper = b"".join(head.get(url("letter", made.pk, "pdf")).streaming_content)  # type: ignore[attr-defined]
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert "责令一周内补报" in re.sub(r"\s+", "", text)
    assert head.get(url("letter", made.pk, "docx")).status_code == 200
    assert client_of(cast, "clerk").get(url("letter", made.pk, "pdf")).status_code == 404
    head.post(url("appeal", made.pk), {"appeal": "已经补报"})
    client_of(cast, "secretary").post(url("appeal-answer", made.pk), {"answer": "维持"})
    made.refresh_from_db()
    assert made.state == "closed"


def test_to_dos_lead_each_to_their_part(cast: Cast) -> None:
    made = opened(cast)
    sheet = sheet_of(made, cast)
    desk = reverse("shell:desk")
    assert url("score", sheet.pk, "self") in client_of(cast, "head").get(desk).content.decode()
    give(cast, sheet, Party.SELF)
    officer = client_of(cast, "officer").get(desk).content.decode()
    assert url("score", sheet.pk, "office") in officer
    give(cast, sheet, Party.OFFICE)
    deputy = client_of(cast, "deputy").get(desk).content.decode()
    assert url("score", sheet.pk, "leadership") in deputy
    give(cast, sheet, Party.LEADERSHIP)
    sheet.refresh_from_db()
    sheet.objections_until = None
    sheet.save()
    secretary = client_of(cast, "secretary").get(desk).content.decode()
    assert url("confirm", made.pk) in secretary


def test_an_item_that_is_not_there_is_not_found(cast: Cast) -> None:
    made = drafted(cast)
    assert item_in(sheet_in(made, "units"), "nothing") is None
    client = client_of(cast, "office")
    assert client.get(url("item-edit", made.pk, "units", "nothing")).status_code == 404
    assert client.get(url("asked", made.pk, "nothing")).status_code == 404
