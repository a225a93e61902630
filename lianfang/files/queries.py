"""Reads of official documents: those about one thing, and the number given last."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Max

from lianfang.audit.models import reference
from lianfang.files.models import OutgoingDocument


def documents_about(subject: models.Model) -> list[OutgoingDocument]:
    """Return the documents about a row with their files, oldest first, voided ones too.

    One statement.
    """
    rows = OutgoingDocument.objects.filter(about=reference(subject))
    return list(rows.select_related("attachment").order_by("pk"))


def documents_about_each(subjects: Sequence[models.Model]) -> dict[int, list[OutgoingDocument]]:
    """Return the documents about some rows of one table, by their keys. One statement."""
    keys = {reference(subject): subject.pk for subject in subjects}
    found: dict[int, list[OutgoingDocument]] = {}
    rows = OutgoingDocument.objects.filter(about__in=keys).order_by("pk")
    for document in rows if keys else ():
        found.setdefault(keys[document.about], []).append(document)
    return found


def last_number(*, organisation: int, series: str, year: int) -> int:
    """Return the number given last in a series and year, 0 before the first. One statement."""
    rows = OutgoingDocument.objects.filter(organisation=organisation, series=series, year=year)
    return rows.aggregate(last=Max("number"))["last"] or 0
