"""`lianfang demo`: loads the example institution, once, into a database that holds nothing else."""

import argparse

from lianfang.common.text import Text
from lianfang.shell.cli import site
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  LIANFANG_EXAMPLE=1 LIANFANG_HOME=var/example lianfang demo
  LIANFANG_EXAMPLE=1 LIANFANG_HOME=var/example lianfang serve

示例中的日期都相对于装入的那一天；--day 指定另一天。再次运行不改动已有数据。""",
    """examples:
  LIANFANG_EXAMPLE=1 LIANFANG_HOME=var/example lianfang demo
  LIANFANG_EXAMPLE=1 LIANFANG_HOME=var/example lianfang serve

All dates of the example are relative to the day on which it is loaded; --day names another one.
Running it again changes nothing.""",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add("demo", ABOUT["demo"], _EXAMPLES, run)
    parser.add_argument(
        "--day",
        metavar="YYYY-MM-DD",
        help=Text("装入那一天，默认今天", "the day it is loaded on; today").in_(commands.language),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Load the example where it isn't there, and say who can be entered as."""
    site.ready()
    from django.conf import settings

    from lianfang.example.guard import example, require_example_only
    from lianfang.example.loading import load_example
    from lianfang.example.moments import chosen_moment
    from lianfang.shell.database import migrate

    at = chosen_moment(arguments.day)
    migrate()
    require_example_only()
    is_new = example() is None
    organisation = load_example(at=at, report=terminal.progress)
    terminal.clear_progress()
    terminal.say_text(
        Text(f"已装入示例数据：{organisation.name}。", f"Example loaded: {organisation.name_en}.")
        if is_new
        else Text("示例数据已在，没有改动。", "The example is there already; nothing was changed.")
    )
    if not settings.EXAMPLE:
        _say_who(terminal)
    return Exit.DONE


def _say_who(terminal: Terminal) -> None:
    from lianfang.example.entering import example_logins
    from lianfang.example.sealed import secrets_told

    terminal.say_text(
        Text(
            "用 LIANFANG_EXAMPLE=1 启动 lianfang serve，可一键进入以下任一人员：",
            "Start lianfang serve with LIANFANG_EXAMPLE=1 and enter as any of these with one "
            "click:",
        )
    )
    for login in example_logins():
        terminal.say(f"  {login.username:<12} {login.about.in_(terminal.language)}")
    for line in secrets_told():
        terminal.say_text(line)
