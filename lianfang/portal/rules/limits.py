"""How large and how many: what a report may hold, and what its sealed parts may look like."""

from collections.abc import Sequence

from lianfang.sealing.padding import SMALLEST, class_of
from lianfang.sealing.parts import NONCE, TAG

MOST_FILES = 5
# One file, with its name, has room in the class of 16 MiB.
LARGEST_FILE_MB = 16
LARGEST_FILE = LARGEST_FILE_MB * 1000 * 1000
# All answers of the form together, in characters.
LONGEST_TEXT = 50_000
LARGEST_BODY = class_of(4 * LONGEST_TEXT) + NONCE + TAG
MOST_LETTERS_A_DAY = 20
_NAME_ROOM = 4_096
_MOST_LARGE = 3


def is_part(sealed: bytes, *, most: int) -> bool:
    """Return whether bytes have the length of a sealed part, of at most so many bytes."""
    size = len(sealed) - NONCE - TAG
    return size >= SMALLEST and class_of(size - 4) == size and len(sealed) <= most


def largest_sealed_file() -> int:
    """Return how long the largest file is once it is sealed."""
    return class_of(LARGEST_FILE + _NAME_ROOM) + NONCE + TAG


def largest_together() -> int:
    """Return how long all files of a report or letter are together, once they are sealed."""
    return _MOST_LARGE * largest_sealed_file()


def fit(files: Sequence[bytes]) -> bool:
    """Return whether sealed files have the shape of files, and are no more than may be sent."""
    most = largest_sealed_file()
    return (
        len(files) <= MOST_FILES
        and all(is_part(one, most=most) for one in files)
        and sum(map(len, files)) <= largest_together()
    )


def fit_together(sizes: Sequence[int]) -> bool:
    """Return whether files of so many bytes may be sent together: sealed, each fills its class."""
    sealed = (class_of(size + _NAME_ROOM) + NONCE + TAG for size in sizes)
    return sum(sealed) <= largest_together()


def largest_request() -> int:
    """Return how long everything is together that one request may bring."""
    return largest_together() + 2 * LARGEST_BODY
