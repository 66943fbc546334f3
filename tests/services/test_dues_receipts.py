"""The receipt of a hand-over that comes later: its number is kept beside the ledger, whose entries stay as they are."""

from datetime import date

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.services.doctor import diagnose
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_handover import add_receipt, hand_over_words, remit, without_receipt
from partyday_tui.services.dues_ledger import entries_of_year
from partyday_tui.services.dues_reverse import reverse
from partyday_tui.services.month_gaps import month_gaps
from partyday_tui.services.presets import override_rule

DEC = Month(2026, 12)


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    record_payment(book, 4, [Month(2026, 11)], method="wechat")
    record_payment(book, 1)
    yield book
    book.close()


def test_the_number_that_came_later_stands_with_every_part_of_the_hand_over(book):
    told = remit(book, on_date=date(2026, 11, 2)).warnings
    assert "在手只有 0.00 元" in told[0] and "补上" in told[1]
    before = [tuple(row) for row in book.rows("SELECT * FROM dues_entry")]
    ((cash, wechat),) = without_receipt(book)
    add_receipt(book, [cash.id, wechat.id], "青0031")
    assert without_receipt(book) == []
    assert [each.receipt_no for each in entries_of_year(book, 2026) if each.kind == "remittance"] == ["青0031"] * 2
    assert [tuple(row) for row in book.rows("SELECT * FROM dues_entry")] == before
    assert diagnose(book).ok
    add_receipt(book, [cash.id], "青0032")
    assert {each.id: each.receipt_no for each in entries_of_year(book, 2026)}[cash.id] == "青0032"


def test_what_waits_is_what_stands_and_has_none(book):
    remit(book, 100, receipt_no="77")
    for _ in range(2):
        remit(book, 50)
    last = entries_of_year(book, 2026)[-1].id
    reverse(book, [last], "记错")
    assert [[each.id for each in act] for act in without_receipt(book)] == [[last - 1]]
    for wrong in (last, last + 1, 1, 999):
        with pytest.raises(UserMistake):
            add_receipt(book, [wrong], "78")
    with pytest.raises(UserMistake, match="请写收据号"):
        add_receipt(book, [last - 1], " ")
    assert book.rows("SELECT count(*) FROM dues_receipt")[0][0] == 0


@pytest.mark.parametrize(
    ("rhythm", "month", "said"),
    [("", 11, ""), ("", 12, "每季度"), ("monthly", 11, "每月"), ("half_yearly", 11, ""), ("yearly", 12, "每年")],
)
def test_the_hand_over_is_told_by_the_branchs_rhythm(book, rhythm, month, said):
    if rhythm:
        override_rule(book, "dues.hand_over", rhythm, "镇里要求")
    assert hand_over_words(book, Month(2026, month), 50) == (f"{said}上缴，还没有交" if said else "")
    assert hand_over_words(book, DEC, 0) == ""


def test_what_is_in_hand_at_the_end_of_a_quarter_is_a_gap_of_the_month(book):
    said = [gap.words for gap in month_gaps(book, DEC) if "上缴" in gap.words]
    assert said == ["在手17.23元，每季度上缴，还没有交"]
    remit(book)
    assert not [gap for gap in month_gaps(book, DEC) if "上缴" in gap.words]
