"""The post × power matrix (岗责): which post decides, executes or supervises which power.

Source: 质检认纪〔2012〕1号 五（一）2.
"""

from collections.abc import Iterator, Sequence

from lianfang.common.text import Text
from lianfang.documents.writing.catalogue import limits
from lianfang.documents.writing.facing import facts, footer, signatures
from lianfang.documents.writing.paper import (
    A3_LANDSCAPE,
    A4_LANDSCAPE,
    Cell,
    Column,
    Row,
    TablePaper,
    Tone,
    heading_row,
)
from lianfang.documents.writing.request import Request
from lianfang.documents.writing.words import Words, in_line, shown
from lianfang.register.model import Post, Power, Register, Role

CODE = "matrix"
TITLE = Text("岗位职权对照表", "Posts and Powers")

POSTS_ACROSS = 12
_WIDE_FROM = 9
_MARKS = {Role.DECIDES: "■", Role.EXECUTES: "□", Role.SUPERVISES: "◎"}
_POWER = Text("职权名称及编号", "Power and code")
_CATEGORY = Text("类别", "Category")
_SEQ = Text("序号", "No.")
_LEGEND = Text("{marks}。底色加深：同一岗位在一项职权中有两种以上职责。", "{marks}. "
               "Shaded: one post has two or more roles in one power.")  # fmt: skip
_PART = Text("（第 {part} 部分，共 {parts} 部分）", " (part {part} of {parts})")
_EMPTY = Text("没有职权或岗位可列。", "There are no powers or posts to list.")
_FRONT = 3


def matrix_table(request: Request) -> TablePaper:
    """Return the matrix: powers down, posts across; more posts than fit go on below."""
    words = Words(request)
    posts = _posts_with_parts(request.register)
    across = posts[:POSTS_ACROSS] if len(posts) <= POSTS_ACROSS else posts
    wide = len(across) > _WIDE_FROM
    width = min(len(across), POSTS_ACROSS)
    return TablePaper(
        code=CODE,
        language=request.language,
        on=request.on,
        title=words.say(TITLE),
        sheet=words.say(Text("岗责矩阵", "Matrix")),
        page=A3_LANDSCAPE if wide else A4_LANDSCAPE,
        columns=(
            Column(code="seq", width=9, centred=True),
            Column(code="power", width=42),
            Column(code="category", width=19, centred=True),
            *(Column(code=f"post:{place}", width=24, centred=True) for place in range(width)),
        ),
        head=(_head(posts[:POSTS_ACROSS], width, words),),
        rows=tuple(_rows(request.register, posts, width, words)) if posts else (),
        facts=facts(request, words),
        notes=(words.say(_LEGEND).format(marks=_legend(words)),),
        signatures=signatures(words),
        footer=footer(request, words, "五（一）2"),
        empty=words.say(_EMPTY),
    )


def _posts_with_parts(register: Register) -> tuple[Post, ...]:
    """Return the posts that have a part in a power, in the register's order."""
    acting = {part.post for power in register.powers for part in power.posts}
    return tuple(post for post in register.posts if post.id in acting)


def _head(posts: Sequence[Post], width: int, words: Words) -> tuple[Cell, ...]:
    front = (_SEQ, _POWER, _CATEGORY)
    return (
        *(Cell(text=words.say(text)) for text in front),
        *(_post_head(post, words) for post in posts),
        *(Cell() for _ in range(width - len(posts))),
    )


def _post_head(post: Post, words: Words) -> Cell:
    unit = words.units.get(post.unit, "") if len(words.units) > 1 else ""
    return Cell(text=in_line(post.name), note=unit, tone=Tone.HEAD, strong=True)


def _rows(register: Register, posts: tuple[Post, ...], width: int, words: Words) -> Iterator[Row]:
    chunks = [posts[start : start + width] for start in range(0, len(posts), width)]
    for place, chunk in enumerate(chunks):
        if place:
            part = words.say(_PART).format(part=place + 1, parts=len(chunks))
            yield heading_row(f"band:{place}", words.say(TITLE) + part, _FRONT + width)
            yield Row(key=f"head:{place}", cells=_head(chunk, width, words))
        shown_ids = {post.id for post in chunk}
        for number, power in enumerate(register.powers, 1):
            if place == 0 or any(part.post in shown_ids for part in power.posts):
                yield Row(
                    key=f"power:{power.id}", cells=_power_cells(number, power, chunk, width, words)
                )


def _power_cells(
    number: int, power: Power, posts: Sequence[Post], width: int, words: Words
) -> tuple[Cell, ...]:
    category = words.categories.get(power.category or "", shown(power.category or power.kind))
    return (
        Cell(text=str(number)),
        Cell(text=in_line(power.name), note=in_line(power.code)),
        Cell(text=category),
        *(_part_cell(power, post, words) for post in posts),
        *(Cell() for _ in range(width - len(posts))),
    )


def _part_cell(power: Power, post: Post, words: Words) -> Cell:
    """Return the roles of a post in a power with its limits; grey where they clash."""
    parts = [part for part in power.posts if part.post == post.id]
    labels = words.labels(words.scheme.roles)
    roles = [role for role in Role if any(part.role is role for part in parts)]
    told = "\n".join(_MARKS[role] + labels.get(role, role) for role in roles)
    told_limits = "；".join(filter(None, (limits(part, words) for part in parts)))
    return Cell(text=told, note=told_limits, tone=Tone.GREY if len(roles) > 1 else Tone.PLAIN)


def _legend(words: Words) -> str:
    labels = words.labels(words.scheme.roles)
    separator = "，" if words.language == "zh" else ", "
    return separator.join(_MARKS[role] + labels.get(role, role) for role in Role)
