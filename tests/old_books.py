"""Books as older programs left them: the golden books, one for each schema before this one (`tests/golden/make.py`)."""

import lzma
import sqlite3
from contextlib import closing
from functools import cache

from partyday_tui.store import schema
from tests.golden.make import golden

VERSIONS = [number for number, _ in schema.migrations()][:-1]


def old_book(path, version):
    """Lay the golden book of `version` down as a file, as its own program would have left it on the disk."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_text(version))


@cache
def _text(version):
    return lzma.decompress(golden(version).read_bytes()).decode()


def rows_of(connection, tables=None):
    """Every row of every table, or of those named, as {table: [{column: value}]}; of `change` and `act` too."""
    connection.row_factory = sqlite3.Row
    found = tables or [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
    return {table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")] for table in found}
