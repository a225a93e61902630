"""Asking at a terminal: names as they are typed, passwords unseen and twice."""

import getpass
import sys
from collections.abc import Callable

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.shell.cli.terminal import Terminal

_DIFFERENT = Text(
    "  两次输入的密码不同，请重新输入。", "  The two entries differ; type the password again."
)


class NoTerminal(Refused):
    """Passwords are asked for on a terminal, and this is none."""


def require_terminal(command: str) -> None:
    """Raise NoTerminal where nobody sits before the program."""
    if not sys.stdin.isatty():
        raise NoTerminal(
            Text(
                f"{command} 要在终端里询问密码，请在交互终端运行。",
                f"{command} asks for passwords on a terminal; run it in one.",
            )
        )


def ask(question: Text, terminal: Terminal) -> str:
    """Return a line that is typed, without what stands around it."""
    return input(question.in_(terminal.language)).strip()


def ask_new_password(
    question: Text, terminal: Terminal, require_good: Callable[[str], None]
) -> str:
    """Return a password that was typed twice and that `require_good` accepts; ask until then."""
    again = Text("  再输一次：", "  once more: ")
    while True:
        password = getpass.getpass(question.in_(terminal.language))
        try:
            require_good(password)
        except Refused as refused:
            terminal.complain(Text(f"  {refused.text.zh}", f"  {refused.text.en}"))
            continue
        if getpass.getpass(again.in_(terminal.language)) == password:
            return password
        terminal.complain(_DIFFERENT)
