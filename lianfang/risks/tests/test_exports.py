"""What leaves the register as a file: exactly the list, and a line in the log."""

import csv
import io
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.audit.queries import history_of
from lianfang.org.tests.cast import ON, Cast, full_cast
from lianfang.register.canonical import from_json
from lianfang.risks.exchange import files
from lianfang.risks.exchange.files import MOST
from lianfang.risks.models import RiskPoint
from lianfang.risks.tests.entering import Entered, browsers_of
from lianfang.risks.tests.many import fill

pytestmark = pytest.mark.django_db
FORMATS = list(MOST)


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def enter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


def taken(client: Client, format: str, query: str = "", status: int = 200) -> bytes:
    response = client.post("/register/export/", {"format": format, "query": query})
    assert response.status_code == status
    return response.content


def listed(**narrowed: object) -> list[str]:
    return list(
        RiskPoint.objects.filter(**narrowed)
        .order_by("-rank", "code")
        .values_list("code", flat=True)
    )


def test_the_csv_has_every_row_of_the_list_in_its_order(cast: Cast, enter: Entered) -> None:
    fill(cast, 60)
    content = taken(enter("clerk"), "list.csv", "level=high&level=low").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0][:3] == ["等级", "编号", "风险点"]
    assert [row[1] for row in rows[1:]] == listed(rank__in=[1, 3])


def test_the_workbook_has_every_row_of_the_list(cast: Cast, enter: Entered, tmp_path: Path) -> None:
    fill(cast, 40)
    file = tmp_path / "list.xlsx"
    file.write_bytes(taken(enter("clerk"), "list.xlsx", "sort=-code"))
    sheet = load_workbook(file).active
    assert sheet is not None
    found = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    codes = [cell for cell in found if str(cell).startswith("R-")]
    assert codes == sorted(listed(), reverse=True)


def test_the_register_holds_the_list_and_what_it_is_about(cast: Cast, enter: Entered) -> None:
    fill(cast, 30)
    unit = cast.units["CW"].pk
    register = from_json(taken(enter("clerk"), "register.json", f"unit={unit}"))
    assert [risk.id for risk in register.risks] == sorted(listed(unit=unit))
    assert {power.unit for power in register.powers} == {"CW"}
    assert register.holders is None


@pytest.mark.parametrize("format", ["measures.xlsx", "measures.docx", "measures.pdf"])
def test_the_official_table_is_written(cast: Cast, enter: Entered, format: str) -> None:
    fill(cast, 5)
    content = taken(enter("clerk"), format)
    assert content.startswith(b"%PDF" if format.endswith("pdf") else b"PK")


@pytest.mark.parametrize("format", FORMATS)
def test_every_export_stands_in_the_log(cast: Cast, enter: Entered, format: str) -> None:
    fill(cast, 4)
    taken(enter("clerk"), format, "level=high&level=low&level=medium&level=none")
    event = Event.objects.latest("position")
    assert event.action == "risks.register.exported"
    told = {change.field: change.after for change in history_of(cast.organisation)[0].changes}
    assert told["format"] == format
    assert told["rows"] == 4
    assert told["asked"] == "level=high&level=low&level=medium&level=none"


def test_a_file_is_named_after_what_it_is_and_the_day(cast: Cast, enter: Entered) -> None:
    fill(cast, 1)
    response = enter("clerk").post("/register/export/", {"format": "list.csv", "query": ""})
    name = unquote(response.headers["Content-Disposition"])
    assert name.endswith(f"廉政风险清册 {ON.isoformat()}.csv")


@pytest.mark.parametrize("format", FORMATS)
def test_a_list_too_long_for_its_file_is_refused(
    cast: Cast, enter: Entered, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cast, 4)
    monkeypatch.setattr(files, "MOST", dict.fromkeys(MOST, 3))
    monkeypatch.setattr("lianfang.risks.views.exports.MOST", dict.fromkeys(MOST, 3))
    events = Event.objects.count()
    assert "最多 3 条" in taken(enter("clerk"), format, status=422).decode()
    assert Event.objects.count() == events


def test_retired_ones_are_only_in_the_list(cast: Cast, enter: Entered) -> None:
    risk = fill(cast, 1)[0]
    RiskPoint.objects.filter(pk=risk.pk).update(retired_on=ON, retired_reason="合并")
    assert risk.code in taken(enter("clerk"), "list.csv", "state=retired").decode()
    assert "都已停用" in taken(enter("clerk"), "register.json", "state=retired", 422).decode()


@pytest.mark.parametrize(("format", "query"), [("exe", ""), ("list.csv", "level=grave")])
def test_what_was_not_offered_is_not_written(enter: Entered, format: str, query: str) -> None:
    taken(enter("clerk"), format, query, 302)


def test_a_formula_stays_a_text(cast: Cast, enter: Entered) -> None:
    risk = fill(cast, 1)[0]
    RiskPoint.objects.filter(pk=risk.pk).update(title="=1+1")
    assert "'=1+1" in taken(enter("clerk"), "list.csv").decode()


def test_an_administrator_takes_nothing(enter: Entered) -> None:
    taken(enter("audit"), "list.csv", status=404)


@pytest.mark.parametrize("rows", [1, 20, 3_000])
def test_a_list_costs_as_many_statements_at_any_size(
    cast: Cast, enter: Entered, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(cast, rows)
    client = enter("clerk")
    client.get("/register/")
    # seven for who asks and the year; units, organisation, rows, posts; organisation; the log in
    # its savepoint
    with django_assert_num_queries(18):
        taken(client, "list.csv")


def test_a_risk_point_carried_by_a_retired_post_is_still_written(
    cast: Cast, enter: Entered
) -> None:
    risk = fill(cast, 1)[0]
    post = risk.carriers.get().post
    post.retired_on = ON
    post.save(update_fields=["retired_on"])
    register = from_json(taken(enter("clerk"), "register.json"))
    assert register.risks[0].posts == (post.code,)
    assert post.code in {seat.id for seat in register.posts}
