"""Who somebody is when it is asked whether they stay out of something."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser

from lianfang.assessment.rules.recusal import Looker
from lianfang.org.models import Appointment, Kinship, Person, holding
from lianfang.org.standing import Standing


def looker_of(by: AbstractBaseUser, on: date) -> Looker | None:
    """Return who acts, None for a login without a person. Four statements at most."""
    person = Person.objects.filter(login=by.pk).values_list("pk", flat=True).first()
    if person is None:
        return None
    units = Appointment.objects.filter(holding(on), person=person).values_list("post__unit")
    return Looker(
        person=person,
        units=frozenset(units.values_list("post__unit", flat=True)),
        kin=kin_of(person),
    )


def looker_for(standing: Standing) -> Looker:
    """Return who asks. Two statements."""
    person = standing.person_id or 0
    return Looker(person=person, units=standing.units, kin=kin_of(person))


def kin_of(person: int) -> frozenset[int]:
    """Return the kin on record of somebody, whoever had it recorded. Two statements."""
    own = Kinship.objects.filter(person=person, relative__isnull=False)
    of_others = Kinship.objects.filter(relative=person)
    return frozenset(own.values_list("relative", flat=True)) | frozenset(
        of_others.values_list("person", flat=True)
    )
