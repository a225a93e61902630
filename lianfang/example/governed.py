"""What the example institution governs, as one Register whose ids are the codes.

The files lie in `register/`, one for each unit and one for the regulations; units and posts are
those of the tables from which the staff list is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lianfang.example.entries import regulation_entries, unit_files
from lianfang.example.powers import powers, regulations_on
from lianfang.example.reading import Row, rows_of
from lianfang.example.risks import Assessing
from lianfang.register.model import Post, Register, Unit, UnitKind
from lianfang.scheme.model import Scheme

_KINDS = {
    "单位": UnitKind.ORGANISATION,
    "领导班子": UnitKind.LEADERSHIP,
    "处室": UnitKind.DEPARTMENT,
    "公司": UnitKind.COMPANY,
}
_YES = "是"


@dataclass(frozen=True)
class Governed:
    """The register of the example; `english` names powers and regulations by their codes."""

    register: Register
    english: Mapping[str, str]


def example_register(on: date, scheme: Scheme) -> Governed:
    """Return what the example governs when it is loaded on a day, rated by a scheme.

    Persons are left out. Raises msgspec.ValidationError, NoDay or AnswersRefused for a file that
    is not as it should be.
    """
    regulations, all_powers = tuple(regulations_on(on)), tuple(powers())
    register = Register(
        scheme=scheme.name,
        organisation=rows_of("units")[0]["名称"],
        units=tuple(map(_unit, rows_of("units"))),
        posts=tuple(map(_post, rows_of("posts"))),
        regulations=regulations,
        powers=all_powers,
        risks=tuple(Assessing(scheme, all_powers, regulations, on).risks()),
    )
    return Governed(register, _english())


def _english() -> dict[str, str]:
    names = {code: entry.en for code, entry in regulation_entries().items()}
    for file in unit_files().values():
        names |= {code: entry.en for code, entry in file.powers.items()}
    return names


def _unit(row: Row) -> Unit:
    return Unit(
        id=row["代码"],
        code=row["代码"],
        name=row["名称"],
        kind=_KINDS[row["类型"]],
        parent=row["上级代码"] or None,
    )


def _post(row: Row) -> Post:
    return Post(
        id=row["代码"],
        unit=row["单位代码"],
        name=row["名称"],
        duties=tuple(row["职责"].splitlines()),
        leadership=row["班子成员"] == _YES,
        unit_head=row["负责人"] == _YES,
        leadership_head=row["班子主要负责人"] == _YES,
    )
