"""Tables as offices hand them in go into the register through the browser; no cell is lost."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.walking import enter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TABLES = Path(__file__).parents[1] / "tables"
SAMPLES = sorted(path for path in TABLES.glob("0[1-8]-*") if path.suffix != ".json")
# of the two samples that name no unit; any unit of the example will do
UNIT = "BGS"
PATIENCE = 60_000


@pytest.fixture(scope="module")
def page(browser: Browser, example: str) -> Iterator[Page]:
    """Return a page of somebody in the office that collects the tables."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "lianfang_language", "value": "zh-hans", "url": example}])
    opened = context.new_page()
    enter(opened, example, "office")
    yield opened
    context.close()


def plain(text: object) -> str:
    """Return a text as it is compared: full forms, no white space."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def expected(path: Path) -> list[dict[str, Any]]:
    """Return what a reader should find in a sample."""
    told = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    tables: list[dict[str, Any]] = told["tables"]
    return tables


def values_of(row: dict[str, Any]) -> Iterator[str]:
    """Yield the texts that an expected row holds."""
    for name, value in row.items():
        if name in ("row", "level") or value is None:
            continue
        if name == "measures":
            yield from (measure["text"] for measure in value)
        elif isinstance(value, dict):
            yield value["any_of"][0]
        else:
            yield str(value)


def upload(page: Page, base: str, unit: str = "") -> str:
    """Send all samples at once, wait until they are read, and return the delivery's address."""
    page.goto(f"{base}/intake/")
    page.locator("[name=tables]").set_input_files(SAMPLES)
    if unit:
        page.locator("[name=unit]").select_option(label=unit)
    page.locator("main form .btn-primary").click()
    page.wait_for_url(f"{base}/intake/*/")
    page.locator("#papers[hx-trigger]").wait_for(state="detached", timeout=PATIENCE)
    return page.url


def papers(page: Page, delivery: str) -> dict[str, str]:
    """Return the addresses of a delivery's files by their names."""
    page.goto(delivery)
    links = page.locator("#papers th a")
    return {
        link.inner_text(): page.evaluate("a => a.href", link.element_handle())
        for link in links.all()
    }


def settle(page: Page, paper: str) -> None:
    """Set up the units that are not there, and say whose the rows are that name none."""
    page.goto(f"{paper}understood/")
    if page.locator("b", has_text="（未注明单位）").count():
        page.locator("[name=unit]").select_option(UNIT)
    for select in page.locator("select[name^=u]:not([name=unit])").all():
        if select.input_value() == "" and select.locator("option[value='+']").count():
            label = page.locator(f"label[for={select.get_attribute('id')}]").inner_text()
            if "未注明单位" not in label:
                select.select_option("+")
    page.locator("main form .btn-primary").click()
    page.wait_for_load_state()
    assert page.locator(".errors").count() == 0


def chip(page: Page, word: str) -> int:
    """Return the number on a chip of the difference, 0 where there is none."""
    found = page.locator(".fchip", has_text=word)
    return int(found.first.locator("b").inner_text()) if found.count() else 0


def check_columns(page: Page, paper: str, tables: list[dict[str, Any]]) -> None:
    """Hold the columns as understood against the expected ones."""
    page.goto(f"{paper}understood/")
    shown = {
        plain(row.get_attribute("data-heading")): row.locator("select").input_value()
        for row in page.locator("tr[data-heading]").all()
    }
    for table in tables:
        for column in table["columns"]:
            right = column.get("accept") or [column["field"]]
            assert shown[plain(column["header"])] in [field or "" for field in right], column


def check_rows(page: Page, paper: str, tables: list[dict[str, Any]]) -> None:
    """Find every expected row, and every expected text, in the original as it was kept.

    A table that goes on in the next one fills its first rows from the one before.
    """
    kept = ""
    for number, table in enumerate(tables):
        page.goto(f"{paper}original/?table={number}")
        data = page.locator("tbody tr:not(.loose)")
        assert data.count() == len(table["rows"]), number
        kept += plain(page.locator("tbody").inner_text())
    for table in tables:
        for row in table["rows"]:
            for text in values_of(row):
                assert plain(text).rstrip("；。;") in kept, (row["row"], text)


def test_the_samples_are_read_written_and_change_nothing_a_second_time(
    page: Page, example: str
) -> None:
    delivery = upload(page, example)
    found = papers(page, delivery)
    assert sorted(found) == sorted(path.name for path in SAMPLES)
    for path in SAMPLES:
        settle(page, found[path.name])
        tables = expected(path)
        check_columns(page, found[path.name], tables)
        check_rows(page, found[path.name], tables)
        page.goto(found[path.name])
        assert chip(page, "不能导入") == 0
        assert chip(page, "新增") > 0
    page.goto(delivery)
    page.locator("footer .btn-primary").click()
    page.wait_for_load_state()
    page.locator("#papers[hx-trigger]").wait_for(state="detached", timeout=PATIENCE)
    assert page.locator("#papers .tag.ok").count() == len(SAMPLES)

    again = papers(page, upload(page, example, unit="办公室"))
    for path in SAMPLES:
        page.goto(again[path.name])
        assert (chip(page, "新增"), chip(page, "改动"), chip(page, "不能导入")) == (0, 0, 0), path
        assert page.get_by_text("没有要导入的内容").count() == 1
