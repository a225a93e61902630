"""Packs the parts of an office file: the same bytes for the same parts, on any day."""

import io
import zipfile
from collections.abc import Iterable, Mapping

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DAY = (1980, 1, 1, 0, 0, 0)
_LEVEL = 3


def zipped(parts: Mapping[str, str], types: Mapping[str, str]) -> bytes:
    """Return a package of XML parts by name; `types` are the content types of those that matter."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in {"[Content_Types].xml": _content_types(types), **parts}.items():
            archive.writestr(
                zipfile.ZipInfo(name, _DAY), _HEAD + part, zipfile.ZIP_DEFLATED, _LEVEL
            )
    return out.getvalue()


def _content_types(types: Mapping[str, str]) -> str:
    told = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def relations(related: Iterable[tuple[str, str, str]]) -> str:
    """Return a part of relationships: id, kind, target."""
    told = "".join(
        f'<Relationship Id="{made}" Type="{kind}" Target="{target}"/>'
        for made, kind, target in related
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'


def root_relations(document: str) -> str:
    """Return the package's own relationships: its document and its properties."""
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    return relations(
        [("rDocument", f"{RELATIONS}/officeDocument", document), ("rCore", core, CORE_PART)]
    )


CORE_PART = "docProps/core.xml"


def core(title: str, day: str) -> str:
    """Return the properties of a file: its title, already XML, and the day it was made."""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
        "</cp:coreProperties>"
    )
