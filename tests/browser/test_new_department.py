"""A new department, from an empty page to a rated register, by its head and three staff."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.newdepartment import PASSWORD, UNIT_NAME
from tests.browser.serving import served_example

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
POSTS = {"decides": "CXC-CZ", "executes": "CXC-XM", "supervises": "CXC-JD"}
FLOW = [
    ("start", "提出项目建议", "CXC-XM"),
    ("step", "核对经费来源", "CXC-JF"),
    ("step", "集体研究立项", "CXC-CZ"),
    ("end", "归档并抽查", "CXC-JD"),
]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the example with a new department in it."""
    home = tmp_path_factory.mktemp("department")
    with served_example(home, "2026-05-14", adding="tests.browser.newdepartment") as served:
        yield served


def signed_in(browser: Browser, base: str, username: str, language: str) -> Page:
    """Return a page of somebody who signed in with name and password."""
    context = browser.new_context()
    context.add_cookies([{"name": "lianfang_language", "value": language, "url": base}])
    page = context.new_page()
    page.goto(f"{base}/account/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(f"{base}/")
    return page


def opened(page: Page, pattern: str) -> str:
    """Follow the first link whose address fits, and return the address."""
    links = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.href)")
    found = next(link for link in links if re.search(pattern, link))
    page.goto(found)
    return str(found)


def sent(page: Page, name: str = "") -> None:
    """Send the form of the page by its primary button, or the one of that name."""
    chosen = f"main form button[name={name}]" if name else "main form .btn-primary"
    page.locator(chosen).first.click()
    page.wait_for_load_state()
    assert page.locator("[aria-invalid=true], .form-err").count() == 0, page.content()


def list_a_power(page: Page, base: str, name: str) -> str:
    """List a power with basis, posts and flow, and return its address (五（一）, 五（二）)."""
    page.goto(f"{base}/powers/")
    opened(page, r"/powers/units/\d+/add/")
    page.locator("[name=name]").fill(name)
    page.locator("[name=category]").select_option("execution")
    page.locator("[name=frequency]").fill("每年约 40 次")
    page.locator("[name=bases-0-regulation]").select_option(index=1)
    page.locator("[name=bases-0-article]").fill("第三条")
    for place, (role, post) in enumerate(POSTS.items()):
        page.locator(f"[name=parts-{place}-post]").select_option(post)
        page.locator(f"[name=parts-{place}-role]").select_option(role)
    sent(page)
    power = page.url.removesuffix("steps/")
    for place, (kind, step, post) in enumerate(FLOW):
        page.locator(f"[name=steps-{place}-name]").fill(step)
        page.locator(f"[name=steps-{place}-kind]").select_option(kind)
        page.locator(f"[name=steps-{place}-post]").select_option(post)
        page.locator(f"[name=steps-{place}-days]").fill("2")
    sent(page)
    assert page.locator("svg").filter(has_text="集体研究立项").count() > 0
    return power


def look_for_risks(page: Page, base: str) -> None:
    """Answer every question about one's post (五（二）)."""
    page.goto(f"{base}/register/finding/")
    opened(page, r"/register/finding/\d+/$")
    for radio in page.locator("main form input[type=radio][value=no]").all():
        radio.check()
    page.locator("main form input[type=radio][value=yes]").first.check()
    sent(page)


def record_a_risk(page: Page, base: str, title: str, power: str) -> str:
    """Record a risk point on a power, and return its address."""
    page.goto(f"{base}/register/")
    opened(page, r"/register/units/\d+/add/")
    page.locator("[name=title]").fill(title)
    choices = page.locator("[name=about] option").all_text_contents()
    about = next(text for text in choices if power in text)
    page.locator("[name=about]").select_option(label=about)
    # The head decides in this power: a risk of the head's own post is endorsed higher up.
    page.locator("label", has_text=re.compile("项目立项岗|Project Officer")).first.click()
    page.locator("[name=aspects]").first.check()
    page.locator("[name=shown_0_text]").fill(f"{title}：项目经费来源不清仍提交研究，事后补写说明")
    sent(page)
    return page.url


def propose(page: Page, risk: str) -> None:
    """Answer every question of the rating and propose what it gives (五（三）)."""
    page.goto(f"{risk}rate/")
    for radio in page.locator("main form input[type=radio][name^=s_][value='4']").all():
        radio.check()
    page.locator("#opinion .lv-h").first.wait_for()
    sent(page, "propose")


def add_measures(page: Page, risk: str) -> None:
    """Write a measure for each phase: who, when, with what evidence (五（四）)."""
    texts = {
        "early": "立项前由经费管理岗逐项核对来源凭证，缺一项即退回",
        "during": "项目监督岗每季度抽查三个在办项目的支出明细",
        "after": "查实虚列的撤销立项并追回经费，结果在处务会通报",
    }
    for phase, text in texts.items():
        page.goto(f"{risk}measures/add/")
        page.locator("[name=phase]").select_option(phase)
        page.locator("[name=text]").fill(text)
        options = page.locator("[name=post] option").all()
        values = [(option.get_attribute("value"), option.inner_text()) for option in options]
        supervisor = next(v for v, text in values if "监督岗" in text or "Monitoring" in text)
        page.locator("[name=post]").select_option(supervisor)
        page.locator("[name=frequency]").fill("每季度")
        page.locator("[name=evidence]").fill("核对记录")
        sent(page)


@pytest.mark.parametrize(
    ("language", "power", "risk"),
    [("zh-hans", "科研项目立项", "立项走过场"), ("en", "科研经费预算核定", "预算虚列")],
)
def test_a_day_of_a_new_department(
    browser: Browser, base: str, language: str, power: str, risk: str
) -> None:
    people = {
        name: signed_in(browser, base, name, language)
        for name in ("new-head", "new-plans", "new-money", "new-checks")
    }
    head, plans, money = people["new-head"], people["new-plans"], people["new-money"]
    list_a_power(head, base, power)
    for page in people.values():
        look_for_risks(page, base)
    recorded = record_a_risk(plans, base, risk, power)
    propose(plans, recorded)
    add_measures(money, recorded)
    head.goto(f"{recorded}endorse/")
    sent(head)
    head.goto(recorded)
    assert head.locator("main .lv-h").count() > 0
    head.goto(f"{base}/register/checks/")
    codes = head.locator(".fd.e .code").all_text_contents()
    assert [code for code in codes if code.startswith(("C1", "C4", "C5"))] == []
    if language == "zh-hans":
        assert UNIT_NAME in head.content()
    for page in people.values():
        page.context.close()
