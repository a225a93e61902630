"""The scheme, and the folder of fonts: found where the build put it, or built now."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lianfang.documents.fonts import FontsRefused, font_folders
from lianfang.scheme.load import load_scheme
from lianfang.scheme.model import Scheme

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    return load_scheme("cnas-2012")


@pytest.fixture(scope="session")
def fonts_folder() -> Path:
    """Return the folder of fonts; building it needs npm and the network, once."""
    try:
        return font_folders()[-1]
    except FontsRefused:
        built = _build()
    if built is None:
        message = "The fonts can't be built here, so nothing that is printed was tested."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return built


def _build() -> Path | None:
    found = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    if found is None or found.loader is None:
        return None
    hook = importlib.util.module_from_spec(found)
    try:
        found.loader.exec_module(hook)
        hook.build_fonts(ROOT)
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"{error}\n")
        return None
    return font_folders()[-1]
