"""`lianfang edition`: verifies edition files and compares two of them, without a database.

Only `export` reads the database of the installation.

Source: 质检认纪〔2012〕1号 六（三）, 六（五）.
"""

import argparse
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from lianfang.common.text import Language, Text
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.comparing import compare
from lianfang.shell.cli.speech import Parser
from lianfang.shell.cli.terminal import Exit, Terminal
from lianfang.shell.cli.verifying import verify_files

_EXAMPLES = Text(
    """例：
  lianfang edition export BGS -o 办公室-2026-1.json
  lianfang edition verify 办公室-2026-1.json
  lianfang edition verify *.json --format json
  lianfang edition verify 办公室-2026-1.json --digest 公布的摘要
  lianfang edition diff 办公室-2026-1.json 办公室-2026-2.json
  lianfang edition diff 办公室-2026-1.json 办公室-2026-2.json -o 对照.xlsx

退出码：0 完好，或没有变化；1 不完好，或有变化；2 打不开或用法有误，比较的文件不完好。""",
    """examples:
  lianfang edition export BGS -o office-2026-1.json
  lianfang edition verify office-2026-1.json
  lianfang edition verify *.json --format json
  lianfang edition verify office-2026-1.json --digest PUBLISHED
  lianfang edition diff office-2026-1.json office-2026-2.json
  lianfang edition diff office-2026-1.json office-2026-2.json -o comparison.xlsx

exit codes: 0 intact, or nothing changed; 1 not intact, or something changed; 2 can't be opened,
wrong usage, or a file to compare is not intact.""",
)
_VERIFY = Text(
    "核对版本文件：是否完好，是哪个单位的哪个版本，摘要是什么。",
    "Verify edition files: whether they are intact, whose and which edition, their digest.",
)
_DIFF = Text(
    "比较两个版本：单位、岗位、职权、环节、风险点、等级及理由、措施。",
    "Compare two editions: units, posts, powers, steps, risk points, levels and reasons, measures.",
)


_EXPORT = Text(
    "把一个单位的版本写成文件：现行版本，或指定编号的版本。",
    "Write a unit's edition to a file: the one in force, or one by its number.",
)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("edition", ABOUT["edition"], _EXAMPLES, run)
    tasks = parser.add_subparsers(
        title=Text("任务", "tasks").in_(language),
        metavar=Text("任务", "TASK").in_(language),
        dest="task",
        required=True,
        parser_class=Parser,
    )
    file = Text("文件", "FILE").in_(language)
    exporting = _task(tasks, "export", _EXPORT, language)
    exporting.add_argument("unit", metavar=Text("单位代码", "UNIT").in_(language))
    exporting.add_argument(
        "--number",
        default="",
        metavar="2026-1",
        help=Text("版本编号（默认现行版本）", "number of the edition (in force)").in_(language),
    )
    exporting.add_argument("-o", "--output", type=Path, metavar=file)
    verifying = _task(tasks, "verify", _VERIFY, language)
    verifying.add_argument("files", nargs="+", type=Path, metavar=file)
    verifying.add_argument(
        "--digest",
        metavar="HEX",
        help=Text("公布的摘要，只能核对一份文件", "the digest as published; for one file").in_(
            language
        ),
    )
    _add_format(verifying, language)
    comparing = _task(tasks, "diff", _DIFF, language)
    comparing.add_argument("old", type=Path, metavar=Text("旧版本", "OLD").in_(language))
    comparing.add_argument("new", type=Path, metavar=Text("新版本", "NEW").in_(language))
    _add_format(comparing, language)
    comparing.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=file,
        help=Text("另写一份对照表（.xlsx）", "write the comparison as .xlsx, too").in_(language),
    )
    comparing.add_argument(
        "--scheme",
        metavar=Text("方案", "SCHEME").in_(language),
        help=Text(
            "对照表用语所依的方案，名称或文件夹（默认按新版本）",
            "name or folder of the scheme that words the .xlsx (that of the new edition)",
        ).in_(language),
    )


def _task(
    tasks: "argparse._SubParsersAction[Parser]", name: str, about: Text, language: Language
) -> Parser:
    told = about.in_(language)
    return tasks.add_parser(name, language=language, help=told, description=told)


def _add_format(parser: Parser, language: Language) -> None:
    parser.add_argument(
        "--format",
        choices=["text", "json"],
        default="text",
        help=Text("输出格式（默认 text）", "form of the output (text)").in_(language),
    )


def _export(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    exporting = import_module("lianfang.shell.cli.exporting")
    path = exporting.write_edition(arguments.unit, arguments.number, arguments.output)
    terminal.say_text(Text(f"已写入 {path}。", f"Written to {path}."))
    return Exit.DONE


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Do one task."""
    tasks: Mapping[str, Callable[[argparse.Namespace, Terminal], Exit]] = {
        "export": _export,
        "verify": verify_files,
        "diff": compare,
    }
    return tasks[arguments.task](arguments, terminal)
