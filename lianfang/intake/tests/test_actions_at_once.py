"""Two people write at the same moment; a process is killed in the middle of writing."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import msgspec
import pytest
from django.db import connection, connections
from pytest_django import Settings as ProjectSettings

from lianfang.audit.verify import verify
from lianfang.common.errors import Refused
from lianfang.files.actions import ImportClosed
from lianfang.files.models import Import
from lianfang.intake.actions.applying import RegisterMoved
from lianfang.intake.actions.deciding import remember
from lianfang.intake.actions.undoing import NotUndone
from lianfang.intake.models import Remembered
from lianfang.intake.rules.settings import Settings
from lianfang.intake.tests.actions_world import (
    HOARDING,
    PAYING,
    REVIEWING,
    latest,
    log,
    read_again,
    row,
    undone,
)
from lianfang.intake.tests.importing import applied, sent, table
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.risks.models import RiskPoint

DIFFERENT = (
    PAYING,
    HOARDING,
    row(power="采购物资", risk="规避招标", shows="拆分项目", measures="按年汇总采购"),
    row(power="公车管理", risk="公车私用", shows="节假日外出", measures="定位留痕并公示里程"),
)
many_at_once = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one write at a time"
)
on_a_file = pytest.mark.skipif(
    "DATABASE_URL" in os.environ, reason="kills a process on a SQLite file of its own"
)


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: ProjectSettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    del transactional_db
    return full_cast()


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment; return what came of each, a refusal for one refused."""
    begin = Barrier(len(deeds))

    def done(deed: Callable[[], object]) -> object:
        try:
            begin.wait(timeout=60)
            return deed()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(done, deeds))


def refusals(came: list[object]) -> list[type[Refused]]:
    return [type(one) for one in came if isinstance(one, Refused)]


@many_at_once
def test_of_files_of_one_unit_written_at_once_exactly_one_is_written(cast: Cast) -> None:
    papers = [sent(cast, table(one), f"{n}.csv") for n, one in enumerate(DIFFERENT)]
    came = at_once(*(lambda paper=paper: applied(cast, paper) for paper in papers))
    assert refusals(came) == [RegisterMoved] * 3
    assert RiskPoint.objects.count() == 1
    states = Import.objects.order_by("state").values_list("state", flat=True)
    assert list(states) == ["applied", *["previewed"] * 3]
    assert verify().fault is None
    for paper, outcome in zip(papers, came, strict=True):
        if isinstance(outcome, Refused):
            applied(cast, read_again(cast, paper))
    assert RiskPoint.objects.count() == 4
    assert len(latest(cast)) == 7


@many_at_once
def test_files_of_different_units_written_at_once_are_both_written(cast: Cast) -> None:
    own = row(basis="")
    other = row(unit="评审处", power="评审", basis="", post="评审岗", risk="泄密", who="")
    papers = [sent(cast, table(own), "甲.csv"), sent(cast, table(other), "乙.csv")]
    came = at_once(*(lambda paper=paper: applied(cast, paper) for paper in papers))
    assert refusals(came) == []
    assert RiskPoint.objects.count() == 2


@many_at_once
def test_an_import_that_two_decide_at_once_is_written_once(cast: Cast) -> None:
    paper = sent(cast, table(PAYING, HOARDING))
    came = at_once(*[lambda: applied(cast, paper)] * 2)
    assert refusals(came) == [ImportClosed]
    assert log().count("files.import.applied") == 1
    assert RiskPoint.objects.count() == 2


@many_at_once
def test_writing_and_undoing_at_once_leave_one_order_or_the_other(cast: Cast) -> None:
    first = applied(cast, sent(cast, table(PAYING)))
    second = sent(cast, table(row(level="低"), REVIEWING), "二.csv")
    came = at_once(lambda: undone(cast, first), lambda: applied(cast, second))
    assert refusals(came) in ([NotUndone], [RegisterMoved])
    written = Import.objects.get(pk=second.opened_id).state == Import.State.APPLIED
    assert RiskPoint.objects.count() == (2 if written else 0)


@many_at_once
def test_a_heading_that_two_remember_at_once_is_remembered_once(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    settings = Settings(columns={"审查内容": "risk"})

    def remembered() -> int:
        return remember(paper=paper, settings=settings, by=cast.logins["office"], at=AT)

    assert sorted(at_once(*[remembered] * 4)) == [0, 0, 0, 1]  # type: ignore[type-var]
    assert Remembered.objects.count() == 1


# killed


def process(home: Path, deed: str, **streams: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "lianfang.intake.tests.actions_killed", deed],
        env=os.environ
        | {"LIANFANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "lianfang.config.testing"},
        stdout=subprocess.PIPE,
        text=True,
        **streams,
    )


@on_a_file
def test_a_process_killed_while_it_writes_leaves_nothing_of_it(tmp_path: Path) -> None:
    with process(tmp_path, "write", stdin=subprocess.PIPE) as writing:
        assert writing.stdout is not None
        before = msgspec.json.decode(writing.stdout.readline())
        assert msgspec.json.decode(writing.stdout.readline()) == "in the middle"
        writing.kill()
    assert writing.returncode == -9
    with process(tmp_path, "look") as looking:
        assert looking.stdout is not None
        left, written = (msgspec.json.decode(line) for line in looking.stdout)
    assert looking.returncode == 0
    assert left == before
    assert left["imports"] == ["applied", "previewed"]
    assert written["imports"] == ["applied", "applied"]
    assert (written["risks"], written["fault"]) == (3, None)
    assert [now - was for now, was in zip(written["places"], left["places"], strict=True)] == [
        1,
        1,
        0,
    ]
