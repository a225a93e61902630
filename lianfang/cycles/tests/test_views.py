"""The pages of the year: what they show to whom, what they do, and how often they ask."""

import json
import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.cycles.models import Cycle, Edition, Filing
from lianfang.cycles.tests.year import SCHEME, brought_to, filing_of, opened, powered
from lianfang.org import actions as org
from lianfang.org.models import Unit
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.powers.models import Power
from lianfang.register.edition import digest_of
from lianfang.risks.models import RiskPoint


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    del db
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    return made


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def url(name: str, *arguments: object) -> str:
    return reverse(f"cycles:{name}", args=arguments)


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def test_the_office_opens_the_year_and_everybody_sees_how_far_it_is(cast: Cast) -> None:
    clerk = client_of(cast, "clerk")
    assert "还没有开始" in words(clerk.get(url("board")))
    answer = client_of(cast, "office").post(url("open"))
    assert answer.headers["Location"] == url("board")
    page = words(clerk.get(url("board")))
    assert "2026 年度工作" in page
    assert "财务处 本单位 未开始 2 1 1 1 3 0 / 2" in page
    # opened by somebody else meanwhile: the same page, and one year
    client_of(cast, "office").post(url("open"))
    assert Cycle.objects.count() == 1


def test_a_stage_is_opened_with_a_reason_on_the_page(cast: Cast) -> None:
    stage = opened(cast).stages.get(code="fill")
    office = client_of(cast, "office")
    asked = office.get(url("stage-open", stage.pk))
    assert re.search(r"清权梳理：计划 \d{4}年\d+月\d+日 至 \d{4}年\d+月\d+日", words(asked))
    refused = office.post(url("stage-open", stage.pk), {"reason": ""})
    assert refused.status_code == 422
    assert "请写明提前或推迟的原因" in words(refused)
    office.post(url("stage-open", stage.pk), {"reason": "首年晚启动"})
    assert "首年晚启动" in words(office.get(url("board")))


def test_a_head_sees_what_is_missing_and_submits_when_it_is_mended(cast: Cast) -> None:
    found = brought_to(cast, "drafting")
    head, page = client_of(cast, "head"), url("filing", found.pk)
    Power.objects.update(category="")
    shown = words(head.get(page))
    assert "还有 1 项须改" in shown
    assert "尚未参与：head、clerk" in shown
    refused = head.post(url("filing-submit", found.pk), {"statement": "已梳理"})
    assert refused.status_code == 422
    Power.objects.update(category="execution")
    head.post(url("filing-submit", found.pk), {"statement": "已梳理"})
    assert "已报送" in words(head.get(page))
    assert filing_of(cast).statement == "已梳理"
    # a stale page: what it offers is no longer done, and says so
    again = head.post(url("filing-start", found.pk), follow=True)
    assert "这一步不能做" in words(again)


def test_names_of_those_who_have_not_looked_are_not_for_everybody(cast: Cast) -> None:
    found = brought_to(cast, "drafting")
    assert "尚未参与" not in words(client_of(cast, "colleague").get(url("filing", found.pk)))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("drafting", "由防控责任人报送"),
        ("returned", "按退回意见修改后重新报送"),
        ("submitted", "等待领导小组办公室审核"),
        ("in_check", "由领导小组办公室审核"),
        ("checked", "等待领导小组审议"),
        ("approved", "等待领导小组办公室发布版本"),
    ],
)
def test_who_has_nothing_to_do_is_told_whose_turn_it_is(cast: Cast, state: str, told: str) -> None:
    found = brought_to(cast, "drafting")
    Filing.objects.filter(pk=found.pk).update(state=state)
    assert told in words(client_of(cast, "colleague").get(url("filing", found.pk)))
    Filing.objects.filter(pk=found.pk).update(state="superseded")
    assert "下一步" not in words(client_of(cast, "colleague").get(url("filing", found.pk)))


def test_tables_are_offered_only_while_the_unit_may_write(cast: Cast) -> None:
    found = brought_to(cast, "drafting")
    clerk, page = client_of(cast, "clerk"), url("filing", found.pk)
    assert "离线填报表" in words(clerk.get(page))
    Filing.objects.filter(pk=found.pk).update(state="published")
    assert "离线填报表" not in words(clerk.get(page))


def test_the_office_checks_asks_and_concludes(cast: Cast) -> None:
    found = brought_to(cast, "submitted")
    office, head = client_of(cast, "office"), client_of(cast, "head")
    office.post(url("filing-take-up", found.pk))
    office.post(
        url("remark-add", found.pk), {"check_code": "C5", "about": "R-CW-01", "text": "谁核对？"}
    )
    remark = found.remarks.get()
    assert "谁核对？ 待答复" in words(head.get(url("filing", found.pk)))
    head.post(url("remark-answer", remark.pk), {"answer": "处长核对"})
    page = office.get(url("filing", found.pk))
    assert "还有 1 条意见没有办结，暂不能通过" in words(page)
    assert url("filing-conclude", found.pk) not in page.content.decode()
    met = {f"met-{check.code}": "on" for check in SCHEME.checks.five}
    refused = office.post(url("filing-conclude", found.pk), met)
    assert "还有 1 条审核意见没有办结" in words(refused)
    office.post(url("remark-resolve", remark.pk))
    page = office.get(url("filing", found.pk))
    assert url("filing-conclude", found.pk) in page.content.decode()
    office.post(url("filing-conclude", found.pk), met)
    assert filing_of(cast).state == "checked"


def test_a_filing_is_returned_with_words(cast: Cast) -> None:
    found = brought_to(cast, "in_check")
    office = client_of(cast, "office")
    assert office.post(url("filing-return", found.pk), {"reason": ""}).status_code == 422
    office.post(url("filing-return", found.pk), {"reason": "补写依据"})
    shown = words(client_of(cast, "head").get(url("filing", found.pk)))
    assert "退回意见 补写依据" in shown
    assert "请在 2026年5月21日 前重新报送" in shown
    assert "继续修改" in shown


def test_a_meeting_is_recorded_and_the_edition_published_and_proved(cast: Cast) -> None:
    found = brought_to(cast, "checked")
    office = client_of(cast, "office")
    member = cast.people["secretary"].pk
    sent = {
        "held_on": "2026-05-14",
        "place": "三楼会议室",
        "present": [member],
        f"outcome-{found.pk}": "approve",
        f"approving-{found.pk}": [member],
    }
    refused = office.post(url("meeting-add", 2026), sent | {f"outcome-{found.pk}": "send_back"})
    assert "请写明意见或修改要求" in words(refused)
    assert office.post(url("meeting-add", 2026), sent).status_code == 302
    assert "三楼会议室" in words(office.get(url("meetings", 2026)))
    office.post(url("filing-publish", found.pk), {"effective_from": "2026-06-01"})
    made = Edition.objects.get()
    clerk = client_of(cast, "clerk")
    assert "2026-1" in words(clerk.get(url("editions")))
    page = words(clerk.get(url("edition", made.pk)))
    assert "虚列差旅天数套取补助" in page
    assert made.digest in page
    file = clerk.get(url("edition-file", made.pk))
    assert digest_of(file.content) == made.digest
    assert json.loads(file.content)["effective_from"] == date(2026, 6, 1).isoformat()
    assert file.headers["Content-Disposition"] == 'attachment; filename="CW-2026-1.json"'


def test_a_meeting_without_a_decision_is_asked_for_one(cast: Cast) -> None:
    brought_to(cast, "checked")
    answer = client_of(cast, "office").post(
        url("meeting-add", 2026),
        {"held_on": "2026-05-14", "place": "三楼", "present": [cast.people["secretary"].pk]},
    )
    assert "没有审议任何填报" in words(answer)


def test_the_board_asks_no_more_for_many_units(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    opened(cast)
    clerk = client_of(cast, "clerk")
    clerk.get(url("board"))
    with django_assert_num_queries(BOARD):
        clerk.get(url("board"))
    for number in range(20):
        unit = org.create_unit(
            organisation=cast.organisation,
            code=f"N{number}",
            name=f"新设{number}处",
            kind=Unit.Kind.DEPARTMENT,
            parent=cast.units["root"],
            by=None,
            at=AT,
        )
        Filing.objects.create(organisation=cast.organisation, cycle=Cycle.objects.get(), unit=unit)
    with django_assert_num_queries(BOARD):
        clerk.get(url("board"))


# session, login, standing with its structure (…), the night and the year of the frame, years,
# cycle, stages, filings, the eight counts and what waits for its review
BOARD = 22


@pytest.mark.parametrize(
    ("part", "state", "kind"),
    [
        ("head", "drafting", "等待报送"),
        ("head", "submitted", ""),
        ("office", "submitted", "审核填报"),
        ("office", "approved", "发布版本"),
        ("office", "drafting", ""),
        ("clerk", "drafting", ""),
    ],
)
def test_the_desk_says_whose_turn_it_is(cast: Cast, part: str, state: str, kind: str) -> None:
    brought_to(cast, state)
    page = words(client_of(cast, part).get(reverse("shell:desk")))
    for one in ("等待报送", "审核填报", "发布版本"):
        assert (one in page) is (one == kind)


def test_a_filing_stands_beside_the_edition_in_force(cast: Cast) -> None:
    found = brought_to(cast, "published")
    clerk = client_of(cast, "clerk")
    page = url("filing-compared", found.pk)
    assert "没有差别" in words(clerk.get(page))
    RiskPoint.objects.update(title="虚增差旅天数")
    shown = clerk.get(page).content.decode()
    assert "<del>虚列差旅天数套取补助</del>" in shown
    assert "<ins>虚增差旅天数</ins>" in shown
    file = clerk.get(page, {"as": "xlsx"})
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert clerk.get(page, {"as": "exe"}).status_code == 404


@pytest.mark.parametrize(
    ("form", "kind"), [("measures", "xlsx"), ("catalogue", "docx"), ("matrix", "xlsx")]
)
def test_an_edition_is_printed_as_it_was_whatever_came_after(
    cast: Cast, form: str, kind: str
) -> None:
    brought_to(cast, "published")
    key = Edition.objects.get().pk
    clerk = client_of(cast, "clerk")
    page = url("edition-print", key, form, kind)
    before = clerk.get(page).content
    RiskPoint.objects.update(title="改了")
    Power.objects.update(name="改了")
    assert clerk.get(page).content == before
    assert clerk.get(url("edition-print", key, form, "exe")).status_code == 404


def test_a_printed_edition_is_headed_by_its_unit(cast: Cast) -> None:
    brought_to(cast, "published")
    key = Edition.objects.get().pk
    sent = client_of(cast, "clerk").get(url("edition-print", key, "measures", "xlsx"))
    with ZipFile(BytesIO(sent.content)) as book:
        sheet = "".join(book.read(name).decode() for name in book.namelist() if "xl/" in name)
    assert "单位：财务处" in sheet


def test_editions_are_narrowed_by_unit_and_to_those_in_force(cast: Cast) -> None:
    brought_to(cast, "published")
    made, clerk = Edition.objects.get(), client_of(cast, "clerk")
    other = cast.units["PS"].pk
    assert "2026-1" in words(clerk.get(url("editions"), {"unit": made.unit_id, "current": 1}))
    assert "没有符合条件的版本" in words(clerk.get(url("editions"), {"unit": other}))
    Edition.objects.update(superseded_on=AT.date())
    assert "没有符合条件的版本" in words(clerk.get(url("editions"), {"current": 1}))
    assert "2026-1" in words(clerk.get(url("editions"), {"unit": "x", "page": "0"}))


def test_editions_are_listed_fifty_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianfang.cycles.views.deciding.PAGE", 1)
    brought_to(cast, "published")
    made = Edition.objects.get()
    Edition.objects.create(
        organisation=cast.organisation,
        unit=cast.units["PS"],
        filing=filing_of(cast, "PS"),
        year=2025,
        serial=9,
        effective_from=made.effective_from,
        content=made.content,
        digest=made.digest,
        published_at=AT,
    )
    clerk = client_of(cast, "clerk")
    first = clerk.get(url("editions")).content.decode()
    assert "?page=2" in first
    second = clerk.get(url("editions"), {"page": "2", "unit": ""}).content.decode()
    assert ("2025-9" in first, "2025-9" in second) in {(True, False), (False, True)}
    assert "?page=1" in second
    assert "?page=3" not in second


def test_editions_of_two_units_are_not_compared(cast: Cast) -> None:
    brought_to(cast, "published")
    made = Edition.objects.get()
    other = filing_of(cast, "PS")
    foreign = Edition.objects.create(
        organisation=cast.organisation,
        unit=cast.units["PS"],
        filing=other,
        year=2026,
        serial=1,
        effective_from=made.effective_from,
        content=made.content,
        digest=made.digest,
        published_at=AT,
    )
    answer = client_of(cast, "clerk").get(url("editions-compared", made.pk, foreign.pk))
    assert answer.status_code == 404
