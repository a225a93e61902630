"""The pages of learning: what they show, to whom, and what they cost."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.common import clock
from lianfang.duties.models import Duty
from lianfang.learning.actions.activities import close_activity, show_activity
from lianfang.learning.models import Activity, Attendance, LearningPlan, Quiz, WarningCase
from lianfang.learning.tests.making import (
    QUIZ,
    certified,
    code_of,
    noted,
    opened,
    plan_of,
    planned,
    published,
    risk,
    to_learn,
    with_file,
)
from lianfang.org import actions as org
from lianfang.org.tests.cast import AT, SINCE, Cast, full_cast

pytestmark = pytest.mark.django_db
PARTS = ("clerk", "head", "colleague", "deputy", "secretary", "officer", "overseer")


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: AT)
    return full_cast()


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def url(name: str, *arguments: object) -> str:
    return reverse(f"learning:{name}", args=arguments)


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    main = answer.content.decode().split("<main", 1)[1]
    return re.sub(r"\s+", " ", strip_tags(main))


def cells(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def newcomers(cast: Cast, many: int) -> None:
    """Let so many more sit in finance."""
    for number in range(many):
        person = org.create_person(
            organisation=cast.organisation,
            code=f"9{number:02}",
            name=f"新人{number}",
            is_party_member=True,
            by=None,
            at=AT,
        )
        org.appoint(person=person, post=cast.posts["CWG"], from_on=SINCE, by=None, at=AT)


# the plan -----------------------------------------------------------------------------------------


def test_a_plan_is_written_with_the_hours_that_duties_ask_and_published(cast: Cast) -> None:
    office, clerk = client_of(cast, "office"), client_of(cast, "clerk")
    form = office.get(url("plan-write") + "?year=2026").content.decode()
    assert 'name="hours_high" value="12"' in form
    assert 'name="hours_" value="4"' in form
    sent = {"aim": "先学后做", "hours_high": "10", "hours_medium": "8", "hours_low": "6"}
    answer = office.post(url("plan-write") + "?year=2026", {**sent, "hours_": "4"})
    assert answer.headers["Location"] == url("plan") + "?year=2026"
    assert "还没有发布" in words(clerk, url("plan"))
    assert "少于要求" in words(office, url("plan"))
    office.post(url("plan-publish", LearningPlan.objects.get().pk))
    assert "先学后做" in words(clerk, url("plan"))


def test_a_stale_plan_is_told_what_is_stored(cast: Cast) -> None:
    plan_of(cast)
    sent = {"aim": "另一份", "version": "0", "hours_high": "1", "hours_medium": "1"}
    answer = client_of(cast, "office").post(
        url("plan-write") + "?year=2026", {**sent, "hours_low": "1", "hours_": "1"}
    )
    assert answer.status_code == 422
    assert LearningPlan.objects.get().aim == "先学后做"


# activities ---------------------------------------------------------------------------------------

SENT = {
    "title": "职权边界",
    "kind": "lecture",
    "day": "2026-06-01",
    "time": "09:00",
    "end_day": "2026-06-01",
    "end_time": "11:00",
    "place": "三楼会议室",
    "trainer": "",
    "hours": "2",
    "about": "",
}


def test_a_head_plans_what_the_unit_does_itself_and_nothing_else(cast: Cast) -> None:
    plan_of(cast)
    head, finance = client_of(cast, "head"), cast.units["CW"].pk
    assert head.post(url("activity-add"), SENT).status_code == 422
    other = head.post(url("activity-add"), {**SENT, "unit": cast.units["PS"].pk})
    assert other.status_code == 422
    answer = head.post(url("activity-add"), {**SENT, "unit": finance, "levels": ["-", "high"]})
    made = Activity.objects.get()
    assert answer.headers["Location"] == url("activity", made.pk)
    assert (made.unit_id, set(made.levels)) == (finance, {"", "high"})
    assert "6 月" in words(client_of(cast, "clerk"), url("plan"))


def test_an_activity_of_a_year_without_a_plan_is_refused_in_words(cast: Cast) -> None:
    plan_of(cast)
    answer = client_of(cast, "office").post(
        url("activity-add"), {**SENT, "day": "2027-01-04", "end_day": "2027-01-04"}
    )
    assert answer.status_code == 422
    assert "2027 年还没有学习计划" in answer.content.decode()


def test_an_activity_is_changed_by_the_form_it_is_shown_in(cast: Cast) -> None:
    activity, office = planned(cast, units=(cast.units["CW"],)), client_of(cast, "office")
    form = office.get(url("activity-change", activity.pk)).content.decode()
    assert 'value="职权边界"' in form
    assert 'value="09:00"' in form  # one hour before ten in Shanghai
    sent = {**SENT, "version": activity.version, "title": "改过", "units": cast.units["PS"].pk}
    answer = office.post(url("activity-change", activity.pk), sent)
    assert answer.status_code == 302
    assert list(Activity.objects.get().units.all()) == [cast.units["PS"]]


def test_who_came_is_shown_to_organisers_alone(cast: Cast) -> None:
    activity = opened(cast)
    noted(cast, activity, "clerk")
    shown = words(client_of(cast, "office"), url("activity", activity.pk))
    assert "应到 8，到场 1" in shown
    assert "组织者登记" in shown
    assert "应到" not in words(client_of(cast, "colleague"), url("activity", activity.pk))


def test_the_list_is_narrowed_paged_and_taken_away(cast: Cast) -> None:
    for number in range(31):
        planned(cast, title=f"讲座{number:02}")
    planned(cast, title="参观", kind="visit")
    clerk = client_of(cast, "clerk")
    assert "32 项活动" in words(clerk, url("activities"))
    assert "后一页" in words(clerk, url("activities"))
    assert "前一页" in words(clerk, url("activities") + "?page=2")
    narrowed = words(clerk, url("activities") + "?kind=visit")
    assert "1 项活动" in narrowed
    assert "讲座00" not in narrowed
    rows = cells(clerk, url("activities-export") + "?kind=visit")
    assert rows[1][1:3] == ["参观", "参观教育"]
    assert len(rows) == 2


# coming -------------------------------------------------------------------------------------------


def test_activities_are_sorted_as_asked_and_taken_away_so(cast: Cast) -> None:
    planned(cast, title="乙", hours=1.0)
    planned(cast, title="甲", hours=3.0)
    noted(cast, opened(cast, title="丙", hours=2.0), "clerk", "head")
    officer = client_of(cast, "officer")

    def titles(sort: str) -> list[str]:
        page = officer.get(url("activities"), {"sort": sort}).content.decode()
        return re.findall(r'translate="no">([甲乙丙])</a>', page)

    assert titles("title") == sorted("甲乙丙")
    assert titles("hours") == ["甲", "丙", "乙"]
    assert titles("came")[0] == "丙"
    assert titles("nonsense") == titles("time")
    rows = cells(officer, url("activities-export") + "?sort=hours")
    assert [row[1] for row in rows[1:]] == ["甲", "丙", "乙"]


def test_the_plan_names_its_months(cast: Cast) -> None:
    plan_of(cast)
    client = client_of(cast, "clerk")
    assert "3 月" in words(client, url("plan"))
    client.cookies["lianfang_language"] = "en"
    shown = words(client, url("plan"))
    assert "Mar" in shown
    assert "Month 3" not in shown


def test_somebody_types_the_digits_that_the_screen_shows(cast: Cast) -> None:
    activity = opened(cast)
    screen = words(client_of(cast, "office"), url("activity-code", activity.pk))
    digits = re.search(r"\d{4} \d{4}", screen)
    assert digits is not None
    clerk = client_of(cast, "clerk")
    wrong = clerk.post(url("sign-in"), {"code": "0000"})
    assert wrong.status_code == 422
    assert "签到码不对" in wrong.content.decode()
    answer = clerk.post(url("sign-in"), {"code": digits[0]})
    assert answer.headers["Location"] == url("activity", activity.pk)
    assert "现场签到码" in words(clerk, url("activity", activity.pk))


def test_the_screen_is_swapped_and_kept_in_no_cache(cast: Cast) -> None:
    activity = opened(cast)
    answer = client_of(cast, "office").get(
        url("activity-code", activity.pk), headers={"HX-Request": "true"}
    )
    assert answer.content.decode().lstrip().startswith("<section")
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_organiser_ticks_who_came_and_not_themself(cast: Cast) -> None:
    activity, office = opened(cast), client_of(cast, "office")
    page = office.get(url("activity-people", activity.pk)).content.decode()
    assert f'value="{cast.people["clerk"].pk}"' in page
    assert f'value="{cast.people["office"].pk}"' not in page
    office.post(url("activity-people", activity.pk), {"people": [cast.people["clerk"].pk]})
    assert Attendance.objects.get().person == cast.people["clerk"]
    assert cells(office, url("activity-people-export", activity.pk))[0][3] == "姓名"


def test_undoing_says_before_what_becomes_of_the_duty(cast: Cast) -> None:
    duty = to_learn(cast, hours=2.0)
    entry = noted(cast, opened(cast), "clerk")[0]
    office = client_of(cast, "office")
    assert "学习义务重新打开" in words(office, url("attendance-undo", entry.pk))
    assert office.post(url("attendance-undo", entry.pk), {"reason": ""}).status_code == 422
    office.post(url("attendance-undo", entry.pk), {"reason": "没有到场"})
    duty.refresh_from_db()
    assert duty.state == Duty.State.OPEN
    assert office.get(url("attendance-undo", entry.pk)).status_code == 404


# quizzes ------------------------------------------------------------------------------------------


def test_a_quiz_is_written_as_text_and_taken_without_a_script(cast: Cast) -> None:
    activity, office = planned(cast, kind="reading"), client_of(cast, "office")
    wrong = office.post(
        url("quiz-write", activity.pk), {"text": "题\n甲", "pass_mark": "60", "tries": "2"}
    )
    assert "第 1 题" in wrong.content.decode()
    office.post(url("quiz-write", activity.pk), {"text": QUIZ, "pass_mark": "60", "tries": "2"})
    assert Quiz.objects.get().pass_mark == 60
    assert "*退回并报告" in office.get(url("quiz-write", activity.pk)).content.decode()
    clerk = client_of(cast, "clerk")
    assert "现在没有开放" in words(clerk, url("quiz", activity.pk))
    office.post(url("activity-open", activity.pk))
    page = clerk.get(url("quiz", activity.pk)).content.decode()
    assert page.count('type="radio"') == 2
    assert page.count('type="checkbox"') == 3
    assert clerk.post(url("quiz", activity.pk), {"q0": "1"}).status_code == 422
    failed = clerk.post(url("quiz", activity.pk), {"q0": "1", "q1": ["2"]}, follow=True)
    assert "没有达到 60" in failed.content.decode()
    passed = clerk.post(url("quiz", activity.pk), {"q0": "0", "q1": ["0", "1"]}, follow=True)
    assert "得分 100，合格" in passed.content.decode()
    assert "您已通过这份测验" in words(clerk, url("quiz", activity.pk))


# cases --------------------------------------------------------------------------------------------


def test_a_case_is_written_published_and_read_by_those_it_warns(cast: Cast) -> None:
    risk(cast)
    officer, clerk = client_of(cast, "officer"), client_of(cast, "clerk")
    sent = {"title": "拆分支付案", "text": "经过", "lesson": "教训", "source": "虚构"}
    none = officer.post(url("case-add"), sent)
    assert "没有选择风险种类" in none.content.decode()
    officer.post(url("case-add"), {**sent, "focus": ["large_sums"]})
    case = WarningCase.objects.get()
    assert clerk.get(url("case", case.pk)).status_code == 404
    assert "将推送给 1 人" in words(officer, url("case-publish", case.pk))
    officer.post(url("case-publish", case.pk))
    shown = words(clerk, url("case", case.pk))
    assert "您的岗位“出纳岗”有这类风险点" in shown
    assert "大额资金使用" in shown
    assert "已阅知 0 / 1" in words(officer, url("case", case.pk))
    clerk.post(url("case-read", case.pk))
    assert "已阅知 1 / 1" in words(officer, url("case", case.pk))
    assert "推送对象" not in words(client_of(cast, "head"), url("case", case.pk))


# hours --------------------------------------------------------------------------------------------


def test_my_learning_shows_hours_what_is_to_come_and_why_a_case_is_offered(cast: Cast) -> None:
    risk(cast)
    published(cast)
    to_learn(cast)
    noted(cast, opened(cast), "clerk")
    opened(cast, title="另一场")
    shown = words(client_of(cast, "clerk"), url("mine"))
    assert "2 / 4 学时" in shown
    assert "还差 2 学时" in shown
    assert "另一场" in shown
    assert "您的岗位“出纳岗”有这类风险点" in shown


def test_units_and_people_are_counted_for_those_who_may_look(cast: Cast) -> None:
    to_learn(cast, hours=2.0)
    to_learn(cast, "head")
    noted(cast, opened(cast), "clerk", "head")
    rows = cells(client_of(cast, "office"), url("units-export"))
    assert ["财务处", "2", "2", "1", "4"] in rows
    head = client_of(cast, "head")
    people = words(head, url("units") + f"?unit={cast.units['CW'].pk}")
    assert "达标" in people
    assert "差 2 学时" in people
    own = words(client_of(cast, "clerk"), url("units"))
    assert "head" not in own
    assert "这里只列您本人" in own
    assert (
        client_of(cast, "colleague").get(url("units") + f"?unit={cast.units['CW'].pk}").status_code
        == 404
    )


def test_a_certificate_is_sent_to_be_saved(cast: Cast) -> None:
    made = certified(cast)
    answer = client_of(cast, "clerk").get(url("certificate", made.pk))
    assert b"".join(answer.streaming_content) == "证明".encode()  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "廉学〔2026〕1号" in words(client_of(cast, "clerk"), url("mine"))


@pytest.mark.usefixtures("fonts_folder")
def test_the_office_issues_a_certificate_from_the_record(cast: Cast) -> None:
    to_learn(cast, hours=2.0)
    noted(cast, opened(cast), "clerk")
    office, clerk = client_of(cast, "office"), cast.people["clerk"].pk
    assert "出具学习证明" in words(office, url("record", clerk))
    assert office.post(url("certify", clerk)).status_code == 302
    shown = words(office, url("record", clerk))
    assert "廉学〔2026〕1号" in shown
    assert "出具学习证明" not in shown


def test_a_material_is_sent_and_a_link_is_no_file(cast: Cast) -> None:
    made = with_file(cast)
    clerk = client_of(cast, "clerk")
    sent = clerk.get(url("material-file", made.pk))
    assert b"".join(sent.streaming_content) == "先学后做".encode()  # type: ignore[attr-defined]
    assert sent.headers["Content-Disposition"].startswith("attachment")
    office = client_of(cast, "office")
    office.post(
        url("material-add", made.activity_id), {"title": "课程", "url": "https://example.org/a"}
    )
    link = made.activity.materials.get(title="课程")
    assert clerk.get(url("material-file", link.pk)).status_code == 404
    refused = office.post(
        url("material-add", made.activity_id), {"title": "课程", "url": "javascript:alert(1)"}
    )
    assert refused.status_code == 422


# the public ---------------------------------------------------------------------------------------


def test_the_public_sees_what_was_held_and_is_shown_and_nobody(cast: Cast) -> None:
    by = cast.logins["office"]
    hidden = opened(cast, title="内部一场")
    shown = show_activity(activity=opened(cast, title="公开一场"), is_public=True, by=by, at=AT)
    noted(cast, shown, "clerk", "head")
    assert "公开一场" not in words(Client(), url("held"))
    for activity in (hidden, shown):
        close_activity(activity=activity, by=by, at=AT)
    page = words(Client(), url("held"))
    assert "公开一场 专题讲座 示范评价中心 2026年5月14日 2" in page
    assert "内部一场" not in page
    assert "纪检监察室" not in page  # the trainer
    assert "clerk" not in page


# what pages cost ----------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 20])
@pytest.mark.parametrize(
    ("part", "page", "statements"),
    [
        # seven of each, eleven for a head, are for session, login, standing and frame; then:
        # attended, duty, near, quizzes, read, cases, seats, levels, overrides, risk points, posts,
        # certificates
        ("clerk", "mine", 19),
        # organisation, its numbers, plan, activities, levels
        ("clerk", "plan", 12),
        # how many, the page
        ("clerk", "activities", 9),
        # read, cases, seats, levels, overrides, risk points, the page
        ("office", "cases", 14),
        # units, seats, levels, overrides, attended, duties
        ("office", "units", 13),
        # activity, its units, seats, levels, overrides, units above units, who came, people, posts,
        # materials, own part, history (3)
        ("office", "activity", 21),
        # case; read, it again, seats, levels, overrides, risk points; risk points, seats, levels,
        # overrides, readings, posts, people; three for the history
        ("office", "case", 24),
        # units, seats, levels, overrides, attended, duties, people, posts
        ("head", "unit", 19),
        # the page
        ("clerk", "held", 8),
    ],
)
def test_pages_cost_the_same_for_few_and_many(
    cast: Cast,
    many: int,
    part: str,
    page: str,
    statements: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    risk(cast)
    newcomers(cast, many)
    case = published(cast)
    first = opened(cast, units=(cast.units["CW"],))
    noted(cast, first, "clerk", "head")
    to_learn(cast)
    for number in range(many):
        published(cast, title=f"案例{number}")
        noted(cast, opened(cast, title=f"讲座{number}"), "clerk")
    address = {
        "activity": url("activity", first.pk),
        "case": url("case", case.pk),
        "unit": url("units") + f"?unit={cast.units['CW'].pk}",
    }.get(page) or url(page)
    client = client_of(cast, part)
    client.get(address)
    with django_assert_num_queries(statements):
        assert client.get(address).status_code == 200


def test_dates_are_those_of_the_organisation(cast: Cast) -> None:
    planned(cast, starts_at=AT - timedelta(hours=1))
    assert date(2026, 5, 14) == AT.date()
    assert "2026年5月14日 09:00" in words(client_of(cast, "clerk"), url("activities"))


def test_the_code_of_another_activity_is_not_shown_before_it_opens(cast: Cast) -> None:
    activity = planned(cast)
    answer = client_of(cast, "office").get(url("activity-code", activity.pk))
    assert answer.headers["Location"] == url("activity", activity.pk)
    assert code_of(opened(cast))
