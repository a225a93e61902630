"""`lianfang read`: shows what was understood of a file, with every doubt."""

import argparse
from pathlib import Path

from lianfang.common.text import Text, squeezed
from lianfang.documents.letters import column_letter
from lianfang.documents.model import Column, Problem, Reading, Table
from lianfang.documents.report import reading_json
from lianfang.register.canonical import to_json
from lianfang.scheme.load import load_scheme
from lianfang.shell.cli import sources
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal, padded

_SURE = 0.8
_SHOWN_PROBLEMS = 40

_EXAMPLES = Text(
    """例：
  lianfang read 防控措施表.xlsx
  lianfang read 防控措施表.docx --json > reading.json
  lianfang read 旧表.xls --levels low-first --column 审查内容=risk
  lianfang read 防控措施表.xlsx --register > 登记册.json

退出码：0 读成了；2 打不开或不能读。""",
    """examples:
  lianfang read table.xlsx
  lianfang read table.docx --json > reading.json
  lianfang read old.xls --levels low-first --column 审查内容=risk
  lianfang read table.xlsx --register > register.json

exit codes: 0 read; 2 can't be opened or read.""",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("read", ABOUT["read"], _EXAMPLES, run)
    parser.add_argument("files", nargs="+", type=Path, metavar=Text("文件", "FILE").in_(language))
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json",
        action="store_true",
        help=Text("输出 JSON（格式见 docs/reading.md）", "print JSON (see docs/reading.md)").in_(
            language
        ),
    )
    form.add_argument(
        "--register",
        action="store_true",
        help=Text("输出登记册的规范 JSON", "print the Register as canonical JSON").in_(language),
    )
    sources.add_reading(parser, language)


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Read each file and print what was understood."""
    scheme = load_scheme(arguments.scheme)
    for path in arguments.files:
        if arguments.register:
            found = sources.source(path, scheme, arguments, terminal)
            terminal.write(to_json(found.registered.register) + b"\n")
            continue
        reading = sources.read(path, arguments, terminal)
        if arguments.json:
            terminal.write(reading_json(reading, scheme, terminal.language) + b"\n")
        else:
            _show(reading, terminal)
    return Exit.DONE


def _show(reading: Reading, terminal: Terminal) -> None:
    style = terminal.style
    terminal.say(f"{style.strong}{reading.file}{style.off}")
    for table in reading.tables:
        _show_table(table, terminal)
    if reading.problems:
        terminal.say()
        for problem in reading.problems:
            terminal.say(_problem(problem, terminal))
    terminal.say()


def _show_table(table: Table, terminal: Terminal) -> None:
    rows = len(table.rows)
    title = table.title or Text("（无标题）", "(no title)").in_(terminal.language)
    counted = Text(f"{rows} 行", f"{rows} rows").in_(terminal.language)
    terminal.say()
    terminal.say(f"  {title}  [{table.sheet}]  {counted}")
    for column in table.columns:
        terminal.say(f"    {_column(column, terminal, form=table.form)}")
    if not table.problems:
        terminal.say_text(Text("    没有存疑之处。", "    No doubts."))
        return
    many = len(table.problems)
    terminal.say_text(Text(f"    存疑 {many} 处：", f"    {many} doubts:"))
    for problem in table.problems[:_SHOWN_PROBLEMS]:
        terminal.say(_problem(problem, terminal))
    if many > _SHOWN_PROBLEMS:
        rest = many - _SHOWN_PROBLEMS
        terminal.say_text(
            Text(f"    ……还有 {rest} 处，用 --json 看全部。", f"    … {rest} more; see --json.")
        )


def _column(column: Column, terminal: Terminal, *, form: bool) -> str:
    style = terminal.style
    place = str(column.index + 1) if form else column_letter(column.index)
    field = column.field.value if column.field else "-"
    colour = "" if column.confidence >= _SURE else style.warning
    header = padded(squeezed(column.header)[:24], 26)
    return f"{place:>3}  {header} {colour}{field:<15}{column.confidence:>5.0%}{style.off}"


def _problem(problem: Problem, terminal: Terminal) -> str:
    style = terminal.style
    row = str(problem.row) if problem.row is not None else ""
    column = column_letter(problem.column) if problem.column is not None else ""
    place = f"{column}{row}" or "-"
    message = problem.message.in_(terminal.language)
    return f"    {place:>6}  {style.note}{problem.code.value}{style.off}  {message}"
