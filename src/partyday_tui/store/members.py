"""Members, groups, movements and guests in the book."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from partyday_tui.rules.people import Guest, Member, Movement
from partyday_tui.store.book import Book, Transaction
from partyday_tui.store.records import insert_rows, update_row

_MEMBER_COLUMNS = """m.id, m.name, m.reading, m.reading_by_hand, m.kind, m.sex, m.ethnicity, m.identity, m.born_on, m.education,
  m.joined_on, m.confirmed_on, coalesce(g.name, '') AS group_name, m.post, m.job, m.dues_category, m.phone, m.landline, m.address,
  m.floating, m.destination, m.lost_contact, m.lost_since, m.infirm, m.hardship, m.leading_cadre, m.note"""

_ENTERS = "v.kind IN ('accepted', 'transfer_in', 'restored')"

# Who belongs on :day. The last movement up to that day decides; before the first movement a member belonged if that movement is an
# exit; without movements a member belongs from the joining date, or always where that is unknown. An exit's own day no longer counts.
BELONGS = f"""coalesce(
    (SELECT {_ENTERS} FROM movement v WHERE v.member_id = m.id AND v.on_date <= :day ORDER BY v.on_date DESC, v.id DESC LIMIT 1),
    (m.joined_on IS NULL OR m.joined_on <= :day) AND NOT coalesce(
        (SELECT {_ENTERS} FROM movement v WHERE v.member_id = m.id ORDER BY v.on_date, v.id LIMIT 1), 0))"""

_ON_COMMITTEE = "(m.post LIKE '%委员%' OR m.post LIKE '%书记%') AND m.post NOT LIKE '%第一书记%'"

# Who is expected at :event on :day: at a meeting of the committee alone its members, at a meeting of one group alone that group,
# else everybody who belongs (ATT-01, CAL-27). `rules.posts` says the same of the committee in Python.
EXPECTED = f"""({BELONGS}) AND CASE (SELECT group_concat(kind) FROM event_kind WHERE event_id = :event)
    WHEN 'committee' THEN ({_ON_COMMITTEE}) OR NOT EXISTS (SELECT 1 FROM member m WHERE {_ON_COMMITTEE})
    WHEN 'group_meeting' THEN m.group_id IS coalesce((SELECT group_id FROM event_record WHERE event_id = :event), m.group_id)
    ELSE 1 END"""


def members(book: Book) -> list[Member]:
    """Every member ever entered, in the order of their readings."""
    return _members(book, "1", {})


def members_on(book: Book, day: date) -> list[Member]:
    """Those whose relationship was in the branch on that day (ATT-01)."""
    return _members(book, BELONGS, {"day": day.isoformat()})


def member(book: Book, member_id: int) -> Member | None:
    """One member, or None."""
    found = _members(book, "m.id = :id", {"id": member_id})
    return found[0] if found else None


def _members(book: Book, condition: str, parameters: dict[str, Any]) -> list[Member]:
    rows = book.rows(
        f"SELECT {_MEMBER_COLUMNS} FROM member m LEFT JOIN party_group g ON g.id = m.group_id "
        f"WHERE {condition} ORDER BY m.reading, m.name, m.id",
        parameters,
    )
    return [_member(row) for row in rows]


def _member(row: sqlite3.Row) -> Member:
    (id_, name, reading, by_hand, kind, sex, ethnicity, identity, born_on, education, joined_on, confirmed_on, group, post, job,
     category, phone, landline, address, floating, destination, lost, lost_since, infirm, hardship, cadre, note) = row  # fmt: skip
    return Member(
        id_, name, reading, bool(by_hand), kind, sex, ethnicity, identity, born_on or "", education, joined_on or "",
        confirmed_on or "", group, post, job, category, phone, landline, address, bool(floating), destination, bool(lost),
        lost_since or "", bool(infirm), bool(hardship), bool(cadre), note,
    )  # fmt: skip


def groups(book: Book) -> list[str]:
    """The names of the party groups, in the order they were entered."""
    return [row[0] for row in book.rows("SELECT name FROM party_group ORDER BY id")]


def group_id(transaction: Transaction, name: str) -> int | None:
    """The key of a group by name, made when it is new; None for no group."""
    if not name:
        return None
    found = transaction.connection.execute("SELECT id FROM party_group WHERE name = ?", (name,)).fetchone()
    if found:
        return int(found[0])
    return transaction.connection.execute("INSERT INTO party_group (name) VALUES (?)", (name,)).lastrowid


def insert_members(transaction: Transaction, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Write new members; returns their keys in order. Needs a transaction with a session."""
    return insert_rows(transaction, "Member", rows)


def update_member(transaction: Transaction, member_id: int, fields: Mapping[str, Any]) -> None:
    """Write changed fields of one member. Needs a transaction with a session."""
    update_row(transaction, "Member", member_id, fields)


def is_mentioned(book: Book, member_id: int) -> bool:
    """Whether a roll, the dues or any other record speaks of a member; their entries and exits do not count."""
    tables = book.rows(
        """SELECT t.name, f."from" FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f
        WHERE t.type = 'table' AND f."table" = 'member' AND t.name <> 'movement'"""
    )
    return any(book.rows(f"SELECT 1 FROM {name} WHERE {column} = ? LIMIT 1", (member_id,)) for name, column in tables)


def delete_member(transaction: Transaction, member_id: int) -> None:
    """Take out a member whom nothing mentions, with their entries and exits; the record of changes keeps them."""
    transaction.connection.execute("DELETE FROM movement WHERE member_id = ?", (member_id,))
    transaction.connection.execute("DELETE FROM member WHERE id = ?", (member_id,))


def movements(book: Book) -> list[Movement]:
    """Every entry and exit, oldest first."""
    rows = book.rows("SELECT id, member_id, kind, on_date, place, note FROM movement ORDER BY on_date, id")
    return [Movement(*row) for row in rows]


def insert_movement(
    transaction: Transaction, member_id: int, kind: str, on_date: date, place: str = "", note: str = ""
) -> None:
    """Write an entry or an exit."""
    transaction.connection.execute(
        "INSERT INTO movement (member_id, kind, on_date, place, note) VALUES (?, ?, ?, ?, ?)",
        (member_id, kind, on_date.isoformat(), place, note),
    )


def delete_movement(transaction: Transaction, movement_id: int) -> None:
    """Take out an entry or exit written by mistake; the record of changes keeps it."""
    transaction.connection.execute("DELETE FROM movement WHERE id = ?", (movement_id,))


def guests(book: Book) -> list[Guest]:
    """Every guest, in the order of their readings."""
    rows = book.rows("SELECT id, name, reading, class, unit, phone, note FROM guest ORDER BY reading, name, id")
    return [Guest(*row) for row in rows]


def insert_guest(transaction: Transaction, guest: Guest) -> int:
    """Write a new guest; returns the key."""
    key = transaction.connection.execute(
        "INSERT INTO guest (name, reading, class, unit, phone, note) VALUES (?, ?, ?, ?, ?, ?)",
        (guest.name, guest.reading, guest.guest_class, guest.unit, guest.phone, guest.note),
    ).lastrowid
    assert key is not None
    return key


def update_guest(transaction: Transaction, guest: Guest) -> None:
    """Write a guest's fields anew."""
    transaction.connection.execute(
        "UPDATE guest SET name = ?, reading = ?, class = ?, unit = ?, phone = ?, note = ? WHERE id = ?",
        (guest.name, guest.reading, guest.guest_class, guest.unit, guest.phone, guest.note, guest.id),
    )


def count_on(book: Book, day: date) -> int:
    """How many belong on that day."""
    return int(book.rows(f"SELECT count(*) FROM member m WHERE {BELONGS}", {"day": day.isoformat()})[0][0])


def count_without_joining_date(book: Book) -> int:
    """How many members lack the joining date that CON-01 needs."""
    return int(book.rows("SELECT count(*) FROM member WHERE joined_on IS NULL")[0][0])
