"""The pages of revisions: what they show to whom, what they do, and how often they ask."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.cycles.models import Filing, Proposal, Revision
from lianfang.cycles.tests.test_views import client_of, url, words
from lianfang.cycles.tests.year import brought_to, powered
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.models import Power


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Return an institution whose finance has an edition of one power, CW-01."""
    del db
    monkeypatch.setattr("lianfang.common.clock.now", lambda: AT)
    made = full_cast()
    powered(made)
    brought_to(made, "published")
    return made


def proposed(cast: Cast, thing: str = "1") -> Proposal:
    made = Proposal.objects.create(
        organisation=cast.organisation,
        unit=cast.units["CW"],
        trigger="breach",
        key=f"breach:{thing}",
        about="出纳岗",
        found_on=ON,
    )
    made.powers.set(Power.objects.all())
    return made


def begin(head: Client, cast: Cast, **more: object) -> Filing:
    said = {"trigger": "breach", "reason": "加一道复核", "powers": [Power.objects.get().pk], **more}
    answer = head.post(url("revision-open", cast.units["CW"].pk), said)
    found = Filing.objects.get(revision__isnull=False)
    assert answer.headers["Location"] == url("filing", found.pk)
    return found


def test_a_head_takes_a_proposal_up_and_finds_it_filled_in(cast: Cast) -> None:
    one, head = proposed(cast), client_of(cast, "head")
    assert "现行版本可能要修订：1 项变动" in words(head.get(reverse("shell:desk")))
    assert "“出纳岗”发生违规，尚无版本纳入" in words(head.get(url("revisions")))
    form = head.get(url("revision-open", cast.units["CW"].pk), {"proposal": one.pk})
    assert form.content.decode().count("checked") == 2
    found = begin(head, cast, proposals=[one.pk])
    page = words(head.get(url("filing", found.pk)))
    assert "修订 2026-R1 财务处" in page
    assert "加一道复核" in page
    assert "修订建议 由任职、机构、制度变动和违规自动提出 0" in words(head.get(url("revisions")))


def test_a_power_that_is_being_revised_is_not_offered_again(cast: Cast) -> None:
    head = client_of(cast, "head")
    begin(head, cast)
    page = head.get(url("revision-open", cast.units["CW"].pk))
    assert "CW-01" not in words(page)
    refused = head.post(
        url("revision-open", cast.units["CW"].pk), {"trigger": "breach", "reason": "再改"}
    )
    assert refused.status_code == 422
    assert "请至少选择本单位的一项职权" in words(refused)
    assert Revision.objects.count() == 1


def test_a_revision_that_changed_nothing_is_dropped_on_its_page(cast: Cast) -> None:
    head = client_of(cast, "head")
    found = begin(head, cast)
    assert "取消修订" in words(head.get(url("filing", found.pk)))
    head.post(url("revision-drop", found.pk))
    assert "已取消" in words(head.get(url("filing", found.pk)))


def test_a_proposal_is_dismissed_with_its_reason(cast: Cast) -> None:
    one, head = proposed(cast), client_of(cast, "head")
    assert head.post(url("proposal-dismiss", one.pk), {"reason": ""}).status_code == 422
    head.post(url("proposal-dismiss", one.pk), {"reason": "措施已覆盖"})
    one.refresh_from_db()
    assert (one.outcome, one.settled_reason) == ("dismissed", "措施已覆盖")


def test_a_closed_power_says_where_one_begins_a_revision(cast: Cast) -> None:
    page = client_of(cast, "clerk").get(reverse("powers:power", args=[Power.objects.get().pk]))
    assert "已发布的版本正在施行" in words(page)
    assert url("revisions") in page.content.decode()


@pytest.mark.parametrize("many", [1, 5])
def test_the_page_asks_as_often_for_many_as_for_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    for thing in range(many):
        proposed(cast, str(thing))
    office = client_of(cast, "office")
    begin(client_of(cast, "head"), cast)
    office.get(url("revisions"))
    with django_assert_num_queries(STATEMENTS):
        office.get(url("revisions"))


# session, login, standing (3), nights swept, this year (2), organisation, scheme, proposals and
# revisions each with their powers, units
STATEMENTS = 15
