"""The plan as rules, in a browser: every row, and every page that a row leads to."""

import pytest
from playwright.sync_api import Browser

from lianfang.shell.clauses.rows import ROWS
from tests.browser.walking import enter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("login", ["officer", "leader", "office"])
def test_every_row_shows_figures_and_leads_to_pages_that_open(
    browser: Browser, example: str, login: str
) -> None:
    page = browser.new_page()
    enter(page, example, login)
    page.goto(f"{example}/rules/")
    rows = page.locator(".demand")
    assert rows.count() == len(ROWS)
    wrong = []
    for place in range(rows.count()):
        row = rows.nth(place)
        if not row.locator(".meas").count() and not row.locator(".links a").count():
            wrong.append(f"{row.inner_text()[:40]}: neither figure nor page")
    links = page.locator(".demand a").evaluate_all("all => all.map(one => one.href)")
    for link in sorted(set(links)):
        status = page.request.get(link).status
        if status != 200:
            wrong.append(f"{link}: {status}")
    assert wrong == []
    assert len(set(links)) > 25
    page.close()


def test_a_chip_leads_to_its_clause(browser: Browser, example: str) -> None:
    page = browser.new_page()
    enter(page, example, "officer")
    page.goto(f"{example}/rules/#c-五-五-3")
    assert page.locator("[id='c-五-五-3'] .demand").is_visible()
    page.close()
