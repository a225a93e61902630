"""What the search box finds among alerts: by number and place, never by what is told of people."""

import re

from django.db.models import Q

from lianfang.alerts.access import alerts_visible_to
from lianfang.alerts.models import Alert
from lianfang.org.standing import Standing

LIMIT = 20
_MARK = re.compile(r"预警〔(?P<year>\d{4})〕(?P<number>\d{1,6})号?")


def found_by(standing: Standing, words: str) -> list[Alert]:
    """Return the alerts somebody may know of in a unit or post, or of a number. One statement."""
    wanted = (
        Q(unit__name__icontains=words)
        | Q(unit__name_en__icontains=words)
        | Q(post__name__icontains=words)
        | Q(post__name_en__icontains=words)
    )
    if mark := _MARK.fullmatch(words):
        wanted |= Q(year=int(mark["year"]), number=int(mark["number"]))
    rows = alerts_visible_to(standing).filter(wanted).select_related("unit", "post")
    return list(rows.order_by("-year", "-number")[:LIMIT])
