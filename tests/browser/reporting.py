"""Beside the example: keys of the discipline office, and answers to what was reported.

Run as a module on the database of LIANFANG_HOME: first it enrols the keys that are missing, once
there are reports it answers each.
"""

import os
from uuid import uuid4

import django

ANSWER = "您好，已读到。请问是三月的哪一周？"


def main() -> None:
    """Enrol keys, or answer."""
    from lianfang.common import clock
    from lianfang.org.models import Membership, Organisation
    from lianfang.portal.actions.answering import answer_report
    from lianfang.portal.actions.keys import enrol_key
    from lianfang.portal.models import OfficerKey, SealedReport
    from lianfang.sealing import envelopes, filing, keys

    at, organisation = clock.now(), Organisation.objects.get()
    for kind, body in (("reader", "discipline_office"), ("witness", "discipline_oversight")):
        if OfficerKey.objects.filter(kind=kind, ended_on=None).exists():
            continue
        seats = Membership.objects.filter(body__kind=body, to_on=None)
        person = seats.exclude(person__in=OfficerKey.objects.values("person"))[0].person
        pair = envelopes.new_pair()
        enrol_key(
            organisation=organisation,
            person=person,
            kind=OfficerKey.Kind(kind),
            public_key=pair.public,
            wrapped=keys.wrap(
                pair, "nobody", operations=keys.LEAST_OPERATIONS, memory=keys.LEAST_MEMORY
            ),
            on=at.date(),
            by=None,
            at=at,
        )
    for report in SealedReport.objects.filter(messages=None):
        sealed = filing.seal_further(
            report=report.pk,
            letter=uuid4(),
            letters_key=bytes(report.letters_key),
            content={"format": 1, "text": ANSWER},
            sender=bytes(report.sender_key),
        )
        answer_report(report=report, sealed=sealed, on=at.date(), by=None, at=at)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.config.settings")
    django.setup()
    main()
