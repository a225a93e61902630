"""C1, powers complete: every unit's powers, each with category, basis, flow and posts."""

from collections.abc import Iterator
from statistics import median

from lianfang.checks.check import Hit, check, hit
from lianfang.checks.duties import uncovered_duties
from lianfang.checks.finding import Severity
from lianfang.checks.index import Index
from lianfang.checks.naming import cut, listed, named, of_power, post_name, unit_name
from lianfang.checks.things import the_post, the_power, the_unit
from lianfang.common.text import Text, bare, squeezed
from lianfang.register.model import (
    Basis,
    Fact,
    RegulationState,
    Unit,
    UnitKind,
)


@check(
    code="C101",
    slug="unit-without-power",
    severity=Severity.ERROR,
    field="powers",
    clause="五（一）1",
    needs=(Fact.UNITS, Fact.POWERS),
    title=Text("单位没有职权", "A unit without any power"),
    why=Text(
        "每个单位都行使职权；一项也没有，说明还没有清权。",
        "Every unit runs some power; none at all means that its powers were not gone over.",
    ),
    message=Text("“{unit}”没有列出任何职权。", "“{unit}” lists no power at all."),
    mend=Text(
        "对照岗位设置和工作职责，把该单位的决策、执行、监督职权逐项列出。",
        "Go through its posts and duties and list each power to decide, execute or supervise.",
    ),
    flagged=Text("“财务处”名下职权为零项", "“Finance” with no power to its name"),
    clean=Text("“财务处”有“经费报销审核”一项", "“Finance” with “review of expense claims”"),
)
def unit_without_power(index: Index) -> Iterator[Hit]:
    for unit in index.register.units:
        if unit.kind is UnitKind.ORGANISATION:
            continue
        if not any(index.powers_of.get(below) for below in index.with_subunits(unit.id)):
            yield hit(the_unit(unit), {"unit": named(unit.name)})


@check(
    code="C102",
    slug="power-without-category",
    severity=Severity.ERROR,
    field="category",
    clause="五（一）1",
    needs=(Fact.CATEGORIES,),
    title=Text("职权没有类别", "A power without a category"),
    why=Text(
        "不分清决策、执行、监督，就看不出谁制约谁。",
        "Unless decision, execution and supervision are told apart, nobody sees who checks whom.",
    ),
    message=Text(
        "{unit}的职权“{power}”没有写明属于决策、执行还是监督。",
        "Power “{power}” of {unit} doesn't say whether it decides, executes or supervises.",
    ),
    mend=Text("选定一个类别。", "Choose one category."),
    flagged=Text("“公务接待审批”，类别空白", "“Approval of receptions”, category blank"),
    clean=Text("“公务接待审批”，类别为决策权", "“Approval of receptions”, a power to decide"),
)
def power_without_category(index: Index) -> Iterator[Hit]:
    for power in index.register.powers:
        if not power.category:
            yield hit(the_power(power), of_power(index, power))


def _said(basis: Basis) -> bool:
    return bool(basis.text.strip() or basis.regulation)


@check(
    code="C103",
    slug="power-without-basis",
    severity=Severity.ERROR,
    field="bases",
    clause="五（一）1",
    needs=(Fact.BASES,),
    title=Text("职权没有行使依据", "A power without a basis"),
    why=Text("没有依据的职权不应行使。", "A power that rests on nothing should not be run."),
    message=Text(
        "{unit}的职权“{power}”没有写行使依据。", "Power “{power}” of {unit} names no basis."
    ),
    mend=Text(
        "写明依据的法规或制度及其条款；确无依据的，停止行使或先立制度。",
        "Name the law or rule and its article; where there is none, stop or make the rule first.",
    ),
    flagged=Text("“评审员选派”，依据空白", "“Assigning assessors”, basis blank"),
    clean=Text(
        "“评审员选派”，依据《评审员管理办法》第八条",
        "“Assigning assessors”, Assessor Rules, Art. 8",
    ),
)
def power_without_basis(index: Index) -> Iterator[Hit]:
    for power in index.register.powers:
        if not any(map(_said, power.bases)):
            yield hit(the_power(power), of_power(index, power))


@check(
    code="C104",
    slug="power-without-flow",
    severity=Severity.ERROR,
    field="steps",
    clause="五（一）1",
    needs=(Fact.STEPS,),
    title=Text("职权没有运行流程", "A power without a flow"),
    why=Text(
        "不列环节，就查不出风险出在哪一步。",
        "Without steps nobody can find at which of them a risk arises.",
    ),
    message=Text(
        "{unit}的职权“{power}”没有运行流程。", "Power “{power}” of {unit} has no flow of steps."
    ),
    mend=Text(
        "按先后列出环节，写明每个环节的岗位和时限。",
        "List its steps in order, each with its post and time limit.",
    ),
    flagged=Text("“印章使用审批”，没有环节", "“Approving use of the seal”, no steps"),
    clean=Text("申请 → 审核 → 审批 → 用印登记", "apply → review → approve → log the use"),
)
def power_without_flow(index: Index) -> Iterator[Hit]:
    for power in index.register.powers:
        if not power.steps:
            yield hit(the_power(power), of_power(index, power))


@check(
    code="C105",
    slug="power-without-post",
    severity=Severity.ERROR,
    field="posts",
    clause="五（一）2",
    needs=(Fact.POWER_POSTS,),
    title=Text("职权没有岗位", "A power without a post"),
    why=Text(
        "职权不落到岗位，就没有人对它负责。",
        "A power that no post carries is nobody's to answer for.",
    ),
    message=Text(
        "{unit}的职权“{power}”没有落到任何岗位。", "Power “{power}” of {unit} has no post at all."
    ),
    mend=Text(
        "写明决定、执行、监督它的岗位。", "Name the posts that decide, execute and supervise it."
    ),
    flagged=Text("“设备采购”，岗位空白", "“Buying equipment”, posts blank"),
    clean=Text("“设备采购”，采购岗执行", "“Buying equipment”, the purchasing post executes"),
)
def power_without_post(index: Index) -> Iterator[Hit]:
    for power in index.register.powers:
        if not power.posts:
            yield hit(the_power(power), of_power(index, power))


@check(
    code="C106",
    slug="basis-repealed",
    severity=Severity.ERROR,
    field="bases",
    clause="五（一）1",
    needs=(Fact.BASES, Fact.REGULATIONS),
    title=Text("依据已经废止", "A basis that is repealed"),
    why=Text("废止的制度不能再作依据。", "A repealed rule is no ground to act on."),
    message=Text(
        "{unit}的职权“{power}”依据的《{rule}》已经废止。",
        "Power “{power}” of {unit} rests on “{rule}”, which is repealed.",
    ),
    mend=Text(
        "改为现行的法规或制度；没有的，重新确认该职权是否保留。",
        "Cite the rule now in force; if there is none, decide whether the power stays.",
    ),
    flagged=Text("依据《差旅费管理暂行办法》（已废止）", "Basis: Travel Rules (repealed)"),
    clean=Text("依据《差旅费管理办法》（有效）", "Basis: Travel Rules (in force)"),
)
def basis_repealed(index: Index) -> Iterator[Hit]:
    for power in index.register.powers:
        for basis in power.bases:
            rule = index.regulations.get(basis.regulation or "")
            if rule and rule.state is RegulationState.REPEALED:
                words = of_power(index, power) | {"rule": cut(rule.title.strip("《》"))}
                yield hit(the_power(power), words)
                break


@check(
    code="C107",
    slug="basis-without-article",
    severity=Severity.WARNING,
    field="bases",
    clause="五（一）1",
    needs=(Fact.BASES,),
    words=("article_patterns",),
    title=Text("依据没有写到条款", "A basis without an article"),
    why=Text(
        "只写文件名，查不到授权的是哪一条。", "A title alone doesn't show which article empowers."
    ),
    message=Text(
        "{unit}的职权“{power}”的依据{basis}没有写到条款。",
        "Power “{power}” of {unit} cites {basis} without an article.",
    ),
    mend=Text("写明第几条、第几款。", "Say which article and paragraph."),
    flagged=Text("依据“《档案法》”", "Basis: “Archives Law”"),
    clean=Text("依据“《档案法》第十四条”", "Basis: “Archives Law, Article 14”"),
)
def basis_without_article(index: Index) -> Iterator[Hit]:
    for power in index.register.powers:
        bare_bases = [basis for basis in power.bases if _said(basis) and not _cited(index, basis)]
        if bare_bases:
            first = bare_bases[0]
            rule = index.regulations.get(first.regulation or "")
            title = first.text if first.text.strip() or not rule else rule.title
            words = of_power(index, power) | {"basis": named(title)}
            yield hit(the_power(power), words)


def _cited(index: Index, basis: Basis) -> bool:
    """Return whether an article is named; a basis that is only words may be no document."""
    has_article = index.yardstick.searcher("article_patterns")
    return bool(basis.article.strip()) or has_article(squeezed(basis.text)) is not None


@check(
    code="C108",
    slug="duty-without-power",
    severity=Severity.WARNING,
    field="duties",
    clause="五（一）2",
    needs=(Fact.POST_DUTIES, Fact.POWERS),
    limits=("duty_cover", "places_named"),
    words=("common_duties", "filler_words"),
    title=Text("岗位职责没有对应职权", "A duty that no power covers"),
    why=Text(
        "岗位说明书写了、职权目录没有，多半是漏列了职权。",
        "A duty in the post description without a power is most likely a power left out.",
    ),
    message=Text(
        "岗位“{post}”（{unit}）的职责{duties}在职权目录中找不到对应的职权。",
        "No power covers these duties of post “{post}” ({unit}): {duties}.",
    ),
    mend=Text(
        "补列相应职权，或者改正岗位说明书。", "List the power, or correct the post description."
    ),
    flagged=Text(
        "职责“负责废旧物资变卖”，职权目录没有变卖一项",
        "Duty “selling used goods”, no such power in the catalogue",
    ),
    clean=Text(
        "职责“负责差旅费报销审核”，职权“差旅费报销审核”",
        "Duty “review of travel claims”, power “review of travel claims”",
    ),
)
def duty_without_power(index: Index) -> Iterator[Hit]:
    for post, duties in uncovered_duties(index):
        yield hit(
            the_post(post),
            {
                "unit": unit_name(index, post.unit),
                "post": post_name(index, post.id),
                "duties": listed([cut(d) for d in duties], index.yardstick.whole("places_named")),
            },
        )


@check(
    code="C116",
    slug="few-powers",
    severity=Severity.WARNING,
    field="powers",
    clause="六（二）",
    needs=(Fact.UNITS, Fact.POWERS),
    limits=("kind_units", "few_powers_share", "few_powers_median"),
    title=Text("职权明显少于同类单位", "Far fewer powers than units of the kind"),
    why=Text(
        "同类单位职权数相差悬殊，往往是没有梳理到位。",
        "A count far from its peers' mostly means that the powers were not gone over in full.",
    ),
    message=Text(
        "“{unit}”只列了 {count} 项职权，同类单位一般有 {usual} 项。",
        "“{unit}” lists only {count} powers; units of its kind usually have {usual}.",
    ),
    mend=Text(
        "对照岗位说明书和同类单位的目录再梳理一遍。",
        "Go through its post descriptions and its peers' catalogues once more.",
    ),
    flagged=Text(
        "六个处室中五个有 10 项左右，一个只有 2 项",
        "Five of six departments have about 10, one has 2",
    ),
    clean=Text("六个处室各有 6 至 12 项", "Six departments have 6 to 12 each"),
)
def few_powers(index: Index) -> Iterator[Hit]:
    yardstick = index.yardstick
    for kind in UnitKind:
        peers = [u for u in index.register.units if u.kind is kind and index.powers_of.get(u.id)]
        if len(peers) < yardstick.limit("kind_units") or kind is UnitKind.ORGANISATION:
            continue
        usual = median(len(index.powers_of[unit.id]) for unit in peers)
        for unit in peers:
            if usual >= yardstick.limit("few_powers_median") and _few(index, unit, usual):
                count = len(index.powers_of[unit.id])
                words = {"unit": named(unit.name), "count": count, "usual": round(usual)}
                yield hit(the_unit(unit), words)


def _few(index: Index, unit: Unit, usual: float) -> bool:
    count = len(index.powers_of[unit.id])
    return count < usual * index.yardstick.limit("few_powers_share")


@check(
    code="C117",
    slug="power-listed-twice",
    severity=Severity.WARNING,
    field="name",
    clause="五（一）1",
    needs=(Fact.POWERS,),
    title=Text("同一职权列了两次", "The same power listed twice"),
    why=Text(
        "重复的职权会各有一套岗位、风险和措施，互相矛盾。",
        "A power listed twice gets two sets of posts, risks and measures that disagree.",
    ),
    message=Text(
        "{unit}的职权“{power}”前面已经列过一次。",
        "Power “{power}” of {unit} is already listed further up.",
    ),
    mend=Text(
        "合并为一项；确是两项的，名称上加以区别。",
        "Merge them; if they are two, give them names that differ.",
    ),
    flagged=Text("“公章使用审批”出现两行", "“Approving use of the seal” on two rows"),
    clean=Text(
        "“公章使用审批”“合同章使用审批”", "“Approving the seal”, “approving the contract seal”"
    ),
)
def power_listed_twice(index: Index) -> Iterator[Hit]:
    seen: set[tuple[str, str]] = set()
    for power in index.register.powers:
        name = bare(power.name)
        if (power.unit, name) in seen:
            yield hit(the_power(power), of_power(index, power))
        elif name:
            seen.add((power.unit, name))
