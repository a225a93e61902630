"""The Chart value: what is drawn of a power, and how a Register's power becomes one.

Places are indexes: `Node.lane` into `Chart.lanes`, `Link.source` and `Link.target` into
`Chart.nodes`, so that a doubled id in the input can't confuse a drawing.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lianfang.common.text import Language, Text
from lianfang.register.model import (
    Arrow,
    Power,
    Register,
    RiskPoint,
    Role,
    Step,
    StepKind,
    SubjectKind,
)
from lianfang.scheme.model import Scheme

NO_POST = Text("未定岗位", "No post yet")
_DAYS = Text("{days} 个工作日", "{days} working days")
_ONE_DAY = Text("1 个工作日", "1 working day")
_DANGLING = Text(
    "环节“{name}”有一个箭头指向不存在的环节“{to}”，没有画出；请补上该环节或删去箭头。",
    "An arrow from “{name}” leads to “{to}”, which does not exist, and was left out; "
    "add that step or remove the arrow.",
)
_DOUBLED = Text(
    "环节编号“{id}”重复，指向它的箭头画到了第一个；请改用不同编号。",
    "The step id “{id}” is used twice, and arrows to it lead to the first; give each its own id.",
)
_NO_ARROWS = Text(
    "各环节之间没有箭头，按所列顺序连接。",
    "The steps have no arrows and were joined in the order given.",
)
_ROLES = {
    Role.DECIDES: Text("决策", "decides"),
    Role.EXECUTES: Text("执行", "executes"),
    Role.SUPERVISES: Text("监督", "supervises"),
}


class LevelLook(Struct, frozen=True, kw_only=True, gc=False):
    """How the marks of a level look; `code` None is the state "not rated"."""

    code: str | None
    label: str
    shape: str
    colour: str


class Mark(Struct, frozen=True, kw_only=True, gc=False):
    """A risk mark at a node: `look` is an index into `Chart.looks`."""

    look: int
    reference: str


class Lane(Struct, frozen=True, kw_only=True, gc=False):
    """A post of the flow; `note` says what it does, `vacant` marks the lane of no post."""

    name: str
    note: str = ""
    vacant: bool = False


class Node(Struct, frozen=True, kw_only=True, gc=False):
    """A step as drawn: `limit` and `output` are small lines under the name."""

    id: str
    number: str
    name: str
    lane: int
    kind: StepKind = StepKind.STEP
    marks: tuple[Mark, ...] = ()
    limit: str = ""
    output: str = ""


class Link(Struct, frozen=True, kw_only=True, gc=False):
    source: int
    target: int
    condition: str = ""


class Chart(Struct, frozen=True, kw_only=True, gc=False):
    """A flow ready to be laid out; `notes` says what could not be drawn as it was given."""

    title: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    looks: tuple[LevelLook, ...] = ()
    notes: tuple[str, ...] = ()
    language: Language = Language.ZH


def chart_of(
    register: Register,
    power: Power,
    scheme: Scheme,
    language: Language,
    references: Mapping[str, str] | None = None,
) -> Chart:
    """Return the flow of a power of `register` with the risk points of its steps.

    `references` gives the words on the mark of a risk point by its id, the id by default.
    """
    posts = {post.id: post.name for post in register.posts}
    return chart_of_steps(
        power.steps,
        title=power.name,
        language=language,
        posts=posts,
        looks=looks_of(scheme, language),
        notes_of_lanes=_roles(power, posts, language),
        risks=_risks_by_step(register.risks, power.steps),
        references=references or {},
    )


def looks_of(scheme: Scheme, language: Language) -> tuple[LevelLook, ...]:
    """Return the look of each level of a scheme, the highest first, and of "not rated"."""
    levels = sorted(scheme.levels, key=lambda level: -level.rank)
    return (
        *(
            LevelLook(
                code=level.code,
                label=level.label.in_(language),
                shape=level.shape,
                colour=level.colour,
            )
            for level in levels
        ),
        LevelLook(code=None, label=scheme.unrated.in_(language), shape="○", colour="#fffefb"),
    )


def chart_of_steps(
    steps: Sequence[Step],
    *,
    title: str,
    language: Language = Language.ZH,
    posts: Mapping[str, str] | None = None,
    looks: tuple[LevelLook, ...] = (),
    notes_of_lanes: Mapping[str, str] | None = None,
    risks: Mapping[str, Sequence[RiskPoint]] | None = None,
    references: Mapping[str, str] | None = None,
) -> Chart:
    """Return a chart of plain steps; `posts` gives names by id, `risks` the points by step id.

    Steps without any arrow are joined in their order; a step whose post and lane are unknown
    stands in a lane of its own kind. Every liberty taken is said in `notes`.
    """
    places = _places(steps)
    links, notes = _links(steps, places, language)
    known, named = risks or {}, references or {}
    lanes, lane_of = _lanes(steps, posts or {}, notes_of_lanes or {}, language)
    kinds = _kinds(steps, links)
    nodes = tuple(
        Node(
            id=step.id,
            number=str(place + 1),
            name=step.name or step.id,
            lane=lane_of[place],
            kind=kinds[place],
            marks=_marks(known.get(step.id, ()) if places[step.id] == place else (), looks, named),
            limit=_limit(step, language),
            output=step.output,
        )
        for place, step in enumerate(steps)
    )
    drawn = Chart(title=title, lanes=lanes, nodes=nodes, links=links, looks=looks)
    return replace(drawn, notes=notes, language=language)


def _places(steps: Sequence[Step]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, step in enumerate(steps):
        places.setdefault(step.id, place)
    return places


def _links(
    steps: Sequence[Step], places: Mapping[str, int], language: Language
) -> tuple[tuple[Link, ...], tuple[str, ...]]:
    links: dict[Link, None] = {}
    notes: dict[str, None] = {}
    for place, step in enumerate(steps):
        if places[step.id] != place:
            notes[_DOUBLED.filled(id=step.id).in_(language)] = None
        for arrow in step.arrows:
            target = places.get(arrow.to)
            if target is None:
                notes[_dangling(step, arrow, language)] = None
            else:
                link = Link(source=place, target=target, condition=arrow.condition.strip())
                links[link] = None
    if not links and len(steps) > 1 and not any(step.arrows for step in steps):
        notes[_NO_ARROWS.in_(language)] = None
        links = {Link(source=at, target=at + 1): None for at in range(len(steps) - 1)}
    return tuple(links), tuple(notes)


def _dangling(step: Step, arrow: Arrow, language: Language) -> str:
    return _DANGLING.filled(name=step.name or step.id, to=arrow.to).in_(language)


def _lanes(
    steps: Sequence[Step],
    posts: Mapping[str, str],
    notes_of_lanes: Mapping[str, str],
    language: Language,
) -> tuple[tuple[Lane, ...], list[int]]:
    """Return the lanes in the order of their first steps, the one of no post last."""
    names = [_lane_name(step, posts) for step in steps]
    order = [name for name in dict.fromkeys(names) if name]
    lanes = [Lane(name=name, note=notes_of_lanes.get(name, "")) for name in order]
    if "" in names or not names:
        lanes.append(Lane(name=NO_POST.in_(language), vacant=True))
        order.append("")
    at = {name: place for place, name in enumerate(order)}
    return tuple(lanes), [at[name] for name in names]


def _lane_name(step: Step, posts: Mapping[str, str]) -> str:
    known = posts.get(step.post, "") if step.post is not None else ""
    return (known or step.lane).strip()


def _kinds(steps: Sequence[Step], links: Iterable[Link]) -> list[StepKind]:
    """Return the kinds as marked, or, where none is marked, with the open ends of the flow."""
    kinds = [step.kind for step in steps]
    if not links or any(kind is not StepKind.STEP for kind in kinds):
        return kinds
    entered = {link.target for link in links}
    left = {link.source for link in links}
    for place in range(len(steps)):
        if place in left and place not in entered and StepKind.START not in kinds:
            kinds[place] = StepKind.START
        elif place in entered and place not in left:
            kinds[place] = StepKind.END
    return kinds


def _limit(step: Step, language: Language) -> str:
    if step.term or step.days is None:
        return step.term
    days = _ONE_DAY if step.days == 1 else _DAYS.filled(days=step.days)
    return days.in_(language)


def _marks(
    risks: Sequence[RiskPoint], looks: tuple[LevelLook, ...], references: Mapping[str, str]
) -> tuple[Mark, ...]:
    """Return the marks of a step, the highest level first."""
    at = {look.code: place for place, look in enumerate(looks)}
    marks = [
        Mark(look=at[level], reference=references.get(risk.id, risk.id))
        for risk in risks
        if (level := _level(risk, at)) in at
    ]
    return tuple(sorted(marks, key=lambda mark: mark.look))


def _level(risk: RiskPoint, known: Mapping[str | None, int]) -> str | None:
    level = risk.confirmed or risk.level
    return level if level in known else None


def _risks_by_step(risks: Iterable[RiskPoint], steps: Sequence[Step]) -> dict[str, list[RiskPoint]]:
    found: dict[str, list[RiskPoint]] = {step.id: [] for step in steps}
    for risk in risks:
        if risk.about.kind is SubjectKind.STEP and risk.about.id in found:
            found[risk.about.id].append(risk)
    return found


def _roles(power: Power, posts: Mapping[str, str], language: Language) -> dict[str, str]:
    roles: dict[str, list[str]] = {}
    for part in power.posts:
        words = roles.setdefault(posts.get(part.post, ""), [])
        word = _ROLES[part.role].in_(language)
        if word not in words:
            words.append(word)
    joint = ", " if language is Language.EN else "、"
    return {name: joint.join(words) for name, words in roles.items()}
