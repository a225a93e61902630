"""Guides by role, topics of pages, and the list of what to begin with."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.common import clock
from lianfang.notices.models import Preference
from lianfang.org import actions
from lianfang.org.rules.roles import Role
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.risks.models import Participation
from lianfang.shell.guides.firstday import BEGINNINGS, first_day_of
from lianfang.shell.guides.shown import guide_of, own_guides, topic_of
from lianfang.shell.guides.topics import TOPICS
from lianfang.shell.guides.written import GUIDES
from lianfang.shell.pages import pages_for

PICTURE = 60_000
ALL_PICTURES = 1_000_000
# the pages of everybody's own login and the log lead to no room of the register
EVERY = ("clerk", "head", "deputy", "secretary", "office", "officer", "system", "security", "audit")


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: AT)
    return full_cast()


def entered(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def lines(cast: Cast, part: str) -> dict[str, bool]:
    first = first_day_of(cast.standing(part))
    return {str(line.label): line.is_done for line in first.lines}


def test_every_step_leads_to_a_page_that_exists() -> None:
    names = {f"{space}:{name}" for space, (_at, found) in get_resolver().namespace_dict.items()
             for name in found.reverse_dict if isinstance(name, str)}  # fmt: skip
    for guide in GUIDES:
        assert {step.page for step in guide.steps} <= names, guide.code
    assert {page for topic in TOPICS for page in topic.pages} <= names
    assert {one.page for one in BEGINNINGS} <= names


def test_pictures_are_there_in_both_languages_and_small() -> None:
    pictures = {step.picture for guide in GUIDES for step in guide.steps if step.picture}
    files: list[Path] = []
    for picture in pictures:
        for language in ("zh", "en"):
            found = finders.find(f"help/{picture}-{language}.webp")
            assert found, picture
            files.append(Path(found))
    sizes = [file.stat().st_size for file in files]
    assert max(sizes) < PICTURE
    assert sum(sizes) < ALL_PICTURES
    kept = {file.stem[:-3] for file in files[0].parent.glob("*.webp")}
    assert kept == pictures


@pytest.mark.django_db
def test_somebody_with_a_role_may_open_every_page_of_its_guide(cast: Cast) -> None:
    holders = {
        Role.HOLDER: "clerk",
        Role.UNIT_HEAD: "head",
        Role.PORTFOLIO_LEADER: "deputy",
        Role.LEADERSHIP_HEAD: "secretary",
        Role.LEADING_GROUP_OFFICE: "office",
        Role.DISCIPLINE_OFFICE: "officer",
        Role.SYSTEM_ADMINISTRATOR: "system",
        Role.SECURITY_ADMINISTRATOR: "security",
        Role.AUDIT_ADMINISTRATOR: "audit",
    }
    for guide in GUIDES:
        standing = cast.standing(holders[guide.role])
        shown = guide_of(guide.code, standing)
        assert shown is not None
        assert shown.is_own
        assert all(step.page for step in shown.steps), guide.code


@pytest.mark.django_db
def test_a_page_that_may_not_be_opened_is_told_of_without_a_link(cast: Cast) -> None:
    page = entered(cast, "clerk").get(reverse("shell:guide", args=["audit"])).content.decode()
    assert "审计日志" in page or "日志" in page
    assert 'href="/log/"' not in page


@pytest.mark.django_db
def test_ones_own_guides_come_first(cast: Cast) -> None:
    assert [guide.code for guide in own_guides(cast.standing("audit"))] == ["audit"]
    page = entered(cast, "audit").get("/help/").content.decode()
    assert page.index("审计管理员</b>") < page.index("填报人</b>")


@pytest.mark.django_db
def test_help_leads_to_the_topic_of_the_page(cast: Cast) -> None:
    client = entered(cast, "clerk")
    assert 'href="/help/#help-powers"' in client.get("/powers/").content.decode()
    assert 'id="help-powers"' in client.get("/help/").content.decode()
    assert topic_of("nowhere:page") == ""


@pytest.mark.django_db
def test_the_list_ticks_itself_off_from_the_records(cast: Cast) -> None:
    assert not lines(cast, "clerk")["对照自己的岗位查找风险"]
    Participation.objects.create(
        organisation=cast.organisation, person=cast.people["clerk"], post=cast.posts["CWG"],
        year=2026, statement="没有", taken_at=AT,
    )  # fmt: skip
    Preference.objects.create(recipient=cast.logins["clerk"], organisation=cast.organisation.pk)
    assert lines(cast, "clerk")["对照自己的岗位查找风险"]
    assert lines(cast, "clerk")["选好怎样收到通知"]
    assert not lines(cast, "colleague")["对照自己的岗位查找风险"]


@pytest.mark.django_db
def test_each_role_has_its_own_list(cast: Cast) -> None:
    assert "做一次抽取" in lines(cast, "officer")
    assert "做一次抽取" not in lines(cast, "clerk")
    assert lines(cast, "system")["登记人员"]
    assert "核对一次审计日志" in lines(cast, "audit")
    for part in EVERY:
        standing = cast.standing(part)
        wanted = [one for one in BEGINNINGS if not one.roles or standing.has(*one.roles)]
        assert {one.page for one in wanted} <= set(pages_for(standing)), part


@pytest.mark.django_db
def test_the_list_is_put_away_once_and_help_goes_on_showing_it(cast: Cast) -> None:
    client = entered(cast, "clerk")
    assert "从这里开始" in client.get("/").content.decode()
    assert client.post(reverse("shell:settled")).headers["Location"] == "/"
    event = Event.objects.latest("position")
    assert event.action == "accounts.login.settled"
    assert "从这里开始" not in client.get("/").content.decode()
    assert "从这里开始" in client.get("/help/").content.decode()
    client.post(reverse("shell:settled"))
    assert Event.objects.latest("position") == event


@pytest.mark.django_db
@pytest.mark.parametrize("part", EVERY)
def test_the_list_asks_once(
    cast: Cast, part: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        post = actions.create_post(
            unit=cast.units["PS"], code=f"X{number}", name=f"岗{number}", by=None, at=AT
        )
        actions.appoint(person=cast.people["clerk"], post=post, from_on=AT.date(), by=None, at=AT)
    standing = cast.standing(part)
    with django_assert_num_queries(1):
        first_day_of(standing)
