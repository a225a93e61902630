"""The lines of a preview about units, posts and people: known, to be set up, or left out."""

from collections.abc import Iterator

from msgspec import Struct

from lianfang.common.text import Text
from lianfang.intake.rules import sentences
from lianfang.intake.rules.books import Importer
from lianfang.intake.rules.fitting import Lengths, misfits
from lianfang.intake.rules.lines import Kind, PlanLine, Verdict
from lianfang.intake.rules.placing import How, Placed, Placing


class NewPlace(Struct, frozen=True, kw_only=True):
    """What is to be set up: a unit, a post in a unit, or somebody in a post.

    `is_known`: the person is on the books and is only appointed.
    """

    code: str
    name: str
    within: str = ""
    is_known: bool = False


def place_lines(placing: Placing, importer: Importer, lengths: Lengths) -> Iterator[PlanLine]:
    """Yield a line for every unit, post and person that the file names."""
    for unit in placing.units:
        yield _unit_line(unit, importer, lengths)
    unknown = {unit.name for unit in placing.units if not unit.code}
    for post in placing.posts:
        yield _post_line(post, unknown, lengths)
    for person in placing.people:
        yield _person_line(person, lengths)


def _unit_line(unit: Placed, importer: Importer, lengths: Lengths) -> PlanLine:
    refusal = sentences.refusal_of_unit(unit)
    if refusal is None and not importer.may_draft(unit.code):
        refusal = sentences.not_yours(unit.meant or unit.name)
    reasons = (refusal,) if refusal else ()
    return _line(unit, unit.code or unit.name, (*reasons, *_too_long(unit, lengths)))


def _post_line(post: Placed, unknown: set[str], lengths: Lengths) -> PlanLine:
    reasons = () if post.code else (sentences.refusal_of_post(post, post.within in unknown),)
    return _line(post, post.within, (*reasons, *_too_long(post, lengths)))


def _person_line(person: Placed, lengths: Lengths) -> PlanLine:
    doubts = (sentences.no_seat(person),) if person.how is How.UNKNOWN else ()
    return _line(person, "", _too_long(person, lengths), doubts)


def _line(
    place: Placed, unit: str, reasons: tuple[Text, ...], doubts: tuple[Text, ...] = ()
) -> PlanLine:
    is_seat = place.kind is Kind.PERSON and place.how is How.CHOSEN
    sets_up = place.is_new or is_seat
    verdict = Verdict.ADDED if sets_up else Verdict.UNCHANGED
    new = NewPlace(code=place.code, name=place.name, within=place.within, is_known=is_seat)
    return PlanLine(
        kind=place.kind,
        verdict=Verdict.REFUSED if reasons else verdict,
        key=f"{place.kind}:{place.key}",
        unit=unit,
        code=place.code,
        label=place.name,
        rows=((place.origin.table, place.origin.row),) if place.origin else (),
        reasons=reasons,
        doubts=(*sentences.doubts_of_place(place), *doubts),
        content=new if sets_up and not reasons else None,
    )


def _too_long(place: Placed, lengths: Lengths) -> tuple[Text, ...]:
    return misfits(iter([(f"{place.kind}.name", place.name)]), lengths)
