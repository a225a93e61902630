"""What stands in the files of every form, whatever their bytes are."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from lianfang.checks.engine import run
from lianfang.common.text import Language
from lianfang.documents.reading import read_file
from lianfang.documents.registering import register_of
from lianfang.documents.writing.cells import CellRefused, neutral
from lianfang.documents.writing.comparison import ComparisonRefused
from lianfang.documents.writing.facing import SIGNATURES
from lianfang.documents.writing.forms import FORMS, UnknownForm, render, write
from lianfang.documents.writing.request import Format, Request
from lianfang.documents.writing.scope import ScopeRefused, part_of_post, part_of_unit
from lianfang.documents.writing.tests import factories
from lianfang.register.model import Register
from lianfang.scheme.model import Scheme

SAMPLES = Path(__file__).resolve().parents[4] / "tests" / "tables"


def _request(scheme: Scheme, **more: Any) -> Request:
    register = factories.register()
    before = factories.register(risks=register.risks[1:])
    parts: dict[str, Any] = {"findings": run(register, scheme), "before": before, "mark": "送审稿"}
    return factories.request(scheme, **{**parts, **more})


def _book(form: str, request: Request) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render(form, request, Format.XLSX)))


def _word(form: str, request: Request) -> Any:
    return docx.Document(io.BytesIO(render(form, request, Format.DOCX)))


def _pdf(form: str, request: Request) -> PdfReader:
    return PdfReader(io.BytesIO(render(form, request, Format.PDF)))


def test_the_measures_table_as_spreadsheet_has_these_cells_and_merges(scheme: Scheme) -> None:
    sheet = _book("measures", _request(scheme)).worksheets[0]
    assert sheet["A1"].value == "职权运行和廉政风险防控措施表"
    assert "送审稿" in sheet["A2"].value
    assert sheet["J3"].value == "防控措施"
    assert [sheet.cell(4, column).value for column in (10, 11, 12)] == [
        "前期预防",
        "中期监控",
        "后期处置",
    ]
    assert sheet["B6"].value == "评审组选派\nPW-0402"
    assert sheet["I6"].value == "▲高"
    assert sheet["I11"].value == "●低"
    assert sheet["J6"].value == "选派前由系统比对咨询登记，命中即锁定〔每次；留痕：比对结果单〕"
    merges = {str(merged) for merged in sheet.merged_cells.ranges}
    assert {"J3:L3", "B6:B9", "A5:M5"} <= merges


def test_the_spreadsheet_is_a_form_with_locked_keys_lists_and_print_set_up(scheme: Scheme) -> None:
    book = _book("measures", _request(scheme))
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert sheet["N6"].value == "risk:risk-1"
    assert sheet["N6"].protection.locked
    assert not sheet["F6"].protection.locked
    assert sheet.column_dimensions["N"].hidden
    assert book["lianfang"].sheet_state == "veryHidden"
    lists = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert len(lists) == 3
    assert [cell.value for cell in book["lianfang"]["D"][:4]] == ["▲高", "■中", "●低", "○未评级"]
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes == "C5"
    assert sheet.auto_filter.ref


def test_the_measures_table_as_word_repeats_its_head_and_merges_powers(scheme: Scheme) -> None:
    document = _word("measures", _request(scheme))
    table = document.tables[0]
    xml = table._tbl.xml
    assert xml.count("<w:tblHeader/>") == 2
    assert xml.count('<w:vMerge w:val="restart"/>') > 5
    assert document.paragraphs[0].style.name == "Title"
    assert document.paragraphs[0].text == "职权运行和廉政风险防控措施表"
    texts = [cell.text for cell in table.rows[3].cells]
    assert texts[:3] == ["1", "评审组选派\nPW-0402", "执行权"]
    assert texts[8] == "▲\n高"


def test_word_names_the_official_fonts(scheme: Scheme) -> None:
    content = render("measures", _request(scheme), Format.DOCX)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        styles = package.read("word/styles.xml").decode()
    assert {"方正小标宋简体", "宋体", "黑体"} <= set(re.findall(r'eastAsia="([^"]+)"', styles))


@pytest.mark.usefixtures("fonts_folder")
@pytest.mark.parametrize("form", FORMS)
def test_a_pdf_embeds_its_fonts_and_its_text_can_be_read(scheme: Scheme, form: str) -> None:
    reader = _pdf(form, _request(scheme))
    text = "".join(page.extract_text() for page in reader.pages)
    assert FORMS[form].title.zh in text.replace(" ", "").replace("\n", "")
    fonts = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor.get_object()
    assert "pdfaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]


@pytest.mark.usefixtures("fonts_folder")
def test_a_long_table_spans_pages_and_numbers_them(scheme: Scheme) -> None:
    request = factories.request(scheme, register=factories.many(60))
    reader = _pdf("measures", request)
    count = len(reader.pages)
    assert count > 3
    last = reader.pages[-1].extract_text().replace(" ", "")
    assert f"第{count}页，共{count}页" in last
    assert all("廉政风险点" in page.extract_text() for page in reader.pages[:-1])


@pytest.mark.usefixtures("fonts_folder")
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("form", FORMS)
def test_the_same_request_gives_the_same_bytes(
    scheme: Scheme, form: str, format: Format, language: Language
) -> None:
    request = _request(scheme, language=language)
    assert render(form, request, format) == render(form, request, format)


@pytest.mark.parametrize("form", FORMS)
def test_the_english_tables_have_no_chinese_of_their_own(scheme: Scheme, form: str) -> None:
    request = _request(scheme, language=Language.EN, mark="for review", register=_english())
    request = replace(request, before=_english(), findings=())
    paper = FORMS[form].build(request)
    own = "".join(paper.texts()).replace(paper.footer, "")
    assert re.findall("[\u4e00-\u9fff]", own) == []


def _english() -> Any:
    return factories.register(units=(), posts=(), regulations=(), powers=(), risks=(), holders=None,
                              organisation="")  # fmt: skip


def test_a_draft_shows_what_was_proposed_and_an_edition_what_was_confirmed(scheme: Scheme) -> None:
    risk = replace(factories.RISKS[0], level="medium", confirmed="high")
    register = factories.register(risks=(risk,))
    draft = _book("measures", _request(scheme, register=register)).worksheets[0]
    edition = _book("measures", _request(scheme, register=register, edition="2026-1")).worksheets[0]
    assert draft["I6"].value == "■中"
    assert edition["I6"].value == "▲高"
    assert "2026-1" in edition["A2"].value


def test_measures_of_no_known_phase_get_a_column_of_their_own(scheme: Scheme) -> None:
    loose = factories.measure(90, None, "加强复核")
    strange = factories.measure(91, "later", "以后再说")
    risk = replace(factories.RISKS[0], measures=(loose, strange))
    sheet = _book("measures", _request(scheme, register=factories.register(risks=(risk,))))
    assert sheet.worksheets[0]["M6"].value == "1. 加强复核\n2. 以后再说"


def test_the_matrix_shades_a_post_that_executes_and_supervises(scheme: Scheme) -> None:
    sheet = _book("matrix", _request(scheme)).worksheets[0]
    assert sheet["D4"].value.startswith("□办理\n◎监督")
    assert sheet["D4"].fill.fgColor.rgb == "FFD6D5D0"


def test_the_comparison_needs_two_registers_and_tells_their_differences(scheme: Scheme) -> None:
    sheet = _book("comparison", _request(scheme)).worksheets[0]
    assert sheet["B4"].value == "◎新增"
    assert sheet["D4"].value.startswith("利益关系核查走过场")
    with pytest.raises(ComparisonRefused):
        render("comparison", _request(scheme, before=None), Format.XLSX)


def test_findings_stand_under_their_check_with_place_and_mend(scheme: Scheme) -> None:
    rows = list(_book("findings", _request(scheme)).worksheets[0].iter_rows(values_only=True))
    assert any(str(row[0]).startswith("C1 ") for row in rows)
    assert any(row[1] == "C401" and row[3] == "培训经费报销审核 / 超范围列支" for row in rows)


def test_a_form_with_nothing_in_it_says_so(scheme: Scheme) -> None:
    sheet = _book("findings", _request(scheme, findings=())).worksheets[0]
    assert sheet["A4"].value == "五项检查没有发现问题。"


@pytest.mark.parametrize("form", FORMS)
def test_a_spreadsheet_of_nothing_opens_and_has_room_for_every_signature(
    scheme: Scheme, form: str
) -> None:
    nothing = factories.request(scheme, register=Register(), before=Register())
    sheet = _book(form, nothing).worksheets[0]
    said = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert said[-4:] == [text.zh for text in SIGNATURES]


def test_the_part_of_a_unit_holds_nothing_of_others(scheme: Scheme) -> None:
    part = part_of_unit(factories.register(), "unit-3")
    assert [power.id for power in part.powers] == ["power-4"]
    assert [risk.id for risk in part.risks] == ["risk-6"]
    assert {post.unit for post in part.posts} == {"unit-3"}
    assert "利益关系" not in str(_book("measures", _request(scheme, register=part)).worksheets)
    with pytest.raises(ScopeRefused):
        part_of_unit(factories.register(), "unit-9")


def test_the_part_of_a_post_holds_its_risks_and_powers() -> None:
    part = part_of_post(factories.register(), "post-1")
    assert [risk.id for risk in part.risks] == ["risk-1", "risk-2"]
    assert [power.id for power in part.powers] == ["power-1"]
    with pytest.raises(ScopeRefused):
        part_of_post(factories.register(), "post-99")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"])
def test_what_looks_like_a_formula_is_neutralised(scheme: Scheme, text: str) -> None:
    assert neutral(text) == f"'{text}"
    risk = replace(factories.RISKS[0], title=text)
    request = _request(scheme, register=factories.register(risks=(risk,)))
    assert _book("measures", request).worksheets[0]["F6"].value == f"'{text}"
    assert f"'{text}".encode() in render("measures", request, Format.CSV)


def test_a_text_too_long_for_a_cell_is_refused(scheme: Scheme) -> None:
    risk = replace(factories.RISKS[0], title="长" * 40_000)
    with pytest.raises(CellRefused, match="32767"):
        render(
            "measures", _request(scheme, register=factories.register(risks=(risk,))), Format.XLSX
        )


def test_an_unknown_form_is_refused(scheme: Scheme) -> None:
    with pytest.raises(UnknownForm, match="measures"):
        render("nothing", _request(scheme), Format.CSV)


@pytest.mark.usefixtures("fonts_folder")
@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.[xd]*x")), ids=lambda p: p.name)
def test_what_was_read_from_real_tables_can_be_written(
    scheme: Scheme, sample: Path, tmp_path: Path
) -> None:
    register = register_of(read_file(sample, scheme), scheme, unit="示例单位").register
    for format in Format:
        path = tmp_path / f"out.{format}"
        write("measures", factories.request(scheme, register=register), format, path)
        assert path.stat().st_size > 100
