"""The parts of a Word file written by hand: paragraphs, fields, styles, the package.

Written as text, because a thousand table rows through an object model cost seconds; every text
goes through `escaped`. Fonts are the official ones by name: the office machine has them.
"""

from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape

from msgspec import Struct

from lianfang.common.text import Language
from lianfang.documents.writing.words import drawable
from lianfang.documents.writing.zipping import (
    CORE_PART,
    CORE_TYPE,
    RELATIONS,
    core,
    relations,
    root_relations,
    zipped,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = RELATIONS
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TWIPS_PER_MM = 1440 / 25.4


def twips(mm: float) -> int:
    """Return millimetres in Word's twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


class Style(Struct, frozen=True, kw_only=True):
    """A named paragraph style; sizes in points."""

    id: str
    name: str
    font: str
    size: float
    based_on: str = ""
    paragraph: str = ""
    run: str = ""

    def xml(self) -> str:
        """Return the style's definition."""
        default = ' w:default="1"' if not self.based_on else ""
        based = f'<w:basedOn w:val="{self.based_on}"/>' if self.based_on else ""
        half = round(self.size * 2)
        return (
            f'<w:style w:type="paragraph" w:styleId="{self.id}"{default}>'
            f'<w:name w:val="{self.name}"/>{based}<w:qFormat/>'
            f"<w:pPr>{self.paragraph}</w:pPr>"
            f'<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
            f'w:eastAsia="{self.font}" w:cs="Times New Roman"/>{self.run}'
            f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
        )


def escaped(text: str) -> str:
    """Return a text as XML, without what XML can't hold."""
    return escape(drawable(text))


def run(text: str, properties: str = "") -> str:
    """Return a run of text; line breaks become breaks."""
    marks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    lines = escaped(text).split("\n")
    told = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{marks}{told}</w:r>"


def paragraph(runs: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of runs in a named style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def field(code: str) -> str:
    """Return a field such as PAGE."""
    parts = [f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")]
    told = f'<w:instrText xml:space="preserve"> {code} </w:instrText>'
    return "".join(
        f"<w:r>{part}</w:r>" for part in (parts[0], told, parts[1], "<w:t>1</w:t>", parts[2])
    )


class Section(Struct, frozen=True, kw_only=True):
    """Page and margins in millimetres, and the feet by kind: default, even, first."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    foot: float
    feet: Mapping[str, str]
    extra: str = ""

    def xml(self) -> str:
        """Return the section's settings."""
        turned = ' w:orient="landscape"' if self.width > self.height else ""
        references = "".join(
            f'<w:footerReference w:type="{kind}" r:id="rFoot{kind}"/>' for kind in self.feet
        )
        first = "<w:titlePg/>" if "first" in self.feet else ""
        return (
            f'<w:sectPr>{references}<w:pgSz w:w="{twips(self.width)}" '
            f'w:h="{twips(self.height)}"{turned}/>'
            f'<w:pgMar w:top="{twips(self.top)}" w:right="{twips(self.right)}" '
            f'w:bottom="{twips(self.bottom)}" w:left="{twips(self.left)}" '
            f'w:header="{twips(10)}" w:footer="{twips(self.foot)}" w:gutter="0"/>'
            f"{first}{self.extra}</w:sectPr>"
        )


def package(
    *,
    title: str,
    on: date,
    language: Language,
    styles: tuple[Style, ...],
    body: str,
    section: Section,
) -> bytes:
    """Return a whole Word file: the same bytes for the same content."""
    parts = {
        "_rels/.rels": root_relations("word/document.xml"),
        CORE_PART: core(escaped(title), on.isoformat()),
        "word/document.xml": (
            f'<w:document xmlns:w="{W}" xmlns:r="{_R}"><w:body>{body}{section.xml()}</w:body>'
            "</w:document>"
        ),
        "word/styles.xml": _styles(styles, language),
        "word/settings.xml": _settings(section),
        "word/_rels/document.xml.rels": relations(
            [
                ("rStyles", f"{_R}/styles", "styles.xml"),
                ("rSettings", f"{_R}/settings", "settings.xml"),
                *((f"rFoot{kind}", f"{_R}/footer", f"footer-{kind}.xml") for kind in section.feet),
            ]
        ),
    }
    for kind, foot in section.feet.items():
        parts[f"word/footer-{kind}.xml"] = f'<w:ftr xmlns:w="{W}">{foot}</w:ftr>'
    types = {
        "word/document.xml": f"{_OFFICE}.document.main+xml",
        "word/styles.xml": f"{_OFFICE}.styles+xml",
        "word/settings.xml": f"{_OFFICE}.settings+xml",
        CORE_PART: CORE_TYPE,
        **{f"word/footer-{kind}.xml": f"{_OFFICE}.footer+xml" for kind in section.feet},
    }
    return zipped(parts, types)


def _styles(styles: tuple[Style, ...], language: Language) -> str:
    spoken = "zh-CN" if language is Language.ZH else "en-GB"
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:lang w:val="{spoken}" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        f"{''.join(style.xml() for style in styles)}</w:styles>"
    )


def _settings(section: Section) -> str:
    even = "<w:evenAndOddHeaders/>" if "even" in section.feet else ""
    return (
        f'<w:settings xmlns:w="{W}">{even}'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )
