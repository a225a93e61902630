"""The words by which a finding names a thing: never its id."""

from collections.abc import Sequence

from lianfang.checks.index import Index, plain
from lianfang.common.text import Text
from lianfang.register.model import Measure, Power, RiskPoint, Step, SubjectKind

LONGEST = 30
UNNAMED = Text("未写名称", "no name")
UNKNOWN_UNIT = Text("未登记的单位", "a unit not in the register")
UNKNOWN_POST = Text("未登记的岗位", "a post not in the register")


def cut(text: str, longest: int = LONGEST) -> str:
    """Return the text without white space, cut after `longest` characters."""
    whole = plain(text)
    return whole if len(whole) <= longest else f"{whole[:longest]}…"


def named(text: str) -> str | Text:
    """Return a name for quoting, or words that say there is none."""
    return cut(text) or UNNAMED


def unit_name(index: Index, unit: str) -> str | Text:
    """Return the name of a unit."""
    found = index.units.get(unit)
    return named(found.name) if found else UNKNOWN_UNIT


def post_name(index: Index, post: str) -> str | Text:
    """Return the name of a post."""
    found = index.posts.get(post)
    return named(found.name) if found else UNKNOWN_POST


def risk_name(risk: RiskPoint) -> str | Text:
    """Return a risk point's title, else how it shows first."""
    shown = (cut(manifestation.text) for manifestation in risk.manifestations)
    return cut(risk.title) or next(filter(None, shown), UNNAMED)


def of_risk(index: Index, risk: RiskPoint) -> dict[str, object]:
    """Return the words for a risk point: its unit, its name, and the power it is about."""
    return {"unit": unit_name(index, risk.unit), "risk": risk_name(risk)}


def of_power(index: Index, power: Power) -> dict[str, object]:
    """Return the words for a power and its unit."""
    return {"unit": unit_name(index, power.unit), "power": named(power.name)}


def of_step(power: Power, step: Step) -> dict[str, object]:
    """Return the words for a step and its power."""
    return {"power": named(power.name), "step": named(step.name)}


def of_measure(risk: RiskPoint, measure: Measure) -> dict[str, object]:
    """Return the words for a measure and its risk point."""
    return {"risk": risk_name(risk), "measure": named(measure.text)}


def listed(names: Sequence[str | Text], limit: int) -> Text:
    """Return the first names as a list, and how many more there are."""
    shown = names[:limit]
    more = len(names) - len(shown)
    zh = "、".join(f"“{_side(name, 'zh')}”" for name in shown)
    en = ", ".join(f"“{_side(name, 'en')}”" for name in shown)
    if more:
        return Text(f"{zh}等 {len(names)} 项", f"{en} and {more} more")
    return Text(zh, en)


def place_of(index: Index, risk: RiskPoint) -> Text:
    """Return where a risk point stands, as unit and title."""
    unit, name = unit_name(index, risk.unit), risk_name(risk)
    return Text(
        f"{_side(unit, 'zh')}：{_side(name, 'zh')}", f"{_side(unit, 'en')}: {_side(name, 'en')}"
    )


def about_name(index: Index, risk: RiskPoint) -> str:
    """Return the name of the power that a risk point is about, or nothing."""
    power = index.power_of(risk)
    if power is None and risk.about.kind is SubjectKind.POST:
        post = index.posts.get(risk.about.id)
        return post.name if post else ""
    return power.name if power else ""


def _side(name: str | Text, side: str) -> str:
    return name if isinstance(name, str) else str(getattr(name, side))
