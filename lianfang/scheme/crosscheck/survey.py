"""A survey asks something, on one scale, and never shows a group that is too small."""

from lianfang.common.text import Text
from lianfang.scheme.crosscheck.found import Found, codes, missing, unknown_one
from lianfang.scheme.model import Scheme

FEWEST = 5


def survey_faults(scheme: Scheme) -> Found:
    """Yield what is wrong with the survey."""
    asked = scheme.survey
    if not asked.questions:
        yield missing(("survey", "questions"), "至少要有一个问题。", "Ask at least one question.")
    for place, question in enumerate(asked.questions):
        path = ("survey", "questions", place, "part")
        yield from unknown_one(path, question.part, codes(asked.parts), "parts")
    steps = [anchor.step for anchor in asked.anchors]
    if len(steps) < 2 or steps != list(range(1, len(steps) + 1)):
        yield (
            ("survey", "anchors"),
            Text(
                "量表应从 1 起逐级填写，至少两级。",
                "The scale has its steps in order from 1, two of them at least.",
            ),
        )
    if asked.smallest.value < FEWEST or asked.smallest.overridable:
        yield (
            ("survey", "smallest"),
            Text(
                f"匿名承诺要求不少于 {FEWEST} 人，且不得由单位调整。",
                f"The promise of anonymity asks for {FEWEST} people at least, and for a number "
                "that no organisation sets (overridable: false).",
            ),
        )
    if asked.invited.value < asked.smallest.value:
        yield (
            ("survey", "invited"),
            Text(
                "邀请人数不能少于最小公布人数。",
                "Fewer people can't be asked than have to answer.",
            ),
        )
