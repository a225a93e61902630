"""What is sealed opens for those it was meant for, and for nobody else."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.sealing import digests, envelopes, filing, keys, letters, padding, parts, receipts
from lianfang.sealing.parts import CannotOpen
from lianfang.sealing.work import find, is_done

REPORT, OTHER = uuid4(), uuid4()
KEY = parts.new_key()
SALT = bytes(32)


def to(*pairs: envelopes.Pair) -> list[filing.To]:
    """Return these keys under fresh names."""
    return [filing.To(key=uuid4(), public=pair.public) for pair in pairs]


@given(st.binary(max_size=70_000))
@settings(max_examples=40)
def test_what_is_padded_comes_back_and_its_length_is_that_of_a_class(content: bytes) -> None:
    block = padding.padded(content)
    assert padding.unpadded(block) == content
    assert len(block) in {4096, 16384, 65536, 262144}


@pytest.mark.parametrize(
    ("length", "size"), [(0, 4096), (4092, 4096), (4093, 16384), (16380, 16384), (16381, 65536)]
)
def test_the_classes_begin_where_the_one_before_is_full(length: int, size: int) -> None:
    assert padding.class_of(length) == size


@pytest.mark.parametrize(
    "block",
    [b"", bytes(10), bytes(4095) + b"\1", b"\xff" * 4096, bytes(16384)],
    ids=["empty", "short", "not zeros", "longer than itself", "a class too large"],
)
def test_what_was_not_padded_here_is_refused(block: bytes) -> None:
    with pytest.raises(padding.BadPadding):
        padding.unpadded(block)


def test_a_part_opens_with_its_key_report_and_name_alone() -> None:
    sealed = parts.seal_part(b"text", key=KEY, report=REPORT, name="body")
    assert parts.open_part(sealed, key=KEY, report=REPORT, name="body") == b"text"
    for key, report, name, bytes_ in (
        (parts.new_key(), REPORT, "body", sealed),
        (KEY, OTHER, "body", sealed),
        (KEY, REPORT, "file/1", sealed),
        (KEY, REPORT, "body", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (KEY, REPORT, "body", sealed[:10]),
        (KEY, REPORT, "body", b""),
    ):
        with pytest.raises(CannotOpen):
            parts.open_part(bytes_, key=key, report=report, name=name)


def test_texts_of_one_class_are_sealed_to_one_length_and_never_the_same_bytes() -> None:
    short = parts.seal_part(b"a", key=KEY, report=REPORT, name="body")
    long = parts.seal_part(b"b" * 4000, key=KEY, report=REPORT, name="body")
    again = parts.seal_part(b"a", key=KEY, report=REPORT, name="body")
    assert len(short) == len(long) == 24 + 4096 + 16
    assert short != again


def test_an_envelope_opens_for_its_key_alone() -> None:
    one, other = envelopes.new_pair(), envelopes.new_pair()
    sealed = envelopes.seal_key(KEY, one.public)
    assert len(sealed) == envelopes.SEALED_KEY
    assert envelopes.open_key(sealed, one) == KEY
    with pytest.raises(CannotOpen):
        envelopes.open_key(sealed, other)


def test_an_identity_takes_a_reader_and_a_witness() -> None:
    reader, witness = envelopes.new_pair(), envelopes.new_pair()
    sealed = filing.seal_report(
        report=REPORT,
        body={"what": "text"},
        readers=to(reader),
        identity={"name": "王某"},
        witnesses=to(witness),
    )
    held = {one.kind: one.sealed for one in sealed.envelopes}
    for kind in ("content", "identity_a"):
        with pytest.raises(CannotOpen):
            envelopes.open_key(held[kind], witness)
    with pytest.raises(CannotOpen):
        envelopes.open_key(held["identity_b"], reader)
    halves = [
        envelopes.open_key(held["identity_a"], reader),
        envelopes.open_key(held["identity_b"], witness),
    ]
    for half in [*halves, envelopes.open_key(held["content"], reader)]:
        with pytest.raises(CannotOpen):
            parts.open_part(sealed.identity, key=half, report=REPORT, name="identity")
    whole = envelopes.joined(*halves)
    opened = parts.open_part(sealed.identity, key=whole, report=REPORT, name="identity")
    assert parts.read(opened) == {"name": "王某"}


def test_nothing_is_sealed_to_nobody() -> None:
    with pytest.raises(ValueError, match="nobody"):
        filing.seal_report(report=REPORT, body={}, readers=[])
    with pytest.raises(ValueError, match="nobody"):
        filing.seal_report(
            report=REPORT, body={}, readers=to(envelopes.new_pair()), identity={"name": "王某"}
        )


def test_the_receipt_opens_answers_and_nothing_that_was_sent() -> None:
    sender = receipts.derive("1234567890123456", SALT, rounds=10).pair
    office = letters.letters_pair(KEY).public
    answer = filing.seal_further(
        report=REPORT,
        letter=OTHER,
        letters_key=office,
        content={"text": "请问是哪一周"},
        sender=sender.public,
    )
    key = letters.key_for_sender(answer.sealed, pair=sender)
    text = letters.open_letter(answer.sealed, key=key, report=REPORT, letter=OTHER)
    assert parts.read(text) == {"text": "请问是哪一周"}
    further = filing.seal_further(
        report=REPORT, letter=OTHER, letters_key=office, content={"text": "第二周"}
    )
    with pytest.raises(CannotOpen):
        letters.key_for_sender(further.sealed, pair=sender)
    with pytest.raises(CannotOpen):
        envelopes.open_key(further.sealed[1:81], sender)
    assert letters.is_letter(further.sealed, envelopes=1, least=4096)
    assert not letters.is_letter(further.sealed, envelopes=2, least=4096)
    assert not letters.is_letter(b"", envelopes=1, least=0)


@pytest.mark.parametrize(
    "text",
    ["1234567890123456", "1234 5678 9012 3456", "1234-5678—9012‑3456", "１２３４ 5678 9012 3456 "],
)
def test_a_receipt_is_read_as_people_type_it(text: str) -> None:
    assert receipts.typed(text) == "1234567890123456"


@pytest.mark.parametrize("text", ["", "123456789012345", "12345678901234567", "1234567890l23456"])
def test_what_is_no_receipt_is_none(text: str) -> None:
    assert receipts.typed(text) is None


def test_receipts_are_sixteen_digits_shown_in_fours() -> None:
    found = {receipts.new_receipt() for _ in range(50)}
    assert len(found) == 50
    assert all(receipts.typed(one) == one for one in found)
    assert receipts.grouped("1234567890123456") == "1234 5678 9012 3456"


def test_the_stored_lookup_needs_the_pepper() -> None:
    token = receipts.derive("1234567890123456", SALT, rounds=10).token
    assert receipts.lookup_of(token, b"one") != receipts.lookup_of(token, b"other")


def test_a_wrapped_key_opens_with_its_passphrase_alone() -> None:
    pair = envelopes.new_pair()
    wrapped = keys.wrap(pair, "一句自己的话", operations=1, memory=8192)
    assert pair.secret not in wrapped.sealed
    assert keys.unwrap(wrapped, "一句自己的话", pair.public) == pair
    with pytest.raises(CannotOpen):
        keys.unwrap(wrapped, "另一句", pair.public)


def test_work_for_one_purpose_serves_no_other() -> None:
    number = find("challenge", "report", bits=8)
    assert is_done("challenge", "report", number, bits=8)
    others = [is_done("challenge", f"report {other}", number, bits=8) for other in range(50)]
    assert sum(others) < 5


def test_a_digest_tells_every_part_apart() -> None:
    name = UUID(int=1)
    told = [("body", b"one"), ("file/1", b"two")]
    found = digests.digest_of("report", name, told)
    assert found == digests.digest_of("report", name, reversed(told))
    assert found != digests.digest_of("letter", name, told)
    assert found != digests.digest_of("report", UUID(int=2), told)
    assert found != digests.digest_of("report", name, [("body", b"two"), ("file/1", b"one")])
