""".doc and .wps, by way of LibreOffice where the machine has it."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from lianfang.documents import limits
from lianfang.documents.formats.word import open_docx
from lianfang.documents.grids import Opened

_PROGRAMS = ("soffice", "libreoffice")


def open_doc(path: Path) -> Opened:
    """Return the tables of a .doc or .wps file. Raises FileRefused, also without LibreOffice."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise limits.refuse(
            path.name,
            "这台机器没有安装 LibreOffice，读不了 .doc 和 .wps。请在 Word 或 WPS 中另存为 .docx。",
            "this machine has no LibreOffice, which .doc and .wps need. "
            "Save the file as .docx in Word or WPS.",
        )
    with tempfile.TemporaryDirectory() as folder:
        return open_docx(_converted(program, path, Path(folder)))


def _converted(program: str, path: Path, folder: Path) -> Path:
    source = folder / f"source{path.suffix.lower()}"
    shutil.copyfile(path, source)
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(source),
    ]
    try:
        subprocess.run(  # noqa: S603  # fixed program and flags, a copied file of our own name
            command, capture_output=True, check=True, timeout=limits.CONVERSION_SECONDS
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise _unconverted(path.name) from error
    converted = folder / "source.docx"
    if not converted.exists():
        raise _unconverted(path.name)
    named = folder / f"{path.stem}.docx"
    return converted.rename(named)


def _unconverted(file: str) -> limits.FileRefused:
    return limits.refuse(
        file,
        "LibreOffice 没能转换这个文件。请在 Word 或 WPS 中另存为 .docx。",
        "LibreOffice could not convert this file. Save it as .docx in Word or WPS.",
    )
