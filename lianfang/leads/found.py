"""What the search box finds among leads: by number and place, never by what is told of people."""

import re

from django.db.models import Q

from lianfang.leads.access import leads_visible_to
from lianfang.leads.models import Lead
from lianfang.org.standing import Standing

LIMIT = 20
_MARK = re.compile(r"(?:线索\s*〔(?P<year>\d{4})〕\s*)?(?P<number>\d{4})号?")


def found_by(standing: Standing, words: str) -> list[Lead]:
    """Return the leads somebody may know of, of a number or in a unit, a post or a power.

    Whom a lead concerns is not searched, nor what it says: a guess at a name finds nothing. Four
    statements, as many whether or not there is any; none for administrators.
    """
    wanted = Q()
    for field in ("unit", "post", "power"):
        wanted |= Q(**{f"{field}__name__icontains": words})
        wanted |= Q(**{f"{field}__name_en__icontains": words})
    if mark := _MARK.fullmatch(words):
        of_year = Q(year=int(mark["year"])) if mark["year"] else Q()
        wanted |= of_year & Q(number=int(mark["number"]))
    rows = leads_visible_to(standing).filter(wanted).select_related("unit", "post__unit")
    return list(rows.order_by("-year", "due_on", "pk")[:LIMIT])
