"""`lianfang draw-sheet`: verifies the sheet of a draw, without a database or the web framework.

Only `export` reads the database of the installation. Source: 质检认纪〔2012〕1号 五（五）.
"""

import argparse
import re
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

import msgspec
from msgspec import Struct

from lianfang.common.text import Language, Text
from lianfang.inspections.rules.plan import sha256
from lianfang.inspections.rules.sheet import Sheet, SheetRefused, read_sheet
from lianfang.inspections.rules.verifying import Fault, faults_in
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.opening import FileUnopened, content_of
from lianfang.shell.cli.speech import Parser, UsageRefused
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang draw-sheet verify 抽取单.json
  lianfang draw-sheet verify 抽取单.json --digest 公布的摘要 --commitment 公布的承诺
  lianfang draw-sheet verify *.json --format json
  lianfang draw-sheet export 3 -o 抽取单.json

退出码：0 完好；1 不完好；2 打不开或用法有误。""",
    """examples:
  lianfang draw-sheet verify draw.json
  lianfang draw-sheet verify draw.json --digest ANNOUNCED --commitment ANNOUNCED
  lianfang draw-sheet verify *.json --format json
  lianfang draw-sheet export 3 -o draw.json

exit codes: 0 intact; 1 not intact; 2 can't be opened, or wrong usage.""",
)
_VERIFY = Text(
    "重新计算抽取单：名单、种子承诺、混合、分层、抽中的人、检查人员；不符的逐条指出。",
    "Recompute a draw: the list, the commitment, the mixing, strata, who was drawn and who "
    "inspects; each thing that differs is named.",
)
_EXPORT = Text(
    "把一次抽取的抽取单写成文件。编号见网页地址或抽取单。",
    "Write the sheet of a draw to a file; its number stands in the address of its page.",
)
_HEX = re.compile(r"[0-9a-fA-F]{64}")


class ToldFault(Struct, frozen=True):
    """Something that does not hold: what, the line or number of it, and a sentence."""

    place: str
    line: int
    text: str


class Told(Struct, frozen=True, kw_only=True):
    """What is said of a file: only its name, digest and faults where it is not intact."""

    file: str
    intact: bool
    digest: str
    faults: tuple[ToldFault, ...] = ()
    organisation: str | None = None
    title: str | None = None
    year: int | None = None
    plan_digest: str | None = None
    commitment: str | None = None
    source: str | None = None
    public_on: str | None = None
    value: str | None = None
    population: int | None = None
    drawn: int | None = None


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("draw-sheet", ABOUT["draw-sheet"], _EXAMPLES, run)
    tasks = parser.add_subparsers(
        title=Text("任务", "tasks").in_(language),
        metavar=Text("任务", "TASK").in_(language),
        dest="task",
        required=True,
        parser_class=Parser,
    )
    file = Text("文件", "FILE").in_(language)
    exporting = _task(tasks, "export", _EXPORT, language)
    exporting.add_argument("draw", type=int, metavar=Text("编号", "NUMBER").in_(language))
    exporting.add_argument("-o", "--output", type=Path, metavar=file)
    verifying = _task(tasks, "verify", _VERIFY, language)
    verifying.add_argument("files", nargs="+", type=Path, metavar=file)
    told = {
        "digest": Text(
            "固定名单时公布的摘要，只能核对一份文件",
            "the digest announced when the list was frozen; for one file",
        ),
        "commitment": Text(
            "固定名单时公布的种子承诺，只能核对一份文件",
            "the commitment announced when the list was frozen; for one file",
        ),
    }
    for name, about in told.items():
        verifying.add_argument(f"--{name}", metavar="HEX", help=about.in_(language))
    verifying.add_argument(
        "--format",
        choices=["text", "json"],
        default="text",
        help=Text("输出格式（默认 text）", "form of the output (text)").in_(language),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Do one task."""
    tasks: Mapping[str, Callable[[argparse.Namespace, Terminal], Exit]] = {
        "export": _export,
        "verify": _verify,
    }
    return tasks[arguments.task](arguments, terminal)


def _task(
    tasks: "argparse._SubParsersAction[Parser]", name: str, about: Text, language: Language
) -> Parser:
    told = about.in_(language)
    return tasks.add_parser(name, language=language, help=told, description=told)


def _export(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    exporting = import_module("lianfang.shell.cli.drawn")
    path = exporting.write_sheet(arguments.draw, arguments.output)
    terminal.say_text(Text(f"已写入 {path}。", f"Written to {path}."))
    return Exit.DONE


def _verify(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Verify each file; one that can't be opened does not stop the others."""
    announced = {name: getattr(arguments, name) for name in ("digest", "commitment")}
    _require_usable(arguments.files, announced)
    told, unopened = [], False
    for path in arguments.files:
        try:
            told.append(_told(path, announced, terminal.language))
        except FileUnopened as refused:
            terminal.complain(refused.text)
            unopened = True
    if arguments.format == "json":
        terminal.write(msgspec.json.encode(told) + b"\n")
    else:
        for one in told:
            _print(one, terminal)
    if unopened:
        return Exit.REFUSED
    return Exit.DONE if all(one.intact for one in told) else Exit.FOUND


def _require_usable(files: list[Path], announced: Mapping[str, str | None]) -> None:
    for name, value in announced.items():
        if value is None:
            continue
        if len(files) > 1:
            raise UsageRefused(
                Text(
                    f"--{name} 只能核对一份文件。请逐份核对。",
                    f"--{name} is for one file. Verify them one by one.",
                )
            )
        if not _HEX.fullmatch(value):
            raise UsageRefused(
                Text(
                    f"--{name} {value}：应是 64 个十六进制字符。",
                    f"--{name} {value}: it has 64 hexadecimal digits.",
                )
            )


def _told(path: Path, announced: Mapping[str, str | None], language: Language) -> Told:
    content = content_of(path)
    digest = sha256(content)
    try:
        sheet = read_sheet(content)
    except SheetRefused as refused:
        fault = ToldFault("file", 0, refused.sentence(language))
        return Told(file=path.name, intact=False, digest=digest, faults=(fault,))
    found = faults_in(sheet, content, **announced)
    if found:
        faults = tuple(_fault(fault, language) for fault in found)
        return Told(file=path.name, intact=False, digest=digest, faults=faults)
    return told_of(path, sheet, digest)


def told_of(path: Path, sheet: Sheet, digest: str) -> Told:
    """Return what is said of a file whose draw holds."""
    head = sheet.plan.head
    return Told(
        file=path.name,
        intact=True,
        digest=digest,
        organisation=head.organisation_name,
        title=head.title,
        year=head.year,
        plan_digest=sheet.plan_digest,
        commitment=sheet.commitment,
        source=head.source,
        public_on=head.public_on.isoformat(),
        value=sheet.value,
        population=len(sheet.plan.entries),
        drawn=len(sheet.drawn),
    )


def _fault(fault: Fault, language: Language) -> ToldFault:
    return ToldFault(fault.place.value, fault.line, fault.text.in_(language))


def _print(told: Told, terminal: Terminal) -> None:
    style = terminal.style
    if not told.intact:
        title = Text(f"{told.file}：不完好", f"{told.file}: not intact").in_(terminal.language)
        terminal.say(f"{style.error}{title}{style.off}")
        for fault in told.faults:
            terminal.say(f"  {fault.text}")
        return
    title = Text(f"{told.file}：完好", f"{told.file}: intact").in_(terminal.language)
    terminal.say(f"{style.strong}{title}{style.off}")
    for line in (
        Text(f"  机构 {told.organisation}", f"  organisation  {told.organisation}"),
        Text(f"  抽取 {told.title}（{told.year}）", f"  draw          {told.title} ({told.year})"),
        Text(f"  名单摘要 {told.plan_digest}", f"  list          {told.plan_digest}"),
        Text(f"  种子承诺 {told.commitment}", f"  commitment    {told.commitment}"),
        Text(
            f"  公开数值 {told.value}（{told.source}，{told.public_on}），请与公布的数值对照",
            f"  public value  {told.value} ({told.source}, {told.public_on}); compare it with "
            "what was published",
        ),
        Text(
            f"  人数 名单 {told.population}，抽中 {told.drawn}",
            f"  people        {told.population} on the list, {told.drawn} drawn",
        ),
    ):
        terminal.say_text(line)
