"""The ledger's chain and sums, read from the table: whole as written, and each foreign change named alone."""

import sqlite3
from contextlib import closing

import pytest
from tests.dues_branch import TODAY, dues_branch

from partyday_tui.clock import Clock
from partyday_tui.rules.dues.ledger_chain import Break, as_json
from partyday_tui.rules.month import Month
from partyday_tui.services.doctor import ledger_faults
from partyday_tui.services.dues_collect import record_payment, record_voluntary
from partyday_tui.services.dues_handover import remit
from partyday_tui.services.dues_months import close_month
from partyday_tui.services.dues_reverse import reverse
from partyday_tui.store import dues, ledger_check
from partyday_tui.store.book import open_book
from partyday_tui.store.ledger_check import chain_breaks

STRANGE = "".join(map(chr, range(1, 32))) + "\\\"/'\x7f\x85\u2028\u200b\U0002a6d6\ue000<&>\t"


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    record_payment(book, 1)
    record_voluntary(book, 5, 150_000)
    reverse(book, [1], "记错")
    remit(book, 1_000, receipt_no="77")
    close_month(book, Month(2026, 10), {}, rest_unpaid=True)
    record_payment(book, 2, [Month(2026, 11)])
    yield book
    book.close()


def changed_outside(book, sql, parameters=()):
    """The book after another program has run `sql` on its ledger."""
    book.close()
    with closing(sqlite3.connect(book.path)) as other:
        triggers = other.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'dues_entry'"
        ).fetchall()
        for name, _ in triggers:
            other.execute(f"DROP TRIGGER {name}")
        other.execute(sql, parameters)
        for _, text in triggers:
            other.execute(text)
        other.commit()
    return open_book(book.path, Clock(TODAY))


def test_the_chain_is_whole_and_starts_from_each_entry_before(book):
    assert chain_breaks(book) == [] == ledger_faults(book)
    rows = book.rows("SELECT chain FROM dues_entry ORDER BY id")
    assert len({row[0] for row in rows}) == len(rows) == dues.head(book)[0]


def test_the_sums_are_those_of_the_entries(book):
    last = dues.head(book)[0]
    assert ledger_check.in_hand(book, 0, last) == sum(
        -fen if kind == "remittance" else fen for kind, _, fen in dues.sums_by_kind(book)
    )
    assert ledger_check.in_hand(book, 0, 2) + ledger_check.in_hand(book, 2, last) == ledger_check.in_hand(book, 0, last)
    assert ledger_check.chain_of(book, last) == dues.head(book)[1] and ledger_check.chain_of(book, last + 1) is None


def test_sqlite_writes_the_fields_as_they_were_hashed(book):
    for text in (STRANGE, "", "会后在村部收的现金"):
        (written,) = book.rows("SELECT CAST(json_array(?, NULL, -5, ?) AS BLOB)", (text, 1 << 62))[0]
        assert bytes(written) == as_json([text, None, -5, 1 << 62])


def test_an_entry_is_whole_even_if_another_sqlite_writes_its_json_otherwise(book, monkeypatch):
    monkeypatch.setattr(ledger_check, "_AS_JSON", ledger_check._AS_JSON.replace("json_array(", "json_array('',"))
    assert chain_breaks(book) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount_fen", 51),
        ("note", "改"),
        ("note", b"\xff\xfe"),
        ("member_name", "别人"),
        ("on_date", "2026-11-05"),
        ("month", "2026-02"),
        ("due_fen", None),
        ("chain", "0" * 64),
    ],
)
def test_an_entry_changed_by_another_program_is_named(book, column, value):
    cast = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
    again = changed_outside(book, f"UPDATE dues_entry SET {column} = {cast} WHERE id = 5", (value,))
    named = [Break(5, "changed"), Break(6, "changed")] if column == "chain" else [Break(5, "changed")]
    assert chain_breaks(again) == named
    assert any("第 5 笔" in sentence for sentence in ledger_faults(again))
    again.close()


def test_a_lost_entry_and_a_close_that_does_not_fit_are_told(book):
    again = changed_outside(book, "DELETE FROM dues_entry WHERE id = 4")
    assert chain_breaks(again) == [Break(5, "missing")]
    told = " ".join(ledger_faults(again))
    assert "第 5 笔之前缺了记录" in told and "2026-10 月结时在手" in told
    again.close()


def test_a_cut_tail_is_told_by_the_close(book):
    head = book.rows("SELECT max(head_id) FROM dues_month_close")[0][0]
    again = changed_outside(book, "DELETE FROM dues_entry WHERE id >= ?", (head,))
    assert chain_breaks(again) == [] and any("月结时的最后一笔" in sentence for sentence in ledger_faults(again))
    again.close()
