"""Rows written through SQLModel: fields from outside are validated as a whole row before anything is stored."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from partyday_tui.store.book import Transaction

if TYPE_CHECKING:
    from sqlmodel import SQLModel


def insert_row(transaction: Transaction, table: str, fields: Mapping[str, Any]) -> int:
    """Write a new row of the table class named `table`; returns its key. Needs a transaction with a session."""
    return insert_rows(transaction, table, [fields])[0]


def insert_rows(transaction: Transaction, table: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Write new rows of the table class named `table`; returns their keys in order. Needs a transaction with a session."""
    from pydantic import TypeAdapter
    from sqlalchemy import func, select

    row_class, input_class = _classes(table)
    checked = TypeAdapter(list[input_class]).validate_python(list(map(dict, rows)))  # type: ignore[valid-type]
    # The keys are given here, as SQLite would give them, and all rows go in one statement: five times as quick as objects.
    last = transaction.session.execute(select(func.max(row_class.id))).scalar() or 0  # type: ignore[attr-defined]
    keys = list(range(last + 1, last + 1 + len(checked)))
    if keys:
        columns = list(input_class.model_fields)
        sql = f"INSERT INTO {row_class.__tablename__} (id, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"
        transaction.session.flush()
        transaction.connection.executemany(
            sql, [(key, *map(vars(row).__getitem__, columns)) for key, row in zip(keys, checked, strict=True)]
        )
    return keys


def update_row(transaction: Transaction, table: str, key: int, fields: Mapping[str, Any]) -> None:
    """Write changed fields of one row, validated together with the rest of it. Needs a transaction with a session."""
    row_class, input_class = _classes(table)
    row = transaction.session.get_one(row_class, key)
    checked = input_class.model_validate(row.model_dump() | dict(fields))
    for field in fields:
        setattr(row, field, getattr(checked, field))
    transaction.session.add(row)
    transaction.session.flush()


def _classes(table: str) -> "tuple[type[SQLModel], type[SQLModel]]":
    from partyday_tui.store import tables  # SQLModel costs twice the start of the app: not before the first write

    return getattr(tables, table), getattr(tables, f"{table}Input")
