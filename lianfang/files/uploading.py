"""Stops an upload that is too large while it comes in, before it fills the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

_MARK = "lianfang.upload_too_large"


class LimitedUpload(FileUploadHandler):
    """Lets a file pass until it is larger than is kept; the rest is thrown away unread."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._size = 0

    def new_file(self, *args: Any, **kw: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kw)
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a chunk on, or drop the file."""
        self._size = start + len(raw_data)
        if self._size > settings.FILE_BYTES:
            if self.request is not None:
                self.request.META[_MARK] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that follow."""
        del file_size


def was_too_large(request: HttpRequest) -> bool:
    """Return whether a file of this request was thrown away for its size."""
    return bool(request.META.get(_MARK))
