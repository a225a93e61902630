"""The one search box: every room's own search, in an explicit tuple, one section each."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianfang.common.http import language_now
from lianfang.org.found import LIMIT, found_by
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.standing import Standing
from lianfang.powers.found import found_by as powers_found_by
from lianfang.risks.found import found_by as risks_found_by
from lianfang.shell.chips import anchor_of, clauses_of
from lianfang.shell.hits import Hit, Search, Section, section
from lianfang.shell.search_work import (
    in_alerts,
    in_archive,
    in_duties,
    in_education,
    in_inspections,
    in_leads,
    in_year,
)

LONGEST = 100


def in_organisation(standing: Standing, words: str) -> tuple[Section, ...]:
    """Find units, posts and people. Three statements."""
    found = found_by(standing, words)
    return (
        section(
            pgettext_lazy("menu", "单位"),
            "org",
            tuple(
                Hit(
                    title=unit.shown_name, detail=unit.code, url=reverse("org:unit", args=[unit.pk])
                )
                for unit in found.units
            ),
            limit=LIMIT,
            page="org:tree",
        ),
        section(
            pgettext_lazy("menu", "岗位"),
            "duty",
            tuple(
                Hit(
                    title=post.shown_name,
                    detail=f"{post.unit.shown_name}  {post.code}",
                    url=reverse("org:post", args=[post.pk]),
                )
                for post in found.posts
            ),
            limit=LIMIT,
            page="org:tree",
        ),
        section(
            pgettext_lazy("menu", "人员"),
            "person",
            tuple(
                Hit(
                    title=person.shown_name,
                    detail=person.code,
                    url=reverse("org:person", args=[person.pk]),
                )
                for person in found.people
            ),
            limit=LIMIT,
            page="org:people",
            q=words,
        ),
    )


def in_powers(standing: Standing, words: str) -> tuple[Section, ...]:
    """Find powers and regulations. Two statements."""
    found = powers_found_by(standing, words)
    return (
        section(
            pgettext_lazy("figures", "职权"),
            "power",
            tuple(
                Hit(
                    title=power.shown_name,
                    detail=f"{power.unit.shown_name}  {power.code}",
                    url=reverse("powers:power", args=[power.pk]),
                )
                for power in found.powers
            ),
            limit=LIMIT,
            page="powers:catalogue",
            q=words,
        ),
        section(
            pgettext_lazy("menu", "制度"),
            "paper",
            tuple(
                Hit(
                    title=rule.shown_name,
                    detail=f"{rule.code}  {rule.number}".strip(),
                    url=reverse("powers:regulation", args=[rule.pk]),
                )
                for rule in found.regulations
            ),
            limit=LIMIT,
            page="powers:regulations",
            q=words,
        ),
    )


def in_register(standing: Standing, words: str) -> tuple[Section, ...]:
    """Find risk points by their words, how they show, and their measures. One statement."""
    found = risks_found_by(standing, written_scheme(standing.scheme), words)
    hits = tuple(
        Hit(
            title=risk.title,
            detail=f"{risk.unit.shown_name}  {risk.code}",
            url=reverse("risks:risk", args=[risk.pk]),
        )
        for risk in found
    )
    return (
        section(
            pgettext_lazy("figures", "风险点"),
            "risk",
            hits,
            limit=LIMIT,
            page="risks:register",
            q=words,
        ),
    )


def in_clauses(standing: Standing, words: str) -> tuple[Section, ...]:
    """Find clauses by number, title or wording, in either language. No statement."""
    language, wanted = language_now(), words.casefold()
    page = reverse("shell:clause")
    hits = tuple(
        Hit(
            title=f"{clause.section} · {clause.title.in_(language)}",
            detail=clause.wording.in_(language),
            url=f"{page}#{anchor_of(clause.section)}",
        )
        for document in clauses_of(written_scheme(standing.scheme))
        for clause in document.clauses
        if any(wanted in text.casefold() for text in clause.texts)
    )
    return (Section(label=_("条款"), icon="book", hits=hits),)


SEARCHES: tuple[Search, ...] = (
    in_organisation,
    in_powers,
    in_register,
    in_duties,
    in_year,
    in_inspections,
    in_alerts,
    in_leads,
    in_education,
    in_archive,
    in_clauses,
)


def found_in_all_rooms(standing: Standing, words: str) -> tuple[Section, ...]:
    """Return the sections that found something, in the order of the rooms."""
    sections = (section for search in SEARCHES for section in search(standing, words))
    return tuple(section for section in sections if section.hits)
