"""The doctor names what was changed behind the program's back."""

import sqlite3
from datetime import date

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError
from partyday_tui.rules.month import Month
from partyday_tui.services.books import open_existing
from partyday_tui.services.doctor import diagnose
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_handover import remit
from partyday_tui.services.dues_months import close_month
from partyday_tui.services.dues_reverse import reverse


@pytest.fixture
def path(book_path):
    book = dues_branch(book_path)
    record_payment(book, 1, note="会后在村部收的现金")
    reverse(book, [3], "记错")
    remit(book, 100, receipt_no="77")
    close_month(book, Month(2026, 10), {}, rest_unpaid=True)
    book.close()
    return book_path


def found_in(path):
    book = open_existing(path, Clock(date(2026, 11, 6)))
    try:
        found = diagnose(book)
    finally:
        book.close()
    return found, {check.key: check.found for check in found.checks if check.found}


def outside(path, *statements):
    """Run SQL as another program would: its own connection, the guards taken down and put back."""
    with sqlite3.connect(path) as other:
        guards = other.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            other.execute(f"DROP TRIGGER {name}")
        for sql in statements:
            other.execute(sql)
        for _, sql in guards:
            other.execute(sql)
    other.close()


def test_a_sound_book_is_well(path):
    found, told = found_in(path)
    assert found.ok and told == {}
    assert (found.entries, found.in_hand_fen, found.broken_entries) == (13, 400, ())


def test_looking_changes_nothing(path):
    before = path.read_bytes()
    found_in(path)
    assert path.read_bytes() == before


def test_an_amount_changed_outside_is_named_with_its_entry(path):
    outside(path, "UPDATE dues_entry SET amount_fen = 5000 WHERE id = 7")
    found, told = found_in(path)
    assert found.broken_entries == (7,)
    assert "第 7 笔" in told["chain"][0] and "第 7 条" in told["witness"][0]
    assert "月结" in told["sums"][0]


def test_an_entry_cut_out_is_named(path):
    outside(path, "DELETE FROM dues_entry WHERE id = 7")
    found, told = found_in(path)
    assert found.broken_entries == (8,)
    assert "第 8 笔之前缺了" in told["chain"][0]


def test_a_cut_tail_is_seen_by_the_witness_and_the_close(path):
    outside(path, "DELETE FROM dues_entry WHERE id = 13")
    found, told = found_in(path)
    assert not found.ok and "chain" not in told
    assert "第 13 条" in told["witness"][0] and "月结" in told["sums"][0]


def test_an_entry_changed_with_its_hash_computed_anew_is_seen_by_the_witness(path):
    from partyday_tui.store import dues

    book = open_existing(path, Clock(date(2026, 11, 6)))
    rows = [tuple(row) for row in book.rows("SELECT * FROM dues_entry ORDER BY id")]
    book.close()
    statements, previous = [], dues.START
    for row in rows:
        fields = [6 if at == 4 and row[0] == 1 else value for at, value in enumerate(row[:-1])]
        previous = dues.link(previous, fields)
        statements.append(f"UPDATE dues_entry SET amount_fen = {fields[4]}, chain = '{previous}' WHERE id = {row[0]}")
    outside(path, *statements)
    found, told = found_in(path)
    assert found.broken_entries == () and "第 1 条" in told["witness"][0] and "sums" in told


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("UPDATE dues_assessment SET monthly_fen = 60 WHERE id = 2", "党费核定第 2 条"),
        ("UPDATE dues_close_row SET reason = '后补' WHERE id = 2", "月结明细第 2 条"),
        ("UPDATE dues_month_close SET counted_fen = 400 WHERE id = 1", "党费月结第 1 条"),
    ],
)
def test_other_appended_rows_are_held_against_their_record(path, sql, table):
    outside(path, sql)
    assert table in found_in(path)[1]["witness"][0]


def test_an_act_whose_time_was_changed_is_seen_by_its_entries(path):
    outside(
        path, "UPDATE act SET at = '2026-01-01T08:00:00+08:00' WHERE id = (SELECT act_id FROM dues_entry WHERE id = 12)"
    )
    assert found_in(path)[1]["witness"] == ("台账第 12 笔的登记时间和那一次操作的时间对不上",)


@pytest.mark.parametrize(
    "sql", ["DROP TRIGGER dues_entry_is_never_changed", "DROP INDEX dues_entry_by_pot", "CREATE TABLE x (y)"]
)
def test_a_guard_taken_down_is_named(path, sql):
    with sqlite3.connect(path) as other:
        other.execute(sql)
    other.close()
    assert sql.split()[-1] in found_in(path)[1]["structure"][0] or "x 被" in found_in(path)[1]["structure"][0]


def test_any_byte_changed_in_what_an_entry_says_is_found_and_named(path):
    raw, said = path.read_bytes(), "会后在村部收的现金".encode()
    places = [at for at in range(len(raw)) if raw.startswith(said, at)]
    assert len(places) == 22  # eleven entries, and the record of each
    named = []
    for at in places:
        for byte in (b"\xe5", b"\xff"):  # another character, and no character at all
            path.write_bytes(
                raw[: at + 3] + byte + raw[at + 4 :]
                if raw[at + 3 : at + 4] != byte
                else raw[:at] + b"\xff" + raw[at + 1 :]
            )
            found, told = found_in(path)
            assert "witness" in told
            named += found.broken_entries
    assert sorted(named) == sorted([*range(1, 12)] * 2)


def test_a_byte_changed_at_any_place_of_the_ledgers_tables_and_indexes_is_found(path):
    """Every page that a table or an index of dues begins with, at places spread over all that is written on it."""
    with sqlite3.connect(path) as other:
        size = other.execute("PRAGMA page_size").fetchone()[0]
        roots = other.execute(
            "SELECT rootpage FROM sqlite_schema WHERE tbl_name LIKE 'dues%' AND rootpage > 0"
        ).fetchall()
    other.close()
    raw = path.read_bytes()
    for number, (page,) in enumerate(roots):
        written = [at for at in range((page - 1) * size, page * size) if raw[at]]
        for at in written[number % 7 :: max(len(written) // 3, 1)]:
            path.write_bytes(raw[:at] + bytes([raw[at] ^ 1 << (at + number) % 8]) + raw[at + 1 :])
            try:
                found, _ = found_in(path)
            except PartydayError:
                continue  # the book does not open at all, and says so
            assert not found.ok, f"page {page}, place {at - (page - 1) * size}"
