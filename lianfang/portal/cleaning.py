"""Cleans files of a sender without JavaScript, in memory: pictures drawn anew, PDFs blanked."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from lianfang.portal.rules.cleaning import cleaned_pdf
from lianfang.sealing.filing import PlainFile

_KEPT = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/png"}
_MOST_PIXELS = 60_000_000


def cleaned(file: PlainFile) -> PlainFile:
    """Return a file without what it says of place, machine and time, as far as that can be done.

    What is no picture and no PDF stays as it is.
    """
    if file.content.startswith(b"%PDF"):
        return PlainFile(name=file.name, kind=file.kind, content=cleaned_pdf(file.content)[0])
    try:
        return _drawn_anew(file)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return file


def _drawn_anew(file: PlainFile) -> PlainFile:
    with Image.open(BytesIO(file.content), formats=list(_KEPT)) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError("This picture is too large to be drawn anew")
        kind = "PNG" if picture.format == "GIF" else str(picture.format)
        upright = ImageOps.exif_transpose(picture)
        bare = Image.new(upright.mode, upright.size)
        if upright.mode == "P":
            upright = upright.convert("RGBA")
            bare = Image.new("RGBA", upright.size)
        bare.paste(upright)
        if kind == "JPEG" and bare.mode not in {"RGB", "L"}:
            bare = bare.convert("RGB")
        out = BytesIO()
        bare.save(out, kind, quality=90)
    return PlainFile(name=file.name, kind=_KEPT[kind], content=out.getvalue())
