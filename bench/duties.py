"""Reconciling duties: CPU as a multiple of a bare INSERT … SELECT of the same rows.

`python -m bench.duties` fills a database with posts that are held and rated, opens all their
duties, and does it again, when nothing is left to write. On PostgreSQL the CPU of the server
process counts as well.
"""

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection, transaction

from bench.stage import set_up
from lianfang.duties.actions.reconcile import reconcile
from lianfang.duties.models import Duty
from lianfang.duties.tests.many import AT, ON, fill
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.tests.cast import Cast, organisation

SIZES = (1_000, 200_000)
_TICKS = 100


def cpu() -> float:
    """Return the CPU seconds spent so far, by this process and by the server's."""
    spent = time.process_time()
    if connection.vendor != "postgresql":
        return spent
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return spent + (int(fields[11]) + int(fields[12])) / _TICKS


def spent(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a work, in a transaction of its own."""
    before = cpu()
    with transaction.atomic():
        work()
    return cpu() - before


def bare_insert(cast: Cast) -> float:
    """Return the CPU seconds of writing the stored duties once more, by one statement."""
    columns = ", ".join(
        str(field.column) for field in Duty._meta.concrete_fields if field.name != "id"
    )
    table = Duty._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare AS SELECT {columns} FROM {table}")  # noqa: S608
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {table}")
        copied = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM bare"  # noqa: S608
        seconds = spent(lambda: cursor.execute(copied))
        cursor.execute("DROP TABLE bare")
    return seconds


def main() -> None:
    """Fill, reconcile, reconcile again and print, for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked = parser.parse_args()
    # the scheme is read once a process
    set_up()
    written_scheme("cnas-2012")
    print(
        f"{'posts':>9}{'duties':>10}{'bare s':>9}{'first s':>9}{'ratio':>7}{'again s':>9}{'MB':>6}"
    )
    for size in asked.sizes:
        cast = organisation(f"bench-{size}")
        with transaction.atomic():
            fill(cast, size)
        connection.cursor().execute("ANALYZE")
        work = _reconciling(cast)
        first = spent(work)
        duties = Duty.objects.count()
        again = spent(work)
        bare = bare_insert(cast)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {Duty._meta.db_table}")  # noqa: S608
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{size:>9,}{duties:>10,}{bare:>9.2f}{first:>9.2f}{first / bare:>7.1f}"
            f"{again:>9.2f}{peak:>6}"
        )


def _reconciling(cast: Cast) -> Callable[[], object]:
    return lambda: reconcile(organisation=cast.organisation, on=ON, by=None, at=AT)


if __name__ == "__main__":
    main()
