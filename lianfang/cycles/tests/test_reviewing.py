"""The pages of checking: the queue, a filing beside what was before, earlier submissions."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.cycles.models import Cycle, Edition, Filing, Remark
from lianfang.cycles.tests.year import (
    brought_to,
    filing_of,
    opened,
    powered,
    resume,
    send_back,
    submit,
    take_up,
)
from lianfang.org import actions as org
from lianfang.org.models import Appointment, Unit
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.register import model
from lianfang.risks.actions.apply import apply_register
from lianfang.risks.models import Measure, Participation, RiskPoint
from lianfang.risks.queries.load import load
from lianfang.scheme.load import load_scheme


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


def seen(cast: Cast, part: str = "office", query: str = "") -> str:
    return client_of(cast, part).get(url("review", filing_of(cast).pk) + query).content.decode()


def next_year(cast: Cast) -> Filing:
    """Publish finance's filing, and bring the next year's into checking with changes in it."""
    brought_to(cast, "published")
    Cycle.objects.update(year=2025)
    Edition.objects.update(year=2025)
    following = opened(cast)
    later = Filing.objects.get(cycle=following, unit=cast.units["CW"])
    RiskPoint.objects.update(proposed="high", endorsed="", reason="例外超过控制线")
    Measure.objects.filter(code="R-CW-01-2").update(text="每周随机抽取五份报销单与考勤记录比对")
    Filing.objects.filter(pk=later.pk).update(state="in_check", round=1, checker=None)
    return later


# the queue


def test_the_queue_says_what_waits_since_when_and_by_whom(cast: Cast) -> None:
    found = brought_to(cast, "submitted")
    office = client_of(cast, "office")
    page = words(office.get(url("reviews")))
    assert "待办 1 已报送 1 审核中 0" in page
    assert "财务处 已报送 2026年5月14日 10:00 2026年5月31日" in page
    office.post(url("filing-take-up", found.pk))
    assert "审核中 2026年5月14日 10:00 2026年5月31日 office" in words(office.get(url("reviews")))
    assert "没有这样的填报" in words(office.get(url("reviews"), {"state": "submitted"}))
    assert "财务处" in words(office.get(url("reviews"), {"state": "in_check"}))


def test_the_queue_tells_the_office_what_it_stays_out_of(cast: Cast) -> None:
    opened(cast)
    Filing.objects.filter(unit=cast.units["BG"]).update(state="submitted", submitted_at=AT)
    assert "您须回避" in words(client_of(cast, "office").get(url("reviews")))


def test_the_queue_is_the_boards_without_a_year(cast: Cast) -> None:
    answer = client_of(cast, "office").get(url("reviews"))
    assert answer.headers["Location"] == url("board")


def test_the_queue_asks_no_more_for_many_filings(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    brought_to(cast, "submitted")
    office = client_of(cast, "office")
    office.get(url("reviews"))
    with django_assert_num_queries(QUEUE):
        office.get(url("reviews"))
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
        Filing.objects.create(
            organisation=cast.organisation,
            cycle=Cycle.objects.get(),
            unit=unit,
            state="submitted",
            submitted_at=AT,
        )
    with django_assert_num_queries(QUEUE):
        office.get(url("reviews"))


# session, login, standing (3), the frame (3), cycle, filings with open remarks, the stage's end
QUEUE = 11


# who checks


def test_the_office_names_a_checker_on_the_page_who_may_then_do_it(cast: Cast) -> None:
    found = brought_to(cast, "submitted")
    office, colleague = client_of(cast, "office"), client_of(cast, "colleague")
    assert colleague.post(url("filing-take-up", found.pk)).status_code == 403
    page = office.get(url("review-checker", found.pk)).content.decode()
    # whoever holds a post in the unit is not offered
    assert "colleague" in page
    assert "clerk" not in page
    office.post(url("review-checker", found.pk), {"person": cast.people["colleague"].pk})
    assert "指定由您审核" in words(colleague.get(reverse("shell:desk")))
    colleague.post(url("filing-take-up", found.pk))
    shown = words(colleague.get(url("review", found.pk)))
    assert "colleague （评审处）" in shown
    assert "作出五项结论" in shown
    assert office.post(url("filing-return", found.pk), {"reason": "改"}).status_code == 403
    refused = office.post(url("review-checker", found.pk), {"person": cast.people["officer"].pk})
    assert "更换审核人请写明原因" in words(refused)


def test_somebody_of_the_unit_is_told_to_stay_out(cast: Cast) -> None:
    brought_to(cast, "submitted")
    assert "您在本单位任职，须回避" in seen(cast, "clerk")


# a filing beside what was before


def test_in_a_first_year_everything_is_listed_and_nothing_is_marked_as_new(cast: Cast) -> None:
    brought_to(cast, "in_check")
    page = seen(cast)
    assert "这个单位还没有发布过版本" in page
    assert "全部 2" in page
    assert "<ins>" not in page
    assert "虚列差旅天数套取补助" in page
    assert "part=measure&amp;about=R-CW-01-1&amp;field=text" in page
    assert "全部收起" in seen(cast, query="?open=1")
    only = seen(cast, query="?show=power")
    assert 'id="power-CW-01"' in only
    assert 'id="risk-R-CW-01"' not in only


def test_a_filing_stands_beside_the_edition_card_by_card(cast: Cast) -> None:
    later = next_year(cast)
    office = client_of(cast, "office")
    page = office.get(url("review", later.pk)).content.decode()
    assert "与现行版本 2025-1 对照" in page
    assert "全部变化 1" in words(office.get(url("review", later.pk)))
    assert "<del>■中</del><ins>▲高</ins>" in page
    assert "理由：例外超过控制线" in page
    assert "每<del>月</del><ins>周</ins>随机抽取五份" in page
    same = words(office.get(url("review", later.pk), {"show": "same"}))
    assert "差旅费报销审核" in same
    listed = office.get(url("review", later.pk), {"against": "nothing"}).content.decode()
    assert "全部内容" in listed
    assert "<del>" not in listed


def test_changes_without_weight_are_left_out_where_that_is_asked(cast: Cast) -> None:
    later = next_year(cast)
    RiskPoint.objects.update(proposed="medium", title="虚增差旅天数")
    Measure.objects.filter(code="R-CW-01-2").update(text="每月随机抽取五份报销单与考勤记录比对")
    office = client_of(cast, "office")
    assert "虚增差旅天数" in words(office.get(url("review", later.pk)))
    narrow = words(office.get(url("review", later.pk), {"weighty": "1"}))
    assert "没有影响等级或措施的变化" in narrow


def test_what_was_removed_says_why_and_is_folded_away(cast: Cast) -> None:
    later = next_year(cast)
    RiskPoint.objects.update(retired_on=ON, retired_reason="流程已取消")
    page = client_of(cast, "office").get(url("review", later.pk)).content.decode()
    assert "删除原因：" in page
    assert "流程已取消" in page
    assert "看原来的内容" in page


def test_an_earlier_submission_is_looked_at_and_compared_with_now(cast: Cast) -> None:
    found = brought_to(cast, "in_check")
    send_back(cast)
    resume(cast)
    RiskPoint.objects.update(title="虚增差旅天数")
    submit(cast)
    take_up(cast)
    office = client_of(cast, "office")
    page = office.get(url("review", found.pk)).content.decode()
    assert "与第 1 次报送对照" in page
    assert "虚<del>列</del><ins>增</ins>差旅天数<del>套取补助</del>" in page
    kept = words(office.get(url("review-submission", found.pk, 1)))
    assert "虚列差旅天数套取补助" in kept
    assert found.submissions.get(round=1).digest in kept
    assert office.get(url("review-submission", found.pk, 3)).status_code == 404


def test_a_copy_of_a_submission_shows_what_it_held_whatever_came_after(cast: Cast) -> None:
    found = brought_to(cast, "submitted")
    RiskPoint.objects.update(title="改了")
    assert "改了" not in words(client_of(cast, "clerk").get(url("review-submission", found.pk, 1)))


def test_a_big_filing_is_shown_fifty_at_a_time(cast: Cast) -> None:
    register = load(cast.organisation, ON, [cast.units["CW"].pk])
    power = register.powers[0]
    more = tuple(
        model.Power(id=f"CW-{n:03}", code=f"CW-{n:03}", unit="CW", name=f"事项{n}")
        for n in range(100, 180)
    )
    apply_register(
        organisation=cast.organisation,
        register=model.Register(powers=(power, *more), risks=register.risks),
        scheme=load_scheme("cnas-2012"),
        on=ON,
        by=None,
        at=AT,
    )
    opened(cast)
    page = seen(cast)
    assert page.count('class="df same"') == 50
    assert "还有 32 项" in page
    assert "shown=100#" in page
    assert seen(cast, query="?shown=100").count('class="df same"') == 82


def test_what_makes_no_sense_in_an_address_is_left_out(cast: Cast) -> None:
    brought_to(cast, "in_check")
    for query in ("?show=nonsense", "?shown=x", "?against=99", "?against=edition", "?shown=-5"):
        assert "全部 2" in seen(cast, query=query)


# remarks


def test_a_field_is_asked_about_from_its_card_and_linked_from_the_remark(cast: Cast) -> None:
    found = brought_to(cast, "in_check")
    office = client_of(cast, "office")
    asked = url("remark-add", found.pk) + "?part=measure&about=R-CW-01-2&field=frequency"
    form = words(office.get(asked))
    assert "R-CW-01-2 每月随机抽取五份报销单与考勤记录比对" in form
    said = {
        "part": "measure",
        "about": "R-CW-01-2",
        "field": "frequency",
        "check_code": "C5",
        "text": "改为每周",
    }
    assert office.post(asked, said).headers["Location"] == url("review", found.pk)
    page = client_of(cast, "head").get(url("filing", found.pk)).content.decode()
    risk = RiskPoint.objects.get()
    assert f'href="{reverse("risks:risk", args=[risk.pk])}">R-CW-01-2</a> · 频次' in page
    assert "1 条意见未办结" in seen(cast)
    refused = office.post(asked, said | {"about": "R-XX-01"})
    assert "没有编号 R-XX-01" in words(refused)


def test_a_finding_becomes_a_remark_with_its_code_and_is_offered_no_more(cast: Cast) -> None:
    Measure.objects.filter(code="R-CW-01-1").update(evidence="", frequency="")
    found = brought_to(cast, "in_check")
    page = seen(cast)
    offered = re.search(r'href="([^"]*remark/\?finding=(C\d+)[^"]*)"', page)
    assert offered is not None
    address, code = offered[1].replace("&amp;", "&"), offered[2]
    office = client_of(cast, "office")
    form = office.get(address).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(part|finding)" value="([^"]*)"', form))
    about = re.search(r'name="about" value="([^"]*)"', form)
    assert hidden["finding"] == code
    office.post(
        address,
        hidden | {"about": about[1] if about else "", "check_code": code[:2], "text": "请补凭证"},
    )
    made = Remark.objects.get(filing=found)
    assert (made.finding, made.text) == (code, "请补凭证")
    assert "已提出意见" in seen(cast)
    assert address not in seen(cast).replace("&amp;", "&")


def test_an_answer_is_kept_where_somebody_else_answered_meanwhile(cast: Cast) -> None:
    found = brought_to(cast, "in_check")
    client_of(cast, "office").post(
        url("remark-add", found.pk), {"check_code": "C1", "text": "补依据"}
    )
    page = url("remark-answer", Remark.objects.get().pk)
    client_of(cast, "clerk").post(page, {"answer": "已补第三条", "version": 1})
    stale = client_of(cast, "head").post(page, {"answer": "已补第五条", "version": 1})
    assert stale.status_code == 422
    assert "已补第三条" in words(stale)
    assert "已补第五条" in words(stale)
    assert Remark.objects.get().answer == "已补第三条"


def test_only_who_checks_is_offered_to_ask(cast: Cast) -> None:
    brought_to(cast, "in_check")
    assert "remark/?part=" in seen(cast)
    assert "remark/?part=" not in seen(cast, "clerk")
    assert "remark/?part=" not in seen(cast, "colleague")


def test_a_review_asks_as_often_for_many_remarks_as_for_few(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = brought_to(cast, "in_check")
    office = client_of(cast, "office")

    def ask(number: int) -> None:
        Remark.objects.create(
            filing=found,
            check_code="C5",
            part="measure",
            about="R-CW-01-1",
            text=f"意见{number}",
            round=1,
            raised_at=AT,
            raised_by=cast.logins["office"],
        )

    ask(0)
    office.get(url("review", found.pk))
    with django_assert_num_queries(REVIEW):
        office.get(url("review", found.pk))
    for number in range(1, 20):
        ask(number)
    with django_assert_num_queries(REVIEW):
        office.get(url("review", found.pk))


# session, login, standing (3), filing, scheme and the frame (3), the register (14), submissions,
# the edition, remarks, risk points of the measures they are about and the pages of these, pages of
# what the findings are about (2), conclusions, the checker's units
REVIEW = 34


def test_the_board_shows_findings_and_open_remarks_of_each_unit(cast: Cast) -> None:
    found = brought_to(cast, "in_check")
    client_of(cast, "office").post(
        url("remark-add", found.pk), {"check_code": "C1", "text": "补依据"}
    )
    Filing.objects.filter(pk=found.pk).update(errors_found=2, warnings_found=3)
    page = words(client_of(cast, "clerk").get(url("board")))
    assert "0 / 2 0 2 须改 3 请核 1 office" in page


def test_the_board_counts_those_who_hold_their_posts_now(cast: Cast) -> None:
    brought_to(cast, "drafting")
    post = Appointment.objects.get(person=cast.people["clerk"]).post
    for person in ("clerk", "colleague"):
        Participation.objects.create(
            organisation=cast.organisation,
            person=cast.people[person],
            post=post,
            year=ON.year,
            taken_at=AT,
        )
    page = words(client_of(cast, "head").get(url("board")))
    assert " 1 / 2 " in page
    assert " 2 / 2 " not in page
