"""The demo branch's dues: every screen has something to show, and the book is in order."""

from datetime import date

from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.services.books import open_existing
from partyday_tui.services.demo import DEMO_DAY, make_demo
from partyday_tui.services.dues_assess import assessment_sheet
from partyday_tui.services.dues_ledger import entries_of_year, year_grid
from partyday_tui.services.dues_table import cash_in_hand, collection_list
from partyday_tui.store.dues_closes import closes
from partyday_tui.store.ledger_check import chain_breaks


def test_a_year_of_dues(tmp_path):
    path = tmp_path / "demo.db"
    make_demo(path, Clock(DEMO_DAY))
    book = open_existing(path, Clock(DEMO_DAY))
    try:
        assert all(row.current for row in assessment_sheet(book, 2026))
        rows = collection_list(book, Month.of(DEMO_DAY)).rows
        assert [row.name for row in rows if row.level == "warning"] == ["邓艳"]
        assert not any(row.paid_fen for row in rows), "the November evening is still to come"
        assert [close.month for close in closes(book)] == [f"2026-{number:02d}" for number in range(1, 11)]
        handed_over = [entry.on_date for entry in entries_of_year(book, 2026) if entry.kind == "remittance"]
        assert set(handed_over) == {date(2026, month, day).isoformat() for month, day in ((3, 31), (6, 30), (9, 30))}
        assert cash_in_hand(book).in_hand_fen > 0 and min(cash_in_hand(book).by_method.values()) >= 0
        assert year_grid(book, 2026).paid_fen > 0 and not chain_breaks(book)
    finally:
        book.close()
