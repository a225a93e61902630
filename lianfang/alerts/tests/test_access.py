"""Who may know of an alert: need to know, and nobody whom it is about (security 1, 2)."""

import pytest

from lianfang.alerts import access
from lianfang.alerts.actions.adding import recuse_from_alert
from lianfang.alerts.models import Alert
from lianfang.alerts.tests.making import SCHEME, handed_over, kin, noticed, triaged
from lianfang.org import actions as org
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, full_cast

pytestmark = pytest.mark.django_db
PARTS = (
    "secretary", "deputy", "head", "clerk", "colleague", "office", "officer", "overseer",
    "system", "security", "audit",
)  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def seen(cast: Cast, alert: Alert) -> set[str]:
    """Return the parts who may know of it."""
    return {
        part
        for part in PARTS
        if access.alerts_visible_to(cast.standing(part)).filter(pk=alert.pk).exists()
    }


def counted(cast: Cast, alert: Alert) -> set[str]:
    """Return the parts whose figures count it."""
    return {
        part
        for part in PARTS
        if access.alerts_counted_for(cast.standing(part)).filter(pk=alert.pk).exists()
    }


def test_before_triage_the_recorder_and_the_office_know(cast: Cast) -> None:
    assert seen(cast, noticed(cast)) == {"head", "officer"}


def test_dealt_with_by_the_owner_the_portfolio_leader_knows_too(cast: Cast) -> None:
    assert seen(cast, triaged(cast)) == {"head", "deputy", "officer"}


def test_recorded_by_somebody_else_the_owner_knows_since_it_lies_with_them(cast: Cast) -> None:
    assert seen(cast, noticed(cast, by="office")) == {"head", "office", "officer"}


def test_about_the_head_their_own_unit_hides_it_from_them(cast: Cast) -> None:
    alert = noticed(cast, "head", by="deputy")
    assert seen(cast, alert) == {"deputy", "officer"}
    assert "head" not in counted(cast, alert)


def test_about_a_leader_it_goes_up_and_the_office_knows(cast: Cast) -> None:
    alert = noticed(cast, "deputy")
    assert seen(cast, alert) == {"head", "secretary", "officer"}
    assert counted(cast, alert) == {"head", "secretary", "officer"}


def test_about_the_office_none_of_it_knows(cast: Cast) -> None:
    org.join_body(
        body=cast.bodies["discipline_office"], person=cast.people["colleague"], from_on=SINCE,
        by=None, at=AT,
    )  # fmt: skip
    alert = noticed(cast, "officer")
    assert seen(cast, alert) == {"head", "secretary"}
    assert counted(cast, alert) == {"head", "secretary"}


def test_about_the_head_of_the_leadership_the_office_sends_it_up(cast: Cast) -> None:
    assert seen(cast, noticed(cast, "secretary")) == {"head", "officer"}


def test_about_both_the_body_over_the_office_sends_it_up(cast: Cast) -> None:
    alert = noticed(cast, "secretary", "officer")
    assert seen(cast, alert) == {"head", "overseer"}


def test_kin_on_record_never_see_it_whichever_had_it_recorded(cast: Cast) -> None:
    kin(cast.people["clerk"], cast.people["officer"])
    kin(cast.people["deputy"], cast.people["clerk"])
    alert = triaged(cast)
    # over the leader who is kin it is the head of the leadership who is told
    assert seen(cast, alert) == {"head", "secretary"}
    assert not counted(cast, alert) & {"officer", "deputy"}


def test_even_who_recorded_it_sees_it_no_more_once_they_are_kin(cast: Cast) -> None:
    alert = noticed(cast)
    kin(cast.people["head"], cast.people["clerk"])
    assert seen(cast, alert) == {"officer"}


def test_the_recused_see_it_no_more(cast: Cast) -> None:
    alert = triaged(cast)
    recuse_from_alert(
        alert=alert, person=cast.people["officer"], reason="同学", scheme=SCHEME, on=ON,
        by=cast.logins["head"], at=AT,
    )  # fmt: skip
    assert seen(cast, alert) == {"head", "deputy"}


def test_the_holder_of_a_post_it_is_about_is_kept_out_though_nobody_is_named(cast: Cast) -> None:
    alert = noticed(cast, people=[], post=cast.posts["CWC"], by="deputy")
    assert "head" not in seen(cast, alert)


def test_figures_of_the_leadership_count_what_it_does_not_see(cast: Cast) -> None:
    alert = noticed(cast)
    assert "secretary" not in seen(cast, alert)
    assert counted(cast, alert) == {"head", "officer", "secretary", "deputy"}


def test_another_organisation_and_administrators_know_of_none(cast: Cast) -> None:
    other = full_cast("other")
    alert = noticed(cast)
    assert seen(other, alert) == set()
    assert not seen(cast, alert) & {"system", "security", "audit"}


@pytest.mark.parametrize(
    ("part", "to", "allowed"),
    [
        ("head", "triage", True),
        ("head", "act", True),
        ("head", "strike", True),
        ("deputy", "act", False),
        ("deputy", "triage", False),
        ("deputy", "strike", False),
        ("officer", "triage", True),
        ("officer", "act", False),
        ("officer", "strike", True),
        ("officer", "recuse", True),
        ("deputy", "add", True),
    ],
)
def test_whoever_has_it_acts_the_office_oversees_who_was_told_adds(
    cast: Cast, part: str, to: access.To, allowed: bool
) -> None:
    alert = triaged(cast)
    assert access.may(cast.standing(part), alert, to) == allowed


def test_what_lies_with_somebody_is_theirs_until_it_is_handed_over(cast: Cast) -> None:
    alert = triaged(cast)
    assert access.alerts_lying_with(cast.standing("head")).get() == alert
    handed_over(cast, alert)
    for part in ("head", "officer"):
        assert not access.alerts_lying_with(cast.standing(part)).exists()
