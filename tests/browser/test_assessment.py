"""A year's check of one unit of the example, from its sheet to the notice (五（七）1)."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.walking import enter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
UNIT = "实验室评审一处"
PATIENCE = 60_000


def entered(browser: Browser, base: str, login: str) -> Page:
    """Return a page of somebody of the example."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "lianfang_language", "value": "zh-hans", "url": base}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    enter(page, base, login)
    return page


def follow(page: Page, words: str | re.Pattern[str]) -> None:
    """Open what the first link of that name in the page leads to."""
    link = page.locator("main").get_by_role("link", name=words).first
    page.goto(urljoin(page.url, link.get_attribute("href") or ""))


def press(page: Page, words: str) -> None:
    """Press the button of that name in the page, and be refused nothing."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words).first.click()
    assert page.locator("main .form-err, main .errors").count() == 0, page.content()


def score(page: Page, sheet: str, link: str) -> None:
    """Give the points that the form proposes, and all of an item for which it proposes none."""
    page.goto(sheet)
    follow(page, link)
    for field in page.locator("main input[name^=p_]").all():
        if not field.input_value():
            field.fill(field.get_attribute("max") or "0")
    press(page, "提交评分")


def test_a_years_check_goes_from_the_sheet_to_the_notice(browser: Browser, example: str) -> None:
    office, head, officer, secretary = (
        entered(browser, example, login) for login in ("office", "head", "officer", "secretary")
    )
    office.goto(f"{example}/assessment/")
    follow(office, "开始考核")
    office.locator("[name=self_until]").fill("2026-05-29")
    for label in office.locator("main .choices label").all():
        label.locator("input").set_checked((label.text_content() or "").strip() == UNIT)
    press(office, "开始考核")
    head.goto(f"{example}/assessment/")
    # not the head's own sheet, whose post is called after the unit
    follow(head, re.compile(f"^{UNIT}$"))
    sheet = head.url
    score(head, sheet, "自评")
    officer.goto(sheet)
    follow(officer, "加减分")
    officer.locator("[name=points]").fill("1.5")
    officer.locator("[name=reason]").fill("派组回避的做法在系统内推广")
    press(officer, "保存")
    score(officer, sheet, "考核评分")
    score(secretary, sheet, "班子评分")
    head.goto(sheet)
    assert head.locator("main .as-score b").inner_text() != ""
    follow(head, "无异议")
    press(head, "确认")
    secretary.goto(f"{example}/assessment/")
    follow(secretary, "个人考核表")
    people = secretary.locator("main tbody th a").all()
    for address in [link.get_attribute("href") for link in people]:
        secretary.goto(f"{example}{address}")
        follow(secretary, "不参加考核")
        secretary.locator("[name=reason]").fill("本年度先考核单位")
        press(secretary, "确认")
    secretary.goto(f"{example}/assessment/")
    follow(secretary, "审定")
    press(secretary, "审定")
    office.goto(f"{example}/assessment/")
    follow(office, re.compile("通报结果"))
    office.locator("[name=scope]").select_option("everybody")
    press(office, "印发通报")
    rows = office.locator("main table").first.locator("tbody tr")
    assert (rows.count(), UNIT in rows.first.inner_text()) == (1, True)
    assert office.locator("main").get_by_text(re.compile("廉防办〔2026〕")).count() > 0
    for page in (office, head, officer, secretary):
        page.context.close()
