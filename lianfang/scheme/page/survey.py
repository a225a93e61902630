"""The survey on the page."""

from lianfang.scheme.model import Scheme
from lianfang.scheme.page.markdown import EN, ZH, Lines, labelled, table
from lianfang.scheme.wording import clause, quantity


def survey_part(scheme: Scheme) -> Lines:
    """Yield the lines about the survey."""
    asked = scheme.survey
    yield from table(
        "部分 Part|问题 Question|条款 Clause",
        (
            (labelled(asked.parts, q.part), q.text, clause(q.clause, scheme))
            for q in asked.questions
        ),
    )
    yield ""
    yield from table("级 Step|含义 Meaning", ((a.step, a.text) for a in asked.anchors))
    yield ""
    yield (
        f"另可选“{asked.cannot_say.zh}”。每岗位邀请 {quantity(asked.invited, ZH)}，开放 "
        f"{quantity(asked.span, ZH)}；少于 {quantity(asked.smallest, ZH)}的不公布、不留存。"
    )
    yield ""
    yield (
        f"“{asked.cannot_say.en}” may be chosen too. Asked for each post: "
        f"{quantity(asked.invited, EN)}; open for {quantity(asked.span, EN)}. Under "
        f"{quantity(asked.smallest, EN)}, nothing is shown or kept."
    )
