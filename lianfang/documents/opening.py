"""Opens a file by what it is, not by what it is called, and refuses the rest with a sentence."""

from collections.abc import Callable
from pathlib import Path

from lianfang.documents import limits
from lianfang.documents.formats import delimited, excel, legacy, packages, word
from lianfang.documents.grids import Opened

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Older .wps and .doc files; also .xls before 1997.
_OLE_SUFFIXES: dict[str, Callable[[Path], Opened]] = {
    ".xls": excel.open_xls,
    ".et": excel.open_xls,
    ".doc": legacy.open_doc,
    ".wps": legacy.open_doc,
}
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
ACCEPTED = ".xlsx .xls .docx .csv .doc .wps"


def open_file(path: Path) -> Opened:
    """Return the grids of the file at `path`.

    Raises FileRefused when there is no such file, it is larger than `limits.FILE_BYTES`, or its
    content is of no kind that is read.
    """
    head = _head(path)
    if head.startswith(_ZIP):
        return _open_package(path)
    if head.startswith(_OLE):
        return _open_ole(path)
    if path.suffix.lower() in (".xlsx", ".docx"):
        raise packages.broken(path.name)
    if head.startswith(_BINARY) or path.suffix.lower() not in (".csv", ".txt", ".tsv", ""):
        raise _unknown(path)
    return delimited.open_csv(path)


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir() or size > limits.FILE_BYTES:
            raise _wrong_size(path, size)
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise limits.refuse(
            path.name,
            f"打不开（{error.strerror}）。请检查路径和权限。",
            f"it can't be opened ({error.strerror}). Check the path and the permissions.",
        ) from error
    if not head:
        raise limits.refuse(
            path.name,
            "文件是空的。请检查是否选错了文件。",
            "the file is empty. Check whether it is the right one.",
        )
    return head


def _wrong_size(path: Path, size: int) -> limits.FileRefused:
    if path.is_dir():
        return limits.refuse(
            path.name,
            "这是文件夹。请给出其中的文件。",
            "this is a folder. Name the files in it.",
        )
    most = limits.FILE_BYTES // limits.MEGABYTE
    return limits.refuse(
        path.name,
        f"文件有 {size // limits.MEGABYTE} MB，最多读 {most} MB。请去掉图片或拆成几个文件。",
        f"the file has {size // limits.MEGABYTE} MB; at most {most} MB are read. "
        "Remove pictures or split it into several files.",
    )


def _open_package(path: Path) -> Opened:
    with packages.open_package(path) as package:
        names = set(package.namelist())
    if "xl/workbook.xml" in names:
        return excel.open_xlsx(path)
    if "word/document.xml" in names:
        return word.open_docx(path)
    raise _unknown(path)


def _open_ole(path: Path) -> Opened:
    if _ENCRYPTED_PACKAGE in path.read_bytes():
        raise packages.encrypted(path.name)
    opener = _OLE_SUFFIXES.get(path.suffix.lower())
    if opener is None:
        raise _unknown(path)
    return opener(path)


def _unknown(path: Path) -> limits.FileRefused:
    return limits.refuse(
        path.name,
        f"不是能读的文件类型（能读 {ACCEPTED}）。请在 Office 或 WPS 中另存为 .xlsx 或 .docx。",
        f"this kind of file is not read (read are {ACCEPTED}). "
        "Save it as .xlsx or .docx in Office or WPS.",
    )
