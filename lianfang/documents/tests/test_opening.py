"""Files that must be refused, or read without doing what they ask: each gets its sentence."""

import string
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from lianfang.documents import limits
from lianfang.documents.limits import FileRefused
from lianfang.documents.model import ProblemCode
from lianfang.documents.opening import open_file
from lianfang.documents.reading import read_file
from lianfang.documents.tests.grids import workbook
from lianfang.scheme.model import Scheme

ROWS: list[list[object]] = [["序号", "风险点", "防控措施"], [1, "公车私用", "派车单编号"]]
_SHEET = "xl/worksheets/sheet1.xml"


def sheet_of(path: Path, change: Callable[[bytes], bytes], *, part: str = _SHEET) -> Path:
    """Rewrite one part of a real .xlsx."""
    workbook(path, ROWS)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def with_cell(reference: str) -> Callable[[bytes], bytes]:
    row = reference.lstrip(string.ascii_uppercase)
    cell = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>'
    return lambda xml: xml.replace(b"</sheetData>", cell.encode() + b"</sheetData>")


def refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        open_file(path)
    sentence = str(refused.value)
    assert sentence.startswith(path.name)
    assert refused.value.text.en.startswith(path.name)
    return sentence


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.xlsx", b"", "空的"),
        ("坏.xlsx", b"PK\x03\x04 broken", "损坏"),
        ("假.xlsx", b"just text", "损坏"),
        ("假.docx", b"just text", "损坏"),
        ("图.png", b"\x89PNG\r\n\x1a\n", "能读的文件类型"),
        ("文.pdf", b"%PDF-1.7", "能读的文件类型"),
        ("包.rar", b"Rar!\x1a\x07", "能读的文件类型"),
        ("程.exe", b"MZ\x90\x00", "能读的文件类型"),
        ("二.csv", b"a,b\x00\x01\x02", "不是文本表格"),
        (
            "加密.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "密码",
        ),
        ("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "损坏"),
    ],
)
def test_a_file_of_a_refused_kind_gets_its_sentence(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert says in refusal(path)


def test_a_file_that_is_not_there_and_a_folder_get_theirs(tmp_path: Path) -> None:
    assert "打不开" in refusal(tmp_path / "没有.xlsx")
    assert "文件夹" in refusal(tmp_path)


def test_a_file_over_the_limit_is_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 100)
    assert "最多读" in refusal(workbook(tmp_path / "a.xlsx", ROWS))


def test_a_bomb_is_refused_by_what_it_unpacks_to(tmp_path: Path) -> None:
    zeros = b"0" * (limits.RATIO_FROM_BYTES + 1)
    path = sheet_of(tmp_path / "a.xlsx", lambda _: zeros, part="xl/media/zeros.bin")
    assert "压缩炸弹" in refusal(path)


def test_a_part_that_unpacks_to_more_than_it_declares_is_damage(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        info = package.getinfo(_SHEET)
    declared = info.file_size.to_bytes(4, "little")
    path.write_bytes(content.replace(declared, (10).to_bytes(4, "little")))
    assert "损坏" in refusal(path)


@pytest.mark.parametrize("reference", ["XFD1", "IW2", "A1048576", "ZZ600000"])
def test_a_cell_far_away_is_refused_before_memory_is_asked_for(
    tmp_path: Path, reference: str
) -> None:
    path = sheet_of(tmp_path / "a.xlsx", with_cell(reference))
    assert "最多读" in refusal(path)


@pytest.mark.parametrize("written", ["r = ", "r\n=", "r= "])
def test_white_space_hides_no_far_cell(tmp_path: Path, written: str) -> None:
    cell = f'<row r="1"><c {written}"ZZ600000"><v>1</v></c></row></sheetData>'.encode()
    path = sheet_of(tmp_path / "a.xlsx", lambda xml: xml.replace(b"</sheetData>", cell))
    assert "最多读" in refusal(path)


def test_far_cells_that_only_carry_a_format_hurt_nobody(tmp_path: Path) -> None:
    styled = b'<row r="9"><c r="XFD9" s="0"/></row></sheetData>'
    path = sheet_of(tmp_path / "a.xlsx", lambda xml: xml.replace(b"</sheetData>", styled))
    assert len(open_file(path).grids) == 1


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    path = sheet_of(
        tmp_path / "a.xlsx", lambda xml: xml.replace(b"<worksheet", bomb + b"<worksheet", 1)
    )
    assert "XML 实体" in refusal(path)


def test_a_package_with_a_password_is_told_apart(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS)
    content = bytearray(path.read_bytes())
    for start in range(len(content) - 4):
        if content[start : start + 4] == b"PK\x01\x02":
            content[start + 8] |= 1
    path.write_bytes(bytes(content))
    assert "密码" in refusal(path)


@pytest.mark.parametrize(
    "part",
    ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/connections.xml"],
)
def test_macros_and_links_are_left_aside_and_told(tmp_path: Path, part: str) -> None:
    path = sheet_of(tmp_path / "a.xlsx", lambda _: b"<x/>", part=part)
    assert [problem.code for problem in open_file(path).problems] == [ProblemCode.PART_INERT]


def test_a_formula_that_fetches_is_told_and_not_run(tmp_path: Path, scheme: Scheme) -> None:
    rows = [*ROWS, [2, '=WEBSERVICE("http://127.0.0.1:9/")', "x"]]
    reading = read_file(workbook(tmp_path / "a.xlsx", rows), scheme)
    assert [problem.code for problem in reading.problems] == [ProblemCode.PART_INERT]


@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_an_old_word_file_needs_libreoffice_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    path = tmp_path / f"旧{suffix}"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    assert "LibreOffice" in refusal(path)


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ROWS).rename(tmp_path / "a.docx")
    assert open_file(path).grids[0].rows[0][1] == "风险点"


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t"), ("utf-8", ";")],
)
def test_a_csv_file_is_read_in_any_office_encoding(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "a.csv"
    text = "\n".join(separator.join(str(cell) for cell in row) for row in ROWS)
    path.write_bytes(text.encode(encoding))
    assert open_file(path).grids[0].rows == [tuple(map(str, row)) for row in ROWS]


def test_bytes_that_no_encoding_fits_are_replaced_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("序号,风险点\n1,".encode("gb18030") + b"\xff\xff\n")
    assert [p.code for p in open_file(path).problems] == [ProblemCode.TEXT_REPAIRED]


def test_too_many_sheets_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SHEETS", 2)
    book = openpyxl.Workbook()
    for name in "abc":
        book.create_sheet(name)
    book.save(tmp_path / "a.xlsx")
    assert "工作表" in refusal(tmp_path / "a.xlsx")
