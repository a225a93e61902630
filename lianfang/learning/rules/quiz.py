"""A short quiz: written as plain text, taken, marked (二)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lianfang.common.errors import Refused
from lianfang.common.text import Text

MOST_QUESTIONS, MOST_OPTIONS = 30, 8
LONGEST = 300
_RIGHT = ("*", "＊", "✓")


class QuizRefused(Refused):
    """A quiz that is not written as it has to be."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question: its options, and the places of the right ones, at least one of each kind."""

    text: str
    options: tuple[str, ...]
    right: frozenset[int]

    @property
    def takes_several(self) -> bool:
        """Whether more than one option is right."""
        return len(self.right) > 1


def mark(questions: Sequence[Asked], answers: Sequence[Collection[int]]) -> int:
    """Return the score, 0 to 100, rounded down; a question is right with all and only the right.

    Answers that are missing are wrong.
    """
    if not questions:
        return 0
    given = [frozenset(answer) for answer in answers]
    given += [frozenset()] * (len(questions) - len(given))
    right = sum(
        answer == question.right for question, answer in zip(questions, given, strict=False)
    )
    return right * 100 // len(questions)


def is_passed(score: int, pass_mark: int) -> bool:
    """Return whether a score is enough."""
    return score >= pass_mark


def tries_left(tries: int, taken: int, *, passed: bool) -> int:
    """Return how often somebody may still try; a quiz that is passed is not taken again."""
    return 0 if passed else max(0, tries - taken)


def read_quiz(text: str) -> tuple[Asked, ...]:
    """Return the questions of a text: blocks apart by empty lines, right options with a star.

    The first line of a block is the question, each other one an option. Raises QuizRefused with
    the number of the question.
    """
    blocks = list(_blocks(text))
    if not 1 <= len(blocks) <= MOST_QUESTIONS:
        raise QuizRefused(
            Text(
                f"共 {len(blocks)} 题；请写 1 至 {MOST_QUESTIONS} 题，题与题之间空一行。",
                f"There are {len(blocks)} questions; write 1 to {MOST_QUESTIONS}, with an empty "
                "line between them.",
            )
        )
    return tuple(_question(place, lines) for place, lines in enumerate(blocks, 1))


def written_quiz(questions: Sequence[Asked]) -> str:
    """Return questions as the text they are read from."""
    return "\n\n".join(
        "\n".join(
            (
                asked.text,
                *(f"*{one}" if n in asked.right else one for n, one in enumerate(asked.options)),
            )
        )
        for asked in questions
    )


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            block.append(line.strip())
        elif block:
            yield block
            block = []


def _question(place: int, lines: list[str]) -> Asked:
    text, *options = lines
    right = frozenset(n for n, option in enumerate(options) if option.startswith(_RIGHT))
    bare = tuple(option[1:].strip() if n in right else option for n, option in enumerate(options))
    if not 2 <= len(bare) <= MOST_OPTIONS or not right or len(right) == len(bare):
        raise _refused(
            place,
            f"要有 2 至 {MOST_OPTIONS} 个选项，其中至少一个正确（前面加 *）、至少一个不正确。",
            f"needs 2 to {MOST_OPTIONS} options, at least one right (with * before it) and at "
            "least one wrong.",
        )
    if len(set(bare)) < len(bare) or not all(bare):
        raise _refused(place, "有两个相同或空的选项。", "has two options alike, or an empty one.")
    if any(len(one) > LONGEST for one in (text, *bare)):
        raise _refused(
            place,
            f"有一行超过 {LONGEST} 字。",
            f"has a line of more than {LONGEST} characters.",
        )
    return Asked(text=text, options=bare, right=right)


def _refused(place: int, zh: str, en: str) -> QuizRefused:
    return QuizRefused(Text(f"第 {place} 题{zh}请改正。", f"Question {place} {en} Mend it."))
