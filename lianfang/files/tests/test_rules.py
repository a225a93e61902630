"""What a file is, whatever it is called; and what a name may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.files.rules import TABLES, Kind, KindRefused, clean_name, kind_of, media_type_of

ZIP = b"PK\x03\x04rest"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "head", "parts", "kind"),
    [
        ("a.pdf", b"%PDF-1.7", set(), Kind.PDF),
        ("A.XLSX", ZIP, {"xl/workbook.xml"}, Kind.XLSX),
        ("a.docx", ZIP, {"word/document.xml"}, Kind.DOCX),
        ("a.pptx", ZIP, {"ppt/presentation.xml"}, Kind.PPTX),
        ("a.wps", OLE, set(), Kind.OFFICE),
        ("a.csv", "甲,乙".encode("gb18030"), set(), Kind.CSV),
        ("a.csv", "\ufeff甲".encode("utf-16"), set(), Kind.CSV),
        ("a.txt", b"text", set(), Kind.TEXT),
        ("a.png", b"\x89PNG\r\n\x1a\n", set(), Kind.PNG),
        ("a.JPG", b"\xff\xd8\xff\xe0", set(), Kind.JPEG),
    ],
)
def test_a_kind_is_known_by_name_and_content(
    name: str, head: bytes, parts: set[str], kind: Kind
) -> None:
    assert kind_of(name, head, parts) is kind
    assert media_type_of(name) != "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "head", "parts"),
    [
        ("a.exe", b"MZ", set()),
        ("a.svg", b"<svg onload='x'>", set()),
        ("a.html", b"<script>", set()),
        ("a.pdf.exe", b"%PDF-1.7", set()),
        ("a.pdf", b"MZ", set()),
        ("a.xlsx", ZIP, {"word/document.xml"}),
        ("a.xlsx", ZIP, set()),
        ("a.png", b"<svg>", set()),
        ("a.csv", b"a\x00b", set()),
        ("pdf", b"%PDF-1.7", set()),
        ("a", b"", set()),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_sentence(
    name: str, head: bytes, parts: set[str]
) -> None:
    with pytest.raises(KindRefused) as refused:
        kind_of(name, head, parts)
    assert refused.value.text.zh.endswith("。")


def test_a_caller_may_ask_for_fewer_kinds() -> None:
    with pytest.raises(KindRefused, match=r"\.xlsx"):
        kind_of("a.pdf", b"%PDF-1", set(), among=TABLES)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("名册.xlsx", "名册.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\windows\\名册.xlsx", "名册.xlsx"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        (".hidden", "hidden"),
        ("...", "file"),
        ("", "file"),
        ("con.pdf", "_con.pdf"),
        ('a"<b>|c?.pdf', "abc.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        ("a.verylongsuffixindeed", "a.verylongsuffixindeed"),
    ],
)
def test_a_name_keeps_what_is_safe(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@given(st.text())
def test_no_name_is_empty_hidden_long_or_a_path(name: str) -> None:
    cleaned = clean_name(name)
    assert cleaned
    assert not cleaned.startswith(".")
    assert len(cleaned) <= 121
    assert not set(cleaned) & set('/\\\0\n\r"<>|?*:')
    cleaned.encode()
