"""The append-only record of changes, read back for the row at hand."""

from collections.abc import Sequence

from partyday_tui.rules.changes import Change
from partyday_tui.store.book import Book


def changes_of(book: Book, kept_in: str, row_key: int | str) -> list[Change]:
    """Every change of one row, newest first."""
    return changes_of_family(book, (kept_in,), row_key)


def changes_of_family(book: Book, tables: Sequence[str], row_key: int | str) -> list[Change]:
    """Every change of the rows of several tables that are recorded under one key, newest first."""
    rows = book.rows(
        f"SELECT a.at, a.day, a.actor, a.what, a.source, c.kept_in, c.op, c.field, {_named('old')}, {_named('new')} FROM change c "
        f"JOIN act a ON a.id = c.act_id WHERE c.kept_in IN ({', '.join('?' for _ in tables)}) AND c.row_key = ? ORDER BY c.id DESC",
        (*tables, str(row_key)),
    )
    return [Change(*row[:8], *(None if value is None else str(value) for value in row[8:])) for row in rows]


def changes_of_mark(book: Book, event_id: int, member_id: int) -> list[Change]:
    """Every change of one member's mark at one event, newest first."""
    found = book.rows("SELECT id FROM roll_entry WHERE event_id = ? AND member_id = ?", (event_id, member_id))
    return changes_of(book, "roll_entry", found[0][0]) if found else []


def _named(side: str) -> str:
    """SQL for a value, the key of a group or a member as the name."""
    return (
        f"CASE c.field WHEN 'group_id' THEN (SELECT name FROM party_group WHERE id = c.{side}) "
        f"WHEN 'member_id' THEN (SELECT name FROM member WHERE id = c.{side}) ELSE c.{side} END"
    )
