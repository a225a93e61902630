"""`lianfang check`: runs the register checks on files and prints findings like a linter."""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

import msgspec
from msgspec import Struct

from lianfang.checks import engine
from lianfang.checks.absence import label
from lianfang.checks.catalogue import NOTE_SLUG
from lianfang.checks.finding import Finding, Severity
from lianfang.checks.page import explain
from lianfang.common.text import Language, Text
from lianfang.documents.findings import FindingRow, write_findings
from lianfang.documents.letters import column_letter
from lianfang.documents.limits import FileRefused
from lianfang.documents.origins import Place
from lianfang.register.joining import joined
from lianfang.register.model import Fact
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme
from lianfang.shell.cli import sources
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.speech import UsageRefused
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang check 防控措施表.xlsx
  lianfang check *.xlsx --select C5 --ignore C503
  lianfang check 各处室/*.xlsx --together
  lianfang check 防控措施表.xlsx --format json
  lianfang check 防控措施表.xlsx --format xlsx -o 问题清单.xlsx
  lianfang check --unit CWC
  lianfang check --explain C503

退出码：0 没有错误和警告；1 有；2 打不开、不能读或用法有误。提示（note）不影响退出码。""",
    """examples:
  lianfang check table.xlsx
  lianfang check *.xlsx --select C5 --ignore C503
  lianfang check departments/*.xlsx --together
  lianfang check table.xlsx --format json
  lianfang check table.xlsx --format xlsx -o findings.xlsx
  lianfang check --unit CWC
  lianfang check --explain C503

exit codes: 0 no errors or warnings; 1 some; 2 can't be opened or read, or wrong usage.
Notes don't change the exit code.""",
)
_LABELS = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTE: Text("提示", "note"),
}


class _Located(Struct, frozen=True):
    """A finding with the cell it is about; table, row and column -1 where it has no place."""

    finding: Finding
    file: str
    sheet: str
    place: Place


class _Checked(Struct, frozen=True):
    """What was found in a file, or in all files together (“*”), and the doubts in reading."""

    file: str
    placed: tuple[_Located, ...]
    doubts: int


Names = tuple[str, ...]
_NOWHERE = Place(-1, -1, -1)


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("check", ABOUT["check"], _EXAMPLES, run)
    parser.add_argument("files", nargs="*", type=Path, metavar=Text("文件", "FILE").in_(language))
    parser.add_argument(
        "--format",
        choices=["text", "json", "xlsx"],
        default="text",
        help=Text("输出格式（默认 text）", "form of the output (text)").in_(language),
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=Text("文件", "FILE").in_(language),
        help=Text("xlsx 写到哪里", "where the xlsx goes").in_(language),
    )
    _add_choice(parser, "--select", Text("只做这些检查", "only these checks"), language)
    _add_choice(parser, "--ignore", Text("不做这些检查", "all but these checks"), language)
    parser.add_argument(
        "--together",
        action="store_true",
        help=Text(
            "把几份文件合为一册检查，能看出单位之间的抄袭",
            "check the files as one register: shows what units copied from each other",
        ).in_(language),
    )
    parser.add_argument(
        "--explain",
        metavar=Text("代码", "CODE").in_(language),
        help=Text(
            "说明一项检查：为什么、什么会指出、怎样改",
            "explain a check: why, what it flags, the mend",
        ).in_(language),
    )
    sources.add_reading(parser, language)


def _add_choice(
    parser: argparse.ArgumentParser, flag: str, about: Text, language: Language
) -> None:
    names = Text(
        "（代码、开头如 C5、或短名，用逗号分隔）", " (codes, beginnings such as C5, or slugs)"
    )
    parser.add_argument(
        flag,
        action="append",
        default=[],
        metavar=Text("代码", "CODES").in_(language),
        help=about.in_(language) + names.in_(language),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Check each file; the exit code says whether there are errors or warnings."""
    scheme = load_scheme(arguments.scheme)
    if arguments.explain:
        terminal.say(explain(arguments.explain, terminal.language, scheme))
        return Exit.DONE
    _require_usable(arguments)
    select, ignore = _names(arguments.select), _names(arguments.ignore)
    refused = False
    if arguments.unit and not arguments.files:
        groups = _check_stored(_names([arguments.unit]), select, ignore)
    else:
        found, refused = _read_all(arguments, scheme, terminal)
        checked = _check_together if arguments.together else _check_each
        groups = checked(found, scheme, select, ignore)
    _write(groups, arguments, terminal)
    if refused:
        return Exit.REFUSED
    heavy = any(
        entry.finding.severity is not Severity.NOTE for group in groups for entry in group.placed
    )
    return Exit.FOUND if heavy else Exit.DONE


def _read_all(
    arguments: argparse.Namespace, scheme: Scheme, terminal: Terminal
) -> tuple[list[sources.Source], bool]:
    """Read every file that can be read; say of the others why not, and go on."""
    found: list[sources.Source] = []
    for path in arguments.files:
        try:
            found.append(sources.source(path, scheme, arguments, terminal))
        except FileRefused as refused:
            terminal.complain(refused.text)
    return found, len(found) < len(arguments.files)


def _check_each(
    found: Sequence[sources.Source], scheme: Scheme, select: Names, ignore: Names
) -> list[_Checked]:
    return [
        _Checked(
            source.reading.file,
            _sorted(
                _located(finding, source, finding.subject.id)
                for finding in engine.run(
                    source.registered.register, scheme, select=select, ignore=ignore
                )
            ),
            source.doubts,
        )
        for source in found
    ]


def _check_together(
    found: Sequence[sources.Source], scheme: Scheme, select: Names, ignore: Names
) -> list[_Checked]:
    """Check the files as one register, so that what units copied from each other is seen."""
    if not found:
        return []
    whole = joined([source.registered.register for source in found])
    placed = []
    for finding in engine.run(whole, scheme, select=select, ignore=ignore):
        number, _, made = finding.subject.id.partition(".")
        source = found[int(number) - 1] if number.isdigit() and made else None
        placed.append(_located(finding, source, made))
    return [_Checked("*", _sorted(placed), sum(source.doubts for source in found))]


def _check_stored(units: Names, select: Names, ignore: Names) -> list[_Checked]:
    """Check units as they are stored; only this needs the database, so only this loads it."""
    stored = import_module("lianfang.shell.cli.stored")
    return [
        _Checked(
            unit.unit,
            tuple(_Located(finding, code, "", _NOWHERE) for finding, code in unit.findings),
            0,
        )
        for unit in stored.check_units(units, select, ignore)
    ]


def _write(groups: Sequence[_Checked], arguments: argparse.Namespace, terminal: Terminal) -> None:
    placed = [entry for group in groups for entry in group.placed]
    if arguments.format == "json":
        terminal.write(_json(placed, terminal.language) + b"\n")
    elif arguments.format == "xlsx":
        rows = [_row(entry, terminal.language) for entry in placed]
        write_findings(arguments.output, rows, terminal.language)
    else:
        for group in groups:
            _print_text(group, terminal)


def _require_usable(arguments: argparse.Namespace) -> None:
    if not arguments.files and not arguments.unit:
        raise UsageRefused(
            Text(
                "请给出要检查的文件，或用 --unit 检查库中的单位，或用 --explain 说明一项检查。",
                "Name the files to check, or a stored unit by --unit, or use --explain.",
            )
        )
    if arguments.format == "xlsx" and arguments.output is None:
        raise UsageRefused(
            Text("--format xlsx 要用 -o 写明文件名。", "--format xlsx needs -o with a file name.")
        )


def _names(written: list[str]) -> tuple[str, ...]:
    return tuple(name for option in written for name in option.split(",") if name)


def _located(finding: Finding, source: sources.Source | None, made: str) -> _Located:
    """Return a finding with its cell; `made` is the id that its subject has in that file."""
    if source is None:
        return _Located(finding, "*", "", _NOWHERE)
    origins = source.registered.origins
    place = origins.place(finding.subject.kind, made, finding.field)
    if place is None:
        return _Located(finding, origins.file, "", _NOWHERE)
    return _Located(finding, origins.file, origins.tables[place.table].sheet, place)


def _sorted(placed: Iterable[_Located]) -> tuple[_Located, ...]:
    return tuple(sorted(placed, key=lambda e: (e.file, e.place.table, e.place.row, e.finding.code)))


def _print_text(group: _Checked, terminal: Terminal) -> None:
    placed = group.placed
    style, language = terminal.style, terminal.language
    colours = {
        Severity.ERROR: style.error,
        Severity.WARNING: style.warning,
        Severity.NOTE: style.note,
    }
    many_sheets = len({entry.sheet for entry in placed if entry.sheet}) > 1
    notes = [entry for entry in placed if entry.finding.slug == NOTE_SLUG]
    if notes:
        terminal.say(_unrecorded(group.file, notes, terminal))
    for entry in placed:
        finding = entry.finding
        if finding.slug == NOTE_SLUG:
            continue
        sheet = f"[{entry.sheet}]" if many_sheets and entry.sheet else ""
        label = _LABELS[finding.severity].in_(language)
        terminal.say(
            f"{style.strong}{entry.file}{sheet}{_place(entry.place)}{style.off} "
            f"{colours[finding.severity]}{finding.code} {label}{style.off} "
            f"{finding.message.in_(language)}{style.faint} → {finding.mend.in_(language)}"
            f" [{finding.clause}]{style.off}"
        )
    terminal.say(_summary(group).in_(language))


def _unrecorded(file: str, notes: Sequence[_Located], terminal: Terminal) -> str:
    """Return one line for all that the file has no column for."""
    style = terminal.style
    facts = [label(Fact(entry.finding.field)) for entry in notes]
    zh, en = "、".join(fact.zh for fact in facts), ", ".join(fact.en for fact in facts)
    text = Text(
        f"表中没有这些栏，与之有关的检查没有做：{zh}。",
        f"The table has no columns for these, so checks about them were not made: {en}.",
    )
    severity = _LABELS[Severity.NOTE].in_(terminal.language)
    return (
        f"{style.strong}{file}:-:-:{style.off} {style.note}{severity}{style.off} "
        f"{text.in_(terminal.language)}"
    )


def _place(place: Place) -> str:
    row = f":{place.row}" if place.row >= 0 else ":-"
    column = f":{column_letter(place.column)}:" if place.column >= 0 else ":-:"
    return row + column


def _summary(group: _Checked) -> Text:
    counts = Counter(entry.finding.severity for entry in group.placed)
    zh = "，".join(f"{_LABELS[s].zh} {counts[s]}" for s in Severity)
    en = ", ".join(_counted(counts[s], _LABELS[s].en) for s in Severity)
    many = group.doubts
    read_zh = f"读取时存疑 {many} 处，用 lianfang read 查看。" if many else ""
    read_en = f" {_counted(many, 'doubt')} in reading; see lianfang read." if many else ""
    return Text(f"{group.file}：{zh}。{read_zh}", f"{group.file}: {en}.{read_en}")


def _counted(number: int, thing: str) -> str:
    """Return a number of things in English."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _row(entry: _Located, language: Language) -> FindingRow:
    finding, place = entry.finding, entry.place
    return FindingRow(
        file=entry.file,
        sheet=entry.sheet,
        row=place.row if place.row >= 0 else None,
        column=column_letter(place.column) if place.column >= 0 else None,
        code=finding.code,
        severity=_LABELS[finding.severity].in_(language),
        message=finding.message.in_(language),
        mend=finding.mend.in_(language),
        clause=finding.clause,
    )


def _json(located: Iterable[_Located], language: Language) -> bytes:
    return msgspec.json.encode(
        [
            {
                **msgspec.structs.asdict(_row(entry, language)),
                "severity": entry.finding.severity,
                "slug": entry.finding.slug,
                "group": entry.finding.group,
                "subject": entry.finding.subject,
                "field": entry.finding.field,
                "key": entry.finding.key,
            }
            for entry in located
        ]
    )
