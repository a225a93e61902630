"""`lianfang draw`: flowcharts of the powers in a table or Register."""

import argparse
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from lianfang.common.text import Language, Text
from lianfang.documents.drawing.bpmn import bpmn_of
from lianfang.documents.drawing.flow import Chart, chart_of
from lianfang.documents.drawing.geometry import Orientation
from lianfang.documents.drawing.layout import lay_out
from lianfang.documents.drawing.pages import A3, A4, Page, Paper, paged
from lianfang.documents.drawing.pictures import pdf_of, png_of
from lianfang.documents.drawing.svg import svg_of
from lianfang.documents.fonts import font_folders
from lianfang.register.model import Power, Register
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme
from lianfang.shell.cli import registers, sources
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.speech import UsageRefused
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang draw 职权目录.xlsx -o 流程图.pdf
  lianfang draw 登记册.json -o 图 --format svg
  lianfang draw 登记册.json -o 图 --format bpmn --power 采购

PDF 是一个文件，每项职权起新页；其余格式每项职权一个文件，放入 -o 指明的文件夹。
退出码：0 画成了；2 打不开、没有流程可画或缺少字体。""",
    """examples:
  lianfang draw powers.xlsx -o charts.pdf
  lianfang draw register.json -o charts --format svg
  lianfang draw register.json -o charts --format bpmn --power 采购

PDF is one file with a new page for each power; the others are a file for each power in the folder
named by -o.
exit codes: 0 drawn; 2 can't be opened, no flow to draw, or no font.""",
)
_PAPERS = {"a4": A4, "a3": A3}
_UNFIT_FOR_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
_LONGEST_NAME = 40


class Drawing(Struct, frozen=True):
    """A chart, and the name of its file without suffix."""

    chart: Chart
    name: str


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("draw", ABOUT["draw"], _EXAMPLES, run)
    parser.add_argument("file", type=Path, metavar=Text("文件", "FILE").in_(language))
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar=Text("文件或文件夹", "PATH").in_(language),
        help=Text("写到哪里", "where the drawing goes").in_(language),
    )
    parser.add_argument(
        "--format",
        choices=["pdf", "svg", "png", "bpmn"],
        help=Text("格式（默认按文件名，否则 svg）", "format (by the file's name, else svg)").in_(
            language
        ),
    )
    parser.add_argument(
        "--power",
        metavar=Text("名称", "NAME").in_(language),
        help=Text("只画名称含有这些字的职权", "only powers whose name holds this").in_(language),
    )
    parser.add_argument(
        "--lying",
        choices=[way.value for way in Orientation],
        help=Text("纵向或横向（默认自选）", "upright or lying (as fits best)").in_(language),
    )
    parser.add_argument(
        "--paper",
        choices=list(_PAPERS),
        default="a4",
        help=Text("PDF 的纸张（默认 a4）", "paper of the PDF (a4)").in_(language),
    )
    sources.add_reading(parser, language)


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Draw every power that has a flow."""
    scheme = load_scheme(arguments.scheme)
    register = registers.register(arguments.file, scheme, arguments, terminal)
    drawings = list(drawings_of(register, scheme, terminal.language, arguments.power))
    require_any(drawings)
    chosen = arguments.format or arguments.output.suffix.lstrip(".").lower()
    if chosen == "pdf":
        paper: Paper = _PAPERS[arguments.paper]
        content = charts_pdf(drawings, paper, _orientation(arguments))
        arguments.output.write_bytes(content)
        written = [arguments.output]
    else:
        written = _write_each(arguments, drawings, chosen or "svg")
    for drawing in drawings:
        for note in drawing.chart.notes:
            terminal.complain(Text(f"{drawing.name}：{note}", f"{drawing.name}: {note}"))
    terminal.say_text(
        Text(
            f"画了 {len(drawings)} 项职权，写入 {len(written)} 个文件。",
            f"{len(drawings)} powers drawn into {len(written)} files.",
        )
    )
    return Exit.DONE


def drawings_of(
    register: Register, scheme: Scheme, language: Language, wanted: str | None = None
) -> Iterator[Drawing]:
    """Yield a chart of every power that has a flow and whose name holds `wanted`."""
    references = {risk.id: f"R-{number:02d}" for number, risk in enumerate(register.risks, 1)}
    for number, power in enumerate(register.powers, 1):
        if _has_flow(power) and (wanted is None or wanted in power.name):
            chart = chart_of(register, power, scheme, language, references)
            name = _UNFIT_FOR_NAMES.sub("-", power.name)[:_LONGEST_NAME].strip("-.")
            yield Drawing(chart, f"{number:03d}-{name}")


def _has_flow(power: Power) -> bool:
    return any(step.arrows for step in power.steps)


def _orientation(arguments: argparse.Namespace) -> Orientation | None:
    return Orientation(arguments.lying) if arguments.lying else None


def charts_pdf(
    drawings: list[Drawing], paper: Paper = A4, orientation: Orientation | None = None
) -> bytes:
    """Return the charts as one PDF, each on a page of its own or more."""
    pages: list[Page] = [
        page for drawing in drawings for page in paged(drawing.chart, paper, orientation)
    ]
    return pdf_of(pages, font_folders()[-1])


def require_any(drawings: list[Drawing]) -> None:
    """Raise UsageRefused when there is nothing to draw."""
    if not drawings:
        raise UsageRefused(
            Text(
                "没有可画的流程。表中要有“流程”一栏，写成“受理→审核→决定”或逐条编号。",
                "There is no flow to draw. The table needs a column of flows, written as "
                "“受理→审核→决定” or numbered.",
            )
        )


def _write_each(arguments: argparse.Namespace, drawings: list[Drawing], chosen: str) -> list[Path]:
    if chosen not in _WRITERS:
        raise UsageRefused(
            Text(
                f"不知道按什么格式画“{arguments.output.name}”，请用 --format 指明。",
                f"What format {arguments.output.name} should have is not clear; use --format.",
            )
        )
    single = arguments.output.suffix.lower() == f".{chosen}" and len(drawings) == 1
    folder = arguments.output.parent if single else arguments.output
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for drawing in drawings:
        path = arguments.output if single else folder / f"{drawing.name}.{chosen}"
        path.write_bytes(_WRITERS[chosen](drawing.chart, _orientation(arguments)))
        written.append(path)
    return written


def _svg(chart: Chart, orientation: Orientation | None) -> bytes:
    return svg_of(lay_out(chart, orientation or Orientation.PORTRAIT)).encode()


def _png(chart: Chart, orientation: Orientation | None) -> bytes:
    layout = lay_out(chart, orientation or Orientation.PORTRAIT)
    return png_of(layout, font_folders()[-1])


def _bpmn(chart: Chart, orientation: Orientation | None) -> bytes:
    return bpmn_of(lay_out(chart, orientation or Orientation.LANDSCAPE)).encode()


_WRITERS: dict[str, Callable[[Chart, Orientation | None], bytes]] = {
    "svg": _svg,
    "png": _png,
    "bpmn": _bpmn,
}
