"""Reading and checking at 1,000 and 100,000 rows: CPU seconds, CPU per row, ratio to the library.

Each figure is measured in a process of its own, so that memory is its own too; the bare library
is measured in the same run, because machines differ and the ratio does not.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine

from bench.tables import write
from lianfang.checks import engine
from lianfang.documents.reading import read_file
from lianfang.documents.registering import register_of
from lianfang.register.canonical import to_json
from lianfang.register.identity import carry_over
from lianfang.register.model import Register
from lianfang.scheme.load import load_scheme

OUT = Path(__file__).parent / "out"
SIZES = (1_000, 100_000)


def _library(path: Path) -> None:
    python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _read(path: Path) -> Register:
    scheme = load_scheme("cnas-2012")
    return register_of(read_file(path, scheme), scheme).register


def _check(path: Path) -> Callable[[], None]:
    register, scheme = _read(path), load_scheme("cnas-2012")
    return lambda: print(f"    {len(engine.run(register, scheme))} findings", file=sys.stderr)


def _canonical(path: Path) -> Callable[[], None]:
    register = _read(path)
    return lambda: print(f"    {len(to_json(register)):,} bytes", file=sys.stderr)


def _match(path: Path) -> Callable[[], None]:
    register = _read(path)
    return lambda: print(carry_over(register, register) == register, file=sys.stderr)


WORK: dict[str, Callable[[Path], Callable[[], None]]] = {
    "library alone": lambda path: lambda: _library(path),
    "read into a Register": lambda path: (
        lambda: print(f"    {len(_read(path).risks)} risk points", file=sys.stderr)
    ),
    "all checks": _check,
    "canonical JSON": _canonical,
    "recognise a re-import": _match,
}


def _one(work: str, path: Path) -> None:
    run = WORK[work](path)
    start = time.process_time()
    run()
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(seconds, peak)


def _measured(work: str, path: Path, times: int) -> tuple[float, int]:
    """Return the median CPU seconds and the peak MB of a work, each time in a new process."""
    figures: list[tuple[float, int]] = []
    for _ in range(times):
        done = subprocess.run(  # noqa: S603  # this program itself
            [sys.executable, "-m", "bench.run", "--work", work, "--file", str(path)],
            capture_output=True,
            check=True,
            text=True,
        )
        seconds, peak = done.stdout.split()
        figures.append((float(seconds), int(peak)))
    return sorted(figures)[len(figures) // 2]


def main() -> None:
    """Print a table of all works at all sizes, or measure one in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--work", choices=WORK)
    parser.add_argument("--file", type=Path)
    arguments = parser.parse_args()
    if arguments.work:
        _one(arguments.work, arguments.file)
        return
    OUT.mkdir(exist_ok=True)
    print(f"{'':<24}{'rows':>9}{'CPU s':>9}{'µs/row':>9}{'x library':>11}{'peak MB':>9}")
    for size in SIZES:
        path = write(OUT / f"{size}.xlsx", size)
        library = 0.0
        for work in WORK:
            seconds, peak = _measured(work, path, arguments.times)
            library = library or seconds
            print(
                f"{work:<24}{size:>9,}{seconds:>9.3f}{seconds / size * 1e6:>9.1f}"
                f"{seconds / library:>11.1f}{peak:>9}"
            )


if __name__ == "__main__":
    main()
