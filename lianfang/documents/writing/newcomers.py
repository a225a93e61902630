"""What a filled-in form adds: ids for it that nobody has, and posts that nobody knew."""

from collections.abc import Iterator

from lianfang.documents.writing.words import in_line
from lianfang.register.model import Post, Register

PREFIX = "new-"


class Newcomers:
    """Counts new ids by kind, and keeps the new posts."""

    def __init__(self, register: Register) -> None:
        self._taken = set(_ids(register))
        self._numbers: dict[str, int] = {}
        self._posts = {post.id: post for post in register.posts}
        self.posts: list[Post] = []

    def id(self, kind: str) -> str:
        """Return an id that the register does not use; it begins with `new-`."""
        number = self._numbers.get(kind, 0) + 1
        while f"{PREFIX}{kind}-{number}" in self._taken:
            number += 1
        self._numbers[kind] = number
        return f"{PREFIX}{kind}-{number}"

    def post(self, name: str, unit: str) -> str:
        """Return the id of a new post of a unit."""
        made = Post(id=self.id("post"), unit=unit, name=name)
        self.posts.append(made)
        self._posts[made.id] = made
        return made.id

    def all_posts(self) -> Iterator[tuple[str, str]]:
        """Yield id and name of every post, known and new."""
        for made, post in self._posts.items():
            yield made, in_line(post.name)

    def unit_of_post(self, post: str) -> str:
        """Return the unit of a post."""
        return self._posts[post].unit


def _ids(register: Register) -> Iterator[str]:
    yield from (post.id for post in register.posts)
    yield from (power.id for power in register.powers)
    for risk in register.risks:
        yield risk.id
        yield from (measure.id for measure in risk.measures)
