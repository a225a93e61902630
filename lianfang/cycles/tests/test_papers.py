"""Official papers of the year: what they say, that each is numbered, kept and issued once."""

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from lianfang.cycles.actions.papers import (
    IssuedAlready,
    NothingToTell,
    issue_letter,
    issue_minutes,
    issue_notice,
)
from lianfang.cycles.models import Edition, Filing, Meeting
from lianfang.cycles.rules.papers import Decided, House, letter_to, minutes_of
from lianfang.cycles.tests.year import brought_to, joined, opened, powered
from lianfang.documents.writing.official import Kind
from lianfang.files.actions import void_document
from lianfang.files.models import OutgoingDocument
from lianfang.files.store import opened as opened_file
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

HOUSE = House(organisation="示范评价中心", group="领导小组", office="领导小组办公室")


@pytest.fixture
def cast(db: None, settings: object, tmp_path: object, fonts_folder: object) -> Cast:
    del db, fonts_folder
    settings.FILES_ROOT = tmp_path  # type: ignore[attr-defined]
    made = full_cast()
    powered(made)
    return made


def words(document: OutgoingDocument) -> str:
    with opened_file(document.attachment.digest) as file:
        reader = PdfReader(io.BytesIO(file.read()))
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "")


def minutes(cast: Cast) -> OutgoingDocument:
    return issue_minutes(meeting=Meeting.objects.get(), on=ON, by=cast.logins["office"], at=AT)


def notice(cast: Cast) -> OutgoingDocument:
    return issue_notice(meeting=Meeting.objects.get(), on=ON, by=cast.logins["office"], at=AT)


def test_minutes_say_who_decided_what_and_who_stayed_out_of_it() -> None:
    paper = minutes_of(
        HOUSE,
        "廉防办〔2026〕1号",
        year=2026,
        held_on=ON,
        place="三楼",
        present=["甲", "乙"],
        absent=["丙"],
        decided=[
            Decided(unit="财务处", outcome="通过", changes="", approving=2, recused=()),
            Decided(
                unit="评审处",
                outcome="修改后通过",
                changes="写明时限。",
                approving=1,
                recused=("乙",),
            ),
        ],
        on=ON,
    )
    assert (paper.kind, paper.number) == (Kind.MINUTES, "廉防办〔2026〕1号")
    assert [block.text for block in paper.body[1:]] == [
        "一、财务处：通过（2人赞成）。",
        "二、评审处：修改后通过（1人赞成）；乙回避；要求：写明时限。",
    ]
    assert [(one.label, one.names) for one in paper.attendance] == [
        ("出席", "甲、乙"),
        ("请假", "丙"),
    ]


def test_a_letter_names_the_day_and_the_state() -> None:
    paper = letter_to(
        HOUSE, "x", unit="财务处", year=2026, state="填报中", due_on=date(2026, 4, 30), on=ON
    )
    assert (paper.kind, paper.addressee) == (Kind.LETTER, "财务处")
    assert "2026年4月30日前报送" in paper.body[0].text
    assert "“填报中”" in paper.body[0].text


def test_minutes_are_kept_under_a_number_and_issued_once(cast: Cast) -> None:
    joined(cast, "head")
    brought_to(cast, "in_check")
    brought_to(cast, "approved")
    made = minutes(cast)
    assert (made.mark, made.kind, made.about) == (
        "廉防办〔2026〕1号",
        "minutes",
        f"cycles.meeting:{Meeting.objects.get().pk}",
    )
    told = words(made)
    for part in ("廉防办〔2026〕1号", "财务处：审议通过（1人赞成）；head回避", "三楼会议室"):
        assert part in told
    with pytest.raises(IssuedAlready):
        minutes(cast)
    void_document(document=made, reason="写错地点", by=cast.logins["office"], at=AT)
    assert minutes(cast).mark == "廉防办〔2026〕2号"


def test_a_notice_tells_what_was_published_with_its_digest(cast: Cast) -> None:
    brought_to(cast, "approved")
    with pytest.raises(NothingToTell):
        notice(cast)
    brought_to(cast, "published")
    told = words(notice(cast))
    assert "财务处，版本2026-1，职权1项、风险点1个" in told
    assert Edition.objects.get().digest[:16] in told
    with pytest.raises(IssuedAlready):
        notice(cast)


def test_a_late_unit_gets_a_letter_once_a_day(cast: Cast) -> None:
    opened(cast)
    late = Filing.objects.get(unit=cast.units["CW"])
    by = cast.logins["office"]
    made = issue_letter(filing=late, on=ON, by=by, at=AT)
    assert "应于2026年4月30日前报送" in words(made)
    with pytest.raises(IssuedAlready):
        issue_letter(filing=late, on=ON, by=by, at=AT)
    issue_letter(filing=late, on=ON + timedelta(days=1), by=by, at=AT)
    with pytest.raises(NothingToTell):
        issue_letter(filing=late, on=date(2026, 4, 30), by=by, at=AT)
    brought_to(cast, "submitted")
    late.refresh_from_db()
    with pytest.raises(NothingToTell):
        issue_letter(filing=late, on=ON + timedelta(days=2), by=by, at=AT)


def test_the_office_issues_them_on_the_pages_and_staff_read_them(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    brought_to(cast, "published")
    office, clerk = Client(), Client()
    office.force_login(cast.logins["office"])
    clerk.force_login(cast.logins["clerk"])
    key = Meeting.objects.get().pk
    for name in ("meeting-minutes", "meeting-notice"):
        page = reverse(f"cycles:{name}", args=[key])
        assert office.get(page).status_code == 200
        assert office.post(page).status_code == 302
        assert office.post(page).status_code == 422
    shown = clerk.get(reverse("cycles:meetings", args=[2026])).content.decode()
    for number in (1, 2):
        assert f"廉防办〔2026〕{number}号" in shown
    assert "印发纪要" not in shown
    paper = OutgoingDocument.objects.first()
    assert paper is not None
    answer = clerk.get(reverse("files:document", args=[paper.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
