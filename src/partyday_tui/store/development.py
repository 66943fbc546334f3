"""People under development in the book: their particulars, the dates of the steps, the regular looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.changes import Change
from partyday_tui.rules.development import STEPS, Candidate
from partyday_tui.rules.registers import Value
from partyday_tui.store.book import Book, Transaction
from partyday_tui.store.changes import changes_of_family
from partyday_tui.store.schema import unpack


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A candidate with what the rules do not look at; ``step_notes`` by the number of the step."""

    candidate: Candidate
    reading: str = ""
    guest_id: int | None = None
    contacts: str = ""
    ended_why: str = ""
    note: str = ""
    step_notes: Mapping[int, str] | None = None


def candidates(book: Book) -> list[CandidateRow]:
    """Everyone ever under development, in the order of their readings."""
    steps: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
    notes: defaultdict[int, dict[int, str]] = defaultdict(dict)
    looks: defaultdict[int, list[date]] = defaultdict(list)
    for candidate_id, step, on, note in book.rows(
        "SELECT candidate_id, step, on_date, note FROM candidate_step ORDER BY step"
    ):
        steps[candidate_id].append((step, date.fromisoformat(on)))
        notes[candidate_id][step] = note
    for candidate_id, on in book.rows("SELECT candidate_id, on_date FROM candidate_look ORDER BY on_date"):
        looks[candidate_id].append(date.fromisoformat(on))
    rows = book.rows(
        "SELECT id, name, training_days, training_hours, extended_months, special, ended_on, reading, guest_id, contacts, "
        "ended_why, note FROM candidate ORDER BY reading, name, id"
    )
    return [
        CandidateRow(
            Candidate(
                key, name, tuple(steps[key]), tuple(looks[key]), days, hours, months, bool(special),
                date.fromisoformat(ended) if ended else None,
            ),
            reading, guest_id, contacts, why, note, notes[key],
        )
        for key, name, days, hours, months, special, ended, reading, guest_id, contacts, why, note in rows
    ]  # fmt: skip


def insert_candidate(transaction: Transaction, name: str, reading: str, guest_id: int | None) -> int:
    """Write a new candidate; returns the key."""
    key = transaction.connection.execute(
        "INSERT INTO candidate (name, reading, guest_id) VALUES (?, ?, ?)", (name, reading, guest_id)
    ).lastrowid
    assert key is not None
    return key


def update_candidate(transaction: Transaction, candidate_id: int, fields: Mapping[str, Value]) -> None:
    """Write columns of a candidate anew."""
    transaction.connection.execute(
        f"UPDATE candidate SET {', '.join(f'{name} = ?' for name in fields)} WHERE id = ?",
        [*fields.values(), candidate_id],
    )


def delete_candidate(transaction: Transaction, candidate_id: int) -> None:
    """Take a candidate out with all steps and looks; the record of changes keeps them."""
    transaction.connection.execute("DELETE FROM candidate WHERE id = ?", (candidate_id,))


def write_step(transaction: Transaction, candidate_id: int, step: int, on: date, note: str) -> None:
    """Write the day of a step in place of the one that was there."""
    delete_step(transaction, candidate_id, step)
    transaction.connection.execute(
        "INSERT INTO candidate_step (candidate_id, step, on_date, note) VALUES (?, ?, ?, ?)",
        (candidate_id, step, on.isoformat(), note),
    )


def delete_step(transaction: Transaction, candidate_id: int, step: int) -> None:
    """Take the day of a step out."""
    transaction.connection.execute(
        "DELETE FROM candidate_step WHERE candidate_id = ? AND step = ?", (candidate_id, step)
    )


def write_look(transaction: Transaction, candidate_id: int, on: date, note: str) -> None:
    """Write a 考察; a second one of the same day replaces the first."""
    delete_look(transaction, candidate_id, on)
    transaction.connection.execute(
        "INSERT INTO candidate_look (candidate_id, on_date, note) VALUES (?, ?, ?)",
        (candidate_id, on.isoformat(), note),
    )


def delete_look(transaction: Transaction, candidate_id: int, on: date) -> None:
    """Take a 考察 out."""
    transaction.connection.execute(
        "DELETE FROM candidate_look WHERE candidate_id = ? AND on_date = ?", (candidate_id, on.isoformat())
    )


def history(book: Book, candidate_id: int) -> list[Change]:
    """Every change of a candidate, of the steps and of the looks, newest first; a step is told by its title."""
    found = changes_of_family(book, ("candidate", "candidate_step", "candidate_look"), candidate_id)
    return [change if change.kept_in == "candidate" else _told(change) for change in found]


def _told(change: Change) -> Change:
    """A step or look written or taken out, told as one field: its title, and the day before and after."""
    old, new = unpack(change.old or ""), unpack(change.new or "")
    step = (new or old).get("step")
    title = STEPS[int(step) - 1].title if step else "考察"
    return Change(
        change.at, change.day, change.actor, change.what, change.source, change.kept_in, "update", title,
        old.get("on_date"), new.get("on_date"),
    )  # fmt: skip
