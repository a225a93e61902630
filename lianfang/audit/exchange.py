"""The log as a file: what the viewer shows, and nothing that it does not."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from lianfang.audit.models import Event
from lianfang.documents.writing.cells import neutral


def csv_of(
    events: Iterable[Event],
    *,
    head: Iterable[str],
    words: Mapping[str, str],
    zone: ZoneInfo,
) -> Iterator[bytes]:
    """Write events as CSV, a line at a time: UTF-8 with a BOM, so that Excel reads it.

    No cell is one that a spreadsheet takes for a formula. `words` says what actions are called.
    """
    yield "\ufeff".encode() + _line(head)
    for event in events:
        yield _line(
            (
                str(event.position),
                event.at.astimezone(zone).isoformat(timespec="seconds"),
                event.actor,
                event.action,
                words.get(event.action, event.action),
                event.subject,
                event.rule,
                event.algorithm,
                event.leaf,
            )
        )


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow([neutral(cell) for cell in cells])
    return out.getvalue().encode()
