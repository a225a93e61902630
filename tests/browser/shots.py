"""Takes pictures of pages, as the example people see them: `script/shots [URL…]`.

Without an address every page that can be reached by links is taken, for the first of the example
people who reaches it. An address is a path such as /org/; `--as LOGIN` chooses who looks at it.
"""

import argparse
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.serving import served_example
from tests.browser.walking import enter, logins, walk

CHROMIUM = "/usr/bin/chromium"
WIDTHS = {1440: 900, 390: 844}
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def main() -> None:
    """Take the pictures and say where they are."""
    asked = _arguments()
    folder = Path(asked.folder)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.testing")
    django.setup()
    with _example(asked.base, asked.day) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        pages = _named(asked) if asked.paths else _all(browser, base)
        for login, paths in pages.items():
            for width in WIDTHS:
                for language in LANGUAGES:
                    _take(browser, base, login, paths, width, language, folder)
        browser.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/shots", description=__doc__)
    parser.add_argument("paths", nargs="*", metavar="URL", help="a path such as /org/")
    parser.add_argument("--as", dest="login", default="", help="the example login that looks")
    parser.add_argument("--base", default="", help="a server that runs already, in example mode")
    parser.add_argument("--day", default=None, help="today of the example, YYYY-MM-DD")
    parser.add_argument("--folder", default="var/shots", help="where the pictures go")
    return parser.parse_args()


@contextmanager
def _example(base: str, day: str | None) -> Iterator[str]:
    if base:
        yield base.rstrip("/")
        return
    with tempfile.TemporaryDirectory() as home, served_example(Path(home), day) as served:
        yield served


def _named(asked: argparse.Namespace) -> dict[str, list[str]]:
    return {asked.login: list(asked.paths)}


def _all(browser: Browser, base: str) -> dict[str, list[str]]:
    """Return each page once, under the first login that reaches it; "" is nobody signed in."""
    page = browser.new_page()
    names: set[str] = set()
    found = {"": ["/enter/", "/account/login/"]}
    for login in logins(page, base):
        page = browser.new_context().new_page()
        enter(page, base, login)
        for visit in walk(page, base):
            if visit.name not in names:
                names.add(visit.name)
                found.setdefault(login, []).append(visit.path)
        page.context.close()
    return found


def _take(
    browser: Browser,
    base: str,
    login: str,
    paths: list[str],
    width: int,
    language: str,
    folder: Path,
) -> None:
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]})
    page = context.new_page()
    if login:
        enter(page, base, login)
    code = LANGUAGES[language]
    context.add_cookies([{"name": "lianfang_language", "value": code, "url": base}])
    for path in paths:
        page.goto(base + path)
        file = folder / f"{_name(path)}-{login or 'nobody'}-{width}-{language}.png"
        _picture(page, file)
    context.close()


def _picture(page: Page, file: Path) -> None:
    page.screenshot(path=file, full_page=True)
    print(file)  # noqa: T201


def _name(path: str) -> str:
    return re.sub(r"[^\w.-]+", "_", path.strip("/")) or "desk"


if __name__ == "__main__":
    main()
