"""A whole book in memory: the snapshot that a backup is made of, and the book of a backup before it touches anything."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from partyday_tui.clock import Clock
from partyday_tui.durable import make_folder, sync_folder
from partyday_tui.errors import UserMistake
from partyday_tui.paths import lock_of
from partyday_tui.store import schema
from partyday_tui.store.book import PRAGMAS, Book, _connect
from partyday_tui.store.failures import NOT_OURS, failure
from partyday_tui.store.lock import BookLock

_NOT_IN_MEMORY = {"journal_mode", "synchronous"}
# The header's fields that SQLite itself counts on when a database is written: change counter, schema cookie, version-valid-for.
_COUNTERS = (slice(24, 28), slice(40, 44), slice(92, 100))


class BookCopy(Book):
    """A book in memory, with the reading functions of a book; no file, no lock. Any one thread at a time may use it."""

    def __init__(self, connection: sqlite3.Connection, clock: Clock) -> None:
        """Hold an open connection to memory; see `copy_of` and `copy_from`."""
        self.path = Path()
        self.clock = clock
        self._connection = connection
        self._engine = None
        self._actor = ""
        self._why_closed_to_writing = ""

    def close(self) -> None:
        """Let the memory go."""
        self._drop_engine()
        self._connection.close()

    def raw(self) -> bytes:
        """The database file that this book would be."""
        return self._connection.serialize()

    def version(self) -> int:
        """The schema version; raises UserMistake where this is no book of ours."""
        if self.rows("PRAGMA application_id")[0][0] != schema.APPLICATION_ID:
            raise UserMistake(NOT_OURS)
        version: int = self.rows("PRAGMA user_version")[0][0]
        return version

    def foreign_objects(self) -> list[str]:
        """What is not as the migrations up to the book's own version made it (R14)."""
        return schema.foreign_objects(self.rows, self.version())

    def bring_up(self) -> None:
        """Migrate the copy to this program's schema."""
        try:
            schema.migrate(self._connection)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise failure(error) from error

    def _start_over(self) -> None:
        """Memory has nothing to be opened anew."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._drop_engine()


def copy_of(book: Book) -> BookCopy:
    """The book as it is now. By the backup API, which tells of a page that cannot be read; `serialize` of a file would zero it."""
    connection = _memory()
    try:
        book.copy_into(connection)
        return _dressed(connection, book.clock)
    except BaseException:
        connection.close()
        raise


def fills_its_pages(raw: bytes | bytearray) -> bool:
    """Whether these bytes are as many as the header's pages have; bytes behind the last page are no part of a book."""
    size, pages = int.from_bytes(raw[16:18]), int.from_bytes(raw[28:32])
    return len(raw) == (1 << 16 if size == 1 else size) * pages


def copy_from(raw: bytes | bytearray, clock: Clock) -> BookCopy:
    """The book that these bytes are. Nothing of it has been checked: look at `version` and `foreign_objects` before all else."""
    connection = _memory()
    try:
        connection.deserialize(raw)
        return _dressed(connection, clock)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        connection.close()
        raise failure(error) from error
    except BaseException:
        connection.close()
        raise


def is_same(book: Book, copy: BookCopy) -> bool:
    """Whether the book on the disk holds, byte by byte, what the copy holds."""
    there = copy_of(book)
    try:
        return _without_counters(there.raw()) == _without_counters(copy.raw())
    finally:
        there.close()


def write_file(copy: BookCopy, path: Path) -> None:
    """Make a new book file, for its owner alone, that holds what the copy holds; nothing is left behind when it fails."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        connection = _connect(path)
        try:
            copy.copy_into(connection)
        finally:
            connection.close()
        with closing(Book(path, copy.clock)) as written:
            if not is_same(written, copy):
                raise OSError("what was written is not what is there")
    except BaseException:
        _remove(*_files_of(path))
        raise
    finally:
        _remove(lock_of(path))


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def _dressed(connection: sqlite3.Connection, clock: Clock) -> BookCopy:
    """The settings of a book, as far as they mean something in memory; a hostile schema is not trusted (R14)."""
    connection.row_factory = sqlite3.Row
    for pragma, value, _ in PRAGMAS:
        if pragma not in _NOT_IN_MEMORY:
            connection.execute(f"PRAGMA {pragma} = {value}")
    connection.execute("PRAGMA cell_size_check = ON")
    return BookCopy(connection, clock)


def _without_counters(raw: bytes) -> bytes:
    head = bytearray(raw[:100])
    for part in _COUNTERS:
        head[part] = bytes(part.stop - part.start)
    return bytes(head) + raw[100:]


def put_in_place(copy: BookCopy, path: Path) -> Path | None:
    """Make the copy the book at `path`, where there is none, or one so damaged that it cannot be opened and written.

    The new file is written whole beside it first. A damaged book stays, with its journals, under another name, which is returned;
    so do journals without a book.
    Raises InUse where another program has the book; OSError leaves the old file as it was.
    """
    path = Path(os.path.realpath(path))  # a link stays a link to its book
    make_folder(path.parent)
    lock = BookLock(path)
    beside = path.with_name(f"{path.name}.restoring")
    try:
        for left in _files_of(beside):
            left.unlink(missing_ok=True)
        write_file(copy, beside)
        aside = _kept_aside(path) if any(it.exists() and it.stat().st_size for it in _files_of(path)) else None
        # A journal that stays beside another book would be played back into it (reliability.md, finding 6).
        for journal in _files_of(path)[1:]:
            journal.unlink(missing_ok=True)
        sync_folder(path.parent)
        os.replace(beside, path)
        sync_folder(path.parent)
        return aside
    finally:
        _remove(*_files_of(beside))
        lock.release()


def _kept_aside(path: Path) -> Path | None:
    """Copies of the raw bytes of a book and its journals, on the disk; returns the name of the book's, None without a book."""
    names = (path.with_name(f"{path.name}.damaged-{number}") for number in count(1))
    aside = next(it for it in names if not any(taken.exists() for taken in _files_of(it)))
    for source, target in zip(_files_of(path), _files_of(aside), strict=True):
        if not source.exists():
            continue
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with open(handle, "wb") as file, open(source, "rb") as old:
            shutil.copyfileobj(old, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
    sync_folder(path.parent)
    return aside if path.exists() else None


def _remove(*paths: Path) -> None:
    """Clear up, as far as the disk lets us: what went wrong before is what has to be told."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _files_of(path: Path) -> tuple[Path, ...]:
    """A book and what SQLite plays back into it at the next opening, whoever left it there: its journal, and those of the WAL mode."""
    return path, *(path.with_name(f"{path.name}{end}") for end in ("-journal", "-wal", "-shm"))
