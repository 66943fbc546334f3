"""What this computer remembers about backups: the choice of a passphrase and the folder used last. Never in the book or a backup."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

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
    """What is remembered; nothing where the file is not there or not as we write it."""
    try:
        with open(data_folder / _FILE, "rb") as file:
            found = json.loads(file.read(_LONGEST))
        passphrase, folder = found["passphrase"], found["folder"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Remembered()
    if not (passphrase is None or passphrase == "" or (isinstance(passphrase, str) and mistake_in(passphrase) is None)):
        passphrase = None
    usable = isinstance(folder, str) and folder and "\0" not in folder
    return Remembered(passphrase, Path(folder) if usable else None)


def remember_passphrase(data_folder: Path, passphrase: str) -> None:
    """Keep the choice: a passphrase, or '' for none; raises PartydayError."""
    _keep(data_folder, replace(remembered(data_folder), passphrase=passphrase))


def remember_folder(data_folder: Path, folder: Path) -> None:
    """Keep where the last backup went; raises PartydayError."""
    _keep(data_folder, replace(remembered(data_folder), folder=folder))


def _keep(data_folder: Path, value: Remembered) -> None:
    """Write the file for its owner alone, beside the old one, then put it in its place."""
    text = json.dumps({"passphrase": value.passphrase, "folder": str(value.folder) if value.folder else None})
    beside = data_folder / f"{_FILE}.new"
    try:
        os.makedirs(data_folder, exist_ok=True)
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        os.replace(beside, data_folder / _FILE)
    except OSError:
        raise PartydayError("备份的口令和位置没有能记下，请检查磁盘是否已满，腾出空间后再备份。") from None
