"""What closing a lead with a breach does: shown before it is confirmed (五（七）2（2）)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lianfang.leads.models import Lead
from lianfang.org.models import Appointment, Post, holding
from lianfang.org.queries.tree import in_use
from lianfang.risks.queries.effects import Effect, effect_of_breach
from lianfang.scheme.model import DutyRule, Scheme


@dataclass(frozen=True, kw_only=True)
class Coming:
    """What a breach in a post brings: its level, and the duties of that level it has not yet."""

    effect: Effect
    duties: tuple[DutyRule, ...]


def coming_of_breach(post: Post, scheme: Scheme, on: date) -> Coming:
    """Return what a breach recorded on a day brings. Two statements."""
    effect = effect_of_breach(post, scheme, on)
    return Coming(effect=effect, duties=duties_added(scheme, effect.before, effect.after))


def duties_added(scheme: Scheme, before: str, after: str) -> tuple[DutyRule, ...]:
    """Return the rules of duties that hold at one level and not at another. No statement."""
    if before == after:
        return ()
    return tuple(
        rule
        for rule in scheme.duties
        if rule.on and after in rule.levels and before not in rule.levels
    )


def posts_in_question(lead: Lead, on: date) -> QuerySet[Post]:
    """Return the posts in which a breach may have been: the lead's, and those its people hold.

    Those they held when it was received count too. No statement.
    """
    people = lead.concerned.values("person")
    now = Appointment.objects.filter(holding(on), person__in=people).values("post")
    then = Appointment.objects.filter(holding(lead.received_on), person__in=people).values("post")
    rows = Post.objects.filter(in_use(on), organisation=lead.organisation_id)
    found = rows.filter(pk__in=now) | rows.filter(pk__in=then) | rows.filter(pk=lead.post_id or 0)
    return found.select_related("unit").order_by("unit__order", "order", "code").distinct()
