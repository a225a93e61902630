"""Codes are unique, codes that the program knows are all worded, lists aren't empty."""

from enum import StrEnum

from msgspec import Struct

from lianfang.common.text import Text
from lianfang.scheme.crosscheck.found import Found, codes, unknown_one
from lianfang.scheme.model import Actor, Measured, Named, PowerRole, Quantity, Scheme
from lianfang.scheme.source import Place


def _of(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(member.value for member in kind)


# The codes that the Register and the rules of the program use: a scheme words each of them.
WORDED = {
    "actors": _of(Actor),
    "roles": _of(PowerRole),
    "unit_kinds": ("organisation", "leadership", "department", "company"),
    "step_kinds": ("start", "step", "decision", "end"),
    "holder_kinds": ("full", "concurrent", "acting"),
    "subject_kinds": ("power", "step", "post", "regulation", "unit"),
    "regulation_states": ("to_be_made", "drafting", "in_force", "repealed"),
}
FIVE = ("C1", "C2", "C3", "C4", "C5")
NEVER_EMPTY = (
    "documents",
    "levels",
    "categories",
    "aspects",
    "phases",
    "impacts",
    "duties",
    "talks",
    "channels",
    "ladders",
    "stages",
    "sheets",
)


def code_faults(scheme: Scheme) -> Found:
    """Yield what is wrong with codes, lists and quantities anywhere in the scheme."""
    yield from _walk(scheme, ())
    for section in NEVER_EMPTY:
        if not getattr(scheme, section):
            yield (section,), Text("至少要有一项。", "At least one entry is needed.")
    for section, wanted in WORDED.items():
        yield from _unworded((section,), codes(getattr(scheme, section)), wanted)
    yield from _unworded(("checks", "five"), codes(scheme.checks.five), FIVE)
    yield from _levels(scheme)
    for place, term in enumerate(scheme.vocabulary):
        path = ("vocabulary", place, "chosen")
        yield from unknown_one(path, term.chosen, codes(term.choices), "choices")
    for place, area in enumerate(scheme.focus_areas):
        path = ("focus_areas", place, "matter")
        yield from unknown_one(path, area.matter, codes(scheme.matters), "matters")


def _unworded(path: Place, given: frozenset[str], wanted: tuple[str, ...]) -> Found:
    for code in wanted:
        if code not in given:
            yield path, Text(f"缺少“{code}”的名称。", f"The label of `{code}` is missing.")
    for code in sorted(given.difference(wanted)):
        yield path, Text(f"程序不使用“{code}”。", f"The program knows no `{code}`.")


def _levels(scheme: Scheme) -> Found:
    ranks = [level.rank for level in scheme.levels]
    if ranks != sorted(set(ranks), reverse=True) or (ranks and ranks[-1] < 1):
        yield (
            ("levels",),
            Text(
                "等级应从高到低排列，rank 逐级减小且不小于 1。",
                "Levels go from the highest to the lowest, rank falling and never below 1.",
            ),
        )
    for place, scale in enumerate(scheme.level_scales):
        if len(scale.words) != len(ranks):
            yield (
                ("level_scales", place, "words"),
                Text(
                    f"应有 {len(ranks)} 级，实有 {len(scale.words)} 级。",
                    f"There are {len(ranks)} levels; this has {len(scale.words)}.",
                ),
            )


def _walk(value: object, path: Place) -> Found:
    if isinstance(value, tuple):
        yield from _twice(value, path)
        yield from _ambiguous(value, path)
        for place, item in enumerate(value):
            if not isinstance(item, str):
                yield from _walk(item, (*path, place))
    elif isinstance(value, Quantity):
        yield from _impossible(value, path)
    elif isinstance(value, Struct) and not isinstance(value, Text):
        for name in value.__struct_fields__:
            yield from _walk(getattr(value, name), (*path, name))


def _twice(items: tuple[object, ...], path: Place) -> Found:
    seen: set[str] = set()
    for place, item in enumerate(items):
        code = getattr(item, "code", None)
        if code is None:
            return
        if code in seen:
            yield (
                (*path, place, "code"),
                Text(f"代码“{code}”重复。", f"The code `{code}` is already taken."),
            )
        seen.add(code)


def _ambiguous(items: tuple[object, ...], path: Place) -> Found:
    """An alias of two entries of one list would be read as either."""
    owner: dict[str, str] = {}
    for place, item in enumerate(items):
        if not isinstance(item, Named):
            return
        for word in (item.label.zh, *item.aliases):
            if owner.setdefault(word, item.code) != item.code or item.aliases.count(word) > 1:
                yield (
                    (*path, place, "aliases"),
                    Text(
                        f"“{word}”已属于“{owner[word]}”。",
                        f"“{word}” already belongs to `{owner[word]}`.",
                    ),
                )


def _impossible(quantity: Quantity, path: Place) -> Found:
    # Reminders alone count backwards, from the due date.
    if quantity.value < 0 and path[0] != "reminders":
        yield (*path, "value"), Text("不能小于 0。", "This can't be below 0.")
    if quantity.unit is Measured.PERCENT and quantity.value > 100:
        yield (*path, "value"), Text("不能大于 100%。", "This can't be above 100 %.")
