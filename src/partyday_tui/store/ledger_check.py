"""The ledger read from its first entry to its last, from the table itself and not from an index: its chain, and its sums as the entries stand."""

from dataclasses import fields

from partyday_tui.rules.dues.entries import Entry
from partyday_tui.rules.dues.ledger_chain import START, Break, Field, breaks, link
from partyday_tui.store.book import Book

_COLUMNS = tuple(field.name for field in fields(Entry))
_NUMBERS = frozenset(("id", "act_id", "amount_fen", "member_id", "due_fen", "reverses"))
# The entries as the JSON that was hashed, written by SQLite: a fifth of the time that Python takes for it.
_AS_JSON = (
    f"SELECT id, CAST(json_array({', '.join(name if name in _NUMBERS else f'CAST({name} AS TEXT)' for name in _COLUMNS)}) "
    "AS BLOB), CAST(chain AS BLOB) FROM dues_entry NOT INDEXED ORDER BY id"
)
# Text is read as bytes, since a byte changed in the file need not be text any more.
_AS_FIELDS = (
    f"SELECT {', '.join(name if name in _NUMBERS else f'CAST({name} AS BLOB)' for name in _COLUMNS)}, CAST(chain AS BLOB), "
    "(SELECT CAST(chain AS BLOB) FROM dues_entry WHERE id = e.id - 1) FROM dues_entry e NOT INDEXED WHERE id = ?"
)


def chain_breaks(book: Book) -> list[Break]:
    """The entries that are not what was written, by the chain.

    An entry that does not fit is judged once more by its fields: another SQLite may write the same JSON in another way.
    """
    found = breaks((row[0], row[1], row[2]) for row in book.rows(_AS_JSON))
    return [it for it in found if it.what == "missing" or not _is_as_written(book, it.entry_id)]


def in_hand(book: Book, after: int, until: int) -> int:
    """Collected less handed over, in fen, by the entries with keys above `after` up to `until`, read one by one."""
    found = book.rows(
        "SELECT coalesce(sum(CASE kind WHEN 'remittance' THEN -amount_fen WHEN 'returned' THEN 0 WHEN 'used' THEN 0 "
        "ELSE amount_fen END), 0) FROM dues_entry NOT INDEXED WHERE id > ? AND id <= ?",
        (after, until),
    )
    fen: int = found[0][0]
    return fen


def chain_of(book: Book, entry_id: int) -> str | None:
    """The hash that an entry bears; None where there is no such entry."""
    found = book.rows("SELECT CAST(chain AS BLOB) FROM dues_entry WHERE id = ?", (entry_id,))
    return str(_readable(found[0][0])) if found else None


def _is_as_written(book: Book, entry_id: int) -> bool:
    *written, stored, previous = (_readable(value) for value in book.rows(_AS_FIELDS, (entry_id,))[0])
    return link(START if previous is None else str(previous), written) == stored


def _readable(value: object) -> Field:
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    assert value is None or isinstance(value, int)
    return value
