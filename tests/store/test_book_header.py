"""A file that is no book of ours is refused before SQLite opens it, and stays as it is to the last byte."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from partyday_tui.__main__ import main
from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.services.books import NeverBegun, make_book, open_existing
from partyday_tui.store.schema import NewerBook, newest_version

CLOCK = Clock(date(2026, 11, 6))


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "made.db"
    make_book(path, CLOCK, name="柳湾村党支部", preset="rural_community", secretary="罗有秀").close()
    return path


def left_by(statements, path, *, with_wal):
    """A file as another program leaves it, killed or at its end; SQLite's own end would take the WAL away."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for sql in statements:
            connection.execute(sql)
        if not with_wal:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for end in ("", "-wal"):
            shutil.copy(f"{path}{end}", path.with_name(f"left.db{end}"))
    return path.with_name("left.db")


def held(path):
    return {it.name: it.read_bytes() for it in path.parent.glob(f"{path.name}*") if not it.name.endswith(".lock")}


@pytest.mark.parametrize("with_wal", [False, True])
def test_another_programs_file_in_wal_mode_stays_as_it_is(tmp_path, with_wal):
    path = left_by(
        ["PRAGMA journal_mode = WAL", "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)"],
        tmp_path / "x.db",
        with_wal=with_wal,
    )
    before = held(path)
    with pytest.raises(UserMistake, match="不是主题党日台账的账本"):
        open_existing(path, CLOCK)
    assert held(path) == before


@pytest.mark.parametrize("mode", ["WAL", "TRUNCATE"])
def test_the_book_of_a_newer_program_stays_as_it_is(made, mode):
    with closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version = {newest_version() + 1}")
        connection.execute(f"PRAGMA journal_mode = {mode}")
    before = held(made)
    with pytest.raises(NewerBook):
        open_existing(made, CLOCK)
    assert held(made) == before


@pytest.mark.parametrize("data", [b"x", b"x" * 5000, b"\0" * 5000, b"SQLite format 3\0"])
def test_what_is_no_book_at_all_stays_as_it_is(tmp_path, data):
    path = tmp_path / "x.db"
    path.write_bytes(data)
    with pytest.raises(UserMistake, match="或者已经损坏"):
        open_existing(path, CLOCK)
    assert held(path) == {"x.db": data}


def test_a_wal_of_another_book_is_not_played_into_this_one(made, tmp_path):
    other = left_by(
        ["PRAGMA journal_mode = WAL", "UPDATE branch SET name = '别村党支部'"],
        shutil.copy(made, tmp_path / "other.db"),
        with_wal=True,
    )
    shutil.copy(f"{other}-wal", f"{made}-wal")
    before = held(made)
    with pytest.raises(UserMistake, match=r"made\.db-wal"):
        open_existing(made, CLOCK)
    assert held(made) == before


def test_a_book_that_another_program_left_in_wal_mode_is_opened_with_all_that_it_wrote(made):
    path = left_by(["PRAGMA journal_mode = WAL", "UPDATE branch SET superior = '青山镇党委'"], made, with_wal=True)
    with closing(open_existing(path, CLOCK)) as book:
        assert book.rows("SELECT superior FROM branch")[0][0] == "青山镇党委"
    assert not path.with_name("left.db-wal").exists()


def test_an_empty_file_is_no_book_for_what_only_reads(tmp_path, capsys):
    path = tmp_path / "x.db"
    path.write_bytes(b"")
    with pytest.raises(NeverBegun):
        open_existing(path, CLOCK)
    assert main(["--book", str(path), "doctor"]) == 2
    assert "partyday new" in capsys.readouterr().err
    assert held(path) == {"x.db": b""}
    make_book(path, CLOCK, name="柳湾村党支部", preset="rural_community").close()
    open_existing(path, CLOCK).close()
