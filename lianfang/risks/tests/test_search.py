"""The full-text search, on the database that the tests run on."""

import pytest

from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.risks.actions.index import reindex
from lianfang.risks.models import Manifestation, Measure, RiskIndex, RiskPoint
from lianfang.risks.queries.search import holding_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def risks() -> dict[str, RiskPoint]:
    cast = full_cast()
    return {
        "gift": risk(cast, "R-CW-07", "收受礼品", "节日收受礼金", "每季抽查礼品登记台账"),
        "split": risk(cast, "R-CW-71", "化整为零规避招标", "拆分合同", "Audit by Accreditation"),
        "seal": risk(cast, "R-PS-01", "印章管理", "私自用印", "双人保管"),
    }


def risk(cast: Cast, code: str, title: str, shows: str, measure: str) -> RiskPoint:
    made = RiskPoint.objects.create(
        organisation=cast.organisation,
        unit=cast.units["CW"],
        code=code,
        title=title,
        created_at=AT,
    )
    Manifestation.objects.create(risk=made, order=0, text=shows)
    Measure.objects.create(risk=made, code=f"{code}-1", order=0, text=measure)
    reindex([made.pk])
    return made


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("礼品", {"gift"}),
        ("礼金", {"gift"}),
        ("台账", {"gift"}),
        ("礼", {"gift"}),
        ("印", {"seal"}),
        ("账", {"gift"}),
        ("化整为零", {"split"}),
        ("为零规避", {"split"}),
        ("零规", {"split"}),
        ("规避 合同", {"split"}),
        ("礼品 合同", set()),
        ("品登", {"gift"}),
        ("品收", set()),
        ("R-CW", {"gift", "split"}),
        ("r-cw-07", {"gift"}),
        ("R-CW-7", {"split"}),
        ("accred", {"split"}),
        ("ACCREDITATION", {"split"}),
        ("ditation", set()),
        ("'; DROP TABLE x; --", set()),
        ('"礼品" OR "合同"', set()),
        ("，", set()),
        ("", set()),
    ],
)
def test_what_is_found(risks: dict[str, RiskPoint], asked: str, names: set[str]) -> None:
    found = set(holding_words(RiskPoint.objects.all(), asked).values_list("pk", flat=True))
    assert found == {risks[name].pk for name in names}


def test_what_was_changed_is_found_by_its_new_words_alone(risks: dict[str, RiskPoint]) -> None:
    gift = risks["gift"]
    gift.title = "接受宴请"
    gift.save(update_fields=["title"])
    gift.measures.all().delete()
    reindex([gift.pk])
    assert holding_words(RiskPoint.objects.all(), "宴请").get() == gift
    assert not holding_words(RiskPoint.objects.all(), "礼品").exists()


def test_what_was_deleted_is_not_found(risks: dict[str, RiskPoint]) -> None:
    key = risks["gift"].pk
    risks["gift"].delete()
    assert not RiskIndex.objects.filter(risk=key).exists()
    assert not holding_words(RiskPoint.objects.all(), "礼品").exists()


def test_a_risk_point_twice_in_the_index_is_one(risks: dict[str, RiskPoint]) -> None:
    reindex([risk.pk for risk in risks.values()])
    assert holding_words(RiskPoint.objects.all(), "印章").count() == 1


def test_the_place_in_the_heatmap_counts_as_the_rule_does(risks: dict[str, RiskPoint]) -> None:
    gift = risks["gift"]
    factors = ("frequency", "human", "discretion", "loopholes", "impropriety")
    impacts = [["money", 2], ["rights", 4], ["standing", 1], ["mission", 3]]
    gift.scores = [*([code, 5] for code in factors), ["likelihood", 2], *impacts]
    gift.save(update_fields=["scores"])
    reindex([gift.pk])
    # not below the mean of the factors; the worst impact
    assert (gift.index.likelihood, gift.index.impact) == (5, 4)


@pytest.mark.parametrize("scores", [[], [["likelihood", 2]], [["unheard", 3]]])
def test_what_is_not_answered_whole_has_no_place(
    risks: dict[str, RiskPoint], scores: list[list[object]]
) -> None:
    gift = risks["gift"]
    gift.scores = scores
    gift.save(update_fields=["scores"])
    reindex([gift.pk])
    assert (gift.index.likelihood, gift.index.impact) == (0, 0)
