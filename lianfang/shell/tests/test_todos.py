"""What the desk asks somebody to do because of tables that came in."""

from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.intake.tests.importing import applied, sent, table
from lianfang.org.tests.cast import full_cast
from lianfang.shell.todos import tables_to_decide

pytestmark = pytest.mark.django_db
ROW = "财务处,报销,执行权,,出纳岗,虚报费用,虚列发票套取资金,高,双人复核,"


def test_a_table_that_waits_asks_whoever_sent_it_until_it_is_decided(
    settings: Settings, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path
    cast = full_cast()
    paper = sent(cast, table(ROW), part="clerk")
    asked = {
        part: [todo.title for todo in tables_to_decide(cast.standing(part))]
        for part in ("clerk", "head", "office", "system")
    }
    assert asked == {
        "clerk": ["确认上传的表格：1 份待导入"],
        "head": [],
        "office": [],
        "system": [],
    }
    applied(cast, paper, "clerk")
    assert tables_to_decide(cast.standing("clerk")) == ()
