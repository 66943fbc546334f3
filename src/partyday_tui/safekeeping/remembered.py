"""What this computer remembers about backups: the choice of a passphrase and the folder used last. Never in the book or a backup."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from partyday_tui.durable import write_whole
from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping.passphrase import mistake_in

_FILE = "backup.json"
_LONGEST = 8192  # bytes


@dataclass(frozen=True, slots=True)
class Remembered:
    """`passphrase`: None before the first choice, '' for backups that are not encrypted. `folder`: None before the first backup."""

    passphrase: str | None = None
    folder: Path | None = None


def remembered(data_folder: Path) -> Remembered:
    """What is remembered; nothing where the file is not there, cannot be read or is not as we write it."""
    try:
        return _read(data_folder)
    except OSError:
        return Remembered()


def _read(data_folder: Path) -> Remembered:
    """What is remembered; raises OSError where it is there and cannot be read, so that no change is made of what was not seen."""
    try:
        with open(data_folder / _FILE, "rb") as file:
            found = json.loads(file.read(_LONGEST))
        passphrase, folder = found["passphrase"], found["folder"]
    except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError):
        return Remembered()
    if not (passphrase is None or passphrase == "" or (isinstance(passphrase, str) and mistake_in(passphrase) is None)):
        passphrase = None
    usable = isinstance(folder, str) and folder and "\0" not in folder
    return Remembered(passphrase, Path(folder) if usable else None)


def remember_passphrase(data_folder: Path, passphrase: str) -> None:
    """Keep the choice: a passphrase, or '' for none; raises PartydayError."""
    _change(data_folder, lambda known: replace(known, passphrase=passphrase))


def remember_folder(data_folder: Path, folder: Path) -> None:
    """Keep where the last backup went; raises PartydayError."""
    _change(data_folder, lambda known: replace(known, folder=folder))


def _change(data_folder: Path, changed: Callable[[Remembered], Remembered]) -> None:
    """Write the file for its owner alone, the old one or the new one whole."""
    try:
        value = changed(_read(data_folder))
        text = json.dumps({"passphrase": value.passphrase, "folder": str(value.folder) if value.folder else None})
        write_whole(data_folder / _FILE, text.encode())
    except OSError:
        raise PartydayError("备份的口令和位置没有能记下，请检查磁盘是否已满，腾出空间后再备份。") from None
