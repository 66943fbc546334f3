"""A book from a stick or a network volume, copied into this computer, where it is kept from then on (reliability.md R4).

What belongs to it and lies beside it comes along: what waits in its outbox, and the branch's own titles and columns.
"""

import errno
import filecmp
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from partyday_tui.durable import make_folder, sync_folder, write_whole
from partyday_tui.errors import PartydayError, cause_of
from partyday_tui.paths import data_folder, default_book, layouts_of, outbox_of, room_words, short
from partyday_tui.store.lock import BookLock


def copy_in(path: Path) -> Path:
    """Copy a closed book, what its journal still holds and what lies beside it; returns where it lies now, in the folder of the user's data.

    The original stays as it is. Raises UserMistake where it is open in another window, PartydayError where it cannot be copied;
    then nothing is left behind.
    """
    target = default_book()
    lock = BookLock(path)
    try:
        target = _free_place(path)
        _bring(path, target)
    except OSError as error:
        raise PartydayError(
            f"没有复制成（{_cause(error, path, target)}），{short(path)} 没有改动；请检查U盘和磁盘空间后再试。"
        ) from error
    finally:
        lock.release()
    return target


def _bring(path: Path, target: Path) -> None:
    """Copy everything, read it all back, and only then give the book its name; takes all away again where that fails."""
    journal, target_journal = (it.with_name(f"{it.name}-journal") for it in (path, target))
    part = target.with_name(f"{target.name}.part")  # half a book never bears the name under which one is opened
    beside = [(it, _placed(name, target)) for name, it in _beside(path).items()]
    copies = [(path, part), *beside]
    try:
        make_folder(target.parent)
        stray = [target.with_name(f"{target.name}{end}") for end in ("-wal", "-shm")]  # would be played into the book
        for left in (part, target_journal, *stray):  # of a try that the power ended, or of a book that is gone
            left.unlink(missing_ok=True)
        for old, new in beside:
            write_whole(new, old.read_bytes())
        # The journal before the book: a book without its journal would be taken for whole.
        if journal.exists():
            _copy(journal, target_journal)
            copies.append((journal, target_journal))
        _copy(path, part)
        if not all(filecmp.cmp(old, new, shallow=False) for old, new in copies):
            raise OSError(errno.EIO, "read back otherwise than written")
        os.replace(part, target)
        sync_folder(target.parent)
    except OSError:
        _take_away([part, target, target_journal, *(new for _, new in beside)], target)
        raise


def _take_away(files: list[Path], target: Path) -> None:
    """Remove what a failed try has brought, with the folders that it made for it."""
    for left in files:
        with suppress(OSError):
            left.unlink(missing_ok=True)
    for folder in sorted({it.parent for it in files} - {target.parent}, reverse=True):
        with suppress(OSError):
            folder.rmdir()
    with suppress(OSError):
        outbox_of(target).rmdir()


def _beside(book: Path) -> dict[str, Path]:
    """The files that belong to a book and lie beside it, by what follows the book's stem in their paths. Raises OSError."""
    found = [layouts_of(book)] if layouts_of(book).is_file() else []
    if outbox_of(book).is_dir():
        for folder, _, names in os.walk(outbox_of(book), onerror=_fail):
            found += [Path(folder, name) for name in names if not name.endswith(".new")]  # what `write_whole` left
    return {str(it.relative_to(book.parent)).removeprefix(book.stem): it for it in found}


def _placed(name: str, book: Path) -> Path:
    """The file beside another book that `_beside` calls by that name."""
    return book.parent / f"{book.stem}{name}"


def _fail(error: OSError) -> NoReturn:
    raise error


def _free_place(path: Path) -> Path:
    """Where there is no book yet, and nothing beside it but what an earlier try has brought of this one. Raises OSError."""
    place, number, brought = default_book(), 2, _beside(path)
    while place.exists() or not all(
        name in brought and filecmp.cmp(it, brought[name], shallow=False) for name, it in _beside(place).items()
    ):
        place, number = data_folder() / f"book-{number}.db", number + 1
    return place


def _cause(error: OSError, path: Path, target: Path) -> str:
    """Why it failed; of a full disk also how much is needed."""
    try:
        room = room_words(target.parent, path.stat().st_size) if error.errno == errno.ENOSPC else ""
    except OSError:
        room = ""
    return f"{cause_of(error)}，{room}" if room else cause_of(error)


def _copy(source: Path, target: Path) -> None:
    with open(source, "rb") as old, open(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as new:
        shutil.copyfileobj(old, new, 1 << 20)
        new.flush()
        os.fsync(new.fileno())
