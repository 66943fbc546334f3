"""What SQLite itself and the book's second witness say about the state of a book; read only."""

from collections.abc import Iterable
from hashlib import sha256

from partyday_tui.store import schema
from partyday_tui.store.book import PRAGMAS, Book

NEWEST_DIGEST = "7ff72e960687c640a3b3707791bbff92d898946ae20a5c1b124ad00b4d9572d9"
"""That of the objects of the newest schema, by `digest`: to lay the schema anew would take fifty times as long at each start.

A new migration needs a new one, which its test tells; while it is missing, only time is lost.
"""


def digest(objects: Iterable[tuple[object, ...]]) -> str:
    """SHA-256 over objects of a schema, in whatever order."""
    return sha256("\n".join(sorted(map(repr, objects))).encode("utf-8", "surrogatepass")).hexdigest()


def wrong_pragmas(book: Book) -> list[str]:
    """The settings of the connection that are not what they must be (R2)."""
    return [
        pragma for pragma, _, expected in PRAGMAS if book.rows(f"PRAGMA {pragma}")[0][0] != expected
    ]  # fmt: skip


def damage(book: Book) -> list[str]:
    """What PRAGMA integrity_check finds, which includes all of quick_check; nothing in a sound book."""
    return [row[0] for row in book.rows("PRAGMA integrity_check") if row[0] != "ok"]


def quick_damage(book: Book) -> list[str]:
    """What PRAGMA quick_check finds of pages and rows, without the CHECK of each row, which would take most of the time.

    Those, and whether the indexes agree with their tables, are left to `damage`: every backup looks at it, also that of each day of use.
    """
    book.rows("PRAGMA ignore_check_constraints = ON")
    try:
        return [row[0] for row in book.rows("PRAGMA quick_check") if row[0] != "ok"]
    finally:
        book.rows("PRAGMA ignore_check_constraints = OFF")


def orphans(book: Book) -> list[str]:
    """Rows that name a row that is not there, as ``table row → table``."""
    return [f"{row[0]} {row[1]} -> {row[2]}" for row in book.rows("PRAGMA foreign_key_check")]


def foreign_objects(book: Book) -> list[str]:
    """Tables, indexes, triggers and views that are not as the migrations made them; a few milliseconds where there are none."""
    if digest(tuple(row) for row in book.rows(schema.LISTING)) == NEWEST_DIGEST:
        return []
    return schema.foreign_objects(book.rows)


def strays(book: Book) -> dict[str, list[int]]:
    """By table the keys of appended rows that differ from the record of their insertion."""
    return schema.strays(book.rows)
