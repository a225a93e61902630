"""Letters as papers, and what units answered."""

from django.db.models import Prefetch, QuerySet

from lianfang.alerts.models import Alert, AlertLetter, UnitCorrection
from lianfang.alerts.rules.letters import LetterKind, Told
from lianfang.org.models import Body


def told_in(letter: AlertLetter) -> Told:
    """Return what a stored letter says, in Chinese; its alert is there. No statement."""
    return Told(
        kind=LetterKind(letter.kind),
        organisation=letter.alert.organisation.name,
        signed_by=letter.signed_by,
        addressee=letter.person.name if letter.person else letter.unit.name if letter.unit else "",
        body=letter.body,
        on=letter.sent_on,
        due_on=letter.due_on,
    )


def signed_for(alert: Alert) -> str:
    """Return in whose name letters about an alert go out. One statement, or none."""
    if alert.goes_to_role == Alert.Role.CONTROL_OWNER and alert.unit is not None:
        return str(alert.unit.name)
    kinds = {
        Alert.Role.DISCIPLINE_OFFICE: Body.Kind.DISCIPLINE_OFFICE,
        Alert.Role.DISCIPLINE_OVERSIGHT: Body.Kind.DISCIPLINE_OVERSIGHT,
    }
    kind = kinds.get(Alert.Role(alert.goes_to_role))
    rows = Body.objects.filter(organisation=alert.organisation, kind=kind, retired_on=None)
    found = rows.values_list("name", flat=True).first() if kind is not None else None
    return found or alert.organisation.name


def letters_of(alert: Alert) -> list[AlertLetter]:
    """Return the letters about an alert, with what units answered. Two statements."""
    rows = AlertLetter.objects.filter(alert=alert).select_related("person", "unit", "document")
    return list(rows.prefetch_related(Prefetch("corrections", _answers())).order_by("pk"))


def corrections_of(letter: AlertLetter) -> list[UnitCorrection]:
    """Return what a unit answered to a notice, the last first. One statement."""
    return list(_answers().filter(letter=letter).order_by("-pk"))


def _answers() -> QuerySet[UnitCorrection]:
    return UnitCorrection.objects.select_related(
        "said_by__person", "judged_by__person", "evidence"
    ).order_by("pk")


def letters_waiting(rows: QuerySet[AlertLetter]) -> list[AlertLetter]:
    """Return notices that wait for somebody, soonest due first. One statement."""
    return list(rows.select_related("unit", "document", "alert").order_by("due_on", "pk"))
