"""What the words of single cells say: names, posts, regulations, articles, declared totals."""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from lianfang.documents.items import split_items
from lianfang.scheme.model import Scheme

_SEVERAL = re.compile(r"[、，,；;/／\n\r]+|\s{2,}|　+")
_NUMBER_BEFORE = re.compile(
    r"^(?:\d{1,3}\s*[.．、)）]\s*(?!\d)|[（(]\d{1,3}[)）]\s*|[一二三四五六七八九十]{1,3}、\s*)"
)
_REGULATION = re.compile(r"《([^《》]{2,80})》")
_ARTICLE = re.compile(
    r"第[一二三四五六七八九十百千零〇\d]{1,7}条(?:第[一二三四五六七八九十\d]{1,3}[款项])*"
)
_PLACEHOLDER_PERSON = re.compile(
    r"^[\u4e00-\u9fff]{1,2}(?:某某?|×{1,2}|[xX]{1,2}|\*{1,2}|[甲乙丙丁])$"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方"
    "金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜成饶宁凌盛查单冉鲍华包屈房喻解蒲卫简时连车项闵邬吉党阳费蒙席晏隋古强穆姬宫景米麦谈柏瞿艾沙鄢桂窦郁缪畅巩卓褚栾戚全娄甄郎池丛边岑农苟迟保商臧佘卞虞刁冷应匡栗仇练楚揭师官佟封燕桑巫敖原植邝仲荆储宗楼干苑寇盖南屠鞠荣井乐银奚明麻雍花闻冼木郜廉衣蔺和冀占门帅利满"
)
_ROLE_WORDS = (
    "负责",
    "科长",
    "处长",
    "主任",
    "局长",
    "院长",
    "校长",
    "书记",
    "经理",
    "人员",
    "岗",
    "员",
    "长",
    "部",
    "科",
    "处",
    "室",
    "组",
    "办",
)
_LONGEST_PERSON = 4
_ASKS_RULE = re.compile(
    r"(?:制定|制订|出台|建立|修订|健全|完善).{0,24}(?:制度|办法|规定|细则|规程|规则|守则|规范|流程)"
)
_RISKS_DECLARED = re.compile(
    r"风险点?(?:共|合计|总计)?[^\d，。；\n]{0,6}?(\d{1,5})\s*(?:个|项|处|条)"
)
_POWERS_DECLARED = re.compile(
    r"(?:职权|权力)(?:事项)?(?:共|合计)?[^\d，。；\n]{0,6}?(\d{1,5})\s*(?:个|项|条)"
)


class Declared(Struct, frozen=True):
    """A number that a line of text declares: of “powers”, “risks” or of a level's code."""

    counted: str
    number: int


@lru_cache(maxsize=16_384)
def names(text: str) -> tuple[str, ...]:
    """Return the names of posts, units or persons that one cell lists."""
    parts = (_NUMBER_BEFORE.sub("", part.strip()) for part in _SEVERAL.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def without_number(text: str) -> str:
    """Return a title without the number before it."""
    return _NUMBER_BEFORE.sub("", text) or text


@lru_cache(maxsize=16_384)
def lines(text: str) -> tuple[str, ...]:
    """Return the items a cell numbers, else its lines."""
    items = split_items(text)
    if items.numbered:
        return tuple(item.text for item in items.items)
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def regulations(text: str) -> tuple[str, ...]:
    """Return the titles in book-title marks, in order, each once."""
    return tuple(dict.fromkeys(title.strip() for title in _REGULATION.findall(text)))


def article(text: str) -> str:
    """Return the articles that a basis cites, joined, or nothing."""
    return "、".join(dict.fromkeys(_ARTICLE.findall(text)))


def is_person(name: str) -> bool:
    """Tell a person's name from words for a post or unit; in doubt it is no person."""
    if _PLACEHOLDER_PERSON.match(name):
        return True
    return (
        2 <= len(name) <= _LONGEST_PERSON - 1
        and name[0] in _SURNAMES
        and not any(word in name[1:] for word in _ROLE_WORDS)
    )


def asks_rule(text: str) -> bool:
    """Tell whether a measure is that a rule be made, naming none that exists."""
    return _ASKS_RULE.search(text) is not None and "《" not in text


def declared_totals(line: str, scheme: Scheme) -> Iterator[Declared]:
    """Yield the totals that a line over a table declares: “共查找风险点32个，其中高风险5个”."""
    for counted, pattern in (("risks", _RISKS_DECLARED), ("powers", _POWERS_DECLARED)):
        match = pattern.search(line)
        if match is not None:
            yield Declared(counted, int(match[1]))
    for level in scheme.levels:
        for word in (*level.aliases, level.label.zh):
            match = re.search(
                rf"{re.escape(word)}(?:风险)?(?:等级)?(?:点)?\s*(\d{{1,5}})\s*(?:个|项|处|条)", line
            )
            if match is not None:
                yield Declared(level.code, int(match[1]))
                break
