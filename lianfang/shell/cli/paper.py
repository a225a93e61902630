"""`lianfang print`: the tables of a Register and official papers, ready to be handed in."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from lianfang.checks import engine
from lianfang.checks.finding import Finding
from lianfang.common.clock import day_here
from lianfang.common.errors import Refused
from lianfang.common.text import Text, bare
from lianfang.documents.writing.forms import FORMS, write
from lianfang.documents.writing.official import Kind, OfficialPaper, RecordForm
from lianfang.documents.writing.official_docx import official_docx, record_docx
from lianfang.documents.writing.official_pdf import official_pdf, record_pdf
from lianfang.documents.writing.request import Format, Request
from lianfang.documents.writing.scope import part_of_post, part_of_unit
from lianfang.register.identity import carry_over
from lianfang.register.joining import joined
from lianfang.register.model import Register
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme
from lianfang.shell.cli import registers, sources
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.draw import charts_pdf, drawings_of, require_any
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang print 各处室/*.xlsx --form measures -o 措施表.pdf --heading 某评价中心
  lianfang print 登记册.json --form measures --of 财务处 -o 财务处.xlsx
  lianfang print 登记册.json --form comparison --before 去年.json -o 对照.docx
  lianfang print 通知.yaml --form notice -o 通知.pdf

格式按 -o 的文件名：.xlsx .docx .pdf .csv；公文只有 .docx .pdf。几份文件合为一册。
.xlsx 的措施表可以离线填写后再读回来。退出码：0 写成了；2 不能读、不能写或缺少字体。""",
    """examples:
  lianfang print departments/*.xlsx --form measures -o measures.pdf --heading "A centre"
  lianfang print register.json --form measures --of 财务处 -o finance.xlsx
  lianfang print register.json --form comparison --before last-year.json -o comparison.docx
  lianfang print notice.yaml --form notice -o notice.pdf

The format follows the name after -o: .xlsx .docx .pdf .csv; papers are .docx or .pdf. Several
files become one register. The .xlsx of the measures can be filled in offline and read back.
exit codes: 0 written; 2 can't be read or written, or no font.""",
)
_CHARTS = "flowcharts"
_PAPERS = (*(kind.value for kind in Kind), "record")
# Every value stays the text that was written: `on` is a key, not a truth.
_LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class PrintRefused(Refused):
    """What was asked for can't be printed so."""


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("print", ABOUT["print"], _EXAMPLES, run)
    parser.add_argument("files", nargs="+", type=Path, metavar=Text("文件", "FILE").in_(language))
    parser.add_argument(
        "--form",
        required=True,
        choices=[*FORMS, _CHARTS, *_PAPERS],
        help="; ".join(f"{code} {form.title.in_(language)}" for code, form in FORMS.items()),
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PATH")
    for flag, about in _WORDS.items():
        parser.add_argument(flag, default="", help=about.in_(language))
    parser.add_argument(
        "--before",
        type=Path,
        help=Text("与哪一份对照", "the file to compare with").in_(language),
    )
    parser.add_argument(
        "--on",
        type=date.fromisoformat,
        help=Text("日期，如 2026-05-14（默认今天）", "the date, as 2026-05-14 (today)").in_(
            language
        ),
    )
    sources.add_reading(parser, language)


_WORDS = {
    "--of": Text("只要这个单位或岗位的", "only of this unit or post"),
    "--heading": Text("表头的单位名称", "the organisation named in the heading"),
    "--owner": Text("防控责任人", "the control owner who signs"),
    "--edition": Text("版本号；没有则为工作稿", "number of the edition; none is a draft"),
    "--mark": Text("稿件标记，如 送审稿", "the mark of a draft"),
}


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Write the form to the file named."""
    if arguments.form in _PAPERS:
        _write_paper(arguments)
    elif arguments.form == _CHARTS:
        _write_charts(arguments, terminal)
    else:
        _write_table(arguments, terminal)
    terminal.say_text(Text(f"已写入 {arguments.output}。", f"Written to {arguments.output}."))
    return Exit.DONE


def _write_table(arguments: argparse.Namespace, terminal: Terminal) -> None:
    scheme = load_scheme(arguments.scheme)
    format = _format(arguments.output, tuple(Format))
    register = _register(arguments, scheme, terminal)
    before: Register | None = None
    if arguments.before is not None:
        before = registers.register(arguments.before, scheme, arguments, terminal)
        register = carry_over(before, register)
    request = Request(
        register=_of(register, arguments.of),
        scheme=scheme,
        on=arguments.on or day_here(),
        language=terminal.language,
        heading=arguments.heading,
        owner=arguments.owner,
        edition=arguments.edition,
        mark=arguments.mark,
        findings=_findings(arguments.form, register, scheme),
        before=before,
    )
    write(arguments.form, request, format, arguments.output)


def _write_charts(arguments: argparse.Namespace, terminal: Terminal) -> None:
    scheme = load_scheme(arguments.scheme)
    _format(arguments.output, (Format.PDF,))
    register = _of(_register(arguments, scheme, terminal), arguments.of)
    drawings = list(drawings_of(register, scheme, terminal.language))
    require_any(drawings)
    arguments.output.write_bytes(charts_pdf(drawings))


def _findings(form: str, register: Register, scheme: Scheme) -> tuple[Finding, ...]:
    return engine.run(register, scheme) if form == "findings" else ()


def _register(arguments: argparse.Namespace, scheme: Scheme, terminal: Terminal) -> Register:
    found = [registers.register(path, scheme, arguments, terminal) for path in arguments.files]
    return found[0] if len(found) == 1 else joined(found)


def _of(register: Register, name: str) -> Register:
    """Return the part of the unit or post of that name."""
    if not name:
        return register
    for unit in register.units:
        if bare(unit.name) == bare(name):
            return part_of_unit(register, unit.id)
    for post in register.posts:
        if bare(post.name) == bare(name):
            return part_of_post(register, post.id)
    known = "、".join(unit.name for unit in register.units)
    raise PrintRefused(
        Text(
            f"没有叫“{name}”的单位或岗位。单位有：{known}。",
            f"No unit or post is called {name}. The units are: {known}.",
        )
    )


def _format(path: Path, possible: tuple[Format, ...]) -> Format:
    suffix = path.suffix.lower().lstrip(".")
    for format in possible:
        if format.value == suffix:
            return format
    names = " ".join(f".{format.value}" for format in possible)
    raise PrintRefused(
        Text(
            f"不能写成“{path.name}”，文件名要以 {names} 之一结尾。",
            f"{path.name} can't be written: its name must end in one of {names}.",
        )
    )


# official papers


def _write_paper(arguments: argparse.Namespace) -> None:
    format = _format(arguments.output, (Format.PDF, Format.DOCX))
    content = _values(arguments.files[0])
    writers: dict[Format, Callable[[Any], bytes]]
    paper: OfficialPaper | RecordForm
    if arguments.form == "record":
        paper = _converted(arguments.files[0], content, RecordForm)
        writers = {Format.PDF: record_pdf, Format.DOCX: record_docx}
    else:
        paper = _converted(arguments.files[0], {**content, "kind": arguments.form}, OfficialPaper)
        writers = {Format.PDF: official_pdf, Format.DOCX: official_docx}
    arguments.output.write_bytes(writers[format](paper))


def _values(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506  # texts only
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _unreadable(path, str(error)) from error
    if not isinstance(content, dict):
        raise _unreadable(path, "-")
    body = [
        {"text": block} if isinstance(block, str) else block for block in content.get("body", [])
    ]
    return {**content, "body": body} if body else content


def _converted(path: Path, content: dict[str, Any], kind: type[Any]) -> Any:
    try:
        return msgspec.convert(content, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _unreadable(path, str(error)) from error


def _unreadable(path: Path, reason: str) -> PrintRefused:
    return PrintRefused(
        Text(
            f"{path}：公文内容读不成（{reason}）。请对照 docs/papers 中的例子。",
            f"{path}: this is no content of a paper ({reason}). See the examples in docs/papers.",
        )
    )
