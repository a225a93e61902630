"""`lianfang deliver`: the messages that are due leave the house, once."""

import argparse

from lianfang.common.text import Text
from lianfang.shell.cli import site
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang deliver

lianfang serve 每分钟自动运行，不必另设。网页由别的程序提供时，请用系统的定时任务每分钟运行一次。
发不出的消息稍后再试，原因见网页“通知渠道”。退出码：0 完成；1 有消息没有发出。""",
    """examples:
  lianfang deliver

lianfang serve does this by itself every minute. Where something else serves the pages, let a timer
run it every minute. What can't be sent is tried again later; the page of channels says why.
exit codes: 0 done; 1 a message did not leave.""",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    commands.add("deliver", ABOUT["deliver"], _EXAMPLES, run)


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Send what is due, and say how many messages left."""
    del arguments
    site.ready()
    from lianfang.common import clock
    from lianfang.org.jobs import deliver
    from lianfang.shell.database import require_migrated

    require_migrated()
    done = deliver(clock.now())
    terminal.say_text(Text(f"已发出 {done.sent} 条消息。", f"Messages sent: {done.sent}."))
    if done.failed:
        terminal.complain(
            Text(
                f"{done.failed} 条没有发出，稍后再试；原因见网页“通知渠道”。",
                f"Not sent: {done.failed}. They are tried again later; the page of channels says "
                "why.",
            )
        )
        return Exit.FOUND
    return Exit.DONE
