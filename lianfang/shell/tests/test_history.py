"""The history of an object on its page, in words."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

import lianfang
from lianfang.audit import actions as audit
from lianfang.audit.actions import RowOfBulk
from lianfang.audit.models import Event
from lianfang.audit.queries import history_of
from lianfang.org import actions
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.shell.telling import told
from lianfang.shell.tests.entering import Entered, browsers_of, shown
from lianfang.shell.words import ACTIONS, FIELDS, JOBS, NOTICES, OUTCOMES, ROOMS, field_word

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def entered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


def texts(page: str) -> str:
    """Return the words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_units_page_tells_what_changed_from_what_to_what(entered: Entered, cast: Cast) -> None:
    client = entered("system")
    response = client.post(
        f"/org/units/{cast.units['CW'].pk}/edit/",
        {
            "code": "CW",
            "name": "财务资产处",
            "kind": "company",
            "parent": cast.units["root"].pk,
            "order": "0",
            "version": "1",
        },
    )
    assert response.status_code == 302
    page = shown(entered("clerk"), f"/org/units/{cast.units['CW'].pk}/")
    words = texts(page)
    assert "修改单位" in words
    assert "名称 财务处 → 财务资产处" in words
    assert "类型 处室 → 公司" in words
    assert "设立单位" in words
    assert "系统管理员" in words  # the name of the administrator, not the login
    assert "centre-system" not in words
    assert '<details class="cl"><summary>依据 四</summary>' in page


def test_the_page_tells_it_in_english_as_well(entered: Entered, cast: Cast) -> None:
    actions.change_post(
        post=cast.posts["CWG"], values={"is_unit_head": False, "order": 3}, by=None, at=AT
    )
    client = entered("clerk")
    client.cookies["lianfang_language"] = "en"
    words = texts(shown(client, f"/org/posts/{cast.posts['CWG'].pk}/"))
    assert "14 May 2026, 10:00" in words


def test_kinship_is_told_to_those_who_may_know_it_and_to_no_administrator(
    entered: Entered, cast: Cast
) -> None:
    clerk = cast.people["clerk"]
    actions.record_kinship(
        person=clerk,
        relation="配偶",
        relative_name="王某",
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )
    for part in ("clerk", "head", "office"):
        assert "配偶、王某" in shown(entered(part), f"/org/people/{clerk.pk}/")
    page = shown(entered("system"), f"/org/people/{clerk.pk}/")
    assert "王某" not in page
    assert "登记亲属关系" in page
    assert "内容不在此显示" in page
    assert "登记亲属关系" not in shown(entered("colleague"), f"/org/people/{clerk.pk}/")


def test_what_was_erased_is_told_as_erased(entered: Entered, cast: Cast) -> None:
    clerk = cast.people["clerk"]
    actions.record_kinship(
        person=clerk, relation="配偶", relative_name="王某", on=ON, by=None, at=AT
    )
    event = Event.objects.get(action="org.person.kinship_recorded")
    audit.erase_detail(event=event, name="kinship", by=None, at=AT, reason="本人要求")
    words = texts(shown(entered("clerk"), f"/org/people/{clerk.pk}/"))
    assert "亲属关系 已依法删除" in words


def test_the_seventh_event_and_those_before_it_open_on_demand(cast: Cast) -> None:
    for number in range(10):
        actions.change_unit(
            unit=cast.units["CW"],
            values={"order": number + 1},
            by=None,
            at=AT + timedelta(days=number),
        )
    page = render_to_string("components/history.html", {"lines": history_of(cast.units["CW"])})
    assert page.count("<li>") == 11
    assert page.split('<details class="lf-more">')[0].count("<li>") == 6
    assert "再早的 5 条" in page


def test_a_bulk_event_is_told_on_the_page_of_each_row(entered: Entered, cast: Cast) -> None:
    with transaction.atomic():
        audit.record_bulk(
            at=AT,
            by=None,
            action="org.roster.applied",
            subject=cast.organisation,
            organisation=cast.organisation.pk,
            rows=[RowOfBulk(subject=cast.posts["CWG"], changes={"order": (0, 8)})],
        )
    words = texts(shown(entered("clerk"), f"/org/posts/{cast.posts['CWG'].pk}/"))
    assert "导入人员名册" in words
    assert "次序 0 → 8" in words


def test_markup_in_a_value_is_text(entered: Entered, cast: Cast) -> None:
    actions.change_post(
        post=cast.posts["CWG"], values={"name": "<script>x</script>"}, by=None, at=AT
    )
    page = shown(entered("clerk"), f"/org/posts/{cast.posts['CWG'].pk}/")
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "—", "—"),
        ("", "—", "—"),
        ([], "—", "—"),
        (True, "是", "yes"),
        (False, "否", "no"),
        (0, "0", "0"),
        (2.5, "2.5", "2.5"),
        ("2026-05-14", "2026年5月14日", "14 May 2026"),
        ("2026-12-31T16:00:00+00:00", "2027年1月1日 00:00", "1 January 2027, 00:00"),
        ("2026-13-45", "2026-13-45", "2026-13-45"),
        ("2026-05-14T99:99", "2026-05-14T99:99", "2026-05-14T99:99"),
        ("普通文字", "普通文字", "普通文字"),
        (["配偶", "", None, "王某"], "配偶、王某", None),
        ({"a": 1, "b": 2}, "2 项", None),
    ],
)
def test_values_are_told_in_words(value: object, zh: str, en: str | None) -> None:
    assert str(told(value)) == zh
    if en in {"yes", "no"}:
        return
    with translation.override("en"):
        assert en is None or str(told(value)) == en


def test_codes_of_other_rooms_have_words_as_well() -> None:
    assert str(told("password", "how")) == "密码"
    assert str(told("password", "name")) == "password"


def test_a_field_is_called_by_its_room_then_by_its_model_then_by_its_name() -> None:
    assert str(field_word("org.unit.changed", "parent", "parent")) == "上级单位"
    assert field_word("org.unit.changed", "nowhere", "标签") == "标签"
    assert field_word("org.unit.changed", "nowhere") == "nowhere"
    assert str(field_word("org.unit.changed", "subject")) == "对象名称"


def test_a_field_of_another_rooms_model_is_called_by_that_room() -> None:
    assert str(field_word("risks.register.applied", "title")) == "风险点"
    assert str(field_word("risks.register.applied", "title", room="powers")) == "制度名称"
    assert str(field_word("risks.register.applied", "found_by", room="powers")) == "查找人"


def test_every_action_that_is_recorded_has_a_word() -> None:
    """Read out of the text of the rooms what they write into the log."""
    package = Path(lianfang.__file__).parent
    named = re.compile(rf'"((?:{"|".join(ROOMS)})\.[a-z_]+\.[a-z_]+)"')
    files = [*package.glob("*/actions/*.py"), *package.glob("*/actions.py")]
    found = {name for file in files for name in named.findall(file.read_text(encoding="utf-8"))}
    assert len(found) > 30
    assert found - set(ACTIONS) == set()


def test_every_action_belongs_to_a_room() -> None:
    assert {action.partition(".")[0] for action in ACTIONS} <= set(ROOMS)
    assert set(FIELDS) == set(ROOMS)


def test_every_kind_of_work_and_its_outcomes_have_words(settings: object) -> None:
    kinds = set(getattr(settings, "JOBS"))  # noqa: B009
    assert kinds <= set(JOBS)
    assert {"audit.whole", "jobs.broken", "jobs.stopped", "jobs.cancelled"} <= set(OUTCOMES)
    assert NOTICES


def test_codes_of_the_scheme_are_told_as_its_words() -> None:
    assert told(["power_setup"], "aspects") != "power_setup"
    assert str(told("high", "proposed")) == "高"
    assert told("unknown code", "aspects") == "unknown code"
