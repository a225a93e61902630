"""How the changes of a register stand on a terminal, the same for every command that compares."""

from collections import Counter

from lianfang.common.text import Text
from lianfang.register.difference import Change, ChangeKind
from lianfang.register.words import FIELD_LABELS, PART_LABELS
from lianfang.shell.cli.terminal import Terminal

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


def show(change: Change, terminal: Terminal) -> None:
    """Print one change, and below it each field before and after."""
    style, language = terminal.style, terminal.language
    colours = {ChangeKind.ADDED: style.note, ChangeKind.REMOVED: style.error}
    colour = colours.get(change.kind, style.warning)
    place = f"  （{change.place}）" if change.place else ""
    if change.kind is ChangeKind.MOVED:
        place = f"  （{change.place_before} → {change.place}）"
    part = PART_LABELS[change.part].in_(language)
    terminal.say(
        f"{colour}{_MARKS[change.kind]} {part}{style.off} {short(change.name)}"
        f"{style.faint}{place}{style.off}"
    )
    for field in change.fields:
        label = (
            FIELD_LABELS[field.field].in_(language) if field.field in FIELD_LABELS else field.field
        )
        nothing = Text("（空）", "(none)").in_(language)
        before, after = short(field.before) or nothing, short(field.after) or nothing
        terminal.say(f"    {label}: {before} → {after}")


def short(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def summary(changes: tuple[Change, ...]) -> Text:
    """Return how many changes of each kind there are."""
    if not changes:
        return Text("没有变化。", "Nothing changed.")
    counts = Counter(change.kind for change in changes)
    return Text(
        "，".join(f"{_KINDS[kind].zh} {counts[kind]}" for kind in ChangeKind) + "。",
        ", ".join(f"{counts[kind]} {_KINDS[kind].en}" for kind in ChangeKind) + ".",
    )
