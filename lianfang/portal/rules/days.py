"""The root of a day: its items among random ones, in an order that tells nothing (security 5)."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lianfang.audit.rules import tree

# So that a quiet day looks like any other.
LEAST = 64
_LEAF = 32


@dataclass(frozen=True, kw_only=True)
class Day:
    """The leaves of a day in hex, shuffled and filled up, and the root over them."""

    leaves: tuple[str, ...]
    root: str


def item_leaf(digest: str) -> bytes:
    """Return the leaf of an item: the hash of the 32 bytes of its digest."""
    return tree.leaf_hash(bytes.fromhex(digest))


def sealed_day(digests: Sequence[str], shuffle: Callable[[list[str]], None]) -> Day:
    """Return the tree of a day over these digests, 64 hex digits each.

    Filled up with random leaves to a power of two, 64 at least; `shuffle` puts a list in a random
    order.
    """
    size = LEAST
    while size < len(digests):
        size *= 2
    leaves = [item_leaf(digest).hex() for digest in digests]
    leaves += [secrets.token_hex(_LEAF) for _ in range(size - len(leaves))]
    shuffle(leaves)
    root = tree.root_of_leaves(bytes.fromhex(leaf) for leaf in leaves)
    return Day(leaves=tuple(leaves), root=root.hex())


def path_of(place: int, leaves: Sequence[str]) -> list[str]:
    """Return the way from a leaf of a day to its root, in hex, the nearest first."""
    known = [bytes.fromhex(leaf) for leaf in leaves]

    def subtree(height: int, index: int) -> bytes:
        begin = index << height
        return tree.root_of_leaves(known[begin : begin + (1 << height)])

    return [node.hex() for node in tree.inclusion_proof(place, len(known), subtree)]
