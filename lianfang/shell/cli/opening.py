"""The bytes of a file that a command was given, or a sentence why there are none."""

from pathlib import Path

from lianfang.common.errors import Refused
from lianfang.common.text import Text


class FileUnopened(Refused):
    """A file is not there, or may not be read."""


def content_of(path: Path) -> bytes:
    """Return what a file holds. Raises FileUnopened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileUnopened(
            Text(
                f"{path}：打不开（{error.strerror}）。",
                f"{path}: can't be opened ({error.strerror}).",
            )
        ) from error
