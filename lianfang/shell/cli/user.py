"""`lianfang user`: logins, for whoever runs the machine; also those of the administrators."""

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text
from lianfang.shell.cli import asking, site
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal, padded

if TYPE_CHECKING:
    from lianfang.accounts.models import User
    from lianfang.org.queries.logins import ShownLogin

_EXAMPLES = Text(
    """例：
  lianfang user list
  lianfang user reset-password zhang          询问新的初始密码
  lianfang user reset-password zhang --generate
  lianfang user close zhang --reason 调离
  lianfang user reopen zhang
  lianfang user sessions zhang --end
  lianfang user remove-factor zhang           手机丢失时停用第二因素

管理员的登录只能在这里改动；每次改动写入审计日志。""",
    """examples:
  lianfang user list
  lianfang user reset-password zhang          asks for the new first password
  lianfang user reset-password zhang --generate
  lianfang user close zhang --reason "moved away"
  lianfang user reopen zhang
  lianfang user sessions zhang --end
  lianfang user remove-factor zhang           for a lost phone

The logins of administrators are changed here alone; every change enters the log.""",
)
_TASKS = ("list", "reset-password", "close", "reopen", "sessions", "remove-factor")
_STATES = {
    "closed": Text("已关闭", "closed"),
    "first": Text("未改初始密码", "first password"),
    "open": Text("启用", "open"),
}
_KINDS = {
    "system": Text("（系统管理员）", "(system)"),
    "security": Text("（安全管理员）", "(security)"),
    "audit": Text("（审计管理员）", "(audit)"),
}
_HEADS = (
    Text("登录名", "login"),
    Text("属于", "belongs to"),
    Text("状态", "state"),
    Text("第二因素", "factor"),
    Text("会话", "sessions"),
    Text("最近登录", "last sign-in"),
)


class NoSuchLogin(Refused):
    """No login has that name, or none was named."""


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("user", ABOUT["user"], _EXAMPLES, run)
    parser.add_argument("task", choices=_TASKS, help=Text("要办的事", "what to do").in_(language))
    parser.add_argument(
        "login",
        nargs="?",
        default="",
        metavar=Text("登录名", "LOGIN").in_(language),
        help=Text("登录名，list 以外都要", "the login's name, but for list").in_(language),
    )
    parser.add_argument(
        "--generate",
        action="store_true",
        help=Text(
            "reset-password：随机生成，显示一次", "reset-password: make one up and show it once"
        ).in_(language),
    )
    parser.add_argument(
        "--reason",
        default="",
        metavar=Text("理由", "WHY").in_(language),
        help=Text("close：理由", "close: why").in_(language),
    )
    parser.add_argument(
        "--end",
        action="store_true",
        help=Text("sessions：结束全部会话", "sessions: end all of them").in_(language),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Do one task."""
    site.ready()
    from lianfang.common import clock
    from lianfang.shell.database import require_migrated

    require_migrated()
    at = clock.now()
    if arguments.task == "list":
        _list(terminal, at)
        return Exit.DONE
    tasks: dict[str, Callable[[User, argparse.Namespace, Terminal, datetime], None]] = {
        "reset-password": _reset,
        "close": _close,
        "reopen": _reopen,
        "sessions": _sessions,
        "remove-factor": _remove_factor,
    }
    tasks[arguments.task](_named(arguments.login), arguments, terminal, at)
    return Exit.DONE


def _named(name: str) -> "User":
    from lianfang.accounts.models import User

    user = User.objects.named(name).first()
    if user is None:
        raise NoSuchLogin(
            Text(
                f"没有登录名“{name}”。用 lianfang user list 查看。" if name else "请写明登录名。",
                f"No login is named {name}. See lianfang user list." if name else "Name the login.",
            )
        )
    return user


def _list(terminal: Terminal, at: datetime) -> None:
    from lianfang.org.queries.logins import all_logins

    language = terminal.language
    rows = [[head.in_(language) for head in _HEADS]]
    rows += [_row(shown, language) for shown in all_logins(at)]
    for row in rows:
        cells = [padded(cell, width) for cell, width in zip(row, (20, 30, 16, 8, 8), strict=False)]
        terminal.say(" ".join([*cells, row[-1]]).rstrip())


def _row(shown: "ShownLogin", language: Language) -> list[str]:
    login = shown.login
    state = "first" if login.must_change_password else "open"
    last = login.last_login
    return [
        login.username,
        _owner(shown, language),
        _STATES[state if login.is_active else "closed"].in_(language),
        "✓" if shown.has_factor else "—",
        str(shown.sessions),
        _told(last) if last else "—",
    ]


def _owner(shown: "ShownLogin", language: Language) -> str:
    if shown.person:
        return f"{shown.person.name} {shown.person.code}"
    if shown.administrator:
        return f"{shown.administrator.name} {_KINDS[shown.administrator.kind].in_(language)}"
    return "—"


def _reset(user: "User", arguments: argparse.Namespace, terminal: Terminal, at: datetime) -> None:
    from lianfang.accounts.actions import reset_password
    from lianfang.accounts.passwords import require_good

    password = ""
    if not arguments.generate:
        asking.require_terminal("reset-password")
        password = asking.ask_new_password(
            Text("新的初始密码：", "new first password: "),
            terminal,
            lambda typed: require_good(typed, user.username),
        )
    user, given = reset_password(user=user, password=password, by=None, at=at)
    terminal.say_text(
        Text(
            f"“{user}”的密码已重设，会话已结束；本人首次登录须改掉。",
            f"The password of {user} is reset and the sessions are ended; it must be changed at "
            "the first sign-in.",
        )
    )
    if arguments.generate:
        terminal.say(given)


def _close(user: "User", arguments: argparse.Namespace, terminal: Terminal, at: datetime) -> None:
    from lianfang.accounts.actions import close_login

    close_login(user=user, reason=arguments.reason, by=None, at=at)
    terminal.say_text(
        Text(f"“{user}”已关闭，会话已结束。", f"{user} is closed and the sessions are ended.")
    )


def _reopen(user: "User", arguments: argparse.Namespace, terminal: Terminal, at: datetime) -> None:
    from lianfang.accounts.actions import reopen_login

    del arguments
    reopen_login(user=user, by=None, at=at)
    terminal.say_text(Text(f"“{user}”已重新启用。", f"{user} is open again."))


def _sessions(
    user: "User", arguments: argparse.Namespace, terminal: Terminal, at: datetime
) -> None:
    from lianfang.accounts.actions import end_sessions
    from lianfang.accounts.queries import sessions_of

    if arguments.end:
        ended = end_sessions(user=user, by=None, at=at)
        terminal.say_text(Text(f"已结束 {ended} 个会话。", f"Sessions ended: {ended}."))
        return
    for session in sessions_of(user, at):
        terminal.say(
            f"{padded(session.device or '—', 20)} {padded(session.address, 16)} "
            f"{_told(session.began_at)} – {_told(session.seen_at)}"
        )


def _remove_factor(
    user: "User", arguments: argparse.Namespace, terminal: Terminal, at: datetime
) -> None:
    from lianfang.accounts.actions import remove_second_factor

    del arguments
    remove_second_factor(user=user, by=None, at=at)
    terminal.say_text(
        Text(f"“{user}”的第二因素已停用。", f"{user} signs in by the password alone now.")
    )


def _told(moment: datetime) -> str:
    """Write a moment as the machine's users read it."""
    from django.conf import settings

    return f"{moment.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y-%m-%d %H:%M}"
