"""Pages of early warning, leads and the leadership's view beside many alerts and leads long over.

`python -m bench.rooms` stores so many closed alerts and leads of earlier years, with the people
they are about, and asks for pages as the discipline office does. What is merely stored must cost
nothing: the ratio is to the same page at the first size.
"""

import argparse
import uuid
from datetime import date
from typing import TypeVar

from django.db import models, transaction
from django.test import Client

from bench.register import measured, page
from bench.stage import set_up
from lianfang.alerts.models import Alert, AlertPerson
from lianfang.alerts.tests.making import closed as closed_alert
from lianfang.alerts.tests.making import noticed
from lianfang.leads.models import Lead, LeadPerson
from lianfang.leads.tests.making import closed as closed_lead
from lianfang.leads.tests.making import opened
from lianfang.org.tests.cast import Cast

Row = TypeVar("Row", bound=models.Model)
SIZES = (1_000, 100_000)
PAGES = {
    "desk": "/",
    "overview": "/overview/",
    "board of alerts": "/alerts/",
    "alerts, open": "/alerts/all/?state=open",
    "alerts, all": "/alerts/all/",
    "leads": "/leads/",
    "search": "/search/?q=clerk",
}
# so many of each year, of the years before
_A_YEAR, _LAST = 5_000, 2025


def store(cast: Cast, alert: Alert, lead: Lead, first: int, size: int) -> None:
    """Store an alert and a lead once more, about the clerk, until there are so many of each."""
    places = range(first, size)
    alerts = Alert.objects.bulk_create([_copy(alert, None, place) for place in places], 500)
    leads = Lead.objects.bulk_create([_copy(lead, uuid.uuid4(), place) for place in places], 500)
    clerk = cast.people["clerk"]
    AlertPerson.objects.bulk_create([AlertPerson(alert=each, person=clerk) for each in alerts], 500)
    LeadPerson.objects.bulk_create(
        [LeadPerson(lead=each, person=clerk, named_on=each.registered_on) for each in leads], 500
    )


def _copy(row: Row, key: object, place: int) -> Row:
    """Return the row once more, as of an earlier year."""
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    year = _LAST - place // _A_YEAR
    days = {
        name: value.replace(year=year)
        for name, value in columns.items()
        if isinstance(value, date) and name.endswith("_on")
    }
    numbered = {"id": key, "year": year, "number": place % _A_YEAR + 1}
    return type(row)(**{**columns, **days, **numbered})


def main() -> None:
    """Store, ask and print, for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked = parser.parse_args()
    cast = set_up()
    alert, lead = closed_alert(cast), closed_lead(cast)
    noticed(cast)
    opened(cast)
    client = Client()
    client.force_login(cast.logins["officer"])
    print(f"{'':<20}{'stored':>10}{'CPU ms':>9}{'ratio':>7}{'statements':>12}{'kB':>8}")
    first: dict[str, float] = {}
    stored = 0
    for size in asked.sizes:
        with transaction.atomic():
            store(cast, alert, lead, stored, size)
        stored = size
        for name, address in PAGES.items():
            figure = measured(page(client, address), 7)
            base = first.setdefault(name, figure.milliseconds)
            print(
                f"{name:<20}{size:>10,}{figure.milliseconds:>9.1f}"
                f"{figure.milliseconds / base:>7.1f}{figure.statements:>12}"
                f"{figure.size / 1024:>8.0f}"
            )


if __name__ == "__main__":
    main()
