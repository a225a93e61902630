"""The pages of one risk point, of rating, measures and finding, as people use them."""

import re
from collections.abc import Mapping

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.org.tests.cast import Cast, full_cast
from lianfang.powers.models import DeletedDraft
from lianfang.risks.actions.risk import Shown
from lianfang.risks.models import Measure, Participation, RiskPoint
from lianfang.risks.tests.entering import Entered, browsers_of, shown
from lianfang.risks.tests.test_measures import added
from lianfang.risks.tests.test_rating import answers, rated
from lianfang.risks.tests.test_risk_actions import made, power_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def entered(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


def to(name: str, *arguments: object) -> str:
    return reverse(f"risks:{name}", args=arguments)


def scored(step: int, prefix: str = "s_") -> dict[str, str]:
    return {prefix + code: str(value) for code, value in answers(step)}


def sent(client: Client, path: str, data: Mapping[str, object], status: int = 302) -> str:
    answer = client.post(path, dict(data))
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def test_a_risk_is_recorded_rated_and_endorsed_from_page_to_page(
    cast: Cast, entered: Entered
) -> None:
    power = power_of(cast)
    clerk, head = entered("clerk"), entered("head")
    add = to("risk-add", cast.units["CW"].pk) + f"?about=power-{power.pk}&aspect=rules"
    page = shown(clerk, add)
    assert f'value="power-{power.pk}" selected' in page
    sent(
        clerk,
        add,
        {
            "title": "付款先付后批",
            "about": f"power-{power.pk}",
            "posts": [cast.posts["CWG"].pk],
            "aspects": ["rules"],
            "shown_0_text": "月底集中付款，审批单后补。",
            "shown_0_level": "",
        },
    )
    risk = RiskPoint.objects.get()
    assert "月底集中付款" in shown(clerk, to("risk", risk.pk))
    sent(clerk, to("risk-rate", risk.pk), {**scored(3), "propose": "1", "version": "1"})
    risk.refresh_from_db()
    assert risk.proposed == "medium"
    assert to("risk-endorse", risk.pk) not in shown(clerk, to("risk", risk.pk))
    assert clerk.get(to("risk-endorse", risk.pk)).status_code == 403
    assert to("risk-endorse", risk.pk) in shown(head, to("rating") + "?what=endorse")
    shown(head, to("risk-endorse", risk.pk))
    sent(head, to("risk-endorse", risk.pk), {"level": "medium", "version": risk.version})
    page = shown(head, to("risk", risk.pk))
    assert "审核等级" in page
    assert RiskPoint.objects.get().endorsed == "medium"


def test_the_explanation_grows_by_htmx_and_without_javascript(cast: Cast, entered: Entered) -> None:
    risk, client = made(cast), entered("clerk")
    page = shown(client, to("risk-rate", risk.pk))
    assert "缺少 10 项回答" in page
    answer = client.get(
        to("rate-reckoned", risk.pk), {**scored(4), "level": "high"}, headers={"HX-Request": "true"}
    )
    part = answer.content.decode()
    assert part.count("<html") == 0
    assert "加权平均" in part or "16" in part
    page = sent(client, to("risk-rate", risk.pk), {**scored(4), "count": "1"}, 200)
    assert len(re.findall(r"<input[^>]* checked", page)) == 10
    assert RiskPoint.objects.get().scores == []


def test_a_refused_proposal_keeps_what_was_answered(cast: Cast, entered: Entered) -> None:
    risk, client = made(cast), entered("clerk")
    data = {**scored(4), "level": "low", "propose": "1", "version": "1"}
    page = sent(client, to("risk-rate", risk.pk), data, 422)
    assert "不一致，请写明理由" in page
    assert len(re.findall(r"<input[^>]* checked", page)) == 11


def test_a_stale_form_shows_both_and_then_takes_the_place(cast: Cast, entered: Entered) -> None:
    risk, client = made(cast), entered("clerk")
    shown(client, to("risk-edit", risk.pk))
    RiskPoint.objects.update(version=7, title="别人改的")
    data: dict[str, object] = {
        "title": "我改的",
        "posts": [cast.posts["CWG"].pk],
        "version": "1",
    }
    page = sent(client, to("risk-edit", risk.pk), data, 422)
    assert "别人改的" in page
    assert "我改的" in page
    assert 'value="7"' in page
    sent(client, to("risk-edit", risk.pk), {**data, "version": "7"})
    assert RiskPoint.objects.get().title == "我改的"


def test_a_draft_is_deleted_and_brought_back(cast: Cast, entered: Entered) -> None:
    risk, client = made(cast), entered("clerk")
    sent(client, to("risk-delete", risk.pk), {})
    assert client.get(to("risk", risk.pk)).status_code == 404
    draft = DeletedDraft.objects.get()
    assert to("restore", draft.pk) in shown(client, to("deleted"))
    assert entered("head").post(to("restore", draft.pk)).status_code == 404
    sent(client, to("restore", draft.pk), {})
    assert risk.title in shown(client, to("risk", risk.pk))


def test_measures_are_written_by_phase_and_sorted(cast: Cast, entered: Entered) -> None:
    risk, client = made(cast), entered("clerk")
    shown(client, to("measure-add", risk.pk) + "?phase=early")
    data = {"text": "付款前双人核对", "phase": "early", "post": cast.posts["CWC"].pk}
    sent(client, to("measure-add", risk.pk), {**data, "version": "1", "frequency": "每次"})
    measure = Measure.objects.get()
    assert "付款前双人核对" in shown(client, to("measures", risk.pk))
    shown(client, to("measure-edit", measure.pk))
    data = {"text": "付款前双人复核", "phase": "early", "version": "2"}
    sent(client, to("measure-edit", measure.pk), data)
    loose = added(risk, "事后回访")
    assert "事后回访" in shown(client, to("sorting"))
    sent(client, to("sorting"), {f"phase_{loose.pk}": "after"})
    loose.refresh_from_db()
    assert loose.phase == "after"
    shown(client, to("measure-drop", measure.pk))
    sent(client, to("measure-drop", measure.pk), {})
    assert list(risk.measures.all()) == [loose]


def test_a_holder_looks_for_risks_and_the_desk_no_longer_asks(cast: Cast, entered: Entered) -> None:
    client, post = entered("clerk"), cast.posts["CWG"]
    assert "还有 1 个岗位" in shown(client, "/")
    page = shown(client, to("finding-post", post.pk))
    fields = set(re.findall(r'name="(q_[^"]+)"', page))
    answer = dict.fromkeys(fields, "no")
    missing = sent(client, to("finding-post", post.pk), {min(fields): "yes"}, 422)
    assert "请选一项" in missing
    sent(client, to("finding-post", post.pk), {**answer, min(fields): "yes"})
    assert Participation.objects.get().answers[min(fields).removeprefix("q_")] == "yes"
    assert "可能有风险的地方" in shown(client, to("finding-found", post.pk))
    assert "今年尚未查找" not in shown(client, to("finding"))
    assert "还有 1 个岗位" not in shown(client, "/")
    others = shown(entered("colleague"), to("participation"))
    assert 'class="seat"' not in others.partition("财务处")[2].partition("</tr>")[0]
    assert '<span class="seat">head' in shown(client, to("participation"))


def test_the_risks_of_a_power_are_a_part_and_a_page(cast: Cast, entered: Entered) -> None:
    power, client = power_of(cast), entered("colleague")
    risk = made(cast, about=power)
    rated(risk, cast, scores=answers(4))
    added(risk, phase="early")
    path = to("of-power", power.pk)
    assert "缺" in shown(client, path)
    part = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert 'id="risks-of-power"' in part
    assert "<html" not in part


@pytest.mark.parametrize("part", ["system", "security", "audit"])
def test_administrators_see_none_of_it(cast: Cast, entered: Entered, part: str) -> None:
    power = power_of(cast)
    risk, client = made(cast), entered(part)
    measure = added(risk)
    of_risk = ("risk", "risk-edit", "risk-rate", "risk-endorse", "measures")
    pages = [
        *map(to, ("finding", "participation", "rating", "sorting", "deleted")),
        *(to(name, risk.pk) for name in of_risk),
        to("finding-post", cast.posts["CWG"].pk),
        to("finding-found", cast.posts["CWG"].pk),
        to("of-power", power.pk),
        to("risk-add", cast.units["CW"].pk),
        to("measure-edit", measure.pk),
    ]
    assert {page for page in pages if client.get(page).status_code != 404} == set()


@pytest.mark.parametrize(
    ("part", "name", "of"),
    [
        ("clerk", "risk", "risk"),
        ("head", "risk", "risk"),
        ("clerk", "risk-edit", "risk"),
        ("clerk", "risk-rate", "risk"),
        ("head", "risk-endorse", "risk"),
        ("clerk", "measures", "risk"),
        ("colleague", "of-power", "power"),
        ("clerk", "finding-found", "post"),
        ("clerk", "sorting", ""),
        ("clerk", "rating", ""),
        ("office", "participation", ""),
    ],
)
def test_pages_ask_as_much_whatever_hangs_on_them(
    cast: Cast, entered: Entered, part: str, name: str, of: str
) -> None:
    power = power_of(cast)
    first = made(cast, about=power, posts=(cast.posts["CWG"], cast.posts["CWC"]))
    added(first, phase="early")
    added(first)
    keys = {"risk": first.pk, "power": power.pk, "post": cast.posts["CWG"].pk}
    address, client = to(name, *([keys[of]] if of else [])), entered(part)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    asked()
    few = asked()
    for place in range(19):
        added(first, phase=("", "early", "during")[place % 3])
        made(cast, about=power, shown=(Shown(f"表现{place}"),))
    first.manifestations.create(order=7, text="又一种表现")
    assert asked() == few
