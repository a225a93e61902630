"""Lists that somebody keeps, and what is done with several rows at once."""

import pytest

from lianfang.audit.models import Event
from lianfang.audit.queries import history_of
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.powers.actions.locks import lock
from lianfang.risks.actions.keeping import MOST
from lianfang.risks.models import RiskPoint, SavedView
from lianfang.risks.tests.entering import Entered, browsers_of, shown
from lianfang.risks.tests.many import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return full_cast()


@pytest.fixture
def enter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Entered:
    return browsers_of(cast, monkeypatch)


# lists that are kept ------------------------------------------------------------------------


def test_a_list_is_kept_as_it_was_narrowed(cast: Cast, enter: Entered) -> None:
    client = enter("clerk")
    query = "level=high&lacks=after&density=roomy&after=3~R-1"
    response = client.post("/register/views/save/", {"name": "要补措施的", "query": query})
    assert response.headers["Location"] == "/register/?level=high&lacks=after"
    view = SavedView.objects.get()
    assert (view.owner, view.query) == (cast.logins["clerk"], "level=high&lacks=after")
    page = shown(client, "/register/?level=high&lacks=after")
    assert ">要补措施的</a>" in page
    assert Event.objects.latest("position").action == "risks.view.saved"


def test_a_kept_list_is_one_owner_s(cast: Cast, enter: Entered) -> None:
    enter("clerk").post("/register/views/save/", {"name": "我的", "query": "mine=1"})
    assert "我的" not in shown(enter("head"), "/register/").split('<nav class="tabs"')[1][:3000]
    view = SavedView.objects.get()
    assert enter("head").post(f"/register/views/{view.pk}/delete/").status_code == 404
    assert enter("clerk").post(f"/register/views/{view.pk}/delete/").status_code == 302
    assert not SavedView.objects.exists()
    assert Event.objects.latest("position").action == "risks.view.deleted"


def test_a_name_is_taken_once(enter: Entered) -> None:
    client, sent = enter("clerk"), {"name": "我的", "query": "mine=1"}
    client.post("/register/views/save/", sent)
    response = client.post("/register/views/save/", sent)
    assert response.status_code == 422
    assert "已有名为“我的”的视图" in response.content.decode()


def test_there_are_only_so_many(cast: Cast, enter: Entered) -> None:
    SavedView.objects.bulk_create(
        SavedView(owner=cast.logins["clerk"], name=str(place), query="", created_at=AT)
        for place in range(MOST)
    )
    response = enter("clerk").post("/register/views/save/", {"name": "又一个", "query": ""})
    assert response.status_code == 422


# several at once ----------------------------------------------------------------------------


def chosen(cast: Cast, number: int = 3) -> list[RiskPoint]:
    """Return risk points of finance, as a list shows them."""
    fill(cast, 40)
    return list(RiskPoint.objects.filter(unit=cast.units["CW"]).order_by("code")[:number])


def address(risks: list[RiskPoint]) -> str:
    return "/register/classify/?" + "&".join(f"risk={risk.pk}-{risk.version}" for risk in risks)


def test_the_chosen_rows_lead_to_a_page_that_names_them(cast: Cast, enter: Entered) -> None:
    risks, client = chosen(cast), enter("clerk")
    sent = {"risk": [f"{risk.pk}-{risk.version}" for risk in risks]}
    response = client.post("/register/select/", sent)
    assert response.headers["Location"] == address(risks)
    page = shown(client, address(risks))
    assert all(risk.code in page for risk in risks)


def test_nothing_chosen_leads_back(cast: Cast, enter: Entered) -> None:
    response = enter("clerk").post("/register/select/", {})
    assert response.headers["Location"] == "/register/"


def test_focus_and_aspects_are_set_for_all_and_recorded_once(cast: Cast, enter: Entered) -> None:
    risks, events = chosen(cast), Event.objects.count()
    sent = {"focus": "large_sums", "aspects": ["conduct", "rules"]}
    assert enter("clerk").post(address(risks), sent).status_code == 302
    for before in risks:
        risk = RiskPoint.objects.get(pk=before.pk)
        assert risk.focus == "large_sums"
        assert risk.aspects[: len(before.aspects)] == before.aspects
        assert {"conduct", "rules"} <= set(risk.aspects)
        assert len(risk.aspects) == len(set(risk.aspects))
    assert Event.objects.count() == events + 1
    event = Event.objects.latest("position")
    assert (event.action, event.rule) == ("risks.risk.classified", "五（二）")
    assert history_of(risks[0])[0].action == "risks.risk.classified"


def test_only_what_differs_is_written(cast: Cast, enter: Entered) -> None:
    risks = chosen(cast)
    RiskPoint.objects.filter(pk=risks[0].pk).update(focus="duty")
    RiskPoint.objects.filter(pk__in=[risk.pk for risk in risks[1:]]).update(focus="")
    enter("clerk").post(address(risks), {"focus": "duty"})
    first = RiskPoint.objects.get(pk=risks[0].pk)
    assert first.version == risks[0].version
    assert RiskPoint.objects.get(pk=risks[1].pk).version == risks[1].version + 1


def test_a_focus_can_be_taken_away(cast: Cast, enter: Entered) -> None:
    risks = chosen(cast)
    enter("clerk").post(address(risks), {"focus": "-"})
    keys = [risk.pk for risk in risks]
    assert set(RiskPoint.objects.filter(pk__in=keys).values_list("focus", flat=True)) == {""}


def test_a_row_changed_meanwhile_refuses_all(cast: Cast, enter: Entered) -> None:
    risks = chosen(cast)
    RiskPoint.objects.filter(pk=risks[1].pk).update(version=7)
    before = list(RiskPoint.objects.order_by("pk").values_list("focus", "aspects"))
    response = enter("clerk").post(address(risks), {"focus": "large_sums"})
    assert response.status_code == 422
    assert risks[1].code in response.content.decode()
    assert list(RiskPoint.objects.order_by("pk").values_list("focus", "aspects")) == before


def test_nothing_to_set_is_refused(cast: Cast, enter: Entered) -> None:
    assert enter("clerk").post(address(chosen(cast)), {"focus": ""}).status_code == 422


def test_a_locked_unit_refuses(cast: Cast, enter: Entered) -> None:
    risks = chosen(cast)
    lock(unit=cast.units["CW"], reason="已报送", by=None, at=AT)
    response = enter("clerk").post(address(risks), {"focus": "duty", "aspects": ["rules"]})
    assert response.status_code == 422
    assert "已锁定" in response.content.decode()


def test_only_those_who_draft_the_unit_classify(cast: Cast, enter: Entered) -> None:
    risks = chosen(cast)
    shown(enter("colleague"), address(risks), 403)
    shown(enter("office"), address(risks), 403)
    shown(enter("clerk"), "/register/classify/?risk=999999-1", 404)
    other = full_cast("other")
    fill(other, 1)
    theirs = list(RiskPoint.objects.filter(organisation=other.organisation))
    shown(enter("clerk"), address(theirs), 404)
