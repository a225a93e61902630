"""The checks on what is stored: whose findings a unit sees, and where one goes to mend them."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.common import clock
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.register.model import Measure, Power, Register, RiskPoint, Subject, SubjectKind
from lianfang.risks.actions.apply import apply_register
from lianfang.risks.models import RiskPoint as StoredRisk
from lianfang.risks.queries.checking import findings_about, findings_in, organisation_findings
from lianfang.scheme.load import load_scheme

pytestmark = pytest.mark.django_db
SCHEME = load_scheme("cnas-2012")
COPIED = "每季度随机抽查十笔付款，对照合同、发票和验收单逐项核对并留存核对表"


def risk(unit: str, number: int, measure: str) -> RiskPoint:
    """Return a rated risk point of a unit with one measure."""
    code = f"R-{unit}-{number:02}"
    return RiskPoint(
        id=code,
        unit=unit,
        about=Subject(kind=SubjectKind.UNIT, id=unit),
        title=f"付款审核走过场{number}",
        level="high",
        measures=(Measure(id=f"{code}-1", text=measure, phase="early"),),
    )


@pytest.fixture
def cast() -> Cast:
    made = full_cast()
    powers = (Power(id="CW-01", code="CW-01", unit="CW", name="资金支付"),)
    risks = (risk("CW", 1, "加强学习，提高认识"), risk("CW", 2, COPIED), risk("PS", 1, COPIED))
    apply_register(
        organisation=made.organisation,
        register=Register(powers=powers, risks=risks),
        scheme=SCHEME,
        on=ON,
        by=None,
        at=AT,
    )
    return made


def codes(cast: Cast, unit: str, *, whole: bool = False) -> set[str]:
    groups = findings_in(cast.organisation, cast.units[unit], SCHEME, ON, whole=whole)
    return {shown.finding.code for group in groups for shown in group.findings}


def test_a_unit_sees_its_own_findings_grouped_by_the_five(cast: Cast) -> None:
    groups = findings_in(cast.organisation, cast.units["CW"], SCHEME, ON)
    assert [group.check.code for group in groups] == ["C1", "C2", "C3", "C4", "C5"]
    places = {shown.place.unit for group in groups for shown in group.findings}
    assert places == {"CW"}
    assert "C507" in codes(cast, "CW")
    assert groups[4].errors + groups[4].warnings > 0


def test_what_was_copied_from_another_unit_is_seen_when_all_are_compared(cast: Cast) -> None:
    assert "C509" not in codes(cast, "CW")
    assert "C509" in codes(cast, "CW", whole=True) | codes(cast, "PS", whole=True)


def test_a_finding_leads_to_where_it_is_mended(cast: Cast) -> None:
    stored = StoredRisk.objects.get(code="R-CW-01")
    found = findings_about(
        cast.organisation, cast.units["CW"], SCHEME, ON, opens="risk", code="R-CW-01"
    )
    assert found
    assert {shown.url for shown in found} == {reverse("risks:risk", args=[stored.pk])}


def test_the_whole_register_can_be_narrowed_to_units(cast: Cast) -> None:
    _, everything = organisation_findings(cast.organisation, SCHEME, ON)
    _, some = organisation_findings(cast.organisation, SCHEME, ON, ["PS"])
    assert 0 < len(some) < len(everything)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_findings_of_a_unit_ask_as_much_whatever_it_holds(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    apply_register(
        organisation=cast.organisation,
        register=Register(risks=tuple(risk("BG", n, "见制度") for n in range(1, rows + 1))),
        scheme=SCHEME,
        on=ON,
        by=None,
        at=AT,
    )
    # the register (15); addresses of posts and risk points
    with django_assert_num_queries(17):
        findings_in(cast.organisation, cast.units["BG"], SCHEME, ON)


@pytest.mark.parametrize("part", ["clerk", "colleague", "office"])
def test_staff_open_the_findings_of_units_and_risks(
    cast: Cast, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    client = Client()
    client.force_login(cast.logins[part])
    unit = cast.units["CW"]
    stored = StoredRisk.objects.get(code="R-CW-01")
    page = client.get(reverse("risks:checks", args=[unit.pk])).content.decode()
    assert "C507" in page
    assert client.get(reverse("risks:own-checks")).status_code == 200
    of_risk = client.get(
        reverse("risks:checks-of-risk", args=[stored.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert "C507" in of_risk
    assert "<html" not in of_risk
