"""What reading, writing and undoing ask of the database grows by batches, not by rows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from pytest_django import Settings as ProjectSettings

from lianfang.intake.actions.planning import keep_preview
from lianfang.intake.exchange.planning import prepare
from lianfang.intake.models import Paper
from lianfang.intake.queries.books import stored_of
from lianfang.intake.tests.actions_world import fresh, row, undone
from lianfang.intake.tests.importing import applied, asking, sent, sent_unread, table
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db
FEW, MANY = 10, 200


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: ProjectSettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def rows(number: int, level: str = "高") -> str:
    """Return a table of so many risk points, ten on a power, each on its regulation."""
    return table(
        *(
            row(
                power=f"第{n // 10}项职权",
                basis=f"《办法之{n // 10}》",
                risk=f"风险{n}",
                shows=f"表现{n}",
                level=level,
                measures=f"措施{n}",
            )
            for n in range(number)
        )
    )


def asked(deed: Callable[[], object]) -> int:
    """Return how many statements something takes."""
    with CaptureQueriesContext(connection) as statements:
        deed()
    return len(statements)


def costs(cast: Cast, number: int) -> dict[str, int]:
    """Return the statements of each step for a table of so many rows."""
    found: dict[str, int] = {}
    paper = sent_unread(cast, rows(number).encode(), "表.csv")
    made = prepare(paper, asking(cast))
    found["prepare"] = asked(lambda: prepare(paper, asking(cast)))
    found["keep"] = asked(
        lambda: keep_preview(
            paper=paper,
            lines=made.lines,
            counts=made.counts,
            rows=made.rows,
            summary=made.summary,
            judgement=made.judgement,
            touched=made.touched,
            base=made.base,
            by=None,
            at=AT,
        )
    )
    found["apply"] = asked(lambda: applied(cast, fresh(paper)))
    again = sent_unread(cast, rows(number, "低").encode(), "又.csv")
    found["prepare again"] = asked(lambda: prepare(again, asking(cast)))
    changed = sent(cast, rows(number, "低"), "又.csv")
    assert changed.counts["changed"] == number
    found["change"] = asked(lambda: applied(cast, changed))
    found["undo"] = asked(lambda: undone(cast, Paper.objects.get(pk=changed.pk)))
    return found


def test_statements_do_not_grow_with_the_rows() -> None:
    few, many = costs(full_cast("few"), FEW), costs(full_cast("many"), MANY)
    for step in ("prepare", "keep", "apply", "prepare again"):
        assert many[step] == few[step], step
    # stored rows are changed so many at a time as a statement may have parameters
    for step in ("change", "undo"):
        assert many[step] - few[step] <= (MANY - FEW) // 10, step
    assert many["prepare"] <= 40
    assert many["apply"] <= 130


def test_what_an_import_is_held_against_costs_25_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    cast = full_cast()
    applied(cast, sent(cast, rows(FEW)))
    # units; the register; the last import; settled levels; codes of regulations, twice of
    # powers, risk points and drafts
    with django_assert_num_queries(1 + 15 + 1 + 1 + 1 + 2 * 3):
        stored_of(cast.organisation, ON, ["CW", "PS"])
