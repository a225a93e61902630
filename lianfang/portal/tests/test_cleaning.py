"""Files are rid of what they say of place, machine and author, here and in the browser alike."""

import json
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from lianfang.portal.cleaning import cleaned
from lianfang.portal.rules.cleaning import cleaned_pdf, is_office
from lianfang.sealing.filing import PlainFile
from lianfang.sealing.tests.node import program

HERE = Path(__file__).parent
PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R>>\nendobj\n"
    b"3 0 obj\n<</Author (Wang \\(Mou\\)) /Creator<57616E67> /CreationDate (D:20260514)\n"
    b"/Title (Secret)>>\nendobj\n"
    b"4 0 obj\n<</Type/Metadata/Subtype/XML/Length 60>>\nstream\n"
    b"<x:xmpmeta><dc:creator>Wang</dc:creator></x:xmpmeta>\nendstream\nendobj\n"
    b"5 0 obj\n(Wang stays in the text)\nendobj\n"
    b"trailer\n<</Root 1 0 R/Info 3 0 R>>\n%%EOF\n"
)
UNREACHED = {
    "encrypted": PDF.replace(b"/Root", b"/Encrypt 9 0 R/Root"),
    "info in a compressed object": PDF.replace(b"3 0 obj", b"7 0 obj"),
    "compressed metadata": PDF.replace(b"<x:xmpmeta>", b"compressed!"),
}


def in_browser(content: bytes) -> tuple[bytes, bool]:
    """Let the browser's script blank a PDF."""
    done = subprocess.run(
        [program(), str(HERE / "clean.mjs")], input=content, capture_output=True, check=True
    )
    found = json.loads(done.stdout)
    return bytes.fromhex(found["content"]), found["whole"]


def test_a_pdf_keeps_its_length_and_loses_author_program_and_times() -> None:
    content, whole = cleaned_pdf(PDF)
    assert whole
    assert len(content) == len(PDF)
    for word in (b"Mou", b"57616E67", b"20260514", b"Secret", b"<dc:creator>"):
        assert word not in content
    assert b"Wang stays in the text" in content
    assert content[content.index(b"trailer") :] == PDF[PDF.index(b"trailer") :]


@pytest.mark.parametrize("content", UNREACHED.values(), ids=UNREACHED.keys())
def test_what_can_not_be_reached_is_said(content: bytes) -> None:
    assert not cleaned_pdf(content)[1]


def test_the_browser_blanks_the_same_bytes() -> None:
    for content in (PDF, *UNREACHED.values(), b"", b"no pdf"):
        assert in_browser(content) == cleaned_pdf(content)


def photo(kind: str, mode: str = "RGB") -> PlainFile:
    """Return a picture that says where and by which machine it was taken."""
    picture = Image.new(mode, (40, 30))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Maker", "Model", "Wang"
    exif[0x0112] = 6  # lies on its side
    out = BytesIO()
    picture.save(out, kind, exif=exif)
    return PlainFile(name=f"a.{kind}", kind="", content=out.getvalue())


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_a_picture_is_drawn_anew_and_stands_upright(kind: str, mode: str) -> None:
    before = photo(kind, mode)
    assert b"Model" in before.content
    after = cleaned(before)
    assert b"Model" not in after.content
    assert b"Wang" not in after.content
    with Image.open(BytesIO(after.content)) as picture:
        assert (picture.format, picture.size) == (kind, (30, 40))
        assert not picture.getexif()


@pytest.mark.parametrize("content", [b"", b"text", b"\x89PNG\r\n\x1a\nbroken", b"\xff\xd8\xff\xe0"])
def test_what_is_no_whole_picture_stays_as_it_is(content: bytes) -> None:
    assert cleaned(PlainFile(name="a", kind="b", content=content)).content == content


def test_office_files_are_known_by_their_names() -> None:
    assert is_office("表.DOCX")
    assert is_office("a.b.wps")
    assert not is_office("docx")
    assert not is_office("a.pdf")
