"""The packages of the outbox, what became of each, and the one place they are delivered to."""

from collections.abc import Mapping
from dataclasses import astuple
from datetime import date
from typing import Any

from partyday_tui.rules.delivery_place import Place
from partyday_tui.rules.outbox import Attempt, Item, State, state_after
from partyday_tui.store.book import Book, Transaction

_NEWER = (
    "EXISTS (SELECT 1 FROM package n WHERE n.kind = p.kind AND n.period = p.period AND n.title = p.title "
    "AND n.revision > p.revision)"
)
_PLACE = "carrier, target, port, security, user_name, sender, recipient"


def items(book: Book, package_id: int | None = None) -> list[Item]:
    """Every package, or one, the newest first, with its state."""
    only, parameters = ("", ()) if package_id is None else ("WHERE p.id = ?", (package_id,))
    told: dict[int, list[Attempt]] = {}
    for row in book.rows(
        "SELECT package_id, result, on_date, carrier, to_where, by_whom, words FROM delivery "
        f"{'WHERE package_id = ?' if parameters else ''} ORDER BY id",
        parameters,
    ):
        told.setdefault(row[0], []).append(_attempt(row[1:]))
    rows = book.rows(
        f"SELECT p.id, p.kind, p.period, p.title, p.revision, p.file_name, p.sha256, p.size, a.day, {_NEWER} "
        f"FROM package p JOIN act a ON a.id = p.act_id {only} ORDER BY p.id DESC",
        parameters,
    )
    return [_item(tuple(row), told.get(row[0], [])) for row in rows]


def attempts(book: Book, package_id: int) -> list[tuple[str, Attempt]]:
    """(instant, what became of it) of one package, oldest first."""
    rows = book.rows(
        "SELECT a.at, d.result, d.on_date, d.carrier, d.to_where, d.by_whom, d.words FROM delivery d "
        "JOIN act a ON a.id = d.act_id WHERE d.package_id = ? ORDER BY d.id",
        (package_id,),
    )
    return [(row[0], _attempt(row[1:])) for row in rows]


def open_counts(book: Book) -> Mapping[State, int]:
    """How many packages wait, and how many came back and were not made anew."""
    rows = book.rows(
        "SELECT coalesce((SELECT d.result FROM delivery d WHERE d.package_id = p.id AND d.result <> 'failed' "
        f"ORDER BY d.id DESC LIMIT 1), 'waiting') AS state, count(*) FROM package p WHERE NOT {_NEWER} GROUP BY state"
    )
    return {State(row[0]): row[1] for row in rows}


def insert_package(
    transaction: Transaction, kind: str, period: str, title: str, revision: int, file_name: str, sha256: str, size: int
) -> int:
    """Write a package in the act begun last; returns its key."""
    key = transaction.connection.execute(
        "INSERT INTO package (act_id, kind, period, title, revision, file_name, sha256, size) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (transaction.act_id, kind, period, title, revision, file_name, sha256, size),
    ).lastrowid
    assert key is not None
    return key


def insert_attempt(transaction: Transaction, package_id: int, attempt: Attempt) -> None:
    """Write what became of a package, in the act begun last."""
    transaction.connection.execute(
        "INSERT INTO delivery (act_id, package_id, result, on_date, carrier, to_where, by_whom, words) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            transaction.act_id,
            package_id,
            attempt.result,
            attempt.on.isoformat(),
            attempt.carrier,
            attempt.to_where[:200],
            attempt.by_whom[:40],
            attempt.words[:500],
        ),
    )


def place(book: Book) -> Place | None:
    """Where packages are delivered to; None before it was chosen."""
    rows = book.rows(f"SELECT {_PLACE} FROM delivery_place")
    return Place(*rows[0]) if rows else None


def write_place(transaction: Transaction, chosen: Place) -> None:
    """Write the place, for the first time or anew."""
    transaction.connection.execute(
        f"INSERT INTO delivery_place (id, {_PLACE}) VALUES (1, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in _PLACE.split(", ")),
        astuple(chosen),
    )


def _attempt(row: tuple[str, ...]) -> Attempt:
    result, on, *rest = row
    return Attempt(result, date.fromisoformat(on), *rest)


def _item(row: tuple[Any, ...], told: list[Attempt]) -> Item:
    key, kind, period, title, revision, file_name, sha256, size, made_on, replaced = row
    decisive = [it for it in told if it.result != "failed"]
    last = decisive[-1] if decisive else (told[-1] if told else None)
    state = state_after([it.result for it in told], replaced=bool(replaced))
    made = date.fromisoformat(made_on)
    return Item(key, kind, period, title, revision, file_name, sha256, size, made, state, last)


def has_package(book: Book, kind: str, period: str) -> bool:
    """Whether any package of a kind and a period was ever put in."""
    return bool(book.rows("SELECT 1 FROM package WHERE kind = ? AND period = ? LIMIT 1", (kind, period)))
