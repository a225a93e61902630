"""Keys, arrivals and answers: what follows from each, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from lianfang.audit.models import Event
from lianfang.audit.verify import verify
from lianfang.common.errors import Refused, Stale
from lianfang.org.actions import join_body
from lianfang.org.tests.cast import AT, ON, SINCE, Cast, full_cast
from lianfang.portal.access import setup_of
from lianfang.portal.actions import answering, keys, receiving
from lianfang.portal.actions.days import seal_day
from lianfang.portal.actions.setup import change_setup
from lianfang.portal.jobs import run
from lianfang.portal.models import DayRoot, Envelope, SealedFile, SealedMessage, SealedReport
from lianfang.portal.rules.days import item_leaf, path_of
from lianfang.portal.tests.making import (
    BODY,
    IDENTITY,
    READER,
    WITNESS,
    Holder,
    added,
    answer,
    derive,
    holder,
    key_of,
    opened,
    resealed,
    sent,
    wrapped_key,
)
from lianfang.sealing import envelopes, filing, letters, parts
from lianfang.sealing.parts import CannotOpen

pytestmark = pytest.mark.django_db
FILE = filing.PlainFile(name="票据.pdf", kind="application/pdf", content=b"%PDF-" + bytes(5000))


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def received(cast: Cast, sealed: filing.SealedReport, receipt: str = "1" * 16) -> SealedReport:
    """Let sealed bytes arrive as they are."""
    derived = derive(cast, receipt)
    return receiving.receive_report(
        organisation=cast.organisation,
        sealed=sealed,
        token=derived.token,
        sender_key=derived.pair.public,
        sealed_in=SealedReport.SealedIn.BROWSER,
        on=ON,
        by=None,
        at=AT,
    )


# keys --------------------------------------------------------------------------------------------


def test_a_report_opens_for_a_reader_and_not_for_a_witness(cast: Cast) -> None:
    reader, witness = holder(cast), holder(cast, "overseer", WITNESS)
    report = sent(cast).report
    assert opened(report, reader) == BODY
    assert not Envelope.objects.filter(report=report, key=witness.key).exists()


def test_nobody_outside_the_two_bodies_gets_a_key(cast: Cast) -> None:
    for part in ("secretary", "office", "clerk", "overseer"):
        with pytest.raises(keys.NotTheirs):
            holder(cast, part, READER)
    with pytest.raises(keys.NotTheirs):
        holder(cast, "secretary", WITNESS)


def test_a_person_has_one_key_in_use(cast: Cast) -> None:
    first = holder(cast)
    with pytest.raises(keys.HasKey):
        holder(cast, "officer", WITNESS)
    keys.end_key(key=first.key, reason="更换", on=ON, by=None, at=AT)
    assert holder(cast).key.pk != first.key.pk


def test_an_ended_key_opens_nothing_that_is_kept_and_gets_nothing_new(cast: Cast) -> None:
    reader = holder(cast)
    report = sent(cast).report
    keys.end_key(key=reader.key, reason="调离", on=ON, by=None, at=AT)
    with pytest.raises(CannotOpen):
        opened(report, reader)
    with pytest.raises(receiving.NobodyReads):
        received(cast, seal_to(reader.key.pk, reader.pair.public))
    with pytest.raises(keys.BadKey):
        keys.end_key(key=reader.key, reason="再停", on=ON, by=None, at=AT)


def seal_to(key: Any, public: bytes, **more: Any) -> filing.SealedReport:
    """Seal a report to one key."""
    to = [filing.To(key=key, public=public)]
    return filing.seal_report(report=uuid4(), body=BODY, readers=to, **more)


def test_another_reader_seals_old_reports_to_a_new_key(cast: Cast) -> None:
    old = holder(cast)
    reports = [sent(cast).report, sent(cast).report]
    pair = envelopes.new_pair()
    second = second_officer(cast)
    given = resealed(reports, old, second)
    assert keys.add_envelopes(key=second.key, envelopes=given, by=None, at=AT) == 2
    assert [opened(report, second) for report in reports] == [BODY, BODY]
    assert keys.add_envelopes(key=second.key, envelopes=given, by=None, at=AT) == 0
    with pytest.raises(keys.BadKey):
        keys.add_envelopes(key=second.key, envelopes={reports[0].pk: pair.public}, by=None, at=AT)


def second_officer(cast: Cast) -> Holder:
    """Let a second member of the discipline office enrol a key."""
    join_body(
        body=cast.bodies["discipline_office"],
        person=cast.people["office"],
        from_on=SINCE,
        by=None,
        at=AT,
    )
    return holder(cast, "office")


def test_a_recused_officer_loses_the_report_for_good(cast: Cast) -> None:
    first = holder(cast)
    second = second_officer(cast)
    report = sent(cast).report
    withdraw = keys.withdraw_envelopes
    person = cast.people["officer"]
    emptied = withdraw(report=report, person=person, reason="本人", on=ON, by=None, at=AT)
    assert emptied == 1
    with pytest.raises(CannotOpen):
        opened(report, first)
    given = resealed([report], second, first)
    assert keys.add_envelopes(key=first.key, envelopes=given, by=None, at=AT) == 0
    keys.end_key(key=first.key, reason="更换", on=ON, by=None, at=AT)
    renewed = holder(cast)
    given = resealed([report], second, renewed)
    assert keys.add_envelopes(key=renewed.key, envelopes=given, by=None, at=AT) == 0


def test_a_new_passphrase_leaves_the_key_as_it_is(cast: Cast) -> None:
    reader = holder(cast)
    report = sent(cast).report
    anew = wrapped_key(reader.pair, "另一句话")
    key = keys.rewrap_key(key=reader.key, wrapped=anew, by=None, at=AT)
    assert bytes(key.wrapped) == anew.sealed
    assert opened(report, reader) == BODY


# arriving ----------------------------------------------------------------------------------------


def test_a_signed_report_takes_a_reader_and_a_witness_to_name_its_sender(cast: Cast) -> None:
    reader, witness = holder(cast), holder(cast, "overseer", WITNESS)
    report = sent(cast, identity=IDENTITY, files=[FILE]).report
    assert report.signed
    halves = [
        key_of(report, reader, filing.IDENTITY_A),
        key_of(report, witness, filing.IDENTITY_B),
    ]
    key, identity = envelopes.joined(*halves), bytes(report.identity)
    opened_ = parts.open_part(identity, key=key, report=report.pk, name=parts.IDENTITY)
    assert parts.read(opened_) == IDENTITY
    file = SealedFile.objects.get(report=report)
    packed = parts.open_part(
        bytes(file.sealed), key=key_of(report, reader), report=report.pk, name=file.part
    )
    assert parts.unpacked_file(packed) == (FILE.name, FILE.kind, FILE.content)


def test_the_same_receipt_twice_is_one_report(cast: Cast) -> None:
    holder(cast)
    first = sent(cast, receipt="1234123412341234")
    again = sent(cast, receipt="1234123412341234", on=ON + timedelta(days=3))
    assert first.report.pk == again.report.pk
    assert again.report.arrived_on == ON
    assert SealedReport.objects.count() == 1


def test_an_identifier_of_another_report_is_refused(cast: Cast) -> None:
    holder(cast)
    one = sent(cast)
    with pytest.raises(receiving.Taken):
        received(cast, one.sealed)


@pytest.mark.parametrize(
    "broken",
    [
        lambda one: {"body": one.body[:-1]},
        lambda one: {"body": b""},
        lambda one: {"letters_key": b"short"},
        lambda one: {"files": (("file/2", one.body),)},
        lambda one: {"files": (("file/1", b"short"),)},
        lambda one: {"files": tuple((f"file/{n}", one.body) for n in range(1, 7))},
        lambda one: {"identity": b"short"},
        lambda one: {
            "envelopes": (filing.SealedEnvelope(key=uuid4(), kind="content", sealed=b""),)
        },
    ],
    ids=["cut", "empty", "key", "numbered", "file", "many files", "identity", "envelope"],
)
def test_what_is_not_sealed_is_not_stored(
    cast: Cast, broken: Callable[[filing.SealedReport], dict[str, Any]]
) -> None:
    reader = holder(cast)
    whole = seal_to(reader.key.pk, reader.pair.public)
    with pytest.raises(receiving.NotSealed):
        received(cast, replace(whole, **broken(whole)))
    assert not SealedReport.objects.exists()


def test_an_identity_without_a_witness_is_not_stored(cast: Cast) -> None:
    reader = holder(cast)
    pair = envelopes.new_pair()
    sealed = seal_to(
        reader.key.pk,
        reader.pair.public,
        identity=IDENTITY,
        witnesses=[filing.To(key=uuid4(), public=pair.public)],
    )
    with pytest.raises(receiving.NobodyReads):
        received(cast, sealed)


def test_a_letter_is_stored_once_and_opens_for_the_office(cast: Cast) -> None:
    reader = holder(cast)
    one = sent(cast)
    letter = added(one, "第二周")
    key = letters.key_for_office(bytes(letter.sealed), report_key=key_of(one.report, reader))
    text = letters.open_letter(
        bytes(letter.sealed), key=key, report=one.report.pk, letter=letter.pk
    )
    assert parts.read(text) == {"text": "第二周"}
    again = filing.SealedLetter(letter=letter.pk, sealed=bytes(letter.sealed))
    for _ in range(2):
        receiving.add_message(report=one.report, sealed=again, on=ON, by=None, at=AT)
    assert SealedMessage.objects.count() == 1
    with pytest.raises(receiving.Taken):
        receiving.add_message(report=sent(cast).report, sealed=again, on=ON, by=None, at=AT)


def test_a_report_gets_no_more_letters_a_day_than_twenty(cast: Cast) -> None:
    holder(cast)
    one = sent(cast)
    for _ in range(20):
        added(one)
    with pytest.raises(receiving.TooMany):
        added(one)
    assert added(one, on=ON + timedelta(days=1)).number == 21


# answering ---------------------------------------------------------------------------------------


def test_an_answer_opens_for_the_sender_and_the_log_has_its_digest_alone(cast: Cast) -> None:
    holder(cast)
    one = sent(cast)
    sealed = answer(one.report, "请问是哪一周？")
    officer = cast.logins["officer"]
    for _ in range(2):
        message = answering.answer_report(
            report=one.report, sealed=sealed, on=ON, by=officer, at=AT
        )
    key = letters.key_for_sender(bytes(message.sealed), pair=one.derived.pair)
    text = letters.open_letter(
        bytes(message.sealed), key=key, report=one.report.pk, letter=message.pk
    )
    assert parts.read(text) == {"text": "请问是哪一周？"}
    (event,) = Event.objects.filter(action="portal.report.answered")
    assert event.details.get(name="changes").text == f'{{"digest":[null,"{message.digest}"]}}'


def test_a_letter_of_the_sender_is_no_answer(cast: Cast) -> None:
    holder(cast)
    one = sent(cast)
    letter = added(one)
    with pytest.raises(receiving.NotSealed):
        answering.answer_report(
            report=one.report,
            sealed=filing.SealedLetter(letter=uuid4(), sealed=bytes(letter.sealed)),
            on=ON,
            by=None,
            at=AT,
        )


def test_the_status_is_logged_once(cast: Cast) -> None:
    holder(cast)
    report = sent(cast).report
    for _ in range(2):
        answering.set_status(
            report=report, status=SealedReport.Status.ACCEPTED, on=ON, by=None, at=AT
        )
    assert Event.objects.filter(action="portal.report.status_set").count() == 1
    report.refresh_from_db()
    assert report.status == "accepted"


def test_of_a_destroyed_report_only_its_end_is_left(cast: Cast) -> None:
    holder(cast)
    one = sent(cast, files=[FILE])
    added(one)
    answering.destroy_report(report=one.report, reason="到期", on=ON, by=None, at=AT)
    report = SealedReport.objects.get(pk=one.report.pk)
    assert (bytes(report.body), bytes(report.identity)) == (b"", b"")
    assert not any(model.objects.exists() for model in (Envelope, SealedFile, SealedMessage))
    for act in (
        lambda: added(one),
        lambda: answering.answer_report(
            report=report, sealed=answer(report), on=ON, by=None, at=AT
        ),
        lambda: answering.destroy_report(report=report, reason="再", on=ON, by=None, at=AT),
    ):
        with pytest.raises(Refused):
            act()


# the day and the log -----------------------------------------------------------------------------


def test_what_arrives_writes_no_event(cast: Cast) -> None:
    holder(cast)
    before = Event.objects.count()
    assert added(sent(cast)).number == 1
    assert Event.objects.count() == before


def test_the_day_after_everything_has_a_place_under_one_root(cast: Cast) -> None:
    holder(cast)
    items = [sent(cast).report for _ in range(3)]
    letter = added(sent(cast))
    assert run(AT) == 0
    assert run(AT + timedelta(days=1)) == 1
    root = DayRoot.objects.get()
    assert (root.on, len(root.leaves)) == (ON, 64)
    everything: list[SealedReport | SealedMessage] = [*items, letter]
    for item in everything:
        item.refresh_from_db()
        assert item.day_root == root
        assert item.place is not None
        assert root.leaves[item.place] == item_leaf(item.digest).hex()
        assert len(path_of(item.place, root.leaves)) == 6
    event = Event.objects.get(action="portal.day.sealed")
    assert event.position == root.event
    assert event.actor == "system"
    assert run(AT + timedelta(days=1)) == 0
    assert verify().is_whole


def test_a_day_without_reports_looks_like_any_other(cast: Cast) -> None:
    holder(cast)
    assert run(AT + timedelta(days=3)) == 3
    assert {len(root.leaves) for root in DayRoot.objects.all()} == {64}
    assert Event.objects.filter(action="portal.day.sealed").count() == 3


def test_without_a_key_there_are_no_days(cast: Cast) -> None:
    assert run(AT + timedelta(days=3)) == 0


def test_the_places_of_a_day_follow_no_order(cast: Cast) -> None:
    holder(cast)
    orders = set()
    for back in range(6):
        day = ON + timedelta(days=back)
        reports = [sent(cast, on=day).report for _ in range(3)]
        seal_day(organisation=cast.organisation, on=day, by=None, at=AT)
        places: list[int] = []
        for report in reports:
            report.refresh_from_db()
            places.append(report.place or 0)
        orders.add(tuple(sorted(places).index(place) for place in places))
    assert len(orders) > 1


def test_where_rows_lie_does_not_tell_when_they_came(cast: Cast) -> None:
    holder(cast)
    in_order = 0
    for back in range(4):
        SealedReport.objects.all().delete()
        day = ON + timedelta(days=back)
        ids = [sent(cast, on=day).report.pk.hex for _ in range(4)]
        seal_day(organisation=cast.organisation, on=day, by=None, at=AT)
        hidden = "rowid" if connection.vendor == "sqlite" else "ctid"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM portal_sealedreport ORDER BY {hidden}")  # noqa: S608
            found = [str(row[0]).replace("-", "") for row in cursor.fetchall()]
        in_order += found == ids
    assert in_order < 4


# settings ----------------------------------------------------------------------------------------


def test_settings_are_changed_with_their_version(cast: Cast) -> None:
    holder(cast)
    setup = setup_of(cast.organisation)
    salt = bytes(setup.salt)
    system = cast.logins["system"]
    values = {"hotline": "12388", "superior_channel": "上级纪检监察组"}
    for _ in range(2):
        setup = change_setup(
            organisation=cast.organisation,
            values=values,
            version=setup.version,
            by=system,
            at=AT,
        )
    assert (bytes(setup.salt), setup.version) == (salt, 2)
    assert Event.objects.filter(action="portal.setup.changed").count() == 1
    with pytest.raises(Stale):
        change_setup(organisation=cast.organisation, values=values, version=1, by=system, at=AT)
