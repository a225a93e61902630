"""Publishing a whole organisation as long work: CPU seconds, per unit and per risk point, memory.

`python -m bench.publishing`. The second figure publishes the next year over the first: each
unit has an edition in force then, and a tenth of the risk points is changed.
"""

import argparse
import resource
import time
from datetime import date, datetime, timedelta
from unittest import mock

from bench.stage import set_up
from lianfang.common import clock
from lianfang.cycles.actions.cycle import open_cycle
from lianfang.cycles.models import Cycle, Edition, Filing
from lianfang.cycles.tests.many import approved
from lianfang.cycles.tests.year import SCHEME
from lianfang.jobs import actions
from lianfang.jobs.actions.running import work
from lianfang.jobs.models import Job
from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.risks.models import RiskPoint

UNITS, RISKS = 100, 20_000
YEAR = timedelta(days=365)
ONE_IN = 10


def main() -> None:
    """Publish a year, then the next, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--risks", type=int, default=RISKS)
    asked = parser.parse_args()
    cast = set_up()
    cycle = approved(cast, asked.units, asked.risks)
    print(f"{asked.units} units with {asked.risks:,} risk points")
    _print("a first year", _published(cast, cycle, ON, AT), asked.units, asked.risks)
    later, at = ON + YEAR, AT + YEAR
    mock.patch.object(clock, "now", return_value=at).start()
    changed = RiskPoint.objects.filter(pk__in=list(_every_tenth()))
    changed.update(title="改写后的风险点")
    next_year = open_cycle(
        organisation=cast.organisation, year=later.year, scheme=SCHEME, on=later, by=None, at=at
    )
    units = Edition.objects.values_list("unit", flat=True)
    Filing.objects.filter(cycle=next_year, unit__in=list(units)).update(
        state=Filing.State.APPROVED, round=1
    )
    _print("a later year", _published(cast, next_year, later, at), asked.units, asked.risks)


def _every_tenth() -> list[int]:
    return list(RiskPoint.objects.order_by("pk").values_list("pk", flat=True))[::ONE_IN]


def _published(cast: Cast, cycle: Cycle, from_on: date, at: datetime) -> float:
    """Publish a year's filings by the job, and return the CPU seconds."""
    job = actions.start(
        kind="cycles.publish",
        by=cast.logins["office"],
        organisation=cast.organisation.pk,
        at=at,
        arguments={"cycle": cycle.pk, "effective_from": from_on.isoformat()},
    )
    start = time.process_time()
    work.call(job.pk)
    seconds = time.process_time() - start
    done = Job.objects.get(pk=job.pk)
    if done.state != Job.State.DONE:
        raise RuntimeError(f"{done.state}: {done.outcome}")
    return seconds


def _print(name: str, seconds: float, units: int, risks: int) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"  {name:<14}{seconds:>8.1f} s{seconds / units * 1000:>8.0f} ms a unit"
        f"{seconds / risks * 1e6:>8.0f} µs a risk point, peak {peak} MB"
    )


if __name__ == "__main__":
    main()
