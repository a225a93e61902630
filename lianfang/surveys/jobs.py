"""What happens every night: keys that belong to no box are destroyed (docs/surveys.md)."""

from datetime import datetime, timedelta

from lianfang.surveys import box
from lianfang.surveys.models import SealedBox

# an opening that is not committed yet has made its key already
_YOUNG = timedelta(days=1)


def run(at: datetime) -> int:
    """Destroy what an interrupted closing or a restored database left; returns how many.

    Safe to repeat.
    """
    known = frozenset(SealedBox.objects.values_list("key_name", flat=True))
    stray = box.keys_made_before(at - _YOUNG) - known
    for name in stray:
        box.destroy_key(name)
    return len(stray)
