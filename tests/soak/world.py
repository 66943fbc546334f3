"""A folder with a book and a stick, what the book in it says, and whether it is whole."""

import datetime
import hashlib
import os
import sqlite3
import uuid
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from partyday_tui import paths
from partyday_tui.clock import Clock
from partyday_tui.services import books
from partyday_tui.services.backup import faults_of
from partyday_tui.store.copies import copy_of

DAY = datetime.date(2026, 11, 6)
_ABOUT_ACTS = {"act", "change", "sqlite_sequence"}
_ABOUT_TRIES = _ABOUT_ACTS | {"backup", "backup_check", "delivery"}


class Still(Clock):
    """A clock that stands, so that the same act leaves the same rows."""

    __slots__ = ()

    def instant(self):
        return f"{self.today}T09:00:00+08:00"


CLOCK = Still(DAY)


@dataclass(frozen=True)
class World:
    """``folder`` is watched by the library of faults; nothing else is."""

    folder: Path

    @property
    def path(self):
        return self.folder / "book.db"

    @property
    def stick(self):
        return self.folder / "stick"

    def opened(self):
        """The book, as the program opens it."""
        return books.open_existing(self.path, CLOCK)


@contextmanager
def at_home(world):
    """Let the user's own folders lie in this world, so that they are laid anew with it."""
    before = os.environ["HOME"]
    os.environ["HOME"] = str(world.folder / "home")
    paths.data_folder.cache_clear()
    try:
        yield
    finally:
        os.environ["HOME"] = before
        paths.data_folder.cache_clear()


def same_keys():
    """Let the keys of books and acts be the same in every run."""
    numbers = iter(range(1, 1 << 30))
    uuid.uuid4 = lambda: uuid.UUID(int=next(numbers))


@dataclass(frozen=True)
class State:
    """What a book says: ``all`` its rows; ``payload`` without the record of acts; ``apart`` without that of backups and deliveries too."""

    all: str
    payload: str
    apart: str


def state_of(path):
    """The state of a closed, sound book, read past the program."""
    everything, payload, apart = (hashlib.sha256() for _ in range(3))
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        ).fetchall():
            rows = sorted(map(repr, connection.execute(f"SELECT * FROM {name}").fetchall()))
            said = repr((name, rows)).encode()
            everything.update(said)
            if name not in _ABOUT_ACTS:
                payload.update(said)
            if name not in _ABOUT_TRIES:
                apart.update(said)
    return State(everything.hexdigest(), payload.hexdigest(), apart.hexdigest())


def troubles(book):
    """What is wrong with an open book: pages, structure, references, ledger, sums."""
    with closing(copy_of(book)) as copy:
        return faults_of(copy)
