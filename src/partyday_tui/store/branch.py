"""The branch, the rules it chose, and the newest entry of its book."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from partyday_tui.rules.branch import Branch
from partyday_tui.store.book import Book, Transaction


def branch(book: Book) -> Branch | None:
    """The branch, or None in a book that has just been made."""
    rows = book.rows("SELECT book_key, name, superior, secretary, made_on FROM branch")
    return Branch(*rows[0]) if rows else None


def write_branch(transaction: Transaction, branch: Branch) -> None:
    """Write the branch, for the first time or anew."""
    transaction.connection.execute(
        "INSERT INTO branch (id, book_key, name, superior, secretary, made_on) VALUES (1, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, superior = excluded.superior, secretary = excluded.secretary",
        (branch.key, branch.name, branch.superior, branch.secretary, branch.made_on),
    )


def preset_choices(book: Book) -> list[tuple[date, str]]:
    """(from when, preset) in the order of dates; a switch keeps the past under its old rules (CAL-16)."""
    rows = book.rows("SELECT valid_from, preset FROM preset_choice ORDER BY valid_from")
    return [(date.fromisoformat(row[0]), row[1]) for row in rows]


def choose_preset(transaction: Transaction, preset: str, valid_from: date, reason: str = "") -> None:
    """Write that a preset holds from a date."""
    transaction.connection.execute(
        "INSERT INTO preset_choice (preset, valid_from, reason) VALUES (?, ?, ?) "
        "ON CONFLICT (valid_from) DO UPDATE SET preset = excluded.preset, reason = excluded.reason",
        (preset, valid_from.isoformat(), reason),
    )


def rule_overrides(book: Book) -> list[Mapping[str, Any]]:
    """The branch's own values: ``key``, ``value``, ``reason``, ``valid_from`` (a date), in the order of dates."""
    rows = book.rows("SELECT key, value, reason, valid_from FROM rule_override ORDER BY valid_from, id")
    return [
        {"key": row[0], "value": json.loads(row[1]), "reason": row[2], "valid_from": date.fromisoformat(row[3])}
        for row in rows
    ]


def override_rule(transaction: Transaction, key: str, value: Any, reason: str, valid_from: date) -> None:
    """Write the branch's own value of a rule, from a date, with its reason."""
    transaction.connection.execute(
        "INSERT INTO rule_override (key, value, reason, valid_from) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (key, valid_from) DO UPDATE SET value = excluded.value, reason = excluded.reason",
        (key, json.dumps(value, ensure_ascii=False), reason, valid_from.isoformat()),
    )


def newest_entry(book: Book) -> datetime | None:
    """The instant written beside the last act, in the order of entry, for the check of the clock; None in an empty book."""
    rows = book.rows("SELECT at FROM act ORDER BY id DESC LIMIT 1")
    return datetime.fromisoformat(rows[0][0]) if rows else None
