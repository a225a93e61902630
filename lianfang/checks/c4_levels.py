"""C4, levels accurate: each risk rated, by its scores, its matter and its posts."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from lianfang.checks.c2_posts import roles_by_post
from lianfang.checks.check import Hit, check, hit
from lianfang.checks.finding import Severity
from lianfang.checks.index import Index, stripped
from lianfang.checks.naming import about_name, listed, named, of_risk, place_of, unit_name
from lianfang.checks.things import the_risk, the_total, the_unit
from lianfang.common.text import Text, bare, squeezed
from lianfang.register.model import Fact, Power, RiskPoint, Role, Total


@check(
    code="C401",
    slug="not-rated",
    severity=Severity.ERROR,
    field="level",
    clause="五（三）",
    needs=(Fact.RISKS, Fact.LEVELS),
    title=Text("没有评定等级", "Not rated"),
    why=Text(
        "未评不等于低；没有等级就没有相应的防控义务。",
        "Not rated is not low; without a level no duties follow.",
    ),
    message=Text(
        "{unit}的风险点“{risk}”没有评定等级。", "Risk point “{risk}” of {unit} is not rated."
    ),
    mend=Text("按评分表评定高、中、低。", "Rate it by the factors as high, medium or low."),
    flagged=Text("“资料审核”，等级空白", "“Review of documents”, level blank"),
    clean=Text("“资料审核”，低", "“Review of documents”, low"),
)
def not_rated(index: Index) -> Iterator[Hit]:
    for risk in index.register.risks:
        if not index.rank(risk):
            yield hit(the_risk(risk), of_risk(index, risk))


@check(
    code="C402",
    slug="level-without-reason",
    severity=Severity.ERROR,
    field="reason",
    clause="五（三）",
    needs=(Fact.RISKS, Fact.LEVELS, Fact.SCORES),
    title=Text(
        "建议等级与计算等级不同而无理由",
        "A level that differs from the computed one without a reason",
    ),
    why=Text(
        "可以不同意计算结果，但要说出理由，供审核判断。",
        "One may differ from the computation, but must say why.",
    ),
    message=Text(
        "{unit}的风险点“{risk}”建议为“{level}”，按评分应为“{computed}”，没有写理由。",
        "Risk point “{risk}” of {unit} is proposed as “{level}” though its scores make it"
        " “{computed}”, and no reason is given.",
    ),
    mend=Text("写明理由，或改为计算得出的等级。", "Give the reason, or take the computed level."),
    flagged=Text("计算为高，建议为中，理由空白", "Computed high, proposed medium, no reason"),
    clean=Text(
        "计算为中，建议为高，理由“去年发生过投诉”",
        "Computed medium, proposed high: complaint last year",
    ),
)
def level_without_reason(index: Index) -> Iterator[Hit]:
    label = index.yardstick.label
    for risk in index.register.risks:
        if not risk.level or not risk.computed or risk.level == risk.computed:
            continue
        if not risk.reason.strip():
            levels = {"level": label(risk.level), "computed": label(risk.computed)}
            yield hit(the_risk(risk), of_risk(index, risk) | levels)


@check(
    code="C403",
    slug="grave-matter-rated-low",
    severity=Severity.WARNING,
    field="level",
    clause="五（二）",
    needs=(Fact.RISKS, Fact.LEVELS),
    title=Text("重大事项评为最低等级", "A grave matter rated low"),
    why=Text(
        "重大决策、干部任免、重大项目、大额资金是重点查找的风险。",
        "Major decisions, appointments, major work and large sums are what is looked at first.",
    ),
    message=Text(
        "{unit}的风险点“{risk}”涉及{matter}，只评为“{level}”。",
        "Risk point “{risk}” of {unit} concerns {matter} but is rated only “{level}”.",
    ),
    mend=Text(
        "至少评为上一等级；坚持现等级的，写明理由。",
        "Rate it at least one level up; to keep the level, give the reason.",
    ),
    flagged=Text("“大额资金使用审批”的风险评为低", "A risk in “approving large sums”, rated low"),
    clean=Text("“大额资金使用审批”的风险评为高", "A risk in “approving large sums”, rated high"),
)
def grave_matter_rated_low(index: Index) -> Iterator[Hit]:
    yardstick = index.yardstick
    matters = {m.code: m.label for m in yardstick.scheme.matters}
    hints = [(squeezed(h), m.code) for m in yardstick.scheme.matters for h in m.hints]
    for risk in index.register.risks:
        if index.rank(risk) != yardstick.lowest or risk.reason.strip():
            continue
        power = index.power_of(risk)
        codes = [c for c in power.matters if c in matters] if power else []
        if not codes:
            names = squeezed(f"{power.name if power else ''}\n{risk.title}")
            codes = [code for hint, code in hints if hint and hint in names]
        if codes:
            level = yardstick.label(index.level(risk))
            words = of_risk(index, risk) | {"matter": matters[codes[0]], "level": level}
            yield hit(the_risk(risk), words)


@check(
    code="C404",
    slug="united-power-rated-low",
    severity=Severity.WARNING,
    field="level",
    clause="五（三）",
    needs=(Fact.RISKS, Fact.LEVELS, Fact.POWER_POSTS),
    title=Text("集决策、执行、监督于一岗而评为最低等级", "Power united in one post rated low"),
    why=Text(
        "一个岗位包办决策、执行、监督，没有任何制约，风险不会低。",
        "Where one post decides, executes and supervises nothing checks it: the risk isn't low.",
    ),
    message=Text(
        "{unit}的风险点“{risk}”所在职权由一个岗位包办决策、执行和监督，只评为“{level}”。",
        "Risk point “{risk}” of {unit} is in a power that one post decides, executes and"
        " supervises, yet is rated only “{level}”.",
    ),
    mend=Text(
        "提高等级，或先把职责分到不同岗位；坚持现等级的，写明理由。",
        "Raise the level or part the duties first; to keep the level, give the reason.",
    ),
    flagged=Text(
        "“库房管理员”决定、执行、监督物资领用，评为低", "The storekeeper does it all; rated low"
    ),
    clean=Text("同上，评为高", "The same, rated high"),
)
def united_power_rated_low(index: Index) -> Iterator[Hit]:
    yardstick = index.yardstick
    united = {power.id for power in index.register.powers if _united(power)}
    for risk in index.register.risks if united else ():
        power = index.power_of(risk)
        if power is None or power.id not in united or risk.reason.strip():
            continue
        if index.rank(risk) == yardstick.lowest:
            level = yardstick.label(index.level(risk))
            yield hit(the_risk(risk), of_risk(index, risk) | {"level": level})


def _united(power: Power) -> bool:
    return any(roles == frozenset(Role) for roles in roles_by_post(power).values())


@check(
    code="C405",
    slug="same-risk-other-level",
    severity=Severity.WARNING,
    field="level",
    clause="五（三）",
    needs=(Fact.UNITS, Fact.RISKS, Fact.LEVELS),
    limits=("same_risk_length", "places_named"),
    title=Text("同一风险各单位等级不同", "The same risk rated differently across units"),
    why=Text(
        "同样的风险应当用同一把尺子衡量。", "The same risk is to be measured by one yardstick."
    ),
    message=Text(
        "风险点“{risk}”在 {units} 个单位评了不同等级：{places}。",
        "Risk point “{risk}” is rated differently in {units} units: {places}.",
    ),
    mend=Text(
        "由防控办公室统一尺度；情况确有不同的，在理由中写明。",
        "Let the office settle it; where the cases differ, give the reason.",
    ),
    flagged=Text(
        "“公车私用”甲处评高、乙处评低，表现相同",
        "“Private use of cars”: high in one, low in another",
    ),
    clean=Text("甲处、乙处都评为中", "Medium in both"),
)
def same_risk_other_level(index: Index) -> Iterator[Hit]:
    told: set[str] = set()
    for risks in _same_risks(index):
        units = {risk.unit for risk in risks}
        ranks = {index.rank(risk) for risk in risks}
        if len(units) > 1 and len(ranks) > 1 and risks[0].id not in told:
            told.update(risk.id for risk in risks)
            places = listed(_rated(index, risks), index.yardstick.whole("places_named"))
            words = of_risk(index, risks[0]) | {"units": len(units), "places": places}
            yield hit(the_risk(risks[0]), words)


def _same_risks(index: Index) -> Iterator[list[RiskPoint]]:
    """Yield the rated risk points of one title that show alike or are about one power's name."""
    groups: dict[tuple[str, ...], list[RiskPoint]] = defaultdict(list)
    for (risk, texts), title in zip(index.shown, index.titles, strict=True):
        if len(title) < index.yardstick.limit("same_risk_length") or not index.rank(risk):
            continue
        shown = stripped("".join(texts))
        if shown and shown != title:
            groups["shown", title, shown].append(risk)
        about = bare(about_name(index, risk))
        if about:
            groups["about", title, about].append(risk)
    yield from (risks for risks in groups.values() if len(risks) > 1)


def _rated(index: Index, risks: list[RiskPoint]) -> list[str | Text]:
    """Return one place for each level, then the rest."""
    by_level = {index.rank(risk): risk for risk in reversed(risks)}
    first = [by_level[rank] for rank in sorted(by_level, reverse=True)]
    return [_at(index, risk) for risk in first]


def _at(index: Index, risk: RiskPoint) -> Text:
    place, level = place_of(index, risk), index.yardstick.label(index.level(risk))
    return Text(f"{place.zh}（{level.zh}）", f"{place.en} ({level.en})")


@check(
    code="C406",
    slug="one-level-everywhere",
    severity=Severity.WARNING,
    field="level",
    clause="五（三）",
    needs=(Fact.UNITS, Fact.RISKS, Fact.LEVELS),
    limits=("one_level_points",),
    title=Text("全单位只有一个等级", "Every point of a unit at one level"),
    why=Text(
        "所有风险都一样高，等于没有区分重点。",
        "Where all risks are equally grave nothing stands out.",
    ),
    message=Text(
        "“{unit}”的 {count} 个风险点全部评为“{level}”。",
        "All {count} risk points of “{unit}” are rated “{level}”.",
    ),
    mend=Text("按评分逐个重新评定。", "Rate them again one by one, by their scores."),
    flagged=Text("14 个风险点全部为低", "Fourteen risk points, all low"),
    clean=Text("14 个风险点，2 高 5 中 7 低", "Fourteen: 2 high, 5 medium, 7 low"),
)
def one_level_everywhere(index: Index) -> Iterator[Hit]:
    least = index.yardstick.limit("one_level_points")
    for unit in index.register.units:
        rated = [risk for risk in index.risks_of.get(unit.id, ()) if index.rank(risk)]
        if len(rated) >= least and len({index.rank(risk) for risk in rated}) == 1:
            level = index.yardstick.label(index.level(rated[0]))
            words = {"unit": named(unit.name), "count": len(rated), "level": level}
            yield hit(the_unit(unit), words)


@check(
    code="C407",
    slug="totals-differ",
    severity=Severity.ERROR,
    field="number",
    clause="六（二）",
    needs=(Fact.TOTALS,),
    title=Text("封面合计对不上", "A total that does not add up"),
    why=Text(
        "合计与明细不符，必有一处是错的。",
        "Where a total and its rows differ one of them is wrong.",
    ),
    message=Text(
        "{where}写的{counted}合计是 {stated}，明细有 {actual}。",
        "{where} states {stated} {counted}, but the rows hold {actual}.",
    ),
    mend=Text("核对明细后改正合计。", "Count the rows and correct the total."),
    flagged=Text("封面写“高等级 6 个”，明细有 5 个", "Cover says “high: 6”, the rows hold 5"),
    clean=Text("封面写“高等级 5 个”，明细有 5 个", "Cover says “high: 5”, the rows hold 5"),
)
def totals_differ(index: Index) -> Iterator[Hit]:
    counts = _counts(index)
    for total in index.register.totals or ():
        own = counts[total.unit].get(total.counted, 0)
        label = _counted(index, total)
        if label is None or total.number in (own, _with_subunits(index, counts, total)):
            continue
        where = Text("封面", "The cover")
        if total.unit is not None:
            name = unit_name(index, total.unit)
            where = Text("“{unit}”", "“{unit}”").filled(unit=name)
        words = {"where": where, "counted": label, "stated": total.number, "actual": own}
        yield hit(the_total(total), words)


def _counts(index: Index) -> dict[str | None, Counter[str]]:
    counts: dict[str | None, Counter[str]] = defaultdict(Counter)
    for power in index.register.powers:
        for unit in (power.unit, None):
            counts[unit]["powers"] += 1
    for risk in index.register.risks:
        level = index.level(risk)
        for unit in (risk.unit, None):
            counts[unit]["risks"] += 1
            if level:
                counts[unit][level] += 1
    return counts


def _with_subunits(
    index: Index, counts: dict[str | None, Counter[str]], total: Total
) -> int | None:
    if total.unit is None:
        return None
    units = index.with_subunits(total.unit)
    return sum(counts[unit].get(total.counted, 0) for unit in units)


def _counted(index: Index, total: Total) -> Text | None:
    """Return what a total counts; None for a word that neither model nor scheme knows."""
    plain = {"powers": Text("职权", "powers"), "risks": Text("风险点", "risk points")}
    if total.counted in plain:
        return plain[total.counted]
    if not index.yardstick.rank(total.counted):
        return None
    label = index.yardstick.label(total.counted)
    return Text(f"“{label.zh}”等级风险点", f"risk points rated “{label.en}”")
