"""The papers of dues after something changed in the year: another category, a correction, a death, a reversal."""

from datetime import date

import pytest
from tests.dues_branch import APPROVED, dues_branch
from tests.services.sheets.printed import written

from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_assess import Decision, assess_member
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_handover import remit
from partyday_tui.services.dues_ledger import year_grid
from partyday_tui.services.dues_months import close_month, month_figures
from partyday_tui.services.dues_reverse import reverse
from partyday_tui.services.roster import add_movement


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    yield book
    book.close()


def retire(book):
    """丁四 pays 11.73 a month until October and 16.08 from November on."""
    decision = Decision(4, "retired", 321_500, valid_from=Month(2026, 11), reason="退休", **APPROVED)
    assess_member(book, 2026, decision)


def test_sums_by_category_follow_the_months_and_heads_the_last_category(book, tmp_path):
    record_payment(book, 4, [Month(2026, 10)])
    retire(book)
    by_category = {row[0]: row[1:] for row in written(book, tmp_path, "dues-publication", period="2026") if row}
    assert by_category["在职"] == [0, 117.3, 11.73]
    assert by_category["离退休"] == [2, 225.12, 0]


def test_the_register_names_the_category_that_was_assessed(book, tmp_path):
    retire(book)
    rows = {row[1]: row[2] for row in written(book, tmp_path, "dues-register", period="2026") if len(row) > 3}
    assert rows["丁四"] == "离退休" and rows["安一"] == "农民", "the roster of this branch names no category"


def test_what_was_put_right_from_its_own_month_is_not_signed_again(book, tmp_path):
    assess_member(book, 2026, Decision(1, "farmer", monthly_fen=100, reason="更正", **APPROVED))
    rows = written(book, tmp_path, "dues-assessment", period="2026")
    of_one = [row for row in rows[[row[:2] for row in rows].index([1, "安一"]) :] if row][:2]
    assert of_one[0][2:] == ["农民", "定额", 1, "1月", "2026-01-09", "支委会", "更正"] and of_one[1][:2] == [2, "白二"]


def test_money_given_beside_the_dues_stands_in_the_publication(book, tmp_path):
    record_payment(book, 1, [Month(2026, 11)], amount_fen=20_050, surplus="voluntary")
    cells = [value for row in written(book, tmp_path, "dues-publication", period="2026") for value in row]
    assert cells[cells.index("自愿多交") + 1] == 200


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_who_paid_and_died_is_beside_those_who_owe_and_in_every_sum(book, closed):
    october = Month(2026, 10)
    record_payment(book, 1, [october])
    record_payment(book, 2, [october])
    if closed:
        close_month(book, october, {}, rest_unpaid=True)
    add_movement(book, 1, "died", date(2026, 9, 20), "", "")
    found = month_figures(book, october)
    assert found.owing == 4 and found.heads("exempt") == 0
    assert found.paid_fen == sum(row.paid_fen for row in found.rows) == year_grid(book, 2026).month_totals[9][1] == 100
    row = next(row for row in found.rows if row.member_id == 1)
    assert (row.state, row.due_fen, row.paid_fen, row.reason) == ("paid", 0, 50, "已交，现不在应交之列")
    add_movement(book, 3, "died", date(2026, 9, 20), "", "")
    assert 3 not in {row.member_id for row in month_figures(book, october).rows}, "who neither owes nor paid"


def test_the_day_of_a_month_is_that_of_what_still_stands(book):
    for day in (3, 4):
        book.clock = Clock(date(2026, 11, day))
        record_payment(book, 4, [Month(2026, 11)], amount_fen=500)
    book.clock = Clock(date(2026, 11, 6))
    reverse(book, [2], "记错")
    row = next(row for row in year_grid(book, 2026).rows if row.payer.id == 4)
    assert (row.paid[10], row.paid_on[10]) == (500, "2026-11-03")


def test_a_hand_over_taken_back_leaves_the_slip_to_what_is_in_hand(book, tmp_path):
    record_payment(book, 4, [Month(2026, 11)])
    remit(book, 1000)
    reverse(book, [2], "记错")
    cells = [value for row in written(book, tmp_path, "remittance", period="2026-11") for value in row]
    assert cells[cells.index("金额") + 1] == 11.73 and "在手党费（待上缴）" in cells
