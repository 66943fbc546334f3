"""Reviews of events in the book: ballots and counts by class of voters, never a single ballot (EVA-01 to EVA-08)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from partyday_tui.rules.ballots import VOTER_WORDS, Ballots, Counts
from partyday_tui.rules.review import ClassReview, Review
from partyday_tui.store.book import Book, Transaction

Value = str | int

_COUNTED = "dimension, number, satisfied, fairly, dissatisfied, abstained"


def review(book: Book, event_id: int) -> Review | None:
    """The review of one event; None where there is none."""
    return next(iter(_reviews(book, "r.event_id = :event", {"event": event_id}).values()), None)


def reviews_between(book: Book, first: date, last: date) -> dict[int, Review]:
    """The reviews of the events dated within both days inclusive, by event, in the order of the events' dates."""
    parameters: dict[str, Value] = {"first": first.isoformat(), "last": last.isoformat()}
    return _reviews(book, "e.on_date BETWEEN :first AND :last", parameters)


def reviewed_on(book: Book, first: date, last: date) -> dict[int, date]:
    """For the duties (EVA-01): the day of the review of each event dated within both days, once ballots have been counted."""
    rows = book.rows(
        "SELECT r.event_id, r.on_date FROM review r JOIN event e ON e.id = r.event_id WHERE e.on_date BETWEEN ? AND ? "
        "AND EXISTS (SELECT 1 FROM review_ballots b WHERE b.event_id = r.event_id AND b.returned > 0)",
        (first.isoformat(), last.isoformat()),
    )
    return {event_id: date.fromisoformat(on) for event_id, on in rows}


def _reviews(book: Book, condition: str, parameters: Mapping[str, Value]) -> dict[int, Review]:
    which = f"SELECT r.event_id FROM review r JOIN event e ON e.id = r.event_id WHERE {condition}"
    counts: defaultdict[tuple[int, str], list[tuple[str, Counts]]] = defaultdict(list)
    for event_id, voter, dimension, *numbers in book.rows(
        "SELECT event_id, voter, dimension, satisfied, fairly, dissatisfied, abstained FROM review_count "
        f"WHERE event_id IN ({which}) ORDER BY event_id, voter, number, dimension",
        dict(parameters),
    ):
        counts[event_id, voter].append((dimension, tuple(numbers)))
    classes: defaultdict[int, list[ClassReview]] = defaultdict(list)
    for event_id, voter, *numbers in book.rows(
        f"SELECT event_id, voter, given, returned, void FROM review_ballots WHERE event_id IN ({which})",
        dict(parameters),
    ):
        classes[event_id].append(ClassReview(voter, Ballots(*numbers), tuple(counts[event_id, voter])))
    order = list(VOTER_WORDS)
    return {
        row[0]: Review(
            row[0],
            date.fromisoformat(row[1]),
            tuple(sorted(classes[row[0]], key=lambda it: order.index(it.voter))),
            row[2],
            row[3],
            bool(row[4]),
        )
        for row in book.rows(
            "SELECT r.event_id, r.on_date, r.remarks, r.group_note, r.best_case FROM review r "
            f"JOIN event e ON e.id = r.event_id WHERE {condition} ORDER BY e.on_date, e.id",
            dict(parameters),
        )
    }


def write_fields(transaction: Transaction, event_id: int, on: date, fields: Mapping[str, Value]) -> None:
    """Write what a review has once; a review that is not there yet is made, dated ``on``. ``fields`` are columns of ours."""
    run = transaction.connection.execute
    run(
        "INSERT INTO review (event_id, on_date) VALUES (?, ?) ON CONFLICT (event_id) DO NOTHING",
        (event_id, on.isoformat()),
    )
    if fields:
        run(
            f"UPDATE review SET {', '.join(f'{name} = ?' for name in fields)} WHERE event_id = ?",
            (*fields.values(), event_id),
        )


def write_class(transaction: Transaction, event_id: int, it: ClassReview) -> None:
    """Write what one class of voters said, anew and whole; the review must be there."""
    run = transaction.connection.execute
    run(
        "INSERT INTO review_ballots (event_id, voter, given, returned, void) VALUES (?, ?, ?, ?, ?) ON CONFLICT (event_id, voter) "
        "DO UPDATE SET given = excluded.given, returned = excluded.returned, void = excluded.void",
        (event_id, it.voter, it.ballots.given, it.ballots.returned, it.ballots.void),
    )
    had = {
        tuple(row)
        for row in run(f"SELECT {_COUNTED} FROM review_count WHERE event_id = ? AND voter = ?", (event_id, it.voter))
    }
    wanted = [(name, place, *counts) for place, (name, counts) in enumerate(it.rows, 1)]
    # A row that differs is written anew whole, so that the record of changes names what was asked beside its counts.
    for name, *_ in sorted(had.difference(wanted)):
        run("DELETE FROM review_count WHERE event_id = ? AND voter = ? AND dimension = ?", (event_id, it.voter, name))
    for row in (row for row in wanted if row not in had):
        run(
            f"INSERT INTO review_count (event_id, voter, {_COUNTED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (event_id, it.voter, *row),
        )


def delete_class(transaction: Transaction, event_id: int, voter: str) -> None:
    """Take out what one class of voters said."""
    for table in ("review_count", "review_ballots"):
        transaction.connection.execute(f"DELETE FROM {table} WHERE event_id = ? AND voter = ?", (event_id, voter))
