"""Fifty thousand generated inputs: nothing crashes, no cell is lost, a refusal is a sentence.

LIANFANG_FUZZ=10 makes ten times as many. Each batch has its own seed, printed on failure, so
that a fault can be run again alone.
"""

import json
import os
import random
from collections import Counter
from pathlib import Path

import pytest

from lianfang.documents.formats import delimited
from lianfang.documents.grids import Grid, Merge, Opened
from lianfang.documents.limits import FileRefused
from lianfang.documents.model import Reading
from lianfang.documents.reading import read_file, read_grids
from lianfang.documents.registering import register_of
from lianfang.register.canonical import from_json, to_json
from lianfang.scheme.model import Scheme

TIMES = int(os.environ.get("LIANFANG_FUZZ", "1"))
GRIDS, TEXTS, FILES = 30_000, 15_000, 5_000
BATCHES = 10
SAMPLES = Path(__file__).parents[3] / "tests" / "tables"

_VOCABULARY = json.loads(Path(__file__).with_name("fuzz_words.json").read_text(encoding="utf-8"))
WORDS: list[str] = _VOCABULARY["words"]
LABELS: list[str] = _VOCABULARY["labels"]


def some_cell(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.3:
        return ""
    if kind < 0.85:
        return chance.choice(WORDS)
    if kind < 0.95:
        return chance.choice(LABELS)
    return "".join(
        chr(chance.choice((chance.randrange(32, 127), chance.randrange(0x3000, 0xA000))))
        for _ in range(chance.randrange(12))
    )


def some_grid(chance: random.Random, name: str) -> Grid:
    width = chance.randrange(1, 9)
    rows: list[tuple[str, ...]] = []
    for _ in range(chance.randrange(1, 12)):
        if chance.random() < 0.2:
            rows.append(tuple(chance.sample(LABELS, width)))
        else:
            rows.append(tuple(some_cell(chance) for _ in range(chance.randrange(width + 1))))
    return Grid(name, rows, some_merges(chance, rows, width), follows=chance.random() < 0.3)


def some_merges(
    chance: random.Random, rows: list[tuple[str, ...]], width: int
) -> tuple[Merge, ...]:
    """Return merges that don't overlap; the cells they cover are blanked, as files have them."""
    merges: list[Merge] = []
    taken: set[tuple[int, int]] = set()
    for _ in range(chance.randrange(4)):
        top, left = chance.randrange(len(rows)), chance.randrange(width)
        bottom = min(top + chance.randrange(4), len(rows) - 1)
        right = min(left + chance.randrange(3), width - 1)
        cells = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(cells) == 1 or cells & taken:
            continue
        taken |= cells
        merges.append(Merge(top, left, bottom, right))
        for row in range(top, bottom + 1):
            rows[row] = tuple(
                "" if (row, c) in cells and (row, c) != (top, left) else text
                for c, text in enumerate(rows[row])
            )
    return tuple(merges)


def lost(grids: tuple[Grid, ...], reading: Reading) -> Counter[str]:
    """Return the filled cells of the grids that the reading has fewer times."""
    there = Counter(c.strip() for g in grids for row in g.rows for c in row if c.strip())
    return there - Counter(cell.strip() for cell in reading.all_cells())


def require_sentence(refused: FileRefused) -> None:
    assert refused.text.zh.endswith("。")
    assert refused.text.en.endswith(".")


def require_whole(opened: Opened, scheme: Scheme) -> None:
    reading = read_grids("fuzz", opened, scheme)
    assert not lost(opened.grids, reading)
    register = register_of(reading, scheme).register
    assert from_json(to_json(register)) == register


@pytest.mark.parametrize("seed", range(BATCHES))
def test_no_grid_crashes_the_reader_or_loses_a_cell(seed: int, scheme: Scheme) -> None:
    chance = random.Random(seed)
    for _ in range(GRIDS * TIMES // BATCHES):
        grids = tuple(some_grid(chance, str(n)) for n in range(chance.choice((1, 1, 1, 2))))
        require_whole(Opened(grids), scheme)


@pytest.mark.parametrize("seed", range(BATCHES))
def test_no_csv_text_crashes_the_reader_or_loses_a_cell(
    seed: int, scheme: Scheme, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    path = tmp_path / "fuzz.csv"
    for _ in range(TEXTS * TIMES // BATCHES):
        separator = chance.choice(",,,\t;|")
        lines = [
            separator.join(some_cell(chance) for _ in range(chance.randrange(1, 7)))
            for _ in range(chance.randrange(1, 8))
        ]
        encoding = chance.choice(("utf-8", "gb18030", "utf-8-sig", "utf-16"))
        content = bytearray("\n".join(lines).encode(encoding, errors="replace"))
        for _ in range(chance.choice((0, 0, 0, 1, 3))):
            if content:
                content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(bytes(content))
        try:
            opened = delimited.open_csv(path)
        except FileRefused as refused:
            require_sentence(refused)
            continue
        require_whole(opened, scheme)


@pytest.mark.parametrize("seed", range(BATCHES))
def test_no_damaged_file_crashes_the_reader(seed: int, scheme: Scheme, tmp_path: Path) -> None:
    chance = random.Random(seed)
    sources = [path for path in sorted(SAMPLES.iterdir()) if path.suffix != ".json"]
    for number in range(FILES * TIMES // BATCHES):
        source = chance.choice(sources)
        content = bytearray(source.read_bytes())
        for _ in range(chance.choice((1, 1, 2, 8, 64))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.2:
            del content[chance.randrange(len(content)) :]
        path = tmp_path / f"{number}{source.suffix}"
        path.write_bytes(bytes(content))
        try:
            read_file(path, scheme)
        except FileRefused as refused:
            require_sentence(refused)
        path.unlink()
