"""`lianfang import`, as whoever runs the machine types it."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.apps import apps
from pytest_django import Settings

from lianfang.accounts.actions import close_login
from lianfang.audit.actions import actor_reference
from lianfang.audit.models import Event
from lianfang.common import clock
from lianfang.common.text import Language
from lianfang.files import jobs as files
from lianfang.files.models import Attachment, Import
from lianfang.intake.models import Delivery, Paper
from lianfang.intake.tests.importing import HEAD, table
from lianfang.org.actions import create_unit
from lianfang.org.models import Unit
from lianfang.org.tests.cast import AT, ON, Cast, full_cast, login, organisation
from lianfang.powers.actions.locks import lock
from lianfang.powers.models import Power
from lianfang.risks.actions.risk import retire_risk
from lianfang.risks.models import Measure, RiskPoint
from lianfang.shell.cli.main import execute
from lianfang.shell.cli.terminal import Exit, Terminal

HOARD = "财务处,资金支付,执行权,《资金办法》,出纳岗,私设小金库,收入不入账,高,按月核对票据,出纳岗"
PAYMENT = "财务处,资金支付,执行权,《资金办法》,出纳岗,重复付款,一票两付,高,付款前核对台账,出纳岗"
REVIEW = "评审处,组织评审,执行权,《评审办法》,评审岗,泄露专家名单,会前外传,中,封闭抽取专家,评审岗"
MARKET = "市场部,合同签订,决策权,,业务岗,串通定价,私下商定价格,低,集体定价,业务岗"
NAMELESS = "出纳岗,资金支付,重复付款,高,付款前核对台账"
Typed = Callable[..., tuple[Exit, str, str]]
Written = Callable[..., Path]


@pytest.fixture
def cast(db: None) -> Cast:
    del db
    return full_cast()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Typed:
    """Return a function that runs the command and gives its exit code, output and errors."""
    settings.FILES_ROOT = tmp_path / "kept"
    monkeypatch.setattr(clock, "now", lambda: AT)

    def type_in(*words: str | Path, language: Language = Language.ZH) -> tuple[Exit, str, str]:
        out, err = io.StringIO(), io.StringIO()
        told = ["import", *map(str, words)]
        code = execute(told, Terminal(language, out, err, {}))
        return code, out.getvalue(), err.getvalue()

    return type_in


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Return a function that writes a table of rows into a file."""

    def write(*rows: str, name: str = "措施表.csv") -> Path:
        path = tmp_path / name
        path.write_text(table(*rows), encoding="utf-8")
        return path

    return write


def nameless(tmp_path: Path) -> Path:
    """Return a table that names no unit."""
    path = tmp_path / "措施表.csv"
    path.write_text(f"岗位,职权名称,风险点,风险等级,防控措施\n{NAMELESS}\n", encoding="utf-8")
    return path


def broken(tmp_path: Path) -> Path:
    """Return a workbook that is kept for one and can't be read as one."""
    path = tmp_path / "损坏.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "no workbook")
    return path


def rows_in_all() -> dict[str, int]:
    """Return how many rows every table holds."""
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def risks() -> list[tuple[str, str]]:
    """Return unit and title of every risk point."""
    return list(RiskPoint.objects.order_by("code").values_list("unit__code", "title"))


def state_of_last() -> str:
    """Return what became of the last import."""
    return Import.objects.latest("pk").state


# what is written


def test_a_dry_run_shows_everything_and_leaves_nothing(
    cast: Cast, typed: Typed, written: Written
) -> None:
    del cast
    before = rows_in_all()
    path = written(PAYMENT)
    code, out, err = typed(path, "--dry-run")
    assert (code, err) == (Exit.DONE, "")
    lines = out.splitlines()
    assert lines[0] == str(path)
    assert lines[1] == "新增 3 · 改动 0 · 停用 0 · 不变 2 · 存疑 0 · 不能导入 0"
    assert f"{path}:2: 新增 风险点 R-CW-01 重复付款" in lines
    assert f"{path}:2: 新增 职权 CW-01 资金支付" in lines
    assert "以上是预览，没有写入。" in lines
    assert rows_in_all() == before


def test_the_bytes_of_a_dry_run_are_left_to_the_nightly_work(
    cast: Cast, typed: Typed, written: Written, settings: Settings
) -> None:
    del cast
    typed(written(PAYMENT), "--dry-run")
    assert [path for path in Path(settings.FILES_ROOT).glob("??/??/*") if path.is_file()]
    assert not Attachment.objects.exists()
    assert files.clean(AT.replace(year=AT.year + 1)) == 1


def test_a_dry_run_lets_a_file_build_on_the_one_before(
    cast: Cast, typed: Typed, written: Written
) -> None:
    del cast
    before = rows_in_all()
    first = written(MARKET, name="一.csv")
    second = written(MARKET.replace("串通定价", "虚增合同金额"), name="二.csv")
    code, out, _ = typed(first, second, "--create", "--dry-run")
    assert code == Exit.DONE
    assert out.count("新增 单位 DW-01 市场部") == 1
    assert f"{second}:2: 新增 风险点 R-DW-01-02 虚增合同金额" in out
    assert rows_in_all() == before


def test_a_file_is_written_once(cast: Cast, typed: Typed, written: Written) -> None:
    del cast
    path = written(PAYMENT, REVIEW)
    code, out, _ = typed(path)
    assert code == Exit.DONE
    assert "已导入：新增 6。" in out.splitlines()
    assert risks() == [("CW", "重复付款"), ("PS", "泄露专家名单")]
    assert state_of_last() == Import.State.APPLIED
    code, out, _ = typed(path)
    assert code == Exit.DONE
    assert "新增 0 · 改动 0 · 停用 0 · 不变 10" in out
    assert "没有可写入的内容。" in out.splitlines()
    assert len(risks()) == 2
    assert state_of_last() == Import.State.DISCARDED


def test_findings_are_told_before_and_after(cast: Cast, typed: Typed, written: Written) -> None:
    del cast
    _, out, _ = typed(written(PAYMENT))
    found = [line for line in out.splitlines() if line.startswith("C")]
    assert found
    assert all(" 0 → " in line for line in found)
    _, out, _ = typed(written(PAYMENT))
    assert not [line for line in out.splitlines() if line.startswith("C")]


def test_what_changes_is_told_in_words(cast: Cast, typed: Typed, written: Written) -> None:
    del cast
    typed(written(PAYMENT))
    changed = PAYMENT.replace(",高,", ",中,").replace("台账", "台账并签字")
    _, out, _ = typed(written(changed), "--dry-run")
    assert "    等级：高 → 中" in out.splitlines()
    assert "内容：付款前核对台账 → 付款前核对台账并签字" in out
    _, out, _ = typed(written(changed), "--dry-run", language=Language.EN)
    assert "    level: High → Medium" in out.splitlines()
    more = PAYMENT.replace("付款前核对台账", "1.付款前核对台账；2.每月对账")
    _, out, _ = typed(written(more), "--dry-run")
    assert "    增加措施：每月对账" in out.splitlines()
    code, out, _ = typed(written(changed))
    assert code == Exit.DONE
    assert "已导入：改动 1。" in out.splitlines()
    assert "等级" not in out
    assert Measure.objects.get().text == "付款前核对台账并签字"


def test_a_risk_point_that_was_retired_is_not_taken_again(
    cast: Cast, typed: Typed, written: Written
) -> None:
    del cast
    path = written(PAYMENT)
    typed(path)
    retire_risk(risk=RiskPoint.objects.get(), on=ON, reason="不再办理", by=None, at=AT)
    code, out, _ = typed(path)
    assert code == Exit.FOUND
    assert f"{path}:2: 新增（未选用） 风险点 R-CW-02 重复付款" in out
    assert "    存疑：以前导入过这个风险点（R-CW-01）" in out
    assert len(risks()) == 1


def test_a_line_of_several_sheets_names_its_sheet(cast: Cast, typed: Typed, tmp_path: Path) -> None:
    del cast
    book = openpyxl.Workbook()
    for name, row in (("财务", PAYMENT), ("评审", REVIEW)):
        sheet = book.create_sheet(name)
        sheet.append(HEAD.split(","))
        sheet.append(row.split(","))
    book.remove(book.worksheets[0])
    path = tmp_path / "全单位.xlsx"
    book.save(path)
    _, out, _ = typed(path, "--dry-run")
    assert f"{path}[评审]:2: 新增 风险点 R-PS-01 泄露专家名单" in out


# units


def test_units_are_set_up_on_demand_only(cast: Cast, typed: Typed, written: Written) -> None:
    del cast
    path = written(MARKET)
    code, out, _ = typed(path)
    assert code == Exit.FOUND
    assert f"{path}:2: 不能导入 风险点 串通定价" in out.splitlines()
    assert "    原因：机构中没有单位“市场部”" in out
    assert "机构中没有“市场部”，可用 --create 新设。" in out.splitlines()
    assert (risks(), state_of_last()) == ([], Import.State.DISCARDED)
    code, out, _ = typed(path, "--create")
    assert code == Exit.DONE
    assert "--create" not in out
    unit = Unit.objects.get(name="市场部")
    assert unit.parent is not None
    assert unit.parent.parent is None
    assert [post.name for post in unit.posts.all()] == ["业务岗"]
    assert risks() == [(unit.code, "串通定价")]


@pytest.mark.parametrize("named", ["CW", "财务处"])
def test_rows_without_a_unit_go_to_the_one_named(
    cast: Cast, typed: Typed, tmp_path: Path, named: str
) -> None:
    del cast
    path = nameless(tmp_path)
    code, out, _ = typed(path)
    assert code == Exit.FOUND
    assert "可用 --unit 指明" in out
    assert typed(path, "--create")[0] == Exit.FOUND
    assert typed(path, "--unit", named)[0] == Exit.DONE
    assert risks() == [("CW", "重复付款")]


def test_a_unit_that_is_not_there_is_refused(cast: Cast, typed: Typed, tmp_path: Path) -> None:
    path = nameless(tmp_path)
    code, out, err = typed(path, "--unit", "市场部")
    assert (code, out) == (Exit.REFUSED, "")
    assert "没有代码或名称为“市场部”的单位" in err
    for code_of_unit in ("GS1", "GS2"):
        create_unit(
            organisation=cast.organisation,
            code=code_of_unit,
            name="咨询公司",
            parent=cast.units["root"],
            by=None,
            at=AT,
        )
    code, _, err = typed(path, "--unit", "咨询公司")
    assert code == Exit.REFUSED
    assert "GS1、GS2" in err
    assert not Delivery.objects.exists()


# on whose behalf


def test_the_system_writes_unless_somebody_is_named(
    cast: Cast, typed: Typed, written: Written
) -> None:
    typed(written(PAYMENT))
    assert set(Event.objects.filter(action__startswith="intake.").values_list("actor")) == {
        ("system",)
    }
    code, _, _ = typed(written(REVIEW), "--by", "centre-OFFICE")
    assert code == Exit.DONE
    office = cast.logins["office"]
    event = Event.objects.filter(action="files.import.applied").latest("position")
    assert event.actor == actor_reference(office)
    assert Delivery.objects.latest("pk").opened_by == office


def test_somebody_imports_what_they_draft(cast: Cast, typed: Typed, written: Written) -> None:
    del cast
    path = written(PAYMENT, REVIEW)
    code, out, _ = typed(path, "--by", "centre-clerk", "--create")
    assert code == Exit.FOUND
    assert f"{path}:3: 不能导入 风险点 泄露专家名单" in out.splitlines()
    assert "您不填报“评审处”" in out
    assert risks() == [("CW", "重复付款")]
    code, out, _ = typed(written(MARKET), "--by", "centre-clerk", "--create")
    assert code == Exit.FOUND
    assert "--create" not in out
    assert not Unit.objects.filter(name="市场部").exists()
    code, _, _ = typed(written(REVIEW), "--by", "centre-system")
    assert code == Exit.FOUND
    assert len(risks()) == 1


def test_a_login_that_can_do_nothing_is_refused(cast: Cast, typed: Typed, written: Written) -> None:
    login("stranger")
    close_login(user=cast.logins["clerk"], reason="调离", by=None, at=AT)
    path = written(PAYMENT)
    for name, words in (
        ("nobody", "没有启用的登录名“nobody”"),
        ("centre-clerk", "没有启用的登录名“centre-clerk”"),
        ("stranger", "不属于机构中的任何人"),
    ):
        code, _, err = typed(path, "--by", name)
        assert code == Exit.REFUSED
        assert words in err
    assert not Delivery.objects.exists()


def test_of_several_organisations_one_must_be_named(
    cast: Cast, typed: Typed, written: Written
) -> None:
    del cast
    organisation("other")
    path = written(PAYMENT)
    code, _, err = typed(path)
    assert code == Exit.REFUSED
    assert "centre、other" in err
    code, _, err = typed(path, "--organisation", "third")
    assert code == Exit.REFUSED
    assert "没有代码为“third”的机构" in err
    code, _, err = typed(path, "--organisation", "other", "--by", "centre-office")
    assert code == Exit.REFUSED
    assert "属于机构“centre”" in err
    assert typed(path, "--by", "centre-office")[0] == Exit.DONE
    assert typed(path, "--organisation", "other")[0] == Exit.FOUND
    assert [risk.organisation.code for risk in RiskPoint.objects.all()] == ["centre"]


@pytest.mark.django_db
def test_without_an_organisation_nothing_is_imported(typed: Typed, written: Written) -> None:
    code, _, err = typed(written(PAYMENT))
    assert code == Exit.REFUSED
    assert "lianfang init" in err


# files that are refused


def test_a_file_that_is_refused_does_not_stop_the_others(
    cast: Cast, typed: Typed, written: Written, tmp_path: Path
) -> None:
    del cast
    missing, picture = tmp_path / "没有.csv", tmp_path / "图.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    empty = tmp_path / "空.csv"
    empty.touch()
    code, out, err = typed(broken(tmp_path), missing, picture, empty, tmp_path, written(PAYMENT))
    assert code == Exit.REFUSED
    assert err.startswith("损坏.xlsx：")
    assert "没有.csv：打不开" in err
    assert "“图.png”不是可以存的类型" in err
    assert "空.csv：文件是空的" in err
    assert len(err.splitlines()) == 5
    assert out.splitlines()[0].endswith("措施表.csv")
    assert risks() == [("CW", "重复付款")]
    assert [(paper.state, paper.opened.state) for paper in Paper.objects.order_by("pk")] == [
        (Paper.State.UNREADABLE, Import.State.DISCARDED),
        (Paper.State.READY, Import.State.APPLIED),
    ]


def test_a_register_that_is_locked_refuses_its_file_alone(
    cast: Cast, typed: Typed, written: Written
) -> None:
    typed(written(PAYMENT))
    lock(unit=cast.units["CW"], reason="审核中", by=None, at=AT)
    more = written(HOARD, name="财务.csv")
    for words in ((), ("--dry-run",)):
        code, out, err = typed(more, *words)
        assert code == Exit.REFUSED
        assert err.startswith("财务.csv：“财务处”已锁定")
        assert "新增 1 · 改动 0" in out
        assert "已导入" not in out
    assert state_of_last() == Import.State.DISCARDED
    code, _, _ = typed(more, written(REVIEW))
    assert code == Exit.REFUSED
    assert risks() == [("CW", "重复付款"), ("PS", "泄露专家名单")]


@pytest.mark.parametrize(
    "words", [(), ("x.csv", "--column", "风险=boss"), ("x.csv", "--levels", "up")]
)
def test_a_command_line_that_means_nothing_is_refused(
    cast: Cast, typed: Typed, words: tuple[str, ...]
) -> None:
    del cast
    code, out, err = typed(*words)
    assert (code, out) == (Exit.REFUSED, "")
    assert err


# how files are read, and how it is told


def test_headings_and_numbered_levels_are_read_as_told(
    cast: Cast, typed: Typed, tmp_path: Path
) -> None:
    del cast
    path = tmp_path / "财务处.csv"
    path.write_text(
        "岗位,职权名称,审查内容,风险等级,防控措施\n"
        "出纳岗,资金支付,重复付款,一级,核对台账\n出纳岗,资金支付,挪用公款,三级,盘点库存\n",
        encoding="utf-8",
    )
    meaning = ("--unit", "CW", "--levels", "low-first", "--column", "审查内容=risk")
    code, _, _ = typed(path, *meaning)
    assert code in (Exit.DONE, Exit.FOUND)
    levels = dict(RiskPoint.objects.values_list("title", "proposed"))
    assert levels == {"重复付款": "low", "挪用公款": "high"}


def test_programs_get_json(cast: Cast, typed: Typed, written: Written, tmp_path: Path) -> None:
    del cast
    path = written(PAYMENT, MARKET)
    code, out, err = typed(path, broken(tmp_path), "--format", "json")
    assert code == Exit.REFUSED
    assert err
    good, bad = json.loads(out)["files"]
    assert (good["file"], good["state"], good["refusal"]) == (str(path), "applied", None)
    assert good["counts"] == {
        "added": 3,
        "changed": 0,
        "retired": 0,
        "unchanged": 2,
        "doubtful": 0,
        "refused": 4,
    }
    assert good["applied"] == {"added": 3}
    told = {(line["kind"], line["label"]): line for line in good["lines"]}
    assert len(told) == 9
    assert told["risk", "重复付款"] == {
        "kind": "risk",
        "verdict": "added",
        "code": "R-CW-01",
        "label": "重复付款",
        "rows": [{"table": 0, "sheet": "措施表", "row": 2}],
        "taken": True,
        "reasons": [],
        "doubts": [],
        "changes": [],
    }
    assert "没有单位“市场部”" in told["risk", "串通定价"]["reasons"][0]
    assert set(good["findings"]) == {"before", "after"}
    assert (bad["state"], bad["lines"], bad["findings"]) == ("refused", [], None)
    assert bad["refusal"] in err
    _, out, _ = typed(written(PAYMENT.replace(",高,", ",中,")), "--dry-run", "--format", "json")
    (preview,) = json.loads(out)["files"]
    assert (preview["state"], preview["applied"]) == ("preview", {})
    (change,) = [entry for line in preview["lines"] for entry in line["changes"]]
    assert (change["field"], change["before"], change["after"]) == ("level", "high", "medium")


def test_it_speaks_english(cast: Cast, typed: Typed, written: Written) -> None:
    del cast
    path = written(PAYMENT, MARKET)
    code, out, _ = typed(path, language=Language.EN)
    assert code == Exit.FOUND
    assert "3 added · 0 changed · 0 retired · 2 unchanged · 0 in doubt · 4 refused" in out
    assert f"{path}:3: refused risk point 串通定价" in out
    assert "    reason: The organisation has no unit “市场部”" in out
    assert "Applied: 3 added." in out.splitlines()
    assert "--create sets them up" in out
    assert Power.objects.get().name == "资金支付"
