"""A breach is recorded and a raised level ended on pages, by the discipline office alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from lianfang.audit.models import Event
from lianfang.duties.models import Duty
from lianfang.org import actions as org
from lianfang.org.models import Body
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, full_cast
from lianfang.powers.models import Power
from lianfang.risks.models import Breach, LevelOverride
from lianfang.risks.queries.levels import levels_in_force
from lianfang.risks.tests.entering import Entered, browsers_of, shown
from lianfang.risks.tests.leveling import breach, override, publish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FOUND = {"found_on": "2026-05-10", "what": "收受服务对象礼金", "reference": "纪〔2026〕3号"}


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def enter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


def words(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown(client, path)))


def breach_page(cast: Cast, post: str = "CWG") -> str:
    return f"/duties/levels/{cast.posts[post].pk}/breach/"


def level_of(cast: Cast, post: str = "CWG") -> str:
    key = cast.posts[post].pk
    found = levels_in_force(cast.organisation, ON, [key])
    return found[key].level if found else ""


def test_an_end_that_changes_nothing_says_so(cast: Cast, enter: Entered) -> None:
    publish(cast, CWG="high")
    made = override(cast, "CWG", "medium")
    page = words(enter("officer"), f"/duties/levels/raised/{made.pk}/end/")
    assert "等级不变" in page


# pages --------------------------------------------------------------------------------------


def test_the_office_sees_the_effect_then_records_the_breach(cast: Cast, enter: Entered) -> None:
    publish(cast, CWG="low")
    officer = enter("officer")
    listed = f'href="{breach_page(cast)}"'
    assert listed in shown(officer, "/register/levels/")
    assert listed in shown(officer, f"/register/levels/{cast.posts['CWG'].pk}/")
    page = words(officer, breach_page(cast))
    assert re.search(r"确认后的等级 ● 低 → ■ 中 从 2026年5月14日 起", page)
    answer = officer.post(breach_page(cast), FOUND)
    assert answer.headers["Location"] == f"/register/levels/{cast.posts['CWG'].pk}/"
    assert level_of(cast) == "medium"
    owed = Duty.objects.filter(post=cast.posts["CWG"], level="medium", state="open")
    assert "report_medium" in owed.values_list("rule", flat=True)
    made = Breach.objects.get()
    assert (made.what, made.recorded_by) == ("收受服务对象礼金", cast.logins["officer"])
    told = Event.objects.order_by("-position").values_list("action", flat=True)
    assert set(told[:2]) == {"risks.breach.recorded", "duties.duties.reconciled"}


def test_a_day_to_come_is_an_error_of_the_form(cast: Cast, enter: Entered) -> None:
    answer = enter("officer").post(breach_page(cast), FOUND | {"found_on": "2026-05-15"})
    assert answer.status_code == 422
    assert "还没有到" in answer.content.decode()
    assert not Breach.objects.exists()


def test_a_power_of_another_unit_is_not_offered(cast: Cast, enter: Entered) -> None:
    powers = {
        unit: Power.objects.create(
            organisation=cast.organisation,
            unit=cast.units[unit],
            code=f"{unit}-1",
            name=f"{unit}的职权",
            created_at=AT,
        )
        for unit in ("CW", "PS")
    }
    officer = enter("officer")
    page = shown(officer, breach_page(cast))
    assert "CW的职权" in page
    assert "PS的职权" not in page
    refused = officer.post(breach_page(cast), FOUND | {"power": powers["PS"].pk})
    assert refused.status_code == 422
    officer.post(breach_page(cast), FOUND | {"power": powers["CW"].pk})
    assert Breach.objects.get().power == powers["CW"]


def test_the_office_lets_a_raised_level_down_again(cast: Cast, enter: Entered) -> None:
    publish(cast, CWG="low")
    made = breach(cast)
    raised = LevelOverride.objects.get(breach=made)
    officer, page = enter("officer"), f"/duties/levels/raised/{raised.pk}/end/"
    assert f'href="{page}"' in shown(officer, f"/register/levels/{made.post_id}/")
    assert re.search(r"确认后的等级 ■ 中 → ● 低", words(officer, page))
    refused = officer.post(page, {"last_on": "2026-05-13", "reason": "复查"})
    assert refused.status_code == 422
    assert officer.post(page, {"last_on": "2026-05-14", "reason": "复查无误"}).status_code == 302
    assert level_of(cast) == "low"
    assert not Duty.objects.filter(post=made.post_id, level="medium", state="open").exists()
    post = shown(officer, f"/register/levels/{made.post_id}/")
    assert "复查无误" in post
    assert f'href="{page}"' not in post


def test_others_find_no_way_to_it(cast: Cast, enter: Entered) -> None:
    publish(cast, CWG="low")
    made = breach(cast)
    for part in ("secretary", "office", "overseer", "clerk"):
        client = enter(part)
        for page in ("/register/levels/", f"/register/levels/{made.post_id}/"):
            found = shown(client, page)
            assert "登记违规" not in found
            assert "解除等级上调" not in found


# nobody judges themself ---------------------------------------------------------------------


def test_nobody_judges_a_post_they_hold(cast: Cast, enter: Entered) -> None:
    raised = override(cast, "JJG", "high")
    officer = enter("officer")
    assert officer.get(breach_page(cast, "JJG")).status_code == 403
    assert officer.get(f"/duties/levels/raised/{raised.pk}/end/").status_code == 403
    assert breach_page(cast, "JJG") not in shown(officer, "/register/levels/")
    # a colleague of the office does it
    org.join_body(
        body=cast.bodies[Body.Kind.DISCIPLINE_OFFICE],
        person=cast.people["colleague"],
        from_on=SINCE,
        by=None,
        at=AT,
    )
    assert enter("colleague").post(breach_page(cast, "JJG"), FOUND).status_code == 302
