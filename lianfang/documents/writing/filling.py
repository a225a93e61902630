"""A Register while the cells of a filled-in form change it."""

from collections.abc import Callable

from msgspec.structs import replace

from lianfang.documents.writing.answers import Answers
from lianfang.documents.writing.gathering import Group, gather
from lianfang.documents.writing.measures import PHASE
from lianfang.documents.writing.newcomers import Newcomers
from lianfang.documents.writing.words import Words
from lianfang.register.model import (
    Measure,
    Power,
    PowerPost,
    Register,
    RiskPoint,
    Role,
    Subject,
    SubjectKind,
)

_RiskChange = Callable[[str, RiskPoint], RiskPoint]
_PowerChange = Callable[[str, Power], Power]


class Filling:
    """Takes one cell or row after the other; the register as it then is comes out at the end."""

    def __init__(self, base: Register, words: Words) -> None:
        self._base = base
        self._words = words
        self.newcomers = Newcomers(base)
        self._answers = Answers(words, self.newcomers)
        self._powers = {power.id: power for power in base.powers}
        self._risks = {risk.id: risk for risk in base.risks}
        self._added: dict[str, list[str]] = {}
        self.groups = {group.key: group for entry in gather(base) for group in entry.groups}
        self._risk_changes: dict[str, _RiskChange] = {
            "post": self._posts,
            "risk": lambda text, risk: replace(risk, title=text),
            "shown": lambda text, risk: replace(
                risk, manifestations=self._answers.manifestations(text, risk.manifestations)
            ),
            "aspect": lambda text, risk: replace(risk, aspects=self._answers.aspects(text)),
            "level": lambda text, risk: replace(risk, level=self._answers.level(text)),
            "responsible": lambda text, risk: replace(
                risk, measures=self._answers.responsibles(text, risk)
            ),
        }
        self._power_changes: dict[str, _PowerChange] = {
            "power": _named,
            "category": lambda text, power: replace(power, category=self._answers.category(text)),
            "basis": lambda text, power: replace(
                power, bases=self._answers.bases(text, power.bases)
            ),
        }

    # changes

    def change_risk(self, made: str, column: str, text: str) -> None:
        """Put what a cell says into a risk point. Raises AnswerRefused; then nothing changed."""
        risk = self._risks[made]
        if column.startswith(PHASE):
            self._risks[made] = self._measures(text, risk, column.removeprefix(PHASE))
        else:
            self._risks[made] = self._risk_changes[column](text, risk)

    def change_power(self, made: str, column: str, text: str) -> None:
        """Put what a cell says into a power. Raises AnswerRefused; then nothing changed."""
        self._powers[made] = self._power_changes[column](text, self._powers[made])

    def _posts(self, text: str, risk: RiskPoint) -> RiskPoint:
        power = self._power_about(risk.about)
        step = self._answers.step(text, power)
        about = risk.about
        if step is not None:
            about = Subject(kind=SubjectKind.STEP, id=step)
        elif about.kind is SubjectKind.STEP and power is not None:
            about = Subject(kind=SubjectKind.POWER, id=power.id)
        return replace(risk, posts=self._answers.posts(text, risk.unit), about=about)

    def _power_about(self, about: Subject) -> Power | None:
        if about.kind is SubjectKind.POWER:
            return self._powers.get(about.id)
        return next(
            (p for p in self._powers.values() if any(s.id == about.id for s in p.steps)), None
        )

    def _measures(self, text: str, risk: RiskPoint, phase: str) -> RiskPoint:
        """Replace the measures of one phase where they stood; others keep their place."""
        column = None if phase == "-" else phase
        old = self._words.measures_of(risk, column)
        new = list(self._answers.measures(text, column, old))
        places = {one.id: one for one in new}
        gone = {one.id for one in old} - set(places)
        kept = [places.pop(one.id, one) for one in risk.measures if one.id not in gone]
        return replace(risk, measures=(*kept, *places.values()))

    # additions and removals

    def add_power(self, unit: str, name: str) -> str:
        """Add a power to a unit, or return the one that bears this name already."""
        title, code = _name_and_code(name)
        for power in self._powers.values():
            if power.unit == unit and power.name == title:
                return f"{SubjectKind.POWER}:{power.id}"
        power = Power(id=self.newcomers.id("power"), unit=unit, name=title, code=code)
        self._powers[power.id] = power
        about = Subject(kind=SubjectKind.POWER, id=power.id)
        group = Group(about=about, unit=unit, power=power, risks=())
        self.groups[group.key] = group
        return group.key

    def add_risk(self, group: str, title: str) -> str:
        """Add a risk point about what a group is about; return its id."""
        about = self.groups[group]
        made = self.newcomers.id("risk")
        self._risks[made] = RiskPoint(id=made, unit=about.unit, about=about.about, title=title)
        return made

    def remove_risk(self, made: str) -> RiskPoint:
        """Take a risk point out."""
        return self._risks.pop(made)

    def remove_power(self, made: str) -> Power:
        """Take a power out."""
        return self._powers.pop(made)

    def has_risks_about(self, made: str) -> bool:
        """Whether a risk point is still about a power or one of its steps."""
        power = self._powers[made]
        about = {made, *(step.id for step in power.steps)}
        return any(risk.about.id in about for risk in self._risks.values())

    def finish_new(self, made: str) -> None:
        """Give a new power's posts their part in it, once its risk point names them."""
        risk = self._risks[made]
        power = self._powers.get(risk.about.id)
        if power is None or power.id in {known.id for known in self._base.powers}:
            return
        roles = {entry.code: Role(entry.role) for entry in self._words.scheme.categories}
        role = roles.get(power.category or "", Role.EXECUTES)
        known = {part.post for part in power.posts}
        more = (PowerPost(post=post, role=role) for post in risk.posts if post not in known)
        self._powers[power.id] = replace(power, posts=(*power.posts, *more))

    def register(self) -> Register:
        """Return the register as it now is."""
        kept = set(self._risks)
        charges = self._base.charges
        return replace(
            self._base,
            posts=(*self._base.posts, *self.newcomers.posts),
            powers=tuple(self._powers.values()),
            risks=tuple(self._risks.values()),
            charges=charges and tuple(charge for charge in charges if charge.risk in kept),
        )

    def measures_of(self, made: str) -> tuple[Measure, ...]:
        """Return a risk point's measures as they now are."""
        return self._risks[made].measures


def _named(text: str, power: Power) -> Power:
    name, code = _name_and_code(text)
    return replace(power, name=name, code=code or power.code)


def _name_and_code(text: str) -> tuple[str, str]:
    """Return the lines of a power's cell: its name, then its code."""
    first, _, rest = text.partition("\n")
    return first.strip(), rest.replace("\n", " ").strip()
