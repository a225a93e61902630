"""The plan as rules: what does each demand, and the figures beside it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from lianfang.cycles.tests.year import powered
from lianfang.org import actions
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.tests.cast import AT, Cast, full_cast
from lianfang.shell.chips import clauses_of
from lianfang.shell.clauses.rows import ROWS
from lianfang.shell.clauses.shown import ROOMS, demands_of, figures_for
from lianfang.shell.pages import pages_for

SCHEME = written_scheme("cnas-2012")
# clauses that only stand above others, whose demands say it all
ABOVE = {"五", "五（一）", "五（五）", "五（六）", "五（六）2", "五（七）", "六", "七"}


@pytest.fixture
def cast() -> Cast:
    return full_cast()


def test_every_clause_of_the_plan_has_something_that_does_it() -> None:
    plan, *_ = clauses_of(SCHEME)
    sections = {clause.section for clause in plan.clauses}
    assert {row.section for row in ROWS} | ABOVE == sections
    assert len(ROWS) == 32


def test_every_row_leads_somewhere_and_has_figures() -> None:
    assert all(row.pages and row.figures and row.does for row in ROWS)


@pytest.mark.django_db
def test_every_figure_is_given_by_one_room_and_used(cast: Cast) -> None:
    standing = cast.standing("officer")
    given = [code for count in ROOMS for code in count(standing)]
    used = {code for row in ROWS for code in row.figures}
    assert len(given) == len(set(given))
    assert set(given) == used


@pytest.mark.django_db
def test_every_page_of_a_row_and_of_a_figure_is_known(cast: Cast) -> None:
    standings = [cast.standing(part) for part in ("officer", "office", "secretary")]
    pages = set().union(*(pages_for(standing) for standing in standings))
    figures = figures_for(standings[0])
    assert {page for row in ROWS for page in row.pages} <= pages
    assert {figure.page for figure in figures.values()} <= pages


@pytest.mark.django_db
def test_figures_count_what_is_there(cast: Cast) -> None:
    figures = figures_for(cast.standing("officer"))
    assert figures["units"].count == len(cast.units)
    assert figures["posts_held"].of == len(cast.posts)
    assert figures["posts_held"].count == len(cast.posts)
    assert figures["units_headed"].count > 0
    assert figures["powers_based"].percent == 0
    before = figures["posts_held"].of
    actions.create_post(unit=cast.units["PS"], code="X", name="新岗", by=None, at=AT)
    assert figures_for(cast.standing("officer"))["posts_held"].of == (before or 0) + 1


@pytest.mark.django_db
def test_shares_count_what_has_the_thing_and_nothing_else(cast: Cast) -> None:
    powered(cast)
    figures = figures_for(cast.standing("officer"))
    for code in ("powers_based", "powers_charted", "powers_assigned", "risks_measured"):
        figure = figures[code]
        assert figure.of, code
        assert figure.count > 0, code
        assert 0 < figure.percent <= 100, code


@pytest.mark.django_db
def test_another_organisation_counts_for_nothing(cast: Cast) -> None:
    before = figures_for(cast.standing("officer"))
    full_cast("other")
    assert figures_for(cast.standing("officer")) == before


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 20])
def test_the_figures_ask_as_much_whatever_is_stored(
    cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        unit = actions.create_unit(
            organisation=cast.organisation, code=f"U{number}", name=f"处{number}",
            kind="department", parent=cast.units["root"], by=None, at=AT,
        )  # fmt: skip
        actions.create_post(unit=unit, code=f"X{number}", name=f"岗位{number}", by=None, at=AT)
    standing = cast.standing("officer")
    # organisation: units, posts, seats, portfolios, members; posts held
    # powers: powers, regulations; risks: points, measures, reviews, participation
    # levels: editions, overrides; year: filings, stages, remarks, comments, tasks, decisions,
    # revisions; editions; duties; talks, reminders, measures, reports; draws, findings;
    # activities, cases; alerts, leads, sealed reports; sheets, matters; powers in public;
    # with who is kin of the asker where figures leave those out, five
    with django_assert_num_queries(42):
        demands_of(SCHEME, standing)


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["system", "security", "audit"])
def test_an_administrator_reads_the_plan_without_figures(
    cast: Cast, part: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    standing = cast.standing(part)
    with django_assert_num_queries(0):
        documents = demands_of(SCHEME, standing)
    rows = [row for document in documents for one in document.demands for row in one.rows]
    assert len(rows) == len(ROWS)
    assert not any(row.figures for row in rows)
    assert "risks:register" not in {page.name for row in rows for page in row.pages}
