"""A Register from whatever file holds one: canonical JSON, a form of ours, any table."""

import argparse
from pathlib import Path

from lianfang.common.text import Text
from lianfang.documents.letters import column_letter
from lianfang.documents.roundtrip import Returned, is_ours, read_back
from lianfang.register.canonical import from_json
from lianfang.register.identity import carry_over
from lianfang.register.model import Register
from lianfang.scheme.model import Scheme
from lianfang.shell.cli import sources
from lianfang.shell.cli.opening import content_of
from lianfang.shell.cli.terminal import Terminal


def register(
    path: Path, scheme: Scheme, arguments: argparse.Namespace, terminal: Terminal
) -> Register:
    """Return the Register in a file: canonical JSON by its suffix, else a table."""
    if path.suffix.lower() == ".json":
        return from_json(content_of(path))
    if path.suffix.lower() == ".xlsx" and is_ours(path):
        return _returned(path, scheme, terminal).register
    return sources.source(path, scheme, arguments, terminal).registered.register


def recognised(
    old: Register,
    path: Path,
    scheme: Scheme,
    arguments: argparse.Namespace,
    terminal: Terminal,
) -> Register:
    """Return the Register in a file with the ids of `old` wherever it is about the same.

    A form of ours that was written from `old` knows the ids itself, however its words changed.
    """
    if path.suffix.lower() == ".xlsx" and is_ours(path):
        returned = _returned(path, scheme, terminal)
        if set(returned.base.risks) <= set(old.risks):
            return returned.register
        return carry_over(old, returned.register)
    return carry_over(old, register(path, scheme, arguments, terminal))


def _returned(path: Path, scheme: Scheme, terminal: Terminal) -> Returned:
    """Read a filled-in form back and say every doubt about it."""
    returned = read_back(path, scheme)
    for problem in returned.problems:
        column = "-" if problem.column is None else column_letter(problem.column)
        place = f"{path.name}:{problem.row or '-'}:{column}: "
        terminal.complain(Text(place + problem.message.zh, place + problem.message.en))
    return returned
