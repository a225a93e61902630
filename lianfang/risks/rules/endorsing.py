"""Who endorses a proposed level: the control owner of the post, or the next above.

Source: 质检认纪〔2012〕1号 三, 五（三）.
"""

from collections.abc import Collection, Iterator

from lianfang.org.rules.chain import chain_of
from lianfang.org.rules.structure import Structure


def endorsers(
    structure: Structure, *, unit: int, posts: Collection[int], proposer: int | None
) -> frozenset[int | None]:
    """Return the people who may endorse a risk point of these posts, one for each post's chain.

    Nobody endorses what they proposed or what their own post carries: then the next one above
    does. None is the superior body, whose acts the office records. A point that names no post is
    endorsed by the head of its unit.
    """
    carriers = [post for post in posts if post in structure.posts]
    holders = {seat.person for post in carriers for seat in structure.seats_of_post.get(post, ())}
    barred = holders | {proposer}
    ladders = [_above(structure, post) for post in carriers] or [_over(structure, unit)]
    return frozenset(_first(ladder, barred) for ladder in ladders)


def _above(structure: Structure, post: int) -> Iterator[int | None]:
    seat = structure.first_in(post)
    for link in chain_of(structure, post, seat.person if seat else None).links:
        yield link.person


def _over(structure: Structure, unit: int) -> Iterator[int | None]:
    """Yield the head of the unit, or of the next unit above that has one, and who stands above."""
    for above in structure.upwards(unit):
        head = structure.head_posts.get(above)
        if head is not None:
            seat = structure.first_in(head.id)
            if seat is not None:
                yield seat.person
            yield from _above(structure, head.id)
            return


def _first(ladder: Iterator[int | None], barred: Collection[int | None]) -> int | None:
    return next((person for person in ladder if person is not None and person not in barred), None)
