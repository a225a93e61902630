"""The parts of a Register while a file is being read: each unit, post, power made once."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from lianfang.common.text import bare
from lianfang.documents.flows import FlowStep
from lianfang.documents.model import Problem
from lianfang.documents.origins import Origin
from lianfang.documents.wording import article, lines, regulations, without_number
from lianfang.register.model import (
    Arrow,
    Basis,
    Charge,
    Extra,
    Fact,
    Holder,
    Post,
    Power,
    PowerPost,
    Register,
    Regulation,
    RiskPoint,
    Role,
    Step,
    StepKind,
    Total,
    Unit,
)
from lianfang.scheme.model import Scheme


@dataclass(slots=True)
class PowerDraft:
    """A power whose rows are still coming."""

    id: str
    unit: str
    name: str
    code: str = ""
    category: str | None = None
    kind: str = ""
    bases: dict[str, Basis] = field(default_factory=dict)
    posts: dict[str, PowerPost] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    extras: dict[tuple[str, str], Extra] = field(default_factory=dict)

    def frozen(self) -> Power:
        return Power(
            id=self.id,
            unit=self.unit,
            name=self.name,
            code=self.code,
            category=self.category,
            kind=self.kind,
            bases=tuple(self.bases.values()),
            posts=tuple(self.posts.values()),
            steps=tuple(self.steps.values()),
            extras=tuple(self.extras.values()),
        )


class Parts:
    """Everything found so far; ids count up in the order of the file."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._roles = {c.code: Role(c.role) for c in scheme.categories}
        self._numbers: defaultdict[str, count[int]] = defaultdict(partial(count, 1))
        self._units: dict[str, Unit] = {}
        self._posts: dict[tuple[str, str], Post] = {}
        self._duties: dict[str, dict[str, None]] = {}
        self._regulations: dict[str, Regulation] = {}
        self._powers: dict[tuple[str, str], PowerDraft] = {}
        self._holders: dict[tuple[str, str], Holder] = {}
        self.risks: list[RiskPoint] = []
        self.charges: dict[tuple[str, str, str], Charge] = {}
        self.totals: list[Total] = []
        self.origins: dict[str, Origin] = {}
        # all rows of a part that stands in several
        self.rows: dict[str, list[Origin]] = {}
        self.problems: list[Problem] = []

    def new_id(self, kind: str, origin: Origin) -> str:
        """Return the next id of a kind and remember where its part stands."""
        made = f"{kind}-{next(self._numbers[kind])}"
        self.origins[made] = origin
        return made

    def seen(self, made: str, origin: Origin) -> None:
        """Note a further row in which a part stands."""
        if self.origins[made] == origin:
            return
        rows = self.rows.setdefault(made, [self.origins[made]])
        if rows[-1] != origin:
            rows.append(origin)

    def unit(self, name: str, origin: Origin) -> str:
        """Return the id of the unit of that name, made now if it is new."""
        key = bare(name) or name
        found = self._units.get(key)
        if found is None:
            made = self.new_id("unit", origin)
            found = self._units[key] = Unit(id=made, name=" ".join(name.split()))
        return found.id

    def post(self, unit: str, name: str, origin: Origin) -> str:
        """Return the id of a unit's post, made now if it is new."""
        key = (unit, bare(name) or name)
        found = self._posts.get(key)
        if found is None:
            made = self.new_id("post", origin)
            found = self._posts[key] = Post(id=made, unit=unit, name=name.strip())
        return found.id

    def add_duties(self, post: str, text: str) -> None:
        """Add the lines of a post's description, each once."""
        self._duties.setdefault(post, {}).update(dict.fromkeys(lines(text)))

    def hold(self, post: str, person: str) -> None:
        """Record who holds a post."""
        self._holders.setdefault((post, person), Holder(post=post, person=person))

    def regulation(self, title: str, origin: Origin) -> str:
        """Return the id of the regulation of that title, made now if it is new."""
        key = bare(title)
        found = self._regulations.get(key)
        if found is None:
            made = self.new_id("regulation", origin)
            found = self._regulations[key] = Regulation(id=made, title=title)
        return found.id

    def known_regulation(self, text: str) -> str | None:
        """Return the id of the first regulation named in `text` that is already known."""
        for title in regulations(text):
            found = self._regulations.get(bare(title))
            if found is not None:
                return found.id
        return None

    def power(self, unit: str, name: str, origin: Origin) -> PowerDraft:
        """Return a unit's power by its name, made now if it is new."""
        title = without_number(name.strip())
        key = (unit, bare(title) or title)
        found = self._powers.get(key)
        if found is None:
            made = self.new_id("power", origin)
            found = self._powers[key] = PowerDraft(made, unit, title)
        return found

    def add_basis(self, power: PowerDraft, text: str, origin: Origin) -> None:
        """Add each basis a cell lists: a line, or what stands in book-title marks."""
        for line in lines(text):
            if line in power.bases:
                continue
            titles = regulations(line)
            made = self.regulation(titles[0], origin) if titles else None
            power.bases[line] = Basis(text=line, regulation=made, article=article(line))

    def add_flow(self, power: PowerDraft, steps: tuple[FlowStep, ...], origin: Origin) -> None:
        """Give a power the flow that a cell tells, unless it has one already."""
        if power.steps:
            return
        ids = [self.new_id("step", origin) for _ in steps]
        last = len(steps) - 1
        for place, (made, step) in enumerate(zip(ids, steps, strict=True)):
            kind = StepKind.START if place == 0 else StepKind.STEP
            power.steps[f"{place} {bare(step.name)}"] = Step(
                id=made,
                name=step.name,
                kind=StepKind.END if place == last else kind,
                lane=step.lane,
                days=step.days,
                arrows=() if place == last else (Arrow(to=ids[place + 1]),),
            )

    def step(self, power: PowerDraft, name: str, origin: Origin) -> str:
        """Return the id of a power's step by its name, made now if it is new."""
        key = bare(name)
        for step in power.steps.values():
            if bare(step.name) == key:
                return step.id
        made = self.new_id("step", origin)
        power.steps[key] = Step(id=made, name=" ".join(name.split()))
        return made

    def take_part(self, power: PowerDraft, post: str) -> None:
        """Record a post's part in a power: what the power's category asks, else execution."""
        if post not in power.posts:
            role = self._roles.get(power.category or "", Role.EXECUTES)
            power.posts[post] = PowerPost(post=post, role=role)

    @property
    def has_categories(self) -> bool:
        """Whether any power is said to decide, execute or supervise."""
        return any(power.category for power in self._powers.values())

    @property
    def has_duties(self) -> bool:
        """Whether any post has a description."""
        return bool(self._duties)

    @property
    def has_flows(self) -> bool:
        """Whether any power has a flow with arrows, not only the links that risks name."""
        return any(step.arrows for power in self._powers.values() for step in power.steps.values())

    @property
    def has_regulations(self) -> bool:
        """Whether any regulation is named as a basis."""
        return bool(self._regulations)

    def register(self, *, absent: tuple[Fact, ...], totals: tuple[Total, ...]) -> Register:
        """Return everything found as one value."""
        return Register(
            scheme=self._scheme.name,
            units=tuple(self._units.values()),
            posts=tuple(self._described(post) for post in self._posts.values()),
            regulations=tuple(self._regulations.values()),
            powers=tuple(power.frozen() for power in self._powers.values()),
            risks=tuple(self.risks),
            absent=absent,
            holders=tuple(self._holders.values()) or None,
            totals=totals or None,
            charges=tuple(self.charges.values()) or None,
        )

    def _described(self, post: Post) -> Post:
        duties = self._duties.get(post.id)
        return (
            post
            if duties is None
            else Post(id=post.id, unit=post.unit, name=post.name, duties=tuple(duties))
        )
