"""`lianfang serve`: answers browsers, and does the long work beside it."""

import argparse

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.shell.cli import site
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang serve
  lianfang serve --host 0.0.0.0 --port 8080 --workers 4

按 Ctrl-C 停止。""",
    """examples:
  lianfang serve
  lianfang serve --host 0.0.0.0 --port 8080 --workers 4

Ctrl-C stops it.""",
)


class RealTime(Refused):
    """Another day was asked for where records are real."""


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("serve", ABOUT["serve"], _EXAMPLES, run)
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help=Text("监听地址，默认 127.0.0.1", "address to listen on; 127.0.0.1").in_(language),
    )
    parser.add_argument(
        "--port", type=int, default=8000, help=Text("端口，默认 8000", "port; 8000").in_(language)
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=2,
        help=Text("网页进程数，默认 2", "processes for pages; 2").in_(language),
    )

    parser.add_argument(
        "--day",
        metavar="YYYY-MM-DD",
        help=Text("示例中的今天，只用于示例", "today in the example; for the example only").in_(
            language
        ),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Serve until interrupted. Raises RealTime for another day outside example mode."""
    site.ready()
    from django.conf import settings

    from lianfang.example.guard import require_example_only
    from lianfang.shell.database import require_migrated
    from lianfang.shell.serving import collect_static, serve

    require_migrated()
    if settings.EXAMPLE:
        require_example_only()
    if arguments.day:
        _go_to(arguments.day, example=settings.EXAMPLE)
    collect_static()
    address = f"http://{arguments.host}:{arguments.port}/"
    terminal.say_text(Text(f"网址 {address}（Ctrl-C 停止）", f"Serving {address} (Ctrl-C stops)"))
    if settings.EXAMPLE:
        _say_who(terminal, address)
    code = serve(
        host=arguments.host,
        port=arguments.port,
        workers=arguments.workers,
        say=terminal.complain,
    )
    return Exit(code)


def _go_to(day: str, *, example: bool) -> None:
    """Let the clock go on from ten in the morning of that day: to come back a year later."""
    from lianfang.common import clock
    from lianfang.example.moments import chosen_moment

    if not example:
        raise RealTime(
            Text(
                "--day 只用于示例（LIANFANG_EXAMPLE=1）；真实数据用真实的时间。",
                "--day is for the example (LIANFANG_EXAMPLE=1); real records have the real time.",
            )
        )
    clock.set_now(chosen_moment(day))


def _say_who(terminal: Terminal, address: str) -> None:
    from lianfang.example.entering import example_logins
    from lianfang.example.sealed import secrets_told

    terminal.say_text(
        Text(
            f"示例数据：打开 {address}enter/ ，一键进入以下任一人员：",
            f"Example data: open {address}enter/ and enter as any of these with one click:",
        )
    )
    for login in example_logins():
        terminal.say(f"  {login.username:<12} {login.about.in_(terminal.language)}")
    for line in secrets_told():
        terminal.say_text(line)
