"""The duties of a year: by unit, by person, by month, one by one; and to take away."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, render_page
from lianfang.duties import access
from lianfang.duties.exchange.year import year_workbook
from lianfang.duties.forms.year import VIEWS, YearForm
from lianfang.duties.models import Duty
from lianfang.duties.queries.duties import rule_labels
from lianfang.duties.queries.listing import ListPage, all_lines, list_page
from lianfang.duties.queries.marks import LOOKS, SIGNS
from lianfang.duties.queries.narrowing import Asked, Days, days_of, narrowed
from lianfang.duties.queries.people import PeoplePage, people_page
from lianfang.duties.queries.planned import planned
from lianfang.duties.queries.units import unit_rows
from lianfang.duties.rules.looks import Look
from lianfang.files.sending import as_download
from lianfang.org.access import standing_for
from lianfang.org.models import Organisation, Person, Unit
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.setup import organisation_of
from lianfang.org.queries.structure import structure_of
from lianfang.org.rules.chain import units_answered_for
from lianfang.org.rules.structure import Structure
from lianfang.org.standing import Standing
from lianfang.powers.access import require_register

# more people than any unit has: a table to take away has no pages
_ALL = 10_000


@require_GET
def duties(request: AppRequest) -> HttpResponse:
    """Show the duties of a year, by person, by month or as a list."""
    year = _Year.of(request)
    context: dict[str, object] = {
        "asked": year.asked,
        "form": year.form,
        "view": year.view,
        "views": VIEWS,
        "units": year.units,
        "unit": year.unit,
        "on": year.standing.on,
        "signs": [(kind.label, SIGNS[kind]) for kind in Duty.Kind],
        "looks": LOOKS.items(),
        "years": (year.asked.year - 1, year.asked.year + 1),
        "is_now": year.asked.year == year.standing.on.year,
        "sees_whole": year.sees_whole,
        "leader": year.leader,
    }
    return render_page(request, "duties/duties.html", {**context, **year.shown()})


@require_GET
def duties_export(request: AppRequest) -> HttpResponseBase:
    """Give the duties that are asked for as a workbook."""
    year = _Year.of(request)
    people = year.people(_ALL).rows if year.unit else ()
    name = _("履责任务-%(year)s-%(unit)s.xlsx") % {
        "year": year.asked.year,
        "unit": year.unit.shown_name if year.unit else year.standing.organisation_name,
    }
    content = year_workbook(
        title=name.removesuffix(".xlsx"),
        on=year.standing.on,
        people=people,
        lines=all_lines(year.narrowed, year.labels, year.days),
    )
    return as_download(content, name)


@dataclass(frozen=True, kw_only=True)
class _Year:
    """What is asked for, by whom."""

    standing: Standing
    form: YearForm
    units: list[Unit]
    unit: Unit | None
    asked: Asked

    @classmethod
    def of(cls, request: AppRequest) -> "_Year":
        """Read the request. Raises Http404 for a unit whose duties the asker may not look at."""
        standing = standing_for(request)
        require_register(standing)
        form = YearForm(request.GET)
        form.is_valid()
        units = list(access.units_looked_at(standing).order_by("order", "code"))
        unit = _chosen(units, cast("int | None", form.asked_for("unit")))
        return cls(
            standing=standing, form=form, units=units, unit=unit, asked=_asked(form, standing, unit)
        )

    @property
    def view(self) -> str:
        """How it is laid out."""
        return str(self.form.asked_for("view") or "people")

    @property
    def sees_whole(self) -> bool:
        """Whether the asker sees everybody of the unit."""
        return self.unit is not None and access.sees_whole(self.standing, self.unit.pk)

    @property
    def leader(self) -> Person | None:
        """The leader whose units are asked for. One statement, none where none is."""
        return access.get_leader_for(self.standing, self.asked.leader)

    @cached_property
    def organisation(self) -> Organisation:
        """The organisation of the asker."""
        return organisation_of(self.standing)

    @cached_property
    def labels(self) -> Any:
        """What the scheme calls its rules."""
        return rule_labels(scheme_of(self.organisation, self.standing.on))

    @cached_property
    def days(self) -> Days:
        """Today, and until when something is soon."""
        return days_of(self.standing)

    @property
    def rows(self) -> QuerySet[Duty]:
        """The duties that the asker may know of, or is to do."""
        if self.asked.mine:
            return access.duties_of(self.standing)
        return access.duties_visible_to(self.standing)

    @property
    def narrowed(self) -> QuerySet[Duty]:
        """The duties that are asked for."""
        return narrowed(self.rows, self.asked, self.days)

    def shown(self) -> dict[str, object]:
        """Return what the layout asked for shows."""
        if self.view != "people":
            return {"page": self.lines()}
        if self.unit is None:
            return {"rows": unit_rows(self.rows, self.units, self.asked, self.days)}
        return {"people": self.people()}

    def lines(self) -> ListPage:
        """Return a page of the list."""
        return list_page(self.narrowed, self.labels, self.days, self.asked.page)

    def people(self, size: int | None = None) -> PeoplePage:
        """Return a page of the people of the unit. Raises Http404 without one."""
        if self.unit is None:
            raise Http404
        coming = planned(self.organisation, self.unit.pk, self.asked.year, self.standing.on)
        return people_page(
            self.rows,
            self.unit,
            self.standing,
            self.asked,
            self.days,
            whole=self.sees_whole,
            coming=coming,
            **({"size": size} if size else {}),
        )


def _structure(standing: Standing) -> Structure:
    return structure_of(standing.organisation_id, standing.on)


def _chosen(units: list[Unit], key: int | None) -> Unit | None:
    if key is None:
        return units[0] if len(units) == 1 else None
    found = next((unit for unit in units if unit.pk == key), None)
    if found is None:
        raise Http404
    return found


def _asked(form: YearForm, standing: Standing, unit: Unit | None) -> Asked:
    look = str(form.asked_for("state") or "")
    leader = cast("int | None", form.asked_for("leader"))
    asked = Asked(
        year=cast("int | None", form.asked_for("year")) or standing.on.year,
        unit=unit.pk if unit else None,
        kind=str(form.asked_for("kind") or ""),
        look=look,
        words=str(form.asked_for("q") or ""),
        month=cast("int | None", form.asked_for("month")),
        person=cast("int | None", form.asked_for("person")),
        mine=bool(form.asked_for("mine")),
        leader=leader,
        units=None if leader is None else units_answered_for(_structure(standing), leader),
        page=cast("int | None", form.asked_for("page")) or 1,
    )
    is_list = form.asked_for("view") in ("list", "months")
    return replace(asked, earlier=is_list and (asked.mine or look == Look.LATE))
