"""Whatever key is missing, a scheme is refused or doesn't need it; nothing else is raised."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.scheme.faults import SchemeFault, SchemeRefused
from lianfang.scheme.home import folder_of
from lianfang.scheme.load import load_scheme
from lianfang.scheme.source import Place, read_folder
from lianfang.scheme.tests.conftest import TINY, written

OPTIONAL = {
    *("aliases", "approver", "before_effect", "dates", "deadline", "effect", "elsewhere"),
    *("exemption", "follow_up", "form", "gravity", "hours", "interval", "leader", "matter"),
    *("matters", "note", "notice", "older_than", "open_at_least", "overridable", "questions"),
    *("roles", "share", "sitting", "talk", "tenure", "to"),
}
REAL = read_folder(folder_of("cnas-2012")).sections


def _keys(value: Any, path: Place = ()) -> Iterator[Place]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield (*path, key)
            yield from _keys(inside, (*path, key))
    elif isinstance(value, list):
        for place, inside in enumerate(value):
            yield from _keys(inside, (*path, place))


def _without(sections: dict[str, Any], path: Place) -> dict[str, Any]:
    changed = copy.deepcopy(sections)
    holder: Any = changed
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return changed


def _is_optional(path: Place) -> bool:
    named_by_checks = len(path) == 3 and path[:2] in (
        ("checks", "limits"),
        ("checks", "words"),
        ("checks", "pairs"),
    )
    return named_by_checks or path[-1] in OPTIONAL


def _faults(sections: dict[str, Any], folder: Path) -> tuple[SchemeFault, ...]:
    try:
        load_scheme(written(sections, folder))
    except SchemeRefused as refused:
        return refused.faults
    return ()


def _drop(sections: dict[str, Any], path: Place, folder: Path) -> None:
    faults = _faults(_without(sections, path), folder)
    assert faults or _is_optional(path), path
    assert all(fault.line or fault.path == path[-1] for fault in faults)


def test_every_key_of_the_small_scheme_is_needed_or_optional(tmp_path: Path) -> None:
    sections = read_folder(TINY).sections
    for path in _keys(sections):
        _drop(sections, path, tmp_path)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(sorted(_keys(REAL), key=str)))
def test_every_key_of_the_real_scheme_is_needed_or_optional(
    tmp_path_factory: pytest.TempPathFactory, path: Place
) -> None:
    _drop(REAL, path, tmp_path_factory.mktemp("dropped"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(sorted(_keys(read_folder(TINY).sections), key=str)),
    junk=st.sampled_from([None, 0, -1, 1.5, True, "", "junk", [], [1], {}, {"a": {}}, [[[]]]]),
)
def test_junk_anywhere_is_refused_or_taken_but_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, path: Place, junk: Any
) -> None:
    sections = copy.deepcopy(read_folder(TINY).sections)
    holder: Any = sections
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = junk
    _faults(sections, tmp_path_factory.mktemp("junk"))
