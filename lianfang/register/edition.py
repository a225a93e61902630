"""An edition as a file: one unit's register as it was approved, which anybody can verify later.

The file is UTF-8 JSON, keys sorted, no white space, ended by one line feed. The digest is the
SHA-256 of all its bytes, the line feed with them, so that `sha256sum` says the same. Parts stand
in the order of their ids; the lists inside a part keep their order, which means something.

Source: 质检认纪〔2012〕1号 六（三）, 六（五）.
"""

import codecs
import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import zip_longest
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.register.difference import Part
from lianfang.register.mentions import Entry, Mention, entries, mentions, part_of
from lianfang.register.model import (
    SCHEMA,
    Post,
    Power,
    Register,
    Regulation,
    RiskPoint,
    Unit,
)
from lianfang.register.words import PART_LABELS

FORMAT = 1
ALGORITHM = "sha-256"

_NUMBER = re.compile(r"([0-9]{4})-([1-9][0-9]{0,3})")
_DIGITS = re.compile(r"([0-9]+)")
_PEOPLE = ("holders", "finders", "charges")

Listed = TypeVar("Listed", Unit, Post, Regulation, Power, RiskPoint)
_Key = tuple[Part, str]


class EditionRefused(Refused):
    """A text is no edition as it was written, or a register can't be frozen; says where."""


class DigestDiffers(EditionRefused):
    """An edition is sound in itself, but is not the one that the digest was taken of."""


class Frozen(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An edition (版本): what a unit answers for from a day on.

    `unit` is the unit's code, its id in `register`. `resolution` says which meeting decided,
    `supersedes` is the number of the edition before; both may be empty.
    """

    organisation: str
    unit: str
    unit_name: str
    number: str
    year: Annotated[int, Meta(ge=1000, le=9999)]
    serial: Annotated[int, Meta(ge=1, le=9999)]
    effective_from: date
    scheme: str
    scheme_version: str
    register: Register
    resolution: str = ""
    supersedes: str = ""
    format: int = FORMAT


class Verified(Struct, frozen=True):
    """An edition that is as it was written, and the SHA-256 of its bytes in hex."""

    frozen: Frozen
    digest: str


class _Format(Struct):
    format: int


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Frozen)


def frozen_register(register: Register, unit: str) -> Register:
    """Return the powers and risk points of a unit and all that these mention, without people.

    Mentioned units bring those above them. A risk point about another unit's power brings that
    power. Linear but for sorting. Raises EditionRefused when the unit or a part mentioned is
    missing, or two parts have one id.
    """
    known = _by_id(register)
    if (Part.UNIT, unit) not in known:
        raise EditionRefused(
            Text(
                f"登记册中没有单位“{unit}”，不能为它制成版本。请核对单位编码。",
                f"The register has no unit “{unit}” to freeze. Check the unit's code.",
            )
        )
    own = [(Part.POWER, power.id) for power in register.powers if power.unit == unit]
    own += [(Part.RISK, risk.id) for risk in register.risks if risk.unit == unit]
    kept = _reached(known, [(Part.UNIT, unit), *own])

    def cut(part: Part, listed: Iterable[Listed]) -> tuple[Listed, ...]:
        return tuple(sorted((e for e in listed if (part, e.id) in kept), key=_place))

    return Register(
        scheme=register.scheme,
        organisation=register.organisation,
        units=cut(Part.UNIT, register.units),
        posts=cut(Part.POST, register.posts),
        regulations=cut(Part.REGULATION, register.regulations),
        powers=cut(Part.POWER, register.powers),
        risks=cut(Part.RISK, register.risks),
    )


def to_bytes(frozen: Frozen) -> bytes:
    """Return the bytes of an edition: the same for the same parts in whatever order.

    Raises EditionRefused for what `read_frozen` would refuse.
    """
    _require_agreement(frozen)
    _require_no_people(frozen.register)
    cut = frozen_register(frozen.register, frozen.unit)
    _require_nothing_else(frozen.register, cut)
    try:
        return _ENCODER.encode(replace(frozen, register=cut)) + b"\n"
    except (ValueError, OverflowError) as error:
        raise EditionRefused(
            Text(
                f"版本 {frozen.number} 中有不能写入文件的字符或数字（{error}）。请改正后再制。",
                f"Edition {frozen.number} holds a character or number that no file can hold "
                f"({error}). Mend it and freeze again.",
            )
        ) from error


def digest_of(content: bytes) -> str:
    """Return the digest of an edition's bytes by ALGORITHM, as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def read_frozen(content: bytes) -> Frozen:
    """Return the edition that `content` holds. Raises EditionRefused, which says what and where."""
    if content.startswith(codecs.BOM_UTF8):
        raise _saved_again(1)
    frozen = _decoded(content)
    written = to_bytes(frozen)
    if written != content:
        pairs = enumerate(zip(written, content, strict=False), 1)
        shorter = min(len(written), len(content))
        raise _saved_again(next((at for at, (a, b) in pairs if a != b), shorter + 1))
    return frozen


def verify(content: bytes, digest: str | None = None) -> Verified:
    """Return the edition and its digest, compared with `digest` (hex in either case) if given.

    Raises EditionRefused; DigestDiffers where only the digest is another one.
    """
    frozen, found = read_frozen(content), digest_of(content)
    if digest is not None and digest.strip().lower() != found:
        raise DigestDiffers(
            Text(
                f"版本 {frozen.number} 的摘要是 {found}，与给出的 {digest.strip()} 不同："
                "内容在公布后被改动过，或不是同一个版本。请向公布单位索取原文件。",
                f"The digest of edition {frozen.number} is {found}, not {digest.strip()}: it was "
                "changed after publication, or is another edition. Ask for the original file.",
            )
        )
    return Verified(frozen, found)


def _decoded(content: bytes) -> Frozen:
    try:
        found = msgspec.json.decode(content, type=_Format).format
        if found == FORMAT:
            return _DECODER.decode(content)
    except msgspec.ValidationError as error:
        raise EditionRefused(
            Text(
                f"这不是版本文件（{error}）。请用导出的版本文件。",
                f"This is no edition ({error}). Use a file that was exported as an edition.",
            )
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise EditionRefused(
            Text(
                f"这不是 JSON，或文件已残缺（{error}）。请重新取得原文件。",
                f"This is no JSON, or not all of it ({error}). Get the original file again.",
            )
        ) from error
    raise EditionRefused(
        Text(
            f"版本文件的格式是 {found}，这里只认 {FORMAT}。请换用相应版本的程序。",
            f"The edition has format {found}; known here is {FORMAT}. "
            "Use the version of the program that wrote it.",
        )
    )


def _saved_again(at: int) -> EditionRefused:
    return EditionRefused(
        Text(
            f"文件被别的程序另存过：从第 {at} 个字节起与原来的写法不同。请用未经另存的原文件。",
            f"The file was re-saved by another program: from byte {at} on it is not as it was "
            "written. Use the original file.",
        )
    )


def _require_agreement(frozen: Frozen) -> None:
    """Raise EditionRefused where what is said of an edition contradicts itself."""
    register = frozen.register
    name = next((unit.name for unit in register.units if unit.id == frozen.unit), frozen.unit_name)
    agrees = {
        "format": frozen.format == FORMAT,
        "number": _NUMBER.fullmatch(frozen.number) is not None
        and frozen.number == f"{frozen.year}-{frozen.serial}",
        "supersedes": _is_earlier(frozen.supersedes, frozen.number),
        "unit_name": frozen.unit_name == name,
        "organisation": frozen.organisation == register.organisation,
        "scheme": frozen.scheme == register.scheme,
        "register.schema": register.schema == SCHEMA,
    }
    wrong = [field for field, holds in agrees.items() if not holds]
    if wrong:
        zh, en = "、".join(wrong), ", ".join(wrong)
        raise EditionRefused(
            Text(
                f"版本“{frozen.number}”自相矛盾：{zh} 与其余内容不符。请重新制作或取得原文件。",
                f"Edition “{frozen.number}” contradicts itself: {en} does not agree with the "
                "rest. Freeze it again, or get the original file.",
            )
        )


def _is_earlier(number: str, than: str) -> bool:
    """Return whether an edition's number is earlier than another; so is none at all."""
    old, new = _NUMBER.fullmatch(number), _NUMBER.fullmatch(than)
    if old is None or new is None:
        return not number
    return (int(old[1]), int(old[2])) < (int(new[1]), int(new[2]))


def _require_no_people(register: Register) -> None:
    found = next((field for field in _PEOPLE if getattr(register, field) is not None), None)
    if found is not None:
        raise EditionRefused(
            Text(
                f"register.{found} 中有人员。版本只写岗位，不写人；请去掉后重新制作。",
                f"There are persons in register.{found}. An edition names posts, never persons; "
                "freeze it again without them.",
            )
        )


def _require_nothing_else(register: Register, cut: Register) -> None:
    """Raise EditionRefused where a register holds more than what belongs to the unit."""
    kept = {(part_of(entry), entry.id) for entry in entries(cut)}
    for entry in entries(register):
        part = part_of(entry)
        if (part, entry.id) not in kept:
            label = PART_LABELS[part]
            raise EditionRefused(
                Text(
                    f"{label.zh} {entry.id} 不属于这个单位的版本，也没有被提到。请重新制作。",
                    f"The {label.en} {entry.id} is no part of this unit's edition, nor mentioned "
                    "in it. Freeze it again.",
                )
            )
    if register.totals is not None or register.absent:
        field = "absent" if register.absent else "totals"
        raise EditionRefused(
            Text(
                f"register.{field} 不属于版本。请重新制作。",
                f"register.{field} is no part of an edition. Freeze it again.",
            )
        )


def _by_id(register: Register) -> Mapping[_Key, Entry]:
    """Return parts by kind and id, a power also by its steps. Raises EditionRefused for a pair."""
    known: dict[_Key, Entry] = {}
    for entry in entries(register):
        for key in _keys(entry):
            if key in known:
                label = PART_LABELS[key[0]]
                raise EditionRefused(
                    Text(
                        f"{label.zh} {key[1]} 出现了两次。请给其中一个另编号。",
                        f"The {label.en} {key[1]} is there twice. Give one of them another id.",
                    )
                )
            known[key] = entry
    return known


def _keys(entry: Entry) -> list[_Key]:
    keys = [(part_of(entry), entry.id)]
    if isinstance(entry, Power):
        keys += [(Part.STEP, step.id) for step in entry.steps]
    if isinstance(entry, RiskPoint):
        keys += [(Part.MEASURE, measure.id) for measure in entry.measures]
    return keys


def _reached(known: Mapping[_Key, Entry], waiting: list[_Key]) -> set[_Key]:
    """Return the parts of `waiting`, which is used up, and what is mentioned from there on."""
    kept: set[_Key] = set()
    while waiting:
        key = waiting.pop()
        if key in kept:
            continue
        kept.add(key)
        for mention in mentions(known[key]):
            found = known.get((mention.to, mention.target))
            if found is None:
                raise _missing(mention)
            waiting.append((part_of(found), found.id))
    return kept


def _missing(mention: Mention) -> EditionRefused:
    part, to = PART_LABELS[mention.part], PART_LABELS[mention.to]
    return EditionRefused(
        Text(
            f"{part.zh} {mention.id} 的 {mention.field} 指向{to.zh} {mention.target}，"
            "但其中没有。请补上，或改正这一处。",
            f"{part.en.capitalize()} {mention.id} mentions in {mention.field} the {to.en} "
            f"{mention.target}, which is not there. Add it, or mend the mention.",
        )
    )


def _place(entry: Entry) -> tuple[list[tuple[int, str]], str]:
    """Return a sort key by which “R2” stands before “R10”."""
    pieces = _DIGITS.split(entry.id)
    texts = [(0, text) for text in pieces[::2]]
    numbers = [(len(number), number) for number in (n.lstrip("0") for n in pieces[1::2])]
    told = [key for pair in zip_longest(texts, numbers, fillvalue=(0, "")) for key in pair]
    return told, entry.id
