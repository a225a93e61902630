"""What `lianfang import` says of each file: in words, or as JSON for programs."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec
from msgspec import Struct

from lianfang.checks.finding import Severity
from lianfang.common.text import Language, Text
from lianfang.intake.rules.judging import Judgement
from lianfang.intake.rules.lines import WRITES, Kind, Told, Verdict
from lianfang.register.words import FIELD_LABELS
from lianfang.scheme.model import Named, Scheme
from lianfang.shell.cli.terminal import Terminal

_DOUBTFUL = "doubtful"
_VERDICTS = {
    Verdict.ADDED: Text("新增", "added"),
    Verdict.CHANGED: Text("改动", "changed"),
    Verdict.RETIRED: Text("停用", "retired"),
    Verdict.UNCHANGED: Text("不变", "unchanged"),
    Verdict.REFUSED: Text("不能导入", "refused"),
}
# what is counted, in the order in which it is told
_COUNTED: Mapping[str, Text] = {
    Verdict.ADDED: _VERDICTS[Verdict.ADDED],
    Verdict.CHANGED: _VERDICTS[Verdict.CHANGED],
    Verdict.RETIRED: _VERDICTS[Verdict.RETIRED],
    Verdict.UNCHANGED: _VERDICTS[Verdict.UNCHANGED],
    _DOUBTFUL: Text("存疑", "in doubt"),
    Verdict.REFUSED: _VERDICTS[Verdict.REFUSED],
}
_KINDS = {
    Kind.UNIT: Text("单位", "unit"),
    Kind.POST: Text("岗位", "post"),
    Kind.PERSON: Text("人员", "person"),
    Kind.REGULATION: Text("制度", "regulation"),
    Kind.POWER: Text("职权", "power"),
    Kind.RISK: Text("风险点", "risk point"),
}
_SEVERITIES = {
    Severity.ERROR: Text("错误", "errors"),
    Severity.WARNING: Text("警告", "warnings"),
    Severity.NOTE: Text("提示", "notes"),
}
_INNER = {"measure": Text("措施", "measure"), "step": Text("环节", "step")}
_DID = {"added": Text("增加", "added"), "removed": Text("去掉", "removed")}
_REASON = Text("原因", "reason")
_DOUBT = Text("存疑", "doubt")
_EMPTY = Text("（空）", "(none)")
_NOT_TAKEN = Text("（未选用）", " (left out)")
_PREVIEW = Text("以上是预览，没有写入。", "This is a preview; nothing was written.")
_NOTHING = Text("没有可写入的内容。", "There is nothing to write.")


class State(StrEnum):
    """What became of a file."""

    APPLIED = "applied"
    NOTHING = "nothing"
    PREVIEW = "preview"
    REFUSED = "refused"


class Row(Struct, frozen=True):
    """A row of the original: number of its table, that table's sheet, 1-based row."""

    table: int
    sheet: str
    row: int


class Shown(Struct, frozen=True, kw_only=True):
    """A line of a preview as it is told; changes carry codes of the scheme."""

    kind: Kind
    verdict: Verdict
    code: str
    label: str
    rows: tuple[Row, ...]
    taken: bool
    reasons: tuple[Text, ...]
    doubts: tuple[Text, ...]
    changes: tuple[Told, ...]


class Done(Struct, frozen=True, kw_only=True):
    """A file and what became of it; without counts where it was not read."""

    file: str
    state: State
    counts: dict[str, int] = {}
    applied: dict[str, int] = {}
    lines: tuple[Shown, ...] = ()
    sheets: int = 0
    hints: tuple[Text, ...] = ()
    judgement: Judgement | None = None
    refusal: Text | None = None

    @property
    def is_whole(self) -> bool:
        """Whether no line was refused or in doubt."""
        return not self.counts.get(Verdict.REFUSED) and not self.counts.get(_DOUBTFUL)


def print_done(done: Done, scheme: Scheme, terminal: Terminal) -> None:
    """Say what became of a file: counts, the lines worth a look, findings before and after."""
    if done.refusal and not done.counts:
        return
    terminal.say(f"{terminal.style.strong}{done.file}{terminal.style.off}")
    terminal.say_text(_counts(done.counts))
    words = _Words(scheme, terminal.language)
    for line in done.lines:
        _print_line(line, done, words, terminal)
    for text in (*done.hints, *_outcome(done, scheme)):
        terminal.say_text(text)
    terminal.say()


def _outcome(done: Done, scheme: Scheme) -> Iterator[Text]:
    """Yield what became of a file, and what the checks find before and after."""
    if done.state is State.NOTHING:
        yield _NOTHING
    elif done.state is State.PREVIEW:
        yield _PREVIEW
    elif done.state is State.APPLIED:
        yield _applied(done.applied)
    if done.state in (State.PREVIEW, State.APPLIED) and done.judgement:
        yield from _findings(done.judgement, scheme)


def _counts(counts: Mapping[str, int]) -> Text:
    return Text(
        " · ".join(f"{label.zh} {counts.get(what, 0)}" for what, label in _COUNTED.items()),
        " · ".join(f"{counts.get(what, 0)} {label.en}" for what, label in _COUNTED.items()),
    )


def _applied(applied: Mapping[str, int]) -> Text:
    told = [(applied[what], label) for what, label in _VERDICTS.items() if applied.get(what)]
    zh = "，".join(f"{label.zh} {number}" for number, label in told)
    en = ", ".join(f"{number} {label.en}" for number, label in told)
    return Text(f"已导入：{zh}。", f"Applied: {en}.")


def _findings(judgement: Judgement, scheme: Scheme) -> Iterator[Text]:
    """Yield a line for each of the five checks that finds or found anything, before → after."""
    for five in scheme.checks.five:
        before = judgement.before.get(five.code, {})
        after = judgement.after.get(five.code, {})
        told = [
            (label, before.get(severity, 0), after.get(severity, 0))
            for severity, label in _SEVERITIES.items()
            if before.get(severity) or after.get(severity)
        ]
        if told:
            zh = "，".join(f"{label.zh} {was} → {now}" for label, was, now in told)
            en = ", ".join(f"{label.en} {was} → {now}" for label, was, now in told)
            yield Text(f"{five.code} {five.label.zh}：{zh}", f"{five.code} {five.label.en}: {en}")


def _print_line(line: Shown, done: Done, words: "_Words", terminal: Terminal) -> None:
    style, language = terminal.style, terminal.language
    colour = style.note if line.verdict in WRITES else style.faint
    if line.doubts:
        colour = style.warning
    if line.verdict is Verdict.REFUSED:
        colour = style.error
    verdict = _VERDICTS[line.verdict].in_(language)
    if line.verdict in WRITES and not line.taken:
        verdict += _NOT_TAKEN.in_(language)
    about = (_KINDS[line.kind].in_(language), line.code, _short(line.label))
    terminal.say(
        f"{style.strong}{_place(line, done)}{style.off} {colour}{verdict}{style.off} "
        f"{' '.join(filter(None, about))}"
    )
    for label, texts in ((_REASON, line.reasons), (_DOUBT, line.doubts)):
        for text in texts:
            terminal.say_text(Text(f"    {label.zh}：{text.zh}", f"    {label.en}: {text.en}"))
    for change in line.changes:
        terminal.say(f"    {words.change(change)}")


def _place(line: Shown, done: Done) -> str:
    if not line.rows:
        return f"{done.file}:-:"
    first = line.rows[0]
    sheet = f"[{first.sheet}]" if done.sheets > 1 and first.sheet else ""
    return f"{done.file}{sheet}:{first.row}:"


def _short(text: str) -> str:
    return " ".join(text.split())


class _Words:
    """Puts changes in words: codes of the scheme become its labels."""

    def __init__(self, scheme: Scheme, language: Language) -> None:
        self._language = language
        self._labels = {
            "level": self._of(scheme.levels),
            "phase": self._of(scheme.phases),
            "aspects": self._of(scheme.aspects),
            "category": self._of(scheme.categories),
            "posts": self._of(scheme.roles),
        }
        self._step_kinds = self._of(scheme.step_kinds)

    def change(self, told: Told) -> str:
        """Return a change on one line."""
        between = Text("：", ": ").in_(self._language)
        if told.field in _INNER and told.did in _DID:
            what = _INNER[told.field].in_(self._language)
            did = _DID[told.did].in_(self._language)
            return f"{did}{' ' if self._language is Language.EN else ''}{what}{between}{told.of}"
        label = FIELD_LABELS[told.field].in_(self._language) if told.field in FIELD_LABELS else ""
        of = f"“{_short(told.of)}” " if told.of else ""
        before, after = self._value(told, told.before), self._value(told, told.after)
        return f"{of}{label or told.field}{between}{before} → {after}"

    def _of(self, named: Sequence[Named]) -> dict[str, str]:
        return {entry.code: entry.label.in_(self._language) for entry in named}

    def _value(self, told: Told, value: str) -> str:
        if not value:
            return _EMPTY.in_(self._language)
        is_of_step = told.field == "kind" and told.of
        labels = self._step_kinds if is_of_step else self._labels.get(told.field)
        if labels is None:
            return _short(value)
        entries = (entry.split(" ") for entry in _short(value).split("；"))
        return "；".join(" ".join(labels.get(word, word) for word in words) for words in entries)


def json_of(done: Sequence[Done], language: Language) -> bytes:
    """Return what became of the files as JSON, for programs."""
    return msgspec.json.encode({"files": [_told(one, language) for one in done]})


def _told(done: Done, language: Language) -> dict[str, object]:
    judgement = done.judgement
    return {
        "file": done.file,
        "state": done.state,
        "counts": {what: done.counts.get(what, 0) for what in _COUNTED},
        "applied": done.applied,
        "lines": [_told_line(line, language) for line in done.lines],
        "findings": judgement and {"before": judgement.before, "after": judgement.after},
        "refusal": done.refusal and done.refusal.in_(language),
    }


def _told_line(line: Shown, language: Language) -> dict[str, object]:
    return {
        **msgspec.structs.asdict(line),
        "reasons": [text.in_(language) for text in line.reasons],
        "doubts": [text.in_(language) for text in line.doubts],
        "changes": [msgspec.structs.asdict(change) for change in line.changes],
    }
