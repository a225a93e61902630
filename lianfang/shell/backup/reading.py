"""Restores a backup into an empty database, on whatever database it was made; all or nothing."""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec
from django.apps.registry import Apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from lianfang.audit.verify import verify
from lianfang.common.errors import Refused
from lianfang.common.progress import Progress, Report
from lianfang.common.text import Text
from lianfang.files import store
from lianfang.shell.backup.cipher import SealRefused, newer
from lianfang.shell.backup.manifest import Manifest, Table
from lianfang.shell.backup.packing import FILES, MANIFEST, ROWS, unpacking
from lianfang.shell.backup.tables import HEAD, go_on, made, stored_models

_AT_ONCE = 500


class NotEmpty(Refused):
    """A database that holds something already."""


class OlderBackup(Refused):
    """A backup whose tables are not those of this release."""


class NotRestored(Refused):
    """What came out of the backup is not what went in."""


def restore_backup(
    path: Path,
    *,
    passphrase: str,
    at: datetime,
    into_empty: bool = False,
    report: Report | None = None,
) -> Manifest:
    """Restore everything in one transaction, and return what the backup says of itself.

    `into_empty` makes the tables first, as they were when the backup was made, and brings them to
    this release afterwards; else the database has to be at the step of the backup. Raises
    SealRefused, NotEmpty, OlderBackup, and NotRestored where rows or the log differ.
    """
    with ExitStack() as stack:
        source = stack.enter_context(_opened(path))
        members = stack.enter_context(unpacking(source, passphrase))
        manifest = _manifest(members)
        tables = _prepared(manifest, into_empty=into_empty)
        try:
            with transaction.atomic():
                _Restoring(manifest, tables, at, report).run(members)
        except DatabaseError as error:
            raise NotRestored(_not_taken(error)) from error
    if into_empty:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    return manifest


def check_backup(path: Path, *, passphrase: str, report: Report | None = None) -> Manifest:
    """Read a whole backup and write nothing; return what it says of itself.

    Raises SealRefused, and NotRestored where it does not hold what it says.
    """
    with ExitStack() as stack:
        source = stack.enter_context(_opened(path))
        members = stack.enter_context(unpacking(source, passphrase))
        manifest = _manifest(members)
        found: Counter[str] = Counter()
        progress = Progress(report, manifest.rows)
        for name, content in members:
            kind, _, rest = name.partition("/")
            if kind == ROWS:
                for _line in content:
                    found[rest.partition("/")[0]] += 1
                    progress.step()
        _require_counts(manifest, found)
    return manifest


class _Restoring:
    """One restoring: rows and files as they come, then whether it is what went in."""

    def __init__(
        self,
        manifest: Manifest,
        tables: dict[str, type[Model]],
        at: datetime,
        report: Report | None,
    ) -> None:
        self._manifest = manifest
        self._models = tables
        self._columns = {table.model: table.columns for table in manifest.tables}
        self._at = at
        self._progress = Progress(report, manifest.rows)
        self._found: Counter[str] = Counter()

    def run(self, members: Iterator[tuple[str, IO[bytes]]]) -> None:
        """Take every member, then require that all of it is there."""
        for name, content in members:
            kind, _, rest = name.partition("/")
            if kind == ROWS:
                self._rows(rest.partition("/")[0], content)
            elif kind == FILES:
                self._file(rest, content)
        _require_counts(self._manifest, self._found)
        go_on(
            self._models.values(),
            {table.model: table.last for table in self._manifest.tables if table.last is not None},
        )
        connection.check_constraints()
        _require_log(self._manifest)

    def _rows(self, label: str, content: IO[bytes]) -> None:
        model = self._models.get(label)
        if model is None:
            raise newer(self._manifest.release)
        decode = msgspec.json.Decoder().decode
        waiting: list[list[object]] = []
        for line in content:
            waiting.append(decode(line))
            self._progress.step()
            if len(waiting) == _AT_ONCE:
                self._write(label, model, waiting)
                waiting = []
        self._write(label, model, waiting)

    def _write(self, label: str, model: type[Model], rows: Sequence[list[object]]) -> None:
        instances = made(model, self._columns[label], rows)
        if label == HEAD:
            for head in instances:
                _set_head(head)
        else:
            model._base_manager.bulk_create(instances, batch_size=_AT_ONCE)
        self._found[label] += len(rows)

    def _file(self, digest: str, content: IO[bytes]) -> None:
        chunks = iter(lambda: content.read(store.CHUNK), b"")
        waiting = store.receive(chunks, most=self._manifest.files.size)
        try:
            if waiting.digest != digest:
                raise NotRestored(
                    Text(
                        f"附件 {digest[:12]}… 与备份时不同，没有恢复任何内容。请换一份备份。",
                        f"The attachment {digest[:12]}… is not what it was. Nothing was restored; "
                        "use another backup.",
                    )
                )
            waiting.enter(self._at)
        finally:
            waiting.drop()


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise SealRefused(
            Text(
                f"打不开 {path}（{error.strerror}）。请检查路径和权限。",
                f"{path} can't be opened ({error.strerror}). Check the path and the permissions.",
            )
        ) from error


def _manifest(members: Iterator[tuple[str, IO[bytes]]]) -> Manifest:
    name, content = next(members, ("", io.BytesIO()))
    try:
        manifest = msgspec.json.decode(content.read(), type=Manifest)
    except msgspec.DecodeError as error:
        raise newer() from error
    if name != MANIFEST:
        raise newer()
    return manifest


def _prepared(manifest: Manifest, *, into_empty: bool) -> dict[str, type[Model]]:
    """Return the models of the backup's tables, which are there and empty."""
    executor = MigrationExecutor(connection)
    targets = list(manifest.migrations.items())
    if any(target not in executor.loader.graph.nodes for target in targets):
        raise newer(manifest.release)
    if into_empty:
        executor.migrate(targets)
    elif _is_behind(executor, targets):
        raise OlderBackup(
            Text(
                f"这份备份来自版本 {manifest.release}，数据表与现在不同。"
                "请用空数据库，加 --into-empty 恢复：先按备份时的结构建表，再更新到本版本。",
                f"This backup is of release {manifest.release}, whose tables differ. Restore it "
                "into an empty database with --into-empty: the tables are made as they were, then "
                "brought to this release.",
            )
        )
    state = executor.loader.project_state(targets).apps
    tables = {table.model: _model(state, table, manifest) for table in manifest.tables}
    _require_empty(tables)
    return tables


def _is_behind(executor: MigrationExecutor, targets: Sequence[tuple[str, str]]) -> bool:
    """Return whether the database is not exactly at the steps of the backup."""
    applied = set(executor.loader.applied_migrations or ())
    leaves = set(executor.loader.graph.leaf_nodes())
    kept = {model._meta.app_label for model in stored_models()}
    current = {node for node in leaves & applied if node[0] in kept}
    return current != {target for target in targets if target[0] in kept}


def _model(state: Apps, table: Table, manifest: Manifest) -> type[Model]:
    try:
        model: type[Model] = state.get_model(table.model)
    except LookupError as error:
        raise newer(manifest.release) from error
    if set(table.columns) != {field.attname for field in model._meta.concrete_fields}:
        raise newer(manifest.release)
    return model


def _require_empty(tables: dict[str, type[Model]]) -> None:
    for label, model in tables.items():
        rows = model._base_manager.all()
        if (rows.filter(size__gt=0) if label == HEAD else rows).exists():
            raise NotEmpty(
                Text(
                    f"数据库里已有内容（{label}），没有恢复。备份只恢复到空数据库。",
                    f"The database holds something already ({label}); nothing was restored. A "
                    "backup is restored into an empty database only.",
                )
            )


def _set_head(head: Model) -> None:
    """Let the head of the log grow to that of the backup; that of an empty log is there already."""
    values = {
        field.attname: getattr(head, field.attname)
        for field in head._meta.concrete_fields
        if not field.primary_key
    }
    if values["size"]:
        type(head)._base_manager.filter(pk=head.pk).update(**values)


def _require_counts(manifest: Manifest, found: Counter[str]) -> None:
    for table in manifest.tables:
        if found[table.model] != table.rows:
            raise NotRestored(
                Text(
                    f"{table.model} 应有 {table.rows} 行，读到 {found[table.model]} 行，"
                    "没有恢复任何内容。请换一份备份。",
                    f"{table.model} should have {table.rows} rows, {found[table.model]} were read. "
                    "Nothing was restored; use another backup.",
                )
            )


def _require_log(manifest: Manifest) -> None:
    """Require that the log is what it was, recomputed from every record."""
    verdict = verify()
    fault = verdict.fault.text if verdict.fault else None
    if (verdict.size, verdict.root, fault) != (
        manifest.log.size,
        manifest.log.root,
        manifest.log.fault,
    ):
        raise NotRestored(
            Text(
                f"恢复后的日志根 {verdict.root[:16]}… 与备份记载的 {manifest.log.root[:16]}… 不同，"
                "没有恢复任何内容。请换一份备份。",
                f"The log's root after restoring, {verdict.root[:16]}…, is not the one recorded in "
                f"the backup, {manifest.log.root[:16]}…. Nothing was restored; use another backup.",
            )
        )


def _not_taken(error: DatabaseError) -> Text:
    return Text(
        f"数据库不接受备份中的内容，没有恢复任何内容：{error}".rstrip() + "。",
        f"The database refuses what the backup holds, so nothing was restored: {error}".rstrip()
        + ".",
    )
