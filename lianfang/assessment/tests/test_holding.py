"""Matters of accountability: opened on facts, heard, decided, appealed; never by oneself."""

from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.alerts.models import Alert
from lianfang.assessment.actions import holding
from lianfang.assessment.actions.holding import DayWrong, MatterNotSo, TakenUp
from lianfang.assessment.actions.recusing import Recused
from lianfang.assessment.models import Accountability
from lianfang.assessment.queries.accountability import candidates_in
from lianfang.assessment.tests.making import (
    DAY,
    SCHEME,
    YEAR,
    candidate,
    decided,
    heard,
    matter,
)
from lianfang.duties.models import Duty
from lianfang.duties.tests.making import owed
from lianfang.files.models import OutgoingDocument
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.risks.tests.leveling import breach, publish


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Path) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    return full_cast()


def candidates(cast: Cast) -> list[str]:
    found = candidates_in(cast.organisation.pk, YEAR, ON, among=Alert.objects.all())
    return [one.key for one in found]


def test_a_breach_that_raised_a_level_makes_its_holder_a_candidate(cast: Cast) -> None:
    publish(cast, "2026-1", ON - DAY, "CW", CWG="low")
    found = breach(cast)
    assert candidates(cast) == [f"holder:{found.pk}:{cast.people['clerk'].pk}"]


def test_an_owner_is_a_candidate_where_a_talk_was_missing(cast: Cast) -> None:
    publish(cast, "2026-1", ON - DAY, "CW", CWG="low")
    owed(
        cast,
        kind=Duty.Kind.TALK,
        rule="talk",
        ground="talk:1",
        opens_on=ON - 9 * DAY,
        period=ON - 9 * DAY,
        due_on=ON - DAY,
    )
    found = breach(cast)
    one = next(
        one
        for one in candidates_in(cast.organisation.pk, YEAR, ON, among=Alert.objects.all())
        if one.kind == "owner"
    )
    assert (one.key, one.person, one.grounds) == (
        f"owner:{found.pk}",
        cast.people["head"].pk,
        (1,),
    )


def test_a_head_is_a_candidate_while_a_report_is_missing(cast: Cast) -> None:
    report = owed(
        cast,
        kind=Duty.Kind.UNIT_REPORT,
        rule="unit_report",
        ground="unit_report:1",
        person=None,
        post=None,
        opens_on=ON - 9 * DAY,
        period=ON - 9 * DAY,
        due_on=ON - DAY,
    )
    assert candidates(cast) == [f"reporting:{cast.units['CW'].pk}:2026"]
    report.state, report.closed_on = Duty.State.DONE, ON
    report.save()
    assert candidates(cast) == []


def test_a_matter_keeps_the_facts_and_its_candidate_comes_up_no_more(cast: Cast) -> None:
    made = matter(cast)
    assert (made.state, made.clause, made.kept_by) == (
        "opened",
        "五（七）2（3）",
        "discipline_office",
    )
    assert made.rows[0]["label"] == "财务处"
    with pytest.raises(TakenUp):
        matter(cast)


def test_a_candidate_is_dismissed_with_a_reason(cast: Cast) -> None:
    made = holding.dismiss_candidate(
        organisation=cast.organisation,
        candidate=candidate(cast),
        reason="系统停机期间已用纸质报送",
        year=YEAR,
        scheme=SCHEME,
        on=ON,
        by=cast.logins["officer"],
        at=AT,
    )
    assert (made.state, made.dismissed_for) == ("dismissed", "系统停机期间已用纸质报送")
    with pytest.raises(MatterNotSo):
        holding.record_hearing(matter=made, heard_on=ON, hearing="x", on=ON, by=None, at=AT)


@pytest.mark.usefixtures("fonts_folder")
def test_a_decision_follows_a_hearing_and_issues_a_confined_letter(cast: Cast) -> None:
    opened = matter(cast)
    with pytest.raises(MatterNotSo):
        holding.decide_matter(matter=opened, decision="x", on=ON, by=None, at=AT)
    with pytest.raises(DayWrong):
        holding.record_hearing(matter=opened, heard_on=ON + DAY, hearing="x", on=ON, by=None, at=AT)
    Accountability.objects.all().delete()
    found = decided(cast)
    assert (found.state, found.effect) == ("decided", "当年不评优")
    letter = OutgoingDocument.objects.get()
    assert (letter.mark, letter.is_confined) == ("廉责〔2026〕1号", True)


@pytest.mark.usefixtures("fonts_folder")
def test_nobody_opens_hears_or_decides_about_themself(cast: Cast) -> None:
    with pytest.raises(Recused):
        matter(cast, "officer")
    found = heard(cast)
    with pytest.raises(Recused):
        holding.decide_matter(matter=found, decision="x", on=ON, by=cast.logins["head"], at=AT)


@pytest.mark.usefixtures("fonts_folder")
def test_an_appeal_is_answered_by_others(cast: Cast) -> None:
    found = decided(cast)
    holding.appeal_matter(matter=found, appeal="不服", on=ON, by=cast.logins["head"], at=AT)
    with pytest.raises(Recused):
        holding.answer_appeal(matter=found, answer="x", on=ON, by=cast.logins["head"], at=AT)
    ended = holding.answer_appeal(
        matter=found, answer="维持", on=ON, by=cast.logins["secretary"], at=AT
    )
    assert (ended.state, ended.answer) == ("closed", "维持")
    with pytest.raises(MatterNotSo):
        holding.close_matter(matter=found, on=ON, by=None, at=AT)


@pytest.mark.usefixtures("fonts_folder")
def test_a_matter_nobody_appeals_against_is_closed(cast: Cast) -> None:
    found = holding.close_matter(matter=decided(cast), on=ON, by=cast.logins["officer"], at=AT)
    assert found.state == "closed"


def test_a_matter_is_dismissed_after_the_hearing(cast: Cast) -> None:
    found = holding.dismiss_matter(
        matter=heard(cast), reason="查明不属实", on=ON, by=cast.logins["officer"], at=AT
    )
    assert (found.state, found.dismissed_for) == ("dismissed", "查明不属实")
