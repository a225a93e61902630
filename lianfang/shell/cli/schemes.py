"""`lianfang scheme`: shows a scheme, or checks one that somebody is writing."""

import argparse

from lianfang.common.text import Text
from lianfang.scheme.home import DEFAULT, available
from lianfang.scheme.load import load_scheme
from lianfang.shell.cli import scheme as words
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang scheme show
  lianfang scheme show cnas-2012 --part levels
  lianfang scheme check ./my-scheme

退出码：0 完整；1 有问题；2 打不开。""",
    """examples:
  lianfang scheme show
  lianfang scheme show cnas-2012 --part levels
  lianfang scheme check ./my-scheme

exit codes: 0 complete; 1 something is wrong; 2 can't be opened.""",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("scheme", ABOUT["scheme"], _EXAMPLES, run)
    parser.add_argument(
        "task",
        choices=["show", "check"],
        help=Text("show 查看，check 核对", "show it, or check it").in_(language),
    )
    parser.add_argument(
        "scheme",
        nargs="?",
        default=DEFAULT,
        metavar=Text("方案", "SCHEME").in_(language),
        help=Text(
            f"名称（{'、'.join(available())}）或文件夹，默认 {DEFAULT}",
            f"name ({', '.join(available())}) or folder; {DEFAULT} if none",
        ).in_(language),
    )
    parser.add_argument(
        "--part",
        choices=words.parts(),
        help=Text("只看一部分", "one part of it").in_(language),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Print a scheme or its faults."""
    if arguments.task == "check":
        faults = words.check(arguments.scheme)
        terminal.say(words.report(faults, terminal.language))
        return Exit.FOUND if faults else Exit.DONE
    shown = load_scheme(arguments.scheme)
    terminal.say(words.show(shown, terminal.language, arguments.part))
    return Exit.DONE
