"""The list that an address asks for: narrowed once for its page, its figures and its files."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from lianfang.common.http import AppRequest
from lianfang.org.access import standing_for
from lianfang.org.models import Post, Unit
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.standing import Standing
from lianfang.risks.access import get_register_for
from lianfang.risks.forms.lists import Pairs, RegisterFilter
from lianfang.risks.models import RiskPoint
from lianfang.risks.queries.lists import family_of, posts_of, units_of
from lianfang.risks.queries.narrowing import Narrowing, narrowed
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A list: who asks for it, by which scheme, and its rows; none of a form with errors.

    `pairs` are the address without the place of the page. `posts` are those of the unit chosen.
    """

    standing: Standing
    scheme: Scheme
    form: RegisterFilter
    pairs: Pairs
    units: list[Unit]
    posts: list[Post]
    rows: QuerySet[RiskPoint]


def asked_in(request: AppRequest, address: QueryDict) -> Asked:
    """Return the list of an address. One statement, and one for the posts of a unit."""
    standing = standing_for(request)
    rows = get_register_for(standing)
    scheme = written_scheme(standing.scheme)
    form = RegisterFilter(address, scheme=scheme)
    units = units_of(standing)
    posts: list[Post] = []
    if form.is_valid():
        given = form.cleaned_data
        family = family_of(units, given["unit"]) if given["unit"] else None
        posts = posts_of(standing, family) if family else []
        rows = narrowed(rows, narrowing_of(form, family), standing, scheme)
    else:
        rows = rows.none()
    return Asked(
        standing=standing,
        scheme=scheme,
        form=form,
        pairs=form.asked() if form.is_valid() else (),
        units=units,
        posts=posts,
        rows=rows,
    )


def narrowing_of(form: RegisterFilter, family: frozenset[int] | None) -> Narrowing:
    """Return what a form without errors narrows the register to."""
    given = form.cleaned_data
    return Narrowing(
        words=given["q"],
        units=family,
        post=given["post"],
        levels=tuple(given["level"]),
        aspect=given["aspect"],
        focus=given["focus"],
        lacks=given["lacks"],
        state=given["state"],
        mine=given["mine"],
        weighty=given["weighty"],
        likelihood=given["likelihood"],
        impact=given["impact"],
    )
