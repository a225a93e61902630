"""Compares the duties in post descriptions with the catalogue of powers.

By pairs of neighbouring characters, since both are short and word order varies. Only powers that
share a pair with the duty are looked at, and pairs that half a large unit's powers share are not
followed, so the cost stays near linear.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from lianfang.checks.index import Index
from lianfang.common.text import bare, squeezed
from lianfang.register.model import Post, Power

COMMON = 50


def uncovered_duties(index: Index) -> Iterator[tuple[Post, list[str]]]:
    """Yield each post of a unit that lists powers, with those of its duties that none covers."""
    is_common = index.yardstick.searcher("common_duties")
    for unit, posts in index.posts_of.items():
        powers = index.powers_of.get(unit)
        if not powers or not any(post.duties for post in posts):
            continue
        cover = _Cover(index, powers)
        for post in posts:
            missing = [
                duty
                for duty in post.duties
                if bare(duty) and not is_common(squeezed(duty)) and not cover.has(duty)
            ]
            if missing:
                yield post, missing


class _Cover:
    """The powers of one unit by the pairs of characters of their names and steps."""

    def __init__(self, index: Index, powers: list[Power]) -> None:
        self._filler = index.yardstick.pattern("filler_words")
        self._share = index.yardstick.limit("duty_cover")
        self._names: list[int] = []
        self._where: dict[str, list[int]] = defaultdict(list)
        self._step_pairs: set[str] = set()
        for place, power in enumerate(powers):
            pairs = self._pairs(power.name)
            self._names.append(len(pairs))
            for pair in pairs:
                self._where[pair].append(place)
            for step in power.steps:
                self._step_pairs |= self._pairs(step.name)

    def has(self, duty: str) -> bool:
        """Return whether a power's name shares enough with the duty, or the duty with all."""
        pairs = self._pairs(duty)
        if not pairs:
            return True
        known = sum(pair in self._where or pair in self._step_pairs for pair in pairs)
        if known < len(pairs) * self._share and known < 2:
            return False
        shared: Counter[int] = Counter()
        for pair in pairs:
            places = self._where.get(pair, ())
            if len(places) <= COMMON:
                shared.update(places)
        return any(self._enough(count, place, len(pairs)) for place, count in shared.items()) or (
            known >= len(pairs) * max(self._share, 0.75)
        )

    def _enough(self, count: int, place: int, in_duty: int) -> bool:
        return count >= self._share * min(in_duty, self._names[place])

    def _pairs(self, text: str) -> set[str]:
        plain = bare(self._filler.sub(" ", squeezed(text))) or bare(text)
        return {plain[i : i + 2] for i in range(len(plain) - 1)} or ({plain} if plain else set())
