"""The agenda of a meeting: what it says of each filing, who is recused, that it is issued once."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.cycles.actions import checking, consulting
from lianfang.cycles.actions.agenda import MeetingPassed, issue_agenda
from lianfang.cycles.actions.deciding import members_of
from lianfang.cycles.actions.papers import IssuedAlready, NothingToTell
from lianfang.cycles.models import Conclusion, Consultation, Cycle, Filing
from lianfang.cycles.queries.agenda import items_of
from lianfang.cycles.rules.agenda import Agenda, Heard, Item, Labels, Summed, agenda_paper
from lianfang.cycles.rules.papers import House, number_in_words
from lianfang.cycles.tests.year import (
    SCHEME,
    approve,
    brought_to,
    filing_of,
    joined,
    opened,
    powered,
)
from lianfang.documents.writing.official import BlockKind, Kind
from lianfang.documents.writing.statistics import Line
from lianfang.files.actions import void_document
from lianfang.files.models import OutgoingDocument
from lianfang.files.store import content_of
from lianfang.org.models import Person
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

HOUSE = House(organisation="示范评价中心", group="领导小组", office="领导小组办公室")
LABELS = Labels(
    categories=("决策权", "未分类"), levels=("高", "未评级"), phases=("前期预防", "未分")
)
LINE = Line(
    edition="2025-1",
    categories=(2, 0),
    posts=3,
    levels=(1, 4),
    aspects=(),
    phases=(6, 0),
    asked=5,
    taken=4,
)
JUNE = date(2026, 6, 5)


@pytest.fixture
def cast(
    db: None,
    settings: Settings,
    tmp_path: Path,
    fonts_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Cast:
    del db, fonts_folder
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    return made


def item(**more: Any) -> Item:
    told: dict[str, Any] = {
        "unit": "财务处",
        "round": 2,
        "statement": "梳理职权两项。\n新增风险点一个。",
        "figures": LINE,
        "conclusions": (("职权梳理是否完整", "依据齐全。"),),
        "heard": Heard(said=3, taken=2),
        "recused": ("甲", "乙"),
        "entitled": 3,
    }
    return Item(**(told | more))


def agenda(*items: Item, consultations: tuple[Summed, ...] = ()) -> Agenda:
    return Agenda(
        year=2026,
        held_on=JUNE,
        place="三楼会议室",
        items=items,
        labels=LABELS,
        consultations=consultations,
        present=66.6,
        approving=50,
    )


def told(made: Agenda) -> list[str]:
    return [block.text for block in agenda_paper(HOUSE, "廉防办〔2026〕1号", made, ON).body]


def issued(cast: Cast, held_on: date = JUNE) -> OutgoingDocument:
    return issue_agenda(
        cycle=Cycle.objects.get(),
        held_on=held_on,
        place="三楼会议室",
        scheme=SCHEME,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def words(document: OutgoingDocument) -> str:
    reader = PdfReader(io.BytesIO(content_of(document.attachment.digest)))
    text = "".join(page.extract_text() for page in reader.pages)
    return text.replace("\n", "").replace(" ", "")


# what it says


def test_an_agenda_tells_of_each_filing_what_helps_to_decide() -> None:
    summed = Summed(
        from_on=date(2026, 5, 20), until_on=date(2026, 6, 2), summary="意见已逐条答复。"
    )
    paper = agenda_paper(HOUSE, "廉防办〔2026〕1号", agenda(item(), consultations=(summed,)), ON)
    assert (paper.kind, paper.issuer, paper.number) == (
        Kind.NOTICE,
        "领导小组办公室文件",
        "廉防办〔2026〕1号",
    )
    assert (paper.addressee, paper.signed_by) == ("领导小组各成员", "领导小组办公室")
    heads = [block.text for block in paper.body if block.kind is BlockKind.FIRST]
    assert heads == ["一、财务处", "二、征求意见汇总", "三、表决"]
    assert [block.text for block in paper.body] == [
        "领导小组定于2026年6月5日在三楼会议室召开会议，审议下列1个单位的2026年度职权运行和廉政风险"
        "防控填报。各项填报均已审核，现将有关情况印发，请提前审阅。",
        "一、财务处",
        "提请审议：2026年度填报（第2次报送），通过后替代现行版本2025-1发布。",
        "报送说明：梳理职权两项；新增风险点一个。",
        "填报内容：职权2项（决策权2项），岗位3个，风险点5个（高1个、未评级4个），"
        "防控措施6条（前期预防6条）；应参与风险查找5人，已参与4人。",
        "审核结论：五项检查均已通过。职权梳理是否完整：依据齐全。",
        "征求意见：收到意见3条，采纳2条。",
        "回避：甲、乙在该单位任职，不参加本项审议；可以表决的成员3人。",
        "二、征求意见汇总",
        "2026年5月20日至2026年6月2日征求意见。意见已逐条答复。",
        "三、表决",
        "逐个单位审议，分别决定通过、修改后通过或退回。在被审议单位任职的成员回避，不计入应到人数。"
        "除回避人员外，出席不少于应到成员的66.6%方可表决，赞成超过应到成员的50%为通过。",
    ]


def test_what_there_is_not_is_said_plainly() -> None:
    first = Line(categories=(0, 0), levels=(0, 0), aspects=(), phases=(0, 0))
    lines = told(
        agenda(item(figures=first, statement="", conclusions=(), heard=None, recused=(), round=1))
    )
    assert lines[2:7] == [
        "提请审议：2026年度填报（第1次报送），通过后作为首个版本发布。",
        "填报内容：职权0项，岗位0个，风险点0个，防控措施0条；应参与风险查找0人，已参与0人。",
        "审核结论：五项检查均已通过。",
        "征求意见：没有征求意见。",
        "回避：无；可以表决的成员3人。",
    ]
    assert "征求意见：没有收到意见。" in told(agenda(item(heard=Heard(said=0, taken=0))))
    running = Summed(from_on=ON, until_on=JUNE, summary="")
    assert "2026年5月14日至2026年6月5日征求意见，尚未汇总。" in told(
        agenda(item(), consultations=(running,))
    )


@pytest.mark.parametrize(
    ("place", "number"), [(0, "一"), (9, "十"), (10, "十一"), (19, "二十"), (20, "二十一")]
)
def test_paragraphs_are_numbered_as_one_counts(place: int, number: str) -> None:
    assert number_in_words(place) == number


# what it is told


def consulted(cast: Cast, found: Filing) -> Consultation:
    return consulting.open_consultation(
        cycle=found.cycle,
        scope=Consultation.Scope.STAFF,
        until_on=ON,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def items(cast: Cast, found: list[Filing], members: dict[int, Person] | None = None) -> list[Item]:
    seats = members_of(cast.organisation.pk, JUNE) if members is None else members
    return items_of(Cycle.objects.get(), found, seats, SCHEME, held_on=JUNE, on=ON)


def test_members_of_the_unit_are_recused_and_opinions_counted(cast: Cast) -> None:
    joined(cast, "head", "deputy")
    found = brought_to(cast, "checked")
    Conclusion.objects.filter(check_code="C2").update(text="岗位明确")
    consultation = consulted(cast, found)
    for said, is_taken in (("时限太短", True), ("改名", False)):
        made = consulting.comment(
            consultation=consultation,
            filing=found,
            person=cast.people["clerk"],
            text=said,
            on=ON,
            by=cast.logins["clerk"],
            at=AT,
        )
        consulting.answer_comment(
            made=made, answer="好", is_taken=is_taken, by=cast.logins["office"], at=AT
        )
    (row,) = items(cast, [found])
    assert (row.unit, row.round, row.statement) == ("财务处", 1, "梳理职权一项")
    assert (row.recused, row.entitled) == (("head",), 2)
    assert row.heard == Heard(said=2, taken=1)
    assert row.conclusions == ((SCHEME.checks.five[1].label.zh, "岗位明确"),)
    assert (row.figures.powers, row.figures.risks, row.figures.measures) == (1, 1, 3)


def test_only_a_consultation_since_the_check_asked_about_a_filing(cast: Cast) -> None:
    found = brought_to(cast, "checked")
    assert items(cast, [found])[0].heard is None
    consulted(cast, found)
    assert items(cast, [found])[0].heard == Heard(said=0, taken=0)
    Conclusion.objects.update(concluded_at=AT + timedelta(days=1))
    assert items(cast, [found])[0].heard is None


def test_conclusions_of_an_earlier_submission_are_not_told(cast: Cast) -> None:
    found = brought_to(cast, "checked")
    Conclusion.objects.filter(check_code="C1").update(text="上次的话", round=0)
    (row,) = items(cast, [found])
    assert row.conclusions == ()


def test_many_filings_take_no_more_statements(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    brought_to(cast, "checked")
    members = members_of(cast.organisation.pk, JUNE)
    cycle = Cycle.objects.select_related("organisation").get()
    rows = list(Filing.objects.select_related("unit").order_by("pk"))
    assert len(rows) == 4
    for some in (rows[:1], rows):
        # powers, posts, levels, aspects, measures, seats, who took part, remarks, editions;
        # conclusions, consultations, opinions, who sits in the units
        with django_assert_num_queries(13):
            items_of(cycle, some, members, SCHEME, held_on=JUNE, on=ON)


# issuing


def test_an_agenda_is_kept_under_a_number_once_for_a_day(cast: Cast) -> None:
    joined(cast, "head")
    brought_to(cast, "checked")
    made = issued(cast)
    assert (made.mark, made.kind, made.title) == (
        "廉防办〔2026〕1号",
        "agenda",
        "2026-06-05 审议会议议程",
    )
    assert made.about == f"cycles.cycle:{Cycle.objects.get().pk}"
    text = words(made)
    for part in ("廉防办〔2026〕1号", "一、财务处", "head在该单位任职", "风险点1个（中1个）"):
        assert part in text
    with pytest.raises(IssuedAlready):
        issued(cast)
    assert issued(cast, JUNE + timedelta(days=1)).number == 2
    void_document(document=made, reason="改期", by=cast.logins["office"], at=AT)
    assert issued(cast).number == 3


def test_there_is_no_agenda_without_a_filing_that_waits_or_for_a_day_gone_by(cast: Cast) -> None:
    opened(cast)
    with pytest.raises(NothingToTell):
        issued(cast)
    brought_to(cast, "checked")
    with pytest.raises(MeetingPassed):
        issued(cast, ON - timedelta(days=1))
    assert issued(cast, ON).number == 1
    approve(cast)
    with pytest.raises(NothingToTell):
        issued(cast, JUNE)


def test_the_office_issues_it_on_the_page_and_staff_read_it(cast: Cast) -> None:
    brought_to(cast, "checked")
    office, clerk = Client(), Client()
    office.force_login(cast.logins["office"])
    clerk.force_login(cast.logins["clerk"])
    page, meetings = (
        reverse(f"cycles:{name}", args=[2026]) for name in ("meeting-agenda", "meetings")
    )
    assert "印发议程" in office.get(meetings).content.decode()
    assert "列入全部审核通过" in office.get(page).content.decode()
    gone = office.post(page, {"held_on": "2026-05-13", "place": "三楼"})
    assert gone.status_code == 422
    assert "会议日期已经过去" in gone.content.decode()
    sent = {"held_on": "2026-06-05", "place": "三楼"}
    assert office.post(page, sent).headers["Location"] == meetings
    assert "已经印发" in office.post(page, sent).content.decode()
    shown = clerk.get(meetings).content.decode()
    assert "廉防办〔2026〕1号 2026-06-05 审议会议议程" in shown
    assert "印发议程" not in shown


def test_a_returned_filing_is_not_on_the_agenda(cast: Cast) -> None:
    brought_to(cast, "in_check")
    checking.return_filing(
        filing=filing_of(cast), reason="补", scheme=SCHEME, on=ON, by=cast.logins["office"], at=AT
    )
    with pytest.raises(NothingToTell):
        issued(cast)
