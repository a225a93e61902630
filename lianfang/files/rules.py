"""Which kinds of file are kept, known by what they hold; how documents are numbered; pure."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from lianfang.common.errors import Refused
from lianfang.common.text import Text

HEAD_BYTES = 4_096
_LONGEST_NAME = 120
_LONGEST_SUFFIX = 10
# Control marks, marks that turn the direction of writing, and what paths and shells mean by.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    r'<>:"/\\|?*]'
)
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (b"\xff\xfe", b"\xfe\xff")


class Kind(StrEnum):
    """The kinds that are kept."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    OFFICE = "office"
    CSV = "csv"
    TEXT = "text"
    PNG = "png"
    JPEG = "jpeg"


class KindRefused(Refused):
    """A file of a kind that is not kept, or that is not what its name says."""


@dataclass(frozen=True, slots=True)
class _Form:
    kind: Kind
    media_type: str
    starts: tuple[bytes, ...] = ()
    # a part that a zip package of this kind holds
    part: str = ""


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_OF_SUFFIX = {
    ".pdf": _Form(Kind.PDF, "application/pdf", (b"%PDF-",)),
    ".docx": _Form(Kind.DOCX, _WORD, (_ZIP,), "word/document.xml"),
    ".xlsx": _Form(Kind.XLSX, _SHEET, (_ZIP,), "xl/workbook.xml"),
    ".pptx": _Form(Kind.PPTX, _SLIDES, (_ZIP,), "ppt/presentation.xml"),
    ".doc": _Form(Kind.OFFICE, "application/msword", (_OLE,)),
    ".wps": _Form(Kind.OFFICE, "application/vnd.ms-works", (_OLE,)),
    ".xls": _Form(Kind.OFFICE, "application/vnd.ms-excel", (_OLE,)),
    ".et": _Form(Kind.OFFICE, "application/vnd.ms-excel", (_OLE,)),
    ".csv": _Form(Kind.CSV, "text/csv"),
    ".txt": _Form(Kind.TEXT, "text/plain"),
    ".png": _Form(Kind.PNG, "image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": _Form(Kind.JPEG, "image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": _Form(Kind.JPEG, "image/jpeg", (b"\xff\xd8\xff",)),
}
TABLES = frozenset({Kind.XLSX, Kind.OFFICE, Kind.CSV, Kind.DOCX})


def kind_of(
    name: str, head: bytes, parts: Collection[str], *, among: Collection[Kind] = frozenset(Kind)
) -> Kind:
    """Return the kind of a file from its name, its first HEAD_BYTES and the parts of its package.

    Raises KindRefused where that kind is not `among` those asked for, or the content is another.
    """
    suffix = PurePath(name).suffix.lower()
    form = _OF_SUFFIX.get(suffix)
    if form is None or form.kind not in among:
        known = " ".join(known for known, one in _OF_SUFFIX.items() if one.kind in among)
        raise KindRefused(
            Text(
                f"“{name}”不是可以存的类型（可以存：{known}）。请另存为其中一种后再上传。",
                f"{name} is of no kind that is kept ({known}). Save it as one of these, then "
                "upload it.",
            )
        )
    if not _is_what_it_says(form, head, parts):
        raise KindRefused(
            Text(
                f"“{name}”的内容不是 {suffix} 文件。请用 Office 或 WPS 打开原文件，另存后再上传。",
                f"The content of {name} is no {suffix} file. Open the original, save it again, "
                "then upload it.",
            )
        )
    return form.kind


def media_type_of(name: str) -> str:
    """Return the media type under which a file that was kept is sent."""
    form = _OF_SUFFIX.get(PurePath(name).suffix.lower())
    return form.media_type if form else "application/octet-stream"


def clean_name(name: str) -> str:
    """Return a file's name without folders, hidden marks or anything a system would act on.

    Never empty, never hidden, at most 120 characters with its suffix.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = _UNSAFE.sub("", last).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = kept, "", ""
    stem = stem[: _LONGEST_NAME - len(dot) - len(suffix)].strip(" .") or "file"
    told = f"{stem}{dot}{suffix}"
    return f"_{told}" if _RESERVED.match(told) else told


def mark_of(series: str, year: int, number: int) -> str:
    """Return the number of an official document as it is printed: 廉防办〔2026〕3号."""
    return f"{series}〔{year}〕{number}号"


def is_package(head: bytes) -> bool:
    """Return whether the content is a zip package, whose parts tell its kind."""
    return head.startswith(_ZIP)


def _is_what_it_says(form: _Form, head: bytes, parts: Collection[str]) -> bool:
    if not form.starts:
        return head.startswith(_BOMS) or b"\x00" not in head
    return head.startswith(form.starts) and (not form.part or form.part in parts)
