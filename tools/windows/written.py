"""What the build writes itself: text as Windows reads it, sums of all files, and a zip that is the same for the same files."""

import hashlib
import re
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

SUMS = "SHA256SUMS"
_FIXED = (1980, 1, 1, 0, 0, 0)


def dos_text(text: str, *, mark: bool) -> bytes:
    """Text with the line ends of Windows, in UTF-8; with the byte order mark that its Notepad knows Chinese by.

    A file that cmd.exe runs must not have the mark.
    """
    return (b"\xef\xbb\xbf" if mark else b"") + text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def files_in(folder: Path) -> list[str]:
    """The files below a folder, with ``/`` between the parts, in the order of their bytes."""
    return sorted((it.relative_to(folder).as_posix() for it in folder.rglob("*") if it.is_file()), key=str.encode)


def write_sums(folder: Path) -> None:
    """Write SHA256SUMS for every other file, as ``sha256sum -c`` reads it."""
    lines = [f"{_sum(folder / name)} *{name}\n" for name in files_in(folder) if name != SUMS]
    (folder / SUMS).write_text("".join(lines), "utf-8", newline="\n")


def wrong_sums(folder: Path) -> list[str]:
    """The files that are not as SHA256SUMS says: changed, gone, or not named there."""
    said = {}
    for line in (folder / SUMS).read_text("utf-8").splitlines():
        digest, _, name = line.partition(" *")
        said[name] = digest
    there = {name: _sum(folder / name) for name in files_in(folder) if name != SUMS}
    return sorted(name for name in said.keys() | there.keys() if said.get(name) != there.get(name))


def zip_folder(folder: Path, target: Path, root: str) -> None:
    """Zip the files of a folder below the name `root`: sorted, with fixed dates and rights."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in files_in(folder):
            info = zipfile.ZipInfo(f"{root}/{name}", _FIXED)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            archive.writestr(info, (folder / name).read_bytes(), compresslevel=9)


def unpack_wheel(wheel: Path, modules: Path) -> None:
    """Lay the modules of a wheel out, without its scripts and without a word on where it came from."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            inside = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", name)
            if not name.endswith("/") and ".data/" not in inside.partition("/")[0] + "/":
                target = modules / inside
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))


def telling(folder: Path, words: Iterable[str]) -> list[str]:
    """The files that hold one of the words, in the encodings of Linux and of Windows; ``file: word`` each."""
    looked_for = [(word, form) for word in words if word for form in (word.encode(), word.encode("utf-16-le"))]
    found = []
    for name in files_in(folder):
        content = (folder / name).read_bytes()
        found += [f"{name}: {word}" for word, form in looked_for if form in content or word in name]
    return found


def put_in_place(made: Path, target: Path) -> None:
    """Let a finished folder or file take the place of the one of an earlier build."""
    if target.is_dir():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(made, target)


def _sum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
