"""What the search box finds among surveys: their titles alone, never an answer."""

from dataclasses import dataclass

from lianfang.org.standing import Standing
from lianfang.surveys.access import surveys_held_by, surveys_to_answer
from lianfang.surveys.models import Survey

LIMIT = 20


@dataclass(frozen=True, kw_only=True)
class Found:
    """Surveys somebody holds, and those they are or were asked to answer; at most LIMIT of each."""

    held: list[Survey]
    asked: list[Survey]


def found_by(standing: Standing, words: str) -> Found:
    """Return the surveys with these words in their title. Two statements."""
    held, asked = surveys_held_by(standing), surveys_to_answer(standing)
    return Found(
        held=list(held.filter(title__icontains=words).order_by("-pk")[:LIMIT]),
        asked=list(asked.filter(title__icontains=words).order_by("-pk")[:LIMIT]),
    )
