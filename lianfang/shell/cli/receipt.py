"""`lianfang receipt verify`: whether a slip proves that something was filed. Needs no database."""

import argparse
import re
from pathlib import Path

from lianfang.common.text import Text
from lianfang.portal.rules.slips import Proven, read_slip, verify_slip
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.opening import content_of
from lianfang.shell.cli.speech import UsageRefused
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """  lianfang receipt verify filing-2026-05-14.json
  lianfang receipt verify filing-2026-05-14.json --root 4f0c…
  lianfang audit verify              # 打印日志的根摘要，供比较

退出码：0 成立；2 打不开、不成立或用法有误。""",
    """  lianfang receipt verify filing-2026-05-14.json
  lianfang receipt verify filing-2026-05-14.json --root 4f0c…
  lianfang audit verify              # prints the root of the log, to compare

Exit codes: 0 it holds; 2 it can't be opened, does not hold, or wrong usage.""",
)
_ROOT = re.compile(r"[0-9a-fA-F]{64}")


def add(commands: Commands) -> None:
    """Add `receipt` to the command line."""
    parser = commands.add("receipt", ABOUT["receipt"], _EXAMPLES, _run)
    language = commands.language
    parser.add_argument(
        "does",
        choices=["verify"],
        metavar="verify",
        help=Text("核对", "verify").in_(language),
    )
    parser.add_argument(
        "file",
        type=Path,
        metavar=Text("凭证", "SLIP").in_(language),
        help=Text("凭回执码下载的提交凭证", "the slip that a receipt gives").in_(language),
    )
    parser.add_argument(
        "--root",
        default="",
        metavar=Text("根摘要", "ROOT").in_(language),
        help=Text("在别处记下的日志根摘要", "the root of the log as noted elsewhere").in_(language),
    )


def _run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    if arguments.root and not _ROOT.fullmatch(arguments.root):
        raise UsageRefused(
            Text(
                "--root：根摘要是 64 个十六进制字符。", "--root: a root has 64 hexadecimal digits."
            )
        )
    proven = verify_slip(read_slip(content_of(arguments.file)), arguments.root)
    style = terminal.style
    terminal.say(f"{style.strong}{_heading(proven).in_(terminal.language)}{style.off}")
    for line in _lines(proven):
        terminal.say_text(line)
    return Exit.DONE


def _heading(proven: Proven) -> Text:
    if proven.root:
        return Text("凭证成立：", "The slip holds:")
    return Text(
        "凭证完整，但还没有日志证明；次日凭回执码重新下载。",
        "The slip is whole but has no proof in the log yet; fetch it again the day after.",
    )


def _lines(proven: Proven) -> list[Text]:
    lines = [
        Text(f"  单位 {proven.organisation}", f"  organisation  {proven.organisation}"),
        Text(f"  收到 {proven.on}", f"  received      {proven.on}"),
        Text(f"  摘要 {proven.digest}", f"  digest        {proven.digest}"),
    ]
    if proven.root:
        lines += [
            Text(f"  封存 {proven.sealed_on}", f"  sealed        {proven.sealed_on}"),
            Text(
                f"  日志 前 {proven.size:,} 条，根摘要 {proven.root}",
                f"  log           of {proven.size:,} events, root {proven.root}",
            ),
        ]
    return lines
