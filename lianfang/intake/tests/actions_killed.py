"""Writes an import and stops in the middle, to be killed; another process looks at what is left.

`python -m lianfang.intake.tests.actions_killed write|look`, with the database by LIANFANG_HOME.
`write` prints what is stored, then that it is in the middle, and waits; `look` prints what is
stored, and what is after writing the import once more.
"""

import sys
from typing import NoReturn

import msgspec


def main(deed: str) -> None:
    """Do what is asked for."""
    import django

    django.setup()
    if deed == "write":
        _write()
    else:
        _look()


def _write() -> None:
    from django.core.management import call_command

    from lianfang.files import actions as files
    from lianfang.intake.exchange.applying import apply_all
    from lianfang.intake.rules.settings import NEW, Settings
    from lianfang.intake.tests.actions_world import HOARDING, MARKETING, PAYING, row
    from lianfang.intake.tests.importing import applied, asking, sent, table
    from lianfang.org.tests.cast import AT, full_cast

    call_command("migrate", verbosity=0)
    cast = full_cast()
    applied(cast, sent(cast, table(PAYING)))
    settings = Settings(units={"市场部": NEW}, people={"CWG/张三": NEW})
    rows = table(row(level="低"), HOARDING, MARKETING)
    paper = sent(cast, rows, "二.csv", settings=settings)
    _print(_stored())
    files.close_applied = _in_the_middle
    apply_all([paper], asking(cast), by=cast.logins["office"], at=AT)


def _in_the_middle(**values: object) -> NoReturn:
    del values
    _print("in the middle")
    sys.stdin.read()
    raise SystemExit("nobody killed this process")


def _look() -> None:
    from lianfang.intake.exchange.applying import apply_all, waiting_of
    from lianfang.intake.exchange.planning import Asking
    from lianfang.intake.models import Delivery
    from lianfang.intake.rules.books import Importer
    from lianfang.intake.tests.importing import SCHEME
    from lianfang.org.models import Organisation
    from lianfang.org.tests.cast import AT, ON

    _print(_stored())
    asking = Asking(
        organisation=Organisation.objects.get(),
        scheme=SCHEME,
        on=ON,
        importer=Importer(drafts=None, sets_up=True),
    )
    apply_all(waiting_of(Delivery.objects.latest("pk")), asking, by=None, at=AT)
    _print(_stored())


def _stored() -> dict[str, object]:
    """Return what an import may leave behind, and whether the log is whole."""
    from lianfang.audit.verify import verify
    from lianfang.files.models import Import
    from lianfang.intake.models import Line
    from lianfang.org.models import Organisation, Person, Post, Unit
    from lianfang.org.tests.cast import ON
    from lianfang.register.canonical import to_json
    from lianfang.risks.models import RiskPoint
    from lianfang.risks.queries.load import load

    verdict = verify()
    return {
        "register": to_json(load(Organisation.objects.get(), ON)).decode(),
        "risks": RiskPoint.objects.count(),
        "places": [table.objects.count() for table in (Unit, Post, Person)],
        "latest": Line.objects.filter(is_latest=True).count(),
        "imports": list(Import.objects.order_by("pk").values_list("state", flat=True)),
        "log": verdict.size,
        "fault": verdict.fault and verdict.fault.kind,
    }


def _print(told: object) -> None:
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
