"""Nobody records a breach in a post of their own, or lets its level down."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser

from lianfang.common.errors import Refused
from lianfang.common.text import Text
from lianfang.org.models import Appointment, Post, holding


class OwnPost(Refused):
    """Somebody would judge a post that they hold."""


def require_other(post: Post, by: AbstractBaseUser | None, on: date) -> None:
    """Raise OwnPost for somebody who holds the post on that day. One statement."""
    if by is None:
        return
    own = Appointment.objects.filter(holding(on), post=post, person__login=by.pk)
    if own.exists():
        raise OwnPost(
            Text(
                f"您在岗位“{post.name}”任职，应当回避。请由纪检监察室的其他人员办理。",
                f"You hold the post {post.name} and stay out of this. Let somebody else of the "
                "discipline office do it.",
            )
        )
