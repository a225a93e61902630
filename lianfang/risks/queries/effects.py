"""What a breach, or the end of a raised level, would do to a post: shown before it is done."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianfang.org.models import Post
from lianfang.powers.models import Power
from lianfang.risks.models import LevelOverride
from lianfang.risks.queries.levels import levels_in_force
from lianfang.risks.rules.levels import Override, effective, raised
from lianfang.scheme.model import Scheme


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The level of a post now and afterwards, empty for “not rated”, and from which day."""

    before: str
    after: str
    from_on: date

    @property
    def changes(self) -> bool:
        """Whether the level becomes another one."""
        return self.before != self.after


def effect_of_breach(post: Post, scheme: Scheme, on: date) -> Effect:
    """Return what a breach recorded on a day does (五（七）2（2）). Two statements."""
    known = levels_in_force(post.organisation_id, on, [post.pk]).get(post.pk)
    before = known.level if known else None
    return Effect(before=before or "", after=raised(before, scheme) or before or "", from_on=on)


def effect_of_end(override: LevelOverride, scheme: Scheme, on: date) -> Effect:
    """Return what the end of a raised level does on a day. Three statements."""
    key = override.post_id
    known = levels_in_force(override.organisation_id, on, [key]).get(key)
    others = LevelOverride.objects.filter(post=key).exclude(pk=override.pk)
    left = [
        Override(level=row.level, from_on=row.from_on, until_on=row.until_on, ended_on=row.ended_on)
        for row in others
    ]
    edition = known.edition_level if known else ""
    return Effect(
        before=known.level if known else "",
        after=effective(edition or None, left, on, scheme) or "",
        from_on=on,
    )


def powers_beside(post: Post) -> QuerySet[Power]:
    """Return the powers that a breach in a post may be about: its unit's. No statement."""
    return Power.objects.filter(unit=post.unit_id, retired_on=None).order_by("code")
