"""What colleagues answer, and how it lies in the sealed box: without names, of one length.

A box has two parts that know nothing of each other: who has answered, sorted by number, and the
papers, which are shuffled whenever one is added. Both are padded to a length that is settled when
the survey opens, so that neither tells how many there are.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec

# of free words about one subject
LONGEST_REMARK = 300
CANNOT_SAY = 0
_BYTES_A_CHARACTER = 4
_SPARE = 64
_LENGTH = 8
_OF_A_PERSON = 9


class Paper(msgspec.Struct, frozen=True):
    """What one person said about the people they were asked about; never who that person is.

    `sheets` has for each subject a step for each question, `CANNOT_SAY` for none; `remarks` has
    free words.
    """

    sheets: dict[int, tuple[int, ...]]
    remarks: dict[int, str] = {}


class Overfull(ValueError):
    """More in a box than it was made for: a bug."""


def room_for_turnout(invited: int) -> int:
    """Return how many bytes the list of those who answered may take."""
    return _LENGTH + _SPARE + invited * _OF_A_PERSON


def room_for_papers(asked: Sequence[int], questions: int) -> int:
    """Return how many bytes all papers may take; `asked` has a number of subjects a person."""
    sheet = questions + LONGEST_REMARK * _BYTES_A_CHARACTER + _SPARE
    return _LENGTH + _SPARE + sum(_SPARE + subjects * sheet for subjects in asked)


def packed_turnout(people: frozenset[int], room: int) -> bytes:
    """Return the people who answered as bytes of that length, in the order of their numbers."""
    return _padded(msgspec.msgpack.encode(sorted(people)), room)


def packed_papers(
    papers: Sequence[Paper], room: int, shuffle: Callable[[list[Paper]], None]
) -> bytes:
    """Return the papers as bytes of that length, in an order that tells nothing."""
    mixed = list(papers)
    shuffle(mixed)
    return _padded(msgspec.msgpack.encode(mixed), room)


def turnout_of(packed: bytes) -> frozenset[int]:
    """Return who answered."""
    return frozenset(msgspec.msgpack.decode(_content(packed), type=list[int]))


def papers_of(packed: bytes) -> list[Paper]:
    """Return the papers."""
    return msgspec.msgpack.decode(_content(packed), type=list[Paper])


def is_whole(
    sheets: Mapping[int, Sequence[int]], subjects: frozenset[int], shape: tuple[int, int]
) -> bool:
    """Return whether every question about every subject is answered by a step of the scale.

    `shape` is the number of questions and of steps.
    """
    questions, steps = shape
    return frozenset(sheets) == subjects and all(
        len(sheet) == questions and all(CANNOT_SAY <= step <= steps for step in sheet)
        for sheet in sheets.values()
    )


def _padded(content: bytes, room: int) -> bytes:
    if _LENGTH + len(content) > room:
        raise Overfull(room)
    return len(content).to_bytes(_LENGTH, "big") + content.ljust(room - _LENGTH, b"\0")


def _content(packed: bytes) -> bytes:
    length = int.from_bytes(packed[:_LENGTH], "big")
    return packed[_LENGTH : _LENGTH + length]
