"""Every test of this room has a folder of files of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def files_folder(settings: Settings, tmp_path: Path) -> Path:
    """Return the folder of files of this test."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"
