"""A book in which every free text of every table has been replaced by hostile text, whatever tables there are."""

import sqlite3
from contextlib import closing

from tests.whole.hostile import BAD_BYTES, TEXTS

_ROWS = 60
_LENGTHS = (2000, 200, 80, 40, 20)
# Not texts but codes that the program wrote itself; another value there is another book, not hostile text.
_CODES = {("preset_choice", "preset"), ("rule_override", "key"), ("rule_override", "value"), ("change", "kept_in")}


def poison(path):
    """Rewrite the newest rows of every table; returns the (table, column) that now hold hostile text."""
    told = set()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        run = connection.execute
        triggers = run("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            run(f"DROP TRIGGER {name}")
        run("BEGIN")
        tables = run("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall()
        columns = [
            (table, row[1])
            for (table,) in tables
            for row in run(f"PRAGMA table_info({table})").fetchall()
            if row[2] in ("TEXT", "ANY")
        ]
        for place, (table, column) in enumerate(columns):
            rows = [row[0] for row in run(f"SELECT rowid FROM {table} ORDER BY rowid DESC LIMIT {_ROWS}")]
            if (table, column) in _CODES or not rows or not _put(run, table, column, rows[0], "甲".encode()):
                continue
            told.add((table, column))
            for n, row in enumerate(rows):
                text = TEXTS[(n + 7 * place) % len(TEXTS)]
                any(_put(run, table, column, row, _cut(text, length)) for length in _LENGTHS)
            _put(run, table, column, rows[-1], BAD_BYTES)
        run("COMMIT")
        for _, sql in triggers:
            run(sql)
    return told


def _put(run, table, column, row, value):
    """Whether the table's own checks let the value in."""
    try:
        run(f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE rowid = ?", (value, row))
    except sqlite3.IntegrityError:
        return False
    return True


def _cut(text, length):
    return text[:length].encode("utf-8", "surrogatepass")
