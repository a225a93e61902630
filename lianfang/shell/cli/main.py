"""`lianfang`: finds the command and the language, runs it, and turns refusals into sentences."""

import sys
from collections.abc import Sequence
from importlib import import_module

from lianfang import __version__
from lianfang.common.collecting import paused_collection
from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.speech import Parser
from lianfang.shell.cli.terminal import Exit, Terminal, terminal_for

_ABOUT = Text(
    "廉防：把单位手里的廉政风险表格读进来，核对，比较。",
    "Lianfang reads the integrity-risk tables an institution has, checks them, compares them.",
)
_EXAMPLES = Text(
    """先看一份表读得对不对，再看它有什么问题：
  lianfang read 防控措施表.xlsx
  lianfang check 防控措施表.xlsx
  lianfang diff 去年.docx 今年.xlsx

语言按系统区域设置，或用 --lang zh|en。颜色遵从 NO_COLOR。
退出码：0 完成；1 有问题或有变化；2 打不开、不能读或用法有误。""",
    """See first whether a table is read well, then what is wrong in it:
  lianfang read table.xlsx
  lianfang check table.xlsx
  lianfang diff last-year.docx this-year.xlsx

The language follows the locale, or --lang zh|en. Colours respect NO_COLOR.
Exit codes: 0 done; 1 findings or changes; 2 can't be opened or read, or wrong usage.""",
)
# Only the command that was typed is loaded: a drawing's libraries are no part of a check's start.
_MODULES = {
    "read": "read",
    "check": "check",
    "diff": "diff",
    "edition": "edition",
    "draw-sheet": "draw_sheet",
    "receipt": "receipt",
    "rate": "rate",
    "draw": "draw",
    "print": "paper",
    "scheme": "schemes",
    "demo": "demo",
    "init": "init",
    "user": "user",
    "import": "importing",
    "serve": "serve",
    "migrate": "migrate",
    "sweep": "sweep",
    "deliver": "deliver",
    "audit": "audit",
    "backup": "backup",
    "restore": "restore",
}


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line of this process and leave with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = _language(given)
    terminal = terminal_for(language)
    try:
        code = execute(given, terminal)
    except BrokenPipeError:
        sys.stderr.close()
        code = Exit.DONE
    except KeyboardInterrupt:
        terminal.complain(Text("已中断。", "Interrupted."))
        code = Exit.REFUSED
    sys.exit(code)


def execute(arguments: Sequence[str], terminal: Terminal) -> Exit:
    """Run one command; a refusal becomes a sentence on standard error."""
    try:
        parser = _parser(terminal.language, arguments)
        parsed = parser.parse_args(arguments)
        if not hasattr(parsed, "run"):
            terminal.say(parser.format_help().rstrip())
            return Exit.DONE
        # One command and out: what it makes is freed by ending.
        with paused_collection():
            code: Exit = parsed.run(parsed, terminal)
    except Refused as refused:
        terminal.complain(refused.text)
        return Exit.REFUSED
    return code


def _parser(language: Language, arguments: Sequence[str]) -> Parser:
    parser = Parser(
        language=language,
        prog="lianfang",
        description=_ABOUT.in_(language),
        epilog=_EXAMPLES.in_(language),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"lianfang {__version__}",
        help=Text("显示版本", "show the version").in_(language),
    )
    parser.add_argument(
        "--lang",
        choices=[entry.value for entry in Language],
        help=Text("语言（默认按系统区域设置）", "language (by the locale)").in_(language),
    )
    commands = Commands(parser, language)
    typed = next((word for word in arguments if not word.startswith("-")), "")
    for name in ABOUT:
        if name == typed:
            import_module(f"lianfang.shell.cli.{_MODULES[name]}").add(commands)
        else:
            commands.name(name)
    return parser


def _language(arguments: list[str]) -> Language | None:
    """Take `--lang` out of the arguments, wherever it stands; it also decides the help."""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            value, width = arguments[place + 1], 2
        elif argument.startswith("--lang="):
            value, width = argument.removeprefix("--lang="), 1
        else:
            continue
        if value in set(Language):
            del arguments[place : place + width]
            return Language(value)
    return None
