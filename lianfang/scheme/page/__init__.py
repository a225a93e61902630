"""Makes docs/scheme.md: the whole scheme for readers, Chinese first, English beside it.

`python -m lianfang.scheme.page` rewrites the page of the default scheme.
"""

from collections.abc import Callable

from lianfang.common.text import Text
from lianfang.scheme.model import Scheme
from lianfang.scheme.page.clauses import clauses_part
from lianfang.scheme.page.duties import alerts_part, duties_part, ladders_part, talks_part
from lianfang.scheme.page.markdown import Lines
from lianfang.scheme.page.risks import (
    bounds_part,
    levels_part,
    measures_part,
    powers_part,
    rating_part,
    risks_part,
    scales_part,
)
from lianfang.scheme.page.survey import survey_part
from lianfang.scheme.page.year import (
    adjustable_part,
    checks_part,
    sheets_part,
    words_part,
    year_part,
)
from lianfang.scheme.wording import DIAMOND


def page(scheme: Scheme) -> str:
    """Return the scheme as Markdown."""
    number = scheme.documents[0].number
    lines = [
        f"# {scheme.title.zh} · {scheme.title.en}",
        "",
        f"方案 `{scheme.name}` 第 {scheme.version} 版，由 `schemes/{scheme.name}` 生成，请勿手改。"
        f"{DIAMOND} 表示原文未给出、由本产品设定的默认值，可按单位调整。条款指 {number}。",
        "",
        f"Scheme `{scheme.name}`, version {scheme.version}, made from `schemes/{scheme.name}`; "
        f"don't edit this page. {DIAMOND} marks a default that the source leaves open and an "
        f"organisation may set. Clauses are those of {number}.",
        "",
    ]
    for title, section in SECTIONS.values():
        lines += [f"## {title.zh} · {title.en}", "", *section(scheme), ""]
    return "\n".join(lines).rstrip() + "\n"


SECTIONS: dict[str, tuple[Text, Callable[[Scheme], Lines]]] = {
    "levels": (Text("等级", "Levels"), levels_part),
    "scales": (Text("因素、可能性与影响", "Factors, likelihood and impact"), scales_part),
    "rating": (Text("评级规则", "Rating rule"), rating_part),
    "bounds": (Text("下限与上调", "Floors and raises"), bounds_part),
    "powers": (Text("职权", "Powers"), powers_part),
    "risks": (Text("风险查找", "Finding risks"), risks_part),
    "measures": (Text("防控措施", "Measures"), measures_part),
    "duties": (Text("履责", "Duties"), duties_part),
    "talks": (Text("谈话", "Talks"), talks_part),
    "survey": (Text("廉洁履责测评", "Survey"), survey_part),
    "alerts": (Text("预警", "Early warning"), alerts_part),
    "ladders": (Text("处置", "Ladders of outcomes"), ladders_part),
    "year": (Text("年度", "The year"), year_part),
    "sheets": (Text("考核与追责", "Yearly check and accountability"), sheets_part),
    "checks": (Text("五项检查", "The five checks"), checks_part),
    "words": (Text("用语", "Words"), words_part),
    "clauses": (Text("条款大意", "The clauses"), clauses_part),
    "adjustable": (Text("可调整的数值", "What may be adjusted"), adjustable_part),
}
