"""What a form offers: posts and regulations by code, units by key."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from lianfang.org.models import Post, Unit
from lianfang.org.queries.tree import in_use
from lianfang.org.standing import Standing
from lianfang.powers.models import Regulation
from lianfang.register import model
from lianfang.scheme.model import Scheme

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, Choices]]


def post_choices(
    organisation: int, on: date, *, first: int | None = None, also: Collection[str] = ()
) -> Grouped:
    """Return the posts in use by unit, those of the unit `first` before the others.

    `also` are codes that a power names already, though they may be retired. One statement.
    """
    posts = Post.objects.filter(organisation=organisation).select_related("unit")
    wanted = posts.filter(in_use(on) | Q(code__in=also))
    groups: dict[int, tuple[str, Choices]] = {}
    for post in wanted.order_by("unit__order", "unit__code", "order", "code"):
        group = groups.setdefault(post.unit_id, (post.unit.shown_name, []))
        group[1].append((post.code, post.shown_name))
    ordered = sorted(groups, key=lambda unit: unit != first)
    return [groups[unit] for unit in ordered]


def units_with_powers(standing: Standing) -> list[Unit]:
    """Return the units in use, by their order, for narrowing a list. One statement."""
    units = Unit.objects.filter(in_use(standing.on), organisation=standing.organisation_id)
    return list(units.order_by("order", "code"))


def chosen_unit(standing: Standing, units: list[Unit], asked: int | None) -> Unit | None:
    """Return the unit asked for, else one the asker works in, else the first; None for none."""
    by_key = {unit.pk: unit for unit in units}
    if asked in by_key and asked is not None:
        return by_key[asked]
    own = [unit for unit in units if unit.pk in standing.units]
    return next(iter([*own, *units]), None)


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What the form of a power offers: words of the scheme, posts and regulations by code."""

    scheme: Scheme
    posts: Grouped
    rules: Choices
    # how a regulation is cited where nobody wrote it otherwise
    cited: Mapping[str, str]

    def names(self) -> dict[str, str]:
        """Return the names of the posts by code."""
        return {code: name for _unit, posts in self.posts for code, name in posts}


def offered_for(unit: Unit, on: date, scheme: Scheme, power: model.Power | None = None) -> Offered:
    """Return what the form of a power of that unit offers. Two statements."""
    named = {part.post for part in power.posts} if power else set()
    rules = {basis.regulation for basis in power.bases if basis.regulation} if power else set()
    found = _rules(unit.organisation_id, on, rules)
    return Offered(
        scheme=scheme,
        posts=post_choices(unit.organisation_id, on, first=unit.pk, also=named),
        rules=[(rule.code, _cited(rule)) for rule in found],
        cited={rule.code: f"《{rule.title}》" for rule in found},
    )


def _cited(rule: Regulation) -> str:
    """Return a regulation with its number: 《采购管理办法》示评办〔2025〕14号."""
    title = _("《%(name)s》") % {"name": rule.shown_name}
    return f"{title} {rule.number}".strip()


def _rules(organisation: int, on: date, also: Collection[str]) -> list[Regulation]:
    rules = Regulation.objects.filter(organisation=organisation)
    return list(rules.filter(in_use(on) | Q(code__in=also)).order_by("title", "code"))
