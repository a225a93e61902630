"""Every clause of the plan, and what in the product does it: data alone.

What a clause asks is worded in the scheme. A page is named as in `pages.py`, a figure as one of
`figures.ROOMS` gives it; both are absent where the reader may not open or know them.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = Promise | str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A demand of a section: `part` where a section has several, what does it, where, how far."""

    section: str
    does: Words
    pages: tuple[str, ...]
    figures: tuple[str, ...]
    part: Words = ""


ROWS = (
    Row(
        section="一",
        does=_(
            "清单、风险、措施和履责都有记录，谁都可以对照；可以公开的职权向社会公开，来信有加密的渠道。"
        ),
        pages=("overview:overview", "public:catalogue", "portal:start"),
        figures=("units", "powers_published"),
    ),
    Row(
        section="二",
        part=pgettext_lazy("clause", "学"),
        does=_("每年有学习计划，按岗位等级定学时；活动签到、测验、警示案例都记到个人。"),
        pages=("learning:plan", "learning:activities", "learning:cases", "learning:units"),
        figures=("learning_duties", "activities_held", "cases"),
    ),
    Row(
        section="二",
        part=pgettext_lazy("clause", "查"),
        does=_("岗位人员按四个方面和职权种类回答问题，找出的风险进清册；谁还没有参与，看得见。"),
        pages=("risks:finding", "risks:participation", "risks:register"),
        figures=("participation", "risks"),
    ),
    Row(
        section="二",
        part=pgettext_lazy("clause", "防"),
        does=_(
            "岗位、流程环节和制度都是记录，互相连着；每个风险点挂在其中一处，职权图把三者画在一起。"
        ),
        pages=("powers:map", "powers:regulations", "risks:register"),
        figures=("risks_at_steps", "measures_for_rules", "regulations"),
    ),
    Row(
        section="二",
        part=pgettext_lazy("clause", "重点"),
        does=_("清单按等级从高到低排，重点岗位和环节有标记，检查和督促跟着等级走。"),
        pages=("risks:levels", "risks:heat"),
        figures=("posts_high", "risks_high"),
    ),
    Row(
        section="三",
        does=_("每个岗位往上是谁，由任职、分管和机构算出；没有人监督自己。每个人有一张责任清单。"),
        pages=("org:responsibility", "org:tree", "org:bodies"),
        figures=("units_headed", "units_in_portfolio", "posts_held"),
    ),
    Row(
        section="四",
        does=_("领导班子、处室和公司都是单位，各有岗位和填报，覆盖到谁一目了然。"),
        pages=("org:tree", "cycles:board"),
        figures=("units", "companies", "filings_opened"),
    ),
    Row(
        section="五（一）1",
        does=_("职权目录写明类别、种类、依据和流程；依据指到制度和条文，缺什么逐条列出。"),
        pages=("powers:catalogue", "powers:regulations", "risks:own-checks"),
        figures=("powers_based", "powers_charted", "powers"),
    ),
    Row(
        section="五（一）2",
        does=_(
            "岗责矩阵写明哪个岗位在哪项职权里决策、执行还是监督，权限到哪里；一岗兼了两头会提示。"
        ),
        pages=("powers:matrix", "org:people"),
        figures=("powers_assigned", "posts_held"),
    ),
    Row(
        section="五（二）",
        does=_(
            "查找按岗位的性质发问：领导看重大事项，其他人看本人的事务。流程图由环节画出，岗位为道，风险按等级着色。"
        ),
        pages=("risks:finding", "risks:participation", "powers:map"),
        figures=("participation", "risks_with_aspects", "powers_charted"),
    ),
    Row(
        section="五（三）",
        does=_(
            "五个因素加可能性和影响程度算出等级，并写出道理；先提出，再审核，最后确认，与算出的不同要说明理由。"
        ),
        pages=("risks:rating", "risks:levels", "risks:heat"),
        figures=("risks_rated", "risks_confirmed", "risks_deviating"),
    ),
    Row(
        section="五（四）",
        does=_(
            "措施分事前、事中、事后，写明责任岗位、频次或期限、凭证；空话、照抄和缺项会被查出来。"
        ),
        pages=("risks:sorting", "duties:measures", "risks:own-checks"),
        figures=("risks_measured", "measures_complete", "measures_in_force"),
    ),
    Row(
        section="五（五）1",
        does=_("有不良反映时产生谈话任务，由防控责任人谈；低等级岗位抽取一部分检查和测评。"),
        pages=("duties:talks", "inspections:draws", "surveys:surveys"),
        figures=("duties_low", "duties_low_late", "draws"),
    ),
    Row(
        section="五（五）2",
        does=_("任职谈话、书面报告和抽查由岗位等级和任职产生；到期提醒，逾期沿责任链上报。"),
        pages=("duties:duties", "duties:reports", "inspections:inspections"),
        figures=("duties_medium", "duties_medium_late", "reports_accepted"),
    ),
    Row(
        section="五（五）3",
        does=_("除中等级的要求外，还有定期谈话、会议说明、内部公开、任期时钟和轮岗计划。"),
        pages=("duties:talks", "duties:statements", "duties:rotation"),
        figures=("duties_high", "duties_high_late", "talks_confirmed"),
    ),
    Row(
        section="五（六）1",
        does=_(
            "各渠道的苗头登记后按规则分流，告诉了谁、什么时候都有记录；登记的不能删除，错的只能注销。"
        ),
        pages=("alerts:board", "portal:start"),
        figures=("alerts", "alerts_open"),
    ),
    Row(
        section="五（六）2（1）",
        does=_(
            "三类情形可选，由防控责任人谈话、提醒、告诫或批评；谈话按规则有两人、有记录、有确认。"
        ),
        pages=("alerts:board", "duties:talks"),
        figures=("alerts_closed", "talks_confirmed"),
    ),
    Row(
        section="五（六）2（2）",
        does=_("线索只有办理的人知道；处理在纪检监察室的权限之内，超出的移送有权机关。"),
        pages=("leads:leads", "casework:reports"),
        figures=("leads", "reports_sealed"),
    ),
    Row(
        section="五（七）1",
        does=_(
            "考核表的数字由记录得出，自评、核查、确认三步；结果在规定的范围内公布，可导出用于绩效。"
        ),
        pages=("assessment:board",),
        figures=("sheets_confirmed",),
    ),
    Row(
        section="五（七）2",
        does=_("追责有登记：依据哪一条、什么事实、作了什么决定。"),
        pages=("assessment:matters",),
        figures=("accountability",),
    ),
    Row(
        section="五（七）2（1）",
        does=_("措施没有落实、监督不到位、预警没有处理的，从逾期任务和预警里列出候选。"),
        pages=("assessment:matters", "duties:duties"),
        figures=("duties_late", "measures_late"),
    ),
    Row(
        section="五（七）2（2）",
        does=_("查实违规后岗位等级上调，任务随之改变，并留下追责登记的事由。"),
        pages=("risks:levels", "assessment:matters"),
        figures=("posts_raised",),
    ),
    Row(
        section="五（七）2（3）",
        does=_("单位报告由记录填好草稿，报送、接收、批注都有记录。"),
        pages=("duties:reports", "inspections:workbench"),
        figures=("unit_reports", "visits", "findings_closed"),
    ),
    Row(
        section="六（一）",
        does=_(
            "各单位在自己的填报里清权、查找、画图、定措施；表格可导入，也可导出为表格、文稿和打印件。"
        ),
        pages=("cycles:board", "intake:deliveries"),
        figures=("filings_sent", "risks"),
    ),
    Row(
        section="六（二）",
        does=_("五项检查各有自动意见和审核人的意见；退回时附上意见，全部汇总成一本。"),
        pages=("cycles:reviews", "risks:own-checks"),
        figures=("filings_checked", "remarks_closed"),
    ),
    Row(
        section="六（三）",
        does=_("征求意见有期限有答复；会议逐单位作决定；发布的版本冻结、编号，留存摘要。"),
        pages=("cycles:consultations", "cycles:meetings-now", "cycles:editions", "shell:archive"),
        figures=("comments_answered", "decisions", "editions"),
    ),
    Row(
        section="六（四）",
        does=_("版本施行之日起，任务按岗位等级产生，每夜核对一次。"),
        pages=("duties:duties", "duties:measures", "shell:calendar"),
        figures=("duties", "measures_duties"),
    ),
    Row(
        section="六（五）",
        does=_("随时可以带理由修订；前后版本逐项对照；每个风险点每年复核一次。"),
        pages=("cycles:revisions", "risks:reviews", "cycles:running-review-now"),
        figures=("revisions", "reviews_waiting", "tasks_confirmed"),
    ),
    Row(
        section="七（一）",
        does=_("负责人的工作台并排显示业务和廉政两边的进度。"),
        pages=("shell:desk", "org:responsibility"),
        figures=("units_headed", "duties"),
    ),
    Row(
        section="七（二）",
        does=_("到期之前先提醒；要求建章立制的措施一直跟到制度施行为止。"),
        pages=("duties:duties", "powers:regulations"),
        figures=("reminders", "regulations_to_make"),
    ),
    Row(
        section="七（三）",
        does=_("可以公开的职权向社会公开；廉政要求写进业务流程和制度，不另起炉灶。"),
        pages=("public:catalogue", "powers:catalogue"),
        figures=("powers_public", "powers_published"),
    ),
    Row(
        section="七（四）",
        does=_("五个阶段有日历和进度，晚了看得见；考核结果可用于绩效。"),
        pages=("cycles:board", "assessment:board", "shell:calendar"),
        figures=("stages_closed", "filings_published"),
    ),
)
