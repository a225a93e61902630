"""The office answers every report that has no letter yet, whatever it says.

Run as a module on the database of LIANFANG_HOME, at noon of LIANFANG_TEST_DAY.
"""

import os
from datetime import UTC, date, datetime, time
from uuid import uuid4

import django

ANSWER = "您好，已读到。请问是三月的哪一周？"


def main(day: date) -> None:
    """Answer them."""
    from lianfang.portal.actions.answering import answer_report
    from lianfang.portal.models import SealedReport
    from lianfang.sealing import filing

    for report in SealedReport.objects.filter(messages=None, destroyed_on=None):
        sealed = filing.seal_further(
            report=report.pk,
            letter=uuid4(),
            letters_key=bytes(report.letters_key),
            content={"format": 1, "text": ANSWER},
            sender=bytes(report.sender_key),
        )
        at = datetime.combine(day, time(4), tzinfo=UTC)
        answer_report(report=report, sealed=sealed, on=day, by=None, at=at)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
    main(date.fromisoformat(os.environ["LIANFANG_TEST_DAY"]))
