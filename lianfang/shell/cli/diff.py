"""`lianfang diff`: what changed from one table or Register to another."""

import argparse
from collections import Counter
from pathlib import Path

import msgspec

from lianfang.common.text import Text
from lianfang.register.difference import Change, ChangeKind, Part, difference
from lianfang.register.words import FIELD_LABELS
from lianfang.scheme.load import load_scheme
from lianfang.shell.cli import registers, sources
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang diff 去年.docx 今年.xlsx
  lianfang diff 登记册.json 今年.xlsx --json

退出码：0 没有变化；1 有变化；2 打不开或不能读。""",
    """examples:
  lianfang diff last-year.docx this-year.xlsx
  lianfang diff register.json this-year.xlsx --json

exit codes: 0 nothing changed; 1 something did; 2 can't be opened or read.""",
)
PARTS = {
    Part.UNIT: Text("单位", "unit"),
    Part.POST: Text("岗位", "post"),
    Part.REGULATION: Text("制度", "regulation"),
    Part.POWER: Text("职权", "power"),
    Part.STEP: Text("环节", "step"),
    Part.RISK: Text("风险点", "risk point"),
    Part.MEASURE: Text("措施", "measure"),
}
_MARKS = {
    ChangeKind.ADDED: "+",
    ChangeKind.REMOVED: "-",
    ChangeKind.CHANGED: "~",
    ChangeKind.MOVED: ">",
}
_KINDS = {
    ChangeKind.ADDED: Text("增加", "added"),
    ChangeKind.REMOVED: Text("删除", "removed"),
    ChangeKind.CHANGED: Text("修改", "changed"),
    ChangeKind.MOVED: Text("移动", "moved"),
}


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("diff", ABOUT["diff"], _EXAMPLES, run)
    parser.add_argument("old", type=Path, metavar=Text("旧文件", "OLD").in_(language))
    parser.add_argument("new", type=Path, metavar=Text("新文件", "NEW").in_(language))
    parser.add_argument(
        "--json", action="store_true", help=Text("输出 JSON", "print JSON").in_(language)
    )
    sources.add_reading(parser, language)


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Compare the two files; the exit code says whether anything changed."""
    scheme = load_scheme(arguments.scheme)
    old = registers.register(arguments.old, scheme, arguments, terminal)
    new = registers.recognised(old, arguments.new, scheme, arguments, terminal)
    changes = difference(old, new)
    if arguments.json:
        terminal.write(msgspec.json.encode(changes) + b"\n")
    else:
        for change in changes:
            _print(change, terminal)
        terminal.say_text(_summary(changes))
    return Exit.FOUND if changes else Exit.DONE


def _print(change: Change, terminal: Terminal) -> None:
    style, language = terminal.style, terminal.language
    colours = {ChangeKind.ADDED: style.note, ChangeKind.REMOVED: style.error}
    colour = colours.get(change.kind, style.warning)
    place = f"  （{change.place}）" if change.place else ""
    if change.kind is ChangeKind.MOVED:
        place = f"  （{change.place_before} → {change.place}）"
    part = PARTS[change.part].in_(language)
    terminal.say(
        f"{colour}{_MARKS[change.kind]} {part}{style.off} {_short(change.name)}"
        f"{style.faint}{place}{style.off}"
    )
    for field in change.fields:
        label = (
            FIELD_LABELS[field.field].in_(language) if field.field in FIELD_LABELS else field.field
        )
        nothing = Text("（空）", "(none)").in_(language)
        before, after = _short(field.before) or nothing, _short(field.after) or nothing
        terminal.say(f"    {label}: {before} → {after}")


def _short(text: str) -> str:
    return " ".join(text.split())


def _summary(changes: tuple[Change, ...]) -> Text:
    if not changes:
        return Text("没有变化。", "Nothing changed.")
    counts = Counter(change.kind for change in changes)
    return Text(
        "，".join(f"{_KINDS[kind].zh} {counts[kind]}" for kind in ChangeKind) + "。",
        ", ".join(f"{counts[kind]} {_KINDS[kind].en}" for kind in ChangeKind) + ".",
    )
