"""What a meeting of the leading group is told of the filings it is to decide about (六（三）)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import override

from lianfang.common.clock import day_in
from lianfang.common.text import Text
from lianfang.cycles.models import Comment, Conclusion, Cycle, Filing
from lianfang.cycles.queries.statistics import figures_of
from lianfang.cycles.rules.agenda import Heard, Item, Labels, Summed
from lianfang.cycles.rules.deciding import recused_among
from lianfang.documents.writing.statistics import groups_of
from lianfang.org.models import Appointment, Person, holding
from lianfang.scheme.model import Scheme


def items_of(
    cycle: Cycle,
    filings: Sequence[Filing],
    members: Mapping[int, Person],
    scheme: Scheme,
    *,
    held_on: date,
    on: date,
) -> list[Item]:
    """Return filings of a year with what helps to decide about them, in Chinese.

    Recused are the members who hold a post in the unit on the day of the meeting. Thirteen
    statements.
    """
    with override("zh-hans"):
        figures = figures_of(filings, cycle.year, scheme, on)
    checked = _checked(cycle, filings, scheme)
    heard = _heard(cycle, filings, checked)
    seated = _seated(filings, held_on)
    items = []
    for row in figures:
        filing = row.filing
        recused = recused_among(members, seated[filing.unit_id])
        items.append(
            Item(
                unit=filing.unit_on_paper,
                round=filing.round,
                statement=filing.statement,
                figures=row.line,
                conclusions=tuple(checked[filing.pk].told),
                heard=heard.get(filing.pk),
                recused=tuple(members[key].name for key in sorted(recused)),
                entitled=len(members) - len(recused),
            )
        )
    return items


def consulted_in(cycle: Cycle) -> list[Summed]:
    """Return a year's consultations, oldest first. One statement."""
    return [
        Summed(from_on=one.from_on, until_on=one.until_on, summary=one.summary)
        for one in cycle.consultations.order_by("pk")
    ]


def labels_of(scheme: Scheme) -> Labels:
    """Return what is counted in a filing, in Chinese."""
    named = groups_of(scheme)
    return Labels(
        categories=_chinese(named["powers"]),
        levels=_chinese(named["risks"]),
        phases=_chinese(named["measures"]),
    )


def _chinese(texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(text.zh for text in texts)


@dataclass
class _Checked:
    """The words under the checks of a submission, and the day on which they were concluded."""

    told: list[tuple[str, str]] = field(default_factory=list)
    on: date = date.max


def _checked(cycle: Cycle, filings: Sequence[Filing], scheme: Scheme) -> defaultdict[int, _Checked]:
    """Return what was concluded of the present submissions, in the order of the checks."""
    labels = {check.code: check.label.zh for check in scheme.checks.five}
    rounds = {filing.pk: filing.round for filing in filings}
    zone = cycle.organisation.time_zone
    found: defaultdict[int, _Checked] = defaultdict(_Checked)
    for row in Conclusion.objects.filter(filing__in=rounds).order_by("check_code"):
        if row.round != rounds[row.filing_id]:
            continue
        found[row.filing_id].on = day_in(zone, row.concluded_at)
        if row.text:
            label = labels.get(row.check_code, row.check_code)
            found[row.filing_id].told.append((label, row.text))
    return found


def _heard(
    cycle: Cycle, filings: Sequence[Filing], checked: Mapping[int, _Checked]
) -> dict[int, Heard]:
    """Return the opinions on filings; none for one that nobody was asked about since its check."""
    until = [one.closed_on or one.until_on for one in cycle.consultations.all()]
    said: defaultdict[int, list[bool]] = defaultdict(list)
    rows = Comment.objects.filter(filing__in=[filing.pk for filing in filings])
    for key, is_taken in rows.values_list("filing", "is_taken"):
        said[key].append(bool(is_taken))
    return {
        filing.pk: Heard(said=len(said[filing.pk]), taken=sum(said[filing.pk]))
        for filing in filings
        if said[filing.pk] or any(day >= checked[filing.pk].on for day in until)
    }


def _seated(filings: Sequence[Filing], on: date) -> defaultdict[int, set[int]]:
    """Return who holds a post on a day, by unit."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = Appointment.objects.filter(
        holding(on), post__unit__in=[filing.unit_id for filing in filings]
    )
    for unit, person in rows.values_list("post__unit", "person"):
        found[unit].add(person)
    return found
