"""A Register as canonical JSON and back: the same value is the same bytes on any machine.

UTF-8, no white space, object keys sorted, defaults left out; lists keep their order, which means
something. The digest of an edition is taken over these bytes.
"""

import hashlib

import msgspec

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.register.model import SCHEMA, Register

_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Register)


class RegisterRefused(Refused):
    """A text is no Register of a schema that is known here."""


class _Version(msgspec.Struct):
    schema: int


def to_json(register: Register) -> bytes:
    """Return the canonical JSON of a register."""
    return _ENCODER.encode(register)


def digest(register: Register) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hex digits."""
    return hashlib.sha256(to_json(register)).hexdigest()


def from_json(content: bytes) -> Register:
    """Return the register that `content` holds.

    Raises RegisterRefused for another schema version, unknown keys, and anything not a Register.
    """
    try:
        version = msgspec.json.decode(content, type=_Version).schema
        if version == SCHEMA:
            return _DECODER.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RegisterRefused(
            Text(
                f"这不是登记册的 JSON（{error}）。请用 lianfang read 或导出功能重新生成。",
                f"This is no register JSON ({error}). Make it again by lianfang read or an export.",
            )
        ) from error
    raise RegisterRefused(
        Text(
            f"登记册的格式版本是 {version}，这里只认 {SCHEMA}。请换用相应版本的程序。",
            f"The register has schema version {version}; known here is {SCHEMA}. "
            "Use the version of the program that wrote it.",
        )
    )
