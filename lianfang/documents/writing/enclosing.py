"""Packs the Register that a form was written from, to be carried unseen in the form itself.

The canonical JSON is compressed and written in letters, so that no office program changes it, and
it is believed only when its digest agrees.
"""

import base64
import binascii
import hashlib
import zlib
from datetime import date

import msgspec
from msgspec import Struct

from lianfang.common.errors import Refused
from lianfang.common.text import Language, Text
from lianfang.documents.grids import OWN_SHEET
from lianfang.documents.writing.request import Request
from lianfang.register.canonical import from_json, to_json
from lianfang.register.model import Register

PIECE = 32_000
_MOST_BYTES = 256 * 1024 * 1024
_VERSION = 1
# The fastest: the file is packed once more anyway.
_PACKING = 1


class EnclosureRefused(Refused):
    """What a form carries has been changed, or was written by another version."""


class Enclosure(Struct, frozen=True, kw_only=True):
    """A form's own register and how it was shown."""

    version: int = _VERSION
    form: str
    scheme: str
    scheme_version: str
    language: Language
    on: date
    edition: str
    digest: str
    register: str

    def opened(self) -> Register:
        """Return the register. Raises EnclosureRefused when it is not what was written."""
        try:
            packed = base64.b64decode(self.register, validate=True)
            unpacker = zlib.decompressobj()
            content = unpacker.decompress(packed, _MOST_BYTES)
        except (binascii.Error, zlib.error) as error:
            raise changed() from error
        if unpacker.unconsumed_tail or hashlib.sha256(content).hexdigest() != self.digest:
            raise changed()
        return from_json(content)


def enclose(form: str, request: Request) -> bytes:
    """Return what a form carries of the request it was written for."""
    content = to_json(request.register)
    return msgspec.json.encode(
        Enclosure(
            form=form,
            scheme=request.scheme.name,
            scheme_version=request.scheme.version,
            language=request.language,
            on=request.on,
            edition=request.edition,
            digest=hashlib.sha256(content).hexdigest(),
            register=base64.b64encode(zlib.compress(content, _PACKING)).decode("ascii"),
        )
    )


def disclose(content: bytes) -> Enclosure:
    """Return what a form carries. Raises EnclosureRefused when it can't be read."""
    try:
        enclosure = msgspec.json.decode(content, type=Enclosure)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise changed() from error
    if enclosure.version != _VERSION:
        raise changed()
    return enclosure


def pieces(content: bytes) -> list[str]:
    """Cut what is enclosed into texts that fit into cells."""
    text = content.decode("ascii")
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def changed() -> EnclosureRefused:
    """Return the refusal of a form whose own part can't be believed."""
    return EnclosureRefused(
        Text(
            f"表内的隐藏页“{OWN_SHEET}”缺失或被改动，无法对照原登记册。请用原来下载的表重新填写，"
            "或按普通表格导入。",
            f"The hidden sheet “{OWN_SHEET}” is missing or was changed, so the table can't be "
            "compared with its register. Fill in the table as downloaded, or import it as a "
            "plain table.",
        )
    )
