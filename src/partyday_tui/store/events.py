"""Events of the year, their kinds, and the requests to move them."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import Any

from partyday_tui.rules.events import ChangeRequest, Event
from partyday_tui.store.book import Book, Transaction
from partyday_tui.store.records import insert_row, update_row

_EVENTS = """SELECT e.id, e.month, e.on_date, (SELECT group_concat(k.kind) FROM event_kind k WHERE k.event_id = e.id), e.rule,
  e.moved_from, e.moved_reason, e.theme, e.form, e.content, e.place, e.in_charge, e.starts_at, e.ends_at, e.note,
  (SELECT count(*) FROM roll_entry r WHERE r.event_id = e.id), (SELECT count(r.status) FROM roll_entry r WHERE r.event_id = e.id),
  EXISTS (SELECT 1 FROM event_record w WHERE w.event_id = e.id AND (w.minutes <> '' OR w.discussion <> '' OR w.consensus <> '')),
  EXISTS (SELECT 1 FROM roll_close c WHERE c.event_id = e.id)
  FROM event e"""


def events_of_year(book: Book, year: int) -> list[Event]:
    """The events whose plan slot is in the year, in the order of slots and dates."""
    return _events(
        book,
        "WHERE e.month BETWEEN ? AND ? ORDER BY e.month, coalesce(e.on_date, '9999'), e.id",
        (f"{year}-01", f"{year}-12"),
    )


def events_between(book: Book, first: date, last: date) -> list[Event]:
    """The events dated within both days inclusive, in the order of dates."""
    return _events(
        book, "WHERE e.on_date BETWEEN ? AND ? ORDER BY e.on_date, e.id", (first.isoformat(), last.isoformat())
    )


def event(book: Book, event_id: int) -> Event | None:
    """One event, or None."""
    found = _events(book, "WHERE e.id = ?", (event_id,))
    return found[0] if found else None


def _events(book: Book, tail: str, parameters: tuple[Any, ...]) -> list[Event]:
    return [_event(row) for row in book.rows(f"{_EVENTS} {tail}", parameters)]


def _event(row: sqlite3.Row) -> Event:
    (id_, month, on_date, kinds, rule, moved_from, moved_reason, theme, form, content, place, in_charge, starts_at, ends_at, note,
     expected, marked, recorded, closed) = row  # fmt: skip
    return Event(
        id_, month, _day(on_date), frozenset((kinds or "").split(",")) - {""}, rule, _day(moved_from), moved_reason, theme, form,
        content, place, in_charge, starts_at or "", ends_at or "", note, expected, marked, bool(recorded), bool(closed),
    )  # fmt: skip


def insert_event(transaction: Transaction, fields: Mapping[str, Any], kinds: frozenset[str]) -> int:
    """Write a new event (dates as ISO text); returns its key. Needs a transaction with a session."""
    key = insert_row(transaction, "Event", fields)
    set_kinds(transaction, key, kinds)
    return key


def update_event(transaction: Transaction, event_id: int, fields: Mapping[str, Any]) -> None:
    """Write changed fields of one event. Needs a transaction with a session."""
    update_row(transaction, "Event", event_id, fields)


def delete_event(transaction: Transaction, event_id: int) -> None:
    """Take an event out of the plan; refused by the database where a roll or a request hangs on it."""
    transaction.connection.execute("DELETE FROM event WHERE id = ?", (event_id,))


def set_kinds(transaction: Transaction, event_id: int, kinds: frozenset[str]) -> None:
    """Write what an event counts as."""
    had = {
        row[0] for row in transaction.connection.execute("SELECT kind FROM event_kind WHERE event_id = ?", (event_id,))
    }
    for kind in sorted(had - kinds):
        transaction.connection.execute("DELETE FROM event_kind WHERE event_id = ? AND kind = ?", (event_id, kind))
    for kind in sorted(kinds - had):
        transaction.connection.execute("INSERT INTO event_kind (event_id, kind) VALUES (?, ?)", (event_id, kind))


def change_requests(book: Book, event_id: int | None = None) -> list[ChangeRequest]:
    """The requests of one event, or of all, newest first."""
    condition, parameters = ("", ()) if event_id is None else ("WHERE event_id = ?", (event_id,))
    rows = book.rows(
        "SELECT id, event_id, from_date, to_date, reason, duty, state, requested_on, document_no, approver, replied_on "
        f"FROM change_request {condition} ORDER BY id DESC",
        parameters,
    )
    return [
        ChangeRequest(
            row[0], row[1], _day(row[2]), date.fromisoformat(row[3]), row[4], row[5], row[6], _day(row[7]), row[8], row[9],
            _day(row[10]),
        )
        for row in rows
    ]  # fmt: skip


def change_request(book: Book, request_id: int) -> ChangeRequest | None:
    """One request, or None."""
    return next((request for request in change_requests(book) if request.id == request_id), None)


def count_changes(book: Book, year: int) -> int:
    """How many times a date of the year's plan was changed, refused requests left out (CAL-13)."""
    rows = book.rows(
        "SELECT count(*) FROM change_request r JOIN event e ON e.id = r.event_id "
        "WHERE e.month BETWEEN ? AND ? AND r.state <> 'refused'",
        (f"{year:04d}-01", f"{year:04d}-12"),
    )
    return int(rows[0][0])


def what_hangs_on(book: Book, event_id: int) -> tuple[int, int, int]:
    """(members on its frozen roll, guests seated, requests): while any is not 0 the event cannot be taken out."""
    rows = book.rows(
        "SELECT (SELECT count(*) FROM roll_entry WHERE event_id = :event), "
        "(SELECT count(*) FROM event_guest WHERE event_id = :event), "
        "(SELECT count(*) FROM change_request WHERE event_id = :event)",
        {"event": event_id},
    )
    return rows[0][0], rows[0][1], rows[0][2]


def insert_change_request(transaction: Transaction, fields: Mapping[str, Any]) -> int:
    """Write a request; returns its key. Needs a transaction with a session."""
    return insert_row(transaction, "ChangeRequest", fields)


def update_change_request(transaction: Transaction, request_id: int, fields: Mapping[str, Any]) -> None:
    """Write changed fields of one request. Needs a transaction with a session."""
    update_row(transaction, "ChangeRequest", request_id, fields)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
