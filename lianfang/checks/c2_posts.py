"""C2, posts definite: every key step and every power at a post, with its part and its limit."""

from collections.abc import Iterator

from lianfang.checks.check import Hit, check, hit
from lianfang.checks.finding import Severity
from lianfang.checks.index import Index
from lianfang.checks.naming import listed, of_power, of_step, post_name
from lianfang.checks.steps import key_act
from lianfang.checks.things import the_power, the_step
from lianfang.common.text import Text, squeezed
from lianfang.register.model import Fact, Power, PowerPost, Role


@check(
    code="C201",
    slug="key-step-without-post",
    severity=Severity.ERROR,
    field="post",
    clause="五（一）2",
    needs=(Fact.STEPS, Fact.POSTS),
    words=("key_acts",),
    title=Text("关键环节没有岗位", "A key step without a post"),
    why=Text(
        "审批、验收、付款、招标、核查由谁做不明确，出了问题追不到人。",
        "Where nobody is named for approval, acceptance, payment, tender or verification,"
        " nobody answers for it.",
    ),
    message=Text(
        "职权“{power}”的关键环节“{step}”（{act}）没有写明岗位。",
        "Key step “{step}” ({act}) of power “{power}” names no post.",
    ),
    mend=Text("写明由哪个岗位承担。", "Name the post that does it."),
    flagged=Text("环节“到货验收”，岗位空白", "Step “acceptance of goods”, post blank"),
    clean=Text("环节“到货验收”，岗位为仓储管理岗", "Step “acceptance of goods”, the stores post"),
)
def key_step_without_post(index: Index) -> Iterator[Hit]:
    for power, flow in index.flows:
        for step in flow.steps:
            act = "" if step.post or step.lane.strip() else key_act(index, step)
            if act:
                yield hit(the_step(step), of_step(power, step) | {"act": act})


def _lacking(index: Index, role: Role) -> Iterator[Hit]:
    for power in index.register.powers:
        if power.posts and all(part.role is not role for part in power.posts):
            yield hit(the_power(power), of_power(index, power))


@check(
    code="C204",
    slug="power-without-decider",
    severity=Severity.WARNING,
    field="posts",
    clause="五（一）2",
    needs=(Fact.POWER_POSTS,),
    title=Text("职权没有决定岗位", "A power that no post decides"),
    why=Text("不知道谁说了算，就不知道谁负责。", "Who decides, answers for it; here it is nobody."),
    message=Text(
        "{unit}的职权“{power}”没有写明由哪个岗位决定。",
        "Power “{power}” of {unit} doesn't say which post decides.",
    ),
    mend=Text("写明决定的岗位及其权限。", "Name the post that decides, and its limit."),
    flagged=Text("只有“经办岗：执行”", "Only “clerk: executes”"),
    clean=Text(
        "“处长：决定；经办岗：执行；内审岗：监督”",
        "“Head decides, clerk executes, audit supervises”",
    ),
)
def power_without_decider(index: Index) -> Iterator[Hit]:
    return _lacking(index, Role.DECIDES)


@check(
    code="C205",
    slug="power-without-executor",
    severity=Severity.WARNING,
    field="posts",
    clause="五（一）2",
    needs=(Fact.POWER_POSTS,),
    title=Text("职权没有执行岗位", "A power that no post executes"),
    why=Text("没有人执行，措施和流程就落不了地。", "Measures and flow fall on nobody."),
    message=Text(
        "{unit}的职权“{power}”没有写明由哪个岗位执行。",
        "Power “{power}” of {unit} doesn't say which post executes it.",
    ),
    mend=Text("写明执行的岗位。", "Name the post that executes it."),
    flagged=Text("只有“处长：决定”", "Only “head: decides”"),
    clean=Text(
        "“处长：决定；经办岗：执行；内审岗：监督”",
        "“Head decides, clerk executes, audit supervises”",
    ),
)
def power_without_executor(index: Index) -> Iterator[Hit]:
    return _lacking(index, Role.EXECUTES)


@check(
    code="C206",
    slug="power-without-supervisor",
    severity=Severity.WARNING,
    field="posts",
    clause="五（一）2",
    needs=(Fact.POWER_POSTS,),
    title=Text("职权没有监督岗位", "A power that no post supervises"),
    why=Text("没有监督的权力容易失控。", "Power without oversight gets out of hand."),
    message=Text(
        "{unit}的职权“{power}”没有写明由哪个岗位监督。",
        "Power “{power}” of {unit} doesn't say which post supervises it.",
    ),
    mend=Text(
        "写明监督的岗位，它不应是决定或执行的岗位。",
        "Name the post that supervises; not one that decides or executes.",
    ),
    flagged=Text("只有“处长：决定；经办岗：执行”", "Only “head decides, clerk executes”"),
    clean=Text(
        "“处长：决定；经办岗：执行；内审岗：监督”",
        "“Head decides, clerk executes, audit supervises”",
    ),
)
def power_without_supervisor(index: Index) -> Iterator[Hit]:
    return _lacking(index, Role.SUPERVISES)


def roles_by_post(power: Power) -> dict[str, frozenset[Role]]:
    """Return what each post does in a power."""
    roles: dict[str, frozenset[Role]] = {}
    for part in power.posts:
        roles[part.post] = roles.get(part.post, frozenset()) | {part.role}
    return roles


def _clashing(index: Index, clash: frozenset[Role]) -> Iterator[Hit]:
    for power in index.register.powers:
        posts = [post for post, roles in roles_by_post(power).items() if clash <= roles]
        if posts:
            names = listed([post_name(index, post) for post in posts], len(posts))
            yield hit(the_power(power), of_power(index, power) | {"posts": names})


@check(
    code="C207",
    slug="post-decides-and-executes",
    severity=Severity.WARNING,
    field="posts",
    clause="五（一）2",
    needs=(Fact.POWER_POSTS,),
    title=Text("一个岗位既决定又执行", "One post decides and executes"),
    why=Text(
        "自己决定、自己执行，中间没有制约。", "Who decides and carries out is checked by nobody."
    ),
    message=Text(
        "{unit}的职权“{power}”由岗位{posts}既决定又执行。",
        "In power “{power}” of {unit}, post {posts} both decides and executes.",
    ),
    mend=Text(
        "把决定和执行分到不同岗位；确实分不开的，写明替代的制约办法。",
        "Give them to different posts; where that can't be, name another control.",
    ),
    flagged=Text("“采购主管：决定、执行”", "“Chief buyer: decides, executes”"),
    clean=Text("“处长：决定；采购岗：执行”", "“Head decides, buyer executes”"),
)
def post_decides_and_executes(index: Index) -> Iterator[Hit]:
    return _clashing(index, frozenset({Role.DECIDES, Role.EXECUTES}))


@check(
    code="C208",
    slug="post-executes-and-supervises",
    severity=Severity.ERROR,
    field="posts",
    clause="五（一）2",
    needs=(Fact.POWER_POSTS,),
    title=Text("一个岗位既执行又监督", "One post executes and supervises"),
    why=Text("自己监督自己等于没有监督。", "Supervising oneself is no supervision."),
    message=Text(
        "{unit}的职权“{power}”由岗位{posts}既执行又监督。",
        "In power “{power}” of {unit}, post {posts} both executes and supervises.",
    ),
    mend=Text("把监督交给另一个岗位。", "Give the supervision to another post."),
    flagged=Text("“选派岗：执行、监督”", "“Assigning post: executes, supervises”"),
    clean=Text(
        "“选派岗：执行；综合管理岗：监督”", "“Assigning post executes, general post supervises”"
    ),
)
def post_executes_and_supervises(index: Index) -> Iterator[Hit]:
    return _clashing(index, frozenset({Role.EXECUTES, Role.SUPERVISES}))


@check(
    code="C211",
    slug="limit-missing",
    severity=Severity.WARNING,
    field="posts",
    clause="五（一）2",
    needs=(Fact.POWER_POSTS, Fact.LIMITS),
    words=("money", "money_matters"),
    title=Text("涉及资金而没有权限", "Money without a limit of authority"),
    why=Text(
        "不写明多大金额由谁决定，就可以越权审批。",
        "Unless it is said who decides up to which sum, anyone may go beyond.",
    ),
    message=Text(
        "{unit}的职权“{power}”涉及资金，决定岗位{posts}没有写明权限。",
        "Power “{power}” of {unit} handles money, but deciding post {posts} has no limit.",
    ),
    mend=Text(
        "写明该岗位可以决定的金额上限，超过的由谁决定。",
        "Say up to which sum the post decides, and who decides above it.",
    ),
    flagged=Text(
        "“设备采购审批”，处长：决定，权限空白", "“Approving purchases”, head decides, no limit"
    ),
    clean=Text("处长：决定，5 万元以下", "Head decides up to 50,000 yuan"),
)
def limit_missing(index: Index) -> Iterator[Hit]:
    for power in index.register.powers:
        parts = [part for part in power.posts if part.role is Role.DECIDES and _unlimited(part)]
        if parts and _handles_money(index, power):
            names = listed([post_name(index, part.post) for part in parts], len(parts))
            yield hit(the_power(power), of_power(index, power) | {"posts": names})


def _unlimited(part: PowerPost) -> bool:
    return part.amount is None and not part.limit.strip()


def _handles_money(index: Index, power: Power) -> bool:
    yardstick = index.yardstick
    if not yardstick.words("money_matters").isdisjoint(power.matters):
        return True
    return yardstick.searcher("money")(squeezed(power.name)) is not None
