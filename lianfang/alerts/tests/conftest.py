"""Files of tests lie in a folder of their own; fonts are those of the documents' own tests."""

from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.documents.conftest import fonts_folder

__all__ = ["fonts_folder"]


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
