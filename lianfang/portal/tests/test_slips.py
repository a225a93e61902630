"""The proof of filing: it holds from the digest to the root of the log, and every change shows."""

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from lianfang.audit.queries import current_root
from lianfang.org.tests.cast import AT, ON, full_cast
from lianfang.portal.jobs import run
from lianfang.portal.queries.slips import slip_of
from lianfang.portal.rules.slips import NoSlip, Proven, read_slip, verify_slip
from lianfang.portal.tests.making import added, holder, sent

pytestmark = pytest.mark.django_db
Slip = dict[str, Any]


def verified(slip: Slip, root: str = "") -> Proven:
    """Verify a slip as it lies in a file."""
    return verify_slip(read_slip(json.dumps(slip).encode()), root)


@pytest.fixture
def slip() -> Slip:
    """Return the slip of one report among three and a letter, on the day after."""
    cast = full_cast()
    holder(cast)
    reports = [sent(cast) for _ in range(3)]
    added(reports[0])
    run(AT + timedelta(days=1))
    reports[1].report.refresh_from_db()
    return slip_of(cast.organisation, reports[1].report)


def test_a_slip_leads_to_the_root_of_the_log(slip: Slip) -> None:
    size, root = current_root()
    proven = verified(slip, root)
    assert (proven.on, proven.sealed_on) == (ON.isoformat(), ON.isoformat())
    assert (proven.size, proven.root) == (size, root)
    assert proven.digest == slip["digest"]


def test_a_slip_holds_after_the_log_has_grown_and_names_the_root_it_leads_to(slip: Slip) -> None:
    _, root = current_root()
    run(AT + timedelta(days=2))
    assert verified(slip).root == root
    with pytest.raises(NoSlip, match="根摘要与给出的不同"):
        verified(slip, current_root()[1])


def _other(text: str) -> str:
    return ("0" if text[0] != "0" else "1") + text[1:]


def _change(*path: Any, to: Callable[[Any], Any] = _other) -> Callable[[Slip], None]:
    def change(slip: Slip) -> None:
        place: Any = slip
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to(place[path[-1]])

    return change


CHANGES = {
    "digest": _change("digest"),
    "place": _change("day", "place", to=lambda place: place ^ 1),
    "size of the day": _change("day", "size", to=lambda size: size * 2),
    "root of the day": _change("day", "root"),
    "day": _change("day", "on", to=lambda _: "2026-05-13"),
    "claimed day": _change("on", to=lambda _: "2026-05-20"),
    "path": _change("day", "path", 0),
    "told": _change("log", "text", to=lambda text: text.replace("2026-05-14", "2026-05-15")),
    "salt": _change("log", "salt"),
    "event": _change("log", "body", "at", to=lambda at: at.replace("2026-05-15", "2026-05-16")),
    "position": _change("log", "body", "position", to=lambda position: position - 1),
    "way in the log": _change("log", "path", 0),
    "size of the log": _change("log", "size", to=lambda size: size + 1),
    "root of the log": _change("log", "root"),
    "no hex": _change("log", "root", to=lambda _: "zz"),
    "format": _change("format", to=lambda _: "another"),
}


def test_every_change_of_a_slip_shows(slip: Slip) -> None:
    for name, change in CHANGES.items():
        changed = copy.deepcopy(slip)
        change(changed)
        assert changed != slip, name
        with pytest.raises(NoSlip):
            verified(changed)


def test_on_its_own_day_a_slip_proves_nothing_yet() -> None:
    cast = full_cast()
    holder(cast)
    slip = slip_of(cast.organisation, sent(cast).report)
    assert verified(slip).root == ""
    with pytest.raises(NoSlip, match="次日"):
        verified(slip, "0" * 64)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"format":1}'])
def test_what_is_no_slip_is_said_so(content: bytes) -> None:
    with pytest.raises(NoSlip):
        read_slip(content)
