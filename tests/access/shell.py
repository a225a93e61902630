"""Who may open the pages that stand above every room."""

from lianfang.audit.models import Event
from lianfang.jobs.models import Job
from lianfang.notices.models import Channel, Notice
from lianfang.org.tests.cast import AT, Cast
from tests.access.parts import AUDIT, EVERYBODY, MOVED, NOBODY, SYSTEM, UNKNOWN, row


def event_of(cast: Cast) -> int:
    """Return a record of the log that belongs to the organisation."""
    return Event.objects.filter(organisation=cast.organisation.pk).latest("position").position


def job_of(cast: Cast) -> int:
    """Return a piece of long work that the audit administrator asked for."""
    login = cast.logins["audit"]
    job = Job.objects.filter(asked_by=login).first()
    return (job or Job.objects.create(kind="audit.verify", asked_by=login, created_at=AT)).pk


def notice_of(cast: Cast) -> int:
    """Return a notice to the system administrator."""
    login = cast.logins["system"]
    notice = Notice.objects.filter(recipient=login).first()
    return (notice or Notice.objects.create(recipient=login, kind="x", created_at=AT)).pk


def bot_of(cast: Cast) -> str:
    """Return the kind of a channel that is set in that organisation alone."""
    Channel.objects.get_or_create(organisation=cast.organisation.pk, kind="wecom")
    return "wecom"


SHELL = [
    row("shell:desk", EVERYBODY),
    row("shell:search", EVERYBODY),
    row("shell:palette", EVERYBODY),
    row("shell:help", EVERYBODY),
    row("shell:guide", EVERYBODY, lambda own, other: ["head"]),
    row(
        "shell:guide",
        NOBODY,
        lambda own, other: ["pirate"],
        about="of no role",
        hidden=EVERYBODY,
    ),
    row("shell:settled", EVERYBODY, method="post", status=MOVED),
    row("shell:clause", EVERYBODY),
    row("shell:language", EVERYBODY, method="post", status=MOVED, nobody=MOVED),
    # only in example mode there is such a page
    row("shell:enter", NOBODY, hidden=EVERYBODY, nobody=UNKNOWN),
    row("shell:log", AUDIT),
    row("shell:log-export", AUDIT, method="post"),
    row("shell:log-verify", AUDIT, method="post", status=MOVED),
    row("shell:event", AUDIT, lambda own, other: [event_of(own)], about="own"),
    row(
        "shell:event",
        NOBODY,
        lambda own, other: [event_of(other)],
        about="of another organisation",
        hidden=AUDIT,
    ),
    row("shell:jobs", EVERYBODY),
    row("shell:job", AUDIT, lambda own, other: [job_of(own)], hidden=EVERYBODY - AUDIT),
    row(
        "shell:job-cancel",
        AUDIT,
        lambda own, other: [job_of(own)],
        hidden=EVERYBODY - AUDIT,
        method="post",
        status=MOVED,
    ),
    row(
        "shell:job-retry",
        NOBODY,
        lambda own, other: [job_of(other)],
        about="of another organisation",
        hidden=EVERYBODY,
        method="post",
    ),
    row("shell:notices", EVERYBODY),
    row("shell:wishes", EVERYBODY),
    row("shell:channels", SYSTEM),
    row("shell:messages-again", SYSTEM, method="post", status=MOVED),
    row("shell:channel", SYSTEM, lambda own, other: ["email"]),
    row("shell:channel", NOBODY, lambda own, other: ["pigeon"], about="of no kind", hidden=SYSTEM),
    row("shell:channel-test", SYSTEM, lambda own, other: [bot_of(own)]),
    row(
        "shell:channel-test",
        NOBODY,
        lambda own, other: ["feishu"],
        about="not set",
        hidden=SYSTEM,
    ),
    row("shell:notices-seen", EVERYBODY, method="post", status=MOVED),
    row(
        "shell:notice-open",
        {"system"},
        lambda own, other: [notice_of(own)],
        hidden=EVERYBODY - {"system"},
        method="post",
        status=MOVED,
    ),
]
