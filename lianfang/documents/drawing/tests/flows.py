"""Forty flows of very different shapes, and the words from which random ones are made."""

from collections.abc import Callable

from lianfang.common.text import Language
from lianfang.documents.drawing.flow import Chart, chart_of_steps, looks_of
from lianfang.register.model import Arrow, RiskPoint, Step, StepKind, Subject, SubjectKind
from lianfang.scheme.load import load_scheme

LOOKS = looks_of(load_scheme("cnas-2012"), Language.ZH)
LOOKS_EN = looks_of(load_scheme("cnas-2012"), Language.EN)

HANDLER, HEAD, LEADER, OFFICE, BOARD = "经办岗", "处室负责人", "分管领导", "纪检监察室", "领导班子"
_KINDS = {"(": StepKind.START, "?": StepKind.DECISION, ")": StepKind.END}


def flow(title: str, *rows: str, language: Language = Language.ZH) -> Chart:
    """Return a chart of rows `id|kind name|lane|arrows|limit|output|marks`.

    Kind is `(` start, `?` decision, `)` end or nothing; arrows are `to:condition` and marks
    `level:reference`, both separated by `;`.
    """
    steps: list[Step] = []
    risks: dict[str, list[RiskPoint]] = {}
    for row in rows:
        id_, name, lane, arrows, term, output, marks = (*row.split("|"), *[""] * 6)[:7]
        kind = _KINDS.get(name[:1], StepKind.STEP)
        steps.append(
            Step(
                id=id_,
                name=name if kind is StepKind.STEP else name[1:],
                kind=kind,
                lane=lane,
                term=term,
                output=output,
                arrows=tuple(
                    Arrow(to=part.partition(":")[0], condition=part.partition(":")[2])
                    for part in arrows.split(";")
                    if part
                ),
            )
        )
        for mark in filter(None, marks.split(";")):
            risks.setdefault(id_, []).append(_risk(id_, mark))
    looks = LOOKS_EN if language is Language.EN else LOOKS
    return chart_of_steps(steps, title=title, language=language, looks=looks, risks=risks)


def _risk(step: str, mark: str) -> RiskPoint:
    level, _, reference = mark.partition(":")
    about = Subject(kind=SubjectKind.STEP, id=step)
    return RiskPoint(id=reference, unit="u", about=about, title="风险", level=level or None)


def _chain(title: str, count: int, lanes: int) -> Chart:
    rows = [
        f"{at}|第{at}环节办理事项|岗位{at * 7 % lanes}|{at + 1 if at < count - 1 else ''}"
        for at in range(count)
    ]
    return flow(title, *rows)


def _everyone_to_everyone(count: int) -> Chart:
    rows = [
        f"{at}|环节{at}|岗位{at % 4}|" + ";".join(str(to) for to in range(count) if to != at)
        for at in range(count)
    ]
    return flow("纵横交错", *rows)


def _fan(count: int) -> Chart:
    arms = [f"a{at}|第{at}项核查|{HANDLER if at % 2 else HEAD}|z" for at in range(count)]
    starts = ";".join(f"a{at}" for at in range(count))
    return flow("并联核查", f"s|(发起|{HANDLER}|{starts}", *arms, f"z|)汇总|{LEADER}")


def _many_answers(count: int) -> Chart:
    arms = [f"a{at}|按第{at}种情形办理|岗位{at % 3}|z" for at in range(count)]
    asks = ";".join(f"a{at}:第{at}种情形，金额不超过{at}万元" for at in range(count))
    return flow("分情形办理", f"s|?属于哪种情形|岗位1|{asks}", *arms, "z|)归档|岗位0")


def _loops_within_loops() -> Chart:
    rows = [
        f"1|(起草|{HANDLER}|2",
        f"2|?内容齐全|{HANDLER}|3:是;1:否",
        f"3|处室审核|{HEAD}|4",
        f"4|?处室同意|{HEAD}|5:是;1:退回重拟;2:退回补正",
        f"5|领导审批|{LEADER}|6",
        f"6|?领导同意|{LEADER}|7:是;3:退回处室;1:退回经办",
        f"7|)印发|{HANDLER}||即日|文件",
    ]
    return flow("文件办理", *rows)


def _procurement() -> Chart:
    return flow(
        "采购",
        f"1|(提出采购需求并说明理由|{HANDLER}|2||采购申请表",
        f"2|审核需求必要性和预算|{HEAD}|3|3 个工作日||medium:R-011",
        f"3|?采购金额|{HEAD}|4:5 万元以下;5:5 万至 50 万元;6:50 万元以上",
        f"4|处室负责人审批|{HEAD}|7|2 个工作日||low:R-013",
        f"5|分管领导审批|{LEADER}|7|3 个工作日||medium:R-014",
        f"6|领导班子集体研究|{BOARD}|7||会议纪要|high:R-015",
        f"7|组织采购、确定供应商|{HANDLER}|8|||high:R-016;medium:R-017",
        f"8|签订合同|{HANDLER}|9||合同",
        f"9|履约验收（双人）|{HEAD}|10;7:不合格，退回||验收单|medium:R-018",
        f"10|支付并归档|{HANDLER}|",
    )


def _acceptance() -> Chart:
    return flow(
        "认可申请受理",
        "1|(接收申请|受理岗|2|即日|受理登记表",
        "2|初步审查|受理岗|3|5 个工作日|审查记录|high:0101-1",
        "3|?材料是否齐全|受理岗|4:是;1:否，一次告知补正",
        "4|复核受理意见|受理处负责人|5|2 个工作日",
        "5|?是否受理|受理处负责人|6:受理;7:不予受理",
        "6|)缴费并转评审|财务岗||5 个工作日|缴费通知|low:0101-2",
        "7|)书面说明理由|受理岗||3 个工作日|不予受理通知书",
    )


def _penalty() -> Chart:
    return flow(
        "行政处罚",
        f"1|(立案|{HANDLER}|2|5 个工作日|立案审批表|high:P-1",
        f"2|调查取证（两人以上）|{HANDLER}|3|30 日|调查笔录|high:P-2;medium:P-3",
        "3|法制审核|法制岗|4|5 个工作日",
        "4|?是否重大|法制岗|5:是;7:否",
        f"5|集体讨论|{BOARD}|6",
        "6|?是否听证|法制岗|8:要求听证;7:放弃听证",
        f"7|事先告知|{HANDLER}|9|3 个工作日|告知书",
        "8|组织听证|法制岗|9||听证笔录|medium:P-4",
        f"9|作出处罚决定|{LEADER}|10;2:证据不足，补充调查|7 日|决定书|high:P-5",
        f"10|送达|{HANDLER}|11|7 日|送达回证",
        f"11|执行|{HANDLER}|12",
        f"12|)结案归档|{HANDLER}",
    )


def _reward() -> Chart:
    return flow(
        "评选表彰",
        "1|(制定方案|人事岗|2||评选方案",
        "2|各单位推荐|各单位|3|10 个工作日||medium:",
        "3|资格审查|人事岗|4|5 个工作日||high:A-02",
        "4|评审委员会评审|评审委员会|5|||high:A-03",
        "5|公示|人事岗|6|5 个工作日",
        "6|?有无异议|人事岗|7:无异议;3:有异议，复核",
        "7|审定|领导班子|8",
        "8|)表彰|人事岗",
    )


def _long_names() -> Chart:
    name = (
        "对申请人提交的全部材料逐项核对原件与复印件是否一致、是否在有效期内、"
        "签字盖章是否齐全，并登记核对结果后移交复核岗位复核确认"
    )
    return flow(
        "材料核对和结果移交以及后续归档管理（试行）（含分支机构、派驻人员和外聘专家提交的各类补充材料）",
        f"1|({name}|综合管理和档案管理岗（兼保密管理）|2|"
        "收到材料之日起五个工作日内，遇节假日顺延|材料核对登记表及其电子版（一式三份）|"
        "high:PW-0402-RISK-000123",
        f"2|?{name}吗|评审一处副处长（主持工作）|3:全部材料都符合要求并且签字盖章齐全的;1:有任何一项不符合要求的，退回重新核对并说明理由",
        f"3|){name}|综合管理和档案管理岗（兼保密管理）|||移交清单",
    )


def _english() -> Chart:
    return flow(
        "Assignment of assessors",
        "1|(Receive the assessment task and record its scope|Assignment officer|2|same day",
        "2|Draw candidates at random|Assignment officer|3|1 working day",
        "3|"
        "Check conflicts of interest over three years|"
        "Assignment officer|4|2 working days|"
        "Conflict-of-interest statement|"
        "high:RP-0402-1",
        "4|?Does anyone have to be recused|Assignment officer|2:Yes, record and draw again;5:No",
        "5|Approve the team|Head of department|"
        "6:more than three in a row;7:otherwise|"
        "1 working day",
        "6|Approve the exception|"
        "Deputy director in charge|7:approved|"
        "2 working days||medium:RP-0402-3",
        "7|)Inform the body and publish internally|Assignment officer",
        language=Language.EN,
    )


def _parallel() -> Chart:
    return flow(
        "并行会签",
        f"1|(拟稿|{HANDLER}|2",
        f"2|分送会签|{HANDLER}|3;4;5;6",
        "3|财务会签|财务处|7|2 个工作日",
        "4|法务会签|法务岗|7|2 个工作日",
        f"5|纪检会签|{OFFICE}|7|2 个工作日||low:S-1",
        f"6|业务会签|{HEAD}|7",
        f"7|汇总意见|{HANDLER}|8",
        f"8|)签发|{LEADER}",
    )


def _rejoining() -> Chart:
    return flow(
        "分段复核",
        "1|(甲段|甲|2;5",
        "2|乙段|乙|3;6",
        "3|丙段|丙|4;7",
        "4|丁段|丁|8",
        "5|乙核|乙|6;8",
        "6|丙核|丙|7;8",
        "7|丁核|丁|8",
        "8|)汇总|甲",
    )


FLOWS: dict[str, Callable[[], Chart]] = {
    "acceptance": _acceptance,
    "reward": _reward,
    "penalty": _penalty,
    "procurement": _procurement,
    "parallel": _parallel,
    "nested_loops": _loops_within_loops,
    "long_names": _long_names,
    "english": _english,
    "rejoining": _rejoining,
    "no_step": lambda: flow("空白"),
    "one_step": lambda: flow("单一环节", f"1|办理|{HANDLER}||||high:R-1"),
    "one_step_self_loop": lambda: flow("自查", f"1|自查自纠|{HANDLER}|1:未改好"),
    "two_steps": lambda: flow("两步", f"1|申请|{HANDLER}|2", f"2|批准|{HEAD}"),
    "two_steps_back_and_forth": lambda: flow(
        "来回", f"1|申请|{HANDLER}|2:送审", f"2|批准|{HEAD}|1:退回"
    ),
    "no_arrows": lambda: flow("无箭头", *(f"{at}|环节{at}|{HANDLER}" for at in range(9))),
    "sixty_steps": lambda: _chain("六十个环节", 60, 5),
    "sixty_steps_one_lane": lambda: _chain("单岗六十个环节", 60, 1),
    "twelve_lanes": lambda: _chain("十二个岗位", 14, 12),
    "everyone_to_everyone": lambda: _everyone_to_everyone(6),
    "everyone_to_everyone_of_nine": lambda: _everyone_to_everyone(9),
    "fan_of_four": lambda: _fan(4),
    "fan_of_eleven": lambda: _fan(11),
    "three_answers": lambda: _many_answers(3),
    "seven_answers": lambda: _many_answers(7),
    "no_lane": lambda: flow("未定岗", "1|受理||2", "2|?合格||3:是;1:否", "3|办结|"),
    "some_without_lane": lambda: flow(
        "部分未定岗", f"1|受理|{HANDLER}|2", "2|核查||3|||high:", f"3|办结|{HEAD}"
    ),
    "isolated": lambda: flow(
        "孤立环节", f"1|受理|{HANDLER}|2", f"2|办结|{HANDLER}", f"3|监督|{OFFICE}", f"4|备案|{HEAD}"
    ),
    "two_flows": lambda: flow(
        "两条线", "1|甲一|甲|2", "2|甲二|甲|3", "3|甲三|乙|", "4|乙一|乙|5", "5|乙二|甲|"
    ),
    "dangling": lambda: flow("断头", f"1|受理|{HANDLER}|2;9:转办", f"2|办结|{HEAD}|8"),
    "doubled_ids": lambda: flow(
        "重号",
        f"1|受理|{HANDLER}|2",
        f"2|审核|{HEAD}|3",
        f"2|复核|{LEADER}|3",
        f"3|办结|{HANDLER}|1",
    ),
    "no_start": lambda: flow("循环", "1|甲|甲|2", "2|乙|乙|3", "3|丙|丙|1"),
    "two_loops_on_one_step": lambda: flow(
        "双重退回",
        f"1|拟稿|{HANDLER}|2",
        f"2|核稿|{HANDLER}|3;1:文字",
        f"3|会审|{HANDLER}|4;1:内容;2:格式",
        f"4|签发|{HANDLER}|3:重审;1:重拟",
    ),
    "skipping": lambda: flow(
        "跳步", "1|一|甲|2;3;4;5", "2|二|甲|3", "3|三|甲|4", "4|四|甲|5", "5|五|甲"
    ),
    "doubled_arrows": lambda: flow(
        "双线",
        f"1|?类型|{HANDLER}|2:普通件;2:急件;3:特急件",
        f"2|办理|{HANDLER}|3",
        f"3|办结|{HEAD}",
    ),
    "decisions_in_a_row": lambda: flow(
        "连环判断",
        f"1|?是否属实|{HANDLER}|2:是;6:否",
        f"2|?是否违纪|{HEAD}|3:是;6:否",
        f"3|?是否严重|{OFFICE}|4:是;5:否",
        f"4|立案审查|{OFFICE}|7|||high:J-1",
        f"5|谈话提醒|{LEADER}|7",
        f"6|了结|{HANDLER}|7",
        f"7|)归档|{HANDLER}",
    ),
    "many_marks": lambda: flow(
        "多风险",
        f"1|(受理|{HANDLER}|2|||high:R-1;high:R-2;medium:R-3;low:R-4;:R-5",
        f"2|?是否同意|{HEAD}|3:是;1:否|3 个工作日||high:R-6;medium:R-7;low:R-8",
        f"3|)办结|{HANDLER}||||high:PW-0402-第十二号风险点",
    ),
    "mixed_languages": lambda: flow(
        "ISO/IEC 17025 能力验证 (PT) 结果处理",
        "1|(接收 PT 结果报告（含 z-score ≥ 3 的）|PT 协调员 Coordinator|2",
        "2|?abs(z) ≥ 3|技术负责人|3:unsatisfactory 不满意",
        "3|"
        "启动 CAPA：root cause analysis、纠正措施 & 验证 <30 days>|"
        "QA|1:Re-test 复测|30 days|"
        "CAPA report #12-B/2026",
    ),
    "hub": lambda: flow(
        "一窗受理",
        *(f"i{at}|来件{at}|窗口{at % 3}|h" for at in range(8)),
        "h|统一分办|分办岗|" + ";".join(f"o{at}:第{at}类" for at in range(8)),
        *(f"o{at}|办理{at}|科室{at % 3}|" for at in range(8)),
    ),
    "zigzag": lambda: flow(
        "来回流转", *(f"{at}|环节{at}|{'甲乙'[at % 2]}|{at + 1}" for at in range(8)), "8|办结|甲"
    ),
    "far_jumps": lambda: flow(
        "跨岗流转",
        *(f"{at}|环节{at}|岗{at * 5 % 8}|{at + 1};{(at * 3) % 10}:条件{at}" for at in range(10)),
        "10|办结|岗0",
    ),
    "long_words": lambda: flow(
        "Long",
        "1|"
        "Supercalifragilisticexpialidocious_and_more_than_a_line_of_letters|"
        "Verwaltungsgemeinschaft|"
        "2:antidisestablishmentarianism",
        "2|（（（（（（（（（（（（《《《《《《“““““““““|（（（（（（（（（（|1:，，，，，，，，，，，，，，",
    ),
    "blank_names": lambda: flow("", "|| |", "2| |  |"),
    "control_letters": lambda: flow("\x00甲\ud800", "1|\x01乙<&>\"'\uffff|丙\x1f|1:\x0b丁"),
}
