"""What a survey of how somebody serves in a post asks.

Source: 质检认纪〔2012〕1号 五（五）1, 五（五）2.
"""

from lianfang.common.text import Text
from lianfang.scheme.model.base import Named, Quantity, Rule
from lianfang.scheme.model.rating import Anchor


class Question(Rule, frozen=True, kw_only=True):
    """A statement that is answered by a step of the scale, or by not being able to say."""

    code: str
    part: str
    text: Text


class SurveyRules(Rule, frozen=True, kw_only=True):
    """A questionnaire, how many colleagues are asked about somebody, and for how long.

    Nothing is shown or kept of a group that fewer than `smallest` people answered about; no
    organisation sets that number. `remark` asks for free words.
    """

    smallest: Quantity
    invited: Quantity
    span: Quantity
    cannot_say: Text
    anchors: tuple[Anchor, ...]
    parts: tuple[Named, ...]
    questions: tuple[Question, ...]
    remark: Text
