"""Guides and topics as one person sees them: their own first, with links they may open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.functional import Promise

from lianfang.common.http import language_now
from lianfang.common.text import Language
from lianfang.org.rules.roles import Role
from lianfang.org.standing import Standing
from lianfang.shell.guides.topics import TOPICS
from lianfang.shell.guides.written import GUIDES, Guide, Step
from lianfang.shell.pages import Page, pages_for


@dataclass(frozen=True, kw_only=True)
class ShownStep:
    """A step with its page, None where the reader may not open it, and a picture, if any."""

    says: Promise | str
    page: Page | None
    picture: str


@dataclass(frozen=True, kw_only=True)
class ShownGuide:
    """A guide with its steps; `is_own` where the reader holds the role."""

    guide: Guide
    is_own: bool
    steps: tuple[ShownStep, ...]


@dataclass(frozen=True, kw_only=True)
class ShownTopic:
    """A group of pages with those the reader may open."""

    room: str
    title: Promise | str
    says: Promise | str
    pages: tuple[Page, ...]


def guides_for(standing: Standing | None) -> tuple[Guide, ...]:
    """Return the guides, one's own first. No statement."""
    return tuple(sorted(GUIDES, key=lambda guide: not _is_own(guide, standing)))


def own_guides(standing: Standing | None) -> tuple[Guide, ...]:
    """Return the guides of the roles somebody holds. No statement."""
    return tuple(guide for guide in GUIDES if _is_own(guide, standing))


def guide_of(code: str, standing: Standing | None) -> ShownGuide | None:
    """Return a guide, None where there is none of that name. No statement."""
    found = next((guide for guide in GUIDES if guide.code == code), None)
    if found is None:
        return None
    pages = pages_for(standing) if standing else {}
    return ShownGuide(
        guide=found,
        is_own=_is_own(found, standing),
        steps=tuple(_shown(found.steps, pages)),
    )


def topics_for(standing: Standing | None) -> tuple[ShownTopic, ...]:
    """Return the topics of which somebody may open a page. No statement."""
    pages = pages_for(standing) if standing else {}
    return tuple(
        ShownTopic(room=topic.room, title=topic.title, says=topic.says, pages=open_to)
        for topic in TOPICS
        if (open_to := tuple(pages[name] for name in topic.pages if name in pages))
    )


def topic_of(page: str) -> str:
    """Return the anchor of the topic that a page belongs to, empty for none."""
    room = page.partition(":")[0]
    return f"#help-{room}" if room in {topic.room for topic in TOPICS} else ""


def _is_own(guide: Guide, standing: Standing | None) -> bool:
    return standing is not None and standing.has(Role(guide.role))


def _shown(steps: Iterable[Step], pages: Mapping[str, Page]) -> Iterable[ShownStep]:
    language = "en" if language_now() is Language.EN else "zh"
    for step in steps:
        picture = static(f"help/{step.picture}-{language}.webp") if step.picture else ""
        yield ShownStep(says=step.says, page=pages.get(step.page), picture=picture)
