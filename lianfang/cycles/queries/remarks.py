"""The checker's remarks on a filing, with what each is about and its page (六（二）)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from lianfang.common.text import Text
from lianfang.cycles.models import Filing, Remark
from lianfang.cycles.queries.covering import submission_of, submitted
from lianfang.cycles.rules.remarks import Target, target_in
from lianfang.org.models import Post
from lianfang.powers.models import Power, Step
from lianfang.register.difference import Part
from lianfang.register.words import FIELD_LABELS, PART_LABELS
from lianfang.risks.models import Measure, RiskPoint
from lianfang.risks.queries.checking import addresses_of
from lianfang.scheme.model import FiveCheck, Scheme

Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class ShownRemark:
    """A remark with the page of what it is about, empty where that is gone or is the whole unit.

    `holder` is the kind and code of the power, risk point, post or rule that it concerns.
    """

    remark: Remark
    holder: Key
    url: str

    @property
    def field(self) -> Text | None:
        """What the field it is about is called."""
        return FIELD_LABELS.get(self.remark.field)

    @property
    def part(self) -> Text | None:
        """What kind of thing it is about, where that is no power or risk point."""
        inner = (Part.STEP, Part.MEASURE, Part.POST, Part.REGULATION, Part.UNIT)
        return PART_LABELS[Part(self.remark.part)] if self.remark.part in inner else None


@dataclass(frozen=True, kw_only=True)
class RemarkGroup:
    """The checker's remarks under one of the five checks."""

    check: FiveCheck
    remarks: tuple[ShownRemark, ...]

    @property
    def open(self) -> int:
        """How many are not closed."""
        return sum(shown.remark.closed_at is None for shown in self.remarks)


def remarks_of(filing: Filing, scheme: Scheme) -> list[RemarkGroup]:
    """Return the remarks by check, newest last. One statement, and one for each kind of part."""
    shown = _shown(filing, filing.remarks.select_related("raised_by__person").order_by("pk"))
    return [
        RemarkGroup(
            check=check,
            remarks=tuple(one for one in shown if one.remark.check_code == check.code),
        )
        for check in scheme.checks.five
    ]


def open_remarks_at(post: Post, filings: QuerySet[Filing]) -> list[str]:
    """Return what is still asked about a post, its risk points and its powers, the newest first.

    Four statements.
    """
    rows = Remark.objects.filter(filing__in=filings, filing__unit=post.unit_id, closed_at=None)
    asked = list(rows.exclude(about="").order_by("-pk"))
    if not asked:
        return []
    risks = RiskPoint.objects.filter(posts=post)
    measures = Measure.objects.filter(risk__posts=post)
    powers = Power.objects.filter(parts__post=post)
    named = {(Part.POST.value, post.code)}
    named |= {(Part.RISK.value, code) for code in risks.values_list("code", flat=True)}
    named |= {(Part.MEASURE.value, code) for code in measures.values_list("code", flat=True)}
    named |= {(Part.POWER.value, code) for code in powers.values_list("code", flat=True)}
    return [
        f"{remark.text}（{remark.about}）"
        for remark in asked
        if (remark.part, remark.about) in named
    ]


def target_of(filing: Filing, about: str, part: str = "") -> Target | None:
    """Return the part of what was last submitted that has such a code. One statement at most."""
    kept = submission_of(filing, filing.round) if about else None
    return target_in(submitted(kept), about, part) if kept else None


def _shown(filing: Filing, rows: Iterable[Remark]) -> list[ShownRemark]:
    remarks = list(rows)
    inner = _holders(filing, remarks)
    keys = {
        remark.pk: inner.get((remark.part, remark.about), (remark.part, remark.about))
        for remark in remarks
    }
    pages = addresses_of({key for key in keys.values() if key[1]}, filing.organisation)
    return [
        ShownRemark(remark=remark, holder=keys[remark.pk], url=pages.get(keys[remark.pk], ""))
        for remark in remarks
    ]


def _holders(filing: Filing, remarks: list[Remark]) -> Mapping[Key, Key]:
    """Return of which power or risk point the steps and measures are that remarks are about."""
    found: dict[Key, Key] = {}
    steps = [remark.about for remark in remarks if remark.part == Part.STEP]
    if steps:
        rows = Step.objects.filter(power__unit=filing.unit_id, code__in=steps)
        for code, power in rows.values_list("code", "power__code"):
            found[Part.STEP.value, code] = (Part.POWER.value, power)
    measures = [remark.about for remark in remarks if remark.part == Part.MEASURE]
    if measures:
        of_risks = Measure.objects.filter(risk__unit=filing.unit_id, code__in=measures)
        for code, risk in of_risks.values_list("code", "risk__code"):
            found[Part.MEASURE.value, code] = (Part.RISK.value, risk)
    return found
