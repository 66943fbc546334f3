"""Each released schema keeps its golden book, and each golden book comes up to this program's schema with all that is in it."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from partyday_tui.clock import Clock
from partyday_tui.safekeeping import archive, place
from partyday_tui.services import backup
from partyday_tui.services.books import open_existing
from partyday_tui.services.doctor import diagnose
from partyday_tui.store import schema
from tests.golden.make import NAMES, golden, made
from tests.old_books import VERSIONS, old_book, rows_of

CLOCK = Clock(date(2026, 11, 6))
LEDGER = (len(NAMES) + 1, 100 * (len(NAMES) - 1))


def test_every_schema_before_this_one_has_its_golden_book():
    missing = [golden(version).name for version in VERSIONS if not golden(version).is_file()]
    assert missing == [], "check out the commit before the migration was added, and there: python -m tests.golden.make"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_golden_book_comes_up_with_every_row_after_its_backup(book_path, tmp_path, version):
    """An older book is opened only where its schema is what the migrations make, so that one that was edited fails here too."""
    old_book(book_path, version)
    before = _state(book_path)
    assert before[0] == version
    assert {table for table, rows in before[1].items() if not rows} == set(), "a golden book has a row in every table"
    with closing(open_existing(book_path, CLOCK)) as book:
        assert "备份在本机" in book.news
        assert diagnose(book).ok, diagnose(book)
        after = rows_of(book._connection)
        names = [row[0] for row in book.rows("SELECT name FROM member WHERE id > 100 ORDER BY id")]
        assert tuple(names) == NAMES
        if version > 1:
            found = book.rows("SELECT count(*), sum(amount_fen) FROM dues_entry WHERE kind <> 'remittance'")
            assert tuple(found[0]) == LEDGER
        assert [tuple(row) for row in book.rows("PRAGMA user_version")] == [(schema.newest_version(),)]
    for table, rows in before[1].items():
        kept = [{name: row[name] for name in rows[0]} for row in after[table]]
        assert kept[: len(rows)] == rows, f"{table} lost rows of version {version}"
    (kept,) = place.listed(backup.local_folder())
    (tmp_path / "inside.db").write_bytes(archive.unpack(place.read_file(kept.path)))
    held_version, held = _state(tmp_path / "inside.db")
    assert held_version == version
    assert {table: rows[: len(before[1][table])] for table, rows in held.items()} == before[1]


def test_the_script_makes_the_same_book_each_time():
    newest = schema.newest_version()
    assert made(newest) == made(newest)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(made(newest))
        assert {table for table, rows in rows_of(connection).items() if not rows} == set()


def _state(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0], rows_of(connection)
