"""`lianfang check`: runs the register checks on files and prints findings like a linter."""

import argparse
from collections import Counter
from collections.abc import Iterable
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
from lianfang.documents.origins import Origins, Place
from lianfang.register.model import Fact
from lianfang.scheme.load import load_scheme
from lianfang.shell.cli import sources
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.speech import UsageRefused
from lianfang.shell.cli.terminal import Exit, Terminal

_EXAMPLES = Text(
    """例：
  lianfang check 防控措施表.xlsx
  lianfang check *.xlsx --select C5 --ignore C503
  lianfang check 防控措施表.xlsx --format json
  lianfang check 防控措施表.xlsx --format xlsx -o 问题清单.xlsx
  lianfang check --explain C503

退出码：0 没有错误和警告；1 有；2 打不开、不能读或用法有误。提示（note）不影响退出码。""",
    """examples:
  lianfang check table.xlsx
  lianfang check *.xlsx --select C5 --ignore C503
  lianfang check table.xlsx --format json
  lianfang check table.xlsx --format xlsx -o findings.xlsx
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
    located: list[_Located] = []
    for path in arguments.files:
        source = sources.source(path, scheme, arguments, terminal)
        findings = engine.run(source.registered.register, scheme, select=select, ignore=ignore)
        placed = _locate(findings, source.registered.origins)
        located += placed
        if arguments.format == "text":
            doubts = len(source.registered.problems) + sum(
                len(table.problems) for table in source.reading.tables
            )
            _print_text(path.name, placed, doubts, terminal)
    if arguments.format == "json":
        terminal.write(_json(located, terminal.language) + b"\n")
    elif arguments.format == "xlsx":
        write_findings(
            arguments.output,
            [_row(entry, terminal.language) for entry in located],
            terminal.language,
        )
    heavy = any(entry.finding.severity is not Severity.NOTE for entry in located)
    return Exit.FOUND if heavy else Exit.DONE


def _require_usable(arguments: argparse.Namespace) -> None:
    if not arguments.files:
        raise UsageRefused(
            Text(
                "请给出要检查的文件，或用 --explain 说明一项检查。",
                "Name the files to check, or use --explain for one check.",
            )
        )
    if arguments.format == "xlsx" and arguments.output is None:
        raise UsageRefused(
            Text("--format xlsx 要用 -o 写明文件名。", "--format xlsx needs -o with a file name.")
        )


def _names(written: list[str]) -> tuple[str, ...]:
    return tuple(name for option in written for name in option.split(",") if name)


def _locate(findings: Iterable[Finding], origins: Origins) -> list[_Located]:
    nowhere = Place(-1, -1, -1)
    placed = [
        _Located(
            finding,
            origins.file,
            origins.tables[place.table].sheet if place.table >= 0 else "",
            place,
        )
        for finding in findings
        for place in (
            origins.place(finding.subject.kind, finding.subject.id, finding.field) or nowhere,
        )
    ]
    return sorted(
        placed, key=lambda entry: (entry.place.table, entry.place.row, entry.finding.code)
    )


def _print_text(file: str, placed: list[_Located], doubts: int, terminal: Terminal) -> None:
    style, language = terminal.style, terminal.language
    colours = {
        Severity.ERROR: style.error,
        Severity.WARNING: style.warning,
        Severity.NOTE: style.note,
    }
    many_sheets = len({entry.sheet for entry in placed if entry.sheet}) > 1
    notes = [entry for entry in placed if entry.finding.slug == NOTE_SLUG]
    if notes:
        terminal.say(_unrecorded(file, notes, terminal))
    for entry in placed:
        finding = entry.finding
        if finding.slug == NOTE_SLUG:
            continue
        sheet = f"[{entry.sheet}]" if many_sheets and entry.sheet else ""
        label = _LABELS[finding.severity].in_(language)
        terminal.say(
            f"{style.strong}{file}{sheet}{_place(entry.place)}{style.off} "
            f"{colours[finding.severity]}{finding.code} {label}{style.off} "
            f"{finding.message.in_(language)}{style.faint} → {finding.mend.in_(language)}"
            f" [{finding.clause}]{style.off}"
        )
    terminal.say(_summary(file, placed, doubts).in_(language))


def _unrecorded(file: str, notes: list[_Located], terminal: Terminal) -> str:
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


def _summary(file: str, placed: list[_Located], doubts: int) -> Text:
    counts = Counter(entry.finding.severity for entry in placed)
    zh = "，".join(f"{_LABELS[s].zh} {counts[s]}" for s in Severity)
    en = ", ".join(f"{counts[s]} {_LABELS[s].en}s" for s in Severity)
    read_zh = f"读取时存疑 {doubts} 处，用 lianfang read 查看。" if doubts else ""
    read_en = f" {doubts} doubts in reading; see lianfang read." if doubts else ""
    return Text(f"{file}：{zh}。{read_zh}", f"{file}: {en}.{read_en}")


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
