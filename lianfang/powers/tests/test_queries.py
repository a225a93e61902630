"""Reads: exact counts of statements, the same for one row and for many."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from lianfang.common.text import Language
from lianfang.org.standing import Standing
from lianfang.org.tests.cast import AT, ON, Cast, full_cast
from lianfang.powers.access import powers_visible_to, regulations_visible_to
from lianfang.powers.actions import change_power
from lianfang.powers.models import Power, Regulation
from lianfang.powers.queries.catalogue import PAGE, Asked, find_powers
from lianfang.powers.queries.load import PowersLoading, powers_register
from lianfang.powers.queries.mapping import shown_map
from lianfang.powers.queries.matrix import matrix_of
from lianfang.powers.queries.power import power_view
from lianfang.powers.queries.regulations import AskedRules, find_regulations
from lianfang.powers.tests.making import REFUNDS, power, regulation
from lianfang.scheme.load import load_scheme

pytestmark = pytest.mark.django_db
SCHEME = load_scheme("cnas-2012")


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def statements(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        read()
    return len(found)


def plain(cast: Cast, count: int) -> None:
    """Add many powers and regulations with nothing on them."""
    start = Power.objects.count()
    Power.objects.bulk_create(
        Power(
            organisation=cast.organisation,
            unit=cast.units[("CW", "PS", "BG")[number % 3]],
            code=f"X-{start + number:05}",
            name=f"职权{number}",
            created_at=AT,
        )
        for number in range(count)
    )
    Regulation.objects.bulk_create(
        Regulation(organisation=cast.organisation, code=f"Y-{start + n:05}", title=f"制度{n}")
        for n in range(count)
    )


def catalogue(standing: Standing, asked: Asked | None = None) -> list[str]:
    page = find_powers(powers_visible_to(standing), standing, asked or Asked(), SCHEME)
    return [row.power.code for row in page.rows]


def test_the_catalogue_costs_the_same_at_1_20_and_10000_powers(cast: Cast) -> None:
    standing = cast.standing("clerk")
    power(cast)
    counts = []
    for more in (0, 19, 9980):
        plain(cast, more)
        # powers with units, their posts, steps, bases, levels
        counts.append(statements(lambda: catalogue(standing)))
    assert counts == [5, 5, 5]
    assert statements(lambda: catalogue(standing, Asked(by_level=True))) == 5


@pytest.mark.parametrize("by_level", [False, True])
def test_the_pages_of_the_catalogue_hold_every_power_once(cast: Cast, *, by_level: bool) -> None:
    plain(cast, 3 * PAGE + 5)
    standing, seen, after = cast.standing("clerk"), list[str](), ""
    for _ in range(5):
        asked = Asked(after=after, by_level=by_level)
        page = find_powers(powers_visible_to(standing), standing, asked, SCHEME)
        seen += [row.power.code for row in page.rows]
        after = page.more
        if not after:
            break
    assert len(seen) == len(set(seen)) == Power.objects.count()


def test_the_library_costs_the_same_at_1_20_and_10000_regulations(cast: Cast) -> None:
    standing = cast.standing("clerk")
    regulation(cast)

    def read() -> object:
        return find_regulations(regulations_visible_to(standing), standing, AskedRules())

    counts = []
    for more in (0, 19, 9980):
        plain(cast, more)
        # regulations with owners and files, what depends on them
        counts.append(statements(read))
    assert counts == [2, 2, 2]


def test_a_regulation_is_listed_with_who_depends_on_it(cast: Cast) -> None:
    standing = cast.standing("clerk")
    made = power(cast)
    rule = Regulation.objects.get()
    risk = made.risks.create(
        organisation=cast.organisation,
        unit=made.unit,
        code="R-CW-01",
        title="虚报",
        regulation=None,
        created_at=AT,
    )
    risk.measures.create(code="R-CW-01-1", order=0, text="双人复核", regulation=rule)
    page = find_regulations(regulations_visible_to(standing), standing, AskedRules())
    (row,) = page.rows
    assert (row.powers, row.measures, row.risks) == (1, 1, 0)


def test_the_matrix_and_the_map_cost_the_same_at_1_and_20_powers(cast: Cast) -> None:
    standing, unit = cast.standing("clerk"), cast.units["CW"]

    def matrix() -> object:
        return matrix_of(powers_visible_to(standing), unit, standing, SCHEME)

    counts = []
    for more in (1, 19):
        for _ in range(more):
            power(cast)
        counts.append((statements(matrix), statements(lambda: shown_map(unit, standing, SCHEME))))
    # powers, parts, posts, holders, steps, top posts; organisation, nine of the register, posts,
    # powers, regulations, top posts
    assert counts == [(6, 14), (6, 14)]


def test_the_page_of_a_power_costs_the_same_whatever_else_there_is(cast: Cast) -> None:
    standing, made = cast.standing("clerk"), power(cast)

    def read() -> object:
        row = Power.objects.select_related("unit", "organisation").get(pk=made.pk)
        return power_view(row, standing, SCHEME, Language.ZH)

    first = statements(read)
    for _ in range(5):
        power(cast)
    plain(cast, 200)
    assert first == statements(read)
    assert first <= 18


def test_the_highest_risk_comes_first_when_sorted_by_level(cast: Cast) -> None:
    first, second = power(cast), power(cast)
    for made, rank, code in ((first, 1, "R-1"), (second, 3, "R-2")):
        made.risks.create(
            organisation=cast.organisation,
            unit=made.unit,
            code=code,
            title="x",
            rank=rank,
            created_at=AT,
        )
    standing = cast.standing("clerk")
    assert catalogue(standing, Asked(by_level=True)) == ["CW-02", "CW-01"]
    assert catalogue(standing, Asked(level="high")) == ["CW-02"]
    assert catalogue(standing) == ["CW-01", "CW-02"]


def test_one_power_is_loaded_with_only_what_it_mentions(cast: Cast) -> None:
    made = power(cast)
    power(cast, "colleague", unit="PS")
    regulation(cast, title="采购办法")
    register = powers_register(cast.organisation, ON, powers=[made.pk])
    assert [p.id for p in register.powers] == ["CW-01"]
    assert {p.id for p in register.posts} == {"CWC", "CWG", "BGC"}
    assert [rule.id for rule in register.regulations] == ["ZD-001"]


def test_a_retired_post_that_a_power_still_names_is_there(cast: Cast) -> None:
    made = power(cast)
    post = cast.posts["CWG"]
    post.retired_on = ON
    post.save()
    for register in (
        powers_register(cast.organisation, ON),
        powers_register(cast.organisation, ON, powers=[made.pk]),
    ):
        assert "CWG" in {found.id for found in register.posts}
        assert register.powers[0].posts[1].post == "CWG"


def test_what_is_saved_while_a_power_is_read_breaks_nothing(cast: Cast) -> None:
    """The flow is changed after the posts were read and before the parts are."""
    made = power(cast, posts=(), steps=())
    loading = PowersLoading(cast.organisation, ON, powers=[made.pk])
    change_power(power=made, wanted=replace(REFUNDS, bases=()), by=None, at=AT)
    (value,) = loading.powers()
    assert value.posts == ()
    assert [step.post for step in value.steps] == [None, None, None]
    assert loading.holders() == ()
