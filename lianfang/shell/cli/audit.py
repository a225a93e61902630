"""`lianfang audit verify`: recomputes the log and names the first record that is not whole."""

import argparse
import json

from lianfang.common.text import Text
from lianfang.shell.cli import site
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang audit verify
  lianfang audit verify --json

退出码：0 完整；1 有记录被改动、删除或增添；2 打不开。""",
    """examples:
  lianfang audit verify
  lianfang audit verify --json

exit codes: 0 whole; 1 a record was changed, deleted or added; 2 can't be opened.""",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("audit", ABOUT["audit"], _EXAMPLES, run)
    parser.add_argument(
        "task", choices=["verify"], help=Text("verify 核对", "verify the log").in_(language)
    )
    parser.add_argument(
        "--json", action="store_true", help=Text("输出 JSON", "as JSON").in_(language)
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Verify the log, and say how large it is, its root, and the first fault."""
    site.ready()
    from lianfang.audit.verify import Verdict, verify
    from lianfang.shell.database import require_migrated

    require_migrated()
    verdict: Verdict = verify(terminal.progress)
    terminal.clear_progress()
    fault = verdict.fault
    if arguments.json:
        told = {
            "whole": verdict.is_whole,
            "events": verdict.size,
            "root": verdict.root,
            "erased": verdict.erased,
            "fault": fault and {"kind": fault.kind, "position": fault.position, "part": fault.name},
        }
        terminal.say(json.dumps(told, ensure_ascii=False))
    else:
        for line in _lines(verdict.size, verdict.root, verdict.erased):
            terminal.say_text(line)
        terminal.say_text(
            Text("日志完整。", "The log is whole.")
            if fault is None
            else Text(f"日志不完整。{fault.text.zh}", f"The log is not whole. {fault.text.en}")
        )
    return Exit.DONE if fault is None else Exit.FOUND


def _lines(size: int, root: str, erased: int) -> list[Text]:
    lines = [
        Text(f"已核对 {size:,} 条", f"events recomputed  {size:,}"),
        Text(f"根摘要 {root}", f"root               {root}"),
    ]
    if erased:
        lines.append(Text(f"依法删除 {erased:,} 处", f"parts erased by law  {erased:,}"))
    return lines
