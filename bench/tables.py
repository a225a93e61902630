"""Makes tables of any size, of the kind offices hand in: the same bytes for the same size."""

import random
from pathlib import Path

import xlsxwriter

_HEAD = (
    "序号",
    "责任部门",
    "职权名称",
    "职权类别",
    "行使依据",
    "岗位",
    "廉政风险点",
    "表现形式",
    "风险等级",
    "防控措施",
    "责任人",
)
_WORKS = [
    "认可受理",
    "评审派组",
    "文件评审",
    "现场评审",
    "认可决定",
    "证书暂停",
    "能力验证",
    "评审员管理",
    "收费减免",
    "设备采购",
]
_ACTS = ["审核", "复核", "登记", "抽查", "公示", "会签", "归档", "比对", "回访", "轮换"]
_FAULTS = [
    "放宽条件",
    "拖延办理",
    "泄露信息",
    "收受礼品",
    "指定机构",
    "虚报费用",
    "隐瞒不报",
    "越权批准",
]
_LEVELS = "高中低"


def rows(number: int) -> list[tuple[str | int, ...]]:
    """Return `number` data rows: a unit for every 700, a power for every 10, varied wording."""
    chance = random.Random(number)

    def measure(item: int) -> str:
        act, other = chance.sample(_ACTS, 2)
        when, group = chance.choice("周月季"), chance.randrange(9) + 1
        return f"{item}.每{when}由第{group}组{act}并{other}第{chance.randrange(999)}项"

    made: list[tuple[str | int, ...]] = []
    for row in range(number):
        work = _WORKS[row // 10 % len(_WORKS)]
        fault = chance.choice(_FAULTS)
        made.append(
            (
                row + 1,
                f"第{row // 700 + 1}业务处",
                f"{work}（{row // 10 + 1}号）",
                ("决策权", "执行权", "监督权")[row // 10 % 3],
                f"《{work}管理办法》第{row // 10 % 40 + 1}条",
                f"{work}岗",
                f"{work}中{fault}{row}",
                f"在{work}的第{row % 7 + 1}个环节{fault}，为第{row}号申请人谋取利益",
                _LEVELS[row % 3],
                "；".join(measure(item) for item in (1, 2, 3)) + "。",
                f"第{row // 700 + 1}业务处处长",
            )
        )
    return made


def write(path: Path, number: int) -> Path:
    """Write an .xlsx of `number` data rows and return its path."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("措施表")
        sheet.write_row(0, 0, _HEAD)
        for place, row in enumerate(rows(number), 1):
            sheet.write_row(place, 0, row)
    return path
