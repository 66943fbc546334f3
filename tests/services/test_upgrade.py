"""A book of an older program: backed up and verified first, then migrated whole, or not touched at all (R15)."""

import errno
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from tests.old_books import VERSIONS, old_book, rows_of
from tests.safekeeping.test_place import FaultyOs

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping import place
from partyday_tui.services import backup, restore
from partyday_tui.services.books import open_existing

CLOCK = Clock(date(2026, 11, 6))


def state(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0], rows_of(connection)


@pytest.mark.parametrize("version", [VERSIONS[0], VERSIONS[-1]])
def test_a_book_is_backed_up_once_for_its_upgrade(book_path, version):
    """That its rows are kept is shown for every version in tests/golden."""
    old_book(book_path, version)
    with closing(open_existing(book_path, CLOCK)) as book:
        assert "备份在本机" in book.news
    with closing(open_existing(book_path, CLOCK)) as again:
        assert again.news == "" and len(place.listed(backup.local_folder())) == 1


@pytest.mark.parametrize(("version", "number"), [(VERSIONS[0], 1), (VERSIONS[-1], 2)])
def test_what_was_kept_before_the_upgrade_can_be_restored(book_path, tmp_path, version, number):
    old_book(book_path, version)
    open_existing(book_path, CLOCK).close()
    found = restore.survey(backup.local_folder())
    assert [(it.number, it.header.schema) for it in found] == [(number, version)]
    opened = restore.open_backup(found[0].path, CLOCK)
    with closing(opened.copy):
        done = restore.restore(tmp_path / "restored.db", CLOCK, opened)
    with closing(done.book) as book:
        assert [row[0] for row in book.rows("SELECT name FROM member ORDER BY id")][:2] == ["甲", "丙"]
        assert backup.back_up(book, tmp_path).generation == number + 1, "a number is never used twice"


@pytest.mark.parametrize("at", [1, 5, 7])
def test_without_a_backup_the_upgrade_does_not_begin(book_path, monkeypatch, at):
    old_book(book_path, 5)
    before = book_path.read_bytes()
    monkeypatch.setattr(place, "os", FaultyOs(at, errno.ENOSPC, sticky=True))
    with pytest.raises(PartydayError, match=r"账本没有改动.*请"):
        open_existing(book_path, CLOCK)
    assert book_path.read_bytes() == before
    monkeypatch.undo()
    assert [it for it in backup.local_folder().glob("*") if it.suffix == ".zip"] == []


def test_a_damaged_old_book_is_not_upgraded(book_path):
    old_book(book_path, 6)
    with closing(sqlite3.connect(book_path)) as other:
        other.execute("DROP TRIGGER dues_entry_is_never_changed")
        other.execute("UPDATE dues_entry SET note = 'x'")
        other.commit()
    before = book_path.read_bytes()
    with pytest.raises(PartydayError, match=r"账本没有改动.*dues_entry_is_never_changed.*恢复"):
        open_existing(book_path, CLOCK)
    assert book_path.read_bytes() == before and place.listed(backup.local_folder()) == []
