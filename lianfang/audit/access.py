"""Which events the audit administrator of an organisation may look at.

Whether somebody is the audit administrator is decided further up, where roles are known.
"""

from django.db.models import QuerySet
from django.http import Http404

from lianfang.audit.models import Event


def events_of(organisation: int) -> tuple[QuerySet[Event], QuerySet[Event]]:
    """Return the events of one organisation, and those that belong to none.

    Two querysets, so that a page of either is read along its index.
    """
    return (
        Event.objects.filter(organisation=organisation),
        Event.objects.filter(organisation=None),
    )


def get_event_of(organisation: int, position: int) -> Event:
    """Return an event. Raises Http404 for one of another organisation. One statement."""
    event = Event.objects.filter(pk=position).first()
    if event is None or event.organisation not in (organisation, None):
        raise Http404
    return event
