"""The golden books, one for each released schema: ``python -m tests.golden.make`` writes the one of the newest schema.

Run it before a migration is added; a book that is there already is never written again, since it is what its program left.
Each is the text of a whole database (``xzcat tests/golden/0005.sql.xz``): the schema of its day with all triggers, a row in every
table, a branch of rare names, a ledger with its chain, and the record of every change. The same rows give the same bytes.
"""

import lzma
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from partyday_tui.rules.dues.ledger_chain import START, link
from partyday_tui.store import dues, schema
from tests.store.test_schema import ROWS

FOLDER = Path(__file__).parent
INSTANT = "2026-03-06T19:30:00+08:00"
NAMES = ("张[/foo]三", "=1+1", "𠮷野㛃", "阿依努尔·买买提", "䶮䶮", "O'Neil", "张伟", "张伟", "𬎆 ", "名" * 40)
"""Names that have broken programs; the ledger takes 1.00 yuan from each."""

_PARENTS = """
INSERT INTO branch (id, book_key, name, secretary, made_on) VALUES (1, '0123456789abcdef0123456789abcdef', '柳湾村党支部', '罗有秀', '2026-01-01');
INSERT INTO preset_choice (preset, valid_from) VALUES ('rural_community', '0001-01-01');
INSERT INTO rule_override (key, value, reason, valid_from) VALUES ('committee.before_event', 'false', '支部大会决定', '2026-01-01');
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
# The tables that are only ever added to, beside the ledger.
_APPENDED = {
    "dues_assessment": {"id": 1, "act_id": 1, "member_id": 101, "member_name": NAMES[0], "year": 2026, "valid_from": "2026-01",
                        "category": "wage", "base_fen": 300000, "rate": 50, "by_table_fen": 1500, "monthly_fen": 1500, "notice": "中组发〔2008〕3号"},
    "dues_base_part": {"id": 1, "assessment_id": 1, "name": "岗位工资", "effect": "counts", "amount_fen": 300000},
    "dues_term": {"id": 1, "act_id": 1, "member_id": 102, "first_month": "2026-02", "reason": "二月转入"},
    "dues_away": {"id": 1, "act_id": 1, "member_id": 103, "first_month": "2026-02", "place": "深圳某公司党支部"},
    "dues_receipt": {"id": 1, "act_id": 1, "entry_id": len(NAMES) + 2, "receipt_no": "青0031"},
    "dues_close_row": {"id": 1, "close_id": 1, "member_id": 101, "member_name": NAMES[0], "state": "unpaid", "due_fen": 1500, "paid_fen": 0},
    "dues_close_note": {"id": 1, "act_id": 1, "month": "2026-04", "member_id": 102, "state": "deferred", "reason": "住院"},
    "dues_publication": {"id": 1, "act_id": 1, "year": 2026, "published_on": "2026-04-02", "place": "公示栏", "collected_fen": 900, "remitted_fen": 0},
    "backup": {"id": 1, "begun_at": INSTANT, "reason": "asked", "place": "KINGSTON (E:)"},
    "backup_check": {"id": 1, "backup_id": 1, "checked_at": INSTANT, "what": "written", "place": "KINGSTON (E:)", "sha256": "0" * 64},
    "package": {"id": 1, "act_id": 1, "kind": "month", "period": "2026-03", "title": "月度材料", "revision": 1, "file_name": "三月.xlsx",
                "sha256": "0" * 64, "size": 9},
    "delivery": {"id": 1, "act_id": 1, "package_id": 1, "result": "by_hand", "carrier": "stick", "by_whom": "罗有秀", "on_date": "2026-04-02"},
}  # fmt: skip
_STATUSES = ("present", "late", "leave", "absent", "other", None)


def main():
    """Write the newest schema's book, or those of the versions that are named, where there is none yet."""
    for version in [int(it) for it in sys.argv[1:]] or [schema.newest_version()]:
        file = golden(version)
        if file.exists():
            raise SystemExit(f"{file.name} is there; a golden book is never written again")
        file.write_bytes(lzma.compress(made(version).encode(), preset=9))
        print(f"{file.name}: {file.stat().st_size} bytes")


def golden(version):
    """The file of a version's golden book."""
    return FOLDER / f"{version:04}.sql.xz"


def made(version):
    """The SQL text of a book as the migrations up to `version` make it, with rows in every table."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema._run(connection, [step for step in schema.migrations() if step[0] <= version])
        connection.execute("PRAGMA foreign_keys = ON")
        _fill(connection)
        marks = [f"PRAGMA {name} = {connection.execute(f'PRAGMA {name}').fetchone()[0]};" for name in _MARKS]
        return "\n".join([*marks, *connection.iterdump(), ""])


_MARKS = ("application_id", "user_version")


def _fill(connection):
    connection.execute(
        "INSERT INTO act (at, day, actor, what) VALUES (?, '2026-03-06', '罗有秀', '新建账本')", (INSTANT,)
    )
    for statement in filter(str.strip, _PARENTS.split(";\n")):
        if _has(connection, statement.split()[2]):
            connection.execute(statement)
    for table, (row, _) in ROWS.items():
        if table not in ("branch", "preset_choice", "rule_override") and _has(connection, table):
            _insert(connection, table, row)
    for key, name in enumerate(NAMES, 101):
        _insert(
            connection, "member", {"id": key, "name": name, "reading": "", "kind": "full", "phone": f"1380000{key:04}"}
        )
        status = _STATUSES[key % len(_STATUSES)]
        _insert(connection, "roll_entry", {"id": key, "event_id": 2, "member_id": key, "name": name, "kind": "full",
                                           "floating": 0, "infirm": 0, "status": status})  # fmt: skip
    if _has(connection, "dues_entry"):
        _ledger(connection)
    for table, row in _APPENDED.items():
        if _has(connection, table):
            _insert(connection, table, row)


def _has(connection, table):
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone())


def _insert(connection, table, row):
    columns = {it[1] for it in connection.execute(f"PRAGMA table_info({table})")}
    held = {name: value for name, value in row.items() if name in columns}
    connection.execute(
        f"INSERT INTO {table} ({', '.join(held)}) VALUES ({', '.join('?' * len(held))})", [*held.values()]
    )


def _ledger(connection):
    """A payment of each member, hashed as the ledger hashes, the first of them reversed, and a hand-over where receipts are kept."""
    usual = {
        "act_id": 1, "kind": "voluntary", "amount_fen": 100, "month": None, "on_date": "2026-03-06", "due_fen": None,
        "method": "cash", "payer": "", "taken_by": "罗有秀", "receipt_no": "", "note": "", "reverses": None, "entered_at": INSTANT,
    }  # fmt: skip
    people = list(enumerate(NAMES, 101))
    entries = [usual | {"member_id": key, "member_name": name} for key, name in people]
    entries.append(entries[0] | {"amount_fen": -100, "note": "记错人", "reverses": 1})
    if _has(connection, "dues_receipt"):
        entries.append(usual | {"kind": "remittance", "member_id": None, "member_name": ""})
    names = ", ".join((*dues._COLUMNS, "chain"))
    holders = ", ".join("?" * (len(dues._COLUMNS) + 1))
    chain = START
    for key, entry in enumerate(entries, 1):
        given = entry | {"id": key, "request_key": f"第{key}笔"}
        values = [given[name] for name in dues._COLUMNS]
        chain = link(chain, values)
        connection.execute(f"INSERT INTO dues_entry ({names}) VALUES ({holders})", (*values, chain))
    _insert(connection, "dues_month_close", {
        "id": 1, "act_id": 1, "month": "2026-03", "closed_on": "2026-04-01", "through": "2026-03-31", "ledger_fen": 900,
        "counted_fen": 900, "head_id": len(entries), "head_chain": chain,
    })  # fmt: skip


if __name__ == "__main__":
    main()
