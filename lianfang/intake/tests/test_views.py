"""The pages of tables on their way in: what they show, take, refuse, and how often they ask."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.audit.models import Event
from lianfang.common import clock
from lianfang.intake.models import Delivery, Paper, Remembered
from lianfang.intake.queries.pages import listed_meanings
from lianfang.intake.tests.importing import applied, sent, table
from lianfang.intake.views import asking, papers
from lianfang.jobs.models import Job
from lianfang.jobs.rules import SILENCE
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.risks.models import Measure, RiskPoint

ROWS = (
    "财务处,费用报销,执行权,《报销办法》第三条,出纳岗,虚报费用,虚列发票套取资金,高,"
    "1.事前双人复核；2.每月抽查票据,出纳岗",
    "财务处,,,,,重复报销,一张发票报两次,中,建立台账,",
)


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def cast(db: None) -> Cast:
    del db
    return full_cast()


@pytest.fixture
def clerk(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.logins["clerk"])
    return client


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.logins["office"])
    return client


def url(name: str, *arguments: object) -> str:
    return reverse(f"intake:{name}", args=arguments)


def text(response: object) -> str:
    """Return the words of a page."""
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def csv(name: str = "财务处.csv", *rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, table(*(rows or ROWS)).encode())


# coming in


def test_files_are_kept_and_left_to_the_workers(cast: Cast, clerk: Client) -> None:
    answer = clerk.post(url("deliveries"), {"tables": [csv(), csv("二.csv")]})
    delivery = Delivery.objects.get()
    assert answer.headers["Location"] == url("delivery", delivery.pk)
    assert [job.kind for job in Job.objects.all()] == ["intake.read", "intake.read"]
    page = clerk.get(url("delivery", delivery.pk))
    assert "正在读取" in text(page)
    assert 'hx-trigger="every 2s"' in page.content.decode()


def test_a_single_file_leads_to_its_own_page(clerk: Client) -> None:
    answer = clerk.post(url("deliveries"), {"tables": csv()})
    assert answer.headers["Location"] == url("paper", Paper.objects.get().opened_id)
    assert "正在读取" in text(clerk.get(answer.headers["Location"]))


def test_a_zip_is_unpacked_and_what_is_no_table_named(clerk: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("财务处/表.csv", table(*ROWS))
        archive.writestr("照片.jpg", b"\xff\xd8\xff")
    answer = clerk.post(
        url("deliveries"),
        {"tables": SimpleUploadedFile("各处.zip", packed.getvalue())},
        follow=True,
    )
    assert Paper.objects.get().opened.attachment.name == "表.csv"
    assert "没有读取不是表格的文件：照片.jpg" in text(answer)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.pdf", b"%PDF-1.7", "不是可以存的类型"),
        ("表.xlsx", b"nothing of the kind", "内容不是 .xlsx 文件"),
        ("空.csv", b"", "空"),
        ("坏.zip", b"PK\x03\x04 and no more", "zip"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_the_field(
    clerk: Client, name: str, content: bytes, said: str
) -> None:
    answer = clerk.post(url("deliveries"), {"tables": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Delivery.objects.exists()


def test_nothing_chosen_is_told(clerk: Client) -> None:
    answer = clerk.post(url("deliveries"), {})
    assert answer.status_code == 422
    assert "必填" in text(answer)


def test_the_empty_page_says_what_to_do(clerk: Client) -> None:
    assert "还没有导入过" in text(clerk.get(url("deliveries")))


# the difference


def test_lines_stand_with_their_rows_levels_and_measures(cast: Cast, clerk: Client) -> None:
    paper = sent(cast, table(*ROWS), part="clerk")
    page = text(clerk.get(url("paper", paper.opened_id)))
    for said in (
        "虚报费用",
        "R-CW-01",
        "第 2 行",
        "虚列发票套取资金",
        "事前双人复核",
        "导入选用的",
    ):
        assert said in page


def test_the_page_asks_no_more_for_many_lines(
    cast: Cast, clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    few = sent(cast, table(*ROWS), part="clerk")
    many = sent(
        cast,
        table(
            *(f"财务处,事项{n},,,出纳岗,风险{n}之甲乙丙丁,做法{n},高,措施{n}," for n in range(60))
        ),
        "多.csv",
        part="clerk",
    )
    for paper in (few, many):
        clerk.get(url("paper", paper.opened_id))
        with django_assert_num_queries(15):
            clerk.get(url("paper", paper.opened_id))


def test_the_list_asks_no_more_for_many_deliveries(
    cast: Cast, clerk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sent(cast, table(*ROWS), part="clerk")
    clerk.get(url("deliveries"))
    with django_assert_num_queries(13):
        clerk.get(url("deliveries"))
    for number in range(5):
        sent(cast, table(*ROWS), f"{number}.csv", part="clerk")
    with django_assert_num_queries(13):
        clerk.get(url("deliveries"))


def test_lines_are_narrowed_by_result_and_paged(cast: Cast, clerk: Client) -> None:
    rows = [f"财务处,事项{n},,,出纳岗,风险{n}之甲乙丙丁,做法{n},高,措施{n}," for n in range(60)]
    paper = sent(cast, table(*rows, "审计处,查账,,,审计岗,漏查,漏,高,复核,"), part="clerk")
    page = clerk.get(url("paper", paper.opened_id), {"show": "refused"})
    assert "漏查" in text(page)
    assert "事项1" not in text(page)
    first = clerk.get(url("paper", paper.opened_id), {"show": "added"})
    older = re.search(r"after=(\d+)\" rel=\"next\"", first.content.decode())
    assert older is not None
    second = clerk.get(url("paper", paper.opened_id), {"show": "added", "after": older[1]})
    assert "风险30之甲乙丙丁" in text(second)


def test_ticks_take_and_leave_lines_with_what_rests_on_them(cast: Cast, clerk: Client) -> None:
    paper = sent(cast, table(*ROWS), part="clerk")
    lines = {line.label: line for line in paper.lines.all()}
    shown = ",".join(str(line.place) for line in lines.values() if line.taken)
    kept = [lines["费用报销"].place, lines["虚报费用"].place]
    answer = clerk.post(
        url("choose", paper.opened_id),
        {"version": paper.version, "shown": shown, "take": kept},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert "选用 2 行" in text(answer)
    assert not paper.lines.get(label="重复报销").taken
    clerk.post(url("choose", paper.opened_id), {"version": paper.version, "all": "leave"})
    assert not paper.lines.filter(taken=True).exists()
    page = text(clerk.get(url("paper", paper.opened_id)))
    assert "没有选用任何行" in page


def test_ticks_of_a_stale_page_are_refused(cast: Cast, clerk: Client) -> None:
    paper = sent(cast, table(*ROWS), part="clerk")
    answer = clerk.post(
        url("choose", paper.opened_id), {"version": paper.version - 1, "all": "leave"}
    )
    assert answer.status_code == 422
    assert paper.lines.filter(taken=True).exists()


# what was understood


@pytest.mark.parametrize("rows", [1, 60])
def test_what_is_remembered_is_listed_page_by_page_and_found_by_how_it_is_written(
    cast: Cast, clerk: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        Remembered.objects.create(
            organisation=cast.organisation, kind="column", key=f"写法{number:02}", means="risk",
            said_by=cast.logins["clerk"], said_at=AT,
        )  # fmt: skip
    visible = Remembered.objects.filter(organisation=cast.organisation)
    with django_assert_num_queries(2):
        page = listed_meanings(visible, "", 1)
    assert (len(page.rows), page.count, page.newer) == (min(rows, 50), rows, None)
    assert page.older == (2 if rows > 50 else None)
    found = text(clerk.get(url("remembered"), {"q": "法00"}))
    assert "写法00" in found
    assert "写法01" not in found
    assert "没有这样的写法" in text(clerk.get(url("remembered"), {"q": "无"}))
    assert ("写法59" in text(clerk.get(url("remembered"), {"page": "2"}))) == (rows == 60)


def test_a_column_is_corrected_remembered_and_read_that_way_from_then_on(
    cast: Cast, clerk: Client
) -> None:
    content = table(*ROWS).replace("表现形式", "审查内容说明")
    paper = sent(cast, content, part="clerk")
    page = clerk.get(url("understood", paper.opened_id)).content.decode()
    field = re.search(r'data-heading="审查内容说明".*?name="(c\d+)"', page, re.DOTALL)
    assert field is not None
    sending = _choices(page)
    sending |= {field[1]: "manifestation", "version": str(paper.version), "remember": "on"}
    answer = clerk.post(url("understood", paper.opened_id), sending, follow=True)
    assert answer.status_code == 200
    line = paper.lines.get(label="虚报费用")
    assert "虚列发票套取资金" in line.content
    remembered = Remembered.objects.get(key="审查内容说明")
    assert remembered.means == "manifestation"
    again = sent(cast, content, "再来.csv", part="clerk")
    assert "虚列发票套取资金" in again.lines.get(label="虚报费用").content
    assert "审查内容说明" in text(clerk.get(url("remembered")))
    clerk.post(url("remembered-forget", remembered.pk))
    assert not Remembered.objects.filter(pk=remembered.pk).exists()


def test_numbered_levels_are_turned_round(cast: Cast, clerk: Client) -> None:
    paper = sent(cast, table(ROWS[0].replace(",高,", ",一级,")), part="clerk")
    page = clerk.get(url("understood", paper.opened_id))
    assert "编号的等级哪头高" in text(page)
    assert '"level":"high"' in paper.lines.get(label="虚报费用").content
    fields = _choices(page.content.decode())
    clerk.post(
        url("understood", paper.opened_id),
        {**fields, "version": str(paper.version), "direction": "low-first"},
    )
    assert '"level":"low"' in paper.lines.get(label="虚报费用").content


def test_an_unknown_unit_is_set_up_by_the_office(cast: Cast, office: Client) -> None:
    paper = sent(cast, table(ROWS[0].replace("财务处", "法规处")))
    assert "机构中没有单位“法规处”" in text(office.get(url("paper", paper.opened_id)))
    page = office.get(url("understood", paper.opened_id))
    fields = _choices(page.content.decode())
    fields["u0"] = "+"
    office.post(url("understood", paper.opened_id), {**fields, "version": str(paper.version)})
    assert paper.lines.get(label="法规处").verdict == "added"
    paper.refresh_from_db()
    office.post(url("apply", paper.opened_id), {"version": paper.version})
    assert cast.organisation.units.filter(name="法规处").exists()


def test_measures_are_sorted_by_hand_or_by_their_wording(cast: Cast, clerk: Client) -> None:
    paper = sent(cast, table(*ROWS), part="clerk")
    page = clerk.get(url("sorting", paper.opened_id))
    assert "每月抽查票据" in text(page)
    clerk.post(url("sorting", paper.opened_id), {"version": paper.version, "m1": "during"})
    assert '"phase":"during"' in paper.lines.get(label="虚报费用").content
    paper.refresh_from_db()
    clerk.post(url("sorting", paper.opened_id), {"version": paper.version, "suggested": "1"})
    paper.refresh_from_db()
    assert '"suggested":true' in paper.settings


def test_risks_and_measures_of_a_row_are_paired_and_put_together_again(
    cast: Cast, clerk: Client
) -> None:
    row = "财务处,采购,,,出纳岗,1.指定供应商；2.拆分项目,,高,1.随机抽取；2.合并核对；3.公示,"
    paper = sent(cast, table(row), part="clerk")
    page = clerk.get(url("understood", paper.opened_id)).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    clerk.post(
        url("pair", paper.opened_id),
        {"version": paper.version, "key": key[1], "m0": "0", "m1": "1", "m2": ""},
    )
    labels = paper.lines.filter(kind="risk").values_list("label", flat=True)
    assert sorted(labels) == ["拆分项目", "指定供应商"]
    assert paper.lines.get(label="指定供应商").content.count("公示") == 1
    assert not paper.lines.filter(is_doubtful=True).exists()
    paper.refresh_from_db()
    clerk.post(
        url("pair", paper.opened_id),
        {"version": paper.version, "key": key[1], "together": "1"},
    )
    assert paper.lines.filter(kind="risk").count() == 1


def test_a_row_taken_for_a_stored_risk_becomes_one_of_its_own(cast: Cast, clerk: Client) -> None:
    applied(cast, sent(cast, table(*ROWS), part="clerk"), "clerk")
    changed = ROWS[0].replace("虚报费用", "虚报各项费用")
    paper = sent(cast, table(changed), "二.csv", part="clerk")
    line = paper.lines.get(kind="risk")
    assert line.verdict == "changed"
    clerk.post(
        url("part", paper.opened_id),
        {"version": paper.version, "key": line.key.removeprefix("risk:")},
    )
    assert paper.lines.get(kind="risk").verdict == "added"


# deciding


def test_what_is_taken_is_written_and_undone(cast: Cast, clerk: Client) -> None:
    paper = sent(cast, table(*ROWS), part="clerk")
    answer = clerk.post(url("apply", paper.opened_id), {"version": paper.version}, follow=True)
    assert "已导入" in text(answer)
    assert RiskPoint.objects.count() == 2
    answer = clerk.post(url("undo", paper.opened_id), follow=True)
    assert "已撤销" in text(answer)
    assert not RiskPoint.objects.exists()


def test_after_a_change_undoing_is_refused_with_the_name(cast: Cast, clerk: Client) -> None:
    paper = applied(cast, sent(cast, table(*ROWS), part="clerk"), "clerk")
    Measure.objects.filter(text="建立台账").update(text="建立电子台账")
    answer = clerk.post(url("undo", paper.opened_id))
    assert answer.status_code == 422
    assert "“重复报销”在导入之后又有变更" in text(answer)
    assert RiskPoint.objects.count() == 2


def test_when_the_register_moved_a_new_preview_is_shown(cast: Cast, clerk: Client) -> None:
    first = sent(cast, table(*ROWS), part="clerk")
    second = sent(cast, table(*ROWS), "二.csv", part="clerk")
    applied(cast, first, "clerk")
    answer = clerk.post(url("apply", second.opened_id), {"version": second.version})
    assert answer.status_code == 422
    assert "登记册有了变化" in text(answer)
    assert "与登记册一致" in text(answer)


def test_a_file_is_given_up(cast: Cast, clerk: Client) -> None:
    paper = sent(cast, table(*ROWS), part="clerk")
    answer = clerk.post(url("discard", paper.opened_id), follow=True)
    assert "已放弃" in text(answer)
    answer = clerk.post(url("apply", paper.opened_id), {"version": paper.version})
    assert answer.status_code == 422
    assert not RiskPoint.objects.exists()


def test_a_long_file_is_left_to_the_workers_once(
    cast: Cast, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "AT_ONCE", 1)
    monkeypatch.setattr(asking, "AT_ONCE", 1)
    paper = sent(cast, table(*ROWS), part="clerk")
    for _ in range(2):
        clerk.post(url("apply", paper.opened_id), {"version": paper.version})
    assert Job.objects.filter(kind="intake.apply").count() == 1
    page = clerk.get(url("paper", paper.opened_id))
    assert "正在写入" in text(page)
    assert "导入选用的" not in text(page)


@pytest.mark.parametrize("silence", [timedelta(seconds=10), SILENCE + timedelta(seconds=1)])
def test_work_whose_worker_died_may_be_begun_anew(
    cast: Cast, clerk: Client, monkeypatch: pytest.MonkeyPatch, silence: timedelta
) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 1)
    monkeypatch.setattr(papers, "AT_ONCE", 1)
    paper = sent(cast, table(*ROWS), part="clerk")
    clerk.post(url("apply", paper.opened_id), {"version": paper.version})
    beat_at = clock.now() - silence
    Job.objects.update(state=Job.State.RUNNING, started_at=beat_at, beat_at=beat_at)
    is_dead = silence > SILENCE
    page = text(clerk.get(url("paper", paper.opened_id)))
    assert ("正在写入" in page) is not is_dead
    assert ("导入选用的" in page) is is_dead
    clerk.post(url("apply", paper.opened_id), {"version": paper.version})
    assert Job.objects.filter(kind="intake.apply").count() == (2 if is_dead else 1)


def test_a_delivery_is_written_by_the_workers_once(cast: Cast, clerk: Client) -> None:
    paper = sent(cast, table(*ROWS), part="clerk")
    for _ in range(2):
        clerk.post(url("delivery-apply", paper.delivery_id))
    assert Job.objects.filter(kind="intake.apply").count() == 1
    assert "正在导入" in text(clerk.get(url("delivery", paper.delivery_id)))


def test_a_file_that_cannot_be_read_says_why_and_is_read_again(cast: Cast, clerk: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
    paper = sent(cast, packed.getvalue(), "坏.xlsx", part="clerk")
    page = text(clerk.get(url("paper", paper.opened_id)))
    assert "坏.xlsx" in page
    assert "再读一次" in page
    clerk.post(url("read", paper.opened_id))
    assert Job.objects.filter(kind="intake.read").count() == 1


# where it came from


def test_a_risk_point_shows_the_row_it_came_from_and_the_row_what_it_became(
    cast: Cast, clerk: Client
) -> None:
    paper = applied(cast, sent(cast, table(*ROWS), part="clerk"), "clerk")
    risk = RiskPoint.objects.get(title="重复报销")
    page = text(clerk.get(url("of-risk", risk.pk)))
    assert "财务处.csv" in page
    assert "第 3 行" in page
    assert "一张发票报两次" in page
    original = text(clerk.get(url("original", paper.opened_id)))
    assert "R-CW-02" in original
    assert "表现形式" in original


def test_what_was_entered_by_hand_says_so(cast: Cast, clerk: Client) -> None:
    applied(cast, sent(cast, table(*ROWS), part="clerk"), "clerk")
    risk = RiskPoint.objects.get(title="重复报销")
    RiskPoint.objects.filter(pk=risk.pk).update(code="R-CW-99")
    assert "没有经过导入" in text(clerk.get(url("of-risk", risk.pk)))


def test_the_original_is_sent_as_it_came(cast: Cast, clerk: Client) -> None:
    paper = sent(cast, table(*ROWS), part="clerk")
    answer = clerk.get(url("file", paper.opened_id))
    assert b"".join(answer.streaming_content) == table(*ROWS).encode()  # type: ignore[attr-defined]


def test_a_units_form_is_downloaded_and_the_log_says_so(cast: Cast, clerk: Client) -> None:
    applied(cast, sent(cast, table(*ROWS), part="clerk"), "clerk")
    answer = clerk.get(url("unit-form", cast.units["CW"].pk))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert "重复报销" in cells
    assert Event.objects.filter(action="intake.form.taken").count() == 1


def _choices(page: str) -> dict[str, str]:
    """Return what the page's lists have chosen."""
    found = {}
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found
