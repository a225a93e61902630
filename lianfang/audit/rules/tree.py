"""The Merkle tree over the log: growing it, its root, and proofs (RFC 6962 2.1).

The complete subtree of height h and index i covers the leaves i·2^h to (i+1)·2^h − 1; height 0 is a
leaf. The frontier of a tree holds the roots of the complete subtrees that make it up, the largest
first: one for each bit set in the number of leaves.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()

# the root of the complete subtree of a height and an index
Subtree = Callable[[int, int], bytes]


def leaf_hash(content: bytes) -> bytes:
    """Return the 32 bytes of the leaf over `content`."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32 bytes of the node over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(size: int, frontier: Sequence[bytes], leaf: bytes) -> tuple[list[bytes], list[bytes]]:
    """Return the frontier of a tree of `size` leaves after one more, and the subtrees completed.

    The completed ones all end at the new leaf; their heights are 1, 2, …
    """
    edge, completed = list(frontier), []
    while size & 1:
        leaf = node_hash(edge.pop(), leaf)
        completed.append(leaf)
        size >>= 1
    edge.append(leaf)
    return edge, completed


def root_of(frontier: Sequence[bytes]) -> bytes:
    """Return the root of the tree with that frontier."""
    if not frontier:
        return EMPTY_ROOT
    *rest, root = frontier
    for left in reversed(rest):
        root = node_hash(left, root)
    return root


def root_of_leaves(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree with those leaves. Memory: one hash for each level."""
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves):
        frontier, _ = grown(size, frontier, leaf)
    return root_of(frontier)


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Return the audit path of a leaf, the nearest node first (RFC 6962 2.1.1).

    Asks for at most two subtrees a level. Raises ValueError for a leaf that the tree has not.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_range_root(middle, end, subtree))
            end = middle
        else:
            path.append(_range_root(begin, middle, subtree))
            begin = middle
    return path[::-1]


def includes(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether the path leads from the leaf to the root (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    last = size - 1
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            leaf = node_hash(sibling, leaf)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            leaf = node_hash(leaf, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and leaf == root


def consistency_proof(old: int, size: int, subtree: Subtree) -> list[bytes]:
    """Return the proof that the first `old` leaves have stayed as they were (RFC 6962 2.1.2).

    Raises ValueError unless 0 < old ≤ size.
    """
    if not 0 < old <= size:
        raise ValueError(f"No proof leads from {old} leaves to {size}")
    path: list[bytes] = []
    begin, end, whole = 0, size, True
    while old != end:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(_range_root(middle, end, subtree))
            end = middle
        else:
            path.append(_range_root(begin, middle, subtree))
            begin, whole = middle, False
    if not whole:
        path.append(_range_root(begin, end, subtree))
    return path[::-1]


def extends(*, old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Return whether a tree has grown out of the older one (RFC 9162 2.1.4.2)."""
    if old == size:
        return not proof and old_root == root
    if not 0 < old < size:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(path) and _both(path, old, size) == (old_root, root)


def _both(path: Sequence[bytes], old: int, size: int) -> tuple[bytes, bytes] | None:
    """Return the two roots to which a consistency proof leads, None where it leads to none."""
    index, last = old - 1, size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    was = now = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if index & 1 or index == last:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            now = node_hash(now, sibling)
        index, last = index >> 1, last >> 1
    return (was, now) if last == 0 else None


def subtrees_for(proof: Callable[[Subtree], object]) -> set[tuple[int, int]]:
    """Return the heights and indexes that a proof asks for, without having any of them."""
    asked: set[tuple[int, int]] = set()

    def note(height: int, index: int) -> bytes:
        asked.add((height, index))
        return b""

    proof(note)
    return asked


def _split(count: int) -> int:
    """Return the largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_root(begin: int, end: int, subtree: Subtree) -> bytes:
    """Return the root over the leaves from `begin` to before `end`; `begin` as RFC 6962 cuts."""
    roots: list[bytes] = []
    while begin < end:
        height = (end - begin).bit_length() - 1
        roots.append(subtree(height, begin >> height))
        begin += 1 << height
    return root_of(roots)
