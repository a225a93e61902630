"""What changed from one edition of a unit to another: on a terminal, as JSON, as a workbook.

Source: 质检认纪〔2012〕1号 六（五）.
"""

import argparse
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text
from lianfang.register.difference import Change, ChangeKind, Part, difference
from lianfang.register.edition import EditionRefused, Frozen, Verified, verify
from lianfang.register.model import Register, RiskPoint
from lianfang.register.words import FIELD_LABELS
from lianfang.shell.cli.changes import short, show, summary
from lianfang.shell.cli.opening import content_of
from lianfang.shell.cli.speech import UsageRefused
from lianfang.shell.cli.terminal import Exit, Terminal
from lianfang.shell.cli.verifying import told_of

_LEVELS = frozenset({"level", "confirmed", "computed"})
_NOTHING = Text("（空）", "(none)")
_REORDERED = Text(
    "内容没有变化，只有环节或措施的先后次序不同。",
    "Nothing changed but the order of steps or measures.",
)


class _Levels(Struct, frozen=True):
    level: str | None
    confirmed: str | None
    reason: str


def compare(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Compare two editions; the exit code says whether anything changed."""
    output: Path | None = arguments.output
    if output is not None and output.suffix.lower() != ".xlsx":
        raise UsageRefused(
            Text(
                f"-o {output}：对照表只能写成 .xlsx。",
                f"-o {output}: the comparison is written as .xlsx.",
            )
        )
    old, new = _intact(arguments.old), _intact(arguments.new)
    changes = difference(old.frozen.register, new.frozen.register)
    reordered = not changes and _is_reordered(old.frozen.register, new.frozen.register)
    if output is not None:
        _write_workbook(output, old.frozen, new.frozen, arguments.scheme, terminal.language)
    if arguments.format == "json":
        told = {
            "old": told_of(arguments.old, old),
            "new": told_of(arguments.new, new),
            "changes": _with_levels(changes, old.frozen, new.frozen),
            "reordered": reordered,
        }
        terminal.write(msgspec.json.encode(told) + b"\n")
    else:
        _print_changes(changes, old.frozen, new.frozen, terminal)
        terminal.say_text(_REORDERED if reordered else summary(changes))
        if output is not None:
            terminal.say_text(Text(f"已写入 {output}。", f"Written to {output}."))
    return Exit.FOUND if changes or reordered else Exit.DONE


def _is_reordered(old: Register, new: Register) -> bool:
    """Return whether parts without changes differ: the order in a list is no field of a part."""
    return old != replace(new, scheme=old.scheme, organisation=old.organisation)


def _intact(path: Path) -> Verified:
    """Return the edition in a file. Raises Refused that names the file."""
    content = content_of(path)
    try:
        return verify(content)
    except EditionRefused as refused:
        raise EditionRefused(
            Text(f"{path}：{refused.text.zh}", f"{path}: {refused.text.en}")
        ) from refused


def _print_changes(
    changes: tuple[Change, ...], old: Frozen, new: Frozen, terminal: Terminal
) -> None:
    style = terminal.style
    terminal.say(f"{style.strong}{_shown(old)} → {_shown(new)}{style.off}")
    schemes = [f"{one.scheme} {one.scheme_version}" for one in (old, new)]
    if schemes[0] != schemes[1]:
        label = Text("方案", "scheme").in_(terminal.language)
        terminal.say(f"{label}: {schemes[0]} → {schemes[1]}")
    before, after = _risks(old), _risks(new)
    for change in changes:
        show(change, terminal)
        if change.part is Part.RISK:
            risk = after.get(change.id) or before[change.id]
            for line in _level_lines(change, risk, terminal.language):
                terminal.say(f"    {line}")


def _shown(frozen: Frozen) -> str:
    return f"{frozen.unit_name} {frozen.number}（{frozen.effective_from}）"


def _level_lines(change: Change, risk: RiskPoint, language: Language) -> list[str]:
    """Return the level of a risk point that came or went, and why a level is what it is."""
    fields = {field.field for field in change.fields}
    came_or_went = change.kind in {ChangeKind.ADDED, ChangeKind.REMOVED}
    lines = []
    if came_or_went:
        level = risk.confirmed or _NOTHING.in_(language)
        lines.append(f"{FIELD_LABELS['confirmed'].in_(language)}: {level}")
    if risk.reason and "reason" not in fields and (came_or_went or fields & _LEVELS):
        lines.append(f"{FIELD_LABELS['reason'].in_(language)}: {short(risk.reason)}")
    return lines


def _with_levels(changes: tuple[Change, ...], old: Frozen, new: Frozen) -> list[dict[str, object]]:
    """Return the changes as `diff --json` tells them, a risk point's with its levels."""
    before, after = _risks(old), _risks(new)
    told = []
    for change in changes:
        plain = asdict(change)
        if change.part is Part.RISK:
            plain["levels_before"] = _levels(before.get(change.id))
            plain["levels_after"] = _levels(after.get(change.id))
        told.append(plain)
    return told


def _levels(risk: RiskPoint | None) -> _Levels | None:
    return None if risk is None else _Levels(risk.level, risk.confirmed, risk.reason)


def _risks(frozen: Frozen) -> dict[str, RiskPoint]:
    return {risk.id: risk for risk in frozen.register.risks}


def _write_workbook(
    path: Path, old: Frozen, new: Frozen, scheme: str | None, language: Language
) -> None:
    """Write the form that compares two editions; only this loads what makes tables."""
    from lianfang.documents.writing.comparison import CODE
    from lianfang.documents.writing.forms import write
    from lianfang.documents.writing.request import Format, Request
    from lianfang.scheme.home import available
    from lianfang.scheme.load import load_scheme

    if scheme is None and new.scheme not in available():
        raise UsageRefused(
            Text(
                f"本程序没有方案“{new.scheme}”。请用 --scheme 指明它的文件夹。",
                f"The program has no scheme “{new.scheme}”. Name its folder by --scheme.",
            )
        )
    request = Request(
        register=new.register,
        scheme=load_scheme(scheme or new.scheme),
        on=new.effective_from,
        language=language,
        heading=new.unit_name,
        edition=new.number,
        before=old.register,
        before_edition=old.number,
    )
    try:
        write(CODE, request, Format.XLSX, path)
    except OSError as error:
        raise Refused(
            Text(
                f"{path}：写不成（{error.strerror}）。",
                f"{path}: can't be written ({error.strerror}).",
            )
        ) from error
