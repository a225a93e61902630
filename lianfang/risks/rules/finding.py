"""What somebody is asked who looks for the risks of a post: by aspect, focus and kind of power.

Source: 质检认纪〔2012〕1号 二, 五（二）.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from lianfang.common.text import Text
from lianfang.scheme.model import Aspect, Category, FocusArea, Scheme

Kind = Literal["aspect", "focus", "category"]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with the code under which its answer is kept."""

    code: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class QuestionGroup:
    """The questions of an aspect, a focus area or a category of power."""

    kind: Kind
    code: str
    label: Text
    clause: str
    questions: tuple[Question, ...]


def questions_for(
    scheme: Scheme, *, leads: bool, roles: Collection[str]
) -> tuple[QuestionGroup, ...]:
    """Return the questions for the holder of a post, in the scheme's order.

    `leads` for leaders, who look into other focus areas than everybody else; `roles` are those the
    post has in powers: a category of power is asked where the post has its role.
    """
    side = "leaders" if leads else "others"
    return (
        *(_group("aspect", aspect) for aspect in scheme.aspects),
        *(_group("focus", area) for area in scheme.focus_areas if area.posts == side),
        *(_group("category", category) for category in scheme.categories if category.role in roles),
    )


def _group(kind: Kind, asked: Aspect | FocusArea | Category) -> QuestionGroup:
    return QuestionGroup(
        kind=kind,
        code=asked.code,
        label=asked.label,
        clause=asked.clause.section,
        questions=tuple(
            Question(code=f"{kind}.{asked.code}.{place}", text=text)
            for place, text in enumerate(asked.questions, 1)
        ),
    )
