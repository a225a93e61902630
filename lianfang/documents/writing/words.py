"""The words in which a Register's parts stand in cells; `answers` reads the same words back."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from lianfang.common.text import Language, Text
from lianfang.documents.writing.paper import Cell, Tone
from lianfang.documents.writing.request import Request
from lianfang.register.model import (
    Basis,
    ChargeRole,
    Manifestation,
    Measure,
    RiskPoint,
    SubjectKind,
)
from lianfang.scheme.model import Level, Named

STEP = Text("环节：", "Step: ")
EVIDENCE = Text("留痕：", "evidence: ")
UNTIL = Text("{day}前", "by {day}")
NOTHING = "—"
_UNDRAWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BREAKS = re.compile(r"[ \t]*(?:\r\n?|\n)\s*")


def drawable(text: str) -> str:
    """Return a text without marks that are never drawn."""
    return _UNDRAWABLE.sub("", text)


def shown(text: str) -> str:
    """Return a text as cells hold it: drawable, lines by LF, no blanks around them."""
    return _BREAKS.sub("\n", drawable(text.replace("\t", " "))).strip()


def in_line(text: str) -> str:
    """Return a text on one line."""
    return shown(text).replace("\n", " ")


def numbered(items: Sequence[str]) -> str:
    """Return items one to a line, numbered where there are several."""
    if len(items) == 1:
        return items[0]
    return "\n".join(f"{place}. {item}" for place, item in enumerate(items, 1))


class Words:
    """Turns ids and codes of one register into words of one language."""

    def __init__(self, request: Request) -> None:
        register, self.scheme = request.register, request.scheme
        self.register = register
        self.language = request.language
        self.is_draft = request.is_draft
        self.units = {unit.id: in_line(unit.name) for unit in register.units}
        self.posts = {post.id: in_line(post.name) for post in register.posts}
        self.post_units = {post.id: post.unit for post in register.posts}
        self.powers = {power.id: in_line(power.name) for power in register.powers}
        self.regulations = {rule.id: in_line(rule.title) for rule in register.regulations}
        self.steps = {
            step.id: in_line(step.name) for power in register.powers for step in power.steps
        }
        self._owners: dict[str, list[str]] = {}
        for charge in register.charges or ():
            if charge.role is ChargeRole.OWNER:
                self._owners.setdefault(charge.risk, []).append(in_line(charge.name))
        self._people: dict[str, list[str]] = {}
        for holder in register.holders or ():
            self._people.setdefault(holder.post, []).append(in_line(holder.person))

    def say(self, text: Text) -> str:
        """Return a text in the paper's language."""
        return text.in_(self.language)

    def labels(self, named: Iterable[Named]) -> dict[str, str]:
        """Return labels by code."""
        return {entry.code: self.say(entry.label) for entry in named}

    @cached_property
    def categories(self) -> dict[str, str]:
        """Labels of the categories by code."""
        return self.labels(self.scheme.categories)

    @cached_property
    def aspects(self) -> dict[str, str]:
        """Labels of the aspects by code."""
        return self.labels(self.scheme.aspects)

    @cached_property
    def matters(self) -> dict[str, str]:
        """Labels of the weighty matters by code."""
        return self.labels(self.scheme.matters)

    @cached_property
    def phases(self) -> dict[str, str]:
        """Labels of the phases by code."""
        return self.labels(self.scheme.phases)

    @cached_property
    def levels(self) -> dict[str, Level]:
        """Levels by code."""
        return {level.code: level for level in self.scheme.levels}

    @cached_property
    def phase_marks(self) -> dict[str | None, str]:
        """Short names of the phases, as they stand before a responsible post."""
        english = self.language is Language.EN
        short = {
            code: label.split()[0] if english else label[:2] for code, label in self.phases.items()
        }
        told = short if len(set(short.values())) == len(short) else self.phases
        marks: dict[str | None, str] = {None: "Other" if english else "其他"}
        marks.update(told.items())
        return marks

    def level_of(self, risk: RiskPoint) -> str | None:
        """Return the level that this paper shows: proposed in a draft, else confirmed."""
        if self.is_draft:
            return risk.level or risk.confirmed
        return risk.confirmed or risk.level

    def level_cell(self, code: str | None, *, open: bool = False) -> Cell:
        """Return a level as shape and word, the darker the higher."""
        if code is None:
            return Cell(mark="○", text=self.say(self.scheme.unrated), open=open)
        level = self.levels.get(code)
        if level is None:
            return Cell(text=shown(code), open=open)
        tone = Tone.GREY
        if level is self.scheme.levels[0]:
            tone = Tone.DARK
        elif level is self.scheme.levels[-1]:
            tone = Tone.PLAIN
        return Cell(mark=level.shape, text=self.say(level.label), tone=tone, strong=True, open=open)

    def level_words(self) -> tuple[str, ...]:
        """Return all levels as a cell writes them, from the highest; "not rated" last."""
        return tuple(self.level_cell(code).whole for code in (*self.levels, None))

    def post(self, made: str) -> str:
        """Return a post with whoever holds it."""
        name = self.posts.get(made, shown(made))
        people = self._people.get(made)
        return f"{name}（{'、'.join(people)}）" if people else name

    def post_lines(self, risk: RiskPoint) -> str:
        """Return the posts of a risk point, one to a line."""
        return "\n".join(self.post(post) for post in risk.posts)

    def step_note(self, risk: RiskPoint) -> str:
        """Return the step that a risk point is about, if it is about one."""
        if risk.about.kind is not SubjectKind.STEP:
            return ""
        return self.say(STEP) + self.steps.get(risk.about.id, shown(risk.about.id))

    def aspect_lines(self, risk: RiskPoint) -> str:
        """Return the aspects of a risk point, one to a line."""
        return "\n".join(self.aspects.get(code, shown(code)) for code in risk.aspects)

    def manifestation(self, entry: Manifestation) -> str:
        """Return how a risk shows, with its own level behind it."""
        if entry.level is None:
            return shown(entry.text)
        return f"{shown(entry.text)}〔{self.level_cell(entry.level).text}〕"

    def manifestations(self, risk: RiskPoint) -> str:
        """Return how a risk shows, numbered where in several ways."""
        return numbered([self.manifestation(entry) for entry in risk.manifestations])

    def basis_lines(self, bases: Iterable[Basis]) -> str:
        """Return the bases of a power, one to a line."""
        return "\n".join(in_line(basis.text) for basis in bases)

    def terms(self, measure: Measure) -> str:
        """Return how often, until when, and with what evidence."""
        parts = [in_line(measure.frequency)]
        if measure.due_on is not None:
            parts.append(self.say(UNTIL).format(day=measure.due_on.isoformat()))
        if measure.evidence:
            parts.append(self.say(EVIDENCE) + in_line(measure.evidence))
        return "；".join(filter(None, parts))

    def measure(self, measure: Measure) -> str:
        """Return a measure with its terms behind it."""
        terms = self.terms(measure)
        return f"{shown(measure.text)}〔{terms}〕" if terms else shown(measure.text)

    def measures_of(self, risk: RiskPoint, phase: str | None) -> tuple[Measure, ...]:
        """Return the measures in a phase's column; None is for those of no known phase."""
        return tuple(
            one
            for one in risk.measures
            if one.phase == phase or (phase is None and one.phase not in self.phases)
        )

    def measures_in(self, risk: RiskPoint, phase: str | None) -> str:
        """Return the measures of one phase, numbered where there are several."""
        return numbered([self.measure(one) for one in self.measures_of(risk, phase)])

    def responsible(self, measure: Measure) -> str:
        """Return who answers for a measure: the post, else the words for it."""
        return in_line(measure.responsible) if measure.post is None else self.post(measure.post)

    def responsibles(self, risk: RiskPoint) -> str:
        """Return who answers: one line where one answers for all, else by phase."""
        named = {one.id: self.responsible(one) for one in risk.measures}
        who = list(dict.fromkeys(named.values()))
        if not any(who):
            return "、".join(dict.fromkeys(self._owners.get(risk.id, ())))
        if len(who) == 1:
            return who[0]
        told: dict[str, list[str]] = {}
        for mark, ids in self._shortest_marks(risk, named).items():
            told.setdefault(named[ids[0]], []).append(mark)
        return "\n".join(f"{'、'.join(marks)}：{name or NOTHING}" for name, marks in told.items())

    def marks(self, risk: RiskPoint) -> dict[str, list[str]]:
        """Return measures by the marks that may stand before who answers: 前期, 中期2."""
        marks: dict[str, list[str]] = {}
        for phase in (*self.phases, None):
            ids = [one.id for one in self.measures_of(risk, phase)]
            if ids:
                mark = self.phase_marks[phase]
                marks[mark] = ids
                marks.update({f"{mark}{place}": [made] for place, made in enumerate(ids, 1)})
        return marks

    def _shortest_marks(self, risk: RiskPoint, named: dict[str, str]) -> dict[str, list[str]]:
        """Return a phase as one mark where one answers for all of it, else one by one."""
        marks = self.marks(risk)
        whole = {mark: ids for mark, ids in marks.items() if not mark[-1].isdigit()}
        chosen: dict[str, list[str]] = {}
        for mark, ids in whole.items():
            if len({named[made] for made in ids}) == 1:
                chosen[mark] = ids
            else:
                chosen.update({f"{mark}{at}": [made] for at, made in enumerate(ids, 1)})
        return chosen
