"""The level: computed from answers and facts, proposed with a reason, endorsed by another."""

from collections.abc import Mapping

import pytest
from pytest_django import DjangoAssertNumQueries

from lianfang.audit.models import Event
from lianfang.audit.queries import history_of
from lianfang.common.errors import Refused
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.models import PowerPost
from lianfang.risks.access import may_endorse
from lianfang.risks.actions.rating import (
    NotComputed,
    NothingProposed,
    OwnProposal,
    Rating,
    ReasonMissing,
    endorse_level,
    rate_risk,
)
from lianfang.risks.actions.risk import RiskValues, Shown, change_risk, create_risk, values_of
from lianfang.risks.models import RiskPoint, RiskPost
from lianfang.risks.queries.rating import to_endorse, to_rate
from lianfang.risks.tests.test_risk_actions import SCHEME, made, power_of
from lianfang.scheme.model import PowerRole

pytestmark = pytest.mark.django_db
ASKED = (
    "frequency",
    "human",
    "discretion",
    "loopholes",
    "impropriety",
    "likelihood",
    "money",
    "rights",
    "standing",
    "mission",
)


def answers(step: int, **other: int) -> list[tuple[str, int]]:
    return list((dict.fromkeys(ASKED, step) | other).items())


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def rated(risk: RiskPoint, cast: Cast, part: str = "clerk", **more: object) -> RiskPoint:
    given: Mapping[str, object] = {"scores": answers(3), "after": [], "level": "", **more}
    return rate_risk(
        risk=risk,
        **given,  # type: ignore[arg-type]
        scheme=SCHEME,
        proposer=cast.people[part],
        by=cast.logins[part],
        at=AT,
    )


def endorsed(risk: RiskPoint, cast: Cast, part: str = "head", **more: object) -> RiskPoint:
    given: Mapping[str, object] = {"level": "medium", **more}
    return endorse_level(
        risk=risk,
        **given,  # type: ignore[arg-type]
        scheme=SCHEME,
        endorser=cast.people[part],
        by=cast.logins[part],
        at=AT,
    )


@pytest.mark.parametrize(("step", "level"), [(1, "low"), (3, "medium"), (4, "high")])
def test_the_computed_level_is_proposed_where_none_is_chosen(
    cast: Cast, step: int, level: str
) -> None:
    risk = rated(made(cast), cast, scores=answers(step))
    assert (risk.computed, risk.proposed, risk.rank) == (level, level, SCHEME.rank(level))
    assert risk.proposed_by == cast.people["clerk"]


def test_a_risk_point_is_recorded_and_rated_in_one_event(cast: Cast) -> None:
    events = Event.objects.count()
    rating = Rating(scores=answers(1), level="", proposer=cast.people["clerk"])
    values = RiskValues(title="先付后批", about=power_of(cast), shown=(Shown("受贿。", "high"),))
    risk = create_risk(
        unit=cast.units["CW"], values=values, scheme=SCHEME, rating=rating, by=None, at=AT
    )
    assert Event.objects.count() == events + 1
    stored = RiskPoint.objects.get(pk=risk.pk)
    assert (stored.computed, stored.proposed, stored.rank) == ("high", "high", 3)
    with pytest.raises(ReasonMissing):
        create_risk(
            unit=cast.units["CW"],
            values=values,
            scheme=SCHEME,
            rating=Rating(scores=answers(1), level="low"),
            by=None,
            at=AT,
        )


def test_a_large_sum_is_not_below_medium(cast: Cast) -> None:
    risk = rated(made(cast, about=power_of(cast)), cast, scores=answers(1))
    assert risk.computed == "medium"


def test_all_three_roles_in_one_post_are_high(cast: Cast) -> None:
    power = power_of(cast)
    for place, role in enumerate((PowerRole.DECIDES, PowerRole.SUPERVISES), 5):
        PowerPost.objects.create(power=power, order=place, post=cast.posts["CWG"], role=role)
    assert rated(made(cast, about=power), cast, scores=answers(1)).computed == "high"


def test_the_highest_manifestation_counts(cast: Cast) -> None:
    risk = made(cast, shown=(Shown("私下收取现金。", "high"), Shown("迟交票据。", "low")))
    assert rated(risk, cast, scores=answers(1)).computed == "high"


def test_a_changed_manifestation_computes_the_level_anew(cast: Cast) -> None:
    risk = rated(made(cast), cast, scores=answers(1))
    values = values_of(risk)
    values = RiskValues(title=values.title, posts=values.posts, shown=(Shown("受贿。", "high"),))
    assert change_risk(risk=risk, values=values, scheme=SCHEME, by=None, at=AT).computed == "high"


def test_measures_in_place_lower_the_residual_level_only(cast: Cast) -> None:
    risk = rated(made(cast), cast, scores=answers(4), after=answers(1))
    assert (risk.computed, risk.residual, risk.proposed) == ("high", "low", "high")


def test_another_level_needs_a_reason(cast: Cast) -> None:
    risk = made(cast)
    with pytest.raises(ReasonMissing):
        rated(risk, cast, level="low")
    assert rated(risk, cast, level="low", reason="系统自动比对").proposed == "low"


def test_missing_answers_are_not_low(cast: Cast) -> None:
    risk = made(cast)
    with pytest.raises(NotComputed):
        rated(risk, cast, scores=[("frequency", 1)])
    kept = rated(risk, cast, scores=[("frequency", 1)], level=None)
    assert (kept.computed, kept.proposed, kept.rank) == ("", "", 0)
    assert kept.scores == [["frequency", 1]]


def test_answers_off_the_scale_or_unknown_are_left_out(cast: Cast) -> None:
    kept = rated(made(cast), cast, scores=[("frequency", 9), ("weather", 1)], level=None)
    assert kept.scores == []


def test_other_answers_without_a_proposal_withdraw_what_rested_on_the_old(cast: Cast) -> None:
    risk = endorsed(rated(made(cast), cast), cast)
    same = rated(risk, cast, level=None)
    assert (same.proposed, same.endorsed) == ("medium", "medium")
    other = rated(risk, cast, scores=answers(4), level=None)
    assert (other.proposed, other.endorsed, other.rank) == ("", "", 0)


def test_a_new_proposal_asks_for_a_new_endorsement(cast: Cast) -> None:
    risk = endorsed(rated(made(cast), cast), cast)
    again = rated(risk, cast, scores=answers(4))
    assert (again.proposed, again.endorsed, again.endorsed_by) == ("high", "", None)


def test_an_endorsement_is_told_with_its_clause(cast: Cast) -> None:
    risk = endorsed(rated(made(cast), cast), cast)
    line = history_of(risk)[0]
    assert (line.action, line.rule) == ("risks.level.endorsed", "五（三）")
    assert (risk.level, risk.endorsed_by) == ("medium", cast.people["head"])


def test_nobody_endorses_their_own_or_nothing_or_another_level_without_reason(cast: Cast) -> None:
    risk = made(cast)
    with pytest.raises(NothingProposed):
        endorsed(risk, cast)
    rated(risk, cast, "head")
    with pytest.raises(OwnProposal):
        endorsed(risk, cast, "head")
    with pytest.raises(ReasonMissing):
        endorsed(risk, cast, "deputy", level="low")
    assert endorsed(risk, cast, "deputy", level="high", reason="去年有举报").rank == 3


def test_every_refusal_says_both_languages(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        endorsed(made(cast), cast)
    assert refused.value.text.zh
    assert refused.value.text.en


@pytest.mark.parametrize(
    ("post", "proposer", "owners"),
    [
        ("CWG", "clerk", {"head"}),
        ("CWG", "head", {"deputy"}),
        ("CWC", "clerk", {"deputy"}),
        ("CWC", "head", {"deputy"}),
        ("PSG", "colleague", {"secretary"}),
        ("FZR", "clerk", {"secretary"}),
        # the superior body's word, recorded by the office
        ("SJ", "clerk", {"office"}),
    ],
)
def test_the_control_owner_of_the_post_endorses(
    cast: Cast, post: str, proposer: str, owners: set[str]
) -> None:
    risk = rated(made(cast, posts=(cast.posts[post],)), cast, proposer)
    may = {part for part in cast.logins if may_endorse(cast.standing(part), risk)}
    assert may == owners
    waiting = {part for part in cast.logins if to_endorse(cast.standing(part)).risks}
    assert waiting == owners


def test_work_lists_put_the_highest_first(cast: Cast) -> None:
    low, high = made(cast), made(cast)
    rated(low, cast, scores=answers(1))
    rated(high, cast, scores=answers(4))
    assert to_endorse(cast.standing("head")).risks == [high, low]
    assert to_rate(cast.standing("clerk")).risks == []
    assert [risk.pk for risk in to_rate(cast.standing("colleague")).risks] == []


def fill(cast: Cast, rows: int, **values: object) -> None:
    risks = RiskPoint.objects.bulk_create(
        RiskPoint(
            organisation=cast.organisation,
            unit=cast.units["CW"],
            code=f"R-CW-{n:05}",
            title=f"风险{n}",
            found_on=ON,
            created_at=AT,
            **values,
        )
        for n in range(rows)
    )
    RiskPost.objects.bulk_create(
        RiskPost(risk=risk, post=cast.posts["CWG"], order=0) for risk in risks
    )


@pytest.mark.parametrize("rows", [1, 20, 10_000])
def test_work_lists_ask_as_much_whatever_is_stored(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(cast, rows)
    standing = cast.standing("clerk")
    # the page of risk points
    with django_assert_num_queries(1):
        waiting = to_rate(standing)
    assert len(waiting.risks) == min(rows, 25)
    RiskPoint.objects.update(proposed="low", rank=1)
    standing = cast.standing("head")
    # the candidates; their posts; units, posts, seats, portfolios, bodies
    with django_assert_num_queries(7):
        found = to_endorse(standing)
    assert len(found.risks) == min(rows, 25)
    if rows > 25:
        second = to_endorse(standing, found.more)
        assert second.risks[0].code == "R-CW-00025"
