"""Says which arrows close a loop, and on which rank of the flow each node stands."""

from collections.abc import Sequence
from typing import NamedTuple

from lianfang.documents.drawing.flow import Chart, Link
from lianfang.register.model import StepKind


class Ranks(NamedTuple):
    """`of` is the rank of each node from 0, `loops` the places of links that lead back."""

    of: tuple[int, ...]
    loops: frozenset[int]


def ranked(chart: Chart, most_abreast: int) -> Ranks:
    """Return ranks on which no lane has more than `most_abreast` nodes.

    Every link that is no loop leads to a higher rank. A node without any arrow stands in its
    lane below the one listed before it.
    """
    onward = _onward(len(chart.nodes), chart.links)
    loops = _loops(chart, onward)
    entries = [0] * len(chart.nodes)
    for place, link in enumerate(chart.links):
        if place not in loops:
            entries[link.target] += 1
    ranks = _longest(chart, onward, loops, entries, most_abreast)
    return Ranks(tuple(ranks), loops)


def _onward(count: int, links: Sequence[Link]) -> list[list[int]]:
    """Return the places of the links that leave each node."""
    onward: list[list[int]] = [[] for _ in range(count)]
    for place, link in enumerate(links):
        onward[link.source].append(place)
    return onward


def _loops(chart: Chart, onward: Sequence[Sequence[int]]) -> frozenset[int]:
    """Return the links that lead back to a node on the way from the start to them."""
    entered = {link.target for link in chart.links if link.source != link.target}
    starts = [at for at, node in enumerate(chart.nodes) if node.kind is StepKind.START]
    starts += [at for at in range(len(chart.nodes)) if at not in entered]
    loops: set[int] = set()
    fresh, open_, done = 0, 1, 2
    state = [fresh] * len(chart.nodes)
    for root in (*starts, *range(len(chart.nodes))):
        if state[root] != fresh:
            continue
        state[root] = open_
        way = [(root, iter(onward[root]))]
        while way:
            node, exits = way[-1]
            place = next(exits, None)
            if place is None:
                state[node] = done
                way.pop()
                continue
            target = chart.links[place].target
            if state[target] == open_:
                loops.add(place)
            elif state[target] == fresh:
                state[target] = open_
                way.append((target, iter(onward[target])))
    return frozenset(loops)


def _longest(
    chart: Chart,
    onward: Sequence[Sequence[int]],
    loops: frozenset[int],
    entries: list[int],
    most_abreast: int,
) -> list[int]:
    """Return the longest way to each node, later where its lane is full on that rank."""
    waiting = list(entries)
    ranks = [0] * len(chart.nodes)
    taken: dict[tuple[int, int], int] = {}
    linked = {end for link in chart.links for end in (link.source, link.target)}
    layer = [at for at in range(len(chart.nodes)) if not entries[at] and at in linked]
    while layer:
        following: list[int] = []
        for node in layer:
            ranks[node] = _free(taken, chart.nodes[node].lane, ranks[node], most_abreast)
            for place in onward[node]:
                if place in loops:
                    continue
                target = chart.links[place].target
                ranks[target] = max(ranks[target], ranks[node] + 1)
                waiting[target] -= 1
                if not waiting[target]:
                    following.append(target)
        layer = sorted(following, key=lambda node: (ranks[node], node))
    for node in range(len(chart.nodes)):
        if node not in linked:
            least = ranks[node - 1] if node else 0
            ranks[node] = _free(taken, chart.nodes[node].lane, least, 1)
    return ranks


def _free(taken: dict[tuple[int, int], int], lane: int, least: int, most: int) -> int:
    """Return the first rank from `least` at which a lane has room, and take the room."""
    rank = least
    while taken.get((lane, rank), 0) >= most:
        rank += 1
    taken[lane, rank] = taken.get((lane, rank), 0) + 1
    return rank
