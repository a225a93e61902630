"""Who is still to answer, and how many have: asked of the box, told only to those it is about."""

from dataclasses import dataclass

from django.db.models import QuerySet

from lianfang.org.standing import Standing
from lianfang.surveys import box as boxes
from lianfang.surveys.models import Invitation, SealedBox, Survey, SurveySubject
from lianfang.surveys.queries.colleagues import invited_people


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many are invited, and how many answered: None where the box can't be opened."""

    invited: int
    answered: int | None

    @property
    def percent(self) -> int:
        """How much of it is done."""
        return round(100 * (self.answered or 0) / self.invited) if self.invited else 0


def subjects_for(survey: Survey, standing: Standing) -> list[SurveySubject]:
    """Return about whom somebody is asked. One statement."""
    rows = survey.subjects.filter(invitations__person=standing.person_id)
    return list(
        rows.select_related("person", "post", "unit").order_by("unit__order", "post__order", "pk")
    )


def has_answered(survey: Survey, standing: Standing) -> bool:
    """Return whether somebody answered, once: false where no box can say. One statement."""
    box = _turnouts().filter(survey=survey).first()
    try:
        return box is not None and standing.person_id in boxes.people_in(box)
    except boxes.KeyGone:
        return False


def waiting_for(standing: Standing, rows: QuerySet[Survey]) -> list[Survey]:
    """Return those of the surveys that are open today and not answered yet. Two statements."""
    found = list(
        rows.filter(state=Survey.State.OPEN, closes_on__gte=standing.on).order_by("closes_on", "pk")
    )
    answered = set()
    for box in _turnouts().filter(survey__in=found) if found else ():
        try:
            if standing.person_id in boxes.people_in(box):
                answered.add(box.survey_id)
        except boxes.KeyGone:
            answered.add(box.survey_id)
    return [survey for survey in found if survey.pk not in answered]


def progress_of(survey: Survey) -> Progress:
    """Return how far a survey is, as numbers. At most two statements."""
    invited = len(invited_people(survey))
    if survey.state != Survey.State.OPEN:
        return Progress(invited=invited, answered=survey.answered)
    box = _turnouts().filter(survey=survey).first()
    try:
        answered = len(boxes.people_in(box)) if box is not None else None
    except boxes.KeyGone:
        answered = None
    return Progress(invited=invited, answered=answered)


def _turnouts() -> QuerySet[SealedBox]:
    return SealedBox.objects.defer("papers")


def invited_to(subject: SurveySubject) -> frozenset[int]:
    """Return who is asked about a subject. One statement."""
    return frozenset(Invitation.objects.filter(subject=subject).values_list("person", flat=True))
