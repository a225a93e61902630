"""The tree: known answers, the definition of RFC 6962 as an oracle, proofs that can't be bent."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.audit.rules import tree

# the eight inputs with which RFC 6962 implementations are compared, and the roots of the first n
KNOWN = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaves_of(count: int) -> list[bytes]:
    """Return that many different leaves."""
    return [tree.leaf_hash(str(number).encode()) for number in range(count)]


def defined(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 6962 2.1 defines it."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << ((len(leaves) - 1).bit_length() - 1)
    return tree.node_hash(defined(leaves[:k]), defined(leaves[k:]))


def subtree_of(leaves: list[bytes]) -> tree.Subtree:
    """Return the roots of complete subtrees, by the definition."""
    return lambda height, index: defined(leaves[index << height : (index + 1) << height])


def test_the_roots_are_those_that_others_compute() -> None:
    leaves = [tree.leaf_hash(bytes.fromhex(content)) for content in KNOWN]
    assert [tree.root_of_leaves(leaves[: n + 1]).hex() for n in range(8)] == ROOTS
    assert tree.root_of([]) == tree.EMPTY_ROOT == sha256(b"").digest()


@given(st.integers(0, 70))
def test_growing_by_one_gives_the_defined_root(count: int) -> None:
    leaves = leaves_of(count)
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves):
        frontier, completed = tree.grown(size, frontier, leaf)
        for height, node in enumerate(completed, start=1):
            assert node == defined(leaves[size + 1 - (1 << height) : size + 1])
    assert len(frontier) == count.bit_count()
    assert tree.root_of(frontier) == defined(leaves) == tree.root_of_leaves(leaves)


@given(st.integers(1, 70), st.data())
def test_a_proof_leads_from_its_leaf_to_the_root_and_from_no_other(
    size: int, data: st.DataObject
) -> None:
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(index, size, subtree_of(leaves))
    root = defined(leaves)
    assert tree.includes(leaf=leaves[index], index=index, size=size, proof=proof, root=root)
    assert len(proof) <= size.bit_length()
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index)) if size > 1 else 0
    if size > 1:
        assert not tree.includes(leaf=leaves[other], index=index, size=size, proof=proof, root=root)
        assert not tree.includes(leaf=leaves[index], index=other, size=size, proof=proof, root=root)
        assert not tree.includes(
            leaf=leaves[index], index=index, size=size, proof=proof[:-1], root=root
        )
    assert not tree.includes(
        leaf=leaves[index], index=index, size=size, proof=[*proof, root], root=root
    )
    assert not tree.includes(leaf=leaves[index], index=size, size=size, proof=proof, root=root)


@given(st.integers(1, 70), st.data())
def test_a_tree_is_proved_to_extend_an_older_one_and_no_other(
    size: int, data: st.DataObject
) -> None:
    leaves = leaves_of(size)
    old = data.draw(st.integers(1, size))
    proof = tree.consistency_proof(old, size, subtree_of(leaves))
    was, now = defined(leaves[:old]), defined(leaves)
    assert tree.extends(old=old, size=size, old_root=was, root=now, proof=proof)
    rewritten = defined([tree.leaf_hash(b"forged"), *leaves[1:old]])
    assert not tree.extends(old=old, size=size, old_root=rewritten, root=now, proof=proof)
    assert not tree.extends(old=old, size=size, old_root=was, root=rewritten + b"x", proof=proof)
    if proof:
        assert not tree.extends(old=old, size=size, old_root=was, root=now, proof=proof[1:])
    assert not tree.extends(old=old, size=size, old_root=was, root=now, proof=[*proof, was])


def test_what_a_tree_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="no leaf 3"):
        tree.inclusion_proof(3, 3, subtree_of(leaves_of(3)))
    with pytest.raises(ValueError, match="from 4 leaves to 3"):
        tree.consistency_proof(4, 3, subtree_of(leaves_of(3)))
    assert not tree.extends(old=4, size=3, old_root=b"", root=b"", proof=[])
    assert not tree.extends(old=3, size=4, old_root=b"", root=b"", proof=[])


@given(st.integers(1, 10_000), st.data())
def test_a_proof_asks_for_few_subtrees(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    asked = tree.subtrees_for(lambda get: tree.inclusion_proof(index, size, get))
    assert len(asked) <= 2 * size.bit_length()
    assert all((i + 1) << height <= size for height, i in asked)
