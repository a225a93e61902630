"""The example's year under way: published, returned, sent again, checked, drafted, not begun."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from functools import partial

from django.db.models import Count

from lianfang.accounts.models import User
from lianfang.cycles.actions.proposing import propose_revisions
from lianfang.cycles.actions.revising import open_revision
from lianfang.duties.actions.raising import confirm_breach
from lianfang.example.deeds import Deed
from lianfang.example.earlier import FIRST_UNITS
from lianfang.example.moments import TOOK_PART, Calendar
from lianfang.example.reading import rows_of
from lianfang.example.yearly import Year
from lianfang.org.models import Organisation, Person, Post, Unit
from lianfang.org.queries.structure import structure_of
from lianfang.risks.actions.measures import change_measure, values_of
from lianfang.risks.actions.rating import endorse_level
from lianfang.risks.models import Measure, RiskPoint, RiskPost
from lianfang.risks.rules.endorsing import endorsers

# how far the filings of these units have come; others are being drafted
_PUBLISHED = ("ZLC", "ZLC-TS", "JSC", "PDC", "FZC-GJ")
_RETURNED = ("JGC", "SLC")
# mended and sent again, and being checked a second time
_SENT_AGAIN = "SLC"
# the office's own unit, checked by somebody of another one
_CHECKED_BY_NAME = "BGS"
_IN_CHECK = ("GS-PX",)
_SUBMITTED = ("GS-ZH",)
_NOT_STARTED = ("GS-JS",)
# drafting, and some of what the last edition has gone over already
_GOES_OVER = ("SY1", "CWC", "LD")
_WHY = "按领导小组会议确定的日期开始"
# how long those who have not sent theirs still may, whenever in the year that is
_UNTIL = "+9d"
# of those published: where a breach was found since, and where a power is being revised
_BREACHED, _REVISED = "ZLC", "PDC"
_ASKED = "事后处置写明了谁来做，没有写明多久之内做完。"
_RETURNED_FOR = "请补写事后处置的时限，并核对监督岗位。"


class _ThisYear(Year):
    """What is peculiar to this year."""

    def mend(self, unit: str, at: datetime) -> None:
        """Say in the first two measures afterwards until when."""
        self.answer(unit, at)
        after = Measure.objects.filter(
            risk__organisation=self.organisation, risk__unit__code=unit, phase="after"
        )
        for measure in after.select_related("post", "regulation").order_by("code")[:2]:
            values = values_of(measure)
            mended = replace(values, text=f"{values.text}，十个工作日内办结")
            change_measure(measure=measure, values=mended, by=None, at=at)

    def endorse(self, unit: str, at: datetime) -> None:
        """Let those who stand above endorse the levels that a unit proposes (五（三）)."""
        structure = structure_of(self.organisation.pk, at.date())
        waiting = RiskPoint.objects.filter(unit__code=unit, endorsed="").exclude(proposed="")
        for risk in waiting.prefetch_related("posts").order_by("code"):
            posts = [post.pk for post in risk.posts.all()]
            above = endorsers(
                structure, unit=risk.unit_id, posts=posts, proposer=risk.proposed_by_id
            )
            people = Person.objects.filter(pk__in=[each for each in above if each])
            endorse_level(
                risk=risk,
                level=risk.proposed,
                scheme=self.scheme(at),
                endorser=people.order_by("code").first(),
                by=None,
                at=at,
            )

    def find_breach(self, at: datetime) -> None:
        """Record a breach in the post of the quality unit that carries most risk points."""
        carried = RiskPost.objects.filter(post__unit__code=_BREACHED, post__is_unit_head=False)
        most = carried.values("post").annotate(n=Count("pk")).order_by("-n", "post__code")[0]
        confirm_breach(
            post=Post.objects.get(pk=most["post"]),
            power=None,
            what="未按规定回避，参与审核亲属所在单位的材料；已批评教育并另行安排复核。",
            reference="",
            found_on=at.date(),
            scheme=self.scheme(at),
            on=at.date(),
            by=self.officer,
            at=at,
        )

    def revise(self, at: datetime) -> None:
        unit = Unit.objects.get(organisation=self.organisation, code=_REVISED)
        open_revision(
            unit=unit,
            trigger="process_changed",
            reason="受理改为线上办理，原纸质登记环节取消，监督岗位随之调整。",
            powers=list(unit.powers.filter(retired_on=None).order_by("code")[:1]),
            covers_rest=False,
            scheme=self.scheme(at),
            on=at.date(),
            by=None,
            at=at,
        )

    def propose(self, at: datetime) -> None:
        propose_revisions(
            organisation=self.organisation,
            scheme=self.scheme(at),
            on=at.date(),
            by=None,
            at=at,
        )


def deeds_of_the_year(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> Iterator[Deed]:
    """Open this year's work and bring the filings of some units some way."""
    year, moment = _ThisYear(organisation, logins, calendar.on.year), calendar.moment
    units = [row["代码"] for row in rows_of("units") if row["上级代码"]]
    begun = [unit for unit in units if unit not in _NOT_STARTED]
    yield Deed(moment(TOOK_PART + 2, 9), year.open)
    until = calendar.day(_UNTIL)
    yield Deed(moment(TOOK_PART + 2, 9, 10), partial(year.open_stage, "fill", _WHY, ends_on=until))
    yield Deed(moment(TOOK_PART + 1, 9), partial(year.start, begun))
    yield from _submissions(year, calendar)
    yield from _checks(year, calendar)
    yield Deed(moment(10, 15), partial(year.decide, _PUBLISHED))
    yield Deed(moment(9, 9), partial(year.issue_minutes, 0))
    for minute, unit in enumerate(_PUBLISHED):
        yield Deed(moment(8, 10, minute), partial(year.publish, unit))
    yield Deed(moment(7, 9), partial(year.issue_notice, 0))
    yield Deed(moment(6, 11), year.find_breach)
    yield Deed(moment(5, 10), year.revise)
    yield Deed(moment(4, 2), year.propose)


def _submissions(year: _ThisYear, calendar: Calendar) -> Iterator[Deed]:
    moment = calendar.moment
    for minute, unit in enumerate((*_PUBLISHED, *_RETURNED)):
        yield Deed(moment(28, 10, minute), partial(year.endorse, unit))
        if unit in FIRST_UNITS:
            yield Deed(moment(27, 10, minute), partial(year.go_over, unit, Fraction(1)))
    for minute, unit in enumerate(_GOES_OVER):
        yield Deed(moment(18, 10, minute), partial(year.go_over, unit, Fraction(1, 2)))
    for minute, unit in enumerate((*_PUBLISHED, *_RETURNED, *_IN_CHECK, *_SUBMITTED)):
        yield Deed(moment(25, 10, minute), partial(year.submit, unit))
    for minute, unit in enumerate((*_PUBLISHED, *_RETURNED, *_IN_CHECK)):
        yield Deed(moment(20, 9, minute), partial(year.take_up, unit))


def _checks(year: _ThisYear, calendar: Calendar) -> Iterator[Deed]:
    moment = calendar.moment
    for minute, unit in enumerate(_PUBLISHED):
        yield Deed(moment(16, 10, minute), partial(year.conclude, unit))
    for minute, unit in enumerate(_RETURNED):
        yield Deed(moment(15, 9, minute), partial(year.ask, unit, "C5", _ASKED))
        yield Deed(moment(15, 10, minute), partial(year.send_back, unit, _RETURNED_FOR))
    for unit in _IN_CHECK:
        yield Deed(moment(13, 9), partial(year.ask, unit, "C3", "培训报名环节没有风险点，请说明。"))
    yield Deed(moment(12, 9), partial(year.resume, _SENT_AGAIN))
    yield Deed(moment(12, 10), partial(year.mend, _SENT_AGAIN))
    yield Deed(moment(11, 16), partial(year.submit, _SENT_AGAIN))
    yield Deed(moment(10, 9), partial(year.take_up, _SENT_AGAIN))
    yield Deed(moment(10, 9, 5), partial(year.name_checker, _CHECKED_BY_NAME, year.logins["head"]))
