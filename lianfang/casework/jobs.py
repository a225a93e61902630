"""Every night: keys of who left end, and officers are told that there is something.

Nothing is destroyed at night; what is over is only told of.
Source: 质检认纪〔2012〕1号 五（六）2（2）.
"""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from lianfang.accounts.models import User
from lianfang.casework import access
from lianfang.casework.actions.keys import end_keys_of_leavers
from lianfang.casework.actions.telling import ITEM
from lianfang.casework.queries.lists import reports_listed
from lianfang.casework.queries.todos import reports_due
from lianfang.notices.actions import tell
from lianfang.notices.models import Notice
from lianfang.org.models import Organisation
from lianfang.org.queries.calendar import calendar_of
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.queries.standing import standing_of
from lianfang.portal.models import OfficerKey


def run(day: date, at: datetime) -> int:
    """End keys of leavers, and tell officers of what came, runs out or is over; return how many.

    Safe to repeat: somebody who has not seen the last notice gets no other.
    """
    told = 0
    keys = OfficerKey.objects.filter(ended_on=None)
    wanted = Organisation.objects.filter(pk__in=keys.values("organisation")).order_by("pk")
    for organisation in wanted:
        end_keys_of_leavers(organisation=organisation, on=day, by=None, at=at)
        readers = User.objects.filter(
            person__in=keys.filter(organisation=organisation, kind=OfficerKey.Kind.READER).values(
                "person"
            ),
            is_active=True,
        )
        told += sum(_tell(login, organisation, day, at) for login in readers.order_by("pk"))
    return told


@transaction.atomic
def _tell(login: User, organisation: Organisation, day: date, at: datetime) -> bool:
    standing = standing_of(login, at)
    if standing is None or standing.person_id is None:
        return False
    lines = reports_listed(
        access.reports_visible_to(standing),
        person=standing.person_id,
        scheme=scheme_of(organisation, day),
        calendar=calendar_of(organisation.pk),
        on=day,
    )
    is_new = any(line.case is None for line in lines)
    is_due = any(due.due_on <= day for due in reports_due(lines))
    unseen = Notice.objects.filter(recipient=login, kind=ITEM, seen_at=None)
    if not (is_new or is_due) or unseen.exists():
        return False
    tell(recipient=login, kind=ITEM, url=reverse("casework:reports"), at=at)
    return True
