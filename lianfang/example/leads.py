"""Leads of the example in every state: new, late, asked about, held, closed with and without."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lianfang.accounts.models import User
from lianfang.alerts.models import Alert
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.leads.actions import closing, deciding, letters, opening, proposing, working
from lianfang.leads.models import Lead, LeadProposal
from lianfang.leads.rules.states import Kind
from lianfang.org.models import Organisation, Person, Post
from lianfang.org.queries.numbers import scheme_of
from lianfang.scheme.model import Scheme

# of whom the discipline office has a login, and who keeps what is about the office
_OFFICER, _OVERSEER = "officer", "director"
_HANDLER, _COLLEAGUE = "1402", "1404"
_BREACHED, _ADMONISHED = "2001", "2404"


@dataclass(frozen=True, kw_only=True)
class _Leads:
    organisation: Organisation
    logins: dict[str, User]
    calendar: Calendar
    made: dict[str, Lead]

    @property
    def scheme(self) -> Scheme:
        return scheme_of(self.organisation, self.calendar.on)

    def register(self, name: str, origin: str, people: Sequence[str], at: datetime) -> None:
        """Register a lead about people, by staff number, received the day before."""
        self.made[name] = opening.open_lead(
            organisation=self.organisation,
            origin=origin,
            people=[self._person(code) for code in people],
            received_on=at.date() - timedelta(days=1),
            handlers=[self._person(_HANDLER)],
            scheme=self.scheme,
            on=at.date(),
            by=self.logins[_OFFICER],
            at=at,
        )

    def of_alert(self, name: str, about: str, at: datetime) -> None:
        """Make a lead of the alert about somebody that lies with the office."""
        alert = Alert.objects.get(
            organisation=self.organisation, way=Alert.Way.OFFICE, concerned__person__code=about
        )
        self.made[name] = opening.open_lead(
            organisation=self.organisation,
            origin="alert",
            alert=alert,
            received_on=at.date(),
            handlers=[self._person(_HANDLER)],
            scheme=self.scheme,
            on=at.date(),
            by=self.logins[_OFFICER],
            at=at,
        )

    def propose(self, name: str, kind: Kind, code: str, at: datetime, about: str = "") -> None:
        proposing.propose(
            lead=self.made[name],
            proposed=proposing.Proposed(
                kind=kind, code=code, person=self._person(about) if about else None
            ),
            scheme=self.scheme,
            on=at.date(),
            by=self._handler(name),
            at=at,
        )

    def extend(self, name: str, at: datetime) -> None:
        """Ask for another month."""
        proposing.propose(
            lead=self.made[name],
            proposed=proposing.Proposed(
                kind=Kind.EXTENSION,
                until_on=at.date() + timedelta(days=60),
                why=LeadProposal.Why.WAITING,
            ),
            scheme=self.scheme,
            on=at.date(),
            by=self._handler(name),
            at=at,
        )

    def approve(self, name: str, at: datetime) -> None:
        """Let the head of the leadership approve what waits."""
        deciding.approve_proposal(
            proposal=LeadProposal.objects.get(
                lead=self.made[name], state=LeadProposal.State.WAITING
            ),
            scheme=self.scheme,
            on=at.date(),
            by=self.logins["secretary"],
            at=at,
        )

    def conclude(self, name: str, result: str, at: datetime) -> None:
        working.conclude_lead(
            lead=self.made[name],
            result=result,
            concluded_on=at.date(),
            on=at.date(),
            by=self._handler(name),
            at=at,
        )

    def write(self, name: str, kind: str, about: str, at: datetime) -> None:
        letters.issue_letter(
            lead=self.made[name],
            kind=kind,
            person=self._person(about),
            until_on=at.date() + timedelta(days=15),
            scheme=self.scheme,
            on=at.date(),
            by=self._handler(name),
            at=at,
        )

    def close(self, name: str, at: datetime, post: str = "") -> None:
        """Close a lead, with a breach in a post where one is given."""
        found = Post.objects.filter(organisation=self.organisation, code=post).first()
        closing.close_lead(
            lead=self.made[name],
            breach=closing.BreachSaid(post=found) if found is not None else None,
            scheme=self.scheme,
            on=at.date(),
            by=self._handler(name),
            at=at,
        )

    def strike(self, name: str, at: datetime) -> None:
        opening.strike_lead(
            lead=self.made[name],
            reason=Lead.Struck.TWICE,
            on=at.date(),
            by=self._handler(name),
            at=at,
        )

    def _handler(self, name: str) -> User:
        is_above = self.made[name].body == Lead.Body.OVERSIGHT
        return self.logins[_OVERSEER if is_above else _OFFICER]

    def _person(self, code: str) -> Person:
        return Person.objects.get(organisation=self.organisation, code=code)


def _done(
    act: Callable[..., object], *rest: object, **more: object
) -> Callable[[datetime], object]:
    """Return an act that is told when; what else it takes stands around the moment."""
    return lambda at: act(*rest, at=at, **more)


def deeds_of_leads(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> list[Deed]:
    """Let leads come in, be decided, and come to their ends; one is about an officer."""
    leads = _Leads(organisation=organisation, logins=logins, calendar=calendar, made={})
    moment = calendar.moment
    disposal, outcome = Kind.DISPOSAL, Kind.OUTCOME

    def by(
        days: int, act: Callable[..., object], *rest: object, hour: int = 10, **more: object
    ) -> Deed:
        return Deed(moment(days, hour), _done(act, *rest, **more))

    return [
        by(130, leads.register, "proven", "report", [_BREACHED]),
        by(127, leads.propose, "proven", disposal, "preliminary_check"),
        by(126, leads.approve, "proven"),
        by(100, leads.conclude, "proven", "found"),
        by(99, leads.propose, "proven", outcome, "admonition", about=_BREACHED),
        by(98, leads.approve, "proven"),
        by(97, leads.write, "proven", "admonition", _BREACHED),
        by(96, leads.close, "proven", post="SY2-CZ"),
        by(75, leads.register, "ready", "report", [_ADMONISHED]),
        by(72, leads.propose, "ready", disposal, "preliminary_check"),
        by(71, leads.approve, "ready"),
        by(30, leads.conclude, "ready", "found"),
        by(29, leads.propose, "ready", outcome, "admonition", about=_ADMONISHED),
        by(28, leads.approve, "ready"),
        by(90, leads.register, "cleared", "report", ["1801"]),
        by(86, leads.propose, "cleared", disposal, "inquiry"),
        by(85, leads.approve, "cleared"),
        by(70, leads.conclude, "cleared", "cleared"),
        by(69, leads.close, "cleared"),
        by(80, leads.register, "held", "transfer", ["2501"]),
        by(77, leads.propose, "held", disposal, "hold"),
        by(75, leads.approve, "held"),
        by(60, leads.register, "above", "report", [_COLLEAGUE]),
        by(52, leads.propose, "above", disposal, "inquiry"),
        by(50, leads.approve, "above"),
        by(45, leads.register, "late", "inspection", ["1903"]),
        by(44, leads.register, "twice", "report", ["1903"], hour=15),
        by(43, leads.strike, "twice"),
        by(24, leads.register, "asked", "report", ["1306"]),
        by(20, leads.propose, "asked", disposal, "inquiry"),
        by(19, leads.approve, "asked"),
        by(18, leads.write, "asked", "inquiry", "1306"),
        by(15, leads.register, "longer", "other", ["1701"]),
        by(12, leads.extend, "longer"),
        by(6, leads.of_alert, "money", "1911"),
        by(5, leads.propose, "money", disposal, "preliminary_check"),
    ]
