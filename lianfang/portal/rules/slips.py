"""Whether a slip proves that something was filed on a day: from the digest to the root of the log.

Needs no database. Whoever noted the root of the log elsewhere can compare it.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from lianfang.audit.rules import tree
from lianfang.audit.rules.leaves import CHANGES, Body, commitment, leaf_of
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.portal.rules.days import item_leaf

FORMAT = "lianfang-filing-1"


class NoSlip(Refused):
    """A file that is no slip, or one whose parts don't hold together."""


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """The place of an item under the root of its day."""

    on: str
    place: int
    size: int
    path: list[str]
    root: str


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """The event that has the root of the day, and its way to the root of the log."""

    body: Body
    salt: str
    text: str
    size: int
    path: list[str]
    root: str


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """What a sender can show. `day` and `log` are there from the next day on."""

    format: str
    organisation: str
    on: str
    digest: str
    day: Day | None = None
    log: Log | None = None


@dataclass(frozen=True, kw_only=True)
class Proven:
    """What a slip proves; `root` and `size` are those of the log, empty before the next day."""

    organisation: str
    on: str
    digest: str
    sealed_on: str = ""
    size: int = 0
    root: str = ""


def read_slip(content: bytes) -> Slip:
    """Return a slip. Raises NoSlip."""
    try:
        slip = msgspec.json.decode(content, type=Slip)
    except msgspec.MsgspecError as error:
        raise NoSlip(_NO_SLIP) from error
    if slip.format != FORMAT:
        raise NoSlip(_NO_SLIP)
    return slip


def verify_slip(slip: Slip, root: str = "") -> Proven:
    """Return what the slip proves. Raises NoSlip, naming the first step that does not hold.

    `root` is the root of the log as somebody noted it elsewhere, empty where nobody did.
    """
    if slip.day is None or slip.log is None:
        if root:
            raise NoSlip(_TOO_EARLY)
        return Proven(organisation=slip.organisation, on=slip.on, digest=slip.digest)
    try:
        fault = _fault(slip, slip.day, slip.log, root)
    except ValueError as error:
        raise NoSlip(_NO_SLIP) from error
    if fault is not None:
        raise NoSlip(fault)
    return Proven(
        organisation=slip.organisation,
        on=slip.on,
        digest=slip.digest,
        sealed_on=slip.day.on,
        size=slip.log.size,
        root=slip.log.root,
    )


def _fault(slip: Slip, day: Day, log: Log, root: str) -> Text | None:
    if not tree.includes(
        leaf=item_leaf(slip.digest),
        index=day.place,
        size=day.size,
        proof=[bytes.fromhex(node) for node in day.path],
        root=bytes.fromhex(day.root),
    ):
        return _NOT_IN_DAY
    if log.body.parts.get(CHANGES) != commitment(log.salt, log.text):
        return _NOT_TOLD
    told: Any = msgspec.json.decode(log.text)
    if told != {"on": [None, day.on], "root": [None, day.root]} or slip.on > day.on:
        return _NOT_TOLD
    if not tree.includes(
        leaf=leaf_of(log.body),
        index=log.body.position,
        size=log.size,
        proof=[bytes.fromhex(node) for node in log.path],
        root=bytes.fromhex(log.root),
    ):
        return _NOT_IN_LOG
    return _OTHER_ROOT if root and root.lower() != log.root else None


_NO_SLIP = Text("这不是提交凭证，或内容不完整。", "This is no proof of filing, or it is not whole.")
_TOO_EARLY = Text(
    "当天的凭证还没有日志证明。次日凭回执码重新下载，再核对。",
    "A slip of the same day has no proof in the log yet. Fetch it again the day after.",
)
_NOT_IN_DAY = Text(
    "摘要不在当日根摘要之下：凭证被改动。",
    "The digest is not under the root of the day: the slip was changed.",
)
_NOT_TOLD = Text(
    "日志记录的不是这个当日根摘要：凭证被改动。",
    "The log tells of another root of the day: the slip was changed.",
)
_NOT_IN_LOG = Text(
    "日志记录不在日志根摘要之下：凭证或日志被改动。",
    "The event is not under the root of the log: the slip or the log was changed.",
)
_OTHER_ROOT = Text(
    "凭证中的日志根摘要与给出的不同：凭证取得后日志又有增加，请重新下载凭证；仍不同即为日志被改动。",
    "The root of the log in the slip is not the one given. The log may have grown since: fetch the "
    "slip again. Where they still differ, the log was changed.",
)
