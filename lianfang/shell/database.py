"""The database of an installation: is it up to date, does it hold anything."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lianfang.common.errors import Refused
from lianfang.common.text import Text


class NotMigrated(Refused):
    """The database belongs to another release."""


def waiting() -> list[str]:
    """Return the steps that are still to be applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> None:
    """Apply every step."""
    call_command("migrate", interactive=False, verbosity=0)


def require_migrated() -> None:
    """Raise NotMigrated unless every step is applied."""
    if waiting():
        raise NotMigrated(
            Text(
                "数据库还没有更新到这一版本。请先备份，再运行 lianfang migrate。",
                "The database is not at this release. Back it up, then run lianfang migrate.",
            )
        )
