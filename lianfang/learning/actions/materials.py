"""Files, links and cases are put beside an activity, and taken away again (二)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.files import actions as files
from lianfang.learning.actions.parts import locked_activity, note
from lianfang.learning.models import Activity, Material, WarningCase


class NotOneThing(Refused):
    """A material that is nothing, or several things at once."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file as it is sent in."""

    name: str
    chunks: Iterable[bytes]


@transaction.atomic
def add_material(
    *,
    activity: Activity,
    title: str,
    file: Sent | None = None,
    url: str = "",
    case: WarningCase | None = None,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Material:
    """Put a file, a link or a case beside an activity. Raises NotOneThing, and what `keep` does."""
    if [file is not None, bool(url), case is not None].count(True) != 1:
        raise NotOneThing(
            Text(
                "资料要么是一个文件，要么是一个链接，要么是一个案例。请只填其中一项。",
                "A material is a file, a link or a case. Give one of them.",
            )
        )
    activity = locked_activity(activity)
    kept = None
    if file is not None:
        kept = files.keep(
            chunks=file.chunks,
            name=file.name,
            organisation=activity.organisation_id,
            by=by,
            at=at,
        )
    named = title or (kept.name if kept else case.title if case else url)
    added = Material.objects.create(
        activity=activity, title=named[:120], attachment=kept, url=url, case=case
    )
    told = {
        "title": (None, added.title),
        "url": (None, url),
        "file_digest": (None, kept.digest if kept else None),
        "case": (None, case.title if case else None),
    }
    note("material.added", activity, activity.organisation_id, by, at, told)
    return added


@transaction.atomic
def drop_material(*, material: Material, by: AbstractBaseUser | None, at: datetime) -> None:
    """Take a material away from its activity; the log keeps what it was."""
    activity = locked_activity(material.activity)
    note(
        "material.dropped",
        activity,
        activity.organisation_id,
        by,
        at,
        {"title": (material.title, None)},
    )
    material.delete()
