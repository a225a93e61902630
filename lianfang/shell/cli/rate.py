"""`lianfang rate`: finds a level from answers, line by line, or rates a whole Register anew."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text
from lianfang.rating.answers import Answers, AnswersRefused, Judged, Scored, answers_of
from lianfang.rating.explanation import SEMICOLON, Kind, Line, joined, level_label
from lianfang.rating.levels import highest
from lianfang.rating.opinion import Opinion, opinion_on
from lianfang.rating.page import criterion_line, scale_lines, source
from lianfang.rating.questions import (
    asks_breach,
    asks_matters,
    asks_roles,
    criteria_of,
    factors_of,
    impacts_of,
    likelihood_of,
)
from lianfang.register.model import Power, Register, RiskPoint, Score, Subject, SubjectKind
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Matters, PowerRole, Scheme
from lianfang.shell.cli import registers, sources
from lianfang.shell.cli.commands import ABOUT, Commands
from lianfang.shell.cli.speech import Parser, UsageRefused
from lianfang.shell.cli.terminal import Exit, Terminal, padded, width_of

_EXAMPLES = Text(
    """例：
  lianfang rate --questions
  lianfang rate --factor frequency=3 --factor human=4 --factor discretion=4 \\
    --factor loopholes=4 --factor impropriety=3 --likelihood 4 \\
    --impact money=3 --impact rights=2 --impact standing=4 --impact mission=2 \\
    --matter large_sums --residual likelihood=2 --residual discretion=2
  lianfang rate 登记册.json

没有写 --matter、--one-post、--breach 的，按没有计。缺一项回答就不评级，未评不等于低。
◇ 表示方案自定、原文没有的数字或措辞。

退出码：0 评出等级，与提出的一致；1 不能评级或与提出的不同；2 打不开、不能读或用法有误。""",
    """examples:
  lianfang rate --questions
  lianfang rate --factor frequency=3 --factor human=4 --factor discretion=4 \\
    --factor loopholes=4 --factor impropriety=3 --likelihood 4 \\
    --impact money=3 --impact rights=2 --impact standing=4 --impact mission=2 \\
    --matter large_sums --residual likelihood=2 --residual discretion=2
  lianfang rate register.json

Without --matter, --one-post or --breach there is none. One answer missing: not rated, which is
not low. ◇ marks numbers and wordings that the scheme sets and its document doesn't.

exit codes: 0 rated, and as proposed; 1 can't be rated, or differs from what is proposed;
2 can't be opened or read, or wrong usage.""",
)
_NO_MATTER = "none"
_YES_OR_NO = {"": True, "yes": True, "no": False}
_STEP = Text("代码=档", "CODE=STEP")
_REPEATED = {
    "--factor": (_STEP, Text("一项因素的档", "step of a factor")),
    "--impact": (_STEP, Text("一项影响的档", "step of an impact")),
    "--criterion": (
        Text("代码[=yes|no]", "CODE[=yes|no]"),
        Text("一条标准是否符合", "whether a criterion applies"),
    ),
    "--matter": (Text("代码", "CODE"), Text("涉及的事项，none 为不涉及", "matter, or none")),
    "--residual": (_STEP, Text("措施到位后的档", "step with the measures in place")),
}
_ONE_POST = Text("决策、执行、监督集中于一个岗位", "one post decides, executes and supervises")
_BREACH = Text("工作期内发生过违规违纪", "there was a breach in the period")


class _Point(Struct, frozen=True, kw_only=True):
    """A risk point of a register rated anew, beside what its proposer says."""

    id: str
    title: str
    unit: str
    proposed: str | None
    reason: str
    differs: bool
    opinion: Opinion


def add(commands: Commands) -> None:
    """Add the command to the command line."""
    language = commands.language
    parser = commands.add("rate", ABOUT["rate"], _EXAMPLES, run)
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar=Text("文件", "FILE").in_(language),
        help=Text(
            "登记册 JSON：重评每个有评分的风险点", "a register: rate every risk point with scores"
        ).in_(language),
    )
    _add_questions(parser, language)
    parser.add_argument(
        "--json", action="store_true", help=Text("输出 JSON", "print JSON").in_(language)
    )
    sources.add_reading(parser, language)


def _add_questions(parser: Parser, language: Language) -> None:
    for flag, (metavar, about) in _REPEATED.items():
        parser.add_argument(
            flag,
            action="append",
            default=[],
            metavar=metavar.in_(language),
            help=about.in_(language) + Text("，可多次使用", "; repeatable").in_(language),
        )
    parser.add_argument(
        "--likelihood",
        metavar=Text("档", "STEP").in_(language),
        help=Text("发生的可能性", "the likelihood").in_(language),
    )
    for flag, about in (
        ("--one-post", _ONE_POST),
        ("--breach", _BREACH),
        ("--questions", Text("列出问题和每一档的说法", "print the questions and their steps")),
    ):
        parser.add_argument(flag, action="store_true", help=about.in_(language))


def run(arguments: argparse.Namespace, terminal: Terminal) -> Exit:
    """Print questions, an explanation or a Register rated anew; the exit code says if agreed."""
    scheme = load_scheme(arguments.scheme)
    if arguments.questions:
        _print_questions(scheme, terminal)
        return Exit.DONE
    _require_usable(arguments)
    if arguments.file is not None:
        register = registers.register(arguments.file, scheme, arguments, terminal)
        return _rate_register(register, scheme, arguments, terminal)
    after = answers_of(_steps("--residual", arguments.residual), scheme)
    opinion = opinion_on(_answers(arguments, scheme), after if arguments.residual else None, scheme)
    if arguments.json:
        terminal.write(msgspec.json.encode(opinion) + b"\n")
    else:
        _print_opinion(opinion, scheme, terminal)
    return Exit.DONE if opinion.rated else Exit.FOUND


def _require_usable(arguments: argparse.Namespace) -> None:
    given = [
        *arguments.factor,
        *arguments.impact,
        *arguments.criterion,
        *arguments.matter,
        *arguments.residual,
        *(flag for flag in (arguments.likelihood, arguments.one_post, arguments.breach) if flag),
    ]
    if bool(given) == (arguments.file is not None):
        raise UsageRefused(
            Text(
                "请给出评分（如 --factor），或给出一个登记册文件，两者取其一。"
                "用 lianfang rate --questions 查看要回答的问题。",
                "Give either answers (such as --factor) or a register file. "
                "See the questions with lianfang rate --questions.",
            )
        )


def _answers(arguments: argparse.Namespace, scheme: Scheme) -> Answers:
    likelihood = arguments.likelihood
    matters: tuple[str, ...] | None = tuple(m for m in arguments.matter if m != _NO_MATTER)
    if not arguments.matter and isinstance(scheme.rating, Matters):
        matters = None
    return Answers(
        factors=_scored("--factor", arguments.factor),
        likelihood=None if likelihood is None else _whole("--likelihood", likelihood, likelihood),
        impacts=_scored("--impact", arguments.impact),
        criteria=tuple(_judged(option) for option in arguments.criterion),
        matters=matters,
        roles=(tuple(PowerRole),) if arguments.one_post else (),
        breach=arguments.breach,
    )


def _scored(flag: str, options: Iterable[str]) -> tuple[Scored, ...]:
    return tuple(Scored(code=code, step=step) for code, step in _steps(flag, options))


def _steps(flag: str, options: Iterable[str]) -> list[tuple[str, int]]:
    parted = ((option, *option.partition("=")) for option in options)
    return [(code.strip(), _whole(flag, option, step)) for option, code, _, step in parted]


def _whole(flag: str, option: str, written: str) -> int:
    try:
        return int(written)
    except ValueError as error:
        raise UsageRefused(
            Text(
                f"{flag} {option}：档应写成整数，如 frequency=4。",
                f"{flag} {option}: the step must be a whole number, as in frequency=4.",
            )
        ) from error


def _judged(option: str) -> Judged:
    code, _, answer = option.partition("=")
    if answer not in _YES_OR_NO:
        raise UsageRefused(
            Text(
                f"--criterion {option}：只能是 yes 或 no。",
                f"--criterion {option}: it is yes or no.",
            )
        )
    return Judged(code=code, applies=_YES_OR_NO[answer])


def _print_opinion(opinion: Opinion, scheme: Scheme, terminal: Terminal) -> None:
    _print_lines(opinion.inherent.lines, scheme, terminal)
    if opinion.residual is None:
        return
    terminal.say()
    _print_lines(opinion.residual.lines, scheme, terminal)
    terminal.say()
    label = level_label(opinion.duty_level, scheme)
    terminal.say_text(
        Text("职责按等级“{level}”确定。", "Duties follow the level {level}.").filled(level=label)
    )


def _print_lines(lines: Sequence[Line], scheme: Scheme, terminal: Terminal) -> None:
    language, style = terminal.language, terminal.style
    what = max(width_of(line.what.in_(language)) for line in lines)
    value = max(width_of(line.value.in_(language)) for line in lines)
    for line in lines:
        strong = style.strong if line.kind is Kind.FINAL else ""
        terminal.say(
            f"{strong}{padded(line.what.in_(language), what)}  "
            f"{padded(line.value.in_(language), value)}{style.off if strong else ''}  "
            f"{line.rule.in_(language)}  {style.faint}"
            f"{source(line.clause, line.default, scheme)}{style.off}"
        )


def _print_questions(scheme: Scheme, terminal: Terminal) -> None:
    language, style = terminal.language, terminal.style
    likelihood = likelihood_of(scheme)
    for flag, scale in (
        *((f"--factor {factor.code}=", factor) for factor in factors_of(scheme)),
        *([("--likelihood ", likelihood)] if likelihood else []),
        *((f"--impact {impact.code}=", impact) for impact in impacts_of(scheme)),
    ):
        terminal.say(f"{style.strong}{scale.label.in_(language)}{style.off}  {flag}")
        for line in scale_lines(scale, scheme, language):
            terminal.say(f"  {line}")
        terminal.say()
    for criterion in criteria_of(scheme):
        asked = criterion_line(criterion, scheme, language)
        terminal.say(f"--criterion {criterion.code}  {asked}")
    for matter in scheme.matters if asks_matters(scheme) else ():
        terminal.say(f"--matter {matter.code}  {matter.label.in_(language)}")
    if asks_roles(scheme):
        terminal.say(f"--one-post  {_ONE_POST.in_(language)}")
    if asks_breach(scheme):
        terminal.say(f"--breach  {_BREACH.in_(language)}")


def _rate_register(
    register: Register, scheme: Scheme, arguments: argparse.Namespace, terminal: Terminal
) -> Exit:
    scored = [risk for risk in register.risks if risk.scores]
    powers = _powers_by_subject(register)
    units = {unit.id: unit.name for unit in register.units}
    points = [
        _point(risk, powers.get(risk.about), units.get(risk.unit, ""), scheme) for risk in scored
    ]
    if arguments.json:
        terminal.write(msgspec.json.encode(points) + b"\n")
    else:
        for point in points:
            _print_point(point, scheme, terminal)
        terminal.say_text(_summary(points, len(register.risks) - len(scored)))
    disputed = any(point.differs or point.opinion.inherent.level is None for point in points)
    return Exit.FOUND if disputed else Exit.DONE


def _point(risk: RiskPoint, power: Power | None, unit: str, scheme: Scheme) -> _Point:
    proposed = highest(scheme, risk.level, *(shown.level for shown in risk.manifestations))
    try:
        answers = msgspec.structs.replace(
            answers_of(_scores(risk.scores), scheme),
            matters=power.matters if power else (),
            roles=_roles(power) if power else (),
            breach=False,
        )
        after = answers_of(_scores(risk.residual), scheme) if risk.residual else None
        opinion = opinion_on(answers, after, scheme)
    except AnswersRefused as refused:
        named = Text("风险点“{title}”：{why}", "Risk point “{title}”: {why}")
        raise Refused(named.filled(title=risk.title, why=refused.text)) from refused
    level = opinion.inherent.level
    return _Point(
        id=risk.id,
        title=risk.title,
        unit=unit,
        proposed=proposed,
        reason=risk.reason,
        differs=None not in (level, proposed) and level != proposed,
        opinion=opinion,
    )


def _scores(scores: Iterable[Score]) -> list[tuple[str, int]]:
    return [(score.factor, score.value) for score in scores]


def _powers_by_subject(register: Register) -> dict[Subject, Power]:
    """Return the power of everything that is about a power: itself and its steps."""
    powers: dict[Subject, Power] = {}
    for power in register.powers:
        powers[Subject(kind=SubjectKind.POWER, id=power.id)] = power
        for step in power.steps:
            powers[Subject(kind=SubjectKind.STEP, id=step.id)] = power
    return powers


def _roles(power: Power) -> tuple[tuple[PowerRole, ...], ...] | None:
    """Return the roles of each post, None where the register names no post of the power."""
    roles: dict[str, list[PowerRole]] = {}
    for part in power.posts:
        roles.setdefault(part.post, []).append(PowerRole(part.role))
    return tuple(map(tuple, roles.values())) or None


def _print_point(point: _Point, scheme: Scheme, terminal: Terminal) -> None:
    language = terminal.language
    level = point.opinion.inherent.level
    sign = "?" if level is None else "≠" if point.differs else "="
    width = max(
        width_of(label.in_(language))
        for label in (scheme.unrated, *(x.label for x in scheme.levels))
    )
    found = padded(level_label(level, scheme).in_(language), width)
    proposed = padded(level_label(point.proposed, scheme).in_(language), width)
    words = Text("计算 {found}  提出 {proposed}", "computed {found}  proposed {proposed}")
    heading = words.filled(found=found, proposed=proposed).in_(language)
    unit = f"（{point.unit}）" if point.unit else ""
    terminal.say(f"{sign} {heading}  {' '.join(point.title.split())}{unit}")
    for note in _notes(point, scheme):
        terminal.say(f"    {note.in_(language)}")


def _notes(point: _Point, scheme: Scheme) -> list[Text]:
    notes = []
    if point.differs and point.reason:
        notes.append(Text("理由：{why}", "reason: {why}").filled(why=point.reason))
    missing = [line.what for line in point.opinion.inherent.lines if line.kind is Kind.MISSING]
    if missing:
        names = joined(missing, SEMICOLON)
        notes.append(Text("缺少：{names}", "missing: {names}").filled(names=names))
    if point.opinion.residual is not None:
        notes.append(
            Text("{ground} {left}；职责按 {duties}", "{ground} {left}; duties by {duties}").filled(
                ground=scheme.grounds.residual,
                left=level_label(point.opinion.residual.level, scheme),
                duties=level_label(point.opinion.duty_level, scheme),
            )
        )
    return notes


def _summary(points: Sequence[_Point], unscored: int) -> Text:
    differ = sum(point.differs for point in points)
    unrated = sum(point.opinion.inherent.level is None for point in points)
    return Text(
        f"评了 {len(points)} 个风险点：与提出的不同 {differ}，不能评级 {unrated}；"
        f"没有评分 {unscored}。登记册不记违规违纪，按没有计。",
        f"Risk points rated: {len(points)}; differing from what is proposed: {differ}; "
        f"can't be rated: {unrated}; without scores: {unscored}. "
        "A register records no breaches; none is counted.",
    )
