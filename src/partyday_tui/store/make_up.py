"""Make-up lessons in the book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from partyday_tui.rules.make_up import Lesson, Served
from partyday_tui.store.book import Book, Transaction
from partyday_tui.store.leave import COVERING, title_of


def lessons_of_year(book: Book, year: int) -> list[Lesson]:
    """The lessons given in a year, oldest first: the register that is archived."""
    return _lessons(book, "l.on_date BETWEEN ? AND ?", (f"{year:04d}-01-01", f"{year:04d}-12-31"))


def lesson(book: Book, lesson_id: int) -> Lesson | None:
    """One lesson, or None."""
    found = _lessons(book, "l.id = ?", (lesson_id,))
    return found[0] if found else None


def insert(
    transaction: Transaction, fields: Mapping[str, str | None], keys: Iterable[tuple[int, int]], *, signed: bool
) -> int:
    """Write a lesson and whom it serves for which event; returns its key."""
    key = transaction.connection.execute(
        f"INSERT INTO make_up ({', '.join(fields)}) VALUES ({', '.join('?' for _ in fields)})", list(fields.values())
    ).lastrowid
    assert key is not None
    transaction.connection.executemany(
        "INSERT INTO make_up_case (make_up_id, event_id, member_id, signed) VALUES (?, ?, ?, ?)",
        [(key, event, member, int(signed)) for event, member in keys],
    )
    return key


def update(transaction: Transaction, lesson_id: int, fields: Mapping[str, str | None]) -> None:
    """Write columns of a lesson anew."""
    transaction.connection.execute(
        f"UPDATE make_up SET {', '.join(f'{name} = ?' for name in fields)} WHERE id = ?", [*fields.values(), lesson_id]
    )


def sign(transaction: Transaction, lesson_id: int, signed: Mapping[tuple[int, int], bool]) -> None:
    """Write who has signed, by (event, member)."""
    transaction.connection.executemany(
        "UPDATE make_up_case SET signed = ? WHERE make_up_id = ? AND event_id = ? AND member_id = ? AND signed <> ?",
        [(int(yes), lesson_id, event, member, int(yes)) for (event, member), yes in signed.items()],
    )


def delete(transaction: Transaction, lesson_id: int) -> None:
    """Take a lesson out; the record of changes keeps it."""
    transaction.connection.execute("DELETE FROM make_up_case WHERE make_up_id = ?", (lesson_id,))
    transaction.connection.execute("DELETE FROM make_up WHERE id = ?", (lesson_id,))


def _lessons(book: Book, condition: str, parameters: tuple[str | int, ...]) -> list[Lesson]:
    rows = book.rows(
        "SELECT l.id, l.on_date, l.form, l.place, l.content, l.led_by, l.archive_no, l.archived_on FROM make_up l "
        f"WHERE {condition} ORDER BY l.on_date, l.id",
        parameters,
    )
    served = _served(book, ", ".join(str(row[0]) for row in rows))
    return [
        Lesson(
            key, date.fromisoformat(on), form, place, content, led_by, archive_no,
            date.fromisoformat(archived) if archived else None, tuple(served.get(key, ())),
        )
        for key, on, form, place, content, led_by, archive_no, archived in rows
    ]  # fmt: skip


def _served(book: Book, lessons: str) -> Mapping[int, list[Served]]:
    rows = book.rows(
        "SELECT u.make_up_id, u.event_id, u.member_id, coalesce(r.name, m.name), coalesce(e.on_date, e.month || '-01') AS day, "
        "coalesce(nullif(e.theme, ''), e.content), (SELECT group_concat(k.kind) FROM event_kind k WHERE k.event_id = e.id), "
        "coalesce((SELECT s.word || CASE WHEN s.word <> '' AND s.note <> '' THEN '，' ELSE '' END || s.note FROM case_step s "
        "WHERE s.event_id = e.id AND s.member_id = m.id AND s.step = 'reason' ORDER BY s.on_date DESC, s.id DESC LIMIT 1), "
        f"(SELECT w.reason_class FROM leave w WHERE w.id = {COVERING}), r.reason, ''), u.signed, m.reading "
        "FROM make_up_case u JOIN event e ON e.id = u.event_id JOIN member m ON m.id = u.member_id "
        "LEFT JOIN roll_entry r ON r.event_id = u.event_id AND r.member_id = u.member_id "
        f"WHERE u.make_up_id IN ({lessons}) ORDER BY m.reading, m.id, day"
    )
    found: defaultdict[int, list[Served]] = defaultdict(list)
    for lesson_id, event_id, member_id, name, day, theme, kinds, reason, signed, reading in rows:
        it = Served(
            event_id, member_id, name, date.fromisoformat(day), title_of(theme, kinds), reason, bool(signed), reading
        )
        found[lesson_id].append(it)
    return found
