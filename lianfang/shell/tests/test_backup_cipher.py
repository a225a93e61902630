"""A sealed file: opened by its passphrase alone, and every kind of damage is found."""

import io
import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.shell.backup import cipher
from lianfang.shell.backup.cipher import CHUNK, MAGIC, Header, Opener, Sealer, SealRefused

PASSPHRASE = "a passphrase of some length"
SEALED_CHUNK = CHUNK + 16
CONTENT = random.Random(7).randbytes(3 * CHUNK + 1000)
# Fast keys: what is tested here does not depend on how long one takes.
FAST = {"memory_kib": 32, "passes": 1}


@pytest.fixture(autouse=True)
def _fast_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fast(Header, frozen=True, kw_only=True, forbid_unknown_fields=True):
        memory_kib: int = FAST["memory_kib"]
        passes: int = FAST["passes"]

    monkeypatch.setattr(cipher, "Header", Fast)


def sealed(content: bytes = CONTENT) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, PASSPHRASE)
    sealer.write(content)
    sealer.finish()
    return out.getvalue()


def opened(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    opener = Opener(io.BytesIO(content), passphrase)
    found = io.BufferedReader(opener).read()
    opener.require_end()
    return found


def begins(content: bytes) -> int:
    """Return where the first chunk begins."""
    return content.index(b"}") + 1


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_went_in_comes_out(size: int) -> None:
    assert opened(sealed(CONTENT[:size])) == CONTENT[:size]


def test_no_two_files_are_alike_and_none_tells_its_content() -> None:
    first, second = sealed(b"secret" * 100), sealed(b"secret" * 100)
    assert first[begins(first) :] != second[begins(second) :]
    assert b"secret" not in first


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(SealRefused, match="口令不对"):
        opened(sealed(), "another passphrase")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_single_changed_bit_is_found(drawn: st.DataObject) -> None:
    content = bytearray(_whole())
    place = drawn.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << drawn.draw(st.integers(0, 7))
    with pytest.raises(SealRefused) as refused:
        opened(bytes(content))
    assert refused.value.text.zh.endswith("。")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_end_that_is_missing_is_found(drawn: st.DataObject) -> None:
    content = _whole()
    edges = [begins(content) + number * SEALED_CHUNK for number in range(4)]
    left = drawn.draw(st.integers(0, len(content) - 1) | st.sampled_from(edges))
    with pytest.raises(SealRefused):
        opened(content[:left])


def test_an_end_that_is_missing_at_the_edge_of_a_chunk_is_told_as_such() -> None:
    content = _whole()
    with pytest.raises(SealRefused, match="末尾缺失"):
        opened(content[: begins(content) + 2 * SEALED_CHUNK])


def test_what_follows_the_end_is_found() -> None:
    with pytest.raises(SealRefused):
        opened(_whole() + b"x")


def test_chunks_can_not_be_swapped_repeated_or_left_out() -> None:
    content = _whole()
    head, body = content[: begins(content)], content[begins(content) :]
    chunks = [body[place : place + SEALED_CHUNK] for place in range(0, len(body), SEALED_CHUNK)]
    first, second, third, last = chunks
    for order in ([second, first, third, last], [first, first, third, last], [first, third, last]):
        with pytest.raises(SealRefused):
            opened(head + b"".join(order))


def test_a_chunk_of_another_file_is_found() -> None:
    one, other = sealed(), sealed()
    mixed = one[: begins(one) + SEALED_CHUNK] + other[begins(other) + SEALED_CHUNK :]
    with pytest.raises(SealRefused, match="第 2 块"):
        opened(mixed)


@pytest.mark.parametrize(
    "header",
    [
        {"memory_kib": 1024 * 1024 * 1024},
        {"passes": 10**6},
        {"lanes": 0},
        {"memory_kib": 1},
        {"kdf": "none"},
        {"cipher": "none"},
        {"chunk": 2**30},
        {"salt": "zz"},
        {"salt": ""},
        {"surplus": 1},
        {"format": "1"},
    ],
)
def test_a_header_that_asks_too_much_is_refused_before_any_work(
    header: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("A key was made")

    monkeypatch.setattr(Header, "key", never)
    content = msgspec.json.encode(_header() | header)
    with pytest.raises(SealRefused, match="不是廉防的备份"):
        opened(MAGIC + len(content).to_bytes(4, "big") + content + b"x" * 99)


def test_a_later_format_asks_for_a_later_release() -> None:
    content = msgspec.json.encode(_header() | {"format": 2})
    with pytest.raises(SealRefused, match="更新的版本"):
        opened(MAGIC + len(content).to_bytes(4, "big") + content)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", MAGIC, MAGIC + b"\xff" * 4, MAGIC + b"\0" * 9]
)
def test_what_is_no_backup_is_refused(content: bytes) -> None:
    with pytest.raises(SealRefused, match="不是廉防的备份"):
        opened(content)


def _header() -> dict[str, object]:
    return {
        "format": 1,
        "kdf": "argon2id",
        "memory_kib": 65536,
        "passes": 3,
        "lanes": 4,
        "salt": "00" * 16,
        "cipher": "chacha20-poly1305-stream",
        "chunk": CHUNK,
        "prefix": "00" * 7,
    }


_kept: list[bytes] = []


def _whole() -> bytes:
    """Return one sealed file, made once."""
    if not _kept:
        _kept.append(sealed())
    return _kept[0]
