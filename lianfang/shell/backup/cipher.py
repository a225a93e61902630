"""The sealed file: a key from a passphrase, and chunks that can't be changed, moved or cut off.

Argon2id makes the key. Each chunk is sealed with ChaCha20-Poly1305 under a nonce of its own that
holds its number and whether it is the last one (the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár, 2015), so a file that was cut off is found even where a chunk ends.
"""

import io
import os
import struct
from typing import IO

import argon2.low_level as argon2
import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from lianfang.common.errors import Refused
from lianfang.common.text import Text

MAGIC = b"lianfang backup\n"
FORMAT = 1
CHUNK = 64 * 1024
LEAST_PASSPHRASE = 12
_TAG = 16
_SALT = 16
_PREFIX = 7
_LENGTH = struct.Struct(">I")
_MOST_HEADER = 4_096
# What a header may ask of this machine before its passphrase is known to be right.
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_PASSES = 20
_MOST_LANES = 16


class SealRefused(Refused):
    """A file that is no backup, that this passphrase does not open, or that is not whole."""


class WeakPassphrase(Refused):
    """A passphrase that is too short to protect a file that leaves the house."""


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands in clear before the chunks; every chunk is bound to it."""

    format: int = FORMAT
    kdf: str = "argon2id"
    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4
    salt: str
    cipher: str = "chacha20-poly1305-stream"
    chunk: int = CHUNK
    prefix: str

    def key(self, passphrase: str) -> bytes:
        """Return the 32 bytes of the key; a second of work, for whoever guesses as well."""
        return argon2.hash_secret_raw(
            secret=passphrase.encode(),
            salt=bytes.fromhex(self.salt),
            time_cost=self.passes,
            memory_cost=self.memory_kib,
            parallelism=self.lanes,
            hash_len=32,
            type=argon2.Type.ID,
        )


class Sealer(io.RawIOBase):
    """Writes a sealed file. Only `close` makes it whole: what was not closed is found out."""

    def __init__(self, out: IO[bytes], passphrase: str) -> None:
        if len(passphrase) < LEAST_PASSPHRASE:
            raise WeakPassphrase(
                Text(
                    f"备份口令至少 {LEAST_PASSPHRASE} 个字符，请换一个长些的。",
                    f"The passphrase of a backup has at least {LEAST_PASSPHRASE} characters; "
                    "choose a longer one.",
                )
            )
        header = Header(salt=os.urandom(_SALT).hex(), prefix=os.urandom(_PREFIX).hex())
        told = msgspec.json.encode(header)
        self._out = out
        self._chunks = _Chunks(header, told, passphrase)
        self._waiting = bytearray()
        out.write(MAGIC + _LENGTH.pack(len(told)) + told)

    def writable(self) -> bool:
        """Say that this can be written to."""
        return True

    def write(self, content: object) -> int:
        """Take bytes; a chunk is sealed when more follows it."""
        told = bytes(content)  # type: ignore[call-overload]
        self._waiting += told
        while len(self._waiting) > CHUNK:
            self._out.write(self._chunks.sealed(bytes(self._waiting[:CHUNK]), is_last=False))
            del self._waiting[:CHUNK]
        return len(told)

    def finish(self) -> None:
        """Seal the last chunk."""
        self._out.write(self._chunks.sealed(bytes(self._waiting), is_last=True))
        self._waiting.clear()


class Opener(io.RawIOBase):
    """Reads a sealed file from the front. Raises SealRefused for what is wrong with it."""

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        header, told = _header(source)
        self._source = source
        self._chunks = _Chunks(header, told, passphrase)
        self._size = header.chunk + _TAG
        self._ahead = _read_fully(source, self._size)
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Give bytes that were found whole."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._ready and not self._ended:
            self._next()
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def require_end(self) -> None:
        """Read what is left, so that a file that was cut off is found."""
        while not self._ended:
            self._next()

    def _next(self) -> None:
        sealed, self._ahead = self._ahead, _read_fully(self._source, self._size)
        self._ended = not self._ahead
        self._ready = self._chunks.opened(sealed, is_last=self._ended)


class _Chunks:
    """Seals or opens chunks one after the other."""

    def __init__(self, header: Header, told: bytes, passphrase: str) -> None:
        self._cipher = ChaCha20Poly1305(header.key(passphrase))
        self._prefix = bytes.fromhex(header.prefix)
        self._bound = MAGIC + told
        self._number = 0

    def sealed(self, content: bytes, *, is_last: bool) -> bytes:
        """Return the next chunk."""
        nonce = self._nonce(is_last=is_last)
        self._number += 1
        return self._cipher.encrypt(nonce, content, self._bound)

    def opened(self, sealed: bytes, *, is_last: bool) -> bytes:
        """Return the content of the next chunk. Raises SealRefused."""
        try:
            content = self._cipher.decrypt(self._nonce(is_last=is_last), sealed, self._bound)
        except InvalidTag as error:
            raise self._refusal(sealed, is_last=is_last) from error
        self._number += 1
        return content

    def _nonce(self, *, is_last: bool) -> bytes:
        return self._prefix + _LENGTH.pack(self._number) + bytes([is_last])

    def _refusal(self, sealed: bytes, *, is_last: bool) -> SealRefused:
        if is_last and self._opens(sealed):
            return cut_off()
        if self._number == 0:
            return SealRefused(
                Text(
                    "口令不对，或文件开头已损坏，没有恢复任何内容。请核对口令，或换一份备份。",
                    "The passphrase is wrong, or the beginning of the file is damaged. Nothing was "
                    "restored. Check the passphrase, or use another backup.",
                )
            )
        return SealRefused(
            Text(
                f"备份文件在第 {self._number + 1} 块（每块 {CHUNK // 1024} KB）处已损坏或被截断，"
                "没有恢复任何内容。请换一份备份。",
                f"The backup is damaged or cut off at chunk {self._number + 1} (of "
                f"{CHUNK // 1024} KB each). Nothing was restored; use another backup.",
            )
        )

    def _opens(self, sealed: bytes) -> bool:
        """Return whether a chunk is whole but not the last."""
        try:
            self._cipher.decrypt(self._nonce(is_last=False), sealed, self._bound)
        except InvalidTag:
            return False
        return True


def cut_off() -> SealRefused:
    """Return the refusal of a file whose end is missing."""
    return SealRefused(
        Text(
            "备份文件不完整：末尾缺失，没有恢复任何内容。请换一份备份。",
            "The backup is not whole: its end is missing. Nothing was restored; use another one.",
        )
    )


def _header(source: IO[bytes]) -> tuple[Header, bytes]:
    start = _read_fully(source, len(MAGIC) + _LENGTH.size)
    if not start.startswith(MAGIC) or len(start) < len(MAGIC) + _LENGTH.size:
        raise _no_backup()
    length = _LENGTH.unpack(start[len(MAGIC) :])[0]
    told = _read_fully(source, length) if length <= _MOST_HEADER else b""
    try:
        header = msgspec.json.decode(told, type=Header)
        bytes.fromhex(header.salt), bytes.fromhex(header.prefix)
    except (msgspec.DecodeError, ValueError) as error:
        raise _no_backup() from error
    if header.format > FORMAT:
        raise newer()
    if not _is_bearable(header):
        raise _no_backup()
    return header, told


def _is_bearable(header: Header) -> bool:
    return (
        header.kdf == "argon2id"
        and header.cipher == "chacha20-poly1305-stream"
        and header.chunk == CHUNK
        and len(header.salt) == 2 * _SALT
        and len(header.prefix) == 2 * _PREFIX
        and 1 <= header.passes <= _MOST_PASSES
        and 1 <= header.lanes <= _MOST_LANES
        and 8 * header.lanes <= header.memory_kib <= _MOST_MEMORY_KIB
    )


def newer(release: str = "") -> SealRefused:
    """Return the refusal of a backup that a later release made."""
    return SealRefused(
        Text(
            f"这份备份来自更新的版本{' ' if release else ''}{release}，"
            "请先把本程序升级到该版本再恢复。",
            f"This backup was made by a newer release {release}".rstrip()
            + ". Install that release, then restore.",
        )
    )


def _no_backup() -> SealRefused:
    return SealRefused(
        Text(
            "这不是廉防的备份文件，或开头已损坏。请检查是否选错了文件。",
            "This is no backup of Lianfang, or its beginning is damaged. Check whether it is the "
            "right file.",
        )
    )


def _read_fully(source: IO[bytes], size: int) -> bytes:
    """Return that many bytes, fewer only at the end; a pipe gives them in pieces."""
    pieces = []
    while size:
        piece = source.read(size)
        if not piece:
            break
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
