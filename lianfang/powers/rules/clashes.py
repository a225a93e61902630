"""Where deciding, executing and supervising meet in one post or one person (五（一）2).

The checks C207 to C210 say it of a power; here it is said of each post, for tables that colour
the row. A test holds the two equal.
"""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

from lianfang.register.model import Power, Role

# a pair of roles that should be apart -> the check's code in one post, and through two posts
PAIRS = {
    frozenset({Role.DECIDES, Role.EXECUTES}): ("C207", "C209"),
    frozenset({Role.EXECUTES, Role.SUPERVISES}): ("C208", "C210"),
}


def clashes_by_post(power: Power, holders: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """Return the codes of the checks that each post runs into, by post; posts without are absent.

    `holders` gives the people who hold each post, by anything that tells them apart.
    """
    roles: dict[str, set[Role]] = defaultdict(set)
    for part in power.posts:
        roles[part.post].add(part.role)
    found: dict[str, set[str]] = defaultdict(set)
    for pair, (in_post, in_person) in PAIRS.items():
        for post, held in roles.items():
            if pair <= held:
                found[post].add(in_post)
        for post in _through_people(roles, holders, pair):
            found[post].add(in_person)
    return dict(found)


def _through_people(
    roles: Mapping[str, set[Role]], holders: Mapping[str, frozenset[str]], pair: frozenset[Role]
) -> set[str]:
    """Return the posts by which somebody has both roles, though no post of theirs has."""
    posts_of: dict[str, list[str]] = defaultdict(list)
    for post in roles:
        for person in holders.get(post, ()):
            posts_of[person].append(post)
    found: set[str] = set()
    for posts in posts_of.values():
        if any(pair <= roles[post] for post in posts):
            continue
        for one, other in combinations(posts, 2):
            if pair <= roles[one] | roles[other]:
                found |= {one, other}
    return found
