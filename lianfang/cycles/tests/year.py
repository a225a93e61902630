"""A year under way for the tests: a small register without errors, a cycle, its filings."""

from collections.abc import Callable
from datetime import date

from lianfang.cycles.actions import checking, cycle, deciding, filing, publishing
from lianfang.cycles.models import Cycle, Decision, Edition, Filing, Meeting
from lianfang.org import actions as org
from lianfang.org.models import Body, Person
from lianfang.org.tests.cast import AT, ON, SINCE, Cast
from lianfang.register import model
from lianfang.risks.actions.apply import apply_register
from lianfang.scheme.load import load_scheme

SCHEME = load_scheme("cnas-2012")
Outcome = Decision.Outcome


def powered(cast: Cast) -> None:
    """Store a power of finance with its flow, a rated risk point and a measure in each phase."""
    power = model.Power(
        id="CW-01",
        code="CW-01",
        unit="CW",
        name="差旅费报销审核",
        category="execution",
        bases=(model.Basis(text="《差旅费管理办法》", article="第三条"),),
        posts=(
            model.PowerPost(post="CWC", role=model.Role.DECIDES, limit="五万元以内", amount=50000),
            model.PowerPost(post="CWG", role=model.Role.EXECUTES, limit="按审批单办理"),
            model.PowerPost(post="BGC", role=model.Role.SUPERVISES, limit="按季抽查"),
        ),
        steps=(
            model.Step(
                id="CW-01-1",
                name="受理报销单",
                kind=model.StepKind.START,
                post="CWG",
                arrows=(model.Arrow(to="CW-01-2"),),
            ),
            model.Step(
                id="CW-01-2",
                name="核对票据",
                kind=model.StepKind.STEP,
                post="CWG",
                arrows=(model.Arrow(to="CW-01-3"),),
            ),
            model.Step(id="CW-01-3", name="归档凭证", kind=model.StepKind.END, post="CWG"),
        ),
    )
    phases = ("early", "during", "after")
    risk = model.RiskPoint(
        id="R-CW-01",
        unit="CW",
        about=model.Subject(kind=model.SubjectKind.POWER, id="CW-01"),
        title="虚列差旅天数套取补助",
        posts=("CWG",),
        aspects=("conduct",),
        manifestations=(model.Manifestation(text="出差三天按五天填报，多领伙食补助和交通补助"),),
        level="medium",
        measures=tuple(
            model.Measure(
                id=f"R-CW-01-{place}",
                text=text,
                phase=phase,
                post="CWC",
                frequency="每月",
                evidence="核对记录",
            )
            for place, (phase, text) in enumerate(
                zip(
                    phases,
                    (
                        "报销前由经办人上传往返车票并与审批单逐日核对",
                        "每月随机抽取五份报销单与考勤记录比对",
                        "查实多领的当月退回，并通报所在处室",
                    ),
                    strict=True,
                ),
                1,
            )
        ),
    )
    apply_register(
        organisation=cast.organisation,
        register=model.Register(powers=(power,), risks=(risk,)),
        scheme=SCHEME,
        on=ON,
        by=None,
        at=AT,
    )


def opened(cast: Cast) -> Cycle:
    """Return this year's work, opened by the office."""
    return cycle.open_cycle(
        organisation=cast.organisation,
        year=ON.year,
        scheme=SCHEME,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def filing_of(cast: Cast, unit: str = "CW") -> Filing:
    """Return a unit's filing as it is stored."""
    rows = Filing.objects.select_related("cycle", "unit", "organisation", "lock", "checker")
    return rows.get(unit=cast.units[unit], revision=None)


def brought_to(cast: Cast, state: str, found: Filing | None = None) -> Filing:
    """Return a filing, finance's by default, brought to a state by those whose steps it needs."""
    if not Cycle.objects.filter(organisation=cast.organisation).exists():
        opened(cast)
    steps: dict[str, Callable[..., object]] = {
        "drafting": start,
        "submitted": submit,
        "in_check": take_up,
        "checked": conclude,
        "approved": approve,
        "published": publish,
    }
    states = ["not_started", *steps]
    now = found or filing_of(cast)
    for after in states[states.index(now.state) + 1 : states.index(state) + 1]:
        steps[after](cast, found=now)
        now.refresh_from_db()
        assert now.state == after
    return found or filing_of(cast)


def start(cast: Cast, *, found: Filing | None = None) -> Filing:
    return filing.start_filing(filing=found or filing_of(cast), by=cast.logins["clerk"], at=AT)


def submit(cast: Cast, *, found: Filing | None = None) -> Filing:
    return filing.submit_filing(
        filing=found or filing_of(cast),
        statement="梳理职权一项",
        scheme=SCHEME,
        on=ON,
        by=cast.logins["head"],
        at=AT,
    )


def take_up(cast: Cast, checker: str = "office", *, found: Filing | None = None) -> Filing:
    return checking.take_up(
        filing=found or filing_of(cast),
        checker=cast.people[checker],
        on=ON,
        by=cast.logins[checker],
        at=AT,
    )


def send_back(cast: Cast, reason: str = "补写责任岗位", *, found: Filing | None = None) -> Filing:
    return checking.return_filing(
        filing=found or filing_of(cast),
        reason=reason,
        scheme=SCHEME,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def resume(cast: Cast, part: str = "clerk", *, found: Filing | None = None) -> Filing:
    return filing.resume_filing(
        filing=found or filing_of(cast), scheme=SCHEME, on=ON, by=cast.logins[part], at=AT
    )


def conclude(cast: Cast, *, found: Filing | None = None) -> Filing:
    return checking.conclude(
        filing=found or filing_of(cast),
        verdicts={check.code: checking.Verdict(is_met=True) for check in SCHEME.checks.five},
        scheme=SCHEME,
        by=cast.logins["office"],
        at=AT,
    )


def approve(
    cast: Cast,
    outcome: Outcome = Outcome.APPROVED,
    *,
    changes: str = "",
    found: Filing | None = None,
) -> Meeting:
    """Record a meeting of the whole group that is of one mind."""
    members = [cast.people["secretary"]]
    decided = found or filing_of(cast)
    return deciding.record_meeting(
        cycle=decided.cycle,
        held_on=ON,
        place="三楼会议室",
        present=members,
        votes=[deciding.Vote(filing=decided, outcome=outcome, changes=changes, approving=members)],
        scheme=SCHEME,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def publish(cast: Cast, *, found: Filing | None = None, effective_from: date = ON) -> Edition:
    return publishing.publish(
        filing=found or filing_of(cast),
        effective_from=effective_from,
        scheme=SCHEME,
        on=ON,
        by=cast.logins["office"],
        at=AT,
    )


def joined(cast: Cast, *parts: str) -> list[Person]:
    """Seat more people in the leading group, and return them."""
    for part in parts:
        org.join_body(
            body=cast.bodies[Body.Kind.LEADING_GROUP],
            person=cast.people[part],
            from_on=SINCE,
            by=None,
            at=AT,
        )
    return [cast.people[part] for part in parts]
