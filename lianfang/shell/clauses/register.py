"""Figures of the organisation and its register: units, powers, risk points, measures, levels."""

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lianfang.org.access import posts_visible_to
from lianfang.org.models import Appointment, holding
from lianfang.org.queries.numbers import written_scheme
from lianfang.org.queries.structure import structure_around
from lianfang.org.queries.tree import in_use
from lianfang.org.rules.chain import portfolio_leader
from lianfang.org.rules.structure import UnitKind
from lianfang.org.standing import Standing
from lianfang.powers.access import powers_visible_to, regulations_visible_to
from lianfang.powers.models import Basis, PowerPost, Regulation, Step
from lianfang.risks.access import risks_visible_to
from lianfang.risks.models import Measure, Participation
from lianfang.risks.queries.levels import levels_in_force
from lianfang.risks.queries.reviewing import due_for
from lianfang.shell.clauses.figures import Figure, Figures


def of_organisation(standing: Standing) -> Figures:
    """Count units and posts (三, 四). Six statements."""
    structure = structure_around(standing.organisation_id, standing.on, ())
    units = structure.units.values()
    below = [unit.id for unit in units if unit.kind is not UnitKind.LEADERSHIP]
    heads = structure.head_posts
    headed = sum(unit in heads and structure.first_in(heads[unit].id) is not None for unit in below)
    led = sum(portfolio_leader(structure, unit) is not None for unit in below)
    holder = Appointment.objects.filter(holding(standing.on), post=OuterRef("pk"))
    posts = (
        posts_visible_to(standing)
        .filter(in_use(standing.on), in_use(standing.on, "unit__"))
        .alias(is_held=Exists(holder))
        .aggregate(held=Count("pk", filter=Q(is_held=True)), all=Count("pk"))
    )
    companies = sum(unit.kind is UnitKind.COMPANY for unit in units)
    return {
        "units": Figure(label=_("纳入的单位"), count=len(structure.units), page="org:tree"),
        "companies": Figure(label=_("其中公司"), count=companies, page="org:tree"),
        "units_headed": Figure(
            label=_("有负责人的单位"), count=headed, of=len(below), page="org:tree"
        ),
        "units_in_portfolio": Figure(
            label=_("有分管领导的单位"), count=led, of=len(below), page="org:tree"
        ),
        "posts_held": Figure(
            label=_("有人在岗的岗位"), count=posts["held"], of=posts["all"], page="org:tree"
        ),
    }


def of_powers(standing: Standing) -> Figures:
    """Count powers and regulations (五（一）). Two statements."""
    own = {"power": OuterRef("pk")}
    counted = (
        powers_visible_to(standing)
        .filter(in_use(standing.on))
        .alias(
            is_based=Exists(Basis.objects.filter(**own)),
            is_charted=Exists(Step.objects.filter(**own)),
            is_assigned=Exists(PowerPost.objects.filter(**own)),
        )
        .aggregate(
            all=Count("pk"),
            based=Count("pk", filter=Q(is_based=True)),
            charted=Count("pk", filter=Q(is_charted=True)),
            assigned=Count("pk", filter=Q(is_assigned=True)),
            public=Count("pk", filter=Q(public=True)),
        )
    )
    state = Regulation.State
    rules = (
        regulations_visible_to(standing)
        .filter(in_use(standing.on))
        .aggregate(
            held=Count("pk", filter=Q(state=state.IN_FORCE)),
            wanted=Count("pk", filter=Q(state__in=(state.TO_BE_MADE, state.DRAFTING))),
        )
    )
    page, every = "powers:catalogue", counted["all"]
    return {
        "powers": Figure(label=_("职权"), count=every, page=page),
        "powers_based": Figure(
            label=_("职权写明依据"), count=counted["based"], of=every, page=page
        ),
        "powers_charted": Figure(
            label=_("职权画出流程"), count=counted["charted"], of=every, page=page
        ),
        "powers_assigned": Figure(
            label=_("职权落到岗位"), count=counted["assigned"], of=every, page="powers:matrix"
        ),
        "powers_public": Figure(
            label=_("向社会公开的职权"), count=counted["public"], of=every, page=page
        ),
        "regulations": Figure(label=_("现行制度"), count=rules["held"], page="powers:regulations"),
        "regulations_to_make": Figure(
            label=_("待制定和起草中的制度"), count=rules["wanted"], page="powers:regulations"
        ),
    }


def of_risks(standing: Standing) -> Figures:
    """Count risk points, measures and who took part (二, 五（二）–五（四）). Four statements."""
    highest = written_scheme(standing.scheme).levels[0].rank
    known = risks_visible_to(standing).filter(in_use(standing.on))
    counted = known.alias(
        is_measured=Exists(Measure.objects.filter(risk=OuterRef("pk")))
    ).aggregate(
        all=Count("pk"),
        steps=Count("pk", filter=Q(step__isnull=False)),
        aspects=Count("pk", filter=~Q(aspects=[])),
        rated=Count("pk", filter=Q(rank__gt=0)),
        confirmed=Count("pk", filter=~Q(confirmed="")),
        deviating=Count("pk", filter=_deviates()),
        measured=Count("pk", filter=Q(is_measured=True)),
        high=Count("pk", filter=Q(rank=highest)),
    )
    when = ~Q(frequency="") | Q(due_on__isnull=False)
    measures = Measure.objects.filter(risk__in=known).aggregate(
        all=Count("pk"),
        complete=Count("pk", filter=when & Q(post__isnull=False) & ~Q(evidence="")),
        rules=Count("pk", filter=Q(asks_rule=True)),
    )
    every, page = counted["all"], "risks:register"
    return {
        "risks": Figure(label=_("风险点"), count=every, page=page),
        "risks_at_steps": Figure(
            label=_("挂在流程环节上的风险点"), count=counted["steps"], of=every, page=page
        ),
        "risks_with_aspects": Figure(
            label=_("写明风险方面的风险点"), count=counted["aspects"], of=every, page=page
        ),
        "risks_rated": Figure(
            label=_("已评等级的风险点"), count=counted["rated"], of=every, page="risks:rating"
        ),
        "risks_confirmed": Figure(
            label=_("已确认等级的风险点"), count=counted["confirmed"], of=every, page="risks:rating"
        ),
        "risks_deviating": Figure(
            label=_("与计算等级不同的风险点"), count=counted["deviating"], page="risks:rating"
        ),
        "risks_measured": Figure(
            label=_("有措施的风险点"), count=counted["measured"], of=every, page="risks:sorting"
        ),
        "risks_high": Figure(label=_("最高等级的风险点"), count=counted["high"], page=page),
        "measures_complete": Figure(
            label=_("写全责任岗位、时间和凭证的措施"),
            count=measures["complete"],
            of=measures["all"],
            page="risks:sorting",
        ),
        "measures_for_rules": Figure(
            label=_("要求建章立制的措施"), count=measures["rules"], page="risks:sorting"
        ),
        "reviews_waiting": Figure(
            label=_("该复核而未复核的风险点"),
            count=_waiting(standing),
            page="risks:reviews",
            bad=True,
        ),
        "participation": _participation(standing),
    }


def of_levels(standing: Standing) -> Figures:
    """Count posts by the level in force (二, 五（七）2（2）). Two statements."""
    found = levels_in_force(standing.organisation_id, standing.on)
    highest = written_scheme(standing.scheme).levels[0].rank
    high = sum(level.rank == highest for level in found.values())
    raised = sum(
        level.override is not None and level.override.is_breach for level in found.values()
    )
    return {
        "posts_high": Figure(
            label=_("最高等级的岗位"), count=high, of=len(found), page="risks:levels"
        ),
        "posts_raised": Figure(label=_("因违规上调等级的岗位"), count=raised, page="risks:levels"),
    }


def _deviates() -> Q:
    return ~Q(computed="") & ~Q(proposed="") & ~Q(proposed=F("computed"))


def _waiting(standing: Standing) -> int:
    return due_for(standing, written_scheme(standing.scheme)).count()


def _participation(standing: Standing) -> Figure:
    took = Participation.objects.filter(
        person=OuterRef("person"), post=OuterRef("post"), year=standing.on.year
    )
    seats = Appointment.objects.filter(
        holding(standing.on),
        in_use(standing.on, "post__"),
        in_use(standing.on, "post__unit__"),
        organisation=standing.organisation_id,
    )
    counted = seats.alias(has_taken=Exists(took)).aggregate(
        done=Count("pk", filter=Q(has_taken=True)), owed=Count("pk")
    )
    return Figure(
        label=_("今年参与查找"),
        count=counted["done"],
        of=counted["owed"],
        page="risks:participation",
    )
