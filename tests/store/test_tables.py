"""The SQLModel classes describe exactly what the migrations made."""

import pytest
from sqlmodel import SQLModel

from partyday_tui.clock import Clock
from partyday_tui.store import (
    absence_tables,
    dues_tables,
    evaluation_tables,
    event_tables,
    outbox_tables,
    register_tables,
    tables,
)
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
    assert absence_tables and dues_tables and evaluation_tables and event_tables and outbox_tables and register_tables
    assert set(KEPT) <= set(SQLModel.metadata.tables)


MEMBER = {"name": "张三", "kind": "full"}
MOVEMENT = {"member_id": 1, "kind": "died", "on_date": "2026-01-01"}
REQUEST = {"event_id": 1, "to_date": "2026-01-01", "reason": "防汛", "duty": "none"}


@pytest.mark.parametrize(
    ("shape", "fields"),
    [
        (tables.MemberInput, MEMBER | {"kind": "guest"}),
        (tables.MemberInput, MEMBER | {"sex": "x"}),
        (tables.MemberInput, MEMBER | {"identity": "1101051949123100211"}),
        (tables.MemberInput, MEMBER | {"identity": "１10105194912310021"}),
        (tables.MemberInput, MEMBER | {"joined_on": "1972-13"}),
        (tables.MemberInput, MEMBER | {"joined_on": "1972-7"}),
        (tables.MemberInput, MEMBER | {"name": ""}),
        (tables.MemberInput, MEMBER | {"note": "长" * 2001}),
        (tables.MovementInput, MOVEMENT | {"kind": "born"}),
        (tables.MovementInput, MOVEMENT | {"on_date": "2026"}),
        (tables.EventInput, {"month": "2026-13"}),
        (tables.EventInput, {"month": "2026-11", "starts_at": "24:00"}),
        (tables.ChangeRequestInput, REQUEST | {"duty": "x"}),
        (tables.ChangeRequestInput, REQUEST | {"state": "lost"}),
        (tables.ChangeRequestInput, REQUEST | {"reason": ""}),
        (tables.GuestInput, {"name": "刘四", "class": ""}),
    ],
)
def test_data_from_outside_is_validated_before_the_database_sees_it(shape, fields):
    with pytest.raises(ValueError):
        shape.model_validate(fields)


@pytest.mark.parametrize(
    ("shape", "fields"),
    [
        (tables.MemberInput, MEMBER | {"sex": "女", "identity": "11010519491231002X", "joined_on": "1972-07"}),
        (tables.MemberInput, MEMBER | {"identity": "", "joined_on": None}),
        (tables.MovementInput, MOVEMENT),
        (tables.EventInput, {"month": "2026-12", "on_date": None, "starts_at": "23:59"}),
        (tables.ChangeRequestInput, REQUEST),
        (tables.GuestInput, {"name": "刘四", "class": "其他"}),
    ],
)
def test_good_data_from_outside_passes(shape, fields):
    shape.model_validate(fields)
