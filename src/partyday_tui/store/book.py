"""The book: one connection to one SQLite file, opened safely, changed only inside acts.

Durability follows the measurements of the project's reliability study: ``TRUNCATE`` with ``EXTRA`` loses nothing acknowledged on an
honest disk; every pragma is read back, since a pragma that did not take is silent.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.clock import Clock
from partyday_tui.durable import make_folder
from partyday_tui.errors import PartydayError, UserMistake, cause_of
from partyday_tui.paths import short
from partyday_tui.store import schema
from partyday_tui.store.book_header import refuse_strange
from partyday_tui.store.failures import DAMAGED, NOT_STORED, STANDS, UNCERTAIN, UNREAD, failure, sqlite_cause
from partyday_tui.store.lock import BookLock

if TYPE_CHECKING:
    from sqlmodel import Session

# (pragma, statement value, value read back): reliability.md section 2.
PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", 3),
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("secure_delete", "ON", 1),
    ("ignore_check_constraints", "OFF", 0),
    ("busy_timeout", "5000", 5000),
)


class Book:
    """An open book. Use it from one thread; close it when done."""

    news: str = ""
    """What was done to the book while it was opened, a sentence for the user; '' for nothing."""

    _is_lost = False  # the disk went away, and the connection with it

    def __init__(self, path: Path, clock: Clock, before_upgrade: "BeforeUpgrade | None" = None) -> None:
        """Open an existing book; see `open_book` and `make_book`, which the services call."""
        self.path = path
        self.clock = clock
        self._engine: Any = None
        self._actor = ""
        self._why_closed_to_writing = ""
        self._lock = BookLock(path)
        try:
            self._connection = _connect(path)
            self._migrate(before_upgrade)
        except BaseException:
            self._lock.release()
            raise

    @property
    def was_left_open(self) -> bool:
        """Whether the program that had the book before did not close it, and nobody has looked at the whole of it since."""
        return self._lock.was_left

    def looked_over(self) -> None:
        """The whole book has been looked at, whoever left it open."""
        self._lock.was_left = False

    def close(self) -> None:
        """Close the connection and free the book for others."""
        self._drop_engine()
        self._connection.close()
        self._lock.release()

    def _migrate(self, before_upgrade: "BeforeUpgrade | None") -> None:
        try:
            if before_upgrade is not None and schema.is_older(self._connection):
                self.news = before_upgrade(self)
            schema.migrate(self._connection)
        except sqlite3.Error as error:
            self._connection.close()
            raise self._failed(error) from error
        except UnicodeDecodeError as error:  # a schema, or SQLite's own message about it, that is no text any more
            self._connection.close()
            raise UserMistake(DAMAGED) from error
        except BaseException:
            self._connection.close()
            raise

    def rows(self, sql: str, parameters: dict[str, Any] | Sequence[Any] = ()) -> list[sqlite3.Row]:
        """The rows of one SELECT; for functions of `store` only."""
        if self._is_lost:
            self._start_over()
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.OperationalError as error:
            if self._connection.text_factory is _legible or not str(error).startswith("Could not decode"):
                raise self._read_failed(error) from error
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._read_failed(error) from error
        # A foreign program left text that is no UTF-8: from here on such characters are read as U+FFFD. Not from the start, since
        # a call for each value would treble the time that the roster takes to read.
        self._connection.text_factory = _legible
        return self.rows(sql, parameters)

    def close_to_writing(self, why: str) -> None:
        """From now on the book can only be read; whoever would write is told `why` by a PartydayError (R16)."""
        self._why_closed_to_writing = why

    @property
    def is_closed_to_writing(self) -> bool:
        """Whether nothing can be written any more."""
        return bool(self._why_closed_to_writing)

    def is_never_begun(self) -> bool:
        """Whether nothing was ever entered, not even the branch."""
        return not self.rows("SELECT 1 FROM act UNION ALL SELECT 1 FROM branch LIMIT 1")

    def copy_into(self, other: sqlite3.Connection) -> None:
        """Put all that the book holds into another connection, by SQLite's own backup; for functions of `store` only."""
        try:
            self._connection.backup(other)
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def take_over(self, other: "Book") -> None:
        """Replace all that the book holds by what `other` holds, in one transaction: the old whole or the new whole (R13).

        The connection is opened anew afterwards, so that what is read next comes from the disk.
        """
        self._drop_engine()
        try:
            other._connection.backup(self._connection)
        except sqlite3.Error as error:
            self._start_over()
            raise self._failed(error) from error
        self._start_over()
        self._why_closed_to_writing = ""

    def act_as(self, actor: str) -> None:
        """Name the person whom later acts are written for (SUP-05)."""
        self._actor = actor

    @contextmanager
    def transaction(self, *, with_session: bool = False) -> Iterator["Transaction"]:
        """BEGIN IMMEDIATE; the commit has returned when the block has ended without an error.

        Any error rolls everything back. After an error of SQLite itself the connection is opened anew, so that what is read next is
        what the disk holds (R6), and a PartydayError says so.
        """
        if self._why_closed_to_writing:
            raise PartydayError(self._why_closed_to_writing)
        if self._is_lost:
            self._start_over()
        session = self._new_session() if with_session else None
        transaction, is_committing = Transaction(self, self._connection, session), False
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield transaction
            if session is not None:
                session.flush()
            is_committing = True
            self._connection.execute("COMMIT")
        except BaseException as error:
            if session is not None:
                session.close()
            cause = sqlite_cause(error)
            if cause is None:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            if is_committing:
                raise self._commit_failed(cause, transaction.act_id) from error
            self._start_over()
            raise self._failed(cause) from error
        else:
            if session is not None:
                session.expunge_all()
                session.close()

    @contextmanager
    def act(self, what: str, *, source: str = "", with_session: bool = False) -> Iterator["Transaction"]:
        """One transaction that holds one act of the user, named `what` in Chinese."""
        with self.transaction(with_session=with_session) as transaction:
            transaction.begin_act(what, source=source)
            yield transaction

    def _commit_failed(self, error: sqlite3.Error, act_id: int) -> PartydayError:
        """SQLite may have failed behind the point from which on the act stands: what to say is read from the disk (R6)."""
        try:
            self._start_over()
            stands = bool(self._connection.execute("SELECT 1 FROM act WHERE id = ?", (act_id,)).fetchone())
        except (sqlite3.Error, PartydayError):
            return PartydayError(UNCERTAIN)
        return PartydayError(STANDS) if stands else self._failed(error)

    def _read_failed(self, error: sqlite3.Error | UnicodeDecodeError) -> PartydayError:
        """Behind a commit a read may fail too, so that of an act nothing is claimed."""
        found = self._failed(error)
        return PartydayError(UNREAD) if NOT_STORED in found.sentence and not self._connection.in_transaction else found

    def _failed(self, error: sqlite3.Error | UnicodeDecodeError) -> PartydayError:
        return failure(error, self.path)

    def _new_session(self) -> "Session":
        from sqlalchemy import create_engine
        from sqlalchemy.pool import StaticPool
        from sqlmodel import Session

        if self._engine is None:
            self._engine = create_engine(
                "sqlite://", creator=lambda: self._connection, poolclass=StaticPool, pool_reset_on_return=None
            )
            with self._engine.connect():  # dialect set-up rolls back once; let it happen before our transaction
                pass
        return Session(self._engine, expire_on_commit=False)

    def _drop_engine(self) -> None:
        self._engine = None

    def _start_over(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            pass
        self._drop_engine()
        self._connection.close()
        self._is_lost = True  # until the disk is there again
        self._connection = _connect(self.path)
        self._is_lost = False


BeforeUpgrade = Callable[[Book], str]
"""Called with a book of an older schema before it is migrated (R15); returns the news. An error of it leaves the book as it is."""


class Transaction:
    """What a writing function of `store` is handed: the connection inside BEGIN … COMMIT, and a Session on the same one."""

    def __init__(self, book: Book, connection: sqlite3.Connection, session: "Session | None") -> None:
        self.book = book
        self.connection = connection
        self._session = session
        self.act_id, self.instant = 0, ""
        """The act begun last (0: none yet), and when that was."""

    @property
    def session(self) -> "Session":
        """The SQLModel session of this transaction, where it was asked for."""
        if self._session is None:
            raise RuntimeError("this transaction was begun without a session")
        return self._session

    def begin_act(self, what: str, *, source: str = "") -> None:
        """Write the act that the following changes belong to; several acts may share one commit."""
        clock = self.book.clock
        self.instant = clock.instant()
        written = self.connection.execute(
            "INSERT INTO act (at, day, actor, what, source) VALUES (?, ?, ?, ?, ?)",
            (self.instant, clock.today.isoformat(), self.book._actor, what, source),
        )
        self.act_id = written.lastrowid or 0


def open_book(path: Path, clock: Clock, before_upgrade: BeforeUpgrade | None = None) -> Book:
    """Open the book at `path`; raises UserMistake when there is none, or it is not one of ours, or it is newer."""
    if path.is_dir():
        raise UserMistake(f"{short(path)} 是一个文件夹，不是账本；请用 --book 指明账本文件，如里面的 book.db。")
    if not path.is_file():
        raise UserMistake(f"没有找到账本 {short(path)}，请先新建账本（partyday new），或用 --book 指明文件。")
    return Book(path, clock, before_upgrade)


def create_book(path: Path, clock: Clock) -> Book:
    """Make an empty book for its owner alone (0600), or take an empty one that is there; raises UserMistake for any other file."""
    try:
        make_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return _taken_empty(path, clock)
    except OSError as error:
        raise UserMistake(f"不能在 {short(path)} 新建账本（{cause_of(error)}），请换一个文件夹。") from error
    try:
        return Book(path, clock)
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def _taken_empty(path: Path, clock: Clock) -> Book:
    """The book that is there, where nothing was ever entered in it: the power went while it was made."""
    there = UserMistake(f"{short(path)} 已经存在，请换一个文件名，或直接打开它。")

    def leave_alone(_: Book) -> str:
        raise there

    if not path.is_file():
        raise there
    book = Book(path, clock, leave_alone)
    try:
        if not book.is_never_begun():
            raise there
    except BaseException:
        book.close()
        raise
    return book


def _connect(path: Path) -> sqlite3.Connection:
    refuse_strange(path)
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise failure(error) from error
    try:
        connection.row_factory = sqlite3.Row
        for pragma, value, expected in PRAGMAS:
            connection.execute(f"PRAGMA {pragma} = {value}")
            found = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
            if found != expected:
                raise PartydayError(
                    f"账本的安全设置 {pragma} 没有生效（{found}），程序停止以免丢失记录，请联系维护人。"
                )
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        connection.close()
        raise failure(error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _legible(text: bytes) -> str:
    return text.decode("utf-8", "replace")
