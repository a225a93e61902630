"""Which notices somebody may see: their own."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from lianfang.accounts.models import User
from lianfang.notices.models import Notice


def notices_visible_to(user: User) -> QuerySet[Notice]:
    """Return the notices that were told to somebody."""
    return Notice.objects.filter(recipient=user)


def get_notice_for(user: User, notice_id: int) -> Notice:
    """Return a notice. Raises Http404 for one that was told to somebody else."""
    return get_object_or_404(notices_visible_to(user), pk=notice_id)
