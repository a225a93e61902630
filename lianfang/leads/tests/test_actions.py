"""What is done to leads: what it changes, who may not, what it tells."""

from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from lianfang.alerts.models import Alert, AlertStep
from lianfang.alerts.tests.making import noticed, triaged
from lianfang.audit.models import Detail, Event
from lianfang.audit.verify import verify
from lianfang.cycles.actions.proposing import propose_revisions
from lianfang.cycles.models import Proposal
from lianfang.cycles.tests.revising import LATER, revisable
from lianfang.duties.models import Duty
from lianfang.files.models import OutgoingDocument
from lianfang.leads.actions.closing import (
    IN_THE_FILE,
    BreachSaid,
    NoOutcome,
    NotBorneOut,
    close_lead,
)
from lianfang.leads.actions.deciding import (
    DecidedInside,
    NotTheDecider,
    approve_proposal,
    record_decision,
    return_proposal,
)
from lianfang.leads.actions.knowing import (
    KnowsAlready,
    NeedsAnEnd,
    end_access,
    give_access,
    recuse,
)
from lianfang.leads.actions.letters import NoGround, issue_letter
from lianfang.leads.actions.moving import ContentOff, NotPossible, NotYet, NotYours
from lianfang.leads.actions.opening import NobodyLeft, Unfit, name_people, strike_lead
from lianfang.leads.actions.proposing import (
    NoMember,
    NoMoreTime,
    NotNamed,
    ProposedAlready,
    withdraw,
)
from lianfang.leads.actions.working import conclude_lead, follow_up, note_content, take_up
from lianfang.leads.models import (
    Lead,
    LeadAccess,
    LeadNote,
    LeadOutcome,
    LeadProposal,
    LeadRecusal,
    LeadStep,
)
from lianfang.leads.rules.states import Kind
from lianfang.leads.tests.making import (
    ABOUT,
    DAY,
    OPEN,
    SCHEME,
    agreed,
    asked,
    closed,
    concluded,
    disposed,
    opened,
    punished,
    related,
    second_officer,
)
from lianfang.notices.models import Notice
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.risks.models import Breach, LevelOverride
from lianfang.risks.tests.leveling import publish


@pytest.fixture
def cast(db: None) -> Cast:
    del db
    return full_cast()


def doing(cast: Cast, part: str = "officer") -> dict[str, Any]:
    return {"on": ON, "by": cast.logins[part], "at": AT}


def handlers(lead: Lead) -> list[str]:
    rows = LeadAccess.objects.filter(lead=lead, ended_at=None)
    return list(rows.order_by("given_at", "pk").values_list("person__name", flat=True))


# registering --------------------------------------------------------------------------------------


def test_a_lead_has_a_drawn_number_a_month_and_its_handlers(cast: Cast) -> None:
    lead = opened(cast)
    assert (lead.state, lead.body) == ("registered", "discipline_office")
    assert (lead.year, 1000 <= lead.number <= 9999) == (2026, True)
    assert lead.due_on == date(2026, 6, 14)
    assert handlers(lead) == ["officer"]
    assert [one.what for one in lead.steps.all()] == ["registered"]


def test_a_number_is_given_once_a_year(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianfang.leads.actions.opening.secrets.choice", lambda free: free[0])
    assert [opened(cast).number, opened(cast).number] == [1000, 1001]


def test_no_content_is_kept_in_register_only_mode(cast: Cast) -> None:
    assert opened(cast, about=ABOUT).about == ""
    assert opened(cast, about=ABOUT, scheme=OPEN).about == ABOUT


def test_no_word_about_the_matter_is_taken_in_register_only_mode(cast: Cast) -> None:
    lead = opened(cast)
    with pytest.raises(ContentOff):
        asked(cast, lead, "inquiry", said=ABOUT)
    waits = asked(cast, lead, "inquiry")
    for decide in (approve_proposal, return_proposal):
        with pytest.raises(ContentOff):
            decide(proposal=waits, answer=ABOUT, scheme=SCHEME, **doing(cast, "secretary"))
    with pytest.raises(ContentOff):
        note_content(lead=lead, text=ABOUT, scheme=SCHEME, **doing(cast))
    agreed(cast, waits)
    with pytest.raises(ContentOff):
        issue_letter(
            lead=lead, kind="inquiry", person=cast.people["clerk"], until_on=ON + DAY, said=ABOUT,
            scheme=SCHEME, **doing(cast),
        )  # fmt: skip
    punished(cast, concluded(cast, lead))
    with pytest.raises(ContentOff):
        close_lead(
            lead=lead, breach=BreachSaid(post=cast.posts["CWG"], what=ABOUT), scheme=SCHEME,
            **doing(cast),
        )  # fmt: skip
    assert not LeadNote.objects.exists()


def test_content_is_kept_where_the_organisation_switched_it_on(cast: Cast) -> None:
    lead = opened(cast, about=ABOUT, scheme=OPEN)
    note_content(lead=lead, text="已约见反映人", scheme=OPEN, **doing(cast))
    waits = asked(cast, lead, "inquiry", said="可先函询", scheme=OPEN)
    agreed(cast, waits, answer="同意", scheme=OPEN)
    waits.refresh_from_db()
    assert (lead.about, waits.said, waits.answer) == (ABOUT, "可先函询", "同意")
    assert [one.text for one in lead.notes.all()] == ["已约见反映人"]


def test_nobody_registers_what_concerns_them_or_their_kin(cast: Cast) -> None:
    with pytest.raises(NotYours):
        opened(cast, "officer")
    related(cast, "clerk", "officer")
    with pytest.raises(NotYours):
        opened(cast)


def test_only_the_body_that_works_on_a_lead_handles_it(cast: Cast) -> None:
    with pytest.raises(Unfit):
        opened(cast, handlers=[cast.people["head"]])
    with pytest.raises(Unfit):
        opened(cast, handlers=[cast.people["officer"], cast.people["clerk"]])


def test_a_lead_from_tomorrow_is_refused(cast: Cast) -> None:
    with pytest.raises(NotYet):
        opened(cast, received_on=ON + DAY)


def test_a_lead_about_an_officer_belongs_to_the_body_over_the_office(cast: Cast) -> None:
    second_officer(cast)
    lead = opened(cast, "second")
    assert (lead.body, handlers(lead)) == ("discipline_oversight", ["overseer"])


def test_where_the_body_over_the_office_is_concerned_too_the_head_of_the_leadership_keeps_it(
    cast: Cast,
) -> None:
    second_officer(cast)
    assert handlers(opened(cast, "second", "overseer")) == ["secretary"]


def test_where_nobody_inside_may_know_it_is_not_registered(cast: Cast) -> None:
    second_officer(cast)
    with pytest.raises(NobodyLeft):
        opened(cast, "second", "overseer", "secretary")
    assert not Lead.objects.exists()


def test_a_wrong_entry_is_struck_out_and_stays(cast: Cast) -> None:
    lead = strike_lead(lead=opened(cast), reason="twice", **doing(cast))
    assert (lead.state, lead.struck_for) == ("struck", "twice")
    with pytest.raises(NotPossible):
        strike_lead(lead=disposed(cast), reason="twice", **doing(cast))


# an alert -----------------------------------------------------------------------------------------


def test_an_alert_is_handed_over_with_its_people_and_closed_with_the_lead(cast: Cast) -> None:
    alert = triaged(cast)
    lead = opened(cast, people=[], origin="alert", alert=alert)
    alert.refresh_from_db()
    assert (alert.state, alert.is_handed_over) == ("in_hand", True)
    assert [one.person for one in lead.concerned.all()] == [cast.people["clerk"]]
    assert (lead.unit, lead.post) == (cast.units["CW"], cast.posts["CWG"])
    closed(cast, punished(cast, concluded(cast, disposed(cast, lead))))
    alert.refresh_from_db()
    assert alert.state == Alert.State.CLOSED
    told = " ".join(AlertStep.objects.filter(alert=alert).values_list("text", flat=True))
    assert "线索已经办结" in told
    assert str(lead.number) not in told
    assert "诫勉" not in told


def test_a_struck_lead_closes_its_alert(cast: Cast) -> None:
    alert = noticed(cast, by="officer", trigger="suspicion")
    lead = opened(cast, people=[], origin="alert", alert=alert)
    strike_lead(lead=lead, reason="wrong", **doing(cast))
    alert.refresh_from_db()
    assert alert.state == Alert.State.CLOSED


# proposing and deciding ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("inquiry", "in_disposal"),
        ("preliminary_check", "in_disposal"),
        ("hold", "held"),
        ("close", "concluded"),
    ],
)
def test_a_disposal_takes_effect_once_it_is_approved(cast: Cast, code: str, state: str) -> None:
    lead = opened(cast)
    proposal = asked(cast, lead, code)
    lead.refresh_from_db()
    assert lead.state == "registered"
    agreed(cast, proposal)
    lead.refresh_from_db()
    assert (lead.state, lead.disposal, lead.disposed_on) == (state, code, ON)


def test_who_handles_a_lead_proposes_and_nobody_else(cast: Cast) -> None:
    lead = opened(cast)
    second_officer(cast)
    for part in ("second", "secretary", "overseer", "clerk"):
        with pytest.raises(NotYours):
            asked(cast, lead, "inquiry", by=part)


def test_nobody_but_the_approver_decides_and_never_who_proposed_it(cast: Cast) -> None:
    waits = asked(cast, opened(cast), "inquiry")
    for part in ("officer", "deputy", "overseer", "clerk", "office"):
        with pytest.raises(NotTheDecider):
            agreed(cast, waits, by=part)


def test_what_the_office_decides_goes_up_where_its_head_proposed_it(cast: Cast) -> None:
    lead = concluded(cast)
    waits = asked(cast, lead, "criticism", kind=Kind.OUTCOME, person=cast.people["clerk"])
    assert waits.decider == "leadership_head"
    assert waits.approver == "discipline_office"


def test_the_head_of_the_office_decides_what_another_officer_proposes(cast: Cast) -> None:
    second_officer(cast, role="head")
    lead = concluded(cast)
    waits = asked(cast, lead, "criticism", kind=Kind.OUTCOME, person=cast.people["clerk"])
    assert waits.decider == "keeper"
    with pytest.raises(NotTheDecider):
        agreed(cast, waits)
    agreed(cast, waits, by="second")
    assert LeadOutcome.objects.get().code == "criticism"


def test_a_concerned_head_of_the_leadership_is_passed_over_to_the_superior_body(cast: Cast) -> None:
    lead = opened(cast, "secretary")
    waits = asked(cast, lead, "preliminary_check")
    assert waits.decider == "superior"
    with pytest.raises(NotTheDecider):
        agreed(cast, waits)
    record_decision(
        proposal=waits, body="示范主管机关", mark="示管〔2026〕9号", decided_on=ON, agreed=True,
        scheme=SCHEME, **doing(cast),
    )  # fmt: skip
    lead.refresh_from_db()
    assert lead.state == "in_disposal"


def test_kin_of_whom_it_concerns_decide_nothing(cast: Cast) -> None:
    related(cast, "clerk", "secretary")
    assert asked(cast, opened(cast), "inquiry").decider == "superior"


def test_what_is_decided_inside_is_not_recorded_as_decided_outside(cast: Cast) -> None:
    waits = asked(cast, opened(cast), "inquiry")
    with pytest.raises(DecidedInside):
        record_decision(
            proposal=waits, body="某机关", mark="1号", decided_on=ON, agreed=True, scheme=SCHEME,
            **doing(cast),
        )  # fmt: skip


def test_what_is_returned_leaves_the_lead_as_it_is(cast: Cast) -> None:
    lead = opened(cast)
    return_proposal(proposal=asked(cast, lead, "close"), scheme=SCHEME, **doing(cast, "secretary"))
    lead.refresh_from_db()
    assert lead.state == "registered"
    agreed(cast, asked(cast, lead, "inquiry"))


def test_the_same_is_proposed_once_at_a_time_and_may_be_taken_back(cast: Cast) -> None:
    lead = opened(cast)
    waits = asked(cast, lead, "inquiry")
    with pytest.raises(ProposedAlready):
        asked(cast, lead, "hold")
    withdraw(proposal=waits, **doing(cast))
    asked(cast, lead, "hold")
    with pytest.raises(NotPossible):
        agreed(cast, waits)


def test_a_disposal_is_changed_but_not_into_itself(cast: Cast) -> None:
    lead = disposed(cast)
    with pytest.raises(NotPossible):
        asked(cast, lead, "inquiry")
    agreed(cast, asked(cast, lead, "preliminary_check"))


def test_a_held_lead_is_taken_up_with_a_new_month(cast: Cast) -> None:
    lead = take_up(lead=disposed(cast, code="hold"), scheme=SCHEME, **doing(cast))
    assert (lead.state, lead.disposal, lead.due_on) == ("registered", "", date(2026, 6, 14))


def test_more_time_has_a_reason_and_a_later_day(cast: Cast) -> None:
    lead = opened(cast)
    with pytest.raises(NoMoreTime):
        asked(cast, lead, "extension", kind=Kind.EXTENSION, until_on=lead.due_on, why="complex")
    later = date(2026, 7, 14)
    agreed(cast, asked(cast, lead, "extension", kind=Kind.EXTENSION, until_on=later, why="complex"))
    lead.refresh_from_db()
    assert lead.due_on == later


def test_a_request_to_stop_an_act_is_answered_and_moves_nothing(cast: Cast) -> None:
    lead = opened(cast)
    waits = agreed(cast, asked(cast, lead, "stop_request", kind=Kind.STOP))
    lead.refresh_from_db()
    assert (waits.state, lead.state) == ("approved", "registered")
    assert [one.code for one in lead.steps.order_by("pk")][1:] == ["stop_request"] * 2


def test_the_leadership_decides_together_on_a_day_that_is_kept(cast: Cast) -> None:
    lead = concluded(cast)
    waits = asked(cast, lead, "organisational", kind=Kind.OUTCOME, person=cast.people["clerk"])
    with pytest.raises(NotYet):
        agreed(cast, waits, decided_on=ON - DAY)
    agreed(cast, waits, decided_on=ON)
    assert LeadOutcome.objects.get().decided_on == ON


# outcomes -----------------------------------------------------------------------------------------


def test_an_admonition_takes_effect_for_six_months_and_is_followed_up(cast: Cast) -> None:
    punished(cast)
    outcome = LeadOutcome.objects.get()
    half = date(2026, 11, 14)
    assert (outcome.form, outcome.effect_until, outcome.follow_up_on) == ("first", half, half)
    follow_up(outcome=outcome, followed_on=ON, followed="mended", **doing(cast))
    with pytest.raises(NotPossible):
        follow_up(outcome=outcome, followed_on=ON, followed="mended", **doing(cast))


def test_what_another_body_decides_is_recorded_with_its_paper(cast: Cast) -> None:
    lead = concluded(cast)
    waits = asked(cast, lead, "administrative", kind=Kind.OUTCOME, person=cast.people["clerk"])
    assert waits.decider == "outside"
    record_decision(
        proposal=waits, body="市监委", mark="监处〔2026〕2号", decided_on=ON, agreed=True,
        scheme=SCHEME, **doing(cast),
    )  # fmt: skip
    assert LeadOutcome.objects.get().form == "third"


def test_an_outcome_is_for_somebody_whom_the_lead_concerns(cast: Cast) -> None:
    lead = concluded(cast)
    for person in (None, cast.people["colleague"]):
        with pytest.raises(NotNamed):
            asked(cast, lead, "criticism", kind=Kind.OUTCOME, person=person)


def test_party_discipline_is_for_members_of_the_party(cast: Cast) -> None:
    lead, clerk = concluded(cast), cast.people["clerk"]
    clerk.is_party_member = False
    clerk.save(update_fields=["is_party_member"])
    with pytest.raises(NoMember):
        asked(cast, lead, "party_light", kind=Kind.OUTCOME, person=clerk)


def test_what_was_not_borne_out_has_no_outcome(cast: Cast) -> None:
    lead = concluded(cast, result="cleared")
    with pytest.raises(NotPossible):
        asked(cast, lead, "criticism", kind=Kind.OUTCOME, person=cast.people["clerk"])


def test_nothing_is_concluded_while_a_disposal_waits(cast: Cast) -> None:
    lead = disposed(cast)
    asked(cast, lead, "preliminary_check")
    with pytest.raises(NotPossible):
        conclude_lead(lead=lead, result="found", concluded_on=ON, **doing(cast))


# letters ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("fonts_folder")
def test_letters_have_a_series_of_their_own_and_stand_in_no_archive(
    cast: Cast, settings: Settings, tmp_path: Any
) -> None:
    settings.FILES_ROOT = tmp_path
    lead, clerk = disposed(cast), cast.people["clerk"]
    letter = issue_letter(
        lead=lead, kind="inquiry", person=clerk, until_on=ON + 10 * DAY, scheme=SCHEME,
        **doing(cast),
    )  # fmt: skip
    assert letter.document.mark == f"纪函{lead.number}〔2026〕1号"
    assert OutgoingDocument.objects.get().is_confined
    with pytest.raises(NoGround):
        issue_letter(lead=lead, kind="admonition", person=clerk, scheme=SCHEME, **doing(cast))
    punished(cast, concluded(cast, lead))
    admonition = issue_letter(
        lead=lead, kind="admonition", person=clerk, scheme=SCHEME, **doing(cast)
    )
    assert (admonition.since_on, admonition.until_on) == (ON, date(2026, 11, 14))


def test_an_inquiry_goes_to_whom_it_concerns_once_it_is_approved(cast: Cast) -> None:
    for lead, part in ((opened(cast), "clerk"), (disposed(cast), "colleague")):
        with pytest.raises(NoGround):
            issue_letter(
                lead=lead, kind="inquiry", person=cast.people[part], until_on=ON + DAY,
                scheme=SCHEME, **doing(cast),
            )  # fmt: skip


# closing ------------------------------------------------------------------------------------------


def test_a_lead_that_was_borne_out_needs_an_outcome_to_be_closed(cast: Cast) -> None:
    lead = concluded(cast)
    with pytest.raises(NoOutcome):
        closed(cast, lead)
    assert closed(cast, punished(cast, lead)).closed_on == ON


def test_nothing_is_closed_while_something_waits(cast: Cast) -> None:
    lead = punished(cast)
    asked(cast, lead, "organisational", kind=Kind.OUTCOME, person=cast.people["clerk"])
    with pytest.raises(NotPossible):
        closed(cast, lead)


def test_a_breach_raises_the_post_and_opens_the_duties_of_its_level(cast: Cast) -> None:
    publish(cast, "2026-1", ON, "CW", CWG="medium")
    lead = closed(cast, breach="CWG")
    breach, override = Breach.objects.get(), LevelOverride.objects.get()
    assert (breach.reference, breach.what) == (lead.mark, IN_THE_FILE)
    assert (override.post.code, override.level) == ("CWG", "high")
    assert lead.breach == breach
    assert Duty.objects.filter(post=cast.posts["CWG"], level="high", state="open").exists()


def test_cycles_proposes_a_revision_from_the_breach_of_a_lead(db: None) -> None:
    del db
    cast = revisable()
    closed(cast, breach="CWG")
    propose_revisions(
        organisation=cast.organisation, scheme=SCHEME, on=LATER, by=None, at=AT + (LATER - ON)
    )
    (proposal,) = Proposal.objects.filter(outcome="")
    assert (proposal.trigger, proposal.unit) == ("breach", cast.units["CW"])


def test_a_breach_needs_a_lead_that_was_borne_out(cast: Cast) -> None:
    with pytest.raises(NotBorneOut):
        closed(cast, concluded(cast, result="cleared"), breach="CWG")
    assert not Breach.objects.exists()


def test_a_refused_breach_leaves_the_lead_open(cast: Cast) -> None:
    lead = punished(cast)
    with pytest.raises(Exception, match="任职"):
        closed(cast, lead, breach="JJG")
    lead.refresh_from_db()
    assert lead.state == "concluded"


# who may know -------------------------------------------------------------------------------------


def test_whoever_keeps_a_lead_gives_access_and_ends_it(cast: Cast) -> None:
    second_officer(cast, role="head")
    lead = opened(cast)
    with pytest.raises(NotYours):
        give_access(
            lead=lead, person=cast.people["office"], part="assists", reason="expert",
            until_on=ON, **doing(cast),
        )  # fmt: skip
    made = give_access(
        lead=lead, person=cast.people["office"], part="assists", reason="expert", until_on=ON,
        **doing(cast, "second"),
    )  # fmt: skip
    with pytest.raises(KnowsAlready):
        give_access(
            lead=lead, person=cast.people["office"], part="assists", reason="expert",
            until_on=ON, **doing(cast, "second"),
        )  # fmt: skip
    end_access(access=made, **doing(cast, "second"))
    assert handlers(lead) == ["officer"]


def test_the_last_who_handles_a_lead_keeps_their_access(cast: Cast) -> None:
    lead = opened(cast)
    with pytest.raises(NotPossible):
        end_access(access=LeadAccess.objects.get(lead=lead), **doing(cast))


def test_others_know_up_to_a_day_and_handle_nothing(cast: Cast) -> None:
    lead = opened(cast)
    given: dict[str, Any] = {"lead": lead, "person": cast.people["office"], **doing(cast)}
    with pytest.raises(NeedsAnEnd):
        give_access(part="assists", reason="expert", **given)
    with pytest.raises(Unfit):
        give_access(part="handles", reason="added", until_on=ON, **given)


def test_whom_a_lead_concerns_and_their_kin_are_given_no_access(cast: Cast) -> None:
    lead = opened(cast)
    related(cast, "office", "clerk")
    for part in ("clerk", "office"):
        with pytest.raises(Unfit):
            give_access(
                lead=lead, person=cast.people[part], part="assists", reason="expert", until_on=ON,
                **doing(cast),
            )  # fmt: skip


def test_naming_an_officer_passes_the_lead_on_and_shuts_the_office_out(cast: Cast) -> None:
    second_officer(cast, role="head")
    lead = opened(cast, handlers=[cast.people["officer"], cast.people["second"]])
    lead = name_people(lead=lead, people=[cast.people["second"]], **doing(cast))
    assert (lead.body, handlers(lead)) == ("discipline_oversight", ["overseer"])
    with pytest.raises(NotYours):
        asked(cast, lead, "inquiry")


def test_naming_an_approver_lets_another_decide(cast: Cast) -> None:
    lead = opened(cast)
    waits = asked(cast, lead, "inquiry")
    name_people(lead=lead, people=[cast.people["secretary"]], **doing(cast))
    waits.refresh_from_db()
    assert waits.decider == "superior"
    with pytest.raises(NotTheDecider):
        agreed(cast, waits)


def test_whoever_is_recused_does_nothing_any_more(cast: Cast) -> None:
    second_officer(cast)
    lead = opened(cast)
    recuse(lead=lead, person=cast.people["officer"], reason="known", **doing(cast))
    assert handlers(lead) == ["second"]
    with pytest.raises(NotYours):
        asked(cast, lead, "inquiry")
    with pytest.raises(NotYours):
        recuse(lead=lead, person=cast.people["second"], reason="known", **doing(cast))
    with pytest.raises(KnowsAlready):
        recuse(lead=lead, person=cast.people["clerk"], reason="known", **doing(cast, "second"))
    assert LeadRecusal.objects.get().reason == "known"


def test_nobody_recuses_another_unless_they_keep_the_lead(cast: Cast) -> None:
    second_officer(cast, role="head")
    lead = opened(cast)
    with pytest.raises(NotYours):
        recuse(lead=lead, person=cast.people["second"], reason="known", **doing(cast))


# what is told -------------------------------------------------------------------------------------


def test_a_notice_says_that_something_waits_and_nothing_else(cast: Cast) -> None:
    lead = opened(cast)
    asked(cast, lead, "inquiry")
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (cast.logins["secretary"], "leads.waiting")
    assert str(lead.number) not in notice.url


def test_the_log_seals_people_and_content_and_holds(cast: Cast) -> None:
    lead = opened(cast, about=ABOUT, scheme=OPEN)
    event = Event.objects.get(action="leads.lead.opened")
    names = set(Detail.objects.filter(event=event).values_list("name", flat=True))
    assert {"people", "about", "handlers"} <= names
    assert ABOUT not in str(event.parts)
    assert lead.mark not in str(event.parts)
    assert verify().is_whole


def test_every_step_stands_in_the_course(cast: Cast) -> None:
    lead = closed(cast)
    steps = [(one.what, one.code) for one in LeadStep.objects.filter(lead=lead).order_by("pk")]
    assert steps == [
        ("registered", "report"),
        ("proposed", "inquiry"),
        ("approved", "inquiry"),
        ("concluded", "found"),
        ("proposed", "admonition"),
        ("approved", "admonition"),
        ("closed", "found"),
    ]
    assert not LeadProposal.objects.filter(state="waiting").exists()
