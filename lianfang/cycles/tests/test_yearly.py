"""What a first and a later year ask of a filing, and what counts as gone over (六（五）)."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lianfang.cycles.actions import cycle
from lianfang.cycles.actions.filing import NotGoneOver, submit_filing
from lianfang.cycles.actions.publishing import publish
from lianfang.cycles.models import Cycle, Edition, Filing
from lianfang.cycles.queries.yearly import since_edition
from lianfang.cycles.rules.changes import not_gone_over, powers_changed, risks_changed
from lianfang.cycles.tests.year import SCHEME, brought_to, filing_of, opened, powered
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.register.model import Power, Register, RiskPoint, Subject, SubjectKind
from lianfang.risks.actions.reviewing import confirm_unchanged
from lianfang.risks.models import Measure, RiskReview
from lianfang.risks.models import RiskPoint as StoredRisk

pytestmark = pytest.mark.django_db
NEXT_ON, NEXT_AT = date(2027, 3, 1), AT + timedelta(days=291)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    return made


@pytest.fixture
def later(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Filing:
    """Return next year's filing of finance, being drafted beside the edition of this year."""
    brought_to(cast, "published")
    monkeypatch.setattr("lianfang.common.clock.now", lambda: NEXT_AT)
    made = cycle.open_cycle(
        organisation=cast.organisation,
        year=2027,
        scheme=SCHEME,
        on=NEXT_ON,
        by=cast.logins["office"],
        at=NEXT_AT,
    )
    Filing.objects.filter(cycle=made).update(state=Filing.State.DRAFTING)
    return Filing.objects.select_related("cycle", "unit", "organisation").get(
        cycle=made, unit=cast.units["CW"]
    )


def submitted(cast: Cast, filing: Filing) -> Filing:
    return submit_filing(
        filing=filing,
        statement="已逐项复核",
        scheme=SCHEME,
        on=NEXT_ON,
        by=cast.logins["head"],
        at=NEXT_AT,
    )


def reviewed(cast: Cast, on: date) -> None:
    risk = StoredRisk.objects.get()
    confirm_unchanged(
        organisation=cast.organisation,
        versions={risk.pk: risk.version},
        on=on,
        by=cast.logins["head"],
        at=NEXT_AT,
    )


def words(client: Client, page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(page).content.decode()))


def client_of(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


# rules --------------------------------------------------------------------------------------


def risk(code: str, title: str = "一") -> RiskPoint:
    about = Subject(kind=SubjectKind.UNIT, id="CW")
    return RiskPoint(id=code, unit="CW", about=about, title=title)


def test_what_is_new_changed_and_gone_is_told_apart() -> None:
    before = Register(risks=(risk("A"), risk("B"), risk("C")))
    after = Register(risks=(risk("B"), risk("C", "二"), risk("D")))
    found = risks_changed(before, after)
    sets = [set(codes) for codes in (found.added, found.changed, found.removed)]
    assert sets == [{"D"}, {"C"}, {"A"}]
    assert found.touched == {"C", "D"}
    assert not risks_changed(after, after)
    power = Power(id="P", code="P", unit="CW", name="审核", category="execution")
    assert powers_changed(before, Register(powers=(power,))).added == {"P"}


def test_what_is_neither_changed_nor_reviewed_waits() -> None:
    risks = [risk(code) for code in "ABC"]
    assert not_gone_over(risks, {"A"}, {"C"}) == ("B",)


# later years --------------------------------------------------------------------------------


def test_the_first_edition_counts_as_a_review_of_everything_in_it(cast: Cast) -> None:
    brought_to(cast, "published")
    stored = RiskReview.objects.get()
    assert (stored.risk.code, stored.kind, stored.reviewed_on) == ("R-CW-01", "published", ON)


def test_a_later_edition_counts_as_a_review_of_what_it_changes(cast: Cast, later: Filing) -> None:
    first = StoredRisk.objects.get()
    other = StoredRisk.objects.get()
    other.pk, other.code = None, "R-CW-02"
    other.save(force_insert=True)
    other.carriers.create(post=cast.posts["CWG"], order=0)
    reviewed_before = RiskReview.objects.count()
    Filing.objects.filter(pk=later.pk).update(state=Filing.State.APPROVED)
    publish(filing=later, effective_from=NEXT_ON, scheme=SCHEME, on=NEXT_ON, by=None, at=NEXT_AT)
    assert RiskReview.objects.count() == reviewed_before + 1
    assert RiskReview.objects.latest("pk").risk == other
    assert not RiskReview.objects.filter(risk=first, reviewed_on=NEXT_ON).exists()


def test_a_later_filing_is_refused_while_risk_points_were_not_gone_over(
    cast: Cast, later: Filing
) -> None:
    with pytest.raises(NotGoneOver) as refused:
        submitted(cast, later)
    assert "1 个风险点今年没有修改、也没有复核：R-CW-01。" in refused.value.text.zh
    # the end of last year is not this year
    reviewed(cast, date(2026, 12, 31))
    with pytest.raises(NotGoneOver):
        submitted(cast, later)
    reviewed(cast, date(2027, 1, 1))
    assert submitted(cast, later).state == "submitted"


def test_a_change_of_a_measure_is_a_review_of_its_risk_point(cast: Cast, later: Filing) -> None:
    Measure.objects.filter(order=0).update(text="报销前由经办人上传车票并与审批单、日程逐日核对")
    since = since_edition(later, NEXT_ON)
    assert since is not None
    assert since.risks.changed == {"R-CW-01"}
    assert since.waiting == ()
    assert not since.powers
    assert submitted(cast, later).state == "submitted"


def test_a_unit_without_an_edition_files_everything_in_any_year(cast: Cast, later: Filing) -> None:
    other = Filing.objects.select_related("cycle", "unit", "organisation").get(
        cycle=later.cycle, unit=cast.units["PS"]
    )
    assert since_edition(other, NEXT_ON) is None


# pages --------------------------------------------------------------------------------------


def test_a_first_filing_shows_everything_to_be_listed_and_what_is_missing(cast: Cast) -> None:
    opened(cast)
    page = words(client_of(cast, "clerk"), reverse("cycles:filing", args=[filing_of(cast).pk]))
    assert SCHEME.stages[0].first_year.zh in page
    assert SCHEME.stages[0].later_years.zh not in page
    assert re.search(r"C1 列出全部职权，写明类别、依据和流程 1 已完成", page)
    assert re.search(r"C3 人人查找风险 0 / 2 未完成", page)
    assert re.search(r"C4 评定每个风险点的等级 1 / 1 已完成", page)


def test_a_later_filing_shows_what_changed_and_what_waits(cast: Cast, later: Filing) -> None:
    clerk = client_of(cast, "clerk")
    page = words(clerk, reverse("cycles:filing", args=[later.pk]))
    assert SCHEME.stages[0].later_years.zh in page
    assert "与现行版本 2026-1 相比" in page
    assert re.search(r"风险点 0 0 0 待复核 1", page)
    submit = reverse("cycles:filing-submit", args=[later.pk])
    head = client_of(cast, "head")
    address = reverse("cycles:filing", args=[later.pk])
    assert "报送 还有 1 个风险点待复核，复核完才能报送。 去复核" in words(head, address)
    assert submit not in head.get(address).content.decode()
    StoredRisk.objects.update(title="虚增差旅天数套取补助")
    page = words(clerk, reverse("cycles:filing", args=[later.pk]))
    assert re.search(r"风险点 0 1 0 每个风险点都已修改或复核", page)
    assert submit in head.get(address).content.decode()


def test_a_filing_that_is_published_asks_for_nothing_more(cast: Cast) -> None:
    found = brought_to(cast, "published")
    page = words(client_of(cast, "clerk"), reverse("cycles:filing", args=[found.pk]))
    assert "今年填报什么" not in page
    assert "现行版本 2026-1" in page


def test_what_waits_is_ticked_on_a_page_of_the_filing(cast: Cast, later: Filing) -> None:
    head = client_of(cast, "head")
    address = reverse("cycles:filing-reviews", args=[later.pk])
    stored = StoredRisk.objects.get()
    page = head.get(address).content.decode()
    assert stored.title in page
    sent = {"risk": f"{stored.pk}-{stored.version}", "next": address}
    answer = head.post(reverse("risks:reviews-confirm"), sent)
    assert answer.headers["Location"] == address
    assert "没有等待复核的风险点，可以报送" in words(head, address)
    assert submitted(cast, later).state == "submitted"
    assert "checkbox" not in client_of(cast, "colleague").get(address).content.decode()


def test_one_is_led_to_no_other_site(cast: Cast, later: Filing) -> None:
    del later
    stored = StoredRisk.objects.get()
    sent = {"risk": f"{stored.pk}-{stored.version}", "next": "//evil.example/"}
    answer = client_of(cast, "head").post(reverse("risks:reviews-confirm"), sent)
    assert answer.headers["Location"] == f"/register/reviews/?unit={stored.unit_id}"


def test_the_board_counts_what_waits_for_its_review(
    cast: Cast, later: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    del later
    clerk = client_of(cast, "clerk")
    link = f'href="/register/reviews/?unit={cast.units["CW"].pk}">1</a>'
    assert link not in clerk.get(reverse("cycles:board")).content.decode()
    # published on 14 May 2026: due again on 14 May 2027
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT + timedelta(days=365))
    assert link in client_of(cast, "clerk").get(reverse("cycles:board")).content.decode()
    assert Cycle.objects.count() == 2
    assert Edition.objects.count() == 1
