"""The record of one event in the book, and the writing of each of its parts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from partyday_tui.rules.agenda import AgendaItem
from partyday_tui.rules.event_record import (
    BLOCK_LIMITS,
    DATES,
    TEXT_LIMITS,
    Comment,
    Decision,
    EventRecord,
    Lecture,
    Meeting,
    MemberTick,
    Picture,
    StepDone,
    Tick,
)
from partyday_tui.rules.votes import Deduction, Vote
from partyday_tui.store.book import Book, Transaction

_TEXTS = (*TEXT_LIMITS, *BLOCK_LIMITS)
_COLUMNS = (*_TEXTS, *DATES)
_WRITABLE = {
    "event_lecture": ("lecturer", "role", "title"),
    "event_comment": ("who", "role", "strengths", "weaknesses", "direction"),
    "event_decision": (
        "matter",
        "kind",
        "full_members",
        "present",
        "votes_for",
        "votes_against",
        "votes_abstain",
        "note",
    ),
    "event_picture": ("kind", "file_name", "folder", "sha256", "size", "taken_on"),
}
"""The parts that an event can have several of, each a row with an id, and their columns."""


def event_record(book: Book, event_id: int) -> EventRecord:
    """What is written of one event; an empty record where nothing is."""
    found = book.rows(
        f"SELECT coalesce(g.name, ''), {', '.join('r.' + name for name in _COLUMNS)} FROM event_record r "
        "LEFT JOIN party_group g ON g.id = r.group_id WHERE r.event_id = ?",
        (event_id,),
    )
    fields: dict[str, Any] = {}
    if found:
        group, *values = found[0]
        fields = dict(zip(_COLUMNS, values, strict=True)) | {"group": group}
        fields |= {name: _day(fields[name]) for name in DATES}
    return EventRecord(
        event_id,
        **fields,
        agenda=tuple(AgendaItem(at or "", what, who) for at, what, who in _rows(book, _AGENDA, event_id)),
        steps=tuple(StepDone(row[0], date.fromisoformat(row[1]), row[2], row[3]) for row in _rows(book, _STEPS, event_id)),
        run_up=tuple(Meeting(row[0], _day(row[1]), row[2]) for row in _rows(book, _RUN_UP, event_id)),
        decisions=_decisions(book, event_id),
        ticks=tuple(Tick(*row) for row in _rows(book, _TICKS, event_id)),
        member_ticks=tuple(
            MemberTick(row[0], row[1], row[2], date.fromisoformat(row[3])) for row in _rows(book, _MEMBER_TICKS, event_id)
        ),
        lectures=tuple(Lecture(*row) for row in _rows(book, _LECTURES, event_id)),
        comments=tuple(Comment(*row) for row in _rows(book, _COMMENTS, event_id)),
        pictures=tuple(_picture(row) for row in _rows(book, _PICTURES, event_id)),
        segments=tuple(row[0] for row in _rows(book, _SEGMENTS, event_id)),
    )  # fmt: skip


_AGENDA = "SELECT starts_at, what, who FROM event_agenda WHERE event_id = ? ORDER BY place"
_STEPS = "SELECT name, on_date, person, note FROM event_step WHERE event_id = ? ORDER BY id"
_RUN_UP = (
    "SELECT m.id, m.on_date, coalesce(nullif(m.theme, ''), m.content) FROM event_run_up l "
    "JOIN event m ON m.id = l.meeting_id WHERE l.event_id = ? ORDER BY m.on_date, m.id"
)
_TICKS = "SELECT word, detail FROM event_tick WHERE event_id = ? ORDER BY id"
_MEMBER_TICKS = (
    "SELECT t.member_id, m.name, t.word, t.on_date FROM event_member_tick t JOIN member m ON m.id = t.member_id "
    "WHERE t.event_id = ? ORDER BY m.reading, m.name, m.id"
)
_LECTURES = "SELECT id, lecturer, role, title FROM event_lecture WHERE event_id = ? ORDER BY id"
_COMMENTS = "SELECT id, who, role, strengths, weaknesses, direction FROM event_comment WHERE event_id = ? ORDER BY id"
_PICTURES = (
    "SELECT id, kind, file_name, folder, sha256, size, taken_on FROM event_picture WHERE event_id = ? ORDER BY id"
)
_SEGMENTS = (
    "SELECT s.title FROM constitution_reading r JOIN constitution_segment s ON s.id = r.segment_id "
    "WHERE r.event_id = ? ORDER BY s.year, s.place"
)


def _rows(book: Book, sql: str, event_id: int) -> list[sqlite3.Row]:
    return book.rows(sql, (event_id,))


def _decisions(book: Book, event_id: int) -> tuple[Decision, ...]:
    deductions: dict[int, list[Deduction]] = {}
    for key, heads, reason in book.rows(
        "SELECT x.decision_id, x.heads, x.reason FROM event_deduction x "
        "JOIN event_decision d ON d.id = x.decision_id WHERE d.event_id = ? ORDER BY x.id",
        (event_id,),
    ):
        deductions.setdefault(key, []).append(Deduction(heads, reason))
    rows = book.rows(
        "SELECT id, matter, kind, full_members, present, votes_for, votes_against, votes_abstain, note "
        "FROM event_decision WHERE event_id = ? ORDER BY id",
        (event_id,),
    )
    return tuple(
        Decision(
            row[0],
            row[1],
            Vote(row[2], row[3], row[4], row[5], row[6], row[7], tuple(deductions.get(row[0], ()))),
            row[8],
        )
        for row in rows
    )


def is_written_up(book: Book, event_id: int) -> bool:
    """Whether the record says what happened at the event, so that it may not simply be taken out of the plan."""
    rows = book.rows(
        "SELECT EXISTS (SELECT 1 FROM event_record WHERE event_id = :id AND minutes || discussion || consensus <> '') "
        + "".join(
            f"OR EXISTS (SELECT 1 FROM {table} WHERE event_id = :id) "
            for table in (*_WRITABLE, "event_step", "event_tick", "event_member_tick", "review", "appraisal")
        ),
        {"id": event_id},
    )
    return bool(rows[0][0])


def write_fields(transaction: Transaction, event_id: int, fields: Mapping[str, Any]) -> None:
    """Write fields that an event has once; the others stay. A name that is no column is a slip (ValueError)."""
    if not fields:
        return
    if unknown := set(fields) - {*_COLUMNS, "group_id", "host_id"}:
        raise ValueError(f"no such columns: {unknown}")
    names = list(fields)
    transaction.connection.execute(
        f"INSERT INTO event_record (event_id, {', '.join(names)}) VALUES (?{', ?' * len(names)}) "
        f"ON CONFLICT (event_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names)}",
        (event_id, *fields.values()),
    )


def write_agenda(transaction: Transaction, event_id: int, items: Iterable[AgendaItem]) -> None:
    """Write the whole agenda anew; an item that stays in its place as it was leaves no change."""
    rows = [(place, item.starts_at or None, item.what, item.who) for place, item in enumerate(items, 1)]
    run = transaction.connection.execute
    run("DELETE FROM event_agenda WHERE event_id = ? AND place > ?", (event_id, len(rows)))
    for row in rows:
        run(
            "INSERT INTO event_agenda (event_id, place, starts_at, what, who) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (event_id, place) DO UPDATE SET starts_at = excluded.starts_at, what = excluded.what, who = excluded.who",
            (event_id, *row),
        )


def write_step(transaction: Transaction, event_id: int, step: StepDone) -> None:
    """Write that a step was done, the first time or anew."""
    transaction.connection.execute(
        "INSERT INTO event_step (event_id, name, on_date, person, note) VALUES (?, ?, ?, ?, ?) ON CONFLICT (event_id, name) "
        "DO UPDATE SET on_date = excluded.on_date, person = excluded.person, note = excluded.note",
        (event_id, step.name, step.on.isoformat(), step.person, step.note),
    )


def delete_step(transaction: Transaction, event_id: int, name: str) -> None:
    """Write that a step was not done after all."""
    transaction.connection.execute("DELETE FROM event_step WHERE event_id = ? AND name = ?", (event_id, name))


def write_run_up(transaction: Transaction, event_id: int, meetings: frozenset[int]) -> None:
    """Write which meetings prepared the event."""
    had = _had(transaction, "SELECT meeting_id FROM event_run_up WHERE event_id = ?", event_id)
    for key in sorted(had - meetings):
        transaction.connection.execute(
            "DELETE FROM event_run_up WHERE event_id = ? AND meeting_id = ?", (event_id, key)
        )
    for key in sorted(meetings - had):
        transaction.connection.execute("INSERT INTO event_run_up (event_id, meeting_id) VALUES (?, ?)", (event_id, key))


def write_ticks(transaction: Transaction, event_id: int, ticks: Iterable[Tick]) -> None:
    """Write all the standing content of an event; what is not among it is taken out."""
    wanted = {tick.word: tick for tick in ticks}
    had = _had(transaction, "SELECT word FROM event_tick WHERE event_id = ?", event_id)
    for word in sorted(had - wanted.keys()):
        transaction.connection.execute("DELETE FROM event_tick WHERE event_id = ? AND word = ?", (event_id, word))
    for tick in wanted.values():
        transaction.connection.execute(
            "INSERT INTO event_tick (event_id, word, detail) VALUES (?, ?, ?) "
            "ON CONFLICT (event_id, word) DO UPDATE SET detail = excluded.detail",
            (event_id, tick.word, tick.detail),
        )


def write_member_ticks(transaction: Transaction, event_id: int, word: str, on: date, members: frozenset[int]) -> None:
    """Write which members took part in one standing content at the event, on its day."""
    had = _had(transaction, "SELECT member_id FROM event_member_tick WHERE event_id = ? AND word = ?", event_id, word)
    run = transaction.connection.execute
    for key in sorted(had - members):
        run("DELETE FROM event_member_tick WHERE event_id = ? AND word = ? AND member_id = ?", (event_id, word, key))
    for key in sorted(members - had):
        run(
            "INSERT INTO event_member_tick (event_id, member_id, word, on_date) VALUES (?, ?, ?, ?)",
            (event_id, key, word, on.isoformat()),
        )


def write_part(transaction: Transaction, table: str, event_id: int, key: int, fields: Mapping[str, Any]) -> int:
    """Write one row of a part that an event can have several of; ``key`` 0 makes a new one. Returns the key.

    ``table`` is one of event_lecture, event_comment, event_decision, event_picture; all its columns are given.
    """
    columns = _WRITABLE[table]
    values = [fields[name] for name in columns]
    if key:
        names = ", ".join(f"{name} = ?" for name in columns)
        transaction.connection.execute(
            f"UPDATE {table} SET {names} WHERE id = ? AND event_id = ?", (*values, key, event_id)
        )
        return key
    made = transaction.connection.execute(
        f"INSERT INTO {table} (event_id, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})", (event_id, *values)
    ).lastrowid
    assert made is not None
    return made


def delete_part(transaction: Transaction, table: str, event_id: int, key: int) -> None:
    """Take out one row of such a part."""
    _ = _WRITABLE[table]
    transaction.connection.execute(f"DELETE FROM {table} WHERE id = ? AND event_id = ?", (key, event_id))


def write_deductions(transaction: Transaction, decision_id: int, deductions: Iterable[Deduction]) -> None:
    """Write the deductions of a decision anew, where they differ."""
    wanted = [(deduction.heads, deduction.reason) for deduction in deductions]
    rows = transaction.connection.execute(
        "SELECT heads, reason FROM event_deduction WHERE decision_id = ? ORDER BY id", (decision_id,)
    ).fetchall()
    if [tuple(row) for row in rows] == wanted:
        return
    transaction.connection.execute("DELETE FROM event_deduction WHERE decision_id = ?", (decision_id,))
    transaction.connection.executemany(
        "INSERT INTO event_deduction (decision_id, heads, reason) VALUES (?, ?, ?)",
        [(decision_id, *row) for row in wanted],
    )


def _had(transaction: Transaction, sql: str, *parameters: Any) -> set[Any]:
    return {row[0] for row in transaction.connection.execute(sql, parameters)}


def _picture(row: sqlite3.Row) -> Picture:
    key, kind, file_name, folder, sha256, size, taken_on = row
    return Picture(key, kind, file_name, folder, sha256, size, _day(taken_on))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
