"""Invented official papers (示例)."""

from datetime import date

from lianfang.documents.writing.official import (
    Attendance,
    Block,
    BlockKind,
    Entry,
    Kind,
    OfficialPaper,
    RecordForm,
)

DAY = date(2026, 5, 14)
_ISSUER = "示例评价中心"

NOTICE = OfficialPaper(
    kind=Kind.NOTICE,
    issuer=f"{_ISSUER}文件",
    number="示评廉〔2026〕3号",
    title="示例评价中心关于填报二〇二六年\n职权运行和廉政风险防控措施表的通知",
    on=DAY,
    addressee="各处室、技术公司",
    body=(
        Block("为做好本年度廉政风险防控工作，现将填报措施表的有关事项通知如下。"),
        Block("一、填报范围", BlockKind.FIRST),
        Block(
            "各处室的全部职权，以及在这些职权中承担决定、办理、监督职责的岗位。上年度已经公布的版本由系统自动带出，只填写有变化的部分。"
        ),
        Block("二、填报要求", BlockKind.FIRST),
        Block("（一）逐项核对", BlockKind.SECOND),
        Block("对照岗位说明书逐项核对职权的名称、类别、行使依据和运行流程，不漏项，不重复。"),
        Block("（二）逐岗查找", BlockKind.SECOND),
        Block(
            "人人参与查找，写明在哪一个环节、以什么方式可能出现问题；等级由计算结果提出，不一致的说明理由。"
        ),
        Block("（三）逐条落实", BlockKind.SECOND),
        Block(
            "每条措施写明由谁做、何时做、留下什么记录。高等级风险点的前期、中期、后期措施必须齐全。"
        ),
        Block("三、时间安排", BlockKind.FIRST),
        Block("请于5月29日前在系统中报送。逾期的，由防控责任人书面说明原因。"),
    ),
    attachments=("职权运行和廉政风险防控措施表", "岗位职权对照表"),
    signed_by=_ISSUER,
    remark="联系人：孟清和，电话：010－00000000",
    copies_to="中心领导，纪检监察室",
    printed_by="示例评价中心办公室",
    printed_on=date(2026, 5, 15),
)
LETTER = OfficialPaper(
    kind=Kind.LETTER,
    issuer=_ISSUER,
    number="示评函〔2026〕12号",
    title="示例评价中心关于商请协助核查\n评审员兼职情况的函",
    on=DAY,
    addressee="示例市检验协会",
    body=(
        Block(
            "我中心在核对评审员利益关系声明时，发现两名评审员可能在贵会会员单位兼任技术顾问。为准确掌握情况，商请贵会协助核查其任职的起止时间和报酬情况。"
        ),
        Block("请于5月31日前函复。所提供的材料仅用于本次核查，我中心按规定保密。"),
        Block("感谢贵会对我中心工作的支持。"),
    ),
    signed_by=_ISSUER,
    copies_to="本中心纪检监察室",
)
MINUTES = OfficialPaper(
    kind=Kind.MINUTES,
    issuer="示例评价中心廉政风险防控领导小组会议纪要",
    number="〔2026〕第4期",
    title="关于审议评审员管理处措施表的会议纪要",
    on=DAY,
    body=(
        Block("5月13日，领导小组组长主持召开会议，审议评审员管理处报送的措施表。纪要如下："),
        Block("一、会议认为，该处职权梳理完整，岗位明确，等级评定符合规则。"),
        Block(
            "二、会议决定，同意该处措施表，其中第三项职权的后期处置措施补充时限后，由办公室确认公布。"
        ),
        Block(
            "三、会议要求，各处室于6月底前对照检查同类问题。分管领导回避了与本人岗位有关的事项。"
        ),
    ),
    attendance=(
        Attendance("出席", "周允中、陈砚秋、温如故、程守一"),
        Attendance("请假", "何以宁"),
        Attendance("列席", "孟清和（记录）"),
    ),
    signed_by="领导小组办公室",
    copies_to="领导小组成员，各处室",
    printed_by="领导小组办公室",
)
RECORD = RecordForm(
    organisation=_ISSUER,
    title="任职廉政谈话记录",
    on=DAY,
    number="示评谈〔2026〕8号",
    entries=(
        Entry("谈话时间", "2026年5月14日"),
        Entry("谈话地点", "第二会议室"),
        Entry("谈话对象", "许明澜"),
        Entry("拟任岗位", "评审选派岗"),
        Entry("谈话人", "陈砚秋、孟清和"),
        Entry("岗位等级", "▲高"),
        Entry("谈话事由", "任职前谈话（五（五）3）", wide=True),
        Entry(
            "谈话内容",
            "告知本岗位三个风险点和相应措施；说明选派、回避和留痕的要求；"
            "听取本人对兼职、亲属从业情况的说明。",
            wide=True,
            lines=7,
        ),
        Entry("本人表态", "", wide=True, lines=5),
        Entry("后续事项", "一个月内提交利益关系声明。", wide=True, lines=3),
    ),
    signatures=("谈话对象（签字）", "谈话人（签字）", "记录人（签字）", "日期"),
    remark="本表一式两份，一份存纪检监察室，一份存谈话人所在处室。",
)
