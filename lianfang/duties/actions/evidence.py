"""Files that show how duties were done; one may show several measures carried out (五（五）)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.duties.actions.closing import fulfil_duty
from lianfang.duties.models import Duty, DutyEvidence
from lianfang.files import actions as files
from lianfang.files.models import Attachment


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file as it is sent in."""

    name: str
    chunks: Iterable[bytes]


class NothingToShow(Refused):
    """A file for a duty that was waived, or is owed no more."""


@transaction.atomic
def add_evidence(
    *, duty: Duty, paper: Paper, words: str, by: AbstractBaseUser | None, at: datetime
) -> DutyEvidence:
    """Keep a file with a duty that is open or done. Raises NothingToShow, and what `keep` does."""
    kept = _kept(duty, paper, by, at)
    return _add(duty, kept, words, by, at)


@transaction.atomic
def fulfil_with_evidence(
    *,
    duties: Sequence[Duty],
    done_on: date,
    evidence: str,
    paper: Paper | None,
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
) -> list[Duty]:
    """Note that duties were done on a day, all by the same words and file, if there is one.

    All of them or none. The statements grow with the duties. Raises what `fulfil_duty` and `keep`
    raise.
    """
    kept = _kept(duties[0], paper, by, at) if paper is not None else None
    done = [
        fulfil_duty(duty=duty, done_on=done_on, evidence=evidence, on=on, by=by, at=at)
        for duty in duties
    ]
    if kept is not None:
        for duty in done:
            _add(duty, kept, "", by, at)
    return done


def _kept(duty: Duty, paper: Paper, by: AbstractBaseUser | None, at: datetime) -> Attachment:
    return files.keep(
        chunks=paper.chunks, name=paper.name, organisation=duty.organisation_id, by=by, at=at
    )


def _add(
    duty: Duty, kept: Attachment, words: str, by: AbstractBaseUser | None, at: datetime
) -> DutyEvidence:
    state = Duty.objects.select_for_update().values_list("state", flat=True).get(pk=duty.pk)
    if state not in (Duty.State.OPEN, Duty.State.DONE):
        raise NothingToShow(
            Text(
                "这项义务已免除或已失效，不再收凭证。",
                "This duty was waived or has lapsed; it takes no evidence any more.",
            )
        )
    added = DutyEvidence.objects.create(
        duty=duty, attachment=kept, words=words, added_by_id=by.pk if by else None, added_at=at
    )
    audit.record(
        at=at,
        by=by,
        action="duties.evidence.added",
        subject=duty,
        organisation=duty.organisation_id,
        changes={"file": (None, kept.name), "file_digest": (None, kept.digest)},
        rule=duty.clause,
    )
    return added
