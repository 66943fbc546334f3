"""The SQLModel classes describe exactly what the migrations made."""

import pytest
from sqlmodel import SQLModel

from partyday_tui.clock import Clock
from partyday_tui.store import tables  # noqa: F401 - fills the metadata
from partyday_tui.store.book import create_book
from partyday_tui.store.schema import KEPT


@pytest.fixture
def book(tmp_path):
    book = create_book(tmp_path / "book.db", Clock())
    yield book
    book.close()


@pytest.mark.parametrize("table", sorted(SQLModel.metadata.tables))
def test_a_class_has_the_columns_of_its_table(book, table):
    made = {
        row["name"]: (bool(row["notnull"]) or bool(row["pk"]), bool(row["pk"]))
        for row in book.rows(f"PRAGMA table_info({table})")
    }
    described = {
        column.name: (not column.nullable or column.primary_key, column.primary_key)
        for column in SQLModel.metadata.tables[table].columns
    }
    assert described == made


@pytest.mark.parametrize("table", sorted(SQLModel.metadata.tables))
def test_a_class_has_the_foreign_keys_of_its_table(book, table):
    made = {(row["from"], row["table"], row["to"]) for row in book.rows(f"PRAGMA foreign_key_list({table})")}
    described = {
        (key.parent.name, key.column.table.name, key.column.name)
        for key in SQLModel.metadata.tables[table].foreign_keys
    }
    assert described == made


def test_every_kept_table_is_described(book):
    assert set(KEPT) <= set(SQLModel.metadata.tables)
