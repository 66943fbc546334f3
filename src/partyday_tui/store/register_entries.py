"""Entries of the registers in the book; which table and which columns is what `rules.registers` says."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from partyday_tui.rules.changes import Change
from partyday_tui.rules.registers import ON, Entry, Person, Register, Value
from partyday_tui.store.book import Book, Transaction
from partyday_tui.store.care import REACHED
from partyday_tui.store.changes import changes_of, changes_of_family
from partyday_tui.store.members import BELONGS
from partyday_tui.store.schema import unpack


def entries(
    book: Book, register: Register, first: date, last: date, *, member_id: int | None = None, with_open: bool = False
) -> list[Entry]:
    """The entries dated within both days inclusive, newest first; ``with_open`` adds older ones that are not settled."""
    period = f"r.{ON} BETWEEN :first AND :last"
    if with_open:
        waiting = " OR ".join(_waits(end.field, end.only_if) for end in register.ends)
        period = f"({period} OR r.{ON} < :first AND ({waiting}))" if waiting else period
    parameters: dict[str, Value] = {"first": first.isoformat(), "last": last.isoformat()}
    if member_id is not None:
        period += f" AND {_about(register)}"
        parameters["member"] = member_id
    return _entries(book, register, period, parameters)


def entry(book: Book, register: Register, entry_id: int) -> Entry | None:
    """One entry, or None."""
    found = _entries(book, register, "r.id = :id", {"id": entry_id})
    return found[0] if found else None


def _entries(book: Book, register: Register, condition: str, parameters: dict[str, Value]) -> list[Entry]:
    columns = register.columns
    about_one = register.people in ("one", "perhaps")
    person, join = (
        (", m.id, m.name, m.reading", "LEFT JOIN member m ON m.id = r.member_id")
        if about_one
        else (", NULL, '', ''", "")
    )
    rows = book.rows(
        f"SELECT r.id, {', '.join(f'r.{name}' for name in columns)}{person} FROM {register.key} r {join} "
        f"WHERE {condition} ORDER BY r.{ON} DESC, r.id DESC",
        parameters,
    )
    several = _people(book, [row[0] for row in rows]) if register.people == "several" else {}
    return [_entry(row, columns, several) for row in rows]


def _entry(row: sqlite3.Row, columns: Sequence[str], several: Mapping[int, list[Person]]) -> Entry:
    key, *values = row
    *values, member_id, name, reading = values
    people = tuple(several.get(key, ())) if member_id is None else (Person(member_id, name, reading),)
    return Entry(key, dict(zip(columns, values, strict=True)), people)


def _people(book: Book, talks: list[int]) -> dict[int, list[Person]]:
    """Who took part in each talk, in the order of their readings."""
    if not talks:
        return {}
    found: defaultdict[int, list[Person]] = defaultdict(list)
    rows = book.rows(
        "SELECT t.talk_id, m.id, m.name, m.reading FROM talk_member t JOIN member m ON m.id = t.member_id "
        f"WHERE t.talk_id IN ({', '.join(map(str, talks))}) ORDER BY m.reading, m.id"
    )
    for talk_id, *person in rows:
        found[talk_id].append(Person(*person))
    return found


def insert(
    transaction: Transaction, register: Register, values: Mapping[str, Value], people: Sequence[int]
) -> list[int]:
    """Write new entries: one for each member, one for all where several take part, one where nobody is named; returns the keys."""
    if register.people in ("one", "perhaps") and people:
        return [_insert(transaction, register, {"member_id": member_id, **values}) for member_id in people]
    key = _insert(transaction, register, values)
    if register.people == "several":
        _write_people(transaction, key, people)
    return [key]


def _insert(transaction: Transaction, register: Register, values: Mapping[str, Value]) -> int:
    key = transaction.connection.execute(
        f"INSERT INTO {register.key} ({', '.join(values)}) VALUES ({', '.join('?' for _ in values)})",
        list(values.values()),
    ).lastrowid
    assert key is not None
    return key


def update(transaction: Transaction, register: Register, entry_id: int, values: Mapping[str, Value]) -> None:
    """Write columns of one entry anew."""
    transaction.connection.execute(
        f"UPDATE {register.key} SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?",
        [*values.values(), entry_id],
    )


def write_people(transaction: Transaction, register: Register, entry_id: int, people: Sequence[int]) -> None:
    """Write anew whom an entry is about."""
    if register.people == "several":
        _write_people(transaction, entry_id, people)
    elif register.people != "none":
        update(transaction, register, entry_id, {"member_id": people[0] if people else None})


def _write_people(transaction: Transaction, talk_id: int, people: Iterable[int]) -> None:
    run, wanted = transaction.connection.execute, set(people)
    had = {row[0] for row in run("SELECT member_id FROM talk_member WHERE talk_id = ?", (talk_id,))}
    for member_id in sorted(had - wanted):
        run("DELETE FROM talk_member WHERE talk_id = ? AND member_id = ?", (talk_id, member_id))
    for member_id in sorted(wanted - had):
        run("INSERT INTO talk_member (talk_id, member_id) VALUES (?, ?)", (talk_id, member_id))


def delete(transaction: Transaction, register: Register, entry_id: int) -> None:
    """Take an entry out; the record of changes keeps it."""
    if register.people == "several":
        transaction.connection.execute("DELETE FROM talk_member WHERE talk_id = ?", (entry_id,))
    transaction.connection.execute(f"DELETE FROM {register.key} WHERE id = ?", (entry_id,))


def history(book: Book, register: Register, entry_id: int) -> list[Change]:
    """Every change of an entry and of who took part, newest first; a person is told by name."""
    if register.people != "several":
        return changes_of(book, register.key, entry_id)
    names = {str(row[0]): row[1] for row in book.rows("SELECT id, name FROM member")}
    found = changes_of_family(book, (register.key, "talk_member"), entry_id)
    return [_of_person(change, names) if change.kept_in == "talk_member" else change for change in found]


def _of_person(change: Change, names: Mapping[str, str]) -> Change:
    """A member put down or taken off, told as a field that was changed."""
    old, new = (names.get(unpack(side or "").get("member_id", "")) for side in (change.old, change.new))
    return Change(
        change.at, change.day, change.actor, change.what, change.source, change.kept_in, "update", "member_id", old, new
    )


def counts(book: Book, register: Register, year: int, today: date) -> tuple[int, list[tuple[int, int]]]:
    """(entries of the year, for each end in order (how many wait for it, how many of these too long))."""
    waiting = []
    for number, end in enumerate(register.ends):
        before = "".join(f" AND r.{it.field} IS NOT NULL" for it in register.ends[:number])
        waits = _waits(end.field, end.only_if) + before
        late = f"r.{end.due} < :today" if end.due else "0"
        waiting += [f"count(*) FILTER (WHERE {waits})", f"count(*) FILTER (WHERE {waits} AND {late})"]
    found = book.rows(
        f"SELECT count(*) FILTER (WHERE r.{ON} BETWEEN :first AND :last){''.join(', ' + it for it in waiting)} FROM {register.key} r",
        {"first": f"{year}-01-01", "last": f"{year}-12-31", "today": today.isoformat()},
    )[0]
    numbers = [int(it) for it in found]
    return numbers[0], list(zip(numbers[1::2], numbers[2::2], strict=True))


def _waits(field: str, only_if: str) -> str:
    return f"(r.{field} IS NULL" + (f" AND r.{only_if} IS NOT NULL)" if only_if else ")")


def _about(register: Register) -> str:
    if register.people == "several":
        return "EXISTS (SELECT 1 FROM talk_member t WHERE t.talk_id = r.id AND t.member_id = :member)"
    return "0" if register.people == "none" else "r.member_id = :member"


# Whom each list of those who are missing leaves out: an entry of the period, and for the floating whatever else reached them.
_SETTLED = {
    "talk": """SELECT t.member_id FROM talk_member t JOIN talk r ON r.id = t.talk_id WHERE r.on_date BETWEEN :first AND :last""",
    "outreach": f"SELECT r.member_id FROM ({REACHED}) r WHERE r.on_date BETWEEN :first AND :last",
    "visit": """SELECT r.member_id FROM visit r WHERE r.member_id IS NOT NULL AND r.on_date BETWEEN :first AND :last""",
    "hardship": "SELECT r.member_id FROM hardship r WHERE r.ended_on IS NULL",
}
_CONCERNED = {
    "talk": "1",
    "outreach": "m.floating",
    "visit": "(m.hardship OR m.joined_on <= :veteran)",
    "hardship": "m.hardship",
}


def missing(book: Book, register: Register, first: date, last: date, day: date, veteran: str) -> list[Person]:
    """The members of ``day`` whom a register should name within both days and does not, in the order of their readings.

    ``veteran``: who joined by then (ISO, any precision) is 老党员.
    """
    rows = book.rows(
        f"SELECT m.id, m.name, m.reading FROM member m WHERE {_CONCERNED[register.key]} AND {BELONGS} "
        f"AND m.id NOT IN ({_SETTLED[register.key]}) ORDER BY m.reading, m.name, m.id",
        {"first": first.isoformat(), "last": last.isoformat(), "day": day.isoformat(), "veteran": veteran},
    )
    return [Person(*row) for row in rows]


def waiting_triggers(book: Book) -> list[int]:
    """The keys of what called for a talk and got none since (CON-17)."""
    rows = book.rows(
        "SELECT r.id FROM talk_trigger r WHERE NOT EXISTS (SELECT 1 FROM talk t JOIN talk_member p ON p.talk_id = t.id "
        "WHERE p.member_id = r.member_id AND t.on_date >= r.on_date) ORDER BY r.on_date"
    )
    return [row[0] for row in rows]
