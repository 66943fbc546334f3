"""The append-only record of changes, read back for the row at hand."""

from collections.abc import Sequence

from partyday_tui.rules.changes import Change
from partyday_tui.store.book import Book


def changes_of(book: Book, kept_in: str, row_key: int | str) -> list[Change]:
    """Every change of one row, newest first."""
    return changes_of_family(book, (kept_in,), row_key)


def changes_of_family(book: Book, tables: Sequence[str], row_key: int | str) -> list[Change]:
    """Every change of the rows of several tables that are recorded under one key, newest first."""
    named = ", ".join("?" for _ in tables)
    return _changes(book, f"c.kept_in IN ({named}) AND c.row_key = ?", (*tables, str(row_key)))


def changes_of_member(book: Book, member_id: int) -> list[Change]:
    """Every change of one member and of their entries and exits, those taken out too, newest first."""
    # A movement that was taken out is known by what the record packed of it.
    owner = f"member_id\x1f{member_id}\x1e"
    return _changes(
        book,
        "c.kept_in = 'member' AND c.row_key = ? OR c.kept_in = 'movement' AND c.row_key IN "
        "(SELECT row_key FROM change WHERE kept_in = 'movement' AND instr(coalesce(new, old), ?))",
        (str(member_id), owner),
    )


def changes_of_mark(book: Book, event_id: int, member_id: int) -> list[Change]:
    """Every change of one member's mark at one event, newest first."""
    found = book.rows("SELECT id FROM roll_entry WHERE event_id = ? AND member_id = ?", (event_id, member_id))
    return changes_of(book, "roll_entry", found[0][0]) if found else []


def _changes(book: Book, condition: str, parameters: tuple[str, ...]) -> list[Change]:
    rows = book.rows(
        f"SELECT a.at, a.day, a.actor, a.what, a.source, c.kept_in, c.op, c.field, {_named('old')}, {_named('new')} FROM change c "
        f"JOIN act a ON a.id = c.act_id WHERE {condition} ORDER BY c.id DESC",
        parameters,
    )
    return [Change(*row[:8], *(None if value is None else str(value) for value in row[8:])) for row in rows]


def _named(side: str) -> str:
    """SQL for a value, the key of a group or a member as the name."""
    return (
        f"CASE c.field WHEN 'group_id' THEN (SELECT name FROM party_group WHERE id = c.{side}) "
        f"WHEN 'member_id' THEN (SELECT name FROM member WHERE id = c.{side}) ELSE c.{side} END"
    )
