"""The files of the example's register as they are written: one struct for each kind of entry.

Codes are keys, so that none stands twice in a file. Days are written as in `example.dates`.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from lianfang.example.reading import rows_of
from lianfang.register.model import RegulationState, Role, StepKind

FOLDER = Path(__file__).parent / "register"
REGULATIONS = "regulations"

_File = TypeVar("_File")


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a file; a key that is misspelt is refused."""


class RegulationEntry(Entry, frozen=True, kw_only=True):
    """A law or rule; `{年}` in its number stands for the year in which it came into force."""

    title: str
    en: str
    issuer: str
    number: str = ""
    state: RegulationState = RegulationState.IN_FORCE
    in_force: str = ""
    repealed: str = ""
    owner: str | None = None
    due: str = ""


class PostEntry(Entry, frozen=True, kw_only=True):
    """A post's part in a power; `amount` in yuan."""

    post: str
    role: Role
    limit: str = ""
    amount: int | None = None


class StepEntry(Entry, frozen=True, kw_only=True):
    """A step; `to` is the place of the next one, counted from 1, or one for each outcome.

    Left out, the flow goes on to the step below, save from an end.
    """

    name: str
    kind: StepKind = StepKind.STEP
    post: str | None = None
    days: int | None = None
    term: str = ""
    output: str = ""
    to: int | dict[str, int] | None = None


class PowerEntry(Entry, frozen=True, kw_only=True):
    """A power; each of `bases` is the code of a regulation, a space and the article."""

    name: str
    en: str
    category: str
    often: str
    bases: tuple[str, ...]
    posts: tuple[PostEntry, ...]
    steps: tuple[StepEntry, ...]
    matters: tuple[str, ...] = ()
    public: bool = False


class MeasureEntry(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A measure, written as a row; `when` is how often, on what occasion, or a day.

    One that names a regulation not yet in force asks for it.
    """

    text: str
    post: str
    when: str
    evidence: str
    regulation: str | None = None


class RiskEntry(Entry, frozen=True, kw_only=True):
    """A risk point about the power, step, post or regulation of that code.

    `scores` answer the scheme's questions in its order: factors, likelihood, impacts; `residual`
    answers the first of them anew. `level` stands only where it is not the computed one.
    """

    about: str
    title: str
    posts: tuple[str, ...]
    aspects: tuple[str, ...]
    focus: str
    shows: tuple[str, ...]
    found: str
    scores: tuple[int, ...] = ()
    residual: tuple[int, ...] = ()
    level: str | None = None
    reason: str = ""
    confirmed: str | None = None
    early: tuple[MeasureEntry, ...] = ()
    during: tuple[MeasureEntry, ...] = ()
    after: tuple[MeasureEntry, ...] = ()
    unsorted: tuple[MeasureEntry, ...] = ()


class UnitFile(Entry, frozen=True, kw_only=True):
    """The powers and risk points of one unit."""

    powers: dict[str, PowerEntry]
    risks: dict[str, RiskEntry]


@lru_cache
def unit_files() -> Mapping[str, UnitFile]:
    """Return the files of the units by their codes, in the order of the table of units."""
    codes = [row["代码"] for row in rows_of("units") if row["上级代码"]]
    return {code: _read(code, UnitFile) for code in codes}


@lru_cache
def regulation_entries() -> Mapping[str, RegulationEntry]:
    """Return the regulations by their codes."""
    return _read(REGULATIONS, dict[str, RegulationEntry])


def unit_of(code: str) -> str:
    """Return the unit in the code of a power (`SLC-03`) or of a risk point (`R-SLC-03`)."""
    return code.removeprefix("R-").rpartition("-")[0]


def _read(name: str, shape: type[_File]) -> _File:
    return msgspec.yaml.decode((FOLDER / f"{name}.yaml").read_bytes(), type=shape)
