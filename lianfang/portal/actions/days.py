"""The root of a day enters the log: everything that arrived, shuffled, without who and when.

五（六）1. Every day gets one from the first key on, an empty one too: the log tells no one how many
reports there were, nor on which days.
"""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.org.models import Organisation
from lianfang.portal.actions.setup import CLAUSE
from lianfang.portal.mixing import CHANCE, rewrite
from lianfang.portal.models import DayRoot, Envelope, SealedFile, SealedMessage, SealedReport
from lianfang.portal.rules.days import item_leaf, sealed_day


@transaction.atomic
def seal_day(
    *, organisation: Organisation, on: date, by: AbstractBaseUser | None, at: datetime
) -> DayRoot:
    """Put what arrived until a day, and has no root yet, under the root of that day, once.

    What came in while the root of its own day was made goes under the next one.
    """
    audit.take_turn()
    there = DayRoot.objects.filter(organisation=organisation, on=on).first()
    if there is not None:
        return there
    reports = SealedReport.objects.filter(
        organisation=organisation, day_root=None, arrived_on__lte=on
    )
    messages = SealedMessage.objects.filter(
        report__organisation=organisation, day_root=None, arrived_on__lte=on
    )
    items = [*reports.values_list("pk", "digest"), *messages.values_list("pk", "digest")]
    day = sealed_day([digest for _, digest in items], CHANCE.shuffle)
    root = DayRoot.objects.create(
        organisation=organisation, on=on, root=day.root, leaves=list(day.leaves)
    )
    places = {leaf: place for place, leaf in enumerate(day.leaves)}
    CHANCE.shuffle(items)
    for pk, digest in items:
        placed = {"day_root": root, "place": places[item_leaf(digest).hex()]}
        # of one kind or the other
        if not SealedReport.objects.filter(pk=pk).update(**placed):
            SealedMessage.objects.filter(pk=pk).update(**placed)
    ids = [pk for pk, _ in items]
    rewrite(Envelope.objects.filter(report__in=ids), "sealed")
    rewrite(SealedFile.objects.filter(report__in=ids), "part")
    rewrite(SealedFile.objects.filter(message__in=ids), "part")
    event = audit.record(
        at=at,
        by=by,
        action="portal.day.sealed",
        subject=root,
        organisation=organisation.pk,
        changes={"root": (None, day.root), "on": (None, on.isoformat())},
        rule=CLAUSE,
    )
    root.event = event.position
    root.save(update_fields=["event"])
    return root
