"""Importing a table: preview and applying at 1,000 and 100,000 rows, CPU seconds and peak memory.

`python -m bench.intake`. Each size runs in a process of its own, so that memory is its own too.
The library alone reading the same file is the measure of the machine; the last figure is the
preview of the same file once more, of which nothing changes.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
from django.test.utils import override_settings

from bench.stage import HOME, set_up
from bench.tables import write
from lianfang.intake.exchange.applying import apply_all, make_preview
from lianfang.intake.tests.importing import asking, sent_unread, units_of
from lianfang.org.tests.cast import AT

SIZES = (1_000, 100_000)
OUT = Path(__file__).parent / "out"
ROWS_A_UNIT = 700
WORK = ("library alone", "preview", "apply", "preview again")


def _one(size: int) -> None:
    """Print the figures of one size: seconds of each work, peak megabytes, lines unchanged."""
    path = write(OUT / f"rows-{size}.xlsx", size)
    cast = set_up()
    office = cast.logins["office"]
    with override_settings(FILES_ROOT=OUT / "files"):
        units_of(cast, size // ROWS_A_UNIT + 1)
        asked = asking(cast)
        first = sent_unread(cast, path.read_bytes(), path.name)
        again = sent_unread(cast, path.read_bytes(), path.name)
        figures = [
            _spent(lambda: _library(path)),
            _spent(lambda: make_preview(first, asked, by=office, at=AT)),
        ]
        first.refresh_from_db()
        figures.append(_spent(lambda: apply_all([first], asked, by=office, at=AT)))
        figures.append(_spent(lambda: make_preview(again, asked, by=office, at=AT)))
        again.refresh_from_db()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    counts = again.counts
    changed = counts.get("added", 0) + counts.get("changed", 0)
    print(*figures, peak, counts.get("unchanged", 0), changed)


def _library(path: Path) -> None:
    python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _own_database() -> dict[str, str]:
    """Return the environment without this process's own database: each size makes its own."""
    own = HOME.name
    return {name: value for name, value in os.environ.items() if own not in value}


def main() -> None:
    """Measure each size in a process of its own, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", type=int)
    asked = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    if asked.one:
        _one(asked.one)
        return
    for size in asked.sizes:
        done = subprocess.run(  # noqa: S603  # this program itself
            [sys.executable, "-m", "bench.intake", "--one", str(size)],
            check=True,
            capture_output=True,
            text=True,
            env=_own_database(),
        )
        *seconds, peak, unchanged, changed = done.stdout.split()
        base = float(seconds[0])
        print(f"import of {size:,} rows, peak {peak} MB; again: {unchanged} same, {changed} not")
        for name, spent in zip(WORK, seconds, strict=True):
            print(f"  {name:<16}{float(spent):>9.2f} s{float(spent) / base:>9.1f} ×")


if __name__ == "__main__":
    main()
