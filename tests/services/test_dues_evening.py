"""The dues evening: the meeting it goes by, the row after a payment, what can be taken back, the month to close."""

from dataclasses import replace
from datetime import date

import pytest
from tests.ui.screens.dues_books import village
from tests.ui.screens.rolls import fill

from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_assess import Decision, assess_members
from partyday_tui.services.dues_close_view import close_view, month_to_close
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_evening import (
    Payment,
    Together,
    as_read,
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


def this_month(book):
    """The table with the row of 罗有秀 and what is read of it, where nothing but this month is owed."""
    village(book)
    evening = open_evening(book)
    (row,) = (row for row in evening.collection.rows if row.name == "罗有秀")
    return row, as_read(row, evening.collection.month, evening.act_id)


def written(taken):
    return [replace(entry, request_key="", entered_at="") for entry in taken.receipt.entries]


@pytest.mark.parametrize("method", ["cash", "wechat", "transfer"])
def test_what_was_read_is_not_read_again_and_the_entries_are_the_same(book, method):
    row, read = this_month(book)
    payment = Payment(row.member_id, row.present, "read", method)
    taken = take(book, payment, row, read)
    take_back(book, payment.members, [taken.receipt.entries[0].id], "记错", "back")
    again = take(book, replace(payment, request_key="unread"), row)
    first, second = written(taken), written(again)
    assert [replace(entry, id=0, act_id=0) for entry in first] == [replace(entry, id=0, act_id=0) for entry in second]
    assert (taken.rows, taken.receipt.warnings) == (again.rows, again.receipt.warnings)
    assert taken.act_id == read.act_id + 1


def corrected(book, row):
    decision = Decision(row.member_id, "farmer", monthly_fen=100, reason="提高", valid_from=Month(2026, 11))
    assess_members(book, 2026, [decision])


def paid_by_another_way(book, row):
    record_payment(book, row.member_id, amount_fen=20)


@pytest.mark.parametrize(("meanwhile", "fen"), [(corrected, 100), (paid_by_another_way, 30)])
def test_what_was_read_before_another_act_is_read_again(book, meanwhile, fen):
    row, read = this_month(book)
    meanwhile(book, row)
    taken = take(book, Payment(row.member_id, row.present, "k"), row, read)
    assert taken.receipt.amount_fen == fen
    assert taken.rows == (rows(book)["罗有秀"],)


def test_what_was_read_in_another_month_is_read_again(book):
    row, read = this_month(book)
    book.clock = Clock(date(2026, 12, 1))
    taken = take(book, Payment(row.member_id, row.present, "k"), row, read)
    assert [(entry.month, entry.kind) for entry in taken.receipt.entries] == [("2026-11", "back"), ("2026-12", "dues")]


def test_whoever_owes_for_earlier_months_is_read_from_the_account(village_book):
    evening = open_evening(village_book)
    assert as_read(evening.collection.rows[0], evening.collection.month, evening.act_id) is None


def test_what_was_taken_on_another_day_is_written_on_that_day(village_book):
    day = date(2026, 11, 2)
    row = rows(village_book)["罗有秀"]
    taken = take(village_book, Payment(row.member_id, None, "k", on_date=day), row)
    others = take_together(village_book, Together((rows(village_book)["金新霞"],), "m", day))
    assert {entry.on_date for entry in (*taken.receipt.entries, *others.receipt.entries)} == {"2026-11-02"}
    assert taken.rows == (rows(village_book)["罗有秀"],)
    assert open_evening(village_book).today == ()
    assert sum(entry.amount_fen for entry in open_evening(village_book, None, day).today) == 300


def test_the_table_of_a_day_of_last_month_takes_what_it_shows_and_leaves_this_month_open(village_book):
    day = date(2026, 10, 30)
    shown = {row.name: row for row in open_evening(village_book, None, day).collection.rows}
    row, others = shown["罗有秀"], (shown["金新霞"], shown["黄秀杰"])
    taken = take(village_book, Payment(row.member_id, None, "k", on_date=day), row)
    assert [(entry.kind, entry.month) for entry in taken.receipt.entries] == [("back", "2026-09"), ("dues", "2026-10")]
    assert taken.receipt.amount_fen == row.to_pay_fen == 100
    together = take_together(village_book, Together(others, "m", day))
    assert together.receipt.amount_fen == sum(row.to_pay_fen for row in others)
    after = {row.name: row for row in open_evening(village_book, None, day).collection.rows}
    assert (*taken.rows, *together.rows) == tuple(after[row.name] for row in (row, *others))
    assert {row.to_pay_fen for row in (*taken.rows, *together.rows)} == {0}
    assert rows(village_book)["罗有秀"].to_pay_fen == 50
    back = take_back(village_book, ((row.member_id, None),), [it.id for it in taken.receipt.entries], "记错", "b", day)
    assert back.rows == (row,) and {entry.on_date for entry in back.receipt.entries} == {"2026-10-30"}
    later = take(village_book, Payment(row.member_id, None, "now"))
    ids = [entry.id for entry in later.receipt.entries]
    assert {entry.on_date for entry in take_back(village_book, (), ids, "记错", "c", day).receipt.entries} == {
        "2026-11-06"
    }


@pytest.mark.parametrize(("meeting", "found"), [(date(2026, 10, 30), True), (date(2026, 11, 2), False)])
def test_the_meeting_of_the_days_own_month_is_found(book, meeting, found):
    fill(book, ["罗有秀"], on=meeting)
    assert (open_evening(book, None, date(2026, 10, 31)).event is not None) is found


def test_a_day_of_last_month_without_arrears_is_not_read_again(book):
    village(book, since=Month(2026, 10))
    evening = open_evening(book, None, date(2026, 10, 31))
    row = evening.collection.rows[0]
    read = as_read(row, evening.collection.month, evening.act_id)
    taken = take(book, Payment(row.member_id, None, "k", on_date=date(2026, 10, 31)), row, read)
    assert [(entry.kind, entry.month, entry.amount_fen) for entry in taken.receipt.entries] == [("dues", "2026-10", 50)]


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
