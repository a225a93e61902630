"""The command palette in a browser: by keyboard, on a phone, without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.walking import enter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def page(browser: Browser, example: str) -> Page:
    made = browser.new_page()
    enter(made, example, "officer")
    return made


def test_the_palette_opens_filters_and_goes_by_keyboard(page: Page, example: str) -> None:
    page.keyboard.press("Control+k")
    box = page.locator("#palette-box")
    expect(box).to_be_focused()
    expect(page.locator("#palette-offers li").first).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    box.fill("posts and powers")
    expect(page.locator("#palette-offers li:visible")).to_have_count(1)
    box.press("Enter")
    page.wait_for_url(f"{example}/powers/matrix/**")


def test_escape_closes_and_the_arrows_move(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-offers li").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".pal-list a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#palette-box")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_words_find_records_and_what_was_opened_comes_first(page: Page, example: str) -> None:
    page.goto(f"{example}/org/")
    page.locator("main table a").first.click()
    page.wait_for_url("**/org/units/**")
    name = page.locator("h1").inner_text().split("\n")[0].strip()
    page.goto(f"{example}/")
    page.keyboard.press("Control+k")
    first = page.locator("#palette-offers section").first
    expect(first.locator("li").first).to_contain_text(name)
    page.locator("#palette-box").fill("财务")
    expect(page.locator("#palette-found a").first).to_be_visible()


def test_signing_out_forgets_what_was_opened(page: Page, example: str) -> None:
    page.goto(f"{example}/org/")
    page.locator("main table a").first.click()
    page.wait_for_url("**/org/units/**")
    kept = "Object.keys(sessionStorage).filter((key) => key.startsWith('lianfang.recent'))"
    assert len(page.evaluate(kept)) == 1
    page.locator(".lf-who summary").click()
    page.locator("form[data-leave] button").click()
    page.wait_for_load_state()
    assert page.evaluate(kept) == []


def test_on_a_phone_the_search_tab_opens_it_and_it_fits(browser: Browser, example: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    enter(page, example, "officer")
    page.locator(".lf-tab [data-palette]").click()
    expect(page.locator("#palette-offers li").first).to_be_visible()
    width = page.evaluate("document.querySelector('#palette').getBoundingClientRect().width")
    assert width <= 390
    context.close()


def test_without_javascript_the_search_page_answers(browser: Browser, example: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, example, "officer")
    page.goto(f"{example}/search/?q=财务")
    expect(page.locator("main section.card").first).to_be_visible()
    expect(page.locator("[data-palette]").first).to_be_hidden()
    context.close()
