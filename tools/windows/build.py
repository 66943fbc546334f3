"""``make windows-bundle``: the portable folder and its zip, and the wheels for those who have Python, in dist/."""

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from tools.windows.interpreter import compile_modules, put_interpreter
from tools.windows.lock import LOCK
from tools.windows.registries import (
    BUNDLED,
    PYTHONS,
    build_wheel,
    download_wheels,
    install_offline,
    places_of_registries,
)
from tools.windows.written import dos_text, files_in, put_in_place, telling, unpack_wheel, write_sums, zip_folder

from partyday_tui.services.manual_paper import write_manual

PROJECT = Path(__file__).parents[2]
FOLDER, WHEELS = "partyday-windows", "partyday-wheels"
START = "主题党日台账.bat"
IN_BROWSER = "在浏览器里打开.bat"
BAT_FILES = {START: "start.bat", IN_BROWSER: "browser.bat"}
_HERE = Path(__file__).parent
_NOTICE = "chinesecalendar-LICENSE.txt"  # of its repository; its wheel brings none


def main() -> None:
    """Build both forms."""
    arguments = argparse.ArgumentParser(prog="make windows-bundle", description=__doc__)
    arguments.add_argument("--embed-zip", type=Path, help="python-3.12.x-embed-amd64.zip of python.org")
    arguments.add_argument("--embed-sha256", help="its SHA-256, as python.org gives it")
    arguments.add_argument("--dist", type=Path, default=PROJECT / "dist")
    given = arguments.parse_args()
    if bool(given.embed_zip) != bool(given.embed_sha256):
        arguments.error("--embed-zip and --embed-sha256 go together")
    embed = (given.embed_zip, given.embed_sha256) if given.embed_zip else None
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="partyday-bundle-") as name:
        work = Path(name)
        wheels = _wheels(work / "wheels")
        own = build_wheel(PROJECT, work / "own")
        version = own.name.split("-")[1]
        _portable(work / FOLDER, [*wheels[BUNDLED], own], embed, work)
        _wheelhouse(work / WHEELS, wheels, own)
        for form, root in ((FOLDER, "主题党日台账"), (WHEELS, "主题党日台账-wheels")):
            _finish(work, form, root, f"{form}-{version}.zip", given.dist)
    print(f"built in {time.monotonic() - began:.0f} s")


def _wheels(folder: Path) -> dict[str, list[Path]]:
    """The pinned wheels of each Python, in one folder a version."""
    found = {}
    for python in PYTHONS:
        download_wheels(LOCK, folder / python, python)
        found[python] = sorted((folder / python).glob("*.whl"))
    return found


def _portable(folder: Path, wheels: list[Path], embed: tuple[Path, str] | None, work: Path) -> None:
    python = folder / "python"
    put_interpreter(python, embed, work / "interpreter")
    modules = python / "Lib" / "site-packages"
    for wheel in wheels:
        unpack_wheel(wheel, modules)
    shutil.copy(_HERE / "partyday_portable.py", modules)
    shutil.copy(_HERE / _NOTICE, python)
    print(f"compiled by {compile_modules(python, work / 'compiling')}")
    for name, source in BAT_FILES.items():
        (folder / name).write_bytes(dos_text((_HERE / source).read_text("utf-8"), mark=False))
    (folder / "使用说明.txt").write_bytes(dos_text((_HERE / "使用说明.txt").read_text("utf-8"), mark=True))
    write_manual(folder)


def _wheelhouse(folder: Path, wheels: dict[str, list[Path]], own: Path) -> None:
    (folder / "wheels").mkdir(parents=True)
    for wheel in [own, *(it for found in wheels.values() for it in found)]:
        shutil.copy(wheel, folder / "wheels")
    shutil.copy(_HERE / _NOTICE, folder / "wheels")
    for python in PYTHONS:
        install_offline(folder / "wheels", python)
    write_manual(folder)
    (folder / "安装说明.txt").write_bytes(dos_text((_HERE / "安装说明.txt").read_text("utf-8"), mark=True))


def _finish(work: Path, form: str, root: str, zipped: str, dist: Path) -> None:
    """Look for what must not leave this machine, sum, zip, and put both where they belong."""
    told = telling(work / form, [str(PROJECT), str(work), *places_of_registries()])
    if told:
        raise SystemExit("these files name a place of this machine; nothing was put in dist:\n" + "\n".join(told[:20]))
    write_sums(work / form)
    zip_folder(work / form, work / zipped, root)
    size = sum((work / form / name).stat().st_size for name in files_in(work / form))
    print(
        f"{form}: {len(files_in(work / form))} files, {size / 1e6:.1f} MB; {zipped}: {(work / zipped).stat().st_size / 1e6:.1f} MB"
    )
    put_in_place(work / form, dist / form)
    put_in_place(work / zipped, dist / zipped)


if __name__ == "__main__":
    main()
