"""The documentation names what exists, and nothing that does not."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from msgspec.structs import fields

from lianfang.documents import limits
from lianfang.documents.model import Field, ProblemCode
from lianfang.documents.writing.forms import FORMS
from lianfang.register import model
from lianfang.register.words import FIELD_LABELS
from lianfang.scheme.load import load_scheme
from lianfang.shell import page
from lianfang.shell.cli.commands import ABOUT

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_room_is_on_the_map() -> None:
    text = (DOCS / "map.md").read_text(encoding="utf-8")
    rooms = [path.parent.name for path in (ROOT / "lianfang").glob("*/__init__.py")]
    assert [room for room in rooms if f"  {room}/" not in text] == []


_TOPS = ("lianfang", "schemes", "tests", "bench", "script", "docs")
_ROOMS = "|".join([*_TOPS, *(path.parent.name for path in ROOT.glob("lianfang/*/__init__.py"))])
_PATHS = re.findall(rf"`((?:{_ROOMS})/[\w./*-]+)`", (DOCS / "map.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", _PATHS)
def test_every_path_on_the_map_exists(path: str) -> None:
    found = [*ROOT.glob(path), *(ROOT / "lianfang").glob(path)]
    assert found, path


def test_every_command_of_the_readme_exists() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    scripts = set(re.findall(r"^(script/\w+)", text, re.MULTILINE))
    assert scripts
    assert [script for script in scripts if not (ROOT / script).exists()] == []


def test_the_reading_page_names_every_field_and_problem() -> None:
    text = (DOCS / "reading.md").read_text(encoding="utf-8")
    assert [field for field in Field if not re.search(rf"\b{field}\b", text)] == []
    assert [code for code in ProblemCode if f"`{code}`" not in text] == []


def test_the_reading_page_states_the_limits_in_force() -> None:
    text = (DOCS / "reading.md").read_text(encoding="utf-8")
    stated = (
        f"{limits.FILE_BYTES // limits.MEGABYTE} MB a file",
        f"{limits.UNPACKED_BYTES // limits.MEGABYTE} MB",
        f"{limits.PARTS:,} parts",
        f"{limits.PACKING_RATIO} times",
        f"{limits.SHEETS} sheets",
        f"{limits.COLUMNS} columns",
        f"{limits.ROWS:,} rows",
        f"{limits.CELLS:,} cells",
    )
    assert [limit for limit in stated if limit not in text] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "decisions").glob("0*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_field_that_can_differ_has_words() -> None:
    parts = (
        model.Unit,
        model.Post,
        model.Regulation,
        model.Power,
        model.Step,
        model.RiskPoint,
        model.Measure,
    )
    silent = {"id", "unit", "parent", "steps", "measures"}
    names = {field.name for part in parts for field in fields(part)} - silent
    assert names - FIELD_LABELS.keys() == set()


def test_words_repeated_in_the_scheme_agree_with_the_register() -> None:
    scheme = load_scheme("cnas-2012")
    assert {entry.code for entry in scheme.roles} == set(model.Role)
    assert {entry.code for entry in scheme.step_kinds} == set(model.StepKind)
    assert {entry.code for entry in scheme.unit_kinds} == set(model.UnitKind)
    assert {entry.code for entry in scheme.holder_kinds} == set(model.HolderKind)
    assert {entry.code for entry in scheme.regulation_states} == set(model.RegulationState)


def test_every_setting_is_told() -> None:
    sources = [*(ROOT / "lianfang").rglob("*.py")]
    text = "".join(
        path.read_text(encoding="utf-8") for path in sources if "tests" not in path.parts
    )
    named = set(re.findall(r'environment\.\w+\(\s*"(LIANFANG_[A-Z_]+|DATABASE_URL)"', text))
    told = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert {name for name in named if f"`{name}`" not in told} == set()


def test_every_table_is_in_the_glossary() -> None:
    told = (DOCS / "glossary.md").read_text(encoding="utf-8")
    tables = [
        model.__name__ for model in apps.get_models() if model.__module__.startswith("lianfang.")
    ]
    assert [name for name in tables if not re.search(rf"\b{name}\b", told)] == []


def test_the_page_of_actions_is_that_of_the_code() -> None:
    written = page.TARGET.read_text(encoding="utf-8")
    assert written == page.page(), "Run python -m lianfang.shell.page."


def test_every_command_is_on_the_page_of_commands() -> None:
    told = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert [name for name in ABOUT if f"`lianfang {name}" not in told] == []


def test_every_form_is_on_the_page_of_commands() -> None:
    told = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert [code for code in FORMS if f"`{code}`" not in told] == []
