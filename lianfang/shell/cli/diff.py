"""`lianfang diff`: what changed from one table or Register to another."""

import argparse
from pathlib import Path

import msgspec

from lianfang.common.text import Text
from lianfang.register.difference import difference
from lianfang.scheme.load import load_scheme
from lianfang.shell.cli import registers, sources
from lianfang.shell.cli.changes import show, summary
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang diff 去年.docx 今年.xlsx
  lianfang diff 登记册.json 今年.xlsx --json

退出码：0 没有变化；1 有变化；2 打不开或不能读。""",
    """examples:
  lianfang diff last-year.docx this-year.xlsx
  lianfang diff register.json this-year.xlsx --json

exit codes: 0 nothing changed; 1 something did; 2 can't be opened or read.""",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("diff", ABOUT["diff"], _EXAMPLES, run)
    parser.add_argument("old", type=Path, metavar=Text("旧文件", "OLD").in_(language))
    parser.add_argument("new", type=Path, metavar=Text("新文件", "NEW").in_(language))
    parser.add_argument(
        "--json", action="store_true", help=Text("输出 JSON", "print JSON").in_(language)
    )
    sources.add_reading(parser, language)


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Compare the two files; the exit code says whether anything changed."""
    scheme = load_scheme(arguments.scheme)
    old = registers.register(arguments.old, scheme, arguments, terminal)
    new = registers.recognised(old, arguments.new, scheme, arguments, terminal)
    changes = difference(old, new)
    if arguments.json:
        terminal.write(msgspec.json.encode(changes) + b"\n")
    else:
        for change in changes:
            show(change, terminal)
        terminal.say_text(summary(changes))
    return Exit.FOUND if changes else Exit.DONE
