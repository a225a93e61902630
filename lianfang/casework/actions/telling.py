"""Who is told that there is something: never what, of whom, or from whom."""

from django.db.models import QuerySet

from lianfang.notices.actions import Telling
from lianfang.org.models import Person

ITEM = "casework.item"


def told_to(people: QuerySet[Person], url: str) -> list[Telling]:
    """Return what people with a login are told."""
    logins = people.filter(login__isnull=False).order_by("code").values_list("login", flat=True)
    return [Telling(recipient=login, kind=ITEM, url=url) for login in logins]
