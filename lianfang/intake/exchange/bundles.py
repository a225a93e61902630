"""What was uploaded, file by file: a zip is opened, and its tables come out piece by piece.

Nothing is written to the disk, and no name in a zip is used as a path. What a zip says of itself
is not believed: no more is read at once, or in all, than is allowed here.
"""

import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from copy import copy
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Protocol, cast

from django.conf import settings

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.documents import limits
from lianfang.files.rules import clean_name
from lianfang.intake.actions.receiving import Sent

CHUNK = 256 * 1024
MOST_FILES = 200
TAKEN = (".xlsx", ".xls", ".et", ".docx", ".doc", ".wps", ".csv")

_ZIP = ".zip"
_ENCRYPTED = 1 << 0
_UTF8 = 1 << 11
# The other methods unpack a whole block at once, however large it is.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# A list of members longer than this would fill the memory by itself.
_MOST_AT_ONCE = limits.MEGABYTE
# So many last parts of a member's path can come into its name, behind the name of the zip.
_LAST_PARTS = 3
_JUNK = frozenset({"thumbs.db", "desktop.ini"})
_JUNK_FOLDER = "__macosx"
_HIDDEN = "."
_LOCK = "~$"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    OverflowError,
    RuntimeError,  # also NotImplementedError
    ValueError,  # also UnicodeDecodeError
)


class BundleRefused(Refused):
    """A zip that is not unpacked; the sentence names it, what is wrong, and the mend."""


class SentFile(Protocol):
    """A file as it was uploaded; one called .zip can also `read`, `seek` and `tell`."""

    @property
    def name(self) -> str | None:
        """What it was called."""

    @property
    def size(self) -> int | None:
        """How many bytes it has."""

    def chunks(self) -> Iterator[bytes]:
        """Return its bytes, piece by piece."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bundle:
    """The files to keep, and the names of what was in a zip and is no table."""

    sent: list[Sent]
    left_out: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """A file to keep: its name behind the folders that can tell it from others."""

    path: tuple[str, ...]
    chunks: Iterable[bytes]
    unpacked: int = 0


@contextmanager
def opened(files: Sequence[SentFile]) -> Iterator[Bundle]:
    """Hold what was uploaded open: every zip's tables in its place, every other file as it is.

    The chunks are read from the zips only as they are asked for, while they are held open.

    Raises BundleRefused for a zip that is damaged, encrypted, holds another zip or no table, or
    unpacks to too much; while the chunks are read, for one that is not what it says of itself.
    """
    found: list[_Found] = []
    left_out: list[str] = []
    with ExitStack() as held:
        for file in files:
            name = file.name or ""
            if name.lower().endswith(_ZIP):
                archive = held.enter_context(_archive(name, file))
                taken, left = _sorted_out(name, archive)
                found += taken
                left_out += left
            else:
                found.append(_Found(path=(name,), chunks=file.chunks()))
            _require_room(name, found)
        names = _told_apart([one.path for one in found])
        yield Bundle(
            sent=[
                Sent(name=name, chunks=one.chunks) for name, one in zip(names, found, strict=True)
            ],
            left_out=tuple(left_out),
        )


class _Bounded:
    """A file that is read by pieces only, however much is asked for."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self._name = name
        self._file = file
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable

    def read(self, size: int = -1) -> bytes:
        """Return the next `size` bytes, or all. Raises BundleRefused when they are too many."""
        most = _MOST_AT_ONCE + 1
        data = self._file.read(min(size, most) if size >= 0 else most)
        if len(data) > _MOST_AT_ONCE:
            raise _overfull(self._name)
        return data


def _archive(name: str, file: SentFile) -> zipfile.ZipFile:
    with _refusing(_broken(name)):
        return zipfile.ZipFile(_Bounded(name, cast("IO[bytes]", file)))


def _sorted_out(file: str, archive: zipfile.ZipFile) -> tuple[list[_Found], list[str]]:
    """Return the tables in a zip and the names of what is left out. Raises BundleRefused."""
    taken: list[_Found] = []
    left_out: list[str] = []
    for info in archive.infolist():
        parts = _parts(info)
        if not parts or _is_junk(parts):
            continue
        name = clean_name(parts[-1])
        suffix = PurePath(name).suffix.lower()
        if suffix == _ZIP:
            raise _nested(file, name)
        if suffix not in TAKEN:
            left_out.append(name)
            continue
        _require_sound(file, name, info)
        taken.append(
            _Found(
                path=(PurePath(file).stem, *parts[-_LAST_PARTS:]),
                chunks=_chunks(file, name, archive, info),
                unpacked=info.file_size,
            )
        )
    if not taken:
        raise _nothing(file)
    return taken, left_out


def _chunks(
    file: str, name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo
) -> Iterator[bytes]:
    """Yield a member's bytes. Raises BundleRefused for damage, and for more than it declares."""
    # The library stops in silence at the declared size; it is to go on, so that more is seen.
    beyond = copy(info)
    beyond.file_size += CHUNK
    read = 0
    with _refusing(_broken_member(file, name)), archive.open(beyond) as member:
        while chunk := member.read(CHUNK):
            read += len(chunk)
            if read > info.file_size:
                raise _growing(file, name)
            yield chunk


@contextmanager
def _refusing(refusal: BundleRefused) -> Iterator[None]:
    """Raise the refusal for whatever a damaged zip makes the library raise."""
    try:
        yield
    except _DAMAGE as error:
        raise refusal from error


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """Return the parts of a member's path that are names; none for a folder."""
    path = _written(info).replace("\\", "/")
    if path.endswith("/"):
        return ()
    return tuple(part for part in path.split("/") if part.strip(" ."))


def _written(info: zipfile.ZipInfo) -> str:
    """Return a member's path as it was meant: Chinese Windows writes GB18030 without saying so."""
    # Not `filename`: there a backslash may have been replaced, which can be half a character.
    path = info.orig_filename
    if info.flag_bits & _UTF8:
        return path
    with suppress(UnicodeEncodeError):
        raw = path.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            with suppress(UnicodeDecodeError):
                return raw.decode(encoding)
    return path


def _is_junk(parts: Sequence[str]) -> bool:
    """Return whether a member is what systems and programs leave behind."""
    return (
        parts[-1].lower() in _JUNK
        or parts[-1].startswith(_LOCK)
        or any(part.startswith(_HIDDEN) or part.lower() == _JUNK_FOLDER for part in parts)
    )


def _told_apart(paths: Sequence[tuple[str, ...]]) -> list[str]:
    """Return a name for each path: its last part, behind folders where several share it."""
    depths = [1] * len(paths)
    names = [path[-1] for path in paths]
    for _ in range(_LAST_PARTS):
        times = Counter(name.casefold() for name in names)
        depths = [
            depth + (times[name.casefold()] > 1) for depth, name in zip(depths, names, strict=True)
        ]
        names = ["-".join(path[-depth:]) for path, depth in zip(paths, depths, strict=True)]
    return names


def _require_sound(file: str, name: str, info: zipfile.ZipInfo) -> None:
    """Raise BundleRefused unless a member can be unpacked, by what is said of it."""
    if info.flag_bits & _ENCRYPTED:
        raise _encrypted(file, name)
    if info.compress_type not in _METHODS:
        raise _unknown_method(file, name)
    if info.file_size > settings.FILE_BYTES:
        raise _too_large(file, name)
    packed_tightly = info.file_size > limits.PACKING_RATIO * max(info.compress_size, 1)
    if info.file_size > limits.RATIO_FROM_BYTES and packed_tightly:
        raise _bomb(file, name)


def _require_room(file: str, found: Sequence[_Found]) -> None:
    """Raise BundleRefused when the files up to this one are too many, or too much."""
    if len(found) > MOST_FILES:
        raise _refuse(
            file,
            f"连同这个文件，一次上传了 {len(found)} 个文件，最多收 {MOST_FILES} 个。请分几次上传。",
            f"with this one, {len(found)} files were sent at once; at most {MOST_FILES} are "
            "taken. Send them in several goes.",
        )
    if sum(one.unpacked for one in found) > limits.UNPACKED_BYTES:
        most = limits.UNPACKED_BYTES // limits.MEGABYTE
        raise _refuse(
            file,
            f"连同这个文件，解压后一共超过 {most} MB。请分几次上传。",
            f"with this one, more than {most} MB are unpacked in all. Send them in several goes.",
        )


def _refuse(file: str, zh: str, en: str) -> BundleRefused:
    name = clean_name(file)
    return BundleRefused(Text(f"{name}：{zh}", f"{name}: {en}"))


def _broken(file: str) -> BundleRefused:
    return _refuse(
        file,
        "不是 zip 文件，或已损坏，打不开。请重新压缩后再上传，或直接上传里面的表格。",
        "it is no zip file, or is damaged, and can't be opened. "
        "Pack it again, or send the tables in it themselves.",
    )


def _overfull(file: str) -> BundleRefused:
    return _refuse(
        file,
        "里面的条目太多，没有打开。请只把表格重新压缩后再上传。",
        "it lists too many entries and was not opened. Pack only the tables, and send it again.",
    )


def _nothing(file: str) -> BundleRefused:
    kinds = " ".join(TAKEN)
    return _refuse(
        file,
        f"里面没有能收的表格（能收：{kinds}）。请把表格放进去，重新压缩后再上传。",
        f"it holds no table that is taken ({kinds}). Put the tables in, and pack it again.",
    )


def _broken_member(file: str, name: str) -> BundleRefused:
    return _refuse(
        file,
        f"里面的“{name}”已损坏，解压不出来。请重新压缩后再上传，或直接上传这个表格。",
        f"“{name}” in it is damaged and can't be unpacked. "
        "Pack it again, or send this table itself.",
    )


def _encrypted(file: str, name: str) -> BundleRefused:
    return _refuse(
        file,
        f"里面的“{name}”设有密码。请自己解压后上传表格，或重新压缩成不带密码的 zip。",
        f"“{name}” in it needs a password. "
        "Unpack it yourself and send the tables, or make a zip without a password.",
    )


def _nested(file: str, name: str) -> BundleRefused:
    return _refuse(
        file,
        f"里面还有一个压缩包“{name}”。请先把它解压，再上传其中的表格。",
        f"there is another zip in it, “{name}”. Unpack that one first, then send its tables.",
    )


def _unknown_method(file: str, name: str) -> BundleRefused:
    return _refuse(
        file,
        f"里面的“{name}”用了少见的压缩方法，解压不了。请用系统自带的压缩功能重新压缩成 zip。",
        f"“{name}” in it is packed by a method that is not known here. "
        "Make an ordinary zip with what your system brings along.",
    )


def _too_large(file: str, name: str) -> BundleRefused:
    most = settings.FILE_BYTES // limits.MEGABYTE
    return _refuse(
        file,
        f"里面的“{name}”解压后超过 {most} MB。请去掉图片或拆成几个文件。",
        f"“{name}” in it unpacks to more than {most} MB. Remove pictures or split it.",
    )


def _bomb(file: str, name: str) -> BundleRefused:
    return _refuse(
        file,
        f"里面的“{name}”压缩比超过 {limits.PACKING_RATIO} 倍，可能是压缩炸弹，不予解压。"
        "请把表格复制到新文件中，重新压缩。",
        f"“{name}” in it is packed more than {limits.PACKING_RATIO} times smaller and may be a "
        "zip bomb; it is not unpacked. Copy the table into a new file, and pack that.",
    )


def _growing(file: str, name: str) -> BundleRefused:
    return _refuse(
        file,
        f"里面的“{name}”解压出来比标明的大，可能是压缩炸弹，没有再解压。"
        "请重新压缩后再上传，或直接上传这个表格。",
        f"“{name}” in it unpacks to more than it declares and may be a zip bomb; unpacking was "
        "stopped. Pack it again, or send this table itself.",
    )
