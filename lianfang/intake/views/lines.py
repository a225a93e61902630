"""Lines, chips and figures of a preview as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lianfang.common.http import language_now
from lianfang.common.text import Text
from lianfang.intake.models import Paper
from lianfang.intake.queries.pages import DOUBTFUL, ShownLine
from lianfang.intake.rules.judging import Judgement
from lianfang.intake.rules.lines import Told, Verdict
from lianfang.intake.words import CHANGED, KINDS, VERDICTS
from lianfang.powers import words as powers
from lianfang.powers.models import PowerPost
from lianfang.register import model
from lianfang.risks import words as risks
from lianfang.scheme.model import FiveCheck, Scheme

_TAGS = {
    Verdict.REFUSED: "bad",
    Verdict.ADDED: "ok",
    Verdict.CHANGED: "info",
    Verdict.RETIRED: "warn",
    Verdict.UNCHANGED: "",
}
# fields of a change whose values are codes of the scheme
_JOINT = "；"
_CODES = {
    "level": "levels",
    "phase": "phases",
    "aspects": "aspects",
    "category": "categories",
    "focus": "focus_areas",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldChange:
    """A change in words; `of` is the measure or step it belongs to."""

    label: Promise | str
    before: str
    after: str
    of: str
    did: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldLine:
    """A line in words; `facts` are what a new part holds."""

    line: ShownLine
    kind: Promise | str
    verdict: Promise | str
    tag: str
    changes: tuple[ToldChange, ...]
    facts: tuple[tuple[Promise | str, str], ...]
    level: str | None
    may_part: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """A narrowing of the list with its number."""

    show: str
    label: Promise | str
    number: int
    is_on: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """Findings of one of the five checks before and after: errors, warnings."""

    check: FiveCheck
    before: tuple[int, int]
    after: tuple[int, int]


def told_lines(lines: Sequence[ShownLine], scheme: Scheme) -> list[ToldLine]:
    """Return the lines of a page in words."""
    words = _Words(scheme)
    return [
        ToldLine(
            line=line,
            kind=KINDS[line.kind],
            verdict=VERDICTS[line.verdict],
            tag=_TAGS[Verdict(line.verdict)],
            changes=tuple(words.change(change) for change in line.changes),
            facts=tuple(words.facts(line.part)) if line.part is not None else (),
            level=_level_of(line),
            may_part=line.kind == "risk" and line.known and line.verdict == Verdict.CHANGED,
        )
        for line in lines
    ]


def chips_of(paper: Paper, show: str) -> list[Chip]:
    """Return the narrowings by verdict, each with its number."""
    counts = paper.counts
    total = sum(number for name, number in counts.items() if name != DOUBTFUL)
    chips = [Chip(show="", label=_("全部"), number=total, is_on=not show)]
    for name, label in ((DOUBTFUL, _("存疑")), *VERDICTS.items()):
        if counts.get(name) or name == show:
            number = counts.get(name, 0)
            chips.append(Chip(show=name, label=label, number=number, is_on=name == show))
    return chips


def findings_of(judgement: Judgement | None, scheme: Scheme) -> list[Number]:
    """Return the findings by the five checks, before and after."""
    if judgement is None:
        return []
    return [
        Number(
            check=check,
            before=_two(judgement.before.get(check.code, {})),
            after=_two(judgement.after.get(check.code, {})),
        )
        for check in scheme.checks.five
    ]


class _Words:
    """Says the fields and codes of a part in the page's language."""

    def __init__(self, scheme: Scheme) -> None:
        self._labels = {
            field: {entry.code: entry.label for entry in getattr(scheme, name)}
            for field, name in _CODES.items()
        }
        self._phases = {phase.code: phase.label for phase in scheme.phases}

    def change(self, change: Told) -> ToldChange:
        before, after = _apart(change.before, change.after)
        return ToldChange(
            label=_field(change.field),
            before=self._value(change.field, before),
            after=self._value(change.field, after),
            of=change.of,
            did=change.did,
        )

    def facts(self, part: model.Power | model.RiskPoint) -> list[tuple[Promise | str, str]]:
        if isinstance(part, model.Power):
            return self._facts_of_power(part)
        shown = "；".join(one.text for one in part.manifestations)
        facts = [(_field("manifestations"), shown)] if shown else []
        for phase in dict.fromkeys(measure.phase for measure in part.measures):
            texts = [measure.text for measure in part.measures if measure.phase == phase]
            label = self._say(self._phases[phase]) if phase in self._phases else _("未分阶段的措施")
            facts.append((label, "；".join(texts)))
        return [*facts, *((extra.label, extra.text) for extra in part.extras)]

    def _facts_of_power(self, part: model.Power) -> list[tuple[Promise | str, str]]:
        facts: list[tuple[Promise | str, str]] = []
        if part.category or part.kind:
            word = self._value("category", part.category or "") or part.kind
            facts.append((_field("category"), word))
        if part.bases:
            facts.append((_field("bases"), "；".join(basis.text for basis in part.bases)))
        if part.steps:
            facts.append((_field("steps"), " → ".join(step.name for step in part.steps)))
        return [*facts, *((extra.label, extra.text) for extra in part.extras)]

    def _value(self, field: str, value: str) -> str:
        labels = self._labels.get(field)
        if field == "posts":
            for role, word in PowerPost.Role.choices:
                value = value.replace(f" {role}", f"（{word}）")
        if not labels:
            return value
        return "、".join(
            self._say(labels[code]) if code in labels else code
            for code in value.split("；")
            if code
        )

    @staticmethod
    def _say(label: Text) -> str:
        return label.in_(language_now())


def _apart(before: str, after: str) -> tuple[str, str]:
    """Return only the entries of a list that went and came; of one entry, both as they are."""
    was, now = before.split(_JOINT), after.split(_JOINT)
    if len(was) == 1 and len(now) == 1:
        return before, after
    gone = [entry for entry in was if entry and entry not in now]
    come = [entry for entry in now if entry and entry not in was]
    return _JOINT.join(gone), _JOINT.join(come)


def _field(name: str) -> Promise | str:
    for words in (CHANGED, risks.FIELDS, powers.FIELDS):
        if name in words:
            return words[name]
    return name


def _level_of(line: ShownLine) -> str | None:
    if isinstance(line.part, model.RiskPoint):
        return line.part.level or ""
    return None


def _two(numbers: dict[str, int]) -> tuple[int, int]:
    return numbers.get("error", 0), numbers.get("warning", 0)
