"""The two schemes, and a way to break the small one."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme

TINY = Path(__file__).parent / "tiny"

Break = Callable[[str, str, str], Path]


@pytest.fixture(scope="session")
def real() -> Scheme:
    return load_scheme("cnas-2012")


@pytest.fixture(scope="session")
def tiny() -> Scheme:
    return load_scheme(TINY)


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """Copy the small scheme with one text of one file replaced at its first place."""

    def replace(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "broken"
        shutil.copytree(TINY, folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return replace


def written(sections: dict[str, Any], folder: Path) -> Path:
    """Write plain values as one file of YAML, of which JSON is a part."""
    folder.mkdir(exist_ok=True)
    text = json.dumps(sections, ensure_ascii=False, indent=1)
    (folder / "scheme.yaml").write_text(text, encoding="utf-8")
    return folder
