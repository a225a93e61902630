"""Which share of which level is drawn, by the scheme's rules about samples (五（五）1, 2)."""

from collections.abc import Collection

from lianfang.inspections.rules.plan import Share
from lianfang.scheme.model import Scheme
from lianfang.scheme.model.duties import DutyRule, Occasion, Subject


def sample_rules(scheme: Scheme) -> list[DutyRule]:
    """Return the rules in use whose duties fall to a sample drawn each year."""
    return [
        rule
        for rule in scheme.duties
        if rule.on and (rule.subject, rule.occasion) == (Subject.SAMPLE, Occasion.YEAR)
    ]


def sampled_levels(scheme: Scheme) -> list[str]:
    """Return the levels of which samples are drawn, highest first."""
    wanted = {level for rule in sample_rules(scheme) for level in rule.levels}
    found = sorted(scheme.levels, key=lambda level: -level.rank)
    return [level.code for level in found if level.code in wanted]


def shares_of(scheme: Scheme, levels: Collection[str]) -> tuple[Share, ...]:
    """Return the share of each of these levels with its rules, highest level first.

    Where the rules of a level differ in their share, the highest holds for all of them.
    """
    found = []
    for level in sampled_levels(scheme):
        rules = [rule for rule in sample_rules(scheme) if level in rule.levels]
        percents = [rule.share.value for rule in rules if rule.share is not None]
        if level in levels and percents:
            codes = tuple(rule.code for rule in rules)
            found.append(Share(level=level, percent=f"{max(percents):g}", rules=codes))
    return tuple(found)
