"""The fonts of certificates, and receipts that cost nothing, are those of other rooms' tests."""

from lianfang.documents.conftest import fonts_folder
from lianfang.portal.tests.conftest import _cheap_receipts

__all__ = ["_cheap_receipts", "fonts_folder"]
