"""What every page of this room has: the banner, and a form about a lead."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from lianfang.common.acting import act
from lianfang.common.http import AppRequest
from lianfang.leads import access
from lianfang.leads.models import Lead
from lianfang.leads.rules.states import CLAUSE
from lianfang.org.access import standing_for
from lianfang.org.queries.numbers import scheme_of
from lianfang.org.standing import Standing
from lianfang.scheme.model import Scheme

FORM = "leads/form.html"


class About:
    """A lead that somebody asked for, with what its pages need."""

    def __init__(self, request: AppRequest, lead_id: UUID, *, to: access.To = "view") -> None:
        self.request = request
        self.standing: Standing = standing_for(request)
        self.lead: Lead = access.get_lead_for(self.standing, lead_id, to=to)
        self.scheme: Scheme = scheme_of(self.lead.organisation, self.standing.on)

    @property
    def keeps_content(self) -> bool:
        """Whether the organisation keeps content of leads here."""
        return not self.scheme.leads.register_only

    @property
    def page(self) -> str:
        """The address of the lead."""
        return reverse("leads:lead", args=[self.lead.pk])

    def act(
        self,
        form: forms.Form,
        deed: Callable[[], object],
        *,
        title: str,
        then: str = "",
        after: Callable[[], str] | None = None,
        sub: str = "",
        danger: bool = False,
        button: str = "",
        page: str = FORM,
        more: Mapping[str, object] | None = None,
    ) -> HttpResponse:
        """Answer a form about the lead."""
        return act(
            self.request,
            form,
            deed,
            title=title,
            sub=sub,
            clause=CLAUSE,
            then=then or self.page,
            after=after,
            danger=danger,
            button=button,
            page=page,
            more={"lead": self.lead, "banner": self.scheme.leads.notice, **(more or {})},
        )
