"""Reading, checking, printing, drawing at 1,000 and 100,000 rows: CPU, per row, and ratios.

Each figure is measured in a process of its own, so that memory is its own too; the bare library
is measured in the same run, because machines differ and the ratio does not.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import python_calamine

from bench.tables import write
from lianfang.checks import engine
from lianfang.common.collecting import paused_collection
from lianfang.common.text import Language
from lianfang.documents.drawing.flow import chart_of_steps, looks_of
from lianfang.documents.drawing.layout import lay_out
from lianfang.documents.drawing.svg import svg_of
from lianfang.documents.reading import read_file
from lianfang.documents.registering import register_of
from lianfang.documents.writing.forms import render
from lianfang.documents.writing.request import Format, Request
from lianfang.register.canonical import to_json
from lianfang.register.identity import carry_over
from lianfang.register.model import Arrow, Register, Step
from lianfang.scheme.load import load_scheme

OUT = Path(__file__).parent / "out"
SIZES = (1_000, 100_000)
CHARTS = 1_000
CHART_STEPS = 8


def _library(path: Path) -> None:
    python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _read(path: Path) -> Register:
    scheme = load_scheme("cnas-2012")
    with paused_collection():  # as the command line does
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


def _print(path: Path, format: Format) -> Callable[[], None]:
    scheme = load_scheme("cnas-2012")
    request = Request(register=_read(path), scheme=scheme, on=date(2026, 5, 14))
    render("catalogue", request, format)  # fonts and templates are read once in a process

    def run() -> None:
        content = render("measures", request, format)
        print(f"    {len(content):,} bytes", file=sys.stderr)

    return run


def _draw(path: Path) -> Callable[[], None]:
    """Draw a thousand charts of eight steps, every name new."""
    del path
    looks = looks_of(load_scheme("cnas-2012"), Language.ZH)
    charts = [
        chart_of_steps(
            [
                Step(
                    id=str(step),
                    name=f"第{number}号事项的第{step}个办理环节",
                    lane=("经办岗", "处室负责人", "分管领导")[step % 3],
                    arrows=(Arrow(to=str(step + 1)),) if step < CHART_STEPS else (),
                )
                for step in range(1, CHART_STEPS + 1)
            ],
            title=f"第{number}项职权",
            language=Language.ZH,
            looks=looks,
        )
        for number in range(CHARTS)
    ]

    def run() -> None:
        size = sum(len(svg_of(lay_out(chart))) for chart in charts)
        print(f"    {size:,} characters", file=sys.stderr)

    return run


WORK: dict[str, Callable[[Path], Callable[[], None]]] = {
    "library alone": lambda path: lambda: _library(path),
    "read into a Register": lambda path: (
        lambda: print(f"    {len(_read(path).risks)} risk points", file=sys.stderr)
    ),
    "all checks": _check,
    "canonical JSON": _canonical,
    "recognise a re-import": _match,
    "print .xlsx form": lambda path: _print(path, Format.XLSX),
    "print .csv": lambda path: _print(path, Format.CSV),
    "print .docx": lambda path: _print(path, Format.DOCX),
    "print .pdf": lambda path: _print(path, Format.PDF),
    "draw 1,000 charts": _draw,
}
# Works that no office does with a hundred thousand rows at once.
SMALL_ONLY = {"print .docx", "print .pdf", "draw 1,000 charts"}


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
            if size > min(SIZES) and work in SMALL_ONLY:
                continue
            seconds, peak = _measured(work, path, arguments.times)
            library = library or seconds
            print(
                f"{work:<24}{size:>9,}{seconds:>9.3f}{seconds / size * 1e6:>9.1f}"
                f"{seconds / library:>11.1f}{peak:>9}"
            )


if __name__ == "__main__":
    main()
