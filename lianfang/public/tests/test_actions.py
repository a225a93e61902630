"""What the office publishes and withholds, what that does to public pages, what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lianfang.audit.models import Event
from lianfang.org.models import Person
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.models import Power
from lianfang.public import access
from lianfang.public.actions.publishing import NothingNew, PreviewMovedOn
from lianfang.public.actions.withholding import (
    NotWithheld,
    WithheldAlready,
    release_power,
    withhold_power,
)
from lianfang.public.models import Publication, PublishedPower, Withholding
from lianfang.public.queries.preview import editions_since, preview_of
from lianfang.public.tests.making import in_edition, published

LATER = AT + timedelta(hours=1)


@pytest.fixture
def cast(db: None) -> Cast:
    del db
    return full_cast()


def withheld(cast: Cast, power: Power) -> Withholding:
    return withhold_power(
        power=power, reason="涉及内部安全", on=ON, by=cast.logins["office"], at=LATER
    )


def shown(cast: Cast) -> list[str]:
    rows = access.powers_shown(access.get_publication(cast.organisation.code))
    return list(rows.order_by("place").values_list("code", flat=True))


def test_what_the_edition_calls_public_is_published(cast: Cast) -> None:
    in_edition(cast)
    made = published(cast)
    assert (made.serial, made.published_on, shown(cast)) == (1, ON, ["CW-01"])
    event = Event.objects.latest("position")
    assert (event.action, event.rule) == ("public.catalogue.published", "七（三）")


def test_what_the_edition_does_not_call_public_is_not_though_the_draft_does(cast: Cast) -> None:
    in_edition(cast, public=False)
    Power.objects.update(public=True)
    assert preview_of(cast.organisation, ON).cards == ()


def test_nothing_is_public_without_an_edition(cast: Cast) -> None:
    assert preview_of(cast.organisation, ON).proposed == 0


def test_an_edition_that_is_not_in_force_yet_is_not_public(cast: Cast) -> None:
    in_edition(cast)
    assert preview_of(cast.organisation, ON - timedelta(days=1)).cards == ()


def test_a_power_that_is_in_use_no_more_goes_with_the_next_publication(cast: Cast) -> None:
    in_edition(cast)
    published(cast)
    Power.objects.update(retired_on=ON, retired_reason="并入别的职权")
    assert [line.change for line in preview_of(cast.organisation, ON).lines] == ["removed"]
    published(cast, at=LATER)
    assert shown(cast) == []


def test_publishing_what_was_not_shown_is_refused(cast: Cast) -> None:
    power = in_edition(cast)
    seen = preview_of(cast.organisation, ON).digest
    withheld(cast, power)
    with pytest.raises(PreviewMovedOn):
        published(cast, seen=seen)
    assert not Publication.objects.exists()


def test_publishing_the_same_again_is_refused_unless_the_contact_changes(cast: Cast) -> None:
    in_edition(cast)
    published(cast)
    with pytest.raises(NothingNew):
        published(cast, at=LATER)
    made = published(cast, at=LATER, contact="监督电话 12388")
    assert made.serial == 2
    assert [row.replaced_on for row in Publication.objects.order_by("serial")] == [ON, None]


def test_one_catalogue_is_in_force(cast: Cast) -> None:
    in_edition(cast)
    made = published(cast)
    made.pk, made.serial = None, 9
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_a_power_withheld_is_gone_from_the_public_at_once(cast: Cast) -> None:
    power = in_edition(cast)
    made = published(cast)
    withheld(cast, power)
    assert shown(cast) == []
    made.refresh_from_db()
    assert made.changed_at == LATER
    assert PublishedPower.objects.get().withdrawn_on == ON
    assert preview_of(cast.organisation, ON).cards == ()


def test_a_power_is_withheld_once_and_released_once(cast: Cast) -> None:
    power = in_edition(cast)
    row = withheld(cast, power)
    with pytest.raises(WithheldAlready):
        withheld(cast, power)
    release_power(withholding=row, reason="已脱密", on=ON, by=cast.logins["office"], at=LATER)
    with pytest.raises(NotWithheld):
        release_power(withholding=row, reason="再来", on=ON, by=None, at=LATER)
    assert [event.action for event in Event.objects.order_by("-position")[:2]] == [
        "public.power.released",
        "public.power.withheld",
    ]


def test_a_power_released_is_shown_by_the_next_publication(cast: Cast) -> None:
    power = in_edition(cast)
    published(cast)
    row = withheld(cast, power)
    release_power(withholding=row, reason="已脱密", on=ON, by=None, at=LATER)
    assert shown(cast) == []
    published(cast, at=LATER)
    assert shown(cast) == ["CW-01"]


def test_a_power_in_whose_text_a_name_of_the_staff_stands_stays_out(cast: Cast) -> None:
    in_edition(cast)
    Person.objects.filter(pk=cast.people["clerk"].pk).update(name="受理报销单")
    found = preview_of(cast.organisation, ON)
    assert found.cards == ()
    assert [(one.card.code, one.name) for one in found.named] == [("CW-01", "受理报销单")]


def test_another_organisation_has_its_own_catalogue(cast: Cast) -> None:
    other = full_cast("other")
    in_edition(cast)
    published(cast)
    assert preview_of(other.organisation, ON).cards == ()
    assert not access.publications_in_force().filter(organisation=other.organisation).exists()


def test_editions_since_a_publication_are_counted(cast: Cast) -> None:
    in_edition(cast)
    assert editions_since(cast.organisation.pk, AT - timedelta(seconds=1), ON) == 1
    assert editions_since(cast.organisation.pk, AT, ON) == 0
