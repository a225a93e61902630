"""The public catalogue of the example: two powers withheld, the rest published."""

from dataclasses import dataclass
from datetime import datetime

from lianfang.accounts.models import User
from lianfang.example.deeds import Deed
from lianfang.example.moments import Calendar
from lianfang.org.models import Organisation
from lianfang.powers.models import Power
from lianfang.public.actions.publishing import publish_catalogue
from lianfang.public.actions.withholding import withhold_power
from lianfang.public.queries.preview import preview_of

_WITHHELD = "细节涉及评审对象的商业信息，办事指南另行公开。"
_CONTACT = "监督电话 010-0000 0000（工作日 9:00–17:00）　来信：示范市示范路 1 号 纪检监察室收"
_CONTACT_EN = (
    "Telephone 010-0000 0000 (working days 9:00–17:00). "
    "Letters: Discipline Inspection Office, 1 Model Road, Model City"
)
_MANY = 2


@dataclass(frozen=True, kw_only=True)
class _Showing:
    organisation: Organisation
    logins: dict[str, User]

    def withhold(self, at: datetime) -> None:
        """Withhold the last powers of the preview."""
        preview = preview_of(self.organisation, at.date())
        for card in preview.cards[-_MANY:]:
            withhold_power(
                power=Power.objects.get(organisation=self.organisation, code=card.code),
                reason=_WITHHELD,
                on=at.date(),
                by=self.logins["office"],
                at=at,
            )

    def publish(self, at: datetime) -> None:
        publish_catalogue(
            organisation=self.organisation,
            seen=preview_of(self.organisation, at.date()).digest,
            reason="按现行版本首次公布职权目录。",
            contact=_CONTACT,
            contact_en=_CONTACT_EN,
            on=at.date(),
            by=self.logins["office"],
            at=at,
        )


def deeds_of_showing(
    organisation: Organisation, logins: dict[str, User], calendar: Calendar
) -> list[Deed]:
    """Let the office decide what is not public, then publish the catalogue."""
    doing = _Showing(organisation=organisation, logins=logins)
    return [
        Deed(calendar.moment(58, 10), doing.withhold),
        Deed(calendar.moment(58, 15), doing.publish),
    ]
