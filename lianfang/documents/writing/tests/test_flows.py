"""Flows of two registers side by side: which ones, under which words, on which pages."""

import io

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from lianfang.documents.writing.flows import changed_flows
from lianfang.documents.writing.forms import render
from lianfang.documents.writing.paper import Plate
from lianfang.documents.writing.request import Format, Request
from lianfang.documents.writing.tests import factories
from lianfang.documents.writing.words import Words
from lianfang.register.model import Arrow, Power, Register, Step
from lianfang.scheme.model import Scheme

POWER = factories.POWERS[0]


def with_steps(steps: tuple[Step, ...], *others: Power) -> Register:
    rest = others or factories.POWERS[1:]
    return factories.register(powers=(replace(POWER, steps=steps), *rest))


def asked(scheme: Scheme, before: Register, after: Register, unit: str = "") -> Request:
    return factories.request(
        scheme,
        register=after,
        before=before,
        before_edition="2025-1",
        edition="2026-1",
        unit=unit,
    )


def plates(request: Request) -> tuple[Plate, ...]:
    return changed_flows(request, Words(request))


def pages(request: Request) -> list[str]:
    content = render("comparison", request, Format.PDF)
    assert content == render("comparison", request, Format.PDF)
    reader = PdfReader(io.BytesIO(content))
    return [page.extract_text().replace("\n", " ") for page in reader.pages]


def test_only_powers_whose_steps_differ_are_drawn(scheme: Scheme) -> None:
    renamed = factories.register(powers=(replace(POWER, name="改名"), *factories.POWERS[1:]))
    assert plates(asked(scheme, factories.register(), renamed)) == ()
    (plate,) = plates(asked(scheme, factories.register(), with_steps(POWER.steps[:3])))
    assert (plate.name, plate.code) == ("评审组选派", "PW-0402")
    assert plate.captions == ("原为（2025-1）", "改为（2026-1）")
    before, after = plate.charts
    assert before is not None
    assert after is not None
    assert [len(chart.nodes) for chart in (before, after)] == [len(POWER.steps), 3]


def test_a_flow_that_came_or_went_has_an_empty_side(scheme: Scheme) -> None:
    whole, without = factories.register(), with_steps(())
    (came,) = plates(asked(scheme, without, whole))
    (went,) = plates(asked(scheme, whole, without))
    assert (came.charts[0], went.charts[1]) == (None, None)
    assert came.charts[1] == went.charts[0]


def test_powers_of_other_units_are_not_drawn(scheme: Scheme) -> None:
    change = with_steps(POWER.steps[:2])
    assert plates(asked(scheme, factories.register(), change, unit="unit-3")) == ()
    assert len(plates(asked(scheme, factories.register(), change, unit="unit-2"))) == 1


@pytest.mark.usefixtures("fonts_folder")
def test_both_flows_stand_on_one_page_after_the_table(scheme: Scheme) -> None:
    told = pages(asked(scheme, factories.register(), with_steps(POWER.steps[:3])))
    assert "评审组选派 PW-0402" in told[-1].replace("\u3000", " ")
    assert "原为（2025-1）" in told[-1]
    assert "改为（2026-1）" in told[-1]
    assert told[-1].count("评审组选派权力运行流程图") == 2
    assert f"共 {len(told)} 页" in told[-1]


@pytest.mark.usefixtures("fonts_folder")
def test_a_flow_too_long_for_half_a_page_gets_pages_of_its_own(scheme: Scheme) -> None:
    long = tuple(
        Step(id=f"s{at}", name=f"第{at}步核对", post="post-1", arrows=(Arrow(to=f"s{at + 1}"),))
        for at in range(40)
    )
    told = pages(asked(scheme, factories.register(), with_steps(long)))
    before = [page for page in told if "原为（2025-1）" in page]
    after = [page for page in told if "改为（2026-1）" in page]
    assert len(before) == 1
    assert len(after) > 1
    assert any("第39步核对" in page for page in after)
