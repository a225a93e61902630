"""What a PDF says of its making, blanked in place; which files carry more than they show.

`lianfang/frontend/js/report/cleaning.js` does the same in a browser.
"""

import re

_PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>|<rdf:RDF.*?</rdf:RDF>", re.DOTALL)
_INFO = re.compile(rb"/Info\s+(\d+)\s+(\d+)\s+R")
_VALUE = re.compile(
    rb"/(?:Title|Author|Subject|Keywords|Creator|Producer|CreationDate|ModDate|Company|Manager)"
    rb"\s*(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>)",
    re.DOTALL,
)
_OFFICE = frozenset(
    {"doc", "docx", "docm", "xls", "xlsx", "xlsm", "ppt", "pptx", "wps", "et", "dps", "odt", "ods"}
)


def ending_of(name: str) -> str:
    """Return how a file's name ends, without the dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_office(name: str) -> bool:
    """Return whether a file is one in which names of authors and machines stay."""
    return ending_of(name) in _OFFICE


def cleaned_pdf(content: bytes) -> tuple[bytes, bool]:
    """Blank author, program, times and XMP of a PDF; no offset changes.

    The second value says whether everything was reached: a PDF that keeps its facts in a compressed
    or encrypted object can't be cleaned like this.
    """
    found = bytearray(content)
    for packet in _PACKET.finditer(content):
        found[packet.start() : packet.end()] = b" " * (packet.end() - packet.start())
    whole = b"/Encrypt" not in content
    for number, generation in set(_INFO.findall(content)):
        object_ = re.compile(
            rb"(?<!\d)" + number + rb"\s+" + generation + rb"\s+obj\b(.*?)endobj", re.DOTALL
        )
        places = list(object_.finditer(content))
        whole = whole and bool(places)
        for place in places:
            _blank(found, content, place.start(1), place.end(1))
    if re.search(rb"/Type\s*/Metadata", content) and not _PACKET.search(content):
        whole = False
    return bytes(found), whole


def _blank(found: bytearray, content: bytes, begin: int, end: int) -> None:
    """Empty every value between two places, leaving what encloses it."""
    for value in _VALUE.finditer(content, begin, end):
        first, last = value.start(1) + 1, value.end(1) - 1
        # spaces are text between parentheses and nothing between angle brackets
        found[first:last] = b" " * (last - first)
