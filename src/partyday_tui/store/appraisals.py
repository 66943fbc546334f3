"""Yearly appraisals in the book: the list of members as on the day, counts by class of voters, decisions (CON-10, CON-11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from partyday_tui.rules.appraisal import MemberLine
from partyday_tui.rules.ballots import VOTER_WORDS, Ballots, Counts
from partyday_tui.store.book import Book, Transaction
from partyday_tui.store.members import BELONGS

_SEASON = 100  # days
_COUNTED = "member_id, excellent, qualified, basic, unqualified, abstained"


def event_of(book: Book, year: int) -> int | None:
    """The event at which the appraisal of a year is held; None while nothing is written of it."""
    rows = book.rows("SELECT event_id FROM appraisal WHERE year = ?", (year,))
    return rows[0][0] if rows else None


def years(book: Book) -> dict[int, int]:
    """The year that each appraisal is of, by event: a meeting in January may appraise the year before."""
    return {row[0]: row[1] for row in book.rows("SELECT event_id, year FROM appraisal ORDER BY year")}


def unclaimed_event(book: Book, year: int, on: date) -> int | None:
    """The event that counts as 民主评议, lies nearest to ``on``, and belongs to no year's appraisal yet.

    It lies in the year itself or in the first quarter of the next one, and not more than a season away.
    """
    rows = book.rows(
        "SELECT e.id, abs(julianday(coalesce(e.on_date, e.month || '-15')) - julianday(:on)) AS days "
        "FROM event e JOIN event_kind k ON k.event_id = e.id AND k.kind = 'appraisal' "
        "WHERE e.month BETWEEN :first AND :last AND e.id NOT IN (SELECT event_id FROM appraisal) "
        "ORDER BY days, e.id LIMIT 1",
        {"on": on.isoformat(), "first": f"{year:04d}-01", "last": f"{year + 1:04d}-03"},
    )
    return rows[0][0] if rows and rows[0][1] <= _SEASON else None


def ballots(book: Book, year: int) -> tuple[tuple[str, Ballots], ...]:
    """The ballots of each class of voters, in the order of the sheets."""
    rows = book.rows("SELECT voter, given, returned, void FROM appraisal_ballots WHERE year = ?", (year,))
    found = {row[0]: Ballots(row[1], row[2], row[3]) for row in rows}
    return tuple((voter, found[voter]) for voter in VOTER_WORDS if voter in found)


_WRITTEN = """SELECT a.member_id, a.name, m.reading, a.kind, a.group_name, a.post, a.grade, a.reason, a.absence, a.note
  FROM appraisal_member a JOIN member m ON m.id = a.member_id WHERE a.year = :year ORDER BY m.reading, a.name, a.member_id"""
_ROSTER = f"""SELECT m.id, m.name, m.reading, m.kind, coalesce(g.name, ''), m.post, '', '', '', ''
  FROM member m LEFT JOIN party_group g ON g.id = m.group_id WHERE {BELONGS} ORDER BY m.reading, m.name, m.id"""


def lines(book: Book, year: int, day: date) -> tuple[MemberLine, ...]:
    """The members of an appraisal in the order of the roster: as written down, before that as the roster stands for ``day``."""
    tallies: defaultdict[int, dict[str, Counts]] = defaultdict(dict)
    for voter, member_id, *numbers in book.rows(
        f"SELECT voter, {_COUNTED} FROM appraisal_count WHERE year = ?", (year,)
    ):
        tallies[member_id][voter] = tuple(numbers)
    rows = book.rows(_WRITTEN, {"year": year}) or book.rows(_ROSTER, {"day": day.isoformat()})
    return tuple(
        MemberLine(key, name, reading, kind, group, post, tallies.get(key, {}), grade, reason, absence, note)
        for key, name, reading, kind, group, post, grade, reason, absence, note in rows
    )


def insert_appraisal(transaction: Transaction, year: int, event_id: int) -> None:
    """Write that the appraisal of a year is held at an event."""
    transaction.connection.execute("INSERT INTO appraisal (year, event_id) VALUES (?, ?)", (year, event_id))


def write_list_down(transaction: Transaction, year: int, day: date) -> None:
    """Write down those who belong on ``day`` and are not on the list yet; strangers of whom nothing is said leave it."""
    parameters = {"year": year, "day": day.isoformat()}
    transaction.connection.execute(
        "DELETE FROM appraisal_member WHERE year = :year AND grade || reason || absence || note = '' "
        "AND NOT EXISTS (SELECT 1 FROM appraisal_count c WHERE c.year = :year AND c.member_id = appraisal_member.member_id) "
        f"AND member_id IN (SELECT m.id FROM member m WHERE NOT ({BELONGS}))",
        parameters,
    )
    transaction.connection.execute(
        "INSERT INTO appraisal_member (year, member_id, name, kind, group_name, post) "
        "SELECT :year, m.id, m.name, m.kind, coalesce(g.name, ''), m.post "
        f"FROM member m LEFT JOIN party_group g ON g.id = m.group_id WHERE ({BELONGS}) "
        "AND m.id NOT IN (SELECT member_id FROM appraisal_member WHERE year = :year)",
        parameters,
    )


def write_ballots(transaction: Transaction, year: int, voter: str, it: Ballots) -> None:
    """Write the ballots of one class of voters."""
    transaction.connection.execute(
        "INSERT INTO appraisal_ballots (year, voter, given, returned, void) VALUES (?, ?, ?, ?, ?) ON CONFLICT (year, voter) "
        "DO UPDATE SET given = excluded.given, returned = excluded.returned, void = excluded.void",
        (year, voter, it.given, it.returned, it.void),
    )


def write_counts(transaction: Transaction, year: int, voter: str, counts: Mapping[int, Counts]) -> None:
    """Write what one class of voters said of each member, anew and whole."""
    run = transaction.connection.execute
    had = {
        row[0]: tuple(row[1:])
        for row in run(f"SELECT {_COUNTED} FROM appraisal_count WHERE year = ? AND voter = ?", (year, voter))
    }
    # A row that differs is written anew whole, so that the record of changes can name the member beside the counts.
    run_many = transaction.connection.executemany
    run_many(
        "DELETE FROM appraisal_count WHERE year = ? AND voter = ? AND member_id = ?",
        [(year, voter, key) for key, numbers in had.items() if counts.get(key) != numbers],
    )
    run_many(
        f"INSERT INTO appraisal_count (year, voter, {_COUNTED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(year, voter, key, *numbers) for key, numbers in counts.items() if had.get(key) != numbers],
    )


def delete_class(transaction: Transaction, year: int, voter: str) -> None:
    """Take out what one class of voters said."""
    for table in ("appraisal_count", "appraisal_ballots"):
        transaction.connection.execute(f"DELETE FROM {table} WHERE year = ? AND voter = ?", (year, voter))


def write_member(transaction: Transaction, year: int, member_id: int, fields: Mapping[str, str]) -> None:
    """Write grade, reason, absence or note of one member on the list."""
    transaction.connection.execute(
        f"UPDATE appraisal_member SET {', '.join(f'{name} = ?' for name in fields)} WHERE year = ? AND member_id = ?",
        (*fields.values(), year, member_id),
    )


def attendance(book: Book, first: date, last: date, member_ids: Iterable[int] = ()) -> dict[int, dict[str, int]]:
    """How often each member was marked with each status ('' for unmarked) at the events within both days; all, or those named."""
    named = ", ".join(str(int(key)) for key in member_ids)
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for member_id, status, number in book.rows(
        "SELECT r.member_id, coalesce(r.status, ''), count(*) FROM roll_entry r JOIN event e ON e.id = r.event_id "
        f"WHERE e.on_date BETWEEN ? AND ? {f'AND r.member_id IN ({named})' if named else ''} GROUP BY 1, 2",
        (first.isoformat(), last.isoformat()),
    ):
        found[member_id][status] = number
    return found


def absences(book: Book, member_id: int, first: date, last: date) -> list[tuple[date, str, str, str]]:
    """(day, theme, status, reason) of every event within both days at which a member was not there."""
    rows = book.rows(
        "SELECT e.on_date, e.theme, r.status, r.reason FROM roll_entry r JOIN event e ON e.id = r.event_id "
        "WHERE r.member_id = ? AND r.status IN ('leave', 'absent', 'other') AND e.on_date BETWEEN ? AND ? ORDER BY e.on_date",
        (member_id, first.isoformat(), last.isoformat()),
    )
    return [(date.fromisoformat(row[0]), row[1], row[2], row[3]) for row in rows]
