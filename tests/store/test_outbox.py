"""What the outbox holds is only ever added to, and no row of it leads out of its folder."""

import pytest

from partyday_tui.errors import PartydayError
from partyday_tui.rules.outbox import State
from partyday_tui.store import outbox
from partyday_tui.store.schema import strays

SHA = "a" * 64


@pytest.fixture
def filled(book):
    with book.act("放入待报送") as act:
        outbox.insert_package(act, "month", "2026-10", "月报", 1, "月报.xlsx", SHA, 5)
    with book.act("已报送") as act:
        run = act.connection.execute
        run(
            "INSERT INTO delivery (act_id, package_id, result, on_date) VALUES ((SELECT max(id) FROM act), 1, 'sent', '2026-11-06')"
        )
    return book


REFUSED = (
        "UPDATE package SET title = 'x'", "DELETE FROM package", "UPDATE delivery SET words = words", "DELETE FROM delivery",
        "INSERT OR REPLACE INTO package SELECT * FROM package", "REPLACE INTO delivery SELECT * FROM delivery",
        f"INSERT INTO package VALUES (9, 1, 'month', '2026-10', '月报', 1, 'x.xlsx', '{SHA}', 5)",
        f"INSERT INTO package VALUES (9, 1, 'month', '../..', '月报', 1, 'x.xlsx', '{SHA}', 5)",
        f"INSERT INTO package VALUES (9, 1, 'month', '2026-09', '月报', 1, '../x.xlsx', '{SHA}', 5)",
        f"INSERT INTO package VALUES (9, 1, 'month', '2026-09', '月报', 1, 'a\\b.xlsx', '{SHA}', 5)",
        f"INSERT INTO package VALUES (9, 1, 'month', '2026-09', '月报', 1, '..', '{SHA}', 5)",
        "INSERT INTO package VALUES (9, 1, 'month', '2026-09', '月报', 1, 'x.xlsx', 'abc', 5)",
        "INSERT INTO delivery (act_id, package_id, result, on_date) VALUES (1, 99, 'sent', '2026-11-06')",
        "INSERT INTO delivery (act_id, package_id, result, on_date) VALUES (1, 1, 'lost', '2026-11-06')",
        "INSERT INTO delivery_place (id, carrier, target) VALUES (2, 'folder', 'x')",
    )  # fmt: skip


def test_nothing_is_changed_taken_out_or_led_astray(filled):
    for sql in REFUSED:
        with pytest.raises(PartydayError), filled.act("改") as act:
            act.connection.execute(sql)
            pytest.fail(sql)
    assert [it.state for it in outbox.items(filled)] == [State.SENT]


def test_what_was_added_has_a_second_witness(filled):
    assert strays(filled.rows) == {}
    for table in ("package", "delivery"):
        with filled.act("改") as act:
            act.connection.execute(f"DROP TRIGGER {table}_is_never_changed")
            act.connection.execute(f"UPDATE {table} SET act_id = 1")
        assert strays(filled.rows)[table] == [1]


def test_the_counts_of_the_desk_are_those_of_the_list(filled):
    with filled.act("放入待报送") as act:
        outbox.insert_package(act, "month", "2026-10", "月报", 2, "月报2.xlsx", SHA, 5)
        outbox.insert_package(act, "year", "2026", "年报", 1, "年报.xlsx", SHA, 5)
        outbox.insert_package(act, "year", "2026", "年报", 2, "年报2.xlsx", SHA, 5)
    assert outbox.open_counts(filled)[State.WAITING] == 2
    assert [it.state for it in outbox.items(filled)].count(State.WAITING) == 2
