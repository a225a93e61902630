"""Reading a file keeps every cell of it and every line of what it would do."""

import io
import zipfile
from collections import Counter
from pathlib import Path

import msgspec
import openpyxl
import pytest
from pytest_django import Settings as ProjectSettings

from lianfang.audit.models import Event
from lianfang.documents import limits
from lianfang.documents.reading import read_file
from lianfang.files.actions import ImportClosed, discard
from lianfang.files.store import remove
from lianfang.intake.actions.applying import RegisterMoved
from lianfang.intake.actions.deciding import settle
from lianfang.intake.actions.planning import PaperMoved
from lianfang.intake.exchange import applying, reading
from lianfang.intake.exchange.applying import make_preview
from lianfang.intake.exchange.planning import Asking, judgement_of, prepare, summary_of
from lianfang.intake.models import Paper, Row
from lianfang.intake.queries import books
from lianfang.intake.queries.books import stored_of
from lianfang.intake.rules.settings import from_json
from lianfang.intake.tests.actions_world import (
    HOARDING,
    PAYING,
    chosen,
    fresh,
    line_of,
    log,
    read_again,
    row,
    told,
    with_settings,
)
from lianfang.intake.tests.importing import (
    SCHEME,
    TABLES,
    applied,
    asking,
    sent,
    sent_unread,
    table,
    verdicts,
)
from lianfang.org.models import Unit
from lianfang.org.tests.cast import AT, ON, Cast, full_cast

pytestmark = pytest.mark.django_db
SAMPLES = sorted(path for path in TABLES.iterdir() if path.suffix != ".json")


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_the_test(settings: ProjectSettings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def cells_of(paper: Paper) -> Counter[str]:
    """Return how often each text stands in the rows that were kept."""
    rows = Row.objects.filter(paper=paper).values_list("cells", flat=True)
    return Counter(
        cell for row in rows if row for cell in msgspec.json.decode(row, type=list[str]) if cell
    )


# what is kept


@pytest.mark.parametrize("path", SAMPLES, ids=[path.name for path in SAMPLES])
def test_no_cell_of_a_file_is_lost(cast: Cast, path: Path) -> None:
    paper = sent(cast, path.read_bytes(), path.name)
    assert paper.state == Paper.State.READY
    reading = read_file(path, SCHEME)
    assert cells_of(paper) == Counter(cell for cell in reading.all_cells() if cell)
    assert sum(cells_of(paper).values()) > 30


def test_no_cell_of_a_file_without_a_table_is_lost(cast: Cast) -> None:
    paper = sent(cast, "会议纪要\n出席：张三,李四\n", "纪要.csv")
    assert paper.state == Paper.State.READY
    assert set(cells_of(paper)) == {"会议纪要", "出席：张三", "李四"}
    assert set(Row.objects.values_list("table", flat=True)) == {-1}
    assert verdicts(paper) == []


def test_rows_are_kept_with_their_numbers_and_what_they_are(cast: Cast) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["财务处廉政风险点及防控措施表"])
    for line in table(PAYING, HOARDING).splitlines():
        sheet.append(line.split(","))
    sheet.append(["填表人：王五"])
    content = io.BytesIO()
    book.save(content)
    paper = sent(cast, content.getvalue(), "表.xlsx")
    kept = list(Row.objects.order_by("number").values_list("table", "number", "kind"))
    assert [number for _, number, _ in kept] == [1, 2, 3, 4, 5]
    assert {number for _, number, kind in kept if kind == "data"} == {3, 4}
    assert {line.row for line in paper.lines.filter(kind="risk")} == {3, 4}


def test_a_preview_writes_nothing_into_the_register_and_says_what_it_would(cast: Cast) -> None:
    before = len(log())
    paper = sent(cast, table(PAYING, HOARDING))
    assert log()[before:] == [
        "files.attachment.kept",
        "files.import.opened",
        "intake.delivery.opened",
        "intake.paper.read",
    ]
    event = Event.objects.latest("position")
    assert (event.subject, event.rule) == (f"intake.paper:{paper.pk}", "六（一）")
    counts = {"added": 4, "unchanged": 2}
    assert paper.counts == counts
    assert told("intake.paper.read") == {"counts": [{}, counts]}
    assert (paper.state, paper.planned_at, paper.touched) == (Paper.State.READY, AT, ["CW"])
    assert set(verdicts(paper)) == {
        ("unit", "unchanged", "财务处"),
        ("post", "unchanged", "出纳岗"),
        ("regulation", "added", "资金管理办法"),
        ("power", "added", "资金支付"),
        ("risk", "added", "重复付款"),
        ("risk", "added", "私设小金库"),
    }
    assert [column.field for column in summary_of(paper).tables[0].columns][:2] == ["unit", "power"]
    judgement = judgement_of(paper)
    assert judgement is not None
    assert judgement.new_in_all > 0


# once more


def test_reading_again_puts_the_new_preview_in_place_of_the_old(cast: Cast) -> None:
    paper = sent(cast, table(PAYING, HOARDING))
    known = set(paper.lines.values_list("pk", flat=True))
    settings = with_settings(paper, columns={"职权名称": "", "行使依据": ""})
    settle(paper=paper, settings=settings, by=cast.logins["office"], at=AT)
    again = read_again(cast, paper)
    assert [kind for kind, _, _ in verdicts(again)] == ["unit", "post", "risk", "risk"]
    assert not known & set(again.lines.values_list("pk", flat=True))
    assert Row.objects.filter(paper=paper).count() == 3
    assert again.version == paper.version + 2
    assert log()[-2:] == ["intake.paper.settled", "intake.paper.read"]


def test_a_line_that_was_left_or_taken_by_hand_stays_so(cast: Cast) -> None:
    paper = sent(cast, table(PAYING, HOARDING))
    chosen(cast, paper, "重复付款", taken=False)
    again = read_again(cast, paper)
    assert not line_of(again, "重复付款").taken
    assert line_of(again, "私设小金库").taken
    chosen(cast, again, "重复付款", taken=True)
    assert line_of(read_again(cast, again), "重复付款").taken


def test_what_was_chosen_of_a_line_is_no_matter_where_it_can_not_be_written(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    chosen(cast, paper, "重复付款", taken=False)
    chosen(cast, paper, "重复付款", taken=True)
    applied(cast, sent(cast, table(PAYING), "又.csv"))
    again = read_again(cast, paper)
    assert set(from_json(again.settings).taken.values()) == {True}
    assert not again.lines.filter(taken=True).exists()


def test_a_file_that_was_decided_is_not_read_again(cast: Cast) -> None:
    written = applied(cast, sent(cast, table(PAYING)))
    given_up = sent(cast, table(HOARDING))
    discard(opened=given_up.opened, by=cast.logins["office"], at=AT)
    before = log()
    for paper in (written, given_up):
        lines = list(paper.lines.values())
        with pytest.raises(ImportClosed):
            read_again(cast, paper)
        assert list(fresh(paper).lines.values()) == lines
        assert fresh(paper).version == paper.version
    assert log() == before


def test_a_reading_that_others_overtook_with_other_settings_is_not_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = sent(cast, table(PAYING))

    def meanwhile(paper: Paper, asking: Asking, report: object = None) -> object:
        made = prepare(paper, asking)
        settings = with_settings(paper, unit="CW")
        settle(paper=paper, settings=settings, by=cast.logins["office"], at=AT)
        return made

    monkeypatch.setattr(applying, "prepare", meanwhile)
    lines = list(paper.lines.values())
    with pytest.raises(PaperMoved):
        read_again(cast, paper)
    assert list(fresh(paper).lines.values()) == lines
    assert from_json(fresh(paper).settings).unit == "CW"


def test_a_line_chosen_while_the_file_is_read_stays_chosen(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = sent(cast, table(PAYING, HOARDING))

    def meanwhile(paper: Paper, asking: Asking, report: object = None) -> object:
        chosen(cast, paper, "私设小金库", taken=False)
        return prepare(paper, asking)

    monkeypatch.setattr(applying, "prepare", meanwhile)
    assert not line_of(read_again(cast, paper), "私设小金库").taken


# what can't be read


def workbook(flags: int = 0) -> bytes:
    """Return a package that has the parts of a workbook and no content."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("xl/workbook.xml", "no workbook")
    data = bytearray(content.getvalue())
    for head, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(head) + place] |= flags
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNREADABLE = {
    "a broken workbook": ("坏.xlsx", workbook(), "坏.xlsx：文件已损坏"),
    "an encrypted package": ("密.xlsx", workbook(1), "密.xlsx：文件设有打开密码"),
    "a workbook with a password": (
        "密.xls",
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "密.xls：文件设有打开密码",
    ),
    "an old workbook cut off": ("旧.xls", OLE + bytes(600), "旧.xls："),
    "an old text cut off": ("旧.wps", OLE + bytes(600), "旧.wps："),
}


@pytest.mark.parametrize(("name", "content", "sentence"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_can_not_be_read_keeps_the_sentence_that_says_why(
    cast: Cast, name: str, content: bytes, sentence: str
) -> None:
    paper = sent(cast, content, name)
    assert paper.state == Paper.State.UNREADABLE
    assert paper.refusal_text is not None
    assert paper.refusal_text.zh.startswith(sentence)
    assert paper.refusal_text.zh.endswith("。")
    assert paper.refusal_text.en.endswith(".")
    assert not Row.objects.exists()
    event = Event.objects.latest("position")
    assert (event.action, event.subject) == ("intake.paper.unreadable", f"intake.paper:{paper.pk}")
    assert told("intake.paper.unreadable") == {"refusal": [None, paper.refusal_text.zh]}
    again = read_again(cast, paper)
    assert (again.state, again.refusal) == (Paper.State.UNREADABLE, paper.refusal)
    assert again.version == paper.version + 1


def test_a_file_can_be_read_again_when_the_hindrance_is_gone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(limits, "FILE_BYTES", 10)
        paper = sent(cast, table(PAYING))
    assert paper.state == Paper.State.UNREADABLE
    again = read_again(cast, paper)
    assert (again.state, again.refusal) == (Paper.State.READY, [])
    assert applied(cast, again).opened.applied == {"added": 3}


def test_a_file_with_more_rows_than_can_be_held_says_how_many_and_what_to_do(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(risk=f"第{number}种骗取") for number in range(3)]
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    refused = sent(cast, table(*rows), "许多.csv")
    assert refused.state == Paper.State.UNREADABLE
    assert refused.refusal_text is not None
    assert (
        refused.refusal_text.zh == "许多.csv：共有 4 行，一次最多导入 2 行。请按单位拆成几个文件。"
    )
    monkeypatch.setattr(reading, "MOST_ROWS", 4)
    assert read_again(cast, refused).state == Paper.State.READY


def test_a_file_that_is_no_longer_in_the_store_says_so_and_is_not_written(cast: Cast) -> None:
    paper = sent(cast, table(PAYING))
    remove(paper.opened.attachment.digest)
    again = read_again(cast, paper)
    assert again.refusal_text is not None
    assert "丢失或已损坏" in again.refusal_text.zh
    with pytest.raises(RegisterMoved):
        applied(cast, again)


def test_why_a_decided_file_could_not_be_read_is_not_kept_any_more(cast: Cast) -> None:
    paper = sent_unread(cast, workbook(), "坏.xlsx")
    discard(opened=paper.opened, by=cast.logins["office"], at=AT)
    with pytest.raises(ImportClosed):
        make_preview(paper, asking(cast), by=cast.logins["office"], at=AT)
    assert fresh(paper).state == Paper.State.WAITING


def test_units_read_a_few_at_a_time_make_the_same_register(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = row(unit="评审处", power="评审", basis="", post="评审岗", risk="泄密", who="")
    applied(cast, sent(cast, table(PAYING, other)))
    units = list(Unit.objects.values_list("code", flat=True))
    whole = stored_of(cast.organisation, ON, units)
    assert {risk.title for risk in whole.register.risks} == {"重复付款", "泄密"}
    monkeypatch.setattr(books, "LOADED_AT_ONCE", 1)
    assert stored_of(cast.organisation, ON, units) == whole
