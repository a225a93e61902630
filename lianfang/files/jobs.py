"""What the nightly sweep does for this room."""

import logging
from datetime import datetime, timedelta

from lianfang.files import store
from lianfang.files.models import Attachment

logger = logging.getLogger(__name__)

# An upload, and a transaction that refers to it, are done by then.
_KEPT_FOR = timedelta(days=1)


def clean(at: datetime) -> int:
    """Remove what uploads left behind and what nothing refers to; return how many files.

    Safe to repeat. One statement for each file in the store older than a day.
    """
    removed = 0
    for path, since in store.incoming():
        if since < at - _KEPT_FOR:
            path.unlink(missing_ok=True)
            removed += 1
    for digest, since in store.stored():
        if since < at - _KEPT_FOR and not Attachment.objects.filter(digest=digest).exists():
            store.remove(digest)
            removed += 1
    if removed:
        logger.info("removed %s files that nothing refers to", removed)
    return removed
