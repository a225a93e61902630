"""The Register value: what an institution governs, as one frozen value.

Everything refers to everything else by `id`, unique in its kind within one Register. Codes of
levels, categories, aspects, focus areas, phases and matters are the scheme's; a Register knows
no scheme. Persons stand only in the optional part, which editions leave out.

Source: 质检认纪〔2012〕1号 五（一）–（四）, 六（一）; the shapes are described in docs/register.md.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

SCHEMA = 1


class UnitKind(StrEnum):
    ORGANISATION = "organisation"
    LEADERSHIP = "leadership"
    DEPARTMENT = "department"
    COMPANY = "company"


class Role(StrEnum):
    """What a post does in a power (确权): 五（一）2."""

    DECIDES = "decides"
    EXECUTES = "executes"
    SUPERVISES = "supervises"


class StepKind(StrEnum):
    START = "start"
    STEP = "step"
    DECISION = "decision"
    END = "end"


class RegulationState(StrEnum):
    TO_BE_MADE = "to_be_made"
    DRAFTING = "drafting"
    IN_FORCE = "in_force"
    REPEALED = "repealed"


class SubjectKind(StrEnum):
    """What a risk point hangs on: a point, a line or a plane (二); a unit until it is placed."""

    POWER = "power"
    STEP = "step"
    POST = "post"
    REGULATION = "regulation"
    UNIT = "unit"


class HolderKind(StrEnum):
    FULL = "full"
    CONCURRENT = "concurrent"
    ACTING = "acting"


class ChargeRole(StrEnum):
    """In which capacity a person is named beside a risk point in a table."""

    OWNER = "owner"
    UNIT_HEAD = "unit_head"
    LEADER = "leader"


class Fact(StrEnum):
    """A fact that a source may not record at all, so that its absence is said once."""

    UNITS = "units"
    POSTS = "posts"
    POST_DUTIES = "post.duties"
    HOLDERS = "holders"
    FINDERS = "finders"
    TOTALS = "totals"
    POWERS = "powers"
    CATEGORIES = "power.category"
    BASES = "power.bases"
    STEPS = "power.steps"
    POWER_POSTS = "power.posts"
    LIMITS = "power.limits"
    RISKS = "risks"
    RISK_POSTS = "risk.posts"
    ASPECTS = "risk.aspects"
    MANIFESTATIONS = "risk.manifestations"
    LEVELS = "risk.level"
    SCORES = "risk.scores"
    MEASURES = "measures"
    PHASES = "measure.phase"
    RESPONSIBLE = "measure.responsible"
    FREQUENCIES = "measure.frequency"
    EVIDENCE = "measure.evidence"
    REGULATIONS = "regulations"


class Value(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """A frozen part of a Register; fields at their default are left out of the JSON."""


class Extra(Value, frozen=True, kw_only=True):
    """A cell that fits no field: kept under its column's own header."""

    label: str
    text: str


class Unit(Value, frozen=True, kw_only=True):
    id: str
    name: str
    kind: UnitKind = UnitKind.DEPARTMENT
    parent: str | None = None
    code: str = ""


class Post(Value, frozen=True, kw_only=True):
    """A seat in a unit; `duties` are the lines of its description (岗位说明书)."""

    id: str
    unit: str
    name: str
    duties: tuple[str, ...] = ()
    leadership: bool = False
    unit_head: bool = False
    leadership_head: bool = False


class Regulation(Value, frozen=True, kw_only=True):
    """A law or rule; `owner` (a post) and `due_on` matter while it is still to be made."""

    id: str
    title: str
    number: str = ""
    issuer: str = ""
    state: RegulationState = RegulationState.IN_FORCE
    in_force_on: date | None = None
    repealed_on: date | None = None
    owner: str | None = None
    due_on: date | None = None


class Basis(Value, frozen=True, kw_only=True):
    """On what a power rests: the words as written, and the regulation and article they name."""

    text: str
    regulation: str | None = None
    article: str = ""


class PowerPost(Value, frozen=True, kw_only=True):
    """A post's part in a power; `amount` is the highest sum in yuan it may decide alone."""

    post: str
    role: Role
    limit: str = ""
    amount: int | None = None


class Arrow(Value, frozen=True, kw_only=True):
    to: str
    condition: str = ""


class Step(Value, frozen=True, kw_only=True):
    """A node of a power's flow, in one power; `lane` holds the words where no post is known."""

    id: str
    name: str
    kind: StepKind = StepKind.STEP
    post: str | None = None
    lane: str = ""
    days: int | None = None
    term: str = ""
    output: str = ""
    arrows: tuple[Arrow, ...] = ()


class Power(Value, frozen=True, kw_only=True):
    """A power of a unit; `category` is decision, execution or supervision in the scheme's codes.

    `kind` is the government kind as written (行政许可 …), another axis. `matters` are the
    scheme's codes for major decision, appointments, major work, large sums.
    """

    id: str
    unit: str
    name: str
    code: str = ""
    category: str | None = None
    kind: str = ""
    matters: tuple[str, ...] = ()
    frequency: str = ""
    bases: tuple[Basis, ...] = ()
    posts: tuple[PowerPost, ...] = ()
    steps: tuple[Step, ...] = ()
    public: bool = False
    extras: tuple[Extra, ...] = ()


class Subject(Value, frozen=True, kw_only=True):
    kind: SubjectKind
    id: str


class Manifestation(Value, frozen=True, kw_only=True):
    """How a risk shows (表现形式); its own level counts when it is higher than the others."""

    text: str
    level: str | None = None


class Score(Value, frozen=True, kw_only=True):
    """A factor's step, 1 to 5 in `cnas-2012`, by the scheme's code of the factor."""

    factor: str
    value: int


class Measure(Value, frozen=True, kw_only=True):
    """A prevention or control measure; `phase` None means not yet sorted.

    `responsible` holds the words of the table where no post is known; `asks_rule` is set when
    the measure is that a rule be made.
    """

    id: str
    text: str
    phase: str | None = None
    post: str | None = None
    responsible: str = ""
    frequency: str = ""
    due_on: date | None = None
    evidence: str = ""
    method: str = ""
    indicator: str = ""
    regulation: str | None = None
    asks_rule: bool = False


class RiskPoint(Value, frozen=True, kw_only=True):
    """An integrity risk point (廉政风险点) of a unit, about one subject, at one or more posts.

    `scores` are the inherent answers, `residual` those with the measures in place. `level` is
    what the proposer says, `confirmed` what was approved; None is "not rated", never low.
    """

    id: str
    unit: str
    about: Subject
    title: str
    posts: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    focus: str | None = None
    manifestations: tuple[Manifestation, ...] = ()
    found_on: date | None = None
    scores: tuple[Score, ...] = ()
    residual: tuple[Score, ...] = ()
    computed: str | None = None
    level: str | None = None
    confirmed: str | None = None
    reason: str = ""
    measures: tuple[Measure, ...] = ()
    extras: tuple[Extra, ...] = ()


class Holder(Value, frozen=True, kw_only=True):
    """Who holds a post (a person's name)."""

    post: str
    person: str
    kind: HolderKind = HolderKind.FULL


class Finder(Value, frozen=True, kw_only=True):
    """How many risk points a member of a unit's staff has found; 0 is a fact, too."""

    unit: str
    person: str
    found: int


class Total(Value, frozen=True, kw_only=True):
    """A number that a cover sheet declares: of "powers", "risks", or of a level's code."""

    counted: str
    number: int
    unit: str | None = None


class Charge(Value, frozen=True, kw_only=True):
    """A person, or words for one, named beside a risk point (责任人, 部门负责人, 分管领导)."""

    risk: str
    role: ChargeRole
    name: str


class Register(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Powers, posts, risks and measures of one organisation, or of the part a file holds.

    `absent` lists the facts that the source had no place for. `holders`, `finders`, `totals`
    and `charges` are None where nothing is known, and always None in an edition.
    """

    schema: int = SCHEMA
    scheme: str = ""
    organisation: str = ""
    units: tuple[Unit, ...] = ()
    posts: tuple[Post, ...] = ()
    regulations: tuple[Regulation, ...] = ()
    powers: tuple[Power, ...] = ()
    risks: tuple[RiskPoint, ...] = ()
    absent: tuple[Fact, ...] = ()
    holders: tuple[Holder, ...] | None = None
    finders: tuple[Finder, ...] | None = None
    totals: tuple[Total, ...] | None = None
    charges: tuple[Charge, ...] | None = None

    def without_people(self) -> "Register":
        """Return the part an edition freezes: posts, never persons."""
        return Register(
            scheme=self.scheme,
            organisation=self.organisation,
            units=self.units,
            posts=self.posts,
            regulations=self.regulations,
            powers=self.powers,
            risks=self.risks,
        )
