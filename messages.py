"""The words of the pages in other languages: gathered from the code, compiled without gettext.

`python messages.py gather` brings the catalogue up to date with the code: new words stand in it
without a translation, and words no longer used are gone. `python messages.py compile` writes what
the program reads; `script/setup` and the build do that too.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent
PACKAGE = ROOT / "lianfang"
LOCALE = PACKAGE / "locale"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = tuple[str | None, tuple[str, ...]]


def gathered() -> dict[Message, list[str]]:
    """Return every (context, words) of the code with the files that say it, in order."""
    found: dict[Message, list[str]] = {}
    for file in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]):
        place = file.relative_to(ROOT).as_posix()
        if "/tests/" in place or "/static/" in place or "/migrations/" in place:
            continue
        for message in _messages(file):
            places = found.setdefault(message, [])
            if place not in places:
                places.append(place)
    return found


def catalogue_of(language: str) -> Path:
    """Return the file that holds a language's words."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Return the catalogue of a language, empty where there is none yet."""
    file = catalogue_of(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def gather(language: str) -> int:
    """Bring a catalogue up to date; return how many words have no translation."""
    old = read(language)
    new = Catalog(locale=language, project="lianfang", header_comment="", fuzzy=False)
    missing = 0
    for (context, words), places in gathered().items():
        key = words if len(words) > 1 else words[0]
        known = old.get(words[0], context=context)
        string = known.string if known else ""
        missing += not any(string) if isinstance(string, (tuple, list)) else not string
        new.add(key, string, locations=[(place, 0) for place in places], context=context)
    file = catalogue_of(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, new, omit_header=False, include_lineno=False, width=0, sort_output=True)
    _drop_dates(file)
    return missing


def compile_all() -> None:
    """Write every catalogue in the form the program reads."""
    for file in LOCALE.glob("*/LC_MESSAGES/django.po"):
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=file.parents[1].name)
        with file.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, catalogue)


def _messages(file: Path) -> Iterator[Message]:
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        source = _as_python(source, str(file))
    elif "gettext" not in source:
        return
    calls: Iterator[Any] = extract_python(io.BytesIO(source.encode()), KEYWORDS, (), {})
    for _, name, words, _ in calls:
        texts = (words,) if isinstance(words, str) else tuple(words)
        has_context = name.startswith(("p", "np"))
        rest = texts[1:] if has_context else texts
        wanted = rest[: 2 if name.startswith("n") else 1]
        if wanted and all(wanted):
            yield (str(texts[0]) if has_context else None), tuple(str(text) for text in wanted)


def _as_python(source: str, name: str) -> str:
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    from django.utils.translation.template import templatize

    # What stands between the words is blotted out, but keeps its indentation.
    return "\n".join(line.strip() for line in templatize(source, origin=name).splitlines())


def _drop_dates(file: Path) -> None:
    """Take out the header's dates and versions, so that equal words give equal files."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    noise = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator')
    file.write_text("".join(line for line in lines if not line.startswith(noise)), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["gather"]:
        sys.stdout.write(f"en: {gather('en')} without a translation\n")
    compile_all()
