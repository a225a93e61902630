"""What the public catalogue asks of the office: to follow the editions (七（三）)."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lianfang.org.standing import Standing
from lianfang.public.access import is_office
from lianfang.public.queries.preview import editions_since, publication_in_force
from lianfang.public.rules.cards import CLAUSE
from lianfang.shell.todo import Todo

# within so many days of the last publication the catalogue is looked at again
_DAYS = 90


def catalogue_to_publish(standing: Standing) -> tuple[Todo, ...]:
    """Ask the office to look at the preview where editions came after the catalogue."""
    if not is_office(standing):
        return ()
    now = publication_in_force(standing.organisation_id)
    if now is None:
        return ()
    many = editions_since(standing.organisation_id, now.published_at, standing.on)
    if not many:
        return ()
    return (
        Todo(
            kind=_("公开"),
            icon="globe",
            title=gettext("查看公开目录的预览，决定是否重新公布"),
            reason=ngettext(
                "上次公布之后又发布了 %(many)s 个版本。",
                "上次公布之后又发布了 %(many)s 个版本。",
                many,
            )
            % {"many": many},
            clause=CLAUSE,
            due=max(standing.on, now.published_on + timedelta(days=_DAYS)),
            act=_("去查看"),
            url=reverse("disclosure:preview"),
        ),
    )
