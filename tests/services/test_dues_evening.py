"""The dues evening: the meeting it goes by, the row after a payment, what can be taken back, the month to close."""

from datetime import date

import pytest
from tests.ui.screens.dues_books import village
from tests.ui.screens.rolls import fill

from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_close_view import close_view, month_to_close
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_evening import (
    Payment,
    Together,
    months_to_pay,
    open_evening,
    standing_of,
    standing_payments,
    take,
    take_back,
    take_together,
)
from partyday_tui.services.dues_months import close_month


@pytest.fixture
def village_book(book):
    village(book, since=Month(2026, 9))
    return book


def rows(book):
    return {row.name: row for row in open_evening(book).collection.rows}


@pytest.mark.parametrize(
    ("meeting", "found"), [(date(2026, 11, 6), True), (date(2026, 11, 2), True), (date(2026, 11, 7), False), (date(2026, 10, 9), False)]
)  # fmt: skip
def test_the_meeting_is_this_months_latest_up_to_today(book, meeting, found):
    fill(book, ["罗有秀"], on=meeting)
    assert (open_evening(book).event is not None) is found


@pytest.mark.parametrize("amount_fen", [None, 150, 70, 20])
def test_the_row_after_a_payment_is_what_the_book_says(village_book, amount_fen):
    before = rows(village_book)["罗有秀"]
    payment = Payment(before.member_id, False, "k", amount_fen=amount_fen)
    taken = take(village_book, payment, before)
    assert taken.rows == (rows(village_book)["罗有秀"],)
    assert take(village_book, payment, before).receipt == taken.receipt, "the same key press writes once"


def test_what_was_taken_on_another_day_is_written_on_that_day(village_book):
    day = date(2026, 11, 2)
    row = rows(village_book)["罗有秀"]
    taken = take(village_book, Payment(row.member_id, None, "k", on_date=day), row)
    others = take_together(village_book, Together((rows(village_book)["金新霞"],), "m", day))
    assert {entry.on_date for entry in (*taken.receipt.entries, *others.receipt.entries)} == {"2026-11-02"}
    assert taken.rows == (rows(village_book)["罗有秀"],)
    assert open_evening(village_book).today == ()
    assert sum(entry.amount_fen for entry in open_evening(village_book, None, day).today) == 300


def test_what_was_taken_last_month_leaves_this_month_open(village_book):
    row = rows(village_book)["罗有秀"]
    taken = take(village_book, Payment(row.member_id, None, "k", on_date=date(2026, 10, 30)), row)
    assert [(entry.kind, entry.month) for entry in taken.receipt.entries] == [("back", "2026-09"), ("dues", "2026-10")]
    assert taken.rows[0].to_pay_fen == 50


def test_what_was_taken_is_taken_back_once(village_book):
    row = rows(village_book)["罗有秀"]
    take(village_book, Payment(row.member_id, None, "a"), row)
    ((*entries,),) = standing_payments(village_book, row.member_id)
    assert sum(entry.amount_fen for entry in entries) == 150
    taken = take_back(village_book, ((row.member_id, row.present),), [entry.id for entry in entries], "记错", "b")
    assert taken.rows[0] == row == rows(village_book)["罗有秀"]
    assert standing_payments(village_book, row.member_id) == []
    assert sum(entry.amount_fen for entry in open_evening(village_book).today) == 0


def test_the_months_to_pay_run_on_to_the_end_of_what_is_assessed(village_book):
    key = rows(village_book)["罗有秀"].member_id
    record_payment(village_book, key, amount_fen=70)
    found = months_to_pay(village_book, key)
    assert [(str(month), fen) for month, fen in found] == [("2026-10", 30), ("2026-11", 50), ("2026-12", 50)]


def test_the_reminder_comes_with_the_third_month(village_book):
    key = rows(village_book)["罗有秀"].member_id
    assert standing_of(village_book, key) == ""
    village_book.clock = Clock(date(2026, 12, 1))
    assert "已连续 3 个月" in standing_of(village_book, key)


def test_the_month_to_close_follows_the_last_one_closed(village_book):
    assert month_to_close(village_book) == Month(2026, 11)
    close_month(village_book, Month(2026, 9), {}, rest_unpaid=True)
    assert month_to_close(village_book) == Month(2026, 10)
    assert close_view(village_book, Month(2026, 9)).closed_on == "2026-11-06"
    assert close_view(village_book, Month(2026, 12)).warnings, "a month to come says that it cannot be closed"
