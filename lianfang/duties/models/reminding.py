"""Who was reminded of which duty: so that nobody is reminded of the same thing twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.duties.models.duty import Duty
from lianfang.notices.models import Notice
from lianfang.org.models import Person


class Reminder(models.Model):
    """A reminder (提醒) of a duty that somebody got: by which rule of the scheme, in which notice.

    `due_on` is the date the duty had then; a date that is moved begins anew. The code `PRESSED` is
    no rule's: somebody above pressed (催办). Source: 三, 七（二）.
    """

    PRESSED = "pressed"

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="reminders", db_index=False
    )
    code = models.CharField(_("提醒"), max_length=40)
    due_on = models.DateField(_("期限"))
    sent_on = models.DateField(_("提醒日期"))
    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("通知")
    )

    class Meta:
        verbose_name = _("履责提醒")
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "person", "code", "due_on"],
                condition=~models.Q(code="pressed"),
                name="duties_reminder_once_by_a_rule",
            ),
            models.UniqueConstraint(
                fields=["duty", "person", "sent_on"],
                condition=models.Q(code="pressed"),
                name="duties_reminder_pressed_once_a_day",
            ),
        ]
        indexes = [models.Index(fields=["person", "duty"], name="duties_reminder_of_person")]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.code}"
