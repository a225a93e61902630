"""`lianfang init`: the first organisation and its three administrators, each with a password."""

import argparse

from lianfang.common.text import Text
from lianfang.shell.cli import asking, site
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang init --code mec --name 示范评价中心 --english "Model Evaluation Centre"

随后依次询问三个管理员的登录名和初始密码；首次登录须改密码。没有默认密码。""",
    """examples:
  lianfang init --code mec --name 示范评价中心 --english "Model Evaluation Centre"

It then asks for the login and the first password of each of the three administrators, who
change it when they first sign in. There are no defaults.""",
)
_KINDS = {
    "system": Text(
        "系统管理员（维护机器、组织数据和日历）",
        "system administrator (the machine, organisation data, calendar)",
    ),
    "security": Text("安全管理员（角色和登录）", "security administrator (roles and logins)"),
    "audit": Text("审计管理员（只读日志）", "audit administrator (reads the log only)"),
}


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("init", ABOUT["init"], _EXAMPLES, run)
    parser.add_argument(
        "--code",
        required=True,
        help=Text("机构代码，小写字母和数字", "the organisation's code: letters, digits").in_(
            language
        ),
    )
    parser.add_argument(
        "--name", required=True, help=Text("机构名称", "its Chinese name").in_(language)
    )
    parser.add_argument(
        "--english", default="", help=Text("英文名称", "its English name").in_(language)
    )
    parser.add_argument(
        "--time-zone",
        default="Asia/Shanghai",
        help=Text("时区，默认 Asia/Shanghai", "time zone; Asia/Shanghai").in_(language),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Ask for what is needed, then create everything in one transaction."""
    site.ready()
    from lianfang.common import clock
    from lianfang.shell.database import migrate
    from lianfang.shell.founding import NewAdministrator, found

    asking.require_terminal("init")
    migrate()
    administrators = [
        NewAdministrator(kind=kind, **_asked(about, terminal)) for kind, about in _KINDS.items()
    ]
    found(
        code=arguments.code,
        name=arguments.name,
        name_en=arguments.english,
        time_zone=arguments.time_zone,
        administrators=administrators,
        at=clock.now(),
    )
    terminal.say_text(
        Text(
            "已建立机构和三个管理员。运行 lianfang serve，由系统管理员登录并导入人员名册。",
            "The organisation and its three administrators exist. Run lianfang serve; the system "
            "administrator signs in and imports the staff list.",
        )
    )
    return Exit.DONE


def _asked(about: Text, terminal: Terminal) -> dict[str, str]:
    from lianfang.accounts.passwords import require_good

    terminal.say_text(about)
    name = asking.ask(Text("  姓名：", "  name: "), terminal)
    username = asking.ask(Text("  登录名：", "  login: "), terminal)
    password = asking.ask_new_password(
        Text("  初始密码：", "  first password: "),
        terminal,
        lambda typed: require_good(typed, username),
    )
    return {"name": name, "username": username, "password": password}
