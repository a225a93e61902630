"""Pages: what they show, what they refuse, and that what was typed stays."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from msgspec.structs import replace

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.powers import actions
from lianfang.powers.actions.locks import lock
from lianfang.powers.actions.powers import stored_power
from lianfang.powers.models import Power, Regulation
from lianfang.powers.tests.making import power, regulation
from lianfang.register import model
from lianfang.register.model import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast, "clerk")


def signed_in(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.logins[part])
    return client


def read(client: Client, name: str, *arguments: object, query: str = "") -> str:
    answer = client.get(reverse(f"powers:{name}", args=arguments) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def table(prefix: str, *rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """Return rows as a browser sends them."""
    sent: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": initial,
    }
    for place, row in enumerate(rows):
        sent |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return sent


SENT = {
    "name": "会议费审批",
    "category": "decision",
    "matters": ["large_sums"],
    "frequency": "每月",
    "public": "on",
    **table("bases", {"regulation": "ZD-001", "article": "第五条"}, {"text": "惯例"}, {}),
    **table(
        "parts",
        {"post": "CWC", "role": "decides", "limit": "两万元以下", "amount": "20000"},
        {"post": "CWG", "role": "executes"},
        {},
    ),
}


def test_every_page_says_what_belongs_there_when_nothing_does(client: Client) -> None:
    assert "还没有登记职权" in read(client, "catalogue")
    assert "制度库还是空的" in read(client, "regulations")
    assert "还没有登记职权" in read(client, "matrix")
    assert "还没有登记职权" in read(client, "map")


def test_a_power_is_listed_with_bases_and_posts_and_its_flow_comes_next(
    cast: Cast, client: Client
) -> None:
    regulation(cast)
    answer = client.post(reverse("powers:power-add", args=[cast.units["CW"].pk]), SENT)
    made = Power.objects.get()
    assert answer.headers["Location"] == reverse("powers:power-steps", args=[made.pk])
    value = stored_power(made, AT.date())
    assert value.code == "CW-01"
    assert [basis.text for basis in value.bases] == ["《财务报销管理办法》第五条", "惯例"]
    assert [(part.post, part.role, part.amount) for part in value.posts] == [
        ("CWC", "decides", 20000),
        ("CWG", "executes", None),
    ]
    assert (made.public, made.matters, made.created_by) == (
        True,
        ["large_sums"],
        cast.logins["clerk"],
    )


def test_more_rows_keep_what_was_typed_and_save_nothing(cast: Cast, client: Client) -> None:
    regulation(cast)
    url = reverse("powers:power-add", args=[cast.units["CW"].pk])
    page = client.post(url, {**SENT, "name": "", "more": "1"}).content.decode()
    assert 'value="两万元以下"' in page
    assert "form-err" not in page
    assert not Power.objects.exists()


def without(prefix: str) -> dict[str, Any]:
    return {name: value for name, value in SENT.items() if not name.startswith(f"{prefix}-")}


def test_a_row_without_role_and_a_role_twice_are_told(cast: Cast, client: Client) -> None:
    regulation(cast)
    url = reverse("powers:power-add", args=[cast.units["CW"].pk])
    answer = client.post(url, without("parts") | table("parts", {"post": "CWC"}))
    assert answer.status_code == 422
    assert "请选择，或清空这一行。" in answer.content.decode()
    twice = {"post": "CWC", "role": "decides"}
    answer = client.post(url, without("parts") | table("parts", twice, twice))
    assert "写了两次" in answer.content.decode()
    answer = client.post(url, without("bases") | table("bases", {"article": "第五条"}))
    assert "写了条款" in answer.content.decode()
    assert not Power.objects.exists()


def test_the_page_of_a_power_shows_its_posts_flow_and_history(cast: Cast, client: Client) -> None:
    made = power(cast)
    page = read(client, "power", made.pk)
    for word in ("报销付款", "CW-01", "财务报销管理办法", "第三条", "财务处处长", "≤ 50,000 元"):
        assert word in page
    assert "<svg" in page
    assert "审批报销" in page
    assert "登记职权" in page
    assert "关键环节" in page


def test_a_clash_colours_the_row_and_bears_its_code(cast: Cast, client: Client) -> None:
    both = (
        model.PowerPost(post="CWG", role=Role.EXECUTES),
        model.PowerPost(post="CWG", role=Role.SUPERVISES),
    )
    made = power(cast, posts=both)
    page = read(client, "power", made.pk)
    assert 'class="clash"' in page
    assert "C208" in page
    assert "C208" in read(client, "matrix")


def test_an_edit_changes_what_differs_and_a_stale_one_shows_both(
    cast: Cast, client: Client
) -> None:
    made = power(cast)
    url = reverse("powers:power-edit", args=[made.pk])
    sent = SENT | {"version": made.version, "name": "报销审核"}
    actions.change_power(
        power=made, wanted=replaced(made, name="报销复核"), by=None, at=AT, version=made.version
    )
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "报销复核" in page
    assert "报销审核" in page
    assert "审批单笔报销" in page
    made.refresh_from_db()
    assert made.name == "报销复核"
    assert client.post(url, sent | {"version": made.version}).status_code == 302
    made.refresh_from_db()
    assert made.name == "报销审核"
    assert made.steps.count() == 3


def replaced(power: Power, **values: Any) -> model.Power:
    return replace(stored_power(power, AT.date()), **values)


def test_nobody_outside_the_unit_edits_its_powers(cast: Cast) -> None:
    made = power(cast)
    for name in ("power-edit", "power-steps", "power-retire", "power-delete"):
        url = reverse(f"powers:{name}", args=[made.pk])
        assert signed_in(cast, "colleague").get(url).status_code == 403
        assert signed_in(cast, "head").get(url).status_code == 200
        assert signed_in(cast, "system").get(url).status_code == 404


def test_the_library_is_kept_by_the_office(cast: Cast, client: Client) -> None:
    rule = regulation(cast)
    power(cast)
    page = read(client, "regulation", rule.pk)
    assert "报销付款" in page
    assert client.get(reverse("powers:regulation-add")).status_code == 403
    office = signed_in(cast, "office")
    url = reverse("powers:regulation-add")
    answer = office.post(url, {"title": "采购办法", "state": "to_be_made", "due_on": "2026-06-30"})
    made = Regulation.objects.get(title="采购办法")
    assert answer.headers["Location"] == reverse("powers:regulation", args=[made.pk])
    assert made.code == "ZD-002"
    state = reverse("powers:regulation-state", args=[made.pk])
    sent = {"state": "in_force", "on": "2026-05-14", "version": made.version}
    assert office.post(state, sent).status_code == 302
    assert "采购办法" in read(client, "regulations", query="?state=in_force")
    assert "采购办法" not in read(client, "regulations", query="?state=repealed")


@pytest.mark.parametrize("page", ["catalogue", "matrix", "map", "regulations"])
def test_lists_stand_in_english_too(cast: Cast, client: Client, page: str) -> None:
    power(cast)
    client.cookies["lianfang_language"] = "en"
    assert "报销付款" in read(client, page) or page == "regulations"


STEPS = table(
    "steps",
    {"number": "1", "name": "受理", "kind": "start", "post": "CWG", "days": "1"},
    {"number": "2", "name": "审批", "kind": "decision", "post": "CWC", "onward": "3 同意；1 退回"},
    {"number": "3", "name": "归档", "kind": "end", "lane": "档案室"},
    {"number": "2.5", "name": "复核", "kind": "step", "post": "CWC"},
    {},
)


def test_a_flow_is_typed_as_a_table_and_numbered_anew(cast: Cast, client: Client) -> None:
    made = power(cast, steps=())
    url = reverse("powers:power-steps", args=[made.pk])
    assert client.post(url, STEPS | {"version": made.version}).status_code == 302
    steps = stored_power(made, AT.date()).steps
    assert [step.name for step in steps] == ["受理", "审批", "复核", "归档"]
    places = {step.id: place for place, step in enumerate(steps, 1)}
    arrows = [[(places[arrow.to], arrow.condition) for arrow in step.arrows] for step in steps]
    assert arrows == [[(2, "")], [(4, "同意"), (1, "退回")], [(4, "")], []]
    page = read(client, "power-steps", made.pk)
    assert 'value="4 同意；1 退回"' in page


def test_the_chart_is_drawn_anew_while_one_types_and_nothing_is_saved(
    cast: Cast, client: Client
) -> None:
    made = power(cast, steps=())
    url = reverse("powers:power-steps-chart", args=[made.pk])
    part = client.post(url, STEPS, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section class="card" id="chart"')
    assert "复核" in part
    assert made.steps.count() == 0


def test_an_arrow_to_nowhere_is_told_at_its_row_and_what_was_typed_stays(
    cast: Cast, client: Client
) -> None:
    made = power(cast, steps=())
    url = reverse("powers:power-steps", args=[made.pk])
    sent = STEPS | {"steps-1-onward": "9 同意", "version": made.version}
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有序号为 9 的环节" in page
    assert 'value="9 同意"' in page
    assert made.steps.count() == 0
    twice = client.post(url, STEPS | {"steps-3-number": "2"}).content.decode()
    assert "序号相同" in twice


def test_a_stale_flow_shows_both_and_can_be_saved_again(cast: Cast, client: Client) -> None:
    made = power(cast)
    url = reverse("powers:power-steps", args=[made.pk])
    actions.change_power(power=made, wanted=replaced(made, name="报销"), by=None, at=AT)
    answer = client.post(url, STEPS | {"version": made.version})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "付款归档" in page
    assert "[1] 受理（出纳岗，1 日）" in page


def test_a_draft_is_deleted_by_its_author_and_brought_back(cast: Cast, client: Client) -> None:
    made = power(cast)
    value = stored_power(made, AT.date())
    answer = client.post(reverse("powers:power-delete", args=[made.pk]))
    assert not Power.objects.exists()
    offer = answer.headers["Location"]
    assert "报销付款" in client.get(offer).content.decode()
    assert signed_in(cast, "head").get(offer).status_code == 404
    back = client.post(offer).headers["Location"]
    again = Power.objects.get()
    assert back == reverse("powers:power", args=[again.pk])
    assert stored_power(again, AT.date()) == value


def test_files_of_a_power_and_of_a_unit_are_sent(cast: Cast, client: Client) -> None:
    made = power(cast)
    starts = {"xlsx": b"PK", "docx": b"PK", "pdf": b"%PDF"}
    for kind, start in starts.items():
        answer = client.get(reverse("powers:power-print", args=[made.pk, kind]))
        assert answer.content.startswith(start)
        for form in ("catalogue", "matrix"):
            url = reverse("powers:unit-print", args=[made.unit_id, form, kind])
            assert client.get(url).content.startswith(start)
    for kind, start in {"svg": b"<svg", "bpmn": b"<?xml", "pdf": b"%PDF"}.items():
        answer = client.get(reverse("powers:power-chart", args=[made.pk, kind]))
        assert answer.content.startswith(start)
    for url in (
        reverse("powers:power-print", args=[made.pk, "csv"]),
        reverse("powers:power-chart", args=[made.pk, "png"]),
        reverse("powers:unit-print", args=[made.unit_id, "measures", "pdf"]),
    ):
        assert client.get(url).status_code == 404


def test_a_printed_catalogue_is_headed_by_its_unit(cast: Cast, client: Client) -> None:
    made = power(cast)
    client.force_login(cast.logins["clerk"])
    for page, key in (("power-print", made.pk), ("unit-print", made.unit_id)):
        form = ["catalogue"] if page == "unit-print" else []
        sent = client.get(reverse(f"powers:{page}", args=[key, *form, "xlsx"]))
        with ZipFile(BytesIO(sent.content)) as book:
            sheet = "".join(book.read(name).decode() for name in book.namelist() if "xl/" in name)
        assert "单位：财务处" in sheet


def test_the_catalogue_is_narrowed_by_what_stands_in_the_address(
    cast: Cast, client: Client
) -> None:
    power(cast)
    power(cast, "colleague", unit="PS", name="评审组派出", category=None, matters=())
    assert "评审组派出" not in read(client, "catalogue", query="?q=报销")
    assert "报销付款" not in read(client, "catalogue", query=f"?unit={cast.units['PS'].pk}")
    assert "报销付款" not in read(client, "catalogue", query="?category=none")
    assert "评审组派出" not in read(client, "catalogue", query="?matter=large_sums")
    assert "没有符合条件的职权" in read(client, "catalogue", query="?level=high")
    assert "没有符合条件的职权" in read(client, "catalogue", query="?retired=1")
    assert "报销付款" in read(client, "catalogue", query="?sort=level&unit=nonsense")


def test_administrators_know_nothing_of_powers(cast: Cast) -> None:
    for part in ("system", "security", "audit"):
        for name in ("catalogue", "matrix", "map", "regulations"):
            assert signed_in(cast, part).get(reverse(f"powers:{name}")).status_code == 404


def test_a_file_that_cannot_be_made_is_told_on_the_page_before(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise Refused(Text("没有可用的字体。", "There is no font."))

    monkeypatch.setattr("lianfang.powers.views.charts.chart_file", refuse)
    made = power(cast)
    answer = client.get(reverse("powers:power-chart", args=[made.pk, "pdf"]), follow=True)
    assert answer.redirect_chain == [(reverse("powers:power", args=[made.pk]), 302)]
    assert "没有可用的字体。" in answer.content.decode()


def test_the_search_box_finds_powers_and_regulations(cast: Cast, client: Client) -> None:
    power(cast)
    page = client.get(reverse("shell:search"), {"q": "报销"}).content.decode()
    assert "报销付款" in page
    assert "财务报销管理办法" in page
    hidden = signed_in(cast, "system").get(reverse("shell:search"), {"q": "报销付款"})
    assert reverse("powers:power", args=[Power.objects.get().pk]) not in hidden.content.decode()


def test_a_locked_power_is_shown_as_such_and_its_form_says_why(cast: Cast, client: Client) -> None:
    made = power(cast)
    lock(unit=made.unit, reason="审核中", by=None, at=AT)
    page = read(client, "power", made.pk)
    assert "已锁定：审核中" in page
    assert reverse("powers:power-edit", args=[made.pk]) not in page
    regulation(cast)
    url = reverse("powers:power-edit", args=[made.pk])
    answer = client.post(url, SENT | {"version": made.version})
    assert answer.status_code == 422
    assert "已锁定，暂不能修改" in answer.content.decode()


def test_a_key_post_is_marked(cast: Cast, client: Client) -> None:
    made = power(cast, matters=(), steps=())
    assert "关键岗位" not in read(client, "power", made.pk)
    risk = made.risks.create(
        organisation=cast.organisation,
        unit=made.unit,
        code="R-1",
        title="虚报",
        rank=3,
        created_at=AT,
    )
    risk.carriers.create(post=cast.posts["CWG"], order=0)
    assert "关键岗位" in read(client, "power", made.pk)
