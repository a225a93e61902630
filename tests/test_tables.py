"""Whole files through the reader: the eight samples, and tables of fifty-two other offices."""

import json
from pathlib import Path

import pytest

from lianfang.common.text import Language
from lianfang.documents.reading import read_file
from lianfang.documents.report import reading_json
from lianfang.scheme.load import load_scheme
from tests.scoring import expectations, misses

HERE = Path(__file__).parent
FILES = [*expectations(HERE / "tables"), *expectations(HERE / "offices")]


@pytest.mark.parametrize("expected", FILES, ids=lambda path: path.stem)
def test_a_table_is_read_exactly(expected: Path) -> None:
    source = expected.with_name(json.loads(expected.read_text(encoding="utf-8"))["file"])
    scheme = load_scheme("cnas-2012")
    reading = read_file(source, scheme)
    found = json.loads(reading_json(reading, scheme, Language.ZH))
    assert misses(expected, found) == []


def test_no_sample_is_missing() -> None:
    assert len(FILES) == 8 + 52
