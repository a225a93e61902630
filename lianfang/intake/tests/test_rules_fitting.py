"""Texts that are longer than the register keeps."""

import pytest

from lianfang.common.text import Text
from lianfang.intake.queries.books import lengths
from lianfang.intake.rules.fitting import (
    FIELDS,
    misfits,
    texts_of_power,
    texts_of_regulation,
    texts_of_risk,
)
from lianfang.intake.tests.rules_parts import links, measure, power, risk
from lianfang.register.model import Basis, Manifestation, Regulation

FIVE = dict.fromkeys(FIELDS, 5)


def told(texts: list[tuple[str, str]]) -> list[Text]:
    return list(misfits(iter(texts), FIVE))


def test_a_text_fits_up_to_its_length() -> None:
    assert told([("risk.title", ""), ("risk.title", "五"), ("risk.title", "五" * 5)]) == []


@pytest.mark.parametrize("field", FIELDS)
def test_a_text_that_is_too_long_is_told_with_its_beginning(field: str) -> None:
    (sentence,) = told([(field, "长" * 30)])
    assert "有 30 字，最多 5 字" in sentence.zh
    assert f"“{'长' * 20}…”" in sentence.zh
    assert "has 30 characters, at most 5" in sentence.en


def test_every_text_of_a_part_is_measured() -> None:
    long = "六个字的文字"
    part = power(
        name=long,
        kind=long,
        bases=(Basis(text=long, article=long),),
        steps=(*links(long), *links("短")),
    )
    fields = {field for field, text in texts_of_power(part) if text == long}
    assert fields == {"power.name", "power.kind", "basis.text", "basis.article", "step.name"}
    point = risk(
        title=long,
        manifestations=(Manifestation(text=long),),
        measures=(
            measure(
                text=long,
                responsible=long,
                frequency=long,
                evidence=long,
                method=long,
                indicator=long,
            ),
        ),
    )
    assert len(told(list(texts_of_risk(point)))) == 8
    rule = Regulation(id="ZD-001", title=long)
    assert len(told(list(texts_of_regulation(rule)))) == 1


def test_the_database_says_how_long_each_text_may_be() -> None:
    found = lengths()
    assert set(found) == set(FIELDS)
    assert min(found.values()) > 0
