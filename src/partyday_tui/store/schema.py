"""Numbered migrations, the only way a schema is made, and the triggers that record every change."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.store.failures import NOT_OURS

Rows = Callable[[str], list[sqlite3.Row]]
"""How `Book.rows` reads."""

APPLICATION_ID = 0x50445942  # "PDYB" in the file's header: this is one of our books


class NewerBook(UserMistake):
    """The book is sound, but of a newer program."""


# Tables whose rows are recorded in `change`, and the expression that names a row.
KEPT = {
    "branch": "id",
    "preset_choice": "id",
    "rule_override": "id",
    "party_group": "id",
    "member": "id",
    "movement": "id",
    "guest": "id",
    "event": "id",
    "event_kind": "event_id",
    "change_request": "id",
    "roll_entry": "id",
    "event_guest": "id",
    "roll_close": "event_id",
    "leave": "id",
    "case_step": "id",
    "make_up": "id",
    "make_up_case": "make_up_id",
    "talk": "id",
    "talk_member": "talk_id",
    "talk_trigger": "id",
    "visit": "id",
    "hardship": "id",
    "problem": "id",
    "praise": "id",
    "volunteering": "id",
    "outreach": "id",
    "inspection": "id",
    "duty_post": "id",
    "superior_report": "id",
    "candidate": "id",
    "candidate_step": "candidate_id",
    "candidate_look": "candidate_id",
    "event_record": "event_id",
    "event_agenda": "id",
    "event_step": "id",
    "event_run_up": "event_id",
    "event_decision": "id",
    "event_deduction": "id",
    "event_tick": "id",
    "event_member_tick": "id",
    "event_lecture": "id",
    "event_comment": "id",
    "event_picture": "id",
    "constitution_segment": "id",
    "constitution_reading": "id",
    "study_topic": "id",
    "yearly_plan": "id",
    "review": "event_id",
    "review_ballots": "event_id",
    "review_count": "event_id",
    "appraisal": "year",
    "appraisal_ballots": "year",
    "appraisal_count": "year",
    "appraisal_member": "year",
    "holiday": "day",
    "holiday_notice": "year",
    "delivery_place": "id",
}

# Tables that are only ever added to (their own triggers refuse all else): what was added is recorded, as a second witness.
APPENDED = {
    "dues_assessment": "id",
    "dues_base_part": "id",
    "dues_term": "id",
    "dues_away": "id",
    "dues_receipt": "id",
    "dues_entry": "id",
    "dues_month_close": "id",
    "dues_close_row": "id",
    "dues_close_note": "id",
    "dues_publication": "id",
    "backup": "id",
    "backup_check": "id",
    "package": "id",
    "delivery": "id",
}

# A list frozen at the first mark or ballot is the copy of what other tables already record.
_RECORDED_INSERTS = {
    "roll_entry": "NEW.status IS NOT NULL",
    "appraisal_member": "NEW.grade || NEW.reason || NEW.absence || NEW.note <> ''",
}


def migrations() -> list[tuple[int, str]]:
    """(number, SQL) of every migration shipped, in order."""
    found = [entry for entry in files(__package__).joinpath("migrations").iterdir() if entry.name.endswith(".sql")]
    return sorted((int(entry.name.partition("_")[0]), entry.read_text("utf-8")) for entry in found)


@cache
def newest_version() -> int:
    """The schema version this program writes."""
    return migrations()[-1][0]


def refuse_newer(version: int) -> None:
    """Raise NewerBook for a schema that only a newer program knows."""
    if version > newest_version():
        raise NewerBook("这个账本由更新版本的程序保存过，请用新版程序打开；账本没有改动。")


def is_older(connection: sqlite3.Connection) -> bool:
    """Whether the open database is a book of ours that `migrate` would change."""
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return bool(owner == APPLICATION_ID and 0 < version < newest_version())


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the open book to this program's schema, in one transaction.

    Raises UserMistake for a file that is not a book and for a book of a newer program.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    is_empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if owner != APPLICATION_ID and not (is_empty and version == 0):
        raise UserMistake(NOT_OURS)
    refuse_newer(version)
    steps = migrations()
    if version == steps[-1][0]:
        return
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        _run(connection, [step for step in steps if step[0] > version])
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _run(connection: sqlite3.Connection, steps: list[tuple[int, str]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for _, sql in steps:
            for statement in _statements(sql):
                connection.execute(statement)
        _lay_change_triggers(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise PartydayError("账本升级时发现记录之间对不上，已退回原样，请用旧版程序打开并联系维护人。")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {steps[-1][0]}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(sql: str) -> list[str]:
    """The single statements of a script; `executescript` would commit behind our back."""
    statements, pending = [], ""
    for line in sql.splitlines():
        if not pending and (not line.strip() or line.startswith("--")):
            continue
        pending += line + "\n"
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def _lay_change_triggers(connection: sqlite3.Connection) -> None:
    """Lay anew, for every kept table as it now stands, the triggers that write `change`."""
    for table, key in (KEPT | APPENDED).items():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        if not columns:
            continue
        for op in ("insert", "update", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS {table}_{op}_is_recorded")
        only = _RECORDED_INSERTS.get(table, "1")
        _record(
            connection,
            table,
            "insert",
            only,
            f"NEW.{key}",
            f"SELECT '' AS field, NULL AS o, {_packed('NEW', columns)} AS n",
        )
        if table in APPENDED:
            continue
        _record(
            connection,
            table,
            "delete",
            "1",
            f"OLD.{key}",
            f"SELECT '' AS field, {_packed('OLD', columns)} AS o, NULL AS n",
        )
        pairs = " UNION ALL ".join(f"SELECT '{c}' AS field, OLD.{c} AS o, NEW.{c} AS n" for c in columns)
        _record(connection, table, "update", "1", f"OLD.{key}", f"SELECT * FROM ({pairs}) WHERE o IS NOT n")


def _record(connection: sqlite3.Connection, table: str, op: str, condition: str, row_key: str, fields: str) -> None:
    connection.execute(
        f"CREATE TRIGGER {table}_{op}_is_recorded AFTER {op.upper()} ON {table} WHEN {condition} BEGIN "
        "INSERT INTO change (act_id, kept_in, row_key, op, field, old, new) "
        f"SELECT (SELECT max(id) FROM act), '{table}', CAST({row_key} AS TEXT), '{op}', field, o, n FROM ({fields}); END"
    )


def _packed(row: str, columns: list[str]) -> str:
    """SQL for the fields of a whole row that say something, as ``name US value RS`` (JSON functions are not trusted in a schema)."""
    return " || ".join(f"coalesce('{c}\x1f' || nullif(nullif({row}.{c}, ''), 0) || '\x1e', '')" for c in columns)


def strays(rows: Rows) -> dict[str, list[int]]:
    """By appended table the keys where the rows and the record of their insertion differ: changed, lost or slipped in.

    Both are compared by SQLite as bytes, since a byte changed in the file need not be text any more. The record is read once for all
    the tables.
    """
    found: dict[str, set[int]] = {}
    for table in APPENDED:
        columns = [row[1] for row in rows(f"PRAGMA table_info({table})")]
        for row in rows(
            f"SELECT t.id FROM {table} t NOT INDEXED LEFT JOIN change c ON kept_in = '{table}' AND op = 'insert' "
            f"AND row_key = CAST(t.id AS TEXT) WHERE CAST(c.new AS BLOB) IS NOT CAST({_packed('t', columns)} AS BLOB)"
        ):
            found.setdefault(table, set()).add(row[0])
    lost = " ".join(
        f"WHEN '{table}' THEN CAST(row_key AS INTEGER) NOT IN (SELECT id FROM {table} NOT INDEXED)"
        for table in APPENDED
    )
    for table, key in rows(
        "SELECT kept_in, CAST(row_key AS INTEGER) FROM change NOT INDEXED "
        f"WHERE op = 'insert' AND CASE kept_in {lost} ELSE 0 END"
    ):
        found.setdefault(table, set()).add(key)
    return {table: sorted(found[table]) for table in APPENDED if table in found}


Object = tuple[str, str, str, str | None]
"""An object of the schema: type, name, table, SQL. Names alone would not do: a trigger may bear the name of a table."""

LISTING = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
"""How the objects of an open database are read."""


def foreign_objects(rows: Rows, version: int | None = None) -> list[str]:
    """The names of tables, indexes, triggers and views that are not as the migrations made them: changed, missing, added (R14).

    At an older `version` the triggers that record changes are left out, since each migration lays them anew.
    """
    wanted = Counter(objects_of(version or newest_version()))
    held = Counter((row[0], row[1], row[2], row[3]) for row in rows(LISTING))
    laid_anew = set()
    if version is not None and version != newest_version():
        laid_anew = {f"{table}_{op}_is_recorded" for table in KEPT | APPENDED for op in ("insert", "update", "delete")}
    strange = (wanted - held) + (held - wanted)
    return sorted({it[1] for it in strange if it[0] != "trigger" or it[1] not in laid_anew})


@cache
def objects_of(version: int) -> tuple[Object, ...]:
    """Every object of the schema at a version, from an empty database migrated up to there."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _run(fresh, [step for step in migrations() if step[0] <= version])
        return tuple(fresh.execute(LISTING).fetchall())
    finally:
        fresh.close()


def unpack(packed: str) -> dict[str, str]:
    """The fields of a row as `_packed` wrote them."""
    return dict(part.split("\x1f", 1) for part in packed.split("\x1e") if part)
