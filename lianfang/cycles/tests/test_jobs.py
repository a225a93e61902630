"""Long work publishes unit by unit, again where it broke off; nights count what drafts lack."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lianfang.audit.models import Event
from lianfang.cycles.actions.counting import note_counts
from lianfang.cycles.actions.publishing import publish
from lianfang.cycles.jobs import NoLongerOffice, publish_approved, run
from lianfang.cycles.models import Edition, Filing
from lianfang.cycles.queries.counting import Counted
from lianfang.cycles.tests.year import brought_to, filing_of, powered
from lianfang.jobs.models import Job
from lianfang.org.models import Membership
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.models import Power


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    del db
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    brought_to(made, "approved")
    # nothing was checked of these: what counts is where they stand
    Filing.objects.exclude(unit=made.units["CW"]).update(state=Filing.State.APPROVED)
    return made


def asked(cast: Cast, part: str = "office") -> Job:
    return Job.objects.create(
        kind="cycles.publish",
        organisation=cast.organisation.pk,
        asked_by=cast.logins[part],
        arguments={"cycle": Filing.objects.all()[0].cycle_id, "effective_from": ON.isoformat()},
        created_at=AT,
    )


def test_every_approved_filing_becomes_an_edition_with_progress(cast: Cast) -> None:
    told: list[tuple[int, int]] = []
    outcome = publish_approved(asked(cast), lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert (outcome.code, outcome.values) == ("cycles.published", {"units": 4})
    assert set(Edition.objects.values_list("unit__code", flat=True)) == {"LD", "CW", "PS", "BG"}


def test_what_broke_off_goes_on_where_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def breaking(**more: object) -> object:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return publish(**more)  # type: ignore[arg-type]

    monkeypatch.setattr("lianfang.cycles.jobs.publish", breaking)
    with pytest.raises(KeyboardInterrupt):
        publish_approved(asked(cast), lambda done, total: None)
    assert Edition.objects.count() == 2
    assert Filing.objects.filter(state=Filing.State.APPROVED).count() == 2
    outcome = publish_approved(asked(cast), lambda done, total: None)
    assert outcome.values == {"units": 2}
    again = publish_approved(asked(cast), lambda done, total: None)
    assert again.values == {"units": 0}
    assert Edition.objects.count() == 4


def test_who_left_the_office_meanwhile_publishes_nothing(cast: Cast) -> None:
    job = asked(cast)
    membership = Membership.objects.get(person=cast.people["office"])
    Membership.objects.filter(pk=membership.pk).update(to_on=membership.from_on)
    with pytest.raises(NoLongerOffice):
        publish_approved(job, lambda done, total: None)
    with pytest.raises(NoLongerOffice):
        publish_approved(asked(cast, "clerk"), lambda done, total: None)
    assert not Edition.objects.exists()


def test_the_office_asks_for_it_once(cast: Cast) -> None:
    office = Client()
    office.force_login(cast.logins["office"])
    assert "发布审议通过的 4 个单位" in office.get(reverse("cycles:board")).content.decode()
    page = reverse("cycles:publish-all", args=[ON.year])
    assert office.get(page).status_code == 200
    for _ in range(2):
        assert office.post(page, {"effective_from": "2026-06-01"}).status_code == 302
    job = Job.objects.get(kind="cycles.publish")
    assert job.arguments["effective_from"] == "2026-06-01"


def test_every_night_counts_what_the_checks_find_in_drafts(db: None) -> None:
    del db
    cast = full_cast()
    powered(cast)
    brought_to(cast, "drafting")
    Power.objects.update(category="")
    assert run(AT) == 1
    found = filing_of(cast)
    assert (found.errors_found, found.counted_at) == (1, AT)
    # what nobody began is not counted, and nothing twice at one moment
    assert not Filing.objects.exclude(pk=found.pk).exclude(counted_at=None).exists()
    assert run(AT) == 0
    Power.objects.update(category="execution")
    assert run(AT + timedelta(days=1)) == 1
    assert filing_of(cast).errors_found == 0
    event = Event.objects.filter(action="cycles.filing.findings_counted").latest("position")
    assert event.rows == 1


def test_a_filing_submitted_meanwhile_keeps_the_count_of_its_submission(db: None) -> None:
    del db
    cast = full_cast()
    powered(cast)
    found = brought_to(cast, "submitted")
    counts = [Counted(filing=found.pk, errors=9, warnings=9)]
    later = AT + timedelta(hours=1)
    done = note_counts(organisation=cast.organisation, counts=counts, by=None, at=later)
    assert done == 0
    assert filing_of(cast).counted_at == AT


def test_a_submitted_filing_is_not_counted_at_night(db: None) -> None:
    del db
    cast = full_cast()
    powered(cast)
    brought_to(cast, "submitted")
    assert run(AT + timedelta(days=1)) == 0
