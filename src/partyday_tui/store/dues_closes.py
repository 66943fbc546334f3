"""Month closes and publications of dues in the book."""

from collections.abc import Iterable
from dataclasses import dataclass

from partyday_tui.rules.month import Month
from partyday_tui.store.book import Book, Transaction


@dataclass(frozen=True, slots=True)
class MonthClose:
    """A month that is closed: when, up to which of its days, and what the ledger and the cash box said (``counted_fen`` None: not counted).

    The days up to ``through`` are shut for new entries; ``through`` itself stays open where the month was closed on that very day.

    ``head_id`` and ``head_chain`` are the last entry and its hash at that moment: an anchor against a cut tail.
    """

    id: int
    month: str
    closed_on: str
    through: str
    ledger_fen: int
    counted_fen: int | None
    difference_reason: str
    head_id: int
    head_chain: str


@dataclass(frozen=True, slots=True)
class CloseRow:
    """How one member stood when the month was closed."""

    member_id: int
    member_name: str
    state: str
    due_fen: int | None
    paid_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class Publication:
    """When and where a year's figures were shown to the members, with the sums as they stood."""

    year: int
    published_on: str
    place: str
    collected_fen: int
    remitted_fen: int


_COLUMNS = "id, month, closed_on, through, ledger_fen, counted_fen, difference_reason, head_id, head_chain"


def closes(book: Book) -> list[MonthClose]:
    """Every closed month, oldest first."""
    return [MonthClose(*row) for row in book.rows(f"SELECT {_COLUMNS} FROM dues_month_close ORDER BY month")]


def last_close(book: Book) -> MonthClose | None:
    """The latest closed month, or None."""
    rows = book.rows(f"SELECT {_COLUMNS} FROM dues_month_close ORDER BY month DESC LIMIT 1")
    return MonthClose(*rows[0]) if rows else None


def close_of(book: Book, month: Month) -> MonthClose | None:
    """The close of a month, or None while it is open."""
    rows = book.rows(f"SELECT {_COLUMNS} FROM dues_month_close WHERE month = ?", (str(month),))
    return MonthClose(*rows[0]) if rows else None


def close_rows(book: Book, close_id: int) -> list[CloseRow]:
    """How each member stood at a close."""
    rows = book.rows(
        "SELECT member_id, member_name, state, due_fen, paid_fen, reason FROM dues_close_row WHERE close_id = ? ORDER BY id",
        (close_id,),
    )
    return [CloseRow(*row) for row in rows]


def deferred_months(book: Book, member_id: int | None = None) -> dict[int, set[Month]]:
    """The months that each member, or one, was allowed to pay later, with a reason on file."""
    only, parameters = ("", ()) if member_id is None else ("AND r.member_id = ?", (member_id,))
    found: dict[int, set[Month]] = {}
    for member, month in book.rows(
        "SELECT r.member_id, c.month FROM dues_close_row r JOIN dues_month_close c ON c.id = r.close_id "
        f"WHERE r.state = 'deferred' {only}",
        parameters,
    ):
        found.setdefault(member, set()).add(Month.parse(month))
    return found


def insert_close(transaction: Transaction, close: MonthClose, rows: Iterable[CloseRow]) -> int:
    """Write a close (its ``id`` is not looked at) and its rows in the act begun last; returns the key."""
    run = transaction.connection.execute
    key = run(
        "INSERT INTO dues_month_close (act_id, month, closed_on, through, ledger_fen, counted_fen, difference_reason, head_id, "
        "head_chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            transaction.act_id,
            close.month,
            close.closed_on,
            close.through,
            close.ledger_fen,
            close.counted_fen,
            close.difference_reason,
            close.head_id,
            close.head_chain,
        ),
    ).lastrowid
    assert key is not None
    transaction.connection.executemany(
        "INSERT INTO dues_close_row (close_id, member_id, member_name, state, due_fen, paid_fen, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(key, row.member_id, row.member_name, row.state, row.due_fen, row.paid_fen, row.reason) for row in rows],
    )
    return key


def close_notes(book: Book, month: Month) -> dict[int, tuple[str, str]]:
    """(state, reason) noted for each member of a month that is not closed yet; the latest note of a member holds."""
    rows = book.rows("SELECT member_id, state, reason FROM dues_close_note WHERE month = ? ORDER BY id", (str(month),))
    latest = {member: (state, reason) for member, state, reason in rows}
    return {member: note for member, note in latest.items() if note[0]}


def insert_close_notes(transaction: Transaction, month: Month, notes: Iterable[tuple[int, str, str]]) -> None:
    """Write (member, state, reason) notes of a month in the act begun last; an empty state takes a note back."""
    transaction.connection.executemany(
        "INSERT INTO dues_close_note (act_id, month, member_id, state, reason) VALUES (?, ?, ?, ?, ?)",
        [(transaction.act_id, str(month), *note) for note in notes],
    )


def publications(book: Book, year: int) -> list[Publication]:
    """When a year's figures were published, oldest first."""
    rows = book.rows(
        "SELECT year, published_on, place, collected_fen, remitted_fen FROM dues_publication WHERE year = ? ORDER BY id",
        (year,),
    )
    return [Publication(*row) for row in rows]


def insert_publication(transaction: Transaction, publication: Publication) -> None:
    """Write that a year was published, in the act begun last."""
    transaction.connection.execute(
        "INSERT INTO dues_publication (act_id, year, published_on, place, collected_fen, remitted_fen) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            transaction.act_id,
            publication.year,
            publication.published_on,
            publication.place,
            publication.collected_fen,
            publication.remitted_fen,
        ),
    )
