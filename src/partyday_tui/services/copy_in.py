"""A book from a stick or a network volume, copied into this computer, where it is kept from then on (reliability.md R4)."""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from partyday_tui.durable import make_folder, sync_folder
from partyday_tui.errors import PartydayError, cause_of
from partyday_tui.paths import data_folder, default_book, room_words, short
from partyday_tui.store.lock import BookLock


def copy_in(path: Path) -> Path:
    """Copy a closed book and what its journal still holds; returns where it lies now, in the folder of the user's data.

    The original stays as it is. Raises UserMistake where it is open in another window, PartydayError where it cannot be copied;
    then nothing is left behind.
    """
    target = _free_place()
    journal, target_journal = (it.with_name(f"{it.name}-journal") for it in (path, target))
    part = target.with_name(f"{target.name}.part")  # half a book never bears the name under which one is opened
    lock = BookLock(path)
    try:
        make_folder(target.parent)
        stray = [target.with_name(f"{target.name}{end}") for end in ("-wal", "-shm")]  # would be played into the book
        for left in (part, target_journal, *stray):  # of a try that the power ended, or of a book that is gone
            left.unlink(missing_ok=True)
        # The journal first: a book without its journal would be taken for whole.
        if journal.exists():
            _copy(journal, target_journal)
        _copy(path, part)
        os.replace(part, target)
        sync_folder(target.parent)
    except OSError as error:
        for left in (part, target, target_journal):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise PartydayError(
            f"没有复制成（{_cause(error, path, target)}），{short(path)} 没有改动；请检查U盘和磁盘空间后再试。"
        ) from error
    finally:
        lock.release()
    return target


def _cause(error: OSError, path: Path, target: Path) -> str:
    """Why it failed; of a full disk also how much is needed."""
    try:
        room = room_words(target.parent, path.stat().st_size) if error.errno == errno.ENOSPC else ""
    except OSError:
        room = ""
    return f"{cause_of(error)}，{room}" if room else cause_of(error)


def _free_place() -> Path:
    place, number = default_book(), 2
    while place.exists():
        place, number = data_folder() / f"book-{number}.db", number + 1
    return place


def _copy(source: Path, target: Path) -> None:
    with open(source, "rb") as old, open(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as new:
        shutil.copyfileobj(old, new, 1 << 20)
        new.flush()
        os.fsync(new.fileno())
