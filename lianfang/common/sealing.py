"""Secrets that the database keeps: sealed, so that a copy of it gives none of them."""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class OtherKey(Exception):
    """What is to be opened was sealed in another installation, or under a key that is gone."""


def seal(text: str, *, purpose: str) -> str:
    """Seal a secret with the key of this installation; one purpose can't open another's."""
    return _sealer(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Open a secret, under the present key or those before it. Raises OtherKey."""
    try:
        return _sealer(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise OtherKey from error


def _sealer(purpose: str) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(sha256(f"{purpose}|{key}".encode()).digest()))
            for key in keys
        ]
    )
