"""Who speaks for a sheet: the person, or whoever heads the unit."""

from collections.abc import Sequence
from datetime import date

from lianfang.assessment.models import AssessedSheet
from lianfang.org.models import Appointment, Person, holding


def selves_of(sheets: Sequence[AssessedSheet], on: date) -> dict[int, tuple[int, ...]]:
    """Return the logins of those who speak for each sheet. Two statements."""
    people = {sheet.person_id for sheet in sheets if sheet.person_id is not None}
    logins = dict(
        Person.objects.filter(pk__in=people, login__isnull=False).values_list("pk", "login")
    )
    heads: dict[int, list[int]] = {}
    units = {sheet.unit_id for sheet in sheets if sheet.person_id is None}
    rows = Appointment.objects.filter(
        holding(on), post__unit__in=units, post__is_unit_head=True, person__login__isnull=False
    )
    for unit, login in rows.order_by("pk").values_list("post__unit", "person__login"):
        heads.setdefault(unit, []).append(login)
    return {
        sheet.pk: tuple(heads.get(sheet.unit_id, ()))
        if sheet.person_id is None
        else ((logins[sheet.person_id],) if sheet.person_id in logins else ())
        for sheet in sheets
    }
