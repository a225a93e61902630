"""What the tables of this room have in common: names, retiring, from and to."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Bilingual(models.Model):
    """Something with a Chinese name, and an English one where somebody wrote it."""

    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name in the language of the page; Chinese where there is no English one."""
        return self.name_en if self.name_en and reads_english() else self.name


def reads_english() -> bool:
    """Return whether the page is in English."""
    return (get_language() or "").startswith("en")


class Retirable(models.Model):
    """Something that is retired, never deleted."""

    retired_on = models.DateField(_("停用日期"), null=True, blank=True)
    retired_reason = models.CharField(_("停用原因"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def in_use(self, on: date) -> bool:
        """Return whether it is not retired on that day."""
        return self.retired_on is None or on < self.retired_on


class Dated(models.Model):
    """Something that holds from one day to another, both included; an open end holds on."""

    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    # A wrong entry is withdrawn with a reason; the row stays.
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def holds(self, on: date) -> bool:
        """Return whether it holds on that day."""
        return (
            self.withdrawn_at is None
            and self.from_on <= on
            and (self.to_on is None or on <= self.to_on)
        )


def holding(on: date) -> Q:
    """Return the condition under which a Dated row holds on that day."""
    return Q(withdrawn_at=None, from_on__lte=on) & (Q(to_on=None) | Q(to_on__gte=on))
