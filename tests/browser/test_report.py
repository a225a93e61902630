"""A report from the first page to the answer: on a phone with JavaScript, on a desk without it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from tests.browser.conftest import DAY
from tests.browser.reporting import ANSWER
from tests.browser.serving import served_example

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WHAT = "今年三月现场评审期间，评审组长要求我单位安排宴请。"
MORE = "是三月的第二周。"
# what a first visit may cost, in bytes as they are sent
FIRST_LOAD = 100_000
_LONG = 30_000
PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "flow.png"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def base(home: Path) -> Iterator[str]:
    """Return the address of the example, whose officers have keys."""
    with served_example(home, DAY) as served:
        yield served


def office_answers(home: Path) -> None:
    """Let the office answer every report that has no letter yet."""
    environment = os.environ | {
        "LIANFANG_HOME": str(home),
        "LIANFANG_EXAMPLE": "1",
        "LIANFANG_TEST_DAY": DAY,
        "DJANGO_SETTINGS_MODULE": "lianfang.config.settings",
    }
    environment.pop("LIANFANG_TESTING", None)
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.browser.reporting"]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def opened(browser: Browser, base: str, *, script: bool, width: int, language: str) -> Page:
    """Return the first page of somebody who is not signed in; an error in the script fails."""
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": width, "height": 860}, locale=language
    )
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{base}/report/")
    return page


def to_the_form(page: Page) -> None:
    """Answer the question whom it concerns, and go on."""
    page.locator("[name=concerns][value=none]").check()
    page.locator("main form button").click()
    page.wait_for_url(re.compile("/write/"))


def fits(page: Page) -> bool:
    """Return whether nothing is wider than the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_report_is_sealed_on_a_phone_and_answered(
    browser: Browser, base: str, home: Path
) -> None:
    page = opened(browser, base, script=True, width=390, language="zh-CN")
    posted: list[Request] = []
    page.on("request", lambda one: posted.append(one) if one.method == "POST" else None)
    to_the_form(page)
    assert fits(page)
    page.locator("[name=what]").fill(WHAT)
    page.locator("[name=signed][value=yes]").check()
    page.locator("[name=name]").fill("王某某")
    page.set_input_files("[name=attached]", PICTURE)
    page.wait_for_selector("[data-picked] .cleaned")
    page.locator("[data-draft=keep]").click()
    page.reload()
    assert page.locator("[name=what]").input_value() == WHAT
    page.locator("form[data-report] button[type=submit]").click()
    page.wait_for_selector("#done:not([hidden])", timeout=_LONG)
    receipt = page.locator("[data-receipt]").inner_text()
    assert re.fullmatch(r"\d{4}( \d{4}){3}", receipt)
    assert fits(page)
    assert page.evaluate("localStorage.length") == 0
    sent = b"".join(one.post_data_buffer or b"" for one in posted)
    for told in (WHAT, "王某某", receipt, receipt.replace(" ", "")):
        assert told.encode() not in sent
    assert not any(one.headers.get("cookie") for one in posted)

    office_answers(home)
    page.goto(f"{base}/report/of/mec/follow/")
    page.locator("[data-follow] [name=receipt]").fill(receipt)
    page.locator("[data-follow] button").click()
    page.wait_for_selector("#found:not([hidden])", timeout=_LONG)
    assert page.locator(".msg.off .said").inner_text() == ANSWER
    page.locator("#found [name=text]").fill(MORE)
    page.locator("#found button[type=submit]").click()
    page.wait_for_selector(".msg:not(.off)", timeout=_LONG)
    assert page.locator("#found [name=text]").input_value() == ""
    assert fits(page)
    assert page.context.cookies() == []
    page.context.close()


def test_a_report_goes_without_a_script_too(browser: Browser, base: str, home: Path) -> None:
    page = opened(browser, base, script=False, width=1280, language="en-GB")
    to_the_form(page)
    assert "does not run JavaScript" in page.content()
    page.locator("[name=where]").fill("二楼")
    page.locator("form[data-report] button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator(".form-err").count() == 1
    assert page.locator("[name=where]").input_value() == "二楼"
    page.locator("[name=what]").fill(WHAT)
    page.locator("form[data-report] button[type=submit]").click()
    page.wait_for_load_state()
    receipt = page.locator("[data-receipt]").inner_text()

    office_answers(home)
    page.goto(f"{base}/report/of/mec/follow/")
    page.locator("[name=receipt]").first.fill(receipt)
    page.locator("[data-follow] button").click()
    page.wait_for_load_state()
    assert page.locator(".msg.off .said").inner_text() == ANSWER
    page.locator("[name=text]").fill(MORE)
    page.locator("[data-further] button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator(".msg").count() == 2
    page.context.close()


def test_a_network_that_fails_keeps_the_text_and_a_second_try_is_one_report(
    browser: Browser, base: str
) -> None:
    page = opened(browser, base, script=True, width=390, language="zh-CN")
    to_the_form(page)
    page.locator("[name=what]").fill(WHAT)
    answers: list[str] = []

    def lost(route: Route) -> None:
        """Let it arrive, and lose the answer."""
        answers.append(route.fetch().json()["report"])
        route.abort()

    page.route("**/send/", lost)
    page.locator("form[data-report] button[type=submit]").click()
    page.wait_for_selector("[data-refused]:not([hidden])", timeout=_LONG)
    assert page.locator("[name=what]").input_value() == WHAT
    with page.expect_download() as saved:
        page.locator("[data-keep]").first.click()
    assert WHAT in Path(saved.value.path()).read_text(encoding="utf-8")
    page.unroute("**/send/")
    with page.expect_response("**/send/") as again:
        page.locator("form[data-report] button[type=submit]").click()
    assert [again.value.json()["report"]] == answers
    page.context.close()


@pytest.mark.parametrize("path", ["", "of/mec/write/?concerns=none", "of/mec/follow/"])
def test_a_first_visit_is_light(browser: Browser, base: str, path: str) -> None:
    page = browser.new_context().new_page()
    loaded: list[Request] = []
    page.on("requestfinished", lambda one: loaded.append(one))
    page.goto(f"{base}/report/{path}", wait_until="networkidle")
    total = sum(
        one.sizes()["responseBodySize"] + one.sizes()["responseHeadersSize"] for one in loaded
    )
    assert 5_000 < total < FIRST_LOAD
    assert not any("sodium" in one.url for one in loaded)
    page.context.close()
