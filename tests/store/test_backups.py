"""What the book knows of its backups is only ever added to."""

import pytest

from partyday_tui.errors import PartydayError
from partyday_tui.store import backups
from partyday_tui.store.schema import strays


@pytest.fixture
def begun(book):
    with book.act("备份") as act:
        backups.begin(act, 3, "asked", "U盘")
        backups.record_check(act, 3, "written", "U盘", "a" * 64)
    return book


def test_what_was_verified_is_read_back(begun):
    last = backups.last_backup(begun)
    assert (last.generation, last.place, last.found_whole_at) == (3, "U盘", None)
    with begun.act("核对备份") as act:
        backups.record_check(act, 3, "found_whole", "U盘", "a" * 64)
    assert backups.last_backup(begun).found_whole_at is not None
    assert backups.newest_generation(begun) == 3 and backups.knows(begun, 3) and not backups.knows(begun, 2)


def test_what_was_only_begun_or_made_for_a_restore_is_no_backup_of_the_users(book):
    with book.act("备份") as act:
        backups.begin(act, 1, "asked", "U盘")
        backups.begin(act, 2, "before_restore", "本机")
        backups.record_check(act, 2, "written", "本机", "a" * 64)
    assert backups.last_backup(book) is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE backup SET place = 'x'", "DELETE FROM backup", "UPDATE backup_check SET sha256 = sha256",
        "DELETE FROM backup_check", "INSERT OR REPLACE INTO backup SELECT * FROM backup",
        "REPLACE INTO backup_check SELECT * FROM backup_check",
        "INSERT INTO backup VALUES (0, '2026-11-06T19:02:31+08:00', 'asked', '')",
        "INSERT INTO backup VALUES (1000000, '2026-11-06T19:02:31+08:00', 'asked', '')",
        "INSERT INTO backup VALUES (4, 'yesterday', 'asked', '')",
        "INSERT INTO backup VALUES (4, '2026-11-06T19:02:31+08:00', 'guessed', '')",
        "INSERT INTO backup_check VALUES (9, 99, '2026-11-06T19:02:31+08:00', 'written', '', 'a')",
    ],
)  # fmt: skip
def test_the_database_refuses_to_change_it(begun, sql):
    with pytest.raises(PartydayError), begun.act("改") as act:
        act.connection.execute(sql)


@pytest.mark.parametrize("table", ["backup", "backup_check"])
def test_the_second_witness_knows_it_too(begun, table):
    assert strays(begun.rows) == {}
    key = begun.rows(f"SELECT id FROM {table}")[0][0]
    with begun.transaction() as act:
        act.connection.execute(f"DROP TRIGGER {table}_is_never_changed")
        act.connection.execute(f"UPDATE {table} SET place = '别处'")
    assert strays(begun.rows) == {table: [key]}
    with begun.transaction() as act:
        act.connection.execute("PRAGMA defer_foreign_keys = ON")
        act.connection.execute(f"DROP TRIGGER {table}_is_never_deleted")
        act.connection.execute("DROP TRIGGER backup_check_is_never_deleted") if table == "backup" else None
        act.connection.execute("DELETE FROM backup_check")
        act.connection.execute(f"DELETE FROM {table}")
    assert strays(begun.rows)[table] == [key], "what was lost is missed"
