"""The sidebar and the tabs: what one may not open is absent, the page on the screen is marked."""

from datetime import date

import pytest
from django.utils import translation

from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.shell.navigation import GROUPS
from lianfang.shell.sidebar import address, groups_for, tabs_for


def standing(*roles: Role, person: int | None = None) -> Standing:
    return Standing(
        user_id=1,
        organisation_id=1,
        organisation_name="中心",
        organisation_name_en="Centre",
        is_example=False,
        time_zone="Asia/Shanghai",
        scheme="cnas-2012",
        on=date(2026, 5, 14),
        person_id=person,
        roles=frozenset(roles),
    )


CLERK = standing(Role.HOLDER, person=7)
SYSTEM = standing(Role.SYSTEM_ADMINISTRATOR)
SECURITY = standing(Role.SECURITY_ADMINISTRATOR)
AUDIT = standing(Role.AUDIT_ADMINISTRATOR)


def pages(who: Standing) -> set[str]:
    """Return the addresses in the sidebar."""
    return {link.url for group in groups_for(who, "") for link in group.entries} | {
        group.url for group in groups_for(who, "")
    }


@pytest.mark.parametrize(
    ("who", "opens", "lacks"),
    [
        (
            CLERK,
            {"shell:desk", "org:tree", "org:people", "org:numbers"},
            {"org:imports", "shell:log"},
        ),
        (SYSTEM, {"org:tree", "org:calendar", "org:imports"}, {"shell:log", "org:logins"}),
        (SECURITY, {"org:logins", "org:bodies"}, {"org:imports", "shell:log", "org:numbers"}),
        (AUDIT, {"shell:desk", "shell:log"}, {"org:tree", "org:people", "org:logins"}),
    ],
)
def test_the_sidebar_holds_what_one_may_open(
    who: Standing, opens: set[str], lacks: set[str]
) -> None:
    shown = pages(who)
    assert {page for page in opens if address(page) not in shown} == set()
    assert {page for page in lacks if address(page) in shown} == set()


def test_every_entry_of_the_sidebar_has_an_address() -> None:
    named = {group.page for group in GROUPS if group.page}
    named |= {entry.page for group in GROUPS for entry in group.entries}
    assert {page for page in named if address(page) is None} == set()


def test_public_pages_open_in_the_language_of_the_reader() -> None:
    assert address("public:catalogue") == "/public/"
    with translation.override("en"):
        assert address("public:catalogue") == "/public/?lang=en"
        assert address("org:tree") == "/org/"


def test_only_the_group_of_the_page_on_the_screen_is_open() -> None:
    current = [group for group in groups_for(CLERK, "org:unit-edit") if group.is_current]
    assert [str(group.label) for group in current] == ["组织机构"]
    assert [str(entry.label) for entry in current[0].entries if entry.is_current] == ["单位和岗位"]
    assert not current[0].is_page


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("risks:register", "风险清册"),
        ("risks:risk", "风险清册"),
        ("risks:measure-add", "风险清册"),
        ("risks:risk-rate", "等级评定"),
        ("risks:sorting", "措施整理"),
        ("cycles:unit-year", "年度工作"),
        # the clerk has no entry for checking
        ("cycles:review", "年度工作"),
        ("cycles:revision-open", "动态调整"),
    ],
)
def test_the_nearest_entry_alone_is_marked(page: str, entry: str) -> None:
    marked = [
        str(link.label)
        for group in groups_for(CLERK, page)
        for link in group.entries
        if link.is_current
    ]
    assert marked == [entry]


@pytest.mark.parametrize("who", [CLERK, SYSTEM, SECURITY, AUDIT])
def test_a_phone_has_at_most_four_tabs_each_with_an_icon(who: Standing) -> None:
    tabs = tabs_for(who, "shell:desk")
    assert 1 < len(tabs) <= 4
    assert all(tab.icon for tab in tabs)
    assert [tab.is_current for tab in tabs].count(True) == 1
