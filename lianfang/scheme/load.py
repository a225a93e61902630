"""Loads a scheme, or refuses it with every fault that could be found."""

from pathlib import Path

import msgspec

from lianfang.scheme.crosscheck import cross_faults
from lianfang.scheme.faults import SchemeFault, SchemeRefused
from lianfang.scheme.home import folder_of
from lianfang.scheme.model import Document, Scheme
from lianfang.scheme.shape import shape_faults
from lianfang.scheme.source import Source, read_folder


def load_scheme(name_or_folder: str | Path) -> Scheme:
    """Return the scheme of that name, or in that folder.

    Raises SchemeRefused with file, line and path of everything that is wrong with it.
    """
    scheme, faults = examine(folder_of(name_or_folder))
    if scheme is None or faults:
        raise SchemeRefused(faults)
    return scheme


def examine(folder: Path) -> tuple[Scheme | None, tuple[SchemeFault, ...]]:
    """Return the scheme of a folder, None where it has no shape, and what is wrong with it."""
    source = read_folder(folder)
    _cite(source)
    if source.faults:
        if not source.unread:
            _add_shape_faults(source)
        return None, _in_order(source)
    try:
        scheme = msgspec.convert(source.sections, Scheme, strict=True)
    except msgspec.ValidationError:
        _add_shape_faults(source)
        return None, _in_order(source)
    for path, text in cross_faults(scheme):
        source.fault(path, text.zh, text.en)
    return scheme, _in_order(source)


def _in_order(source: Source) -> tuple[SchemeFault, ...]:
    once = dict.fromkeys((f.file, f.line, f.path, f.text) for f in source.faults)
    return tuple(
        SchemeFault(file=file, line=line, path=path, text=text)
        for file, line, path, text in sorted(once)
    )


def _add_shape_faults(source: Source) -> None:
    for path, text in shape_faults(source.sections, Scheme, ()):
        source.fault(path, text.zh, text.en)


def _cite(source: Source) -> None:
    """Write short clauses, sections of the first document, in full; refuse unknown sections."""
    sections = _sections(source.sections.get("documents"))
    for rule, path in source.clauses:
        clause = rule["clause"]
        if isinstance(clause, str):
            clause = rule["clause"] = {"document": next(iter(sections), ""), "section": clause}
        match clause:
            case {"document": str(document), "section": str(section)} if sections:
                if section not in sections.get(document, ()):
                    source.fault(
                        path,
                        f"“{document}”没有“{section}”这一条，请按 documents 所列的条款填写。",
                        f"{document} has no section {section}; cite one listed in documents.",
                    )


def _sections(documents: object) -> dict[str, tuple[str, ...]]:
    """Return the sections of each document, none where the header itself is wrong."""
    try:
        known = msgspec.convert(documents, tuple[Document, ...], strict=True)
    except msgspec.ValidationError:
        return {}
    return {document.number: document.sections for document in known}
