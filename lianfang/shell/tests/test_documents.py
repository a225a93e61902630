"""The page of an official document, as staff open it: the file, or why it is not sent."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from lianfang.accounts.models import User
from lianfang.files import store
from lianfang.files.actions import issue_document, void_document
from lianfang.files.models import OutgoingDocument
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings: Settings, tmp_path: Path) -> Cast:
    settings.FILES_ROOT = tmp_path / "files"
    return full_cast()


@pytest.fixture
def document(cast: Cast) -> OutgoingDocument:
    return issue_document(
        organisation=cast.organisation.pk,
        series="廉防办",
        kind="notice",
        title="关于开展风险排查的通知",
        about=cast.organisation,
        make=lambda mark: (f"{mark}通知.txt", f"通知 {mark}".encode()),
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def page(document: OutgoingDocument) -> str:
    return f"/files/documents/{document.pk}/"


def test_the_file_is_sent_under_its_chinese_name(
    cast: Cast, client: Client, document: OutgoingDocument
) -> None:
    client.force_login(cast.logins["clerk"])
    answer = client.get(page(document))
    assert answer.getvalue().decode() == "通知 廉防办〔2026〕1号"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%BB%89%E9%98%B2%E5%8A%9E%E3%80%942026%E3%80%95"
        "1%E5%8F%B7%E9%80%9A%E7%9F%A5.txt"
    )


def test_a_voided_document_can_still_be_read(
    cast: Cast, client: Client, document: OutgoingDocument
) -> None:
    void_document(document=document, reason="印错了日期", by=None, at=AT)
    client.force_login(cast.logins["clerk"])
    assert client.get(page(document)).getvalue().decode() == "通知 廉防办〔2026〕1号"


def test_a_damaged_file_is_told_of_and_not_sent(
    cast: Cast, client: Client, document: OutgoingDocument
) -> None:
    store.remove(document.attachment.digest)
    client.force_login(cast.logins["clerk"])
    answer = client.get(page(document))
    assert answer.status_code == 422
    assert "已损坏" in answer.content.decode()


def test_a_login_of_no_organisation_gets_no_document(
    client: Client, document: OutgoingDocument
) -> None:
    client.force_login(User.objects.create(username="nobody", created_at=AT))
    assert client.get(page(document)).status_code == 403
