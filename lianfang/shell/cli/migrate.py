"""`lianfang migrate`: brings the database to this release."""

import argparse

from lianfang.common.text import Text
from lianfang.shell.cli import site
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang migrate
  DATABASE_URL=postgresql://user@host/lianfang lianfang migrate

升级前请先备份：lianfang backup 备份文件""",
    """examples:
  lianfang migrate
  DATABASE_URL=postgresql://user@host/lianfang lianfang migrate

Back up before an upgrade: lianfang backup FILE""",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    commands.add("migrate", ABOUT["migrate"], _EXAMPLES, run)


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Apply what is missing, and say how much it was."""
    del arguments
    site.ready()
    from lianfang.shell.database import migrate, waiting

    count = len(waiting())
    migrate()
    terminal.say_text(
        Text(f"数据库已更新（{count} 步）。", f"The database is up to date ({count} steps).")
        if count
        else Text("数据库已是最新。", "The database was up to date already.")
    )
    return Exit.DONE
