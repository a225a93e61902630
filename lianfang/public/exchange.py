"""The public catalogue as a workbook, a row each."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianfang.common.http import language_now
from lianfang.common.text import Language
from lianfang.documents.writing.workbook import TextColumn, TextSheet, text_workbook
from lianfang.public.queries.catalogue import category_labels, limit_of, role_labels
from lianfang.public.rules.cards import Card
from lianfang.register.model import Step


def catalogue_workbook(*, title: str, on: date, cards: Sequence[Card], scheme: str) -> bytes:
    """Return the .xlsx. Raises CellRefused for a text that no cell can hold."""
    headers = (
        (_("职权编号"), 14),
        (_("职权名称"), 32),
        (_("单位"), 20),
        (_("类别"), 12),
        (_("行使依据"), 44),
        (_("岗位"), 44),
        (_("流程和时限"), 60),
        (pgettext("column", "版本"), 10),
        (_("施行日期"), 12),
    )
    sheet = TextSheet(
        title=_("职权公开目录"),
        columns=[TextColumn(header=header, width=width) for header, width in headers],
        rows=list(_rows(cards, scheme)),
    )
    return text_workbook(title=title, day=on, sheets=[sheet], stop="")


def _rows(cards: Sequence[Card], scheme: str) -> Iterator[list[str]]:
    categories, roles = category_labels(scheme), role_labels(scheme)
    english = language_now() is Language.EN
    for card in cards:
        posts = {post.id: (english and post.name_en) or post.name for post in card.posts}
        steps = (_step(step, posts) for step in card.steps)
        yield [
            card.code,
            (english and card.name_en) or card.name,
            (english and card.unit_name_en) or card.unit_name,
            categories.get(card.category, ""),
            "\n".join(card.bases),
            "\n".join(
                f"{roles.get(part.role, part.role)} {posts[part.post]}" for part in card.parts
            ),
            "\n".join(steps),
            card.edition,
            card.effective_from.isoformat(),
        ]


def _step(step: Step, posts: Mapping[str, str]) -> str:
    who = posts.get(step.post or "", step.lane)
    return "　".join(filter(None, (step.name, who, limit_of(step))))
