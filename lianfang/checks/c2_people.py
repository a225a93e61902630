"""C2, posts definite: who holds the posts, and whom two posts bring together."""

from collections import defaultdict
from collections.abc import Iterator

from lianfang.checks.c2_posts import roles_by_post
from lianfang.checks.check import Hit, check, hit
from lianfang.checks.finding import Severity
from lianfang.checks.index import Index
from lianfang.checks.naming import cut, listed, named, of_power, unit_name
from lianfang.checks.things import the_post, the_power
from lianfang.common.text import Text, bare, squeezed
from lianfang.register.model import Fact, HolderKind, Power, Role


@check(
    code="C202",
    slug="post-without-holder",
    severity=Severity.WARNING,
    field="holders",
    clause="五（一）2",
    needs=(Fact.POSTS, Fact.HOLDERS),
    title=Text("岗位没有任职人员", "A post without a holder"),
    why=Text(
        "空缺的岗位没有人查找风险，也没有人落实措施。",
        "At a vacant post nobody looks for risks and nobody carries out measures.",
    ),
    message=Text("{unit}的岗位“{post}”没有任职人员。", "Nobody holds post “{post}” of {unit}."),
    mend=Text(
        "登记任职人员；空缺的，明确由谁代行。", "Record its holder; if vacant, who acts for it."
    ),
    flagged=Text("“培训管理岗”，人员空白", "“Training post”, holder blank"),
    clean=Text("“培训管理岗”，林静（主持）", "“Training post”, Lin Jing (acting)"),
)
def post_without_holder(index: Index) -> Iterator[Hit]:
    for post in index.register.posts:
        if not any(holder.person.strip() for holder in index.holders.get(post.id, ())):
            words = {"unit": unit_name(index, post.unit), "post": named(post.name)}
            yield hit(the_post(post), words)


@check(
    code="C203",
    slug="post-with-two-holders",
    severity=Severity.WARNING,
    field="holders",
    clause="五（一）2",
    needs=(Fact.POSTS, Fact.HOLDERS),
    title=Text("岗位有两名专任人员", "A post with two full-time holders"),
    why=Text(
        "一岗两人，责任分不清。", "With two holders of one post nobody knows which of them answers."
    ),
    message=Text(
        "{unit}的岗位“{post}”有 {count} 名专任人员：{people}。",
        "Post “{post}” of {unit} has {count} full-time holders: {people}.",
    ),
    mend=Text(
        "分设岗位，或者把其中一人登记为兼任、代理。",
        "Make two posts of it, or record one as concurrent or acting.",
    ),
    flagged=Text(
        "“出纳岗”：周敏（专任）、何平（专任）", "“Cashier”: Zhou Min and He Ping, full-time"
    ),
    clean=Text("“出纳岗”：周敏（专任）、何平（代理）", "“Cashier”: Zhou Min, He Ping acting"),
)
def post_with_two_holders(index: Index) -> Iterator[Hit]:
    for post in index.register.posts:
        holders = index.holders.get(post.id, ())
        full = {
            bare(h.person): cut(h.person)
            for h in holders
            if h.kind is HolderKind.FULL and bare(h.person)
        }
        if len(full) > 1:
            people = list(full.values())
            words: dict[str, object] = {
                "unit": unit_name(index, post.unit),
                "post": named(post.name),
                "count": len(people),
                "people": listed(people, len(people)),
            }
            yield hit(the_post(post), words)


def _through_two_posts(index: Index, one: Role, other: Role) -> Iterator[Hit]:
    masked = index.yardstick.searcher("masked_name_patterns")
    for power in index.register.powers:
        people = _people(index, power)
        names = [
            name
            for name, roles in people.items()
            if not masked(squeezed(name)) and _meet_only_in_person(roles, one, other)
        ]
        if names:
            words = of_power(index, power) | {"people": listed(names, len(names))}
            yield hit(the_power(power), words)


def _people(index: Index, power: Power) -> dict[str, list[frozenset[Role]]]:
    """Return per person what each of their posts does in a power."""
    people: dict[str, list[frozenset[Role]]] = defaultdict(list)
    for post, roles in roles_by_post(power).items():
        names = {squeezed(h.person) for h in index.holders.get(post, ()) if h.person.strip()}
        for name in sorted(names):
            people[name].append(roles)
    return people


def _meet_only_in_person(posts: list[frozenset[Role]], one: Role, other: Role) -> bool:
    """Return whether no single post has both roles, but the posts together have."""
    if any({one, other} <= roles for roles in posts):
        return False
    together = frozenset().union(*posts)
    return one in together and other in together


@check(
    code="C209",
    slug="person-decides-and-executes",
    severity=Severity.WARNING,
    field="holders",
    clause="五（一）2",
    needs=(Fact.POWER_POSTS, Fact.HOLDERS),
    words=("masked_name_patterns",),
    title=Text("一人两岗，既决定又执行", "One person decides and executes through two posts"),
    why=Text(
        "岗位分开了，人没有分开，制约仍然落空。",
        "The posts are apart but the person is one: nothing is checked.",
    ),
    message=Text(
        "{unit}的职权“{power}”由{people}兼任两岗，既决定又执行。",
        "In power “{power}” of {unit}, {people} holds two posts and both decides and executes.",
    ),
    mend=Text("调整其中一岗的任职人员。", "Change who holds one of the posts."),
    flagged=Text(
        "张远任处长（决定）又任采购岗（执行）", "Zhang Yuan is head (decides) and buyer (executes)"
    ),
    clean=Text(
        "处长张远（决定），采购岗李文（执行）", "Head Zhang Yuan decides, buyer Li Wen executes"
    ),
)
def person_decides_and_executes(index: Index) -> Iterator[Hit]:
    return _through_two_posts(index, Role.DECIDES, Role.EXECUTES)


@check(
    code="C210",
    slug="person-executes-and-supervises",
    severity=Severity.ERROR,
    field="holders",
    clause="五（一）2",
    needs=(Fact.POWER_POSTS, Fact.HOLDERS),
    words=("masked_name_patterns",),
    title=Text("一人两岗，既执行又监督", "One person executes and supervises through two posts"),
    why=Text(
        "岗位分开了，人没有分开，等于自己监督自己。",
        "The posts are apart but the person is one: nobody else supervises.",
    ),
    message=Text(
        "{unit}的职权“{power}”由{people}兼任两岗，既执行又监督。",
        "In power “{power}” of {unit}, {people} holds two posts and both executes and supervises.",
    ),
    mend=Text("把监督岗位交给其他人员。", "Give the supervising post to somebody else."),
    flagged=Text(
        "李文任采购岗（执行）又任验收监督岗（监督）", "Li Wen buys and supervises acceptance"
    ),
    clean=Text("采购岗李文（执行），验收监督岗王珊（监督）", "Li Wen buys, Wang Shan supervises"),
)
def person_executes_and_supervises(index: Index) -> Iterator[Hit]:
    return _through_two_posts(index, Role.EXECUTES, Role.SUPERVISES)
