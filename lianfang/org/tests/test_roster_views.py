"""The pages of an import: uploaded, looked at, decided, undone, and closed to everybody else."""

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lianfang.files.models import Import
from lianfang.jobs.actions.running import work
from lianfang.jobs.models import Job
from lianfang.org import actions
from lianfang.org.models import Person
from lianfang.org.tests.cast import AT, Cast, full_cast

pytestmark = pytest.mark.django_db
PEOPLE = [["工号", "姓名"], ["100", "新人"], ["004", "改名"]]


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.logins["system"])
    return client


def workbook(rows: Sequence[Sequence[str]] = PEOPLE, sheet: str = "人员") -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for row in (page := book.create_sheet(sheet)) and rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    book.close()
    return SimpleUploadedFile("名册.xlsx", out.getvalue())


def uploaded(client: Client, rows: Sequence[Sequence[str]] = PEOPLE) -> Import:
    answer = client.post(reverse("org:imports"), {"file": workbook(rows)})
    assert answer.status_code == 302
    return Import.objects.latest("pk")


def seen(client: Client, source: Import) -> str:
    """Return the digest that the form of the preview carries."""
    page = client.get(reverse("org:import", args=[source.pk])).content.decode()
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_a_list_is_uploaded_looked_at_and_applied(cast: Cast, client: Client) -> None:
    source = uploaded(client)
    page = client.get(reverse("org:import", args=[source.pk])).content.decode()
    assert "新人" in page
    assert "<del>clerk</del> <ins>改名</ins>" in page
    assert not Person.objects.filter(code="100").exists()
    url = reverse("org:import-apply", args=[source.pk])
    answer = client.post(url, {"seen": seen(client, source)})
    assert answer.headers["Location"] == reverse("org:import", args=[source.pk])
    assert Person.objects.get(code="100").name == "新人"
    after = client.get(answer.headers["Location"]).content.decode()
    assert "撤销这次导入" in after
    assert "<del>clerk</del> <ins>改名</ins>" in after


def test_what_was_applied_is_undone(client: Client) -> None:
    source = uploaded(client)
    client.post(reverse("org:import-apply", args=[source.pk]), {"seen": seen(client, source)})
    client.post(reverse("org:import-undo", args=[source.pk]))
    assert not Person.objects.filter(code="100").exists()
    page = client.get(reverse("org:import", args=[source.pk])).content.decode()
    assert "已撤销" in page
    again = client.post(reverse("org:import-undo", args=[source.pk]))
    assert again.status_code == 422


def test_an_import_is_given_up(client: Client) -> None:
    source = uploaded(client)
    client.post(reverse("org:import-discard", args=[source.pk]))
    page = client.get(reverse("org:import", args=[source.pk])).content.decode()
    assert "什么都没有写入" in page
    answer = client.post(reverse("org:import-apply", args=[source.pk]), {"seen": "x"})
    assert answer.status_code == 422
    assert "已经处理过" in answer.content.decode()
    assert client.post(reverse("org:import-discard", args=[source.pk])).status_code == 422


def test_a_preview_that_is_no_longer_true_is_shown_anew(cast: Cast, client: Client) -> None:
    source = uploaded(client)
    old = seen(client, source)
    actions.change_person(person=cast.people["clerk"], values={"name": "他"}, by=None, at=AT)
    answer = client.post(reverse("org:import-apply", args=[source.pk]), {"seen": old})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请再看一遍新的预览" in page
    assert "<del>他</del> <ins>改名</ins>" in page
    assert not Person.objects.filter(code="100").exists()
    assert client.post(reverse("org:import-apply", args=[source.pk])).status_code == 422


def test_rows_that_can_not_be_taken_are_left_out_only_when_that_is_said(client: Client) -> None:
    source = uploaded(client, [*PEOPLE, ["101", ""]])
    url, told = reverse("org:import-apply", args=[source.pk]), seen(client, source)
    answer = client.post(url, {"seen": told})
    assert answer.status_code == 422
    assert "第 4 行" in answer.content.decode()
    assert client.post(url, {"seen": told, "skip": "1"}).status_code == 302
    assert Person.objects.filter(code="100").exists()


def test_the_lines_are_narrowed_and_paged(client: Client) -> None:
    many = [["工号", "姓名"], *([f"2{n:03}", f"人{n}"] for n in range(120))]
    source = uploaded(client, many)
    url = reverse("org:import", args=[source.pk])
    first = client.get(url).content.decode()
    assert "人0<" in first
    assert "人119" not in first
    last = client.get(url, {"thing": "person", "show": "added", "page": "3"}).content.decode()
    assert "人119" in last
    assert (
        "没有这样的行" in client.get(url, {"thing": "person", "show": "changed"}).content.decode()
    )
    for odd in ({"page": "x"}, {"thing": "x", "show": "x"}, {"page": "999"}):
        assert client.get(url, odd).status_code == 200


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("a.xlsx", b"no workbook"), "已损坏"),
        (SimpleUploadedFile("a.exe", b"MZ"), "exe"),
        (SimpleUploadedFile("a.csv", "甲,乙\n1,2\n".encode()), "没有认出名册"),
    ],
)
def test_what_is_no_list_is_refused_on_the_form_and_not_kept(
    client: Client, file: SimpleUploadedFile, words: str
) -> None:
    answer = client.post(reverse("org:imports"), {"file": file})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_is_too_large_is_refused_with_the_limit(
    client: Client, settings: Settings
) -> None:
    settings.FILE_BYTES = 1024 * 1024
    file = SimpleUploadedFile("a.csv", b"x" * (1024 * 1024 + 1))
    answer = client.post(reverse("org:imports"), {"file": file})
    assert answer.status_code == 422
    assert "超过 1 MB" in answer.content.decode()


def test_the_original_comes_back_as_it_came_in(client: Client) -> None:
    source = uploaded(client)
    answer = client.get(reverse("org:import-file", args=[source.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_a_damaged_original_is_said(client: Client, settings: Settings) -> None:
    source = uploaded(client)
    for path in Path(settings.FILES_ROOT).rglob(source.attachment.digest):
        path.write_bytes(b"changed")
    for name in ("org:import", "org:import-file"):
        assert "已损坏" in client.get(reverse(name, args=[source.pk])).content.decode()


def test_what_is_exported_is_imported_unchanged(client: Client) -> None:
    answer = client.get(reverse("org:roster-export"))
    assert answer.status_code == 200
    file = SimpleUploadedFile("again.xlsx", answer.content)
    assert client.post(reverse("org:imports"), {"file": file}).status_code == 302
    page = client.get(reverse("org:import", args=[Import.objects.get().pk])).content.decode()
    assert "名册与现有登记一致" in page


def test_the_system_administrator_gives_no_seat_in_a_body(cast: Cast, client: Client) -> None:
    rows = [["组织类型", "工号", "起"], ["纪检监察室", "004", "2026-01-01"]]
    file = workbook(rows, sheet="组织成员")
    client.post(reverse("org:imports"), {"file": file})
    page = client.get(reverse("org:import", args=[Import.objects.get().pk])).content.decode()
    assert "由安全管理员" in page
    assert 'name="seen"' not in page


def test_the_list_goes_on(cast: Cast, client: Client) -> None:
    for _ in range(31):
        uploaded(client)
    first = client.get(reverse("org:imports")).content.decode()
    assert "更早" in first
    oldest = Import.objects.order_by("pk")[0]
    before = {"before": str(oldest.pk + 1)}
    assert "最新" in client.get(reverse("org:imports"), before).content.decode()


@pytest.mark.parametrize("part", ["clerk", "head", "secretary", "security", "audit"])
def test_nobody_else_imports_or_knows_of_an_import(cast: Cast, client: Client, part: str) -> None:
    source = uploaded(client)
    other = Client()
    other.force_login(cast.logins[part])
    assert other.get(reverse("org:imports")).status_code == 403
    assert other.post(reverse("org:imports"), {"file": workbook()}).status_code == 403
    assert other.get(reverse("org:roster-export")).status_code == 403
    for name in ("org:import", "org:import-file"):
        assert other.get(reverse(name, args=[source.pk])).status_code == 404
    for name in ("org:import-apply", "org:import-discard", "org:import-undo"):
        assert other.post(reverse(name, args=[source.pk])).status_code == 404


def test_an_import_of_another_organisation_can_not_be_known(cast: Cast, client: Client) -> None:
    source = uploaded(client)
    stranger = Client()
    stranger.force_login(full_cast("other").logins["system"])
    assert stranger.get(reverse("org:import", args=[source.pk])).status_code == 404
    assert "名册.xlsx" not in stranger.get(reverse("org:imports")).content.decode()


def test_a_large_list_is_left_to_the_workers(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianfang.org.views.imports._AT_ONCE", 1)
    source = uploaded(client)
    url, told = reverse("org:import-apply", args=[source.pk]), seen(client, source)
    answer = client.post(url, {"seen": told})
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("shell:job", args=[job.pk])
    again = client.post(url, {"seen": told})
    assert again.headers["Location"] == answer.headers["Location"]
    assert "正在导入" in client.get(reverse("org:import", args=[source.pk])).content.decode()
    work.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.outcome["values"]) == (Job.State.DONE, {"added": 1, "changed": 1})
    assert Person.objects.filter(code="100").exists()
    assert "新增 1 项" in client.get(answer.headers["Location"]).content.decode()


def test_a_large_list_that_changed_meanwhile_ends_with_a_sentence(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianfang.org.views.imports._AT_ONCE", 1)
    source = uploaded(client)
    told = seen(client, source)
    client.post(reverse("org:import-apply", args=[source.pk]), {"seen": told})
    actions.change_person(person=cast.people["clerk"], values={"name": "他"}, by=None, at=AT)
    job = Job.objects.get()
    work.call(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert not Person.objects.filter(code="100").exists()
    assert "请再看一遍" in client.get(reverse("shell:job", args=[job.pk])).content.decode()
