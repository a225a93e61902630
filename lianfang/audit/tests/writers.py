"""Several writers at once on a database of their own, run in a process of its own.

`python -m lianfang.audit.tests.writers WRITERS EACH`, with the database by LIANFANG_HOME or
DATABASE_URL. Prints the size of the log and what `verify` says of it.
"""

import json
import sys
import threading


def main(writers: int, each: int) -> None:
    """Make the tables, append from many threads, verify."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from lianfang.audit.verify import verify

    call_command("migrate", "audit", verbosity=0)
    begin = threading.Barrier(writers)
    errors: list[str] = []
    threads = [
        threading.Thread(target=_write, args=(number, each, begin, errors))
        for number in range(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = verify()
    fault = verdict.fault and verdict.fault.kind
    sys.stdout.write(json.dumps({"size": verdict.size, "fault": fault, "errors": errors}))
    connection.close()


def _write(number: int, each: int, begin: threading.Barrier, errors: list[str]) -> None:
    from django.db import connection, transaction

    from lianfang.audit.tests.events import recorded

    try:
        begin.wait()
        for turn in range(each):
            if turn % 5 == 4:
                _in_vain(number)
            with transaction.atomic():
                recorded(number * each + turn, changes={"name": (None, turn)})
                recorded(number * each + turn)
    except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
        errors.append(repr(error))
    finally:
        connection.close()


def _in_vain(number: int) -> None:
    """Append, and take it back."""
    from django.db import transaction

    from lianfang.audit.tests.events import recorded

    with transaction.atomic():
        recorded(number)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
