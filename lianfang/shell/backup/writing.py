"""Writes a backup from one moment's view of the database, without stopping those who write."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Max, Model

from lianfang import __version__
from lianfang.audit.verify import verify
from lianfang.common.errors import Refused
from lianfang.common.progress import Progress, Report
from lianfang.common.text import Text
from lianfang.files import store
from lianfang.files.store import Damaged
from lianfang.shell.backup.manifest import Files, Log, Manifest, Table
from lianfang.shell.backup.packing import END, FILES, MANIFEST, MISSING, ROWS, Packer, packing
from lianfang.shell.backup.tables import columns_of, counters, rows_of, stored_models

_PART_BYTES = 1024 * 1024


class FileExists(Refused):
    """A backup never takes the place of another file."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a backup holds; `missing` are the names of attachments whose bytes are gone."""

    manifest: Manifest
    missing: tuple[str, ...]


def write_backup(
    path: Path, *, passphrase: str, at: datetime, report: Report | None = None
) -> Written:
    """Write everything to a new file, readable by its owner alone.

    A file of that name appears only when it is whole. Raises FileExists, WeakPassphrase.
    """
    if path.exists():
        raise FileExists(
            Text(
                f"{path} 已经存在，没有覆盖。请换一个文件名。",
                f"{path} exists already and was not overwritten. Choose another name.",
            )
        )
    part = path.with_name(f"{path.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            with _snapshot(), packing(out, passphrase) as packer:
                written = _write(packer, at, report)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return written


@contextmanager
def _snapshot() -> Iterator[None]:
    """Hold a transaction that only reads, and sees the same rows all the time."""
    if connection.in_atomic_block:
        yield
        return
    mode = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        # Others may write meanwhile: under IMMEDIATE they would wait until the backup is done.
        connection.ensure_connection()
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode  # type: ignore[attr-defined]


def _write(packer: Packer, at: datetime, report: Report | None) -> Written:
    loader = MigrationLoader(connection)
    steps = _steps(loader)
    # As the tables are now, which may be before a release that waits to be applied.
    state = loader.project_state(list(steps.items())).apps
    models = stored_models(state)
    files = state.get_model("files", "Attachment")
    manifest = _manifest(models, files, steps, at)
    packer.add(MANIFEST, msgspec.json.encode(manifest))
    progress = Progress(report, manifest.rows)
    for model in models:
        _write_rows(packer, model, progress)
    missing = tuple(_write_files(packer, files))
    packer.add(END, b"")
    return Written(manifest=manifest, missing=missing)


def _manifest(
    models: Sequence[type[Model]], attachment: type[Model], steps: dict[str, str], at: datetime
) -> Manifest:
    rows = {model: model._base_manager.count() for model in models}
    last = counters(models)
    files = attachment._base_manager.values("digest").annotate(size=Max("size"))
    sizes = [entry["size"] for entry in files]
    verdict = verify()
    return Manifest(
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        release=__version__,
        database=connection.vendor,
        migrations=steps,
        tables=tuple(
            Table(
                model=model._meta.label_lower,
                columns=tuple(columns_of(model)),
                rows=rows[model],
                last=last.get(model._meta.label_lower),
            )
            for model in models
        ),
        files=Files(count=len(sizes), size=sum(sizes)),
        log=Log(
            size=verdict.size,
            root=verdict.root,
            fault=verdict.fault.text if verdict.fault else None,
        ),
    )


def _steps(loader: MigrationLoader) -> dict[str, str]:
    """Return the last step of each app that is applied."""
    applied = set(loader.applied_migrations or ())
    last = [
        node
        for node in applied & set(loader.graph.nodes)
        if not any(child[0] == node[0] and child in applied for child in _next(loader, node))
    ]
    return dict(sorted(last))


def _next(loader: MigrationLoader, node: tuple[str, str]) -> list[tuple[str, str]]:
    return [child.key for child in loader.graph.node_map[node].children]


def _write_rows(packer: Packer, model: type[Model], progress: Progress) -> None:
    """Write a table in parts of about a megabyte."""
    # PostgreSQL has its own order of the keys of a JSON value.
    encode = msgspec.json.Encoder(order="sorted").encode
    part, number = bytearray(), 0
    for row in rows_of(model):
        part += encode(row) + b"\n"
        progress.step()
        if len(part) >= _PART_BYTES:
            packer.add(_part(model, number), bytes(part))
            part.clear()
            number += 1
    if part:
        packer.add(_part(model, number), bytes(part))


def _part(model: type[Model], number: int) -> str:
    return f"{ROWS}/{model._meta.label_lower}/{number:06}.jsonl"


def _write_files(packer: Packer, attachment: type[Model]) -> Iterator[str]:
    """Write each attached file once; yield the names of those that are gone or damaged."""
    rows = attachment._base_manager.order_by("digest").values_list("digest", "size", "name")
    before = ""
    for digest, size, name in rows.iterator(1000):
        if digest == before:
            continue
        before = digest
        try:
            with store.opened(digest) as file:
                packer.stream(f"{FILES}/{digest}", file, size)
        except Damaged:
            packer.add(f"{MISSING}/{digest}", b"")
            yield name
