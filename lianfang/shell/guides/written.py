"""The guides of the product, one for each role: data alone.

A page is named as in `pages.py`; a picture lies in static/help in both languages.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianfang.org.rules.roles import Role

Words = Promise | str


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something to do, the page that does it, and a picture of that page, if any."""

    says: Words
    page: str
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class Guide:
    """What somebody in a role does, in the order of the year."""

    code: str
    role: Role
    title: Words
    lead: Words
    steps: tuple[Step, ...]


GUIDES: tuple[Guide, ...] = (
    Guide(
        code="clerk",
        role=Role.HOLDER,
        title=_("填报人"),
        lead=_("替本单位登记职权、风险点和措施，准备年度填报。"),
        steps=(
            Step(
                says=_(
                    "在职权目录里逐项登记：名称、类别、依据（写到条文）、由哪个岗位决策、执行、监督。"
                ),
                page="powers:catalogue",
                picture="catalogue",
            ),
            Step(
                says=_("把办理过程拆成环节，流程图自动画出；环节写明岗位和时限。"),
                page="powers:map",
            ),
            Step(
                says=_("已有表格的，从“导入表格”上传，逐行核对后写入；可以撤销。"),
                page="intake:deliveries",
            ),
            Step(
                says=_("在风险清册里写风险点：在哪个环节、什么方面、怎么表现；再按因素评定等级。"),
                page="risks:register",
                picture="register",
            ),
            Step(
                says=_(
                    "按事前、事中、事后写措施，写明责任岗位、频次或期限、凭证；“检查意见”指出缺什么。"
                ),
                page="risks:own-checks",
            ),
            Step(
                says=_("在年度工作里打开本单位的填报，改完须改的意见后请负责人报送。"),
                page="cycles:board",
                picture="board",
            ),
        ),
    ),
    Guide(
        code="holder",
        role=Role.HOLDER,
        title=_("岗位人员"),
        lead=_("知道自己岗位的职责和风险，按时完成谈话、报告和学习。"),
        steps=(
            Step(says=_("先看责任清单：您管什么、上面是谁、要做什么。"), page="org:responsibility"),
            Step(
                says=_("对照岗位查找风险：逐题回答，找到的进清册；没有找到也要说明。"),
                page="risks:finding",
            ),
            Step(
                says=_("工作台列出该做的事和日期；点开就到办理的页面。"),
                page="shell:desk",
                picture="desk",
            ),
            Step(
                says=_("书面报告先由记录填好，您补充后报送；被退回的改好再报。"),
                page="duties:reports",
            ),
            Step(says=_("谈过话的，核对记录后确认；确认后只能补充。"), page="duties:talks"),
            Step(says=_("在我的学习里签到、测验，看还差多少学时。"), page="learning:mine"),
        ),
    ),
    Guide(
        code="head",
        role=Role.UNIT_HEAD,
        title=_("单位负责人（防控责任人）"),
        lead=_("您是本单位所有岗位的防控责任人：业务和廉政一起抓。"),
        steps=(
            Step(
                says=_("工作台右边并排显示业务和廉政两边的进度，点数字看明细。"),
                page="shell:desk",
                picture="desk",
            ),
            Step(says=_("审核本单位提出的等级，与计算结果不同的要写理由。"), page="risks:rating"),
            Step(
                says=_("填报齐全后报送；审核退回的，逐条答复后再报。"),
                page="cycles:board",
                picture="board",
            ),
            Step(
                says=_("按等级和任职安排谈话：选时间和第二谈话人，当场记录，请本人确认。"),
                page="duties:talks",
            ),
            Step(says=_("审阅本单位人员的书面报告，写意见或退回。"), page="duties:reports"),
            Step(
                says=_(
                    "发现苗头就登记预警：选渠道和情形，按规则分流；该谈话、提醒、告诫的当场办。"
                ),
                page="alerts:board",
            ),
            Step(
                says=_("确认本期措施已经落实，附上凭证；逾期的会沿责任链上报。"),
                page="duties:measures",
            ),
        ),
    ),
    Guide(
        code="portfolio",
        role=Role.PORTFOLIO_LEADER,
        title=_("分管领导"),
        lead=_("对分管单位的防控负责，督促单位负责人。"),
        steps=(
            Step(says=_("责任清单列出分管的单位和其中重点岗位。"), page="org:responsibility"),
            Step(
                says=_("看分管单位的履责：谁逾期、逾期多久。"),
                page="duties:duties",
                picture="duties",
            ),
            Step(says=_("与单位负责人谈话，记录督促检查。"), page="duties:talks"),
            Step(
                says=_("审议前看分管单位的填报和审核意见。"), page="cycles:board", picture="board"
            ),
        ),
    ),
    Guide(
        code="leader",
        role=Role.LEADERSHIP_HEAD,
        title=_("主要负责人"),
        lead=_("对全机构的防控负总责，确认结果、推动落实。"),
        steps=(
            Step(
                says=_("领导总览一页看进度、等级、履责、预警和结果，每个数字都能点到明细。"),
                page="overview:overview",
                picture="overview",
            ),
            Step(
                says=_("方案条款一页看全：每条要求做到哪一步。"),
                page="shell:clause",
                picture="clauses",
            ),
            Step(says=_("风险分布和岗位等级看重点在哪里。"), page="risks:heat"),
            Step(says=_("履责任务看全机构的进度和逾期。"), page="duties:duties", picture="duties"),
            Step(says=_("审议会议上逐单位决定，发布后版本冻结。"), page="cycles:meetings-now"),
            Step(says=_("轮岗看谁在重点岗位满了期限。"), page="duties:rotation"),
        ),
    ),
    Guide(
        code="office",
        role=Role.LEADING_GROUP_OFFICE,
        title=_("领导小组办公室"),
        lead=_("组织全年工作：开阶段、审核、征求意见、会议、发布、改进。"),
        steps=(
            Step(
                says=_("年初开启年度工作，按日历开、关五个阶段。"),
                page="cycles:board",
                picture="board",
            ),
            Step(
                says=_("审核：先看自动意见，再写自己的意见，五项检查逐项下结论；可退回。"),
                page="cycles:reviews",
                picture="review",
            ),
            Step(says=_("六月征求意见，到期逐条答复。"), page="cycles:consultations"),
            Step(
                says=_("排议程、记会议、发布版本；纪要和通知从系统印发，进公文档案。"),
                page="cycles:meetings-now",
            ),
            Step(
                says=_("下半年看动态调整的提议，四季度做运行评价、下整改任务。"),
                page="cycles:revisions",
            ),
            Step(
                says=_("年底组织考核：从方案生成考核表，收齐评分，审定后通报。"),
                page="assessment:board",
            ),
            Step(says=_("写好学习计划，编写警示案例。"), page="learning:plan"),
        ),
    ),
    Guide(
        code="officer",
        role=Role.DISCIPLINE_OFFICE,
        title=_("纪检监察室"),
        lead=_("监督检查、抽取、测评，办理预警移交和线索。"),
        steps=(
            Step(
                says=_("检查工作台列出该查的、到期的和覆盖面。"),
                page="inspections:workbench",
                picture="workbench",
            ),
            Step(
                says=_("抽取先固定名单和办法，再用公开数值抽取；谁都可以重新计算。"),
                page="inspections:draws",
            ),
            Step(
                says=_("现场检查按措施逐条记录，问题写明责任和期限，整改后复核销号。"),
                page="inspections:findings",
            ),
            Step(
                says=_(
                    "举报用您自己的口令在浏览器里打开；看过就有记录，办到哪一步、何时到期都在页面上。"
                ),
                page="casework:reports",
            ),
            Step(
                says=_("线索只有办理的人知道：谈话、了解、结论、处理、移送，一步一记。"),
                page="leads:leads",
            ),
            Step(says=_("测评匿名，五人以上才有结果。"), page="surveys:surveys"),
            Step(says=_("查实违规后，在岗位等级页登记，等级和任务随之改变。"), page="risks:levels"),
            Step(says=_("各单位报告送到您这里，批注或退回。"), page="duties:reports"),
        ),
    ),
    Guide(
        code="system",
        role=Role.SYSTEM_ADMINISTRATOR,
        title=_("系统管理员"),
        lead=_("维护机构、人员、任职和日历，看不到廉政内容。"),
        steps=(
            Step(says=_("登记单位、岗位和人员，或导入名册。"), page="org:tree", picture="tree"),
            Step(says=_("任职写明起止日期和文号；责任链和任务由此算出。"), page="org:people"),
            Step(says=_("每年十一月装入下一年的工作日历。"), page="org:calendar"),
            Step(
                says=_("设好通知渠道，发一条试试；消息里只说有事，不说内容。"),
                page="shell:channels",
            ),
            Step(says=_("后台任务看夜间任务有没有按时运行。"), page="shell:jobs"),
        ),
    ),
    Guide(
        code="security",
        role=Role.SECURITY_ADMINISTRATOR,
        title=_("安全管理员"),
        lead=_("管理登录和第二因素，看不到廉政内容。"),
        steps=(
            Step(
                says=_("为人员开通登录；首次登录必须改密码。"), page="org:logins", picture="logins"
            ),
            Step(says=_("丢了手机或安全密钥的，核实本人后停用第二因素。"), page="org:logins"),
            Step(says=_("离开的人关闭登录、结束会话。"), page="org:logins"),
            Step(says=_("自己也启用第二因素。"), page="accounts:home"),
        ),
    ),
    Guide(
        code="audit",
        role=Role.AUDIT_ADMINISTRATOR,
        title=_("审计管理员"),
        lead=_("看审计日志、核对完整，看不到廉政内容。"),
        steps=(
            Step(
                says=_("日志只显示时间、操作人、操作和摘要；可按时间和操作筛选。"),
                page="shell:log",
                picture="log",
            ),
            Step(says=_("定期核对：每条重新计算，与树顶比较。"), page="shell:log"),
            Step(says=_("导出检查点，放到系统以外保存；打印一份请第二人签。"), page="shell:log"),
        ),
    ),
)
