"""Where schemes live: inside the package once installed, beside it in a checkout."""

from pathlib import Path

from lianfang.scheme.faults import refused

_PACKAGE = Path(__file__).resolve().parent.parent
HEADER = "scheme.yaml"
DEFAULT = "cnas-2012"


def home() -> Path:
    """Return the folder of all schemes. Raises SchemeRefused when there is none."""
    for folder in (_PACKAGE / "schemes", _PACKAGE.parent / "schemes"):
        if folder.is_dir():
            return folder
    raise refused(
        "schemes",
        "schemes",
        "找不到存放方案的文件夹，请重新安装本程序。",
        "The folder of schemes can't be found; install the program again.",
    )


def available() -> tuple[str, ...]:
    """Return the names of the schemes that came with the program."""
    return tuple(sorted(folder.parent.name for folder in home().glob(f"*/{HEADER}")))


def folder_of(scheme: str | Path) -> Path:
    """Return the folder of a scheme named, or given as a path.

    Raises SchemeRefused when there is no such scheme.
    """
    if isinstance(scheme, str) and scheme in available():
        return home() / scheme
    folder = Path(scheme)
    if (folder / HEADER).is_file():
        return folder
    known = "、".join(available())
    raise refused(
        str(scheme),
        HEADER,
        f"没有方案“{scheme}”：既不是随附方案（{known}），也不是含有 {HEADER} 的文件夹。",
        f"There is no scheme `{scheme}`: it is neither one that came with the program "
        f"({known}) nor a folder that holds {HEADER}.",
    )
