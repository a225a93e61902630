"""A look into a kept file, checked against its digest first."""

from lianfang.documents.previewing import Preview, page_of, preview_of
from lianfang.files.models import Attachment
from lianfang.files.store import content_of


def look_into(attachment: Attachment) -> Preview:
    """Return what can be seen of a file. Raises Damaged."""
    return preview_of(content_of(attachment.digest), attachment.name)


def page_seen(attachment: Attachment, number: int) -> bytes | None:
    """Return a page of a file as a PNG picture, None where there is none. Raises Damaged."""
    return page_of(content_of(attachment.digest), attachment.name, number)
