"""A sealed report about the head of a department, from its sender to the breach and back again.

And one about the discipline office: turned away before a word is typed; or seen on reading, when
the officer concerned loses it.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from lianfang.example.sealed import KEYS
from tests.browser.walking import enter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PATIENCE = 60_000
PASSPHRASE = {key.username: key.opens_with for key in KEYS}
WHAT = "处长两次指定同一名评审员，事后一起吃饭。"
ABOUT_OFFICER = "纪检监察室监督检查岗的人替亲戚打听检查安排。"
NOTICED = "来信反映指定评审员并接受宴请。"
RESULT = "已查实并处理，感谢您的反映。"
HEAD, HEADS_POST, UNIT = "1601", "质量管理处处长", "质量管理处"


class Somebody:
    """One of the example people, or a sender who is not signed in, at a browser of their own."""

    def __init__(self, browser: Browser, base: str, login: str = "") -> None:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        context.add_cookies([{"name": "lianfang_language", "value": "zh-hans", "url": base}])
        self.base, self.login, self.page = base, login, context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: pytest.fail(str(error)))
        if login:
            enter(self.page, base, login)

    def open(self, path: str) -> Page:
        """Open a page by its path."""
        self.page.goto(path if path.startswith("http") else f"{self.base}{path}")
        return self.page

    def fill(self, path: str, **fields: str) -> Page:
        """Fill in a form and send it; raise AssertionError where it is refused."""
        page = self.open(path)
        for name, value in fields.items():
            control = page.locator(f'main [name="{name}"]')
            kind = control.first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                page.locator(f'main [name="{name}"][value="{value}"]').check()
            elif control.first.evaluate("one => one.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)
        page.locator("main form footer button, main form button[type=submit]").first.click()
        page.wait_for_load_state()
        assert page.locator("main .errors").count() == 0, page.locator("main .errors").inner_text()
        return page

    def choose(self, path: str, name: str, part: str) -> str:
        """Return the value of the choice of a field whose words hold a part."""
        options = self.open(path).locator(f'main [name="{name}"] option')
        found = options.evaluate_all("all => all.map(one => [one.value, one.textContent])")
        return next(str(value) for value, words in found if part in words)

    def unlock(self, report: str) -> Page:
        """Open a report in the browser."""
        page = self.open(report)
        page.wait_for_selector("[data-ready]")
        page.locator("#passphrase").fill(PASSPHRASE[self.login])
        page.locator("[data-part=unlock] button").click()
        page.wait_for_selector("[data-part=opened]:not([hidden])")
        return page

    def reports(self) -> set[str]:
        """Return the addresses of the reports on the list."""
        links = self.open("/casework/").locator("main th a")
        return set(links.evaluate_all("all => all.map(one => one.href)"))


@pytest.fixture(scope="module")
def officer(browser: Browser, example: str) -> Iterator[Somebody]:
    somebody = Somebody(browser, example, "officer")
    yield somebody
    somebody.page.context.close()


def send(browser: Browser, base: str, what: str) -> str:
    """Send an anonymous report through the portal, and return its receipt."""
    sender = Somebody(browser, base)
    page = sender.open("/report/")
    page.locator("[name=concerns][value=none]").check()
    page.locator("main form button").click()
    page.wait_for_url(re.compile("/write/"))
    page.locator("[name=what]").fill(what)
    page.locator("form[data-report] button[type=submit]").click()
    page.wait_for_selector("#done:not([hidden])")
    receipt = page.locator("#done [data-receipt]").inner_text()
    page.context.close()
    return receipt


def arrived(browser: Browser, officer: Somebody, what: str) -> tuple[str, str]:
    """Let a report arrive; return its address with the officer, and its receipt."""
    before = officer.reports()
    receipt = send(browser, officer.base, what)
    (report,) = officer.reports() - before
    return report, receipt


def decided(officer: Somebody, secretary: Somebody, path: str, **proposed: str) -> None:
    """Let the officer propose something about a lead, and the head of the leadership approve it."""
    before = waiting(secretary)
    officer.fill(path, **proposed)
    (decision,) = waiting(secretary) - before
    secretary.fill(decision, decision="approve")


def waiting(secretary: Somebody) -> set[str]:
    """Return the addresses of what waits for a decision."""
    links = secretary.open("/").locator('main a[href*="/leads/decide/"]')
    return set(links.evaluate_all("all => all.map(one => one.href)"))


def level_of(officer: Somebody, post: str) -> str:
    """Return what the list of levels says of a post."""
    row = officer.open("/register/levels/").locator("main tr").filter(has_text=post)
    return row.first.inner_text()


def duties_of(officer: Somebody, unit: str) -> int:
    """Return how many duties the list of a unit's holds."""
    number = officer.choose("/duties/", "unit", unit)
    return officer.open(f"/duties/?unit={number}").locator("main a[href^='/duties/']").count()


def test_a_report_about_a_head_becomes_an_alert_a_lead_a_breach_and_an_answer(
    browser: Browser, officer: Somebody
) -> None:
    report, receipt = arrived(browser, officer, WHAT)
    assert WHAT in officer.unlock(report).locator("[data-part=body]").inner_text()
    concerned = officer.choose(f"{report}alert/", "person_1", HEAD)
    noticed = {"trigger": "undue_influence", "gravity": "serious", "what": NOTICED}
    page = officer.fill(f"{report}alert/", person_1=concerned, **noticed)
    alert = str(page.locator('main a[href^="/alerts/"]').first.get_attribute("href"))
    page = officer.fill(f"{alert}triage/", way="office", reason="属于纪检监察室的职责。")
    register = page.locator('main a[href^="/leads/register/"]').first.get_attribute("href")
    box = officer.open(str(register)).locator("main [name=handlers]")
    names = box.evaluate_all("all => all.map(one => [one.value, one.parentElement.textContent])")
    own = next(str(value) for value, words in names if "岳明霞" in words)
    lead = officer.fill(str(register), handlers=own).url

    secretary = Somebody(browser, officer.base, "secretary")
    decided(officer, secretary, f"{lead}dispose/", code="inquiry")
    officer.fill(f"{lead}conclude/", result="found", concluded_on="2026-05-14")
    person = officer.choose(f"{lead}outcome/", "person", HEAD)
    decided(officer, secretary, f"{lead}outcome/", person=person, code="admonition")
    secretary.page.context.close()
    level, duties = level_of(officer, HEADS_POST), duties_of(officer, UNIT)
    assert "中" in level
    post = officer.open(f"{lead}close/breach/").locator('main a[href*="post="]').first
    closing = str(post.get_attribute("href"))
    effect = officer.open(closing).locator("main").inner_text()
    assert "监督检查" in effect
    assert "没有：等级不变" not in effect
    page = officer.fill(closing)
    assert "已办结" in page.locator("main").inner_text()
    assert "已办结" in officer.open(alert).locator("main").inner_text()
    assert "等级上调" in level_of(officer, HEADS_POST)
    assert duties_of(officer, UNIT) > duties

    officer.fill(f"{report}complete/", outcome="substantiated")
    page = officer.unlock(report)
    page.locator("#about").select_option("result")
    page.locator("#text").fill(RESULT)
    page.locator("[data-part=answer] button").click()
    page.wait_for_selector("[data-part=locked]")
    sender = Somebody(browser, officer.base)
    page = sender.open("/report/of/mec/follow/")
    page.locator("form[data-follow] [name=receipt]").fill(receipt)
    page.locator("form[data-follow] button").click()
    page.wait_for_selector("#found:not([hidden])")
    page.get_by_text(RESULT).wait_for()
    assert "已办结" in page.locator("#found").inner_text()
    sender.page.context.close()


def test_who_says_that_the_office_is_concerned_is_turned_away_before_typing(
    browser: Browser, officer: Somebody
) -> None:
    before = officer.reports()
    sender = Somebody(browser, officer.base)
    page = sender.open("/report/")
    page.locator("[name=concerns][value=office]").check()
    page.locator("main form button").click()
    page.get_by_text("12388").first.wait_for()
    assert page.locator("textarea").count() == 0
    assert officer.reports() == before
    sender.page.context.close()


def test_an_officer_who_is_concerned_loses_the_report_once_it_is_seen_on_reading(
    browser: Browser, officer: Somebody
) -> None:
    report, _receipt = arrived(browser, officer, ABOUT_OFFICER)
    assert ABOUT_OFFICER in officer.unlock(report).locator("[data-part=body]").inner_text()
    page = officer.open(f"{report}send-out/")
    own = page.locator("main label").filter(has_text="岳明霞").locator("[name=concerned]")
    officer.fill(f"{report}send-out/", concern="office", concerned=str(own.get_attribute("value")))
    assert report not in officer.reports()
    answer = officer.page.goto(report)
    assert answer is not None
    assert answer.status == 404


def test_who_sent_a_signed_report_opens_with_a_witness_alone(
    browser: Browser, officer: Somebody
) -> None:
    overseer = Somebody(browser, officer.base, "overseer")
    ask = overseer.open("/casework/witnessing/").locator("main th a").first.get_attribute("href")
    page = overseer.open(str(ask))
    page.wait_for_selector("[data-ready]")
    page.locator("#passphrase").fill(PASSPHRASE["overseer"])
    page.locator("form[data-form=unlock] button").click()
    page.wait_for_selector("form[data-form=unlock]", state="detached")
    assert "已同意" in page.locator("main").inner_text()
    signed = next(
        report
        for report in sorted(officer.reports())
        if officer.open(report).locator("form[data-part=identity]").count()
    )
    page = officer.unlock(signed)
    page.locator("[data-part=identity] button").click()
    page.get_by_text("示例来信人").wait_for()
    overseer.page.context.close()
