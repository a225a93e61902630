"""The public catalogue in a browser: from the catalogue over a unit to a power, and on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE = {"width": 390, "height": 844}
# bytes that a first visit may take, as they come over the wire
MOST = 150_000


def _faults(page: Page) -> list[str]:
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    width = page.evaluate("document.documentElement.scrollWidth")
    return [*found, *(["too wide"] if width > PHONE["width"] else [])]


def test_a_visitor_with_a_phone_reads_the_catalogue_a_unit_and_a_power(
    browser: Browser, example: str
) -> None:
    page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(example + "/public/")
    assert page.title().startswith("职权公开目录")
    assert _faults(page) == []
    page.locator(".pw a.of").first.click()
    unit = page.locator("h1").inner_text()
    assert _faults(page) == []
    page.locator(".pw > a").first.click()
    assert unit in page.locator(".pub-crumb").inner_text()
    assert page.locator(".drawn svg").count() == 1
    assert page.locator(".pub-steps li").count() > 1
    assert _faults(page) == []
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert said == []
    assert page.context.cookies() == []
    page.context.close()


def test_a_power_on_paper_has_no_navigation(browser: Browser, example: str) -> None:
    page = browser.new_page()
    page.goto(example + "/public/")
    page.locator(".pw > a").first.click()
    page.emulate_media(media="print")
    assert page.locator(".pub-h nav").is_hidden()
    assert page.locator(".pub-steps").is_visible()
    page.context.close()


def test_a_first_visit_is_small(browser: Browser, example: str) -> None:
    page = browser.new_page()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(example + "/public/", wait_until="networkidle")
    assert 0 < sum(sizes) < MOST
    page.context.close()
