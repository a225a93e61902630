"""The figures of all units: counted right, put in order, taken as files, by whom."""

import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, Settings

from lianfang.audit.models import Event
from lianfang.common.text import Language
from lianfang.cycles import exchange
from lianfang.cycles.actions import remarks
from lianfang.cycles.exchange import Collecting, collect
from lianfang.cycles.jobs import NoLongerCollects, collect_year
from lianfang.cycles.models import Cycle, Edition, Filing
from lianfang.cycles.queries.statistics import risks_filed, statistics_of
from lianfang.cycles.rules.ordering import FIGURES, next_sort, ordered
from lianfang.cycles.tests.year import SCHEME, brought_to, opened, powered
from lianfang.documents.writing.statistics import Line, sum_of
from lianfang.files.models import Attachment
from lianfang.files.store import content_of
from lianfang.jobs.models import Job
from lianfang.org import actions as org
from lianfang.org.models import Appointment, Unit
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.models import Power
from lianfang.risks.models import Measure, RiskPoint
from lianfang.risks.tests.many import fill


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    del db
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    return made


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def words(response: object) -> str:
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content))


def lines_of(cast: Cast) -> dict[str, Line]:
    rows = statistics_of(Cycle.objects.get(), SCHEME, ON)
    return {row.filing.unit.code: row.line for row in rows}


def asked(kind: str = "xlsx", language: Language = Language.ZH) -> Collecting:
    return Collecting(cycle=Cycle.objects.get(), scheme=SCHEME, on=ON, language=language, kind=kind)


# counting


def test_every_figure_of_a_unit_is_counted(cast: Cast) -> None:
    brought_to(cast, "published")
    line = lines_of(cast)["CW"]
    assert (line.unit, line.state, line.edition) == ("财务处", "已发布", "2026-1")
    assert (line.powers, line.categories) == (1, (0, 1, 0, 0))
    assert (line.risks, line.levels) == (1, (0, 1, 0, 0))
    assert line.aspects == (0, 0, 0, 1, 0)
    assert (line.measures, line.phases) == (3, (1, 1, 1, 0))
    assert (line.posts, line.asked, line.taken, line.remarks) == (2, 2, 0, 0)
    assert set(lines_of(cast)) == {"LD", "CW", "PS", "BG"}
    assert lines_of(cast)["PS"].edition == ""
    Edition.objects.update(superseded_on=ON)
    assert lines_of(cast)["CW"].edition == ""


def test_what_is_in_none_of_the_schemes_lists_is_counted_apart(cast: Cast) -> None:
    opened(cast)
    Power.objects.update(category="")
    RiskPoint.objects.update(rank=0, aspects=[])
    Measure.objects.filter(order=0).update(phase="")
    line = lines_of(cast)["CW"]
    assert line.categories == (0, 0, 0, 1)
    assert line.levels == (0, 0, 0, 1)
    assert line.aspects == (0, 0, 0, 0, 0)
    assert line.phases == (0, 1, 1, 1)


def test_what_is_retired_is_not_counted(cast: Cast) -> None:
    opened(cast)
    RiskPoint.objects.update(retired_on=ON, retired_reason="并入")
    Power.objects.update(retired_on=ON, retired_reason="取消")
    line = lines_of(cast)["CW"]
    assert (line.powers, line.risks, line.measures) == (0, 0, 0)


def test_open_remarks_are_those_nobody_closed(cast: Cast) -> None:
    found = brought_to(cast, "in_check")
    by = cast.logins["office"]
    made = [
        remarks.raise_remark(filing=found, check_code="C1", text=text, by=by, at=AT)
        for text in ("一", "二", "三")
    ]
    remarks.answer_remark(remark=made[0], answer="已补", by=by, at=AT)
    remarks.resolve_remark(remark=made[1], by=by, at=AT)
    assert lines_of(cast)["CW"].remarks == 2


def test_the_sum_of_the_units_is_that_of_the_register(cast: Cast) -> None:
    fill(cast, 60)
    cycle = opened(cast)
    total = sum_of(lines_of(cast).values(), SCHEME)
    assert total.risks == RiskPoint.objects.count() == risks_filed(cycle, ON)
    assert total.measures == Measure.objects.count()
    assert total.levels[-1] == RiskPoint.objects.filter(rank=0).count()


# order


@dataclass(frozen=True)
class Counted:
    name: str
    line: Line


def counted(name: str, *, high: int = 0, asked: int = 0, taken: int = 0) -> Counted:
    line = Line(
        categories=(0,), levels=(high, 0), aspects=(), phases=(0,), asked=asked, taken=taken
    )
    return Counted(name, line)


def test_units_stand_by_a_figure_the_most_first_or_the_least() -> None:
    rows = [counted("甲", high=1), counted("乙", high=3), counted("丙", high=1)]

    def names(sort: str) -> str:
        return "".join(row.name for row in ordered(rows, sort))

    assert (names("high"), names("-high")) == ("乙甲丙", "甲丙乙")
    assert names("") == names("poem") == names("-") == "甲乙丙"


def test_taking_part_is_a_share_and_all_of_nobody_is_everybody() -> None:
    rows = [counted("半", asked=4, taken=2), counted("全", asked=1, taken=1), counted("无")]
    assert [row.name for row in ordered(rows, "-taken")] == ["半", "全", "无"]
    assert [row.name for row in ordered(rows, "taken")] == ["全", "无", "半"]


@pytest.mark.parametrize("figure", FIGURES)
def test_a_heading_leads_round_in_three_clicks(figure: str) -> None:
    assert next_sort("", figure) == next_sort("other", figure) == figure
    assert next_sort(figure, figure) == f"-{figure}"
    assert next_sort(f"-{figure}", figure) == ""


# the page


def test_staff_see_the_figures_of_every_unit_with_their_sum(cast: Cast) -> None:
    brought_to(cast, "drafting")
    page = words(client_of(cast, "clerk").get(reverse("cycles:statistics", args=[2026])))
    assert "财务处 填报中 — 2 0 0" in page
    assert "财务处 1 0 1 0 0 2" in page
    assert "财务处 3 1 1 1 0" in page
    assert "财务处 1 0 1 0 0 0 0 0 1 0" in page
    assert "全部单位 8 0 0" in page
    assert ".xlsx" not in page


def test_the_page_puts_units_in_order_by_a_heading(cast: Cast) -> None:
    opened(cast)
    clerk, url = client_of(cast, "clerk"), reverse("cycles:statistics", args=[2026])

    def units(sort: str) -> list[str]:
        shown = clerk.get(url, {"sort": sort}).content.decode()
        return re.findall(r'<th scope="row"><a [^>]*>([^<]+)', shown)[:4]

    assert units("") == ["办公室", "财务处", "领导班子", "评审处"]
    assert units("risks") == ["财务处", "办公室", "领导班子", "评审处"]
    assert units("-risks") == ["办公室", "领导班子", "评审处", "财务处"]
    page = clerk.get(url, {"sort": "risks"}).content.decode()
    assert page.count('aria-sort="descending"') == 1
    assert 'href="?sort=-risks#risks"' in page


def test_the_page_asks_no_more_for_many_units(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cycle = opened(cast)
    clerk, url = client_of(cast, "clerk"), reverse("cycles:statistics", args=[2026])
    clerk.get(url)
    with django_assert_num_queries(STATISTICS):
        clerk.get(url)
    fill(cast, 40)
    for number in range(20):
        unit = org.create_unit(
            organisation=cast.organisation,
            code=f"N{number}",
            name=f"新设{number}处",
            kind=Unit.Kind.DEPARTMENT,
            parent=cast.units["root"],
            by=None,
            at=AT,
        )
        Filing.objects.create(organisation=cast.organisation, cycle=cycle, unit=unit)
    with django_assert_num_queries(STATISTICS):
        clerk.get(url)


# session, login, person with appointments and seats, nights swept, this year (2), numbers of the
# scheme, filings, powers, posts, levels, aspects, measures, seats, who took part, remarks, editions
STATISTICS = 19


# the files


def test_the_workbook_has_the_figures_and_the_table_of_all_units(cast: Cast) -> None:
    brought_to(cast, "drafting")
    fill(cast, 12)
    made = collect(asked())
    assert (made.name, made.units, made.risks) == ("2026年度填报汇总 2026-05-14.xlsx", 4, 13)
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    assert book.sheetnames == ["汇总", "措施表"]
    figures, table = book.worksheets
    assert figures["A1"].value == "示范评价中心2026年度廉政风险防控填报汇总表"
    rows = {row[1]: row for row in figures.iter_rows(min_row=5, values_only=True)}
    assert rows["财务处"][2:10] == ("填报中", 2, 0, 1, 0, 1, 2, 11)
    assert rows["全部单位"][9] == 13
    assert "汇总稿" in table["A2"].value
    bands = [cell.value for cell in table["A"] if cell.value in ("财务处", "评审处")]
    assert bands == ["财务处", "评审处"]
    titles = [cell.value for cell in table["F"]]
    assert sum(bool(RiskPoint.objects.filter(title=title)) for title in titles) == 13
    assert collect(asked()).content == made.content


def test_the_english_workbook_speaks_english(cast: Cast) -> None:
    brought_to(cast, "drafting")
    made = collect(asked(language=Language.EN))
    assert made.name == "Filings of 2026 2026-05-14.xlsx"
    sheet, table = openpyxl.load_workbook(io.BytesIO(made.content)).worksheets
    assert table["A2"].value.startswith("Unit: Centre")
    assert sheet["A1"].value == "Centre: Filings of 2026 in Figures"
    assert "Being drafted" in {cell.value for cell in sheet["C"]}


@pytest.mark.usefixtures("fonts_folder")
def test_a_pdf_has_the_table_too_unless_that_is_long(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(cast)

    def told() -> str:
        pages = PdfReader(io.BytesIO(collect(asked("pdf")).content)).pages
        return "".join(page.extract_text() for page in pages).replace("\n", "")

    assert "虚列差旅天数套取补助" in told()
    monkeypatch.setattr(exchange, "AT_ONCE", 0)
    short = told()
    assert "虚列差旅天数套取补助" not in short
    assert "财务处" in short


def test_the_office_takes_a_small_file_at_once_and_the_log_tells(cast: Cast) -> None:
    opened(cast)
    answer = client_of(cast, "office").post(
        reverse("cycles:collect", args=[2026]), {"kind": "xlsx"}
    )
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"PK")
    event = Event.objects.latest("position")
    assert (event.action, event.subject) == (
        "cycles.cycle.collected",
        f"cycles.cycle:{Cycle.objects.get().pk}",
    )
    assert not Attachment.objects.exists()


def test_an_unknown_format_leads_back(cast: Cast) -> None:
    opened(cast)
    page = reverse("cycles:collect", args=[2026])
    answer = client_of(cast, "office").post(page, {"kind": "exe"})
    assert answer.headers["Location"] == reverse("cycles:statistics", args=[2026])


def test_a_large_file_is_left_to_the_workers_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(cast)
    monkeypatch.setattr("lianfang.cycles.views.statistics.AT_ONCE", 0)
    office, page = client_of(cast, "office"), reverse("cycles:collect", args=[2026])
    first, second = (office.post(page, {"kind": "xlsx"}) for _ in range(2))
    job = Job.objects.get(kind="cycles.collect")
    assert first.headers["Location"] == reverse("shell:job", args=[job.pk])
    assert first.headers["Location"] == second.headers["Location"]
    told: list[tuple[int, int]] = []
    outcome = collect_year(job, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    kept = Attachment.objects.get()
    assert outcome.values == {"units": 4, "risks": 1, "name": kept.name}
    assert content_of(kept.digest) == collect(asked()).content
    file = office.get(outcome.url)
    assert b"".join(file.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    # it was made for whoever asked, and for nobody else
    assert client_of(cast, "secretary").get(outcome.url).status_code == 404
    assert client_of(cast, "clerk").get(outcome.url).status_code == 403


def test_nothing_is_made_for_somebody_who_may_not_have_it_any_more(cast: Cast) -> None:
    opened(cast)
    job = Job.objects.create(
        kind="cycles.collect",
        organisation=cast.organisation.pk,
        asked_by=cast.logins["deputy"],
        arguments={"year": 2026, "kind": "xlsx", "language": "zh"},
        created_at=AT,
    )
    Appointment.objects.filter(person=cast.people["deputy"]).update(to_on=date(2026, 1, 31))
    with pytest.raises(NoLongerCollects):
        collect_year(job, lambda done, total: None)
    assert not Attachment.objects.exists()
