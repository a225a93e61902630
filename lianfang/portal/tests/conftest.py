"""Receipts cost their third of a second in the browser tests alone."""

import pytest

from lianfang.sealing import receipts


@pytest.fixture(autouse=True)
def _cheap_receipts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "ROUNDS", 10)
