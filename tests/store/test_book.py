"""The book opens safely, commits whole or not at all, and says in a sentence what went wrong."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.store.book import create_book, open_book
from partyday_tui.store.members import group_id, groups, insert_members, members
from partyday_tui.store.schema import newest_version

CLOCK = Clock(date(2026, 11, 6))
SOURCE = str(Path(__file__).parents[2] / "src")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "book.db"


@pytest.fixture
def book(path):
    book = create_book(path, CLOCK)
    yield book
    book.close()


def child(program, *arguments, **more):
    """A Python of its own, in which `book` comes from our source."""
    code = "import sys\nfrom pathlib import Path\nfrom partyday_tui.clock import Clock\n" + textwrap.dedent(program)
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], env=environment, text=True, stdout=subprocess.PIPE, **more
    )


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "truncate"),
        ("synchronous", 3),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("secure_delete", 1),
        ("busy_timeout", 5000),
    ],
)
def test_the_safe_settings_hold_after_opening_and_after_an_error(book, pragma, value):
    assert book.rows(f"PRAGMA {pragma}")[0][0] == value
    with pytest.raises(PartydayError), book.act("写坏") as act:
        act.connection.execute("INSERT INTO nowhere VALUES (1)")
    assert book.rows(f"PRAGMA {pragma}")[0][0] == value


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_a_new_book_is_for_its_owner_alone(book, path):
    with book.act("写"):
        assert {
            file.name: file.stat().st_mode & 0o777 for file in path.parent.glob("book.db*") if "lock" not in file.name
        } == {
            "book.db": 0o600,
            "book.db-journal": 0o600,
        }


def test_an_open_book_is_refused_to_others_until_it_is_closed(book, path):
    with pytest.raises(UserMistake, match="已在另一个窗口打开"):
        open_book(path, CLOCK)
    book.close()
    open_book(path, CLOCK).close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_the_lock_of_a_killed_program_is_free(path):
    create_book(path, CLOCK).close()
    other = child(
        """
        from partyday_tui.store.book import open_book
        book = open_book(Path(sys.argv[1]), Clock())
        print("open", flush=True)
        sys.stdin.read()
        """,
        path,
        stdin=subprocess.PIPE,
    )
    assert other.stdout.readline() == "open\n"
    with pytest.raises(UserMistake, match="已在另一个窗口打开"):
        open_book(path, CLOCK)
    other.send_signal(signal.SIGKILL)
    other.communicate()
    open_book(path, CLOCK).close()


def test_a_missing_book_and_one_that_is_there_are_named(path):
    with pytest.raises(UserMistake, match="没有找到账本"):
        open_book(path, CLOCK)
    with closing(create_book(path, CLOCK)) as book, book.act("记"):
        pass
    for _ in range(2):
        with pytest.raises(UserMistake, match="已经存在"):
            create_book(path, CLOCK)
    with pytest.raises(UserMistake, match="已经存在"):
        create_book(path.parent, CLOCK)


def test_a_book_of_a_newer_program_is_refused_unchanged(path):
    create_book(path, CLOCK).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {newest_version() + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(UserMistake, match="更新版本的程序"):
        open_book(path, CLOCK)
    assert path.read_bytes() == before


def foreign_database(path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()


@pytest.mark.parametrize(
    "make",
    [
        foreign_database,
        lambda path: path.write_text("这是一封信" * 500),
        lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000),
        lambda path: path.write_bytes(b"PK\x03\x04" * 2000),
    ],
    ids=["another database", "a letter", "a broken head", "a zip"],
)
def test_a_file_that_is_no_book_is_refused_unchanged_and_not_held(path, make):
    make(path)
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(UserMistake, match="不是主题党日台账的账本"):
            open_book(path, CLOCK)
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told(path):
    path.with_name("book.db.lock").mkdir()
    with pytest.raises(UserMistake, match="不能写入"):
        create_book(path, CLOCK)
    assert not path.exists()


def test_an_error_of_ours_rolls_everything_back(book):
    with pytest.raises(UserMistake, match="不对"), book.act("写两笔", with_session=True) as act:
        group_id(act, "第一党小组")
        insert_members(act, [{"name": "张三", "kind": "full"}])
        raise UserMistake("不对")
    assert (groups(book), members(book)) == ([], [])
    assert book.rows("SELECT count(*) FROM act")[0][0] == book.rows("SELECT count(*) FROM change")[0][0] == 0


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("INSERT INTO party_group (name) VALUES ('')", "没有接受这一笔"),
        ("INSERT INTO movement (member_id, kind, on_date) VALUES (99, 'died', '2026-01-01')", "没有接受这一笔"),
        ("SELEKT", "账本读写出错"),
    ],
)
def test_an_error_of_sqlite_is_told_and_the_book_is_opened_anew(book, sql, sentence):
    with pytest.raises(PartydayError, match=sentence), book.act("写坏") as act:
        first = act.connection
        group_id(act, "第一党小组")
        act.connection.execute(sql)
    assert groups(book) == []
    with book.act("再写") as act:
        assert act.connection is not first
        group_id(act, "第一党小组")
    assert groups(book) == ["第一党小组"]


def test_an_error_of_a_read_inside_an_act_opens_the_book_anew(book):
    with pytest.raises(PartydayError, match="账本读写出错"), book.act("写") as act:
        first = act.connection
        book.rows("SELECT * FROM nowhere")
    with book.act("再写") as act:
        assert act.connection is not first


def test_an_act_has_the_book_to_itself_before_it_reads(book, path):
    other = sqlite3.connect(path, timeout=0)
    with closing(other), book.transaction(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")


def test_a_disk_that_went_away_is_told_and_the_book_goes_on_when_it_is_back(book, path):
    with pytest.raises(PartydayError, match="打不开"), book.act("写") as act:
        path.parent.rename(path.parent.with_name("unplugged"))
        act.connection.execute("INSERT INTO nowhere VALUES (1)")
    with pytest.raises(PartydayError, match="打不开"), book.act("还不在"):
        pass
    with pytest.raises(PartydayError, match="打不开"):
        book.rows("SELECT 1")
    path.parent.with_name("unplugged").rename(path.parent)
    assert book.rows("SELECT what FROM act") == []
    with book.act("写"):
        pass
    assert [row["what"] for row in book.rows("SELECT what FROM act")] == ["写"]


def test_an_error_of_the_session_is_told(book):
    with pytest.raises(PartydayError, match="没有接受这一笔"), book.act("写坏", with_session=True) as act:
        insert_members(act, [{"name": "张三", "kind": "full", "joined_on": "2026-02-30"}])
    with book.act("写好", with_session=True) as act:
        insert_members(act, [{"name": "张三", "kind": "full", "joined_on": "2026-02"}])
    assert [member.joined_on for member in members(book)] == ["2026-02"]


def test_session_and_sql_share_one_transaction(book):
    with book.act("写", with_session=True) as act:
        group = group_id(act, "第一党小组")
        insert_members(act, [{"name": "张三", "kind": "full", "group_id": group}])
        assert act.connection.execute("SELECT count(*) FROM member").fetchone()[0] == 1
        assert act.connection.in_transaction
    assert [(member.name, member.group) for member in members(book)] == [("张三", "第一党小组")]
    assert {row[0] for row in book.rows("SELECT act_id FROM change")} == {1}


def test_a_session_must_be_asked_for(book):
    with pytest.raises(RuntimeError), book.act("写") as act:
        _ = act.session


@pytest.mark.parametrize("table", ["act", "change"])
@pytest.mark.parametrize(
    "sql", ["UPDATE {} SET id = id", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}"]
)
def test_the_record_of_changes_cannot_be_rewritten(book, table, sql):
    with book.act("写") as act:
        group_id(act, "第一党小组")
    before = [tuple(row) for row in book.rows(f"SELECT * FROM {table}")]
    with pytest.raises(PartydayError, match="没有接受这一笔"), book.transaction() as transaction:
        transaction.connection.execute(sql.format(table, table))
    assert [tuple(row) for row in book.rows(f"SELECT * FROM {table}")] == before


def test_a_full_disk_is_told_and_what_was_saved_stays(book):
    with book.act("写") as act:
        group_id(act, "第一党小组")
    pages = book.rows("PRAGMA page_count")[0][0]
    book.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(PartydayError, match="磁盘已满"), book.act("写满") as act:
        for number in range(3000):
            group_id(act, f"第{number}党小组")
    assert groups(book) == ["第一党小组"]
    with book.act("再写") as act:
        group_id(act, "第二党小组")
    assert groups(book) == ["第一党小组", "第二党小组"]


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX")
def test_a_disk_that_takes_no_more_keeps_every_act_that_was_told(path):
    other = child(
        """
        import resource, signal
        from partyday_tui.errors import PartydayError
        from partyday_tui.store.book import create_book
        from partyday_tui.store.members import group_id, groups
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        book = create_book(Path(sys.argv[1]), Clock())
        size = Path(sys.argv[1]).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, size + 8192))
        done = 0
        try:
            for number in range(5000):
                with book.act("写") as act:
                    group_id(act, f"第{number}党小组")
                done += 1
        except PartydayError as error:
            assert len(groups(book)) == done
            print(done, error.sentence)
        """,
        path,
    )
    done, sentence = other.communicate()[0].split(" ", 1)
    assert other.returncode == 0
    assert int(done) > 0 and "没有存下" in sentence
    book = open_book(path, CLOCK)
    assert len(groups(book)) == int(done)
    assert book.rows("PRAGMA integrity_check")[0][0] == "ok"
    book.close()


class _FailsBehindTheCommit:
    """The book's own connection, whose COMMIT reports an error though the act stands: a sync of the journal failed after it was emptied."""

    def __init__(self, connection, then=lambda: None):
        self._connection, self._then = connection, then

    def execute(self, sql, *more):
        found = self._connection.execute(sql, *more)
        if sql == "COMMIT":
            self._then()
            raise sqlite3.OperationalError("disk I/O error")
        return found

    def __getattr__(self, name):
        return getattr(self._connection, name)


def test_an_act_that_stands_is_not_called_lost(book):
    book._connection = _FailsBehindTheCommit(book._connection)
    with pytest.raises(PartydayError, match="已经在账本里"), book.act("写") as act:
        group_id(act, "第一党小组")
    assert groups(book) == ["第一党小组"]
    with book.act("再写") as act:
        group_id(act, "第二党小组")


def test_where_the_book_cannot_be_read_again_nothing_is_claimed(book, path):
    book._connection = _FailsBehindTheCommit(
        book._connection, then=lambda: path.rename(path.with_name("gone")) and path.mkdir()
    )
    with pytest.raises(PartydayError, match="还不知道"), book.act("写") as act:
        group_id(act, "第一党小组")
    path.rmdir()
    path.with_name("gone").rename(path)
    assert groups(book) == ["第一党小组"]


def test_a_read_that_fails_claims_nothing_of_what_was_done_before(book):
    with book.act("写") as act:
        group_id(act, "第一党小组")
    book._connection.set_progress_handler(lambda: 1, 1)  # SQLite stops at its first step
    with pytest.raises(PartydayError, match="还不知道") as refused:
        groups(book)
    assert "没有存下" not in refused.value.sentence
    book._connection.set_progress_handler(None, 0)
    assert groups(book) == ["第一党小组"]
