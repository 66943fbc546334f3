"""Who was expected where, and all that followed: the one reading behind the cases, the year page and the runs of absence.

A case has no row: it is a closed roll and a mark as leave or absent. Steps hang on (event, member), so they outlast a correction.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from partyday_tui.rules.attendance import Attendance, CaseStep, LessonDone, Step
from partyday_tui.rules.leave import Leave
from partyday_tui.rules.roll import Status
from partyday_tui.store import leave as leaves
from partyday_tui.store.book import Book, Transaction
from partyday_tui.store.members import BELONGS

Demanded = Callable[[date], tuple[Step, ...]]
"""The steps that the rules of a day ask for."""

_ON = "coalesce(e.on_date, e.month || '-01')"
_ENTRIES = f"""SELECT r.event_id, r.member_id, r.name, {_ON} AS day, coalesce(nullif(e.theme, ''), e.content), r.status, r.reason,
  (SELECT group_concat(k.kind) FROM event_kind k WHERE k.event_id = e.id), m.reading, r.group_name, r.floating, r.infirm, r.marked_at,
  c.event_id IS NOT NULL, ({BELONGS}), {leaves.COVERING}
  FROM roll_entry r JOIN event e ON e.id = r.event_id JOIN member m ON m.id = r.member_id LEFT JOIN roll_close c ON c.event_id = e.id"""
_ORDER = "ORDER BY day, e.id, m.reading, r.name, r.member_id"
_WRITTEN = """(EXISTS (SELECT 1 FROM case_step s WHERE s.event_id = e.id AND s.member_id = r.member_id)
  OR EXISTS (SELECT 1 FROM make_up_case u WHERE u.event_id = e.id AND u.member_id = r.member_id))"""
_FOLLOWED = "c.event_id IS NOT NULL AND r.status IN ('leave', 'absent')"


def _lacks(step: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM case_step s WHERE s.event_id = e.id AND s.member_id = r.member_id AND s.step = '{step}' "
        "AND s.reached)"
    )


_LOOSE = {
    Step.CONTACT: _lacks("contact"),
    Step.REASON: f"r.reason = '' AND {_lacks('reason')} AND {leaves.COVERING} IS NULL",
    Step.BRIEF: _lacks("brief"),
    Step.MAKE_UP: "NOT EXISTS (SELECT 1 FROM make_up_case u WHERE u.event_id = e.id AND u.member_id = r.member_id)",
}


def unsettled(book: Book, steps: Iterable[Step], demanded: Demanded, since: date = date.min) -> list[Attendance]:
    """The cases since a day that lack any of these steps, oldest first; which of them are open the rules say (`Attendance.is_open`)."""
    loose = " OR ".join(f"({_LOOSE[step]})" for step in steps)
    if not loose:
        return []
    condition = f"{_FOLLOWED} AND {_ON} >= :since AND ({loose})"
    return _attendances(book, condition, {"since": since.isoformat()}, demanded)


def cases_of_year(book: Book, year: int, demanded: Demanded) -> list[Attendance]:
    """Every case of a year, settled ones too, and the withdrawn ones about which something was written; oldest first."""
    condition = f"{_ON} BETWEEN :first AND :last AND ({_FOLLOWED} OR {_WRITTEN})"
    return _attendances(book, condition, _year(year), demanded)


def of_keys(book: Book, keys: Iterable[tuple[int, int]], demanded: Demanded) -> list[Attendance]:
    """The entries of these (event, member), case or not, oldest first."""
    wanted = set(keys)
    events = ", ".join(str(event) for event in sorted({event for event, _ in wanted}))
    members = ", ".join(str(member) for member in sorted({member for _, member in wanted}))
    found = _attendances(book, f"r.event_id IN ({events}) AND r.member_id IN ({members})", {}, demanded)
    return [it for it in found if it.key in wanted]


def of_event(book: Book, event_id: int, demanded: Demanded) -> list[Attendance]:
    """The cases of one event, in the order of the readings."""
    return _attendances(book, f"r.event_id = :event AND {_FOLLOWED}", {"event": event_id}, demanded)


def of_member(book: Book, member_id: int, year: int, demanded: Demanded) -> list[Attendance]:
    """Every event of a year that a member was expected at, oldest first."""
    condition = f"r.member_id = :member AND {_ON} BETWEEN :first AND :last"
    return _attendances(book, condition, {"member": member_id, **_year(year)}, demanded)


def of_year(book: Book, year: int, demanded: Demanded) -> list[Attendance]:
    """Every entry of every roll of a year, oldest first."""
    return _attendances(book, f"{_ON} BETWEEN :first AND :last", _year(year), demanded)


def of_the_absent(book: Book, since: date, demanded: Demanded) -> list[Attendance]:
    """The closed rolls since a day of those members of today whose newest mark in one of them is 缺席, oldest first."""
    newest = """SELECT member_id FROM (SELECT q.member_id, q.status, max(coalesce(f.on_date, f.month || '-01') || printf('%012d', f.id))
      FROM roll_close d JOIN event f ON f.id = d.event_id JOIN roll_entry q ON q.event_id = f.id
      WHERE q.status IS NOT NULL AND coalesce(f.on_date, f.month || '-01') >= :since GROUP BY q.member_id) WHERE status = 'absent'"""
    condition = f"c.event_id IS NOT NULL AND {_ON} >= :since AND r.member_id IN ({newest}) AND ({BELONGS})"
    return _attendances(book, condition, {"since": since.isoformat()}, demanded)


def closed_at(book: Book, event_id: int) -> str:
    """The instant at which a roll was closed, '' while it is open."""
    found = book.rows("SELECT closed_at FROM roll_close WHERE event_id = ?", (event_id,))
    return str(found[0][0]) if found else ""


def heads_at_close(book: Book, event_id: int) -> tuple[int, int, list[str]]:
    """(marked, on leave or absent, the names of the unmarked in the order of the readings) of a frozen roll."""
    marked, followed = book.rows(
        "SELECT count(status), count(*) FILTER (WHERE status IN ('leave', 'absent')) FROM roll_entry WHERE event_id = ?",
        (event_id,),
    )[0]
    unmarked = book.rows(
        "SELECT r.name FROM roll_entry r JOIN member m ON m.id = r.member_id WHERE r.event_id = ? AND r.status IS NULL "
        "ORDER BY m.reading, r.name, m.id",
        (event_id,),
    )
    return int(marked), int(followed), [row[0] for row in unmarked]


def unended(book: Book, first: date, last: date) -> list[tuple[int, date, str]]:
    """(event, day, title) of the rolls between two days that somebody was marked in and nobody ended, oldest first."""
    rows = book.rows(
        "SELECT e.id, e.on_date, coalesce(nullif(e.theme, ''), e.content), "
        "(SELECT group_concat(k.kind) FROM event_kind k WHERE k.event_id = e.id) FROM event e WHERE e.on_date BETWEEN ? AND ? "
        "AND EXISTS (SELECT 1 FROM roll_entry r WHERE r.event_id = e.id AND r.status IS NOT NULL) "
        "AND NOT EXISTS (SELECT 1 FROM roll_close c WHERE c.event_id = e.id) ORDER BY e.on_date, e.id",
        (first.isoformat(), last.isoformat()),
    )
    return [(event, date.fromisoformat(on), leaves.title_of(theme, kinds)) for event, on, theme, kinds in rows]


def close(transaction: Transaction, event_id: int, instant: str) -> None:
    """Close a roll; harmless a second time."""
    transaction.connection.execute(
        "INSERT OR IGNORE INTO roll_close (event_id, closed_at) VALUES (?, ?)", (event_id, instant)
    )


def reopen(transaction: Transaction, event_id: int) -> None:
    """Take the closing back; what was written about its absences stays."""
    transaction.connection.execute("DELETE FROM roll_close WHERE event_id = ?", (event_id,))


def insert_steps(transaction: Transaction, keys: Iterable[tuple[int, int]], step: Mapping[str, str | int]) -> list[int]:
    """Write the same step for each (event, member); returns the keys of the rows."""
    columns = ("event_id", "member_id", *step)
    sql = f"INSERT INTO case_step ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)})"
    run = transaction.connection.execute
    return [run(sql, (event, member, *step.values())).lastrowid or 0 for event, member in keys]


def delete_steps(transaction: Transaction, steps: Iterable[int]) -> None:
    """Take steps out; the record of changes keeps them."""
    transaction.connection.executemany("DELETE FROM case_step WHERE id = ?", [(step,) for step in steps])


def _attendances(
    book: Book, condition: str, parameters: Mapping[str, str | int], demanded: Demanded
) -> list[Attendance]:
    today = book.clock.today.isoformat()
    rows = book.rows(f"{_ENTRIES} WHERE {condition} {_ORDER}", {"day": today, **parameters})
    events = ", ".join(str(event) for event in sorted({row[0] for row in rows}))
    members = ", ".join(str(member) for member in sorted({row[1] for row in rows}))
    whose = f"event_id IN ({events}) AND member_id IN ({members})"
    slips = leaves.slips(book, {row[-1] for row in rows if row[-1] is not None})
    steps, lessons = _steps(book, whose), _lessons(book, whose)
    return [_attendance(row, slips, steps, lessons, demanded) for row in rows]


def _attendance(
    row: sqlite3.Row,
    slips: Mapping[int, Leave],
    steps: Mapping[tuple[int, int], Sequence[CaseStep]],
    lessons: Mapping[tuple[int, int], Sequence[LessonDone]],
    demanded: Demanded,
) -> Attendance:
    (event_id, member_id, name, day, theme, status, reason, kinds, reading, group, floating, infirm, marked_at, is_closed, belongs,
     slip) = row  # fmt: skip
    on, key = date.fromisoformat(day), (event_id, member_id)
    return Attendance(
        event_id, member_id, name, on, leaves.title_of(theme, kinds), Status(status) if status else None, reason, reading, group,
        frozenset((kinds or "").split(",")) - {""}, bool(floating), bool(infirm),
        date.fromisoformat(marked_at[:10]) if marked_at else None, bool(is_closed), bool(belongs), slips.get(slip),
        tuple(steps.get(key, ())), tuple(lessons.get(key, ())), demanded(on),
    )  # fmt: skip


def _steps(book: Book, whose: str) -> Mapping[tuple[int, int], Sequence[CaseStep]]:
    rows = book.rows(
        "SELECT event_id, member_id, id, step, on_date, word, reached, by_whom, note FROM case_step "
        f"WHERE {whose} ORDER BY on_date, id"
    )
    found: defaultdict[tuple[int, int], list[CaseStep]] = defaultdict(list)
    for event_id, member_id, id_, step, on, word, reached, by_whom, note in rows:
        step_done = CaseStep(id_, step, date.fromisoformat(on), word, bool(reached), by_whom, note)
        found[event_id, member_id].append(step_done)
    return found


def _lessons(book: Book, whose: str) -> Mapping[tuple[int, int], Sequence[LessonDone]]:
    rows = book.rows(
        "SELECT u.event_id, u.member_id, l.id, l.on_date, l.form, u.signed, l.archive_no FROM make_up_case u "
        f"JOIN make_up l ON l.id = u.make_up_id WHERE {whose} ORDER BY l.on_date, l.id"
    )
    found: defaultdict[tuple[int, int], list[LessonDone]] = defaultdict(list)
    for event_id, member_id, id_, on, form, signed, archive_no in rows:
        found[event_id, member_id].append(LessonDone(id_, date.fromisoformat(on), form, bool(signed), archive_no))
    return found


def _year(year: int) -> dict[str, str]:
    return {"first": f"{year:04d}-01-01", "last": f"{year:04d}-12-31"}
