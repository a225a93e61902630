"""`lianfang sweep`: the nightly work, once."""

import argparse

from lianfang.common.text import Text
from lianfang.shell.cli import site
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang sweep

lianfang serve 每天 0:30 自动运行，不必另设。网页由别的程序提供时，请用系统的定时任务每天运行一次。
重复运行没有害处；停机期间错过的日子会补上。退出码：0 完成；1 有一项没有完成，详见日志输出。""",
    """examples:
  lianfang sweep

lianfang serve does this by itself every day at 0:30. Where something else serves the pages, let a
timer run it once a day. Running it again does no harm; days missed are caught up.
exit codes: 0 done; 1 a part failed, see the messages.""",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    commands.add("sweep", ABOUT["sweep"], _EXAMPLES, run)


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Sweep what is not swept yet, and say which days those were."""
    del arguments
    site.ready()
    from lianfang.common import clock
    from lianfang.shell.database import require_migrated
    from lianfang.shell.sweep import sweep

    require_migrated()
    swept = sweep(clock.now())
    for day in swept.days:
        terminal.say_text(Text(f"{day} 已完成。", f"{day}: done."))
    if swept.failed:
        rooms = ", ".join(swept.failed)
        terminal.complain(
            Text(f"没有完成：{rooms}。下次再做。", f"Failed: {rooms}. It will be done again.")
        )
        return Exit.FOUND
    if not swept.days:
        terminal.say_text(Text("今天的已经完成。", "Today's is done already."))
    return Exit.DONE
