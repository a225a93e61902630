"""Keys: one's own, those of all, and what others lack."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lianfang.casework import access
from lianfang.casework.actions import keys as keeping
from lianfang.casework.forms.cases import EndKeyForm
from lianfang.casework.forms.sealed import MadeKey, Rotated, SentKey, SharedSent
from lianfang.casework.queries.keys import envelopes_in, keys_listed, sharing_of
from lianfang.casework.queries.reports import key_told, said
from lianfang.casework.rules.keys import kinds_for
from lianfang.casework.views.sealed import CLAUSE, sealed_page, taken
from lianfang.common.acting import act, both, bound
from lianfang.common.http import AppRequest, render_page
from lianfang.org.access import standing_for
from lianfang.org.queries.setup import organisation_of
from lianfang.portal.actions.keys import end_key, enrol_key, rewrap_key
from lianfang.portal.models import OfficerKey


@require_GET
def key(request: AppRequest) -> HttpResponse:
    """Show one's own key, or let it be made; and what one may do with it."""
    standing = standing_for(request)
    own = access.own_key(standing)
    held = envelopes_in(own) if own else []
    context: dict[str, object] = {
        "key": own,
        "fingerprint": _fingerprint(own) if own else "",
        "kinds": [OfficerKey.Kind(kind.value) for kind in kinds_for(standing.roles)],
        "envelopes": len({envelope.report_id for envelope in held}),
        "waiting": sharing_of(own, standing.on).missing,
        "reads": access.reads(standing),
        "keeps": access.keeps_keys(standing),
    }
    data = {
        "key": key_told(own),
        "envelopes": [
            {"report": str(each.report_id), "kind": each.kind, "sealed": said(each.sealed)}
            for each in held
        ],
        "urls": {
            name: reverse(f"casework:key-{name}") for name in ("make", "rewrap", "rotate", "lost")
        },
    }
    return sealed_page(request, "casework/key.html", context, data=data)


@require_POST
def key_make(request: AppRequest) -> HttpResponse:
    """Keep the key that one's browser made."""
    standing = standing_for(request)
    access.require_key_holder(standing)

    def deed(sent: MadeKey) -> str:
        new = sent.new()
        enrol_key(
            organisation=organisation_of(standing),
            person=request.user.person,
            kind=OfficerKey.Kind(sent.kind),
            public_key=new.public,
            wrapped=new.wrapped,
            on=standing.on,
            by=request.user,
            at=request.at,
        )
        return reverse("casework:key")

    return taken(request, MadeKey, deed)


@require_POST
def key_rewrap(request: AppRequest) -> HttpResponse:
    """Keep one's key under another passphrase."""
    standing = standing_for(request)
    own = access.get_own_key(standing)

    def deed(sent: SentKey) -> str:
        rewrap_key(key=own, wrapped=sent.new().wrapped, by=request.user, at=request.at)
        return reverse("casework:key")

    return taken(request, SentKey, deed)


@require_POST
def key_rotate(request: AppRequest) -> HttpResponse:
    """Put a new key in the place of one's own, with all that it opens."""
    standing = standing_for(request)
    own = access.get_own_key(standing)

    def deed(sent: Rotated) -> str:
        keeping.rotate_key(
            key=own,
            new=sent.new(),
            envelopes={(each.report, each.kind): each.sealed for each in sent.envelopes},
            on=standing.on,
            by=request.user,
            at=request.at,
        )
        return reverse("casework:key")

    return taken(request, Rotated, deed)


@require_POST
def key_lost(request: AppRequest) -> HttpResponse:
    """Put a new key in the place of one whose passphrase is lost."""
    standing = standing_for(request)
    own = access.get_own_key(standing)

    def deed(sent: SentKey) -> str:
        keeping.replace_lost_key(
            key=own, new=sent.new(), on=standing.on, by=request.user, at=request.at
        )
        return reverse("casework:key")

    return taken(request, SentKey, deed)


@require_GET
def keys(request: AppRequest) -> HttpResponse:
    """Show who has which key, to who keeps them."""
    standing = standing_for(request)
    access.require_keeper(standing)
    context: dict[str, object] = {
        "keys": keys_listed(access.keys_visible_to(standing)),
        "clause": CLAUSE,
    }
    return render_page(request, "casework/keys.html", context)


@both
def key_end(request: AppRequest, key_id: UUID) -> HttpResponse:
    """End the key of somebody who leaves, or whose key is not safe."""
    standing = standing_for(request)
    found = access.get_key_to_end(standing, key_id)
    form = EndKeyForm(**bound(request))
    return act(
        request,
        form,
        lambda: end_key(
            key=found, **form.cleaned_data, on=standing.on, by=request.user, at=request.at
        ),
        title=_("停用密钥"),
        sub=found.person.shown_name,
        clause=CLAUSE,
        then=reverse("casework:keys"),
        danger=True,
        said=_("密钥已停用，此后的举报不再封给它。"),
    )


@both
def sharing(request: AppRequest) -> HttpResponse:
    """Let somebody seal anew, in one go, what others lack."""
    standing = standing_for(request)
    own = access.own_key(standing)
    if request.method == "POST":
        return _share(request, access.get_own_key(standing))
    found = sharing_of(own, standing.on)
    context: dict[str, object] = {"people": found.people, "missing": found.missing}
    data = {
        "key": key_told(own),
        "items": [
            {
                "report": str(share.report),
                "kind": share.kind,
                "sealed": said(share.sealed),
                "to": [{"key": str(pk), "public": said(public)} for pk, public in share.to],
            }
            for share in found.shares
        ],
        "urls": {"share": reverse("casework:sharing")},
    }
    return sealed_page(request, "casework/sharing.html", context, data=data)


def _share(request: AppRequest, own: OfficerKey) -> HttpResponse:
    standing = standing_for(request)

    def deed(sent: SharedSent) -> str:
        keeping.share_envelopes(
            giver=own,
            shared=[
                keeping.Shared(report=each.report, key=each.key, kind=each.kind, sealed=each.sealed)
                for each in sent.envelopes
                if each.key is not None
            ],
            on=standing.on,
            by=request.user,
            at=request.at,
        )
        return reverse("casework:key")

    return taken(request, SharedSent, deed)


def _fingerprint(own: OfficerKey) -> str:
    """Return how a key is told apart when it is read aloud: the first digits of its public half."""
    digits = bytes(own.public_key)[:8].hex().upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
