"""What a checker may ask about: parts by code, fields by kind, the usual check of each."""

import pytest

from lianfang.cycles.rules.remarks import FIELDS, check_for, has_field, target_in
from lianfang.register import model
from lianfang.register.difference import Part
from lianfang.register.words import FIELD_LABELS
from lianfang.scheme.load import load_scheme

REGISTER = model.Register(
    units=(model.Unit(id="CW", name="财务处"),),
    posts=(model.Post(id="CWC", unit="CW", name="处长"),),
    regulations=(model.Regulation(id="G1", title="报销办法"),),
    powers=(
        model.Power(id="P1", unit="CW", name="审核", steps=(model.Step(id="S1", name="受理"),)),
    ),
    risks=(
        model.RiskPoint(
            id="R1",
            unit="CW",
            about=model.Subject(kind=model.SubjectKind.POWER, id="P1"),
            title="虚列天数",
            measures=(model.Measure(id="CWC", text="每月抽查"),),
        ),
    ),
)


@pytest.mark.parametrize(
    ("code", "part", "found"),
    [
        ("P1", "", (Part.POWER, "审核", (Part.POWER, "P1"))),
        ("S1", "", (Part.STEP, "受理", (Part.POWER, "P1"))),
        ("R1", "risk", (Part.RISK, "虚列天数", (Part.RISK, "R1"))),
        # a measure and a post of one code: the measure, unless the post is meant
        ("CWC", "", (Part.MEASURE, "每月抽查", (Part.RISK, "R1"))),
        ("CWC", "post", (Part.POST, "处长", (Part.POST, "CWC"))),
        ("G1", "", (Part.REGULATION, "报销办法", (Part.REGULATION, "G1"))),
        ("CW", "", (Part.UNIT, "财务处", (Part.UNIT, "CW"))),
    ],
)
def test_a_part_is_found_by_its_code_and_kind(
    code: str, part: str, found: tuple[Part, str, tuple[Part, str]]
) -> None:
    target = target_in(REGISTER, code, part)
    assert target is not None
    assert (target.part, target.name, target.holder) == found


@pytest.mark.parametrize(("code", "part"), [("P9", ""), ("P1", "risk"), ("P1", "nonsense")])
def test_what_is_not_there_is_not_found(code: str, part: str) -> None:
    assert target_in(REGISTER, code, part) is None


def test_every_field_that_may_be_asked_about_has_a_name() -> None:
    assert {name for names in FIELDS.values() for name in names} <= FIELD_LABELS.keys()


def test_a_field_is_of_the_parts_that_have_it() -> None:
    assert has_field("measure", "phase")
    assert not has_field("risk", "phase")
    assert not has_field("", "title")
    assert not has_field("risk", "measures")


@pytest.mark.parametrize(
    ("part", "field", "check"),
    [
        ("measure", "frequency", "C5"),
        ("risk", "level", "C4"),
        ("risk", "manifestations", "C3"),
        ("power", "posts", "C2"),
        ("step", "post", "C2"),
        ("post", "duties", "C2"),
        ("power", "bases", "C1"),
        ("", "", "C1"),
    ],
)
def test_a_remark_falls_under_the_check_that_looks_at_its_field(
    part: str, field: str, check: str
) -> None:
    assert check_for(part, field) == check
    assert check in {one.code for one in load_scheme("cnas-2012").checks.five}
