"""The yearly plans that events fulfil: reading the constitution, a study topic a month, and the dates of the plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.duties.facts import Plan, Segment
from partyday_tui.store.book import Book, Transaction


@dataclass(frozen=True, slots=True)
class Reading:
    """A day on which a segment was read, at an event or on its own."""

    id: int
    segment_id: int
    on: date
    event_id: int | None


def segments(book: Book, year: int) -> list[Segment]:
    """The segments of a year in their order, each with the days on which it was read."""
    read: dict[int, list[date]] = {}
    for reading in readings(book, year):
        read.setdefault(reading.segment_id, []).append(reading.on)
    rows = book.rows("SELECT id, year, title FROM constitution_segment WHERE year = ? ORDER BY place, id", (year,))
    return [Segment(row[0], row[1], row[2], tuple(read.get(row[0], ()))) for row in rows]


def readings(book: Book, year: int) -> list[Reading]:
    """Every reading of the segments of a year, oldest first."""
    rows = book.rows(
        "SELECT r.id, r.segment_id, r.on_date, r.event_id FROM constitution_reading r "
        "JOIN constitution_segment s ON s.id = r.segment_id WHERE s.year = ? ORDER BY r.on_date, r.id",
        (year,),
    )
    return [Reading(row[0], row[1], date.fromisoformat(row[2]), row[3]) for row in rows]


def add_segments(transaction: Transaction, year: int, titles: Iterable[str]) -> None:
    """Write further segments at the end of a year's plan."""
    transaction.connection.executemany(
        "INSERT INTO constitution_segment (year, place, title) SELECT :year, coalesce(max(place), 0) + 1, :title "
        "FROM constitution_segment WHERE year = :year",
        [{"year": year, "title": title} for title in titles],
    )


def rename_segment(transaction: Transaction, segment_id: int, title: str) -> None:
    """Give a segment another title."""
    transaction.connection.execute("UPDATE constitution_segment SET title = ? WHERE id = ?", (title, segment_id))


def delete_segment(transaction: Transaction, segment_id: int) -> None:
    """Take a segment out, with its readings."""
    transaction.connection.execute("DELETE FROM constitution_segment WHERE id = ?", (segment_id,))


def add_reading(transaction: Transaction, segment_id: int, on: date, event_id: int | None = None) -> None:
    """Write that a segment was read on a day; harmless a second time."""
    transaction.connection.execute(
        "INSERT INTO constitution_reading (segment_id, on_date, event_id) VALUES (?, ?, ?) "
        "ON CONFLICT (segment_id, on_date) DO NOTHING",
        (segment_id, on.isoformat(), event_id),
    )


def delete_readings(transaction: Transaction, segment_id: int, event_id: int | None = None) -> None:
    """Take out the readings of a segment: those of one event, or all."""
    condition, parameters = ("", ()) if event_id is None else (" AND event_id = ?", (event_id,))
    transaction.connection.execute(
        f"DELETE FROM constitution_reading WHERE segment_id = ?{condition}", (segment_id, *parameters)
    )


def topics(book: Book, year: int) -> dict[int, str]:
    """The study topic of each month (1 to 12) of a year that has one."""
    rows = book.rows("SELECT month, topic FROM study_topic WHERE month BETWEEN ? AND ?", (f"{year}-01", f"{year}-12"))
    return {int(row[0][5:]): row[1] for row in rows}


def write_topic(transaction: Transaction, month: str, topic: str) -> None:
    """Write the topic of a month (YYYY-MM); a blank takes it out."""
    if topic:
        transaction.connection.execute(
            "INSERT INTO study_topic (month, topic) VALUES (?, ?) ON CONFLICT (month) DO UPDATE SET topic = excluded.topic",
            (month, topic),
        )
    else:
        transaction.connection.execute("DELETE FROM study_topic WHERE month = ?", (month,))


def plans(book: Book, year: int) -> list[Plan]:
    """The yearly plans that have a date."""
    rows = book.rows("SELECT id, year, name, made_on, filed_on FROM yearly_plan WHERE year = ? ORDER BY id", (year,))
    return [Plan(row[0], row[1], row[2], _day(row[3]), _day(row[4])) for row in rows]


def write_plan_dates(
    transaction: Transaction, year: int, name: str, made_on: date | None, filed_on: date | None
) -> None:
    """Write when a plan was made and when it was filed with the superior."""
    transaction.connection.execute(
        "INSERT INTO yearly_plan (year, name, made_on, filed_on) VALUES (?, ?, ?, ?) ON CONFLICT (year, name) "
        "DO UPDATE SET made_on = excluded.made_on, filed_on = excluded.filed_on",
        (year, name, made_on and made_on.isoformat(), filed_on and filed_on.isoformat()),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
