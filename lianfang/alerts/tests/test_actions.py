"""What acts on an alert do, and what they refuse (五（六）)."""

from datetime import date
from typing import Any

import pytest

from lianfang.alerts.actions.adding import recuse_from_alert
from lianfang.alerts.actions.moving import (
    NotTalkedYet,
    ReasonMissing,
    RungRefused,
    WayClosed,
    close_handed_over,
    follow_up,
    send_up,
    strike_alert,
    triage_alert,
)
from lianfang.alerts.actions.recording import AboutOneself, SignUnclear
from lianfang.alerts.actions.steps import AlertMovedOn, KeptOut
from lianfang.alerts.models import Alert, AlertDuty, AlertTold
from lianfang.alerts.tests.making import (
    DAY,
    SCHEME,
    begun,
    closed,
    handed_over,
    kin,
    measured,
    noticed,
    talk_of,
    talked,
    triaged,
)
from lianfang.audit.models import Detail, Event
from lianfang.duties.models import Duty
from lianfang.notices.models import Notice
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def told(alert: Alert) -> set[str]:
    return set(AlertTold.objects.filter(alert=alert).values_list("person__name", flat=True))


def actions(alert: Alert) -> list[str]:
    rows = Event.objects.filter(subject=f"alerts.alert:{alert.pk}").order_by("position")
    own = rows.filter(action__startswith="alerts.")
    return [row.action.removeprefix("alerts.alert.") for row in own]


# recording ----------------------------------------------------------------------------------------


def test_a_sign_gets_the_next_number_of_the_year_and_the_post_of_whom_it_names(cast: Cast) -> None:
    noticed(cast)
    alert = noticed(cast)
    assert alert.mark == "预警〔2026〕2号"
    assert (alert.post, alert.unit) == (cast.posts["CWG"], cast.units["CW"])
    assert (alert.state, alert.route) == ("noticed", "to_leader")


def test_triage_is_due_three_working_days_after_it_was_noticed(cast: Cast) -> None:
    # 14 May 2026 is a Thursday
    assert noticed(cast).triage_due_on == date(2026, 5, 19)


def test_what_was_noticed_stands_in_the_log_only_under_a_commitment_of_its_own(cast: Cast) -> None:
    alert = noticed(cast)
    event = Event.objects.get(action="alerts.alert.recorded")
    details = dict(Detail.objects.filter(event=event).values_list("name", "text"))
    assert alert.what in details["what"]
    assert "clerk" in details["people"]
    assert alert.what not in details["changes"]


@pytest.mark.parametrize(
    ("trigger", "person", "by", "role", "person_of_role"),
    [
        ("closeness", "clerk", "head", "control_owner", "head"),
        ("closeness", "clerk", "deputy", "portfolio_leader", "deputy"),
        ("closeness", "clerk", "office", "control_owner", "head"),
        ("closeness", "clerk", "officer", "discipline_office", None),
        ("closeness", "head", "deputy", "control_owner", "deputy"),
        ("suspicion", "clerk", "head", "discipline_office", None),
        ("closeness", "deputy", "head", "leadership_head", "secretary"),
        ("closeness", "officer", "head", "leadership_head", "secretary"),
        ("suspicion", "officer", "head", "leadership_head", "secretary"),
        ("closeness", "secretary", "head", "discipline_office", None),
    ],
)
def test_whoever_may_decide_gets_it_first(
    cast: Cast, trigger: str, person: str, by: str, role: str, person_of_role: str | None
) -> None:
    alert = noticed(cast, person, by=by, trigger=trigger)
    assert alert.goes_to_role == role
    assert alert.goes_to == (cast.people[person_of_role] if person_of_role else None)


def test_kin_of_whom_it_is_about_are_passed_over(cast: Cast) -> None:
    kin(cast.people["head"], cast.people["clerk"])
    assert noticed(cast, by="office").goes_to == cast.people["deputy"]


def test_where_the_whole_office_is_kin_it_goes_to_the_head_of_the_leadership(cast: Cast) -> None:
    kin(cast.people["clerk"], cast.people["officer"])
    assert noticed(cast, trigger="suspicion").goes_to == cast.people["secretary"]


def test_a_post_without_names_concerns_who_holds_it(cast: Cast) -> None:
    alert = noticed(cast, people=[], post=cast.posts["CWG"])
    assert [(each.person, each.is_named) for each in alert.concerned.all()] == [
        (cast.people["clerk"], False)
    ]
    assert alert.unit == cast.units["CW"]


def test_a_sign_about_the_unknown_goes_to_the_discipline_office(cast: Cast) -> None:
    alert = noticed(cast, people=[])
    assert (alert.goes_to_role, alert.goes_to) == ("discipline_office", None)


def test_nobody_records_a_sign_about_themself(cast: Cast) -> None:
    with pytest.raises(AboutOneself):
        noticed(cast, "head")


@pytest.mark.parametrize(
    "values",
    [{"what": "  "}, {"noticed_on": ON + DAY}, {"channel": "rumour"}, {"gravity": "daily"}],
)
def test_an_unclear_sign_is_refused(cast: Cast, values: dict[str, Any]) -> None:
    with pytest.raises(SignUnclear):
        noticed(cast, **values)


def test_a_sign_about_another_organisation_is_refused(cast: Cast) -> None:
    other = full_cast("other")
    with pytest.raises(SignUnclear):
        noticed(cast, people=[other.people["clerk"]])


def test_whoever_decides_is_told_that_something_waits_and_not_what(cast: Cast) -> None:
    alert = noticed(cast, by="office")
    notice = Notice.objects.get()
    assert notice.recipient == cast.logins["head"]
    assert (notice.kind, notice.url) == ("alerts.waiting", f"/alerts/{alert.pk}/")


# triage -------------------------------------------------------------------------------------------


def test_the_owner_gets_the_talk_on_an_adverse_report_within_ten_working_days(cast: Cast) -> None:
    alert = triaged(cast)
    duty = talk_of(alert)
    assert (duty.rule, duty.origin) == ("talk_on_adverse_report", "alert")
    assert (duty.actor, duty.person) == (cast.people["head"], cast.people["clerk"])
    # ten working days after Thursday, 14 May
    assert duty.due_on == alert.due_on == date(2026, 5, 28)
    assert (alert.state, alert.way) == ("triaged", "owner")


def test_the_portfolio_leader_is_told_of_what_the_owner_deals_with(cast: Cast) -> None:
    alert = triaged(cast)
    assert told(alert) == {"head", "deputy"}
    assert Notice.objects.get(recipient=cast.logins["deputy"]).kind == "alerts.told"


def test_what_goes_to_the_office_asks_for_no_talk_and_is_due_in_a_month(cast: Cast) -> None:
    alert = triaged(cast, way="office")
    assert not AlertDuty.objects.filter(alert=alert).exists()
    assert alert.due_on == date(2026, 6, 14)


@pytest.mark.parametrize("way", ["head", "superior"])
def test_the_rule_of_routes_leaves_no_room_sideways_or_past_the_next(cast: Cast, way: str) -> None:
    with pytest.raises(WayClosed):
        triaged(cast, way=way)


def test_an_office_trigger_leaves_nothing_open(cast: Cast) -> None:
    alert = noticed(cast, trigger="suspicion")
    with pytest.raises(WayClosed):
        triaged(cast, alert, way="owner", by="officer")


def test_triage_asks_for_a_reason(cast: Cast) -> None:
    with pytest.raises(ReasonMissing):
        triage_alert(
            alert=noticed(cast), way="owner", reason=" ", scheme=SCHEME, on=ON, by=None, at=AT
        )


def test_sent_on_to_the_leader_the_owners_talk_lapses_and_the_leaders_opens(cast: Cast) -> None:
    alert = triaged(cast)
    first = talk_of(alert)
    triaged(cast, alert, way="leader")
    first.refresh_from_db()
    assert (first.state, first.lapse) == ("lapsed", "passed_on")
    duty = AlertDuty.objects.exclude(duty=first).get().duty
    assert (duty.state, duty.actor) == ("open", cast.people["deputy"])


def test_triaged_anew_to_the_same_person_asks_for_no_second_talk(cast: Cast) -> None:
    alert = triaged(cast)
    triaged(cast, alert, on=ON + DAY)
    assert AlertDuty.objects.filter(alert=alert).count() == 1


def test_whom_it_is_about_their_kin_and_the_recused_cannot_act(cast: Cast) -> None:
    alert = noticed(cast)
    kin(cast.people["office"], cast.people["clerk"])
    for part in ("clerk", "office"):
        with pytest.raises(KeptOut):
            triaged(cast, alert, by=part)


# the owner's ladder -------------------------------------------------------------------------------


def test_a_measure_puts_an_alert_in_hand(cast: Cast) -> None:
    alert = measured(cast)
    assert (alert.state, alert.begun_on) == ("in_hand", ON)


@pytest.mark.parametrize("rung", ["admonition", "organisational", "inquiry"])
def test_an_owner_goes_no_further_than_criticism(cast: Cast, rung: str) -> None:
    with pytest.raises(RungRefused):
        measured(cast, rung=rung)


def test_no_measure_is_milder_than_the_one_before(cast: Cast) -> None:
    alert = measured(cast, rung="caution")
    with pytest.raises(RungRefused):
        measured(cast, alert, "reminder")
    measured(cast, alert, "criticism")


def test_a_measure_closes_only_once_the_talk_was_held(cast: Cast) -> None:
    alert = measured(cast, rung="caution")
    with pytest.raises(NotTalkedYet):
        closed(cast, alert, "caution")
    talked(cast, alert)
    alert = closed(cast, alert, "caution")
    assert (alert.state, alert.outcome) == ("closed", "caution")
    assert alert.follow_up_on == date(2026, 8, 14)


def test_the_talk_held_is_the_duty_of_the_adverse_report_done(cast: Cast) -> None:
    alert = measured(cast)
    talked(cast, alert)
    duty = talk_of(alert)
    assert (duty.state, duty.closed_on) == ("done", ON)
    assert duty.talks.get().mark == duty.evidence


def test_a_reminder_asks_for_no_follow_up(cast: Cast) -> None:
    alert = measured(cast)
    talked(cast, alert)
    assert closed(cast, alert, "reminder").follow_up_on is None


def test_an_outcome_is_the_measure_taken_last(cast: Cast) -> None:
    alert = measured(cast)
    talked(cast, alert)
    with pytest.raises(RungRefused):
        closed(cast, alert, "criticism")


def test_what_was_unfounded_is_closed_without_a_talk(cast: Cast) -> None:
    alert = closed(cast)
    assert (alert.state, alert.outcome, alert.closed_on) == ("closed", "unfounded", ON)


def test_a_follow_up_is_noted_on_a_closed_alert(cast: Cast) -> None:
    alert = closed(cast)
    follow_up(alert=alert, text="三个月来无异常。", on=ON, by=cast.logins["head"], at=AT)
    alert.refresh_from_db()
    assert alert.followed_up_on == ON


# out of the owner's hands -------------------------------------------------------------------------


def test_handed_over_it_is_kept_by_the_office_and_open_talks_lapse(cast: Cast) -> None:
    alert = handed_over(cast, triaged(cast))
    assert (alert.state, alert.way, alert.goes_to) == ("in_hand", "office", None)
    assert (alert.goes_to_role, alert.handed_over_on) == ("discipline_office", ON)
    assert alert.due_on == date(2026, 6, 14)
    assert talk_of(alert).state == "lapsed"


def test_handed_over_before_triage_counts_as_triaged(cast: Cast) -> None:
    assert handed_over(cast).triaged_on == ON


def test_once_handed_over_nobody_else_moves_it(cast: Cast) -> None:
    alert = handed_over(cast)
    for act in (triaged, begun, closed):
        with pytest.raises(AlertMovedOn):
            act(cast, alert)


def test_what_is_about_the_office_is_not_handed_over_to_it(cast: Cast) -> None:
    alert = noticed(cast, "officer")
    with pytest.raises(KeptOut):
        handed_over(cast, alert)
    office = noticed(cast, "officer", "clerk")
    with pytest.raises((WayClosed, KeptOut)):
        handed_over(cast, office)


def test_a_closed_lead_closes_its_alert(cast: Cast) -> None:
    alert = close_handed_over(
        alert=handed_over(cast), outcome="admonition", reason="已诫勉。", on=ON,
        by=cast.logins["officer"], at=AT,
    )  # fmt: skip
    assert (alert.state, alert.outcome) == ("closed", "admonition")


def test_only_what_was_handed_over_is_closed_by_a_lead(cast: Cast) -> None:
    with pytest.raises(AlertMovedOn):
        close_handed_over(alert=begun(cast), outcome="close", reason="了结", on=ON, by=None, at=AT)


def test_what_is_about_the_head_of_the_leadership_goes_up_to_the_superior_body(cast: Cast) -> None:
    alert = triaged(cast, noticed(cast, "secretary"), way="superior", by="officer")
    # five working days after Thursday, 14 May
    assert alert.due_on == date(2026, 5, 21)
    sent = send_up(alert=alert, reason="已报送。", on=ON, by=cast.logins["officer"], at=AT)
    assert (sent.state, sent.outcome) == ("closed", "sent_up")


def test_nothing_else_is_sent_up(cast: Cast) -> None:
    with pytest.raises(WayClosed):
        send_up(alert=triaged(cast), reason="报送", on=ON, by=cast.logins["head"], at=AT)


def test_a_wrong_entry_is_struck_out_with_its_reason_and_its_talk_lapses(cast: Cast) -> None:
    alert = triaged(cast)
    alert = strike_alert(alert=alert, reason="记错了人。", on=ON, by=cast.logins["head"], at=AT)
    assert (alert.state, alert.closed_on) == ("struck", ON)
    assert talk_of(alert).state == Duty.State.LAPSED
    with pytest.raises(AlertMovedOn):
        triaged(cast, alert)


# recusal ------------------------------------------------------------------------------------------


def recuse(cast: Cast, alert: Alert, part: str) -> None:
    recuse_from_alert(
        alert=alert, person=cast.people[part], reason="同学", scheme=SCHEME, on=ON,
        by=cast.logins["officer"], at=AT,
    )  # fmt: skip


def test_what_lay_with_the_recused_goes_to_the_next_one_up(cast: Cast) -> None:
    alert = triaged(cast)
    recuse(cast, alert, "head")
    alert.refresh_from_db()
    assert alert.goes_to == cast.people["deputy"]
    talks = dict(AlertDuty.objects.values_list("duty__actor__name", "duty__state"))
    assert talks == {"head": "lapsed", "deputy": "open"}


def test_before_triage_the_next_one_up_decides(cast: Cast) -> None:
    alert = noticed(cast)
    recuse(cast, alert, "head")
    alert.refresh_from_db()
    assert alert.goes_to == cast.people["deputy"]


def test_each_act_is_in_the_log_once(cast: Cast) -> None:
    alert = measured(cast)
    assert actions(alert) == ["recorded", "triaged", "measured"]
