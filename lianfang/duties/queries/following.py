"""What the log tells that duties have not followed yet."""

from django.db.models import Max

from lianfang.audit.models import Event
from lianfang.duties.models import Followed
from lianfang.duties.rules.following import FOLLOWED


def last_to_follow(organisation: int) -> int | None:
    """Return the last event that duties are still to follow, None where there is none.

    Two statements, by an index, however long the log is.
    """
    position = Followed.objects.filter(pk=organisation).values_list("position", flat=True)
    events = Event.objects.filter(
        organisation=organisation, action__in=FOLLOWED, position__gt=position.first() or -1
    )
    last: int | None = events.aggregate(last=Max("position"))["last"]
    return last
