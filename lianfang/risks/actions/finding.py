"""Taking part in the finding of risks: everybody, for each post, every year (五（二）)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from lianfang.audit import actions as audit
from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Person, Post
from lianfang.risks.models import Participation, RiskPoint

CLAUSE = "五（二）"
YES, NO = "yes", "no"


class Unanswered(Refused):
    """Every question is answered; to have found nothing is an answer, too."""


@transaction.atomic
def take_part(
    *,
    post: Post,
    person: Person,
    asked: tuple[str, ...],
    answers: Mapping[str, str],
    on: date,
    by: AbstractBaseUser | None,
    at: datetime,
    statement: str = "",
) -> Participation:
    """Keep what somebody answered about their post this year; again: it takes the old one's place.

    Raises Unanswered.
    """
    kept = {code: answers[code] for code in asked if answers.get(code) in (YES, NO)}
    if len(kept) < len(asked):
        missing = len(asked) - len(kept)
        raise Unanswered(
            Text(
                f"还有 {missing} 个问题没有回答。没有发现风险的，请选“没有”。",
                f"Questions without an answer: {missing}. Where there is no risk, choose No.",
            )
        )
    found = RiskPoint.objects.filter(
        found_by=person, found_on__year=on.year, carriers__post=post
    ).count()
    participation, is_new = Participation.objects.update_or_create(
        person=person,
        post=post,
        year=on.year,
        defaults={
            "organisation_id": post.organisation_id,
            "answers": kept,
            "found": found,
            "statement": statement,
            "taken_at": at,
        },
    )
    audit.record(
        at=at,
        by=by,
        action="risks.participation.taken" if is_new else "risks.participation.renewed",
        subject=participation,
        organisation=post.organisation_id,
        changes={
            "person": (None, person.name),
            "post": (None, post.name),
            "year": (None, on.year),
            "seen": (None, sum(answer == YES for answer in kept.values())),
            "statement": (None, statement),
        },
        rule=CLAUSE,
    )
    return participation
