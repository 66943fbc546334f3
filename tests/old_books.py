"""Books as older programs left them: the migrations up to a version, and a row in every table that a version has."""

import sqlite3
from contextlib import closing, suppress

from partyday_tui.rules.dues.ledger_chain import START, link
from partyday_tui.store import dues, schema
from tests.store.test_schema import ROWS

VERSIONS = [number for number, _ in schema.migrations()][:-1]
INSTANT = "2026-03-06T19:30:00+08:00"
_PARENTS = """
INSERT INTO branch (id, book_key, name, secretary, made_on) VALUES (1, '0123456789abcdef0123456789abcdef', '柳湾村党支部', '罗有秀', '2026-01-01');
INSERT INTO preset_choice (preset, valid_from) VALUES ('rural_community', '0001-01-01');
INSERT INTO member (id, name, kind) VALUES (1, '甲', 'full'), (2, '丙', 'full');
INSERT INTO event (id, month) VALUES (1, '2026-11'), (2, '2026-10'), (3, '2026-09');
INSERT INTO guest (id, name, class) VALUES (1, '乙', '其他');
INSERT INTO talk (id, on_date, topic) VALUES (1, '2026-11-06', '工作');
INSERT INTO make_up (id, on_date, form) VALUES (1, '2026-11-07', '自学');
INSERT INTO candidate (id, name) VALUES (1, '江小满');
INSERT INTO event_decision (id, event_id, matter, kind, full_members, present, votes_for, votes_against, votes_abstain)
  VALUES (1, 1, '评优', 'ordinary', 9, 9, 9, 0, 0);
INSERT INTO constitution_segment (id, year, place, title) VALUES (1, 2026, 1, '总纲');
INSERT INTO review (event_id, on_date) VALUES (1, '2026-11-06');
INSERT INTO appraisal (year, event_id) VALUES (2026, 1);
"""


def old_book(path, version):
    """Make a book of `version` with rows in it, as its own program would have left it on the disk."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        schema._run(connection, [step for step in schema.migrations() if step[0] <= version])
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        connection.execute(
            "INSERT INTO act (at, day, actor, what) VALUES (?, '2026-03-06', '罗有秀', '新建账本')", (INSTANT,)
        )
        for statement in filter(str.strip, _PARENTS.split(";\n")):
            if _has(connection, statement.split()[2]):
                connection.execute(statement)
        for table, (row, _) in ROWS.items():
            if table not in ("branch", "preset_choice", "rule_override") and _has(connection, table):
                _insert(connection, table, row)
        if _has(connection, "dues_entry"):
            _ledger(connection)
        connection.execute("COMMIT")


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


def _has(connection, table):
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone())


def _insert(connection, table, row):
    columns = {it[1] for it in connection.execute(f"PRAGMA table_info({table})")}
    held = {name: value for name, value in row.items() if name in columns}
    with suppress(sqlite3.IntegrityError):  # what a table holds already from the parents
        connection.execute(
            f"INSERT INTO {table} ({', '.join(held)}) VALUES ({', '.join('?' * len(held))})", [*held.values()]
        )


def _ledger(connection):
    """One payment, hashed as the ledger hashes."""
    given = {
        "id": 1, "act_id": 1, "request_key": "一", "kind": "voluntary", "amount_fen": 5000, "month": None,
        "on_date": "2026-03-06", "member_id": 1, "member_name": "甲", "due_fen": None, "method": "cash", "payer": "",
        "taken_by": "罗有秀", "receipt_no": "", "note": "", "reverses": None, "entered_at": INSTANT,
    }  # fmt: skip
    values = [given[name] for name in dues._COLUMNS]
    names = ", ".join((*dues._COLUMNS, "chain"))
    holders = ", ".join("?" * (len(values) + 1))
    connection.execute(f"INSERT INTO dues_entry ({names}) VALUES ({holders})", (*values, link(START, values)))
