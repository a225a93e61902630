"""The slip that proves a filing: the digest, its place in the day, and the day's in the log."""

from typing import Any

import msgspec

from lianfang.audit.models import Event
from lianfang.audit.queries import proof_of
from lianfang.audit.rules.leaves import CHANGES
from lianfang.org.models import Organisation
from lianfang.portal.models import SealedMessage, SealedReport
from lianfang.portal.rules.days import path_of
from lianfang.portal.rules.slips import FORMAT


def slip_of(organisation: Organisation, item: SealedReport | SealedMessage) -> dict[str, Any]:
    """Return the slip of a report or letter; until the day is over it has no proof.

    Nothing in it says what was written, and nothing who asks. At most five statements.
    """
    slip: dict[str, Any] = {
        "format": FORMAT,
        "organisation": organisation.code,
        "on": item.arrived_on.isoformat(),
        "digest": item.digest,
        "day": None,
        "log": None,
    }
    root, place = item.day_root, item.place
    if root is None or place is None or root.event is None:
        return slip
    slip["day"] = {
        "on": root.on.isoformat(),
        "place": place,
        "size": len(root.leaves),
        "path": path_of(place, root.leaves),
        "root": root.root,
    }
    event = Event.objects.get(position=root.event)
    told = event.details.get(name=CHANGES)
    proof = proof_of(event)
    slip["log"] = {
        "body": msgspec.json.decode(msgspec.json.encode(event.body)),
        "salt": told.salt,
        "text": told.text,
        "size": proof.size,
        "path": list(proof.path),
        "root": proof.root,
    }
    return slip
