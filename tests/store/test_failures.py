"""The sentence for an error of SQLite names what is the matter."""

import sqlite3
from contextlib import closing

import pytest

from partyday_tui.store.failures import failure


@pytest.mark.parametrize(("mode", "said"), [(0o444, "文件是只读的"), (0o644, "文件夹不能写入")])
def test_a_file_only_for_reading_is_not_blamed_on_its_folder(tmp_path, mode, said):
    path = tmp_path / "book.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE t (x)")
    reading = closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True))
    with reading as connection, pytest.raises(sqlite3.OperationalError) as refused:
        connection.execute("INSERT INTO t VALUES (1)")
    path.chmod(mode)
    assert said in failure(refused.value, path).sentence
    path.chmod(0o644)
