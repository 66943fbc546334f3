"""What the book knows of its backups, and what a backup says of the book."""

from dataclasses import dataclass
from datetime import date

from partyday_tui.store.book import Book, Transaction

BACKUP_WORDS = ("备份", "核对备份", "从备份恢复")
"""The acts that are about backups: the day of the last entry does not count them."""

_COUNTED = (
    "member",
    "guest",
    "event",
    "roll_entry",
    "dues_entry",
    "candidate",
    "act",
    "change",
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a book holds, in the words of a backup's header; the same in every version of the program.

    ``counts``: (table, rows) in a fixed order, 0 where the version has no such table. ``last_entry``: day of the last act that is not
    about backups. ``ledger_fen``: dues in hand. ``ledger_head``: hash of the ledger's last entry, '' in an empty ledger.
    """

    book_key: str
    branch: str
    generation: int
    schema: int
    made_at: str
    counts: tuple[tuple[str, int], ...]
    last_entry: date | None
    ledger_fen: int
    ledger_head: str

    def count(self, table: str) -> int:
        """The rows of one of the counted tables."""
        return dict(self.counts).get(table, 0)


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The newest generation that was read back and found whole: when and where (instants of 25 characters)."""

    generation: int
    verified_at: str
    place: str
    found_whole_at: str | None


def contents(book: Book) -> Contents:
    """What the book holds. `generation` and `made_at` are those of the newest backup begun, 0 and '' before the first."""
    tables = {row[0] for row in book.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    counts = tuple((t, _one(book, f"SELECT count(*) FROM {t}") if t in tables else 0) for t in _COUNTED)
    branch = book.rows("SELECT book_key, name FROM branch")
    begun = book.rows("SELECT id, begun_at FROM backup ORDER BY id DESC LIMIT 1") if "backup" in tables else []
    holders = ", ".join("?" for _ in BACKUP_WORDS)
    last = book.rows(f"SELECT day FROM act WHERE what NOT IN ({holders}) ORDER BY id DESC LIMIT 1", BACKUP_WORDS)
    head = book.rows("SELECT chain FROM dues_entry ORDER BY id DESC LIMIT 1") if "dues_entry" in tables else []
    return Contents(
        book_key=branch[0][0] if branch else "",
        branch=branch[0][1] if branch else "",
        generation=begun[0][0] if begun else 0,
        schema=_one(book, "PRAGMA user_version"),
        made_at=begun[0][1] if begun else "",
        counts=counts,
        last_entry=date.fromisoformat(last[0][0]) if last else None,
        ledger_fen=_in_hand(book) if "dues_entry" in tables else 0,
        ledger_head=head[0][0] if head else "",
    )


def knows_generations(book: Book) -> bool:
    """Whether the book is of a version that writes down its backups."""
    return bool(book.rows("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'backup'"))


def lacks_entries(book: Book) -> bool:
    """Whether something was entered that no verified generation holds; in the order of acts, not by a clock."""
    holders = ", ".join("?" for _ in BACKUP_WORDS)
    return bool(
        book.rows(
            f"SELECT 1 FROM act WHERE what NOT IN ({holders}) AND id > coalesce((SELECT act_id FROM change "
            "WHERE kept_in = 'backup' AND op = 'insert' AND row_key = "
            "(SELECT CAST(max(backup_id) AS TEXT) FROM backup_check WHERE what = 'written')), 0) LIMIT 1",
            BACKUP_WORDS,
        )
    )


def was_restored_last(book: Book) -> bool:
    """Whether the book was restored after the newest generation that it knows was begun."""
    return bool(
        book.rows(
            "SELECT 1 FROM act WHERE what = '从备份恢复' AND id > coalesce((SELECT max(act_id) FROM change "
            "WHERE kept_in = 'backup' AND op = 'insert'), 0) LIMIT 1"
        )
    )


def newest_generation(book: Book) -> int:
    """The highest generation begun; 0 before the first, and in a book of a version that knows none."""
    if not knows_generations(book):
        return 0
    return _one(book, "SELECT coalesce(max(id), 0) FROM backup")


def begin(transaction: Transaction, generation: int, reason: str, place: str) -> None:
    """Write that a generation is begun."""
    transaction.connection.execute(
        "INSERT INTO backup (id, begun_at, reason, place) VALUES (?, ?, ?, ?)",
        (generation, transaction.book.clock.instant(), reason, place[:200]),
    )


def record_check(transaction: Transaction, generation: int, what: str, place: str, sha256: str) -> None:
    """Write that the finished file of a generation was read back and is whole: ``written`` or, later on, ``found_whole``."""
    transaction.connection.execute(
        "INSERT INTO backup_check (backup_id, checked_at, what, place, sha256) VALUES (?, ?, ?, ?, ?)",
        (generation, transaction.book.clock.instant(), what, place[:200], sha256),
    )


def knows(book: Book, generation: int) -> bool:
    """Whether the book began this generation."""
    return bool(book.rows("SELECT 1 FROM backup WHERE id = ?", (generation,)))


def last_backup(book: Book) -> LastBackup | None:
    """The newest backup that the user asked for and that was verified; None before the first."""
    found = book.rows(
        "SELECT b.id, c.checked_at, c.place, "
        "(SELECT max(checked_at) FROM backup_check w WHERE w.backup_id = b.id AND w.what = 'found_whole') "
        "FROM backup b JOIN backup_check c ON c.backup_id = b.id AND c.what = 'written' "
        "WHERE b.reason = 'asked' ORDER BY b.id DESC LIMIT 1"
    )
    return LastBackup(*found[0]) if found else None


def _one(book: Book, sql: str) -> int:
    value: int = book.rows(sql)[0][0]
    return value


def _in_hand(book: Book) -> int:
    """Collected less handed over; read from the table itself and not from an index."""
    return _one(
        book,
        "SELECT coalesce(sum(CASE kind WHEN 'remittance' THEN -amount_fen WHEN 'returned' THEN 0 WHEN 'used' THEN 0 "
        "ELSE amount_fen END), 0) FROM dues_entry NOT INDEXED",
    )
