"""The draw sheet as a file: all that was fixed, shown and drawn, so that anybody can recompute it.

UTF-8 JSON, keys sorted, no white space, ended by one line feed. Nothing but this file is needed
to verify it. Source: 质检认纪〔2012〕1号 五（五）.
"""

from datetime import datetime

import msgspec
from msgspec import Struct

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.inspections.rules.drawing import (
    ALGORITHM,
    Picked,
    Stratum,
    commitment_to,
    draw,
    mixed,
)
from lianfang.inspections.rules.plan import Plan, canonical, plan_digest

FORMAT = "lianfang-draw-sheet/1"


class Sheet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A draw: its plan and digest, the seed with its commitment, the public value, the result."""

    plan: Plan
    plan_digest: str
    commitment: str
    frozen_at: datetime
    seed: str
    value: str
    mixed: str
    drawn_at: datetime
    strata: tuple[Stratum, ...]
    drawn: tuple[Picked, ...]
    format: str = FORMAT
    algorithm: str = ALGORITHM


class SheetRefused(Refused):
    """A file that is no draw sheet, or not of a format that is known here."""


def sheet_of(
    plan: Plan, *, seed: str, value: str, frozen_at: datetime, drawn_at: datetime
) -> Sheet:
    """Draw by a seed and a public value, and return the sheet of it."""
    digest = plan_digest(plan)
    mix = mixed(seed, digest, value)
    result = draw(plan, mix)
    return Sheet(
        plan=plan,
        plan_digest=digest,
        commitment=commitment_to(seed),
        frozen_at=frozen_at,
        seed=seed,
        value=value,
        mixed=mix,
        drawn_at=drawn_at,
        strata=result.strata,
        drawn=result.drawn,
    )


def to_bytes(sheet: Sheet) -> bytes:
    """Return the bytes of a sheet."""
    return canonical(sheet) + b"\n"


def plan_bytes(plan: Plan) -> bytes:
    """Return the bytes of a plan, which is kept between freezing and drawing."""
    return canonical(plan)


def read_plan(content: bytes) -> Plan:
    """Return the plan that was kept."""
    return msgspec.json.decode(content, type=Plan)


def read_sheet(content: bytes) -> Sheet:
    """Return the sheet that a file holds. Raises SheetRefused."""
    try:
        sheet = msgspec.json.decode(content, type=Sheet)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise SheetRefused(
            Text(
                f"这不是抽取单，或文件已残缺（{error}）。请重新取得导出的抽取单。",
                f"This is no draw sheet, or not all of it ({error}). Get the exported file again.",
            )
        ) from error
    if sheet.format != FORMAT:
        raise SheetRefused(
            Text(
                f"抽取单的格式是 {sheet.format}，这里只认 {FORMAT}。请换用相应版本的程序。",
                f"The draw sheet has format {sheet.format}; known here is {FORMAT}. Use the "
                "version of the program that wrote it.",
            )
        )
    return sheet
