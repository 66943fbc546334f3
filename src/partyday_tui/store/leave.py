"""Leave slips in the book."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date

from partyday_tui.rules.events import KIND_WORDS
from partyday_tui.rules.leave import Leave
from partyday_tui.store.book import Book, Transaction

_SLIPS = """SELECT l.id, l.member_id, m.name, l.reason_class, l.applied_on, l.event_id, l.first_day, l.last_day, l.reason, l.form,
  l.granted_by, l.granted_on, l.paper, m.reading, coalesce(g.name, ''), e.on_date, coalesce(nullif(e.theme, ''), e.content),
  (SELECT group_concat(k.kind) FROM event_kind k WHERE k.event_id = l.event_id)
  FROM leave l JOIN member m ON m.id = l.member_id LEFT JOIN party_group g ON g.id = m.group_id
  LEFT JOIN event e ON e.id = l.event_id"""

# The slip that covers an entry of a roll, one for the event by name before one for a span.
COVERING = """(SELECT l.id FROM leave l WHERE l.member_id = r.member_id
  AND (l.event_id = e.id OR e.on_date BETWEEN l.first_day AND l.last_day) ORDER BY l.event_id IS NULL, l.id LIMIT 1)"""


def slips_of_year(book: Book, year: int) -> list[Leave]:
    """The slips about any day of a year, or handed in in it; the newest first."""
    return _slips(
        book,
        "WHERE coalesce(l.last_day, e.on_date, l.applied_on) >= :first AND coalesce(l.first_day, e.on_date, l.applied_on) <= :last "
        "OR l.applied_on BETWEEN :first AND :last ORDER BY coalesce(l.first_day, e.on_date, l.applied_on) DESC, l.id DESC",
        {"first": f"{year:04d}-01-01", "last": f"{year:04d}-12-31"},
    )


def slip(book: Book, leave_id: int) -> Leave | None:
    """One slip, or None."""
    return slips(book, [leave_id]).get(leave_id)


def slips(book: Book, keys: Iterable[int]) -> dict[int, Leave]:
    """Slips by their keys."""
    wanted = ", ".join(str(key) for key in keys)
    return {it.id: it for it in _slips(book, f"WHERE l.id IN ({wanted})", {})}


def covering(book: Book, event_id: int, on: date | None) -> dict[int, Leave]:
    """The slip that covers an event, by member."""
    day = on.isoformat() if on else None
    found = _slips(
        book,
        "WHERE l.event_id = :event OR :day BETWEEN l.first_day AND l.last_day ORDER BY l.event_id IS NOT NULL, l.id DESC",
        {"event": event_id, "day": day},
    )
    return {it.member_id: it for it in found}


def without_slip(book: Book, year: int) -> list[tuple[int, int, str, date]]:
    """(event, member, name, day) of those marked 请假 in a year whom no slip covers, oldest first (ATT-03)."""
    rows = book.rows(
        "SELECT e.id, r.member_id, r.name, e.on_date FROM event e JOIN roll_entry r ON r.event_id = e.id "
        "JOIN member m ON m.id = r.member_id WHERE e.on_date BETWEEN ? AND ? AND r.status = 'leave' "
        f"AND {COVERING} IS NULL ORDER BY e.on_date, m.reading, r.member_id",
        (f"{year:04d}-01-01", f"{year:04d}-12-31"),
    )
    return [(event, member, name, date.fromisoformat(on)) for event, member, name, on in rows]


def is_named_by_slip(book: Book, event_id: int) -> bool:
    """Whether a slip is for this event by name; then the event stays in the plan."""
    return bool(book.rows("SELECT 1 FROM leave WHERE event_id = ? LIMIT 1", (event_id,)))


def insert(transaction: Transaction, fields: Mapping[str, str | int | None]) -> int:
    """Write a slip; returns its key."""
    key = transaction.connection.execute(
        f"INSERT INTO leave ({', '.join(fields)}) VALUES ({', '.join('?' for _ in fields)})", list(fields.values())
    ).lastrowid
    assert key is not None
    return key


def update(transaction: Transaction, leave_id: int, fields: Mapping[str, str | int | None]) -> None:
    """Write columns of a slip anew."""
    transaction.connection.execute(
        f"UPDATE leave SET {', '.join(f'{name} = ?' for name in fields)} WHERE id = ?", [*fields.values(), leave_id]
    )


def delete(transaction: Transaction, leave_id: int) -> None:
    """Take a slip out; the record of changes keeps it."""
    transaction.connection.execute("DELETE FROM leave WHERE id = ?", (leave_id,))


def _slips(book: Book, tail: str, parameters: Mapping[str, str | int | None]) -> list[Leave]:
    return [_slip(row) for row in book.rows(f"{_SLIPS} {tail}", dict(parameters))]


def _slip(row: sqlite3.Row) -> Leave:
    (id_, member_id, name, reason_class, applied, event_id, first, last, reason, form, granted_by, granted, paper, reading, group,
     event_on, theme, kinds) = row  # fmt: skip
    return Leave(
        id_, member_id, name, reason_class, date.fromisoformat(applied), event_id, _day(first), _day(last), reason, form, granted_by,
        _day(granted), paper, reading, group, _day(event_on), title_of(theme, kinds),
    )  # fmt: skip


def title_of(theme: str | None, kinds: str | None) -> str:
    """What an event is called in a list, as `Event.title` has it."""
    counted = (kinds or "").split(",")
    return theme or "、".join(word for kind, word in KIND_WORDS.items() if kind in counted)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
