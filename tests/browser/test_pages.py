"""Every page, as everybody of the example sees it: whole, quiet, accessible, in both languages."""

import re
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.walking import enter, logins, walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE = {"width": 390, "height": 844}
SCREEN = {"width": 1440, "height": 900}
# What stands in Chinese on an English page on purpose: what says so, and codes of clauses.
LEFT_OUT = "[lang^=zh], [translate=no], .cl, .code, time, textarea, input, select, script, style"
CLAUSE = re.compile(r"[一二三四五六七](（[一二三四五六七]）\d?(（\d）)?)?")
CJK = re.compile(r"[\u3400-\u9fff]+")
# What a calendar file says in either language.
QUOTED = {"休", "班"}


@dataclass
class Seen:
    """What was seen on a walk: pages by name, and whatever was wrong with them."""

    paths: dict[str, tuple[str, str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def _page(browser: Browser, base: str, login: str, language: str, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    if login:
        enter(page, base, login)
    context.add_cookies([{"name": "lianfang_language", "value": language, "url": base}])
    return page


def _listen(page: Page, seen: Seen) -> None:
    page.on(
        "console",
        lambda said: (
            seen.wrong.append(f"{page.url}: console: {said.text}")
            if said.type in {"error", "warning"}
            else None
        ),
    )
    page.on("pageerror", lambda error: seen.wrong.append(f"{page.url}: {error}"))


@pytest.fixture(scope="module")
def seen(browser: Browser, example: str) -> Seen:
    """Walk every page once, as the first of the example people who reaches it, with axe."""
    found, axe = Seen(), Axe()
    page = browser.new_page()
    names = logins(page, example)
    for login in names:
        page = _page(browser, example, login, "zh-hans", SCREEN)
        _listen(page, found)
        for visit in walk(page, example, known=frozenset(found.paths)):
            if visit.name in found.paths:
                continue
            found.paths[visit.name] = (login, visit.path)
            if visit.status != 200:
                found.wrong.append(f"{visit.path}: {visit.status} for {login}")
            for violation in axe.run(page).response["violations"]:
                where = [node["target"] for node in violation["nodes"]][:3]
                found.wrong.append(f"{visit.path}: axe {violation['id']} {where}")
        page.context.close()
    return found


def test_every_page_answers_keeps_quiet_and_is_accessible(seen: Seen) -> None:
    assert seen.wrong == []
    assert len(seen.paths) > 40


def test_a_page_on_a_phone_is_never_wider_than_the_phone(
    browser: Browser, example: str, seen: Seen
) -> None:
    too_wide = []
    for login in sorted({login for login, _ in seen.paths.values()}):
        page = _page(browser, example, login, "en", PHONE)
        for owner, path in seen.paths.values():
            if owner == login:
                page.goto(example + path)
                width = page.evaluate("document.documentElement.scrollWidth")
                if width > PHONE["width"]:
                    too_wide.append((path, width))
        page.context.close()
    assert too_wide == []


def test_an_english_page_speaks_english(browser: Browser, example: str, seen: Seen) -> None:
    chinese = []
    for login in sorted({login for login, _ in seen.paths.values()}):
        page = _page(browser, example, login, "en", SCREEN)
        for owner, path in seen.paths.values():
            if owner == login:
                page.goto(example + path)
                chinese += [(path, words) for words in _chinese(page)]
        page.context.close()
    assert chinese == []


def _chinese(page: Page) -> list[str]:
    """Return the Chinese words in headings, menus, labels and buttons of an English page."""
    texts: list[str] = page.evaluate(
        """leftOut => [...document.querySelectorAll(
            "h1, h2, h3, th[scope=col], label, legend, button, .btn, nav a, .form-hint, "
            + ".empty p, dt"
        )].filter(e => !e.closest(leftOut)).map(e => {
            const copy = e.cloneNode(true);
            copy.querySelectorAll(leftOut).forEach(part => part.remove());
            return copy.textContent;
        })""",
        LEFT_OUT,
    )
    found = {words for text in texts for words in CJK.findall(CLAUSE.sub("", text))}
    return sorted(found - QUOTED)


def test_the_keyboard_reaches_the_search_and_closes_what_is_open(
    browser: Browser, example: str
) -> None:
    page = _page(browser, example, "clerk", "zh-hans", SCREEN)
    page.goto(f"{example}/org/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-box"
    page.locator("details.cl summary").first.click()
    assert page.locator("details.cl[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details.cl[open]").count() == 0
    page.context.close()


def test_everything_works_without_javascript(browser: Browser, example: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{example}/enter/")
    page.locator('button[name=login][value="system"]').click()
    page.goto(f"{example}/org/")
    page.get_by_role("link", name="财务处").first.click()
    page.get_by_role("link", name="修改").first.click()
    page.locator("[name=name_en]").fill("Finance")
    page.locator("main button").first.click()
    page.get_by_text("已保存").wait_for()
    page.locator("details.cl summary").first.click()
    assert page.locator("details.cl .pop").first.is_visible()
    context.close()


def test_print_leaves_out_menus_and_buttons(browser: Browser, example: str) -> None:
    page = _page(browser, example, "head", "zh-hans", SCREEN)
    page.goto(f"{example}/org/responsibility/")
    page.emulate_media(media="print")
    assert not page.locator(".lf-side").is_visible()
    assert not page.locator(".lf-top").is_visible()
    assert page.locator("h1").is_visible()
    page.context.close()


def test_an_old_form_is_told_what_changed_and_keeps_what_was_typed(
    browser: Browser, example: str
) -> None:
    first = _page(browser, example, "system", "zh-hans", SCREEN)
    second = _page(browser, example, "system", "zh-hans", SCREEN)
    for page in (first, second):
        page.goto(f"{example}/org/")
        page.get_by_role("link", name="人事处").first.click()
        page.get_by_role("link", name="修改").first.click()
    first.locator("[name=name_en]").fill("Personnel One")
    first.locator("main form button").first.click()
    first.get_by_text("已保存").wait_for()
    second.locator("[name=name_en]").fill("Personnel Two")
    second.locator("main form button").first.click()
    second.get_by_text("已被他人修改").first.wait_for()
    assert "Personnel One" in second.content()
    assert second.locator("[name=name_en]").input_value() == "Personnel Two"
    second.locator("main form button").first.click()
    second.get_by_text("已保存").wait_for()
    for page in (first, second):
        page.context.close()
