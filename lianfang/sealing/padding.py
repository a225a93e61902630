"""Padding to size classes: the length of what is sealed tells no more than its class."""

SMALLEST = 4 * 1024
# the next class is so many times the one before
_STEP = 4
_PREFIX = 4


class BadPadding(Exception):
    """Bytes that were not padded here."""


def class_of(length: int) -> int:
    """Return the size of the class in which so many bytes, with their length, have room."""
    size = SMALLEST
    while size < length + _PREFIX:
        size *= _STEP
    return size


def padded(content: bytes) -> bytes:
    """Return the length in 4 bytes, the bytes, and zeros up to the next class."""
    size = class_of(len(content))
    return (len(content).to_bytes(_PREFIX, "big") + content).ljust(size, b"\0")


def unpadded(block: bytes) -> bytes:
    """Return what was padded. Raises BadPadding."""
    length = int.from_bytes(block[:_PREFIX], "big")
    content = block[_PREFIX : _PREFIX + length]
    if len(block) != class_of(length) or any(block[_PREFIX + length :]):
        raise BadPadding("These bytes were not padded to a size class")
    return content
