"""Sends a kept file to the browser, to be saved, never shown or run; shows pictures drawn of it."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from lianfang.files.models import Attachment
from lianfang.files.rules import media_type_of
from lianfang.files.store import opened


def download(attachment: Attachment) -> HttpResponseBase:
    """Return the file as a download, checked against its digest first. Raises Damaged."""
    return _guarded(
        FileResponse(
            opened(attachment.digest),
            as_attachment=True,
            filename=attachment.name,
            content_type=media_type_of(attachment.name),
        )
    )


def as_picture(content: bytes) -> HttpResponseBase:
    """Return a picture drawn here, to be shown in a page."""
    return _guarded(HttpResponse(content, content_type="image/png"))


def as_download(content: bytes, name: str) -> HttpResponseBase:
    """Return something just made as a download."""
    response = HttpResponse(content, content_type=media_type_of(name))
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return _guarded(response)


def _guarded(response: HttpResponseBase) -> HttpResponseBase:
    """Return a download that no browser guesses about, shows in a page, or keeps."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
