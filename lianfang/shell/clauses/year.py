"""Figures of the year's work: stages, filings, remarks, consultation, editions, revisions (六)."""

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from lianfang.cycles.access import cycles_visible_to, editions_visible_to, filings_visible_to
from lianfang.cycles.models import (
    Comment,
    CorrectiveTask,
    CycleStage,
    Decision,
    Filing,
    Remark,
    Revision,
)
from lianfang.org.standing import Standing
from lianfang.shell.clauses.figures import Figure, Figures

_PASSED = (Filing.State.CHECKED, Filing.State.APPROVED, Filing.State.PUBLISHED)


def of_year(standing: Standing) -> Figures:
    """Count what became of this year's filings (六（一）–六（三）, 七（四）). Seven statements."""
    cycles = cycles_visible_to(standing).filter(year=standing.on.year)
    filings = filings_visible_to(standing).filter(cycle__in=cycles)
    counted = filings.filter(revision=None).aggregate(
        all=Count("pk"),
        sent=Count("pk", filter=Q(round__gt=0)),
        checked=Count("pk", filter=Q(state__in=_PASSED)),
        published=Count("pk", filter=Q(state=Filing.State.PUBLISHED)),
    )
    stages = CycleStage.objects.filter(cycle__in=cycles).aggregate(
        all=Count("pk"), closed=Count("pk", filter=Q(closed_on__isnull=False))
    )
    remarks = Remark.objects.filter(filing__in=filings).aggregate(
        all=Count("pk"), closed=Count("pk", filter=Q(closed_at__isnull=False))
    )
    comments = Comment.objects.filter(filing__in=filings).aggregate(
        all=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False))
    )
    tasks = CorrectiveTask.objects.filter(review__cycle__in=cycles).aggregate(
        all=Count("pk"), confirmed=Count("pk", filter=Q(state=CorrectiveTask.State.CONFIRMED))
    )
    decisions = Decision.objects.filter(filing__in=filings).count()
    every, page = counted["all"], "cycles:board"
    return {
        "filings_opened": Figure(label=_("今年填报的单位"), count=every, page=page),
        "filings_sent": Figure(label=_("已报送的单位"), count=counted["sent"], of=every, page=page),
        "filings_checked": Figure(
            label=_("审核通过的单位"), count=counted["checked"], of=every, page=page
        ),
        "filings_published": Figure(
            label=_("已发布的单位"), count=counted["published"], of=every, page=page
        ),
        "stages_closed": Figure(
            label=_("已结束的阶段"), count=stages["closed"], of=stages["all"], page=page
        ),
        "remarks_closed": Figure(
            label=_("已办结的审核意见"), count=remarks["closed"], of=remarks["all"], page=page
        ),
        "comments_answered": Figure(
            label=_("已答复的征求意见"),
            count=comments["answered"],
            of=comments["all"],
            page="cycles:consultations",
        ),
        "decisions": Figure(label=_("会议决定"), count=decisions, page="cycles:meetings-now"),
        "tasks_confirmed": Figure(
            label=_("已确认的整改事项"),
            count=tasks["confirmed"],
            of=tasks["all"],
            page="cycles:running-review-now",
        ),
        "revisions": Figure(
            label=_("今年的修订"),
            count=Revision.objects.filter(filing__in=filings).count(),
            page="cycles:revisions",
        ),
    }


def of_editions(standing: Standing) -> Figures:
    """Count the editions in force (六（三）). One statement."""
    rows: int = editions_visible_to(standing).filter(superseded_on=None).count()
    return {"editions": Figure(label=_("施行中的版本"), count=rows, page="cycles:editions")}
