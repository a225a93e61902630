"""Signs of the example: in every state, one that went up, two about the same person."""

from collections import Counter

from lianfang.alerts.access import alerts_visible_to
from lianfang.alerts.models import Alert, AlertLetter, AlertPerson
from lianfang.alerts.queries.waiting import overdue_alerts
from lianfang.duties.models import Duty
from lianfang.example.tests.loaded.moments import MAY, loaded_at
from lianfang.org.models import Organisation, Person
from lianfang.org.queries import standing_of

pytestmark = loaded_at(MAY)


def test_signs_are_in_every_state_and_one_went_up(organisation: Organisation) -> None:
    rows = Alert.objects.filter(organisation=organisation)
    states = Counter(rows.values_list("state", flat=True))
    assert states == {"noticed": 2, "triaged": 2, "in_hand": 3, "closed": 4, "struck": 1}
    assert rows.get(about_leader=True).way == "head"
    assert set(rows.filter(state="closed").values_list("outcome", flat=True)) == {
        "caution", "reminder", "unfounded", "explained",
    }  # fmt: skip


def test_two_signs_are_about_the_same_person_who_sees_neither(organisation: Organisation) -> None:
    found = Counter(
        AlertPerson.objects.filter(alert__organisation=organisation).values_list(
            "person__code", flat=True
        )
    )
    assert found["1904"] == 2


def test_no_person_with_a_login_sees_an_alert_about_themself(organisation: Organisation) -> None:
    for concerned in AlertPerson.objects.filter(alert__organisation=organisation):
        person = Person.objects.select_related("login").get(pk=concerned.person_id)
        standing = standing_of(person.login, concerned.alert.recorded_at) if person.login else None
        if standing is not None:
            assert not alerts_visible_to(standing).filter(pk=concerned.alert_id).exists()


def test_talks_that_alerts_ask_for_are_held_or_still_open(organisation: Organisation) -> None:
    talks = Duty.objects.filter(organisation=organisation, origin=Duty.Origin.ALERT)
    states = Counter(talks.values_list("state", flat=True))
    assert states["done"] == 3
    assert states["open"] >= 1


def test_a_sign_is_late_and_a_unit_has_answered_its_notice(organisation: Organisation) -> None:
    newest = Alert.objects.filter(organisation=organisation).latest("recorded_at").recorded_at
    assert overdue_alerts(organisation.pk, newest.date())
    kinds = set(AlertLetter.objects.values_list("kind", "state"))
    assert kinds == {("notice", "answered"), ("reminder", ""), ("caution", "")}
