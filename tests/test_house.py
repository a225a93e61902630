"""Rules of the house that no linter knows: who writes, who fetches, what an action takes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import get_resolver

from tests.test_access_matrix import named_urls

PACKAGE = Path(__file__).parents[1] / "lianfang"
WRITES = {"save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "raw"}
# Room -> why its actions may do without somebody who acts.
SILENT = {"jobs", "notices"}


def modules(*parts: str) -> list[Path]:
    """Return the modules called or lying in a folder called any of `parts`, without tests."""
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if "tests" not in path.parts and ({path.stem, path.parent.name} & set(parts))
    ]


def calls(tree: ast.AST) -> Iterator[ast.Attribute]:
    """Yield what is called as a method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func


def _shown(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", modules("views", "forms", "queries", "access"), ids=_shown)
def test_only_actions_write(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [(call.attr, call.lineno) for call in calls(tree) if call.attr in WRITES] == []


@pytest.mark.parametrize("path", modules("views"), ids=_shown)
def test_a_view_fetches_nothing_past_access(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert found == []


def _atomic(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            marks = {ast.unparse(mark) for mark in node.decorator_list}
            if "transaction.atomic" in marks:
                yield node


@pytest.mark.parametrize("path", modules("actions"), ids=_shown)
def test_an_action_is_told_who_acts_and_when_by_name(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0]
    wanted = {"at"} if room in SILENT else {"by", "at"}
    found = {
        action.name: wanted - {argument.arg for argument in action.args.kwonlyargs}
        for action in _atomic(path)
    }
    assert {name: missing for name, missing in found.items() if missing} == {}


def test_no_app_reads_the_clock_by_itself() -> None:
    told = {"datetime.now", "date.today", "timezone.now", "datetime.utcnow", "time.time"}
    found = [
        (_shown(path), call.lineno)
        for path in sorted(PACKAGE.rglob("*.py"))
        if "tests" not in path.parts and path.name != "clock.py"
        for call in calls(ast.parse(path.read_text(encoding="utf-8")))
        if ast.unparse(call) in told
    ]
    assert found == []


_NAMED = re.compile(
    r"""(?:\{% url |\breverse(?:_lazy)?\(|\bredirect\()["\']([a-z_]+:[a-z0-9_-]+)["\']"""
)


def test_every_address_that_is_named_exists() -> None:
    """A page that leads nowhere breaks only when that line of it is shown."""
    there = set(named_urls(get_resolver()))
    named = {
        (_shown(path), name)
        for path in sorted([*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py")])
        for name in _NAMED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(named) > 500
    assert [(path, name) for path, name in sorted(named) if name not in there] == []
