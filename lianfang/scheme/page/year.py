"""The year, sheets, checks and words on the page."""

from collections.abc import Iterable

from lianfang.common.text import Text
from lianfang.scheme.model import Scheme, Sheet
from lianfang.scheme.override import described
from lianfang.scheme.page.markdown import EN, ZH, Lines, amount, cell, named, table
from lianfang.scheme.wording import clause, mark, quantity


def year_part(scheme: Scheme) -> Lines:
    """Yield the lines about year."""
    yield from table(
        "阶段 Stage|起止 Dates|首年 First year|以后各年 Later years ◇|条款 Clause",
        (
            (
                s.label,
                f"{s.begins} – {s.ends}",
                s.first_year,
                s.later_years,
                clause(s.clause, scheme),
            )
            for s in scheme.stages
        ),
    )
    yield ""
    agreed = scheme.resolution
    rows = [(p.label, amount(p.amount)) for p in scheme.provisions]
    rows.append(
        (
            Text("审议到会人数不少于", "Present at a resolution, at least"),
            Text(quantity(agreed.present, ZH), quantity(agreed.present, EN)),
        )
    )
    rows.append(
        (
            Text("赞成人数超过", "Approving, more than"),
            Text(quantity(agreed.approving, ZH), quantity(agreed.approving, EN)),
        )
    )
    yield from table("事项 Matter|数值 Number", rows)
    yield ""
    yield from named(scheme.revision_reasons, scheme)
    yield ""
    yield f"{scheme.calendar.beyond.zh} {scheme.calendar.beyond.en}（{scheme.calendar.warn_from}）"


def sheets_part(scheme: Scheme) -> Lines:
    """Yield the lines about sheets."""
    for sheet in scheme.sheets:
        cited = clause(sheet.clause, scheme)
        yield f"### {sheet.label.zh} · {sheet.label.en} {mark(sheet.default)}（{cited}）"
        yield ""
        yield from _sheet(sheet, scheme)
        yield ""
    yield from table(
        "责任追究 Accountability|情形 Grounds|后果 Consequence|条款 Clause",
        (
            (kind.label, ground, kind.consequence, clause(kind.clause, scheme))
            for kind in scheme.accountability
            for ground in kind.grounds
        ),
    )
    yield ""
    yield from named(scheme.result_uses, scheme)
    yield ""
    yield from table(
        "得自记录的数 Figure|名称 Label|条款 Clause",
        ((f"`{f.code}`", f.label, clause(f.clause, scheme)) for f in scheme.figures),
    )


def _sheet(sheet: Sheet, scheme: Scheme) -> Lines:
    yield from table(
        "部分 Section|项目 Item|满分 Maximum|标准 Standard|来源 Source|条款 Clause",
        (
            (
                f"{cell(s.label)} {s.maximum:g}",
                i.label,
                f"{i.maximum:g}",
                i.standard,
                f"`{i.source}`",
                clause(i.clause, scheme),
            )
            for s in sheet.sections
            for i in s.items
        ),
    )
    yield ""
    weights = "；".join(
        f"{w.label.zh} {w.label.en} {quantity(w.weight, ZH)}" for w in sheet.weights
    )
    bands = "；".join(f"{b.label.zh} {b.label.en} ≥ {b.at_least:g}" for b in sheet.bands)
    caps = "；".join(f"{cap.label.zh} {cap.label.en}" for cap in sheet.caps)
    yield f"{weights}。{bands}。{caps}"


def checks_part(scheme: Scheme) -> Lines:
    """Yield the lines about checks."""
    checks = scheme.checks
    yield from table(
        "检查 Check|内容 Label|问题 Question|条款 Clause",
        ((f"`{c.code}`", c.label, c.question, clause(c.clause, scheme)) for c in checks.five),
    )
    yield ""
    yield from table(
        "限值 Limit|数值 Value|为什么 Why|条款 Clause",
        (
            (f"`{name}`", f"{x.value:g} {mark(x.default)}", x.why, clause(x.clause, scheme))
            for name, x in checks.limits.items()
        ),
    )
    yield ""
    yield from table(
        "词表 Words|内容 Items|为什么 Why|条款 Clause",
        [
            *(
                (f"`{name}` {mark(x.default)}", _listed(x.items), x.why, clause(x.clause, scheme))
                for name, x in checks.word_lists.items()
            ),
            *(
                (
                    f"`{name}` {mark(p.default)}",
                    _listed(f"{one}＋{other}" for one, other in p.items),
                    p.why,
                    clause(p.clause, scheme),
                )
                for name, p in checks.pair_lists.items()
            ),
        ],
    )


def _listed(items: Iterable[str]) -> str:
    # Patterns contain signs that Markdown would read.
    return "、".join(f"`{item}`" for item in items)


def words_part(scheme: Scheme) -> Lines:
    """Yield the lines about words."""
    for term in scheme.vocabulary:
        choices = "、".join(
            f"**{c.label.zh}**" if c.code == term.chosen else c.label.zh for c in term.choices
        )
        yield f"- {term.label.zh} · {term.label.en}: {choices}（{clause(term.clause, scheme)}）"
    yield ""
    for part in (
        scheme.actors,
        scheme.roles,
        scheme.unit_kinds,
        scheme.step_kinds,
        scheme.holder_kinds,
        scheme.subject_kinds,
        scheme.regulation_states,
    ):
        yield from named(part, scheme)
        yield ""


def adjustable_part(scheme: Scheme) -> Lines:
    """Yield the lines about adjustable."""
    yield (
        "这些数值和开关可由各单位按日期调整。"
        "These numbers and switches an organisation may set, from a date."
    )
    yield ""
    yield from table(
        "路径 Path|数值 Number|条款 Clause",
        ((f"`{e.path}`", e.label, clause(e.clause, scheme)) for e in described(scheme)),
    )
