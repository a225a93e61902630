"""Takes uploads into memory alone: no file of a sender ever lies on the disk, not for a moment."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from lianfang.portal.rules.limits import largest_request, largest_sealed_file

_MARK = "lianfang.portal.upload_too_large"


class InMemoryUpload(FileUploadHandler):
    """Keeps each file in memory; one that is too large is thrown away, and the request says so."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._content = BytesIO()
        self._together = 0

    def new_file(self, *args: Any, **kw: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kw)
        self._content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a chunk, or drop the file."""
        self._together += len(raw_data)
        if start + len(raw_data) > largest_sealed_file() or self._together > largest_request():
            if self.request is not None:
                self.request.META[_MARK] = True
            raise SkipFile
        self._content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the whole file."""
        self._content.seek(0)
        return InMemoryUploadedFile(
            file=self._content,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
        )


def was_too_large(request: HttpRequest) -> bool:
    """Return whether a file of this request was thrown away for its size."""
    return bool(request.META.get(_MARK))
