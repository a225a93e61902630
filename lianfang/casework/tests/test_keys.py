"""Keys renewed, lost, ended; what others lack is sealed to them, and to nobody else."""

from datetime import timedelta
from uuid import UUID

import pytest

from lianfang.accounts.models import User
from lianfang.casework import jobs
from lianfang.casework.actions import keys as keeping
from lianfang.casework.actions import recusing
from lianfang.casework.queries.keys import gaps_of, sharing_of
from lianfang.casework.tests.making import LATER, Office, key_of, office, signed, who
from lianfang.notices.models import Notice
from lianfang.org import actions as org
from lianfang.org.models import Body, Membership
from lianfang.org.tests.cast import AT, ON, SINCE
from lianfang.portal.actions.keys import end_key
from lianfang.portal.models import Envelope, OfficerKey
from lianfang.portal.queries.keys import recipients_of
from lianfang.portal.tests.making import (
    READER,
    Holder,
    Sent,
    holder,
    opened,
    sent,
    wrapped_key,
)
from lianfang.sealing import envelopes
from lianfang.sealing.parts import CannotOpen


@pytest.fixture
def there(db: None) -> Office:
    del db
    return office()


def new_key() -> tuple[envelopes.Pair, keeping.NewKey]:
    pair = envelopes.new_pair()
    return pair, keeping.NewKey(public=pair.public, wrapped=wrapped_key(pair))


def shared(there: Office, giver: Holder) -> list[keeping.Shared]:
    """Return what a giver's browser seals anew."""
    return [
        keeping.Shared(
            report=share.report,
            key=key,
            kind=share.kind,
            sealed=envelopes.seal_key(envelopes.open_key(share.sealed, giver.pair), public),
        )
        for share in sharing_of(giver.key, ON).shares
        for key, public in share.to
    ]


def give(there: Office, giver: Holder) -> int:
    return keeping.share_envelopes(
        giver=giver.key, shared=shared(there, giver), **who(there.cast, on=ON)
    )


def rotated(there: Office, keep_all: bool = True) -> Holder:
    """Let the officer renew their key as their browser does it."""
    pair, new = new_key()
    held = Envelope.objects.filter(key=there.officer.key)
    again: dict[tuple[UUID, str], bytes] = {
        (each.report_id, each.kind): envelopes.seal_key(
            envelopes.open_key(bytes(each.sealed), there.officer.pair), pair.public
        )
        for each in held.order_by("kind")
    }
    if not keep_all:
        again.popitem()
    made = keeping.rotate_key(key=there.officer.key, new=new, envelopes=again, **who(there.cast))
    return Holder(key=made, pair=pair)


def test_a_renewed_key_opens_all_that_the_old_one_did_and_the_old_one_nothing(
    there: Office,
) -> None:
    reports = [signed(there.cast), sent(there.cast)]
    renewed = rotated(there)
    for one in reports:
        assert opened(one.report, renewed)
        with pytest.raises(CannotOpen):
            opened(one.report, there.officer)
    assert gaps_of(there.cast.organisation.pk, ON) == []


def test_a_key_is_not_renewed_without_all_that_it_opens(there: Office) -> None:
    signed(there.cast)
    with pytest.raises(keeping.NotWhole):
        rotated(there, keep_all=False)
    assert key_of(there, "officer") == there.officer.key


def test_after_a_lost_passphrase_another_reader_seals_the_old_reports_anew(
    there: Office,
) -> None:
    one = signed(there.cast)
    pair, new = new_key()
    made = keeping.replace_lost_key(key=there.officer.key, new=new, **who(there.cast))
    again = Holder(key=made, pair=pair)
    with pytest.raises(Envelope.DoesNotExist):
        opened(one.report, again)
    # what was in the report, and half of who sent it
    assert give(there, there.colleague) == 2
    assert opened(one.report, again)


def test_a_new_reader_gets_what_came_before_in_one_go_and_twice_is_as_once(
    there: Office,
) -> None:
    reports = [sent(there.cast), signed(there.cast), sent(there.cast)]
    org.join_body(
        body=there.cast.bodies[Body.Kind.DISCIPLINE_OFFICE],
        person=there.cast.people["clerk"],
        from_on=SINCE,
        by=None,
        at=AT,
    )
    new = holder(there.cast, "clerk", READER)
    assert give(there, there.officer) == 4
    assert all(opened(one.report, new) for one in reports)
    assert give(there, there.officer) == 0


def test_a_recused_person_is_left_out_of_what_is_shared(there: Office) -> None:
    one, other = sent(there.cast), sent(there.cast)
    recusing.recuse(
        report=one.report,
        person=there.cast.people["colleague"],
        reason="亲属关系",
        officer=there.cast.people["officer"],
        **who(there.cast),
    )
    _pair, new = new_key()
    keeping.replace_lost_key(key=there.colleague.key, new=new, **who(there.cast, "colleague"))
    assert {share.report for share in sharing_of(there.officer.key, ON).shares} == {other.report.pk}


def test_nobody_gives_what_they_can_not_open(there: Office) -> None:
    one = sent(there.cast)
    _pair, new = new_key()
    made = keeping.replace_lost_key(key=there.officer.key, new=new, **who(there.cast))
    junk = keeping.Shared(report=one.report.pk, key=made.pk, kind="content", sealed=bytes(80))
    assert keeping.share_envelopes(giver=there.overseer.key, shared=[junk], **who(there.cast)) == 0
    assert keeping.share_envelopes(giver=made, shared=[junk], **who(there.cast)) == 0


def leave(there: Office, part: str) -> None:
    org.end_membership(
        membership=Membership.objects.get(person=there.cast.people[part], to_on=None),
        on=ON,
        by=None,
        at=AT,
    )


def test_who_left_yesterday_can_not_read_what_comes_today(there: Office) -> None:
    leave(there, "colleague")
    jobs.run(LATER, AT + timedelta(days=1))
    today = sent(there.cast, on=LATER)
    with pytest.raises(Envelope.DoesNotExist):
        opened(today.report, there.colleague)
    assert opened(today.report, there.officer)


def test_who_left_loses_what_came_before_as_well(there: Office) -> None:
    before = sent(there.cast)
    leave(there, "colleague")
    jobs.run(LATER, AT + timedelta(days=1))
    with pytest.raises(CannotOpen):
        opened(before.report, there.colleague)
    assert OfficerKey.objects.get(pk=there.colleague.key.pk).ended_on == LATER


def test_who_left_gets_nothing_even_before_the_night_ends_their_key(there: Office) -> None:
    leave(there, "colleague")
    assert OfficerKey.objects.get(pk=there.colleague.key.pk).ended_on is None
    later = recipients_of(there.cast.organisation, LATER)
    assert there.colleague.key.pk not in {to.key for to in later.readers}
    assert there.colleague.key.pk in {
        to.key for to in recipients_of(there.cast.organisation, ON).readers
    }


def test_whose_login_is_closed_gets_nothing_from_that_moment(there: Office) -> None:
    User.objects.filter(person=there.colleague.key.person).update(is_active=False)
    to = recipients_of(there.cast.organisation, ON)
    assert [each.key for each in to.readers] == [there.officer.key.pk]


def test_an_ended_key_gets_nothing_any_more(there: Office) -> None:
    end_key(key=there.colleague.key, reason="设备遗失", **who(there.cast))
    assert [to.key for to in recipients_of(there.cast.organisation, ON).readers] == [
        there.officer.key.pk
    ]


def told() -> list[str]:
    notices = Notice.objects.filter(kind="casework.item").order_by("recipient__username")
    return [notice.recipient.username.partition("-")[2] for notice in notices]


def test_readers_are_told_once_that_something_came_and_witnesses_are_not(there: Office) -> None:
    sent(there.cast)
    for _again in range(2):
        jobs.run(ON, AT)
    assert told() == ["colleague", "officer"]


def test_who_is_recused_is_not_told_of_the_report(there: Office) -> None:
    one: Sent = sent(there.cast)
    recusing.recuse(
        report=one.report,
        person=there.cast.people["colleague"],
        reason="亲属关系",
        officer=there.cast.people["officer"],
        **who(there.cast),
    )
    jobs.run(ON + timedelta(days=10), AT)
    assert told() == ["officer"]


def test_without_reports_nobody_is_told(there: Office) -> None:
    assert jobs.run(ON, AT) == 0
    assert told() == []
