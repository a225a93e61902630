"""Floors first, then raises: what moves a level up after the family has found it.

Source: 质检认纪〔2012〕1号 五（二）, 五（一）2, 五（七）2（2）.
"""

from msgspec.structs import replace

from lianfang.common.text import Text
from lianfang.rating.answers import Answers
from lianfang.rating.explanation import COMMA, UNCHANGED, Kind, Line, joined, level_label
from lianfang.rating.levels import highest, raised
from lianfang.scheme.model import Floor, Raise, Scheme


def bound(level: str | None, answers: Answers, scheme: Scheme) -> tuple[Line, ...]:
    """Return a line for each floor and each raise; the last one's level counts."""
    lines: list[Line] = []
    for floor in scheme.floors:
        lines.append(_floor(level, floor, answers, scheme))
        level = lines[-1].level
    for step in scheme.raises:
        lines.append(_raise(level, step, answers, scheme))
        level = lines[-1].level
    return tuple(lines)


def settle(
    level: str | None, *, at_least: str, because: Text | None, line: Line, scheme: Scheme
) -> Line:
    """Return `line` with the level lifted to `at_least`, if there is a cause, and told so."""
    after = level if because is None else highest(scheme, level, at_least)
    return _told(level, after, because, line, scheme)


def _floor(level: str | None, floor: Floor, answers: Answers, scheme: Scheme) -> Line:
    return settle(
        level,
        at_least=floor.level,
        because=_cause(floor, answers, scheme),
        line=Line(
            kind=Kind.FLOOR,
            what=Text("底线", "Floor"),
            value=UNCHANGED,
            rule=floor.label,
            clause=floor.clause,
            default=floor.default,
            about=floor.code,
        ),
        scheme=scheme,
    )


def _cause(floor: Floor, answers: Answers, scheme: Scheme) -> Text | None:
    """Return what makes the floor hold, None where nothing does."""
    touched = [
        matter.label
        for matter in scheme.matters
        if matter.code in floor.matters and matter.code in (answers.matters or ())
    ]
    if touched:
        return Text("涉及{matters}", "touches {matters}").filled(matters=joined(touched, COMMA))
    wanted = set(floor.roles)
    if wanted and any(wanted <= set(roles) for roles in answers.roles or ()):
        return Text("确由一个岗位承担", "one post has them all")
    return None


def _raise(level: str | None, step: Raise, answers: Answers, scheme: Scheme) -> Line:
    happened = {"breach": answers.breach is True}[step.event]
    because = Text("工作期内有违规违纪", "there was a breach in the period") if happened else None
    line = Line(
        kind=Kind.RAISE,
        what=Text("上调", "Raise"),
        value=UNCHANGED,
        rule=step.label,
        clause=step.clause,
        default=step.levels.default,
        about=step.code,
    )
    after = raised(level, step, scheme) if happened else level
    return _told(level, after, because, line, scheme)


def _told(
    before: str | None, after: str | None, because: Text | None, line: Line, scheme: Scheme
) -> Line:
    if because is None:
        outcome = Text("未触发", "doesn't apply")
    elif after == before:
        outcome = Text("{because}，等级已达到", "{because}; the level is there already")
    else:
        outcome = Text("{because}，由{before}调为{after}", "{because}; from {before} to {after}")
    outcome = outcome.filled(
        because=because, before=level_label(before, scheme), after=level_label(after, scheme)
    )
    return replace(
        line,
        value=UNCHANGED if after == before else level_label(after, scheme),
        rule=Text("{rule}（{outcome}）", "{rule} ({outcome})").filled(
            rule=line.rule, outcome=outcome
        ),
        level=after,
        changed=after != before,
    )
