"""Pairs the parts of two lists: by equal keys first, then by likeness of their words."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

Part = TypeVar("Part")
Key = Callable[[Part], Hashable | None]

_CANDIDATES = 3
# Above this many comparisons in one group, texts must also begin alike.
_MOST_COMPARISONS = 2_000_000
_BEGINNING = 2


class Matcher(Generic[Part]):
    """Pairs new parts with old ones; whoever is paired takes no further part."""

    def __init__(self, old: Sequence[Part], new: Sequence[Part]) -> None:
        self._old = list(old)
        self._new = list(new)
        self.pairs: list[tuple[Part, Part]] = []

    @property
    def unpaired(self) -> list[Part]:
        """The new parts that no old one was found for."""
        return self._new

    def by_key(self, old_key: Key[Part], new_key: Key[Part]) -> None:
        """Pair parts with equal keys, in order where several are equal; None is no key."""
        waiting: dict[Hashable, list[Part]] = defaultdict(list)
        for part in self._old:
            key = old_key(part)
            if key is not None:
                waiting[key].append(part)
        for places in waiting.values():
            places.reverse()
        self._pair([(new_key(part), part) for part in self._new], waiting)

    def _pair(
        self,
        keyed: list[tuple[Hashable | None, Part]],
        waiting: dict[Hashable, list[Part]],
    ) -> None:
        paired: set[int] = set()
        rest: list[Part] = []
        for key, part in keyed:
            found = waiting.get(key) if key is not None else None
            if found:
                old = found.pop()
                paired.add(id(old))
                self.pairs.append((old, part))
            else:
                rest.append(part)
        self._old = [part for part in self._old if id(part) not in paired]
        self._new = rest

    def by_likeness(
        self,
        old_group: Key[Part],
        new_group: Key[Part],
        text: Callable[[Part], str],
        *,
        cutoff: float,
    ) -> None:
        """Pair parts of equal group whose texts are alike: the likest first, from `cutoff` %."""
        old_by, new_by = _grouped(self._old, old_group), _grouped(self._new, new_group)
        scored: list[tuple[float, int, int, Part, Part]] = []
        for key, new in new_by.items():
            old = old_by.get(key, [])
            for block_old, block_new in _blocks(old, new, text):
                scored += _scores(block_old, block_new, text, cutoff)
        scored.sort(key=lambda entry: (-entry[0], entry[1], entry[2]))
        taken: set[int] = set()
        for _, _, _, old_part, new_part in scored:
            if id(old_part) not in taken and id(new_part) not in taken:
                taken.update((id(old_part), id(new_part)))
                self.pairs.append((old_part, new_part))
        self._old = [part for part in self._old if id(part) not in taken]
        self._new = [part for part in self._new if id(part) not in taken]


def _grouped(parts: Sequence[Part], key: Key[Part]) -> dict[Hashable, list[Part]]:
    groups: dict[Hashable, list[Part]] = defaultdict(list)
    for part in parts:
        groups[key(part)].append(part)
    return groups


def _blocks(
    old: list[Part], new: list[Part], text: Callable[[Part], str]
) -> list[tuple[list[Part], list[Part]]]:
    if not old or len(old) * len(new) <= _MOST_COMPARISONS:
        return [(old, new)] if old else []
    old_by = _grouped(old, lambda part: text(part)[:_BEGINNING])
    new_by = _grouped(new, lambda part: text(part)[:_BEGINNING])
    return [(old_by[key], block) for key, block in new_by.items() if key in old_by]


def _scores(
    old: list[Part], new: list[Part], text: Callable[[Part], str], cutoff: float
) -> list[tuple[float, int, int, Part, Part]]:
    texts = [text(part) for part in old]
    return [
        (score, place, number, old[place], part)
        for number, part in enumerate(new)
        for _, score, place in process.extract(
            text(part), texts, scorer=fuzz.ratio, limit=_CANDIDATES, score_cutoff=cutoff
        )
    ]
