"""Looks into a zip-packed office file before any library does: size, packing, entities, macros."""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lianfang.common.text import Text
from lianfang.documents import limits
from lianfang.documents.model import Problem, ProblemCode

_XML = (".xml", ".rels", ".vml")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_CHUNK = limits.MEGABYTE
_OVERLAP = 64

# A part name that betrays content which a table does not need; it is never opened.
_INERT = (
    (re.compile(r"vbaProject|\.bin$.*macro", re.IGNORECASE), "宏", "macros"),
    (re.compile(r"externalLink", re.IGNORECASE), "外部链接", "links to other files"),
    (re.compile(r"/connections\.xml|queryTable", re.IGNORECASE), "数据连接", "data connections"),
    (re.compile(r"embeddings/|activeX/", re.IGNORECASE), "嵌入对象", "embedded objects"),
)

# Shown the name of a part and a block of its bytes.
Look = Callable[[str, bytes], None]


@contextmanager
def open_package(path: Path, look: Look | None = None) -> Iterator[zipfile.ZipFile]:
    """Hold the package at `path` open, every part of it within the limits.

    `look` is shown the name and each block of every XML part, while they are read anyway.

    Raises FileRefused for a broken or encrypted archive, one that unpacks to too much, and one
    whose XML declares entities; also for damage found later, while it is open. Reads each XML
    part once.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _require_sizes(path.name, package)
            _require_plain_xml(path.name, package, look)
            yield package
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise broken(path.name) from error


def broken(file: str) -> limits.FileRefused:
    """Return the refusal of a file whose contents are damaged."""
    return limits.refuse(
        file,
        "文件已损坏，打不开。请在 Office 或 WPS 中打开原文件，另存一份再试。",
        "the file is damaged and can't be opened. "
        "Open the original in Office or WPS, save a copy, and try again.",
    )


def encrypted(file: str) -> limits.FileRefused:
    """Return the refusal of a file that needs a password."""
    return limits.refuse(
        file,
        "文件设有打开密码。请取消密码后另存一份。",
        "the file needs a password. Remove the password and save a copy.",
    )


def _require_sizes(file: str, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted(file)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > limits.PARTS or unpacked > limits.UNPACKED_BYTES:
        raise _bomb(file)
    for part in parts:
        packed_tightly = part.file_size > limits.PACKING_RATIO * max(part.compress_size, 1)
        if part.file_size > limits.RATIO_FROM_BYTES and packed_tightly:
            raise _bomb(file)


def _bomb(file: str) -> limits.FileRefused:
    size = limits.UNPACKED_BYTES // limits.MEGABYTE
    return limits.refuse(
        file,
        f"文件解压后过大（最多 {size} MB，压缩比最多 {limits.PACKING_RATIO} 倍），"
        "可能是压缩炸弹，不予读取。请把表格复制到新文件中再试。",
        f"the file unpacks to too much (at most {size} MB, at most {limits.PACKING_RATIO} times "
        "its packed size) and may be a zip bomb; it is not read. Copy the table into a new file.",
    )


def _require_plain_xml(file: str, package: zipfile.ZipFile, look: Look | None) -> None:
    for part in package.infolist():
        known = part.filename.lower().endswith(_XML)
        for block in blocks(package, part.filename):
            if not known and block.lstrip()[:1] != b"<":
                break  # a picture or the like; a part is XML by its content, too
            known = True
            # The plain search first: it rules nearly every block out at no cost.
            declares = b"<!" in block and _ENTITY.search(block) is not None
            if declares or block.startswith(_UTF16):
                raise limits.refuse(
                    file,
                    f"部件 {part.filename} 含有 XML 实体或非 UTF-8 声明，不予读取。"
                    "请把表格复制到新文件中再试。",
                    f"part {part.filename} declares XML entities or is not UTF-8; it is not read. "
                    "Copy the table into a new file.",
                )
            if look is not None:
                look(part.filename, block)


def blocks(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part's bytes in blocks that overlap a little, so that no short match is cut.

    Raises zipfile.BadZipFile when more comes out than the archive declares.
    """
    tail = b""
    read = 0
    declared = package.getinfo(name).file_size
    with package.open(name) as part:
        while block := part.read(_CHUNK):
            read += len(block)
            if read > declared:
                raise zipfile.BadZipFile(name)
            yield tail + block
            tail = block[-_OVERLAP:]


def inert_parts(package: zipfile.ZipFile) -> tuple[Problem, ...]:
    """Return one problem for each kind of part that was left aside unread."""
    names = package.namelist()
    return tuple(
        Problem(
            ProblemCode.PART_INERT,
            Text(
                f"文件中的{zh}没有读取，也没有运行，只读取了表格内容。",
                f"The file holds {en}: they were neither read nor run; only the table was read.",
            ),
        )
        for pattern, zh, en in _INERT
        if any(pattern.search(name) for name in names)
    )
