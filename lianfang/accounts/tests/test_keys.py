"""Security keys in a real browser under the real policy, with a key that is only simulated."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, sync_playwright

from lianfang.accounts.tests.logins import PASSWORD

CHROMIUM = "/usr/bin/chromium"
SET_UP = f"""
import django
django.setup()
from django.core.management import call_command
from lianfang.accounts.actions import create_login
from lianfang.common import clock
call_command("migrate", verbosity=0)
create_login(username="zhang", password={PASSWORD!r}, must_change_password=False,
             organisation=None, by=None, at=clock.now())
"""
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
pytestmark = pytest.mark.browser


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve an installation with one login; a name, for keys are not made for numbers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "LIANFANG_HOME": str(tmp_path),
        "LIANFANG_TESTING": "0",
        "LIANFANG_DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "lianfang.config.settings",
    }
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", SET_UP], env=environment, check=True)
    command = [sys.executable, "-m", "django", "runserver", "--noreload", f"localhost:{port}"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("localhost", port)).close()
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.05)
        else:
            return
    pytest.fail("the server did not answer")


@pytest.fixture
def page() -> Iterator[Page]:
    """Return a page of a browser that has a security key plugged in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(locale="zh-CN")
        session = opened.context.new_cdp_session(opened)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        yield opened
        browser.close()


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/account/login/")
    page.fill("#id_username", "zhang")
    page.fill("#id_password", PASSWORD)
    page.click("form.card button")


def test_a_security_key_is_registered_asked_for_and_shown_again(page: Page, address: str) -> None:
    said: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", heard)
    sign_in(page, address)
    page.goto(f"{address}/account/keys/add/")
    page.fill("#id_password", PASSWORD)
    page.click("form.card button")
    page.fill("#id_name", "办公室钥匙")
    page.click("form[data-security-key] button")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    page.goto(f"{address}/account/")
    assert "办公室钥匙" in page.inner_text("main")
    page.goto(f"{address}/account/logout/")
    page.click("main button")
    page.wait_for_url("**/login/")
    sign_in(page, address)
    page.wait_for_url("**/login/code/")
    page.click("form[data-security-key] button")
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/account/confirm/key/?next=/account/recovery-codes/")
    page.click("form[data-security-key] button")
    page.wait_for_url(f"{address}/account/recovery-codes/")
    page.goto(f"{address}/account/")
    assert "密码和安全密钥" in page.inner_text("main")
    page.click("a[href*='/keys/'][href*='remove']")
    page.click("main form button")
    page.wait_for_url(f"{address}/account/")
    assert "办公室钥匙" not in page.inner_text("main")
    assert said == []


def test_without_the_browsers_help_the_form_stays_away(page: Page, address: str) -> None:
    page.add_init_script("delete window.PublicKeyCredential")
    sign_in(page, address)
    page.goto(f"{address}/account/keys/add/")
    page.fill("#id_password", PASSWORD)
    page.click("form.card button")
    page.wait_for_selector("[data-security-key-missing]")
    assert page.locator("form[data-security-key]").is_hidden()
