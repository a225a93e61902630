"""C3, risks all found: how risks show is said in words that are long enough and one's own."""

from collections.abc import Iterator

from lianfang.checks.check import Hit, check, hit
from lianfang.checks.copies import (
    copied,
    copier,
    from_there,
    points,
    same_wording,
    told,
)
from lianfang.checks.finding import Severity, Thing
from lianfang.checks.index import Index, plain, stripped
from lianfang.checks.naming import cut, of_risk
from lianfang.checks.things import the_measure, the_post, the_power, the_risk, the_step
from lianfang.common.text import Text, squeezed
from lianfang.register.model import Fact


@check(
    code="C306",
    slug="risk-without-manifestation",
    severity=Severity.ERROR,
    field="manifestations",
    clause="五（二）",
    needs=(Fact.RISKS, Fact.MANIFESTATIONS),
    title=Text("风险点没有表现形式", "A risk point without a manifestation"),
    why=Text(
        "只有名称，不知道会怎样出问题，也就无从防起。",
        "A title alone doesn't say how it goes wrong, so nothing can be set against it.",
    ),
    message=Text(
        "{unit}的风险点“{risk}”没有写表现形式。",
        "Risk point “{risk}” of {unit} doesn't say how it shows.",
    ),
    mend=Text("写明谁在什么环节可能怎样做。", "Say who might do what at which point."),
    flagged=Text("“人情选派”，表现形式空白", "“Friendly assignment”, manifestation blank"),
    clean=Text(
        "“人情选派”：绕开随机抽取，指定关系好的评审员",
        "“Friendly assignment”: the draw is passed by",
    ),
)
def risk_without_manifestation(index: Index) -> Iterator[Hit]:
    for risk, texts in index.shown:
        if not any(map(stripped, texts)):
            yield hit(the_risk(risk), of_risk(index, risk))


@check(
    code="C307",
    slug="manifestation-short",
    severity=Severity.WARNING,
    field="manifestations",
    clause="五（二）",
    needs=(Fact.RISKS, Fact.MANIFESTATIONS),
    limits=("manifestation_length",),
    title=Text("表现形式太短", "A manifestation too short"),
    why=Text(
        "几个字说不清谁在什么环节怎样做。",
        "A few characters can't say who does what at which point.",
    ),
    message=Text(
        "{unit}的风险点“{risk}”的表现形式只写了“{shown}”，不足 {least} 个字。",
        "Risk point “{risk}” of {unit} shows only as “{shown}”, under {least} characters.",
    ),
    mend=Text("写明谁在什么环节可能怎样做。", "Say who might do what at which point."),
    flagged=Text("“代领、冒领。”", "“Claimed for others.”"),
    clean=Text(
        "“班组长代领民工工资后截留一部分”", "“The foreman draws the wages and keeps a part”"
    ),
)
def manifestation_short(index: Index) -> Iterator[Hit]:
    least = index.yardstick.whole("manifestation_length")
    for risk, texts in index.shown:
        longest = max(map(len, map(stripped, texts)), default=0)
        if 0 < longest < least:
            shown = next(text for text in texts if len(stripped(text)) == longest)
            words = of_risk(index, risk) | {"shown": cut(shown), "least": least}
            yield hit(the_risk(risk), words)


@check(
    code="C308",
    slug="manifestation-repeats-title",
    severity=Severity.WARNING,
    field="manifestations",
    clause="五（二）",
    needs=(Fact.RISKS, Fact.MANIFESTATIONS),
    title=Text("表现形式照抄风险名称", "A manifestation that repeats the title"),
    why=Text("名称抄一遍，没有说出新的内容。", "The title once more says nothing of how it shows."),
    message=Text(
        "{unit}的风险点“{risk}”的表现形式与风险名称相同。",
        "In risk point “{risk}” of {unit} the manifestation equals the title.",
    ),
    mend=Text("写明这一风险具体怎样发生。", "Say how this risk comes about."),
    flagged=Text(
        "名称“审核把关不严”，表现形式“审核把关不严。”", "Title and manifestation both “lax review”"
    ),
    clean=Text(
        "名称“审核把关不严”，表现形式“不核对原件即签字通过”",
        "Title “lax review”, manifestation “signs without comparing the originals”",
    ),
)
def manifestation_repeats_title(index: Index) -> Iterator[Hit]:
    for (risk, texts), title in zip(index.shown, index.titles, strict=True):
        if title and any(stripped(text) == title for text in texts):
            yield hit(the_risk(risk), of_risk(index, risk))


@check(
    code="C309",
    slug="template-left-over",
    severity=Severity.ERROR,
    field="text",
    clause="六（二）",
    words=("template_patterns",),
    title=Text("留有模板文字", "Text left over from a template"),
    why=Text(
        "占位文字没有改掉，说明这一格没有真正填写。",
        "A placeholder that was never replaced shows that the cell was not really filled.",
    ),
    message=Text(
        "“{text}”里留有模板文字“{left}”。", "“{text}” still holds template text: “{left}”."
    ),
    mend=Text("改为本单位的实际内容。", "Replace it by what is true of the unit."),
    flagged=Text("“由XX处室在…个工作日内办结”", "“done by department XX within … working days”"),
    clean=Text("“由财务处在5个工作日内办结”", "“done by Finance within 5 working days”"),
)
def template_left_over(index: Index) -> Iterator[Hit]:
    is_left = index.yardstick.searcher("template_patterns")
    for subject, field, text in _texts(index):
        found = is_left(text)
        if found:
            yield hit(subject, {"text": cut(text), "left": found.group()}, field)


def _texts(index: Index) -> Iterator[tuple[Thing, str, str]]:
    for post in index.register.posts:
        yield the_post(post), "name", squeezed(post.name)
    for power in index.register.powers:
        yield the_power(power), "name", squeezed(power.name)
        for step in power.steps:
            yield the_step(step), "name", squeezed(step.name)
            yield the_step(step), "term", squeezed(step.term)
    for risk, texts in index.shown:
        yield the_risk(risk), "title", plain(risk.title)
        yield the_risk(risk), "manifestations", ";".join(texts)
    for _, measure, text in index.measures:
        yield the_measure(measure), "text", text


@check(
    code="C310",
    slug="wording-repeated",
    severity=Severity.WARNING,
    field="manifestations",
    clause="六（二）",
    needs=(Fact.RISKS, Fact.MANIFESTATIONS),
    limits=("repeated_rows", "repeated_length", "places_named"),
    title=Text("许多行同一说法", "The same wording in many rows"),
    why=Text(
        "不同的风险点表现一字不差，说明没有结合岗位查找。",
        "Risks that show word for word alike were not looked for at each post.",
    ),
    message=Text(
        "表现形式“{shown}”一字不差地出现在 {count} 个风险点：{places}。",
        "“{shown}” stands word for word at {count} risk points: {places}.",
    ),
    mend=Text(
        "按各自的职权和岗位改写；确是同一风险的，合并。",
        "Reword each for its power and post; merge those that are one risk.",
    ),
    flagged=Text(
        "9 个风险点都写“资料是否齐全，复印件与原件是否一致”", "Nine risk points with one sentence"
    ),
    clean=Text("“公车私用”在两个风险点出现", "“Private use of cars” at two risk points"),
)
def wording_repeated(index: Index) -> Iterator[Hit]:
    yardstick = index.yardstick
    least = yardstick.whole("repeated_rows")
    for rows in same_wording(index.manifestation_rows, yardstick.limit("repeated_length")):
        if len(rows) >= least and len(points(rows)) >= least:
            words = told(index, rows) | {"shown": cut(rows[0].text)}
            yield hit(the_risk(rows[0].risk), words)


@check(
    code="C311",
    slug="wording-copied-from-unit",
    severity=Severity.WARNING,
    field="manifestations",
    clause="六（二）",
    needs=(Fact.UNITS, Fact.RISKS, Fact.MANIFESTATIONS),
    limits=("copied_length", "copied_likeness", "repeated_rows", "places_named"),
    title=Text("表现形式与其他单位雷同", "A manifestation copied from another unit"),
    why=Text(
        "照抄其他单位，说明没有在自己的岗位上查找。",
        "Copied from another unit, it was not looked for at one's own posts.",
    ),
    message=Text(
        "{unit}的风险点“{risk}”的表现形式与“{there}”几乎一样"
        "（共 {count} 个风险点、{units} 个单位）。",
        "Risk point “{risk}” of {unit} shows almost word for word as “{there}” does"
        " ({count} risk points in {units} units).",
    ),
    mend=Text(
        "结合本单位的职权和岗位重写；确属共性风险的，说明理由。",
        "Write it anew for the unit's own powers and posts; where it is truly shared, say why.",
    ),
    flagged=Text(
        "两个处室的一段表现形式只差处室名称", "Two departments, one paragraph, names changed"
    ),
    clean=Text("两个处室都提到“收受礼金”，其余不同", "Both mention gifts, all else differs"),
)
def wording_copied_from_unit(index: Index) -> Iterator[Hit]:
    often = index.yardstick.whole("repeated_rows")
    for rows in copied(index, index.manifestation_rows, told=often):
        row = copier(rows)
        words = told(index, rows) | of_risk(index, row.risk) | {"there": from_there(index, rows)}
        yield hit(the_risk(row.risk), words)
