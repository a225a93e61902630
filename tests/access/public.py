"""Who may open the public catalogue: everybody, signed in or not; its preview: who decides."""

from lianfang.org.tests.cast import AT, ON, Cast
from lianfang.powers.models import Power
from lianfang.public.actions.withholding import withhold_power
from lianfang.public.models import Publication, Withholding
from lianfang.public.tests.making import card, placed
from tests.access.parts import ADMINISTRATORS, EVERYBODY, NOBODY, SHOWN, UNKNOWN, own_and_other, row
from tests.access.powers import power

OFFICE = {"office"}
LOOKS = {"office", "secretary", "deputy"}


def organisation(cast: Cast) -> str:
    """Return the code of the organisation, whose catalogue holds a power."""
    if not Publication.objects.filter(organisation=cast.organisation).exists():
        placed(cast, [card(1)])
    return cast.organisation.code


def withheld(cast: Cast) -> int:
    """Return what is withheld."""
    rows = Withholding.objects.filter(organisation=cast.organisation, ended_on=None)
    found = rows.first()
    if found is None:
        one = Power.objects.get(pk=power(cast))
        found = withhold_power(power=one, reason="试", on=ON, by=None, at=AT)
    return found.pk


PUBLIC = [
    row(
        "public:catalogue",
        EVERYBODY,
        lambda own, other: [organisation(own), organisation(other)][:0],
        nobody=SHOWN,
    ),
    row("public:organisation", EVERYBODY, lambda own, _: [organisation(own)], nobody=SHOWN),
    row(
        "public:organisation",
        EVERYBODY,
        lambda _, other: [organisation(other)],
        nobody=SHOWN,
        about="of another organisation",
    ),
    row("public:table", EVERYBODY, lambda own, _: [organisation(own)], nobody=SHOWN),
    row("public:unit", EVERYBODY, lambda own, _: [organisation(own), "CW"], nobody=SHOWN),
    row("public:power", EVERYBODY, lambda own, _: [organisation(own), "CW-001"], nobody=SHOWN),
    row(
        "public:power",
        NOBODY,
        lambda own, _: [organisation(own), "X"],
        hidden=EVERYBODY,
        nobody=UNKNOWN,
        about="that is not public",
    ),
    row("disclosure:preview", LOOKS, hidden=ADMINISTRATORS),
    row("disclosure:publish", OFFICE, hidden=ADMINISTRATORS),
    *own_and_other("disclosure:withhold", OFFICE, power, hidden=ADMINISTRATORS),
    *own_and_other("disclosure:release", OFFICE, withheld, hidden=ADMINISTRATORS),
]
