"""What is paid above what is due, once an amount or a term was changed afterwards."""

from datetime import date

import pytest
from tests.dues_branch import APPROVED, dues_branch

from partyday_tui.rules.month import Month
from partyday_tui.services.dues_assess import Decision, assess_member, set_term
from partyday_tui.services.dues_away import set_away
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_laid_out import AHEAD
from partyday_tui.services.dues_over import overpaid, overpaid_by_member
from partyday_tui.services.dues_reverse import reverse

NOV, DEC = Month(2026, 11), Month(2026, 12)


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    yield book
    book.close()


def farmer_from(book, month):
    return assess_member(book, 2026, Decision(4, "farmer", valid_from=month, reason="下岗后务农", **APPROVED)).warnings


def told(warnings):
    return [warning for warning in warnings if "多交" in warning]


def test_a_lower_amount_tells_what_is_paid_too_much_until_it_is_reversed(book):
    months = [*(Month(2026, number) for number in range(1, 11))]
    record_payment(book, 4, months)
    ahead = record_payment(book, 4, amount_fen=2 * 1173, surplus=AHEAD)
    assert overpaid(book, 4) == () and overpaid_by_member(book) == {}
    assert told(farmer_from(book, NOV)) == [
        "2026-11、2026-12 已交的比应交多，共多交 22.46 元；请冲正后重新收，多出的记预交或自愿多交。"
    ]
    assert overpaid(book, 4) == ((NOV, 1123), (DEC, 1123)) and overpaid_by_member(book) == {4: 2246}
    reverse(book, [entry.id for entry in ahead.entries], "降薪，重新收")
    record_payment(book, 4)
    assert overpaid(book, 4) == () and overpaid_by_member(book) == {}


def test_a_later_decision_keeps_its_months(book):
    record_payment(book, 4)
    assert told(farmer_from(book, NOV)) == [
        "2026-11 已交的比应交多，共多交 11.23 元；请冲正后重新收，多出的记预交或自愿多交。"
    ]
    warnings = assess_member(
        book, 2026, Decision(4, "wage", 300_000, valid_from=Month(2026, 10), reason="补发", **APPROVED)
    ).warnings
    assert overpaid(book, 4) == ((NOV, 1123),) and "2026-11 已交的比应交多" in told(warnings)[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda book: set_term(book, 4, None, Month(2026, 10), "介绍信"),
        lambda book: set_away(book, 4, NOV, NOV, "深圳某公司党支部"),
    ],
)
def test_a_month_that_is_no_longer_owed_is_paid_too_much(book, change):
    record_payment(book, 4)
    change(book)
    assert overpaid(book, 4) == ((NOV, 1173),) and overpaid_by_member(book) == {4: 1173}


def test_a_month_that_is_not_assessed_is_not_paid_too_much(book_path):
    book = dues_branch(book_path, assessed=False)
    record_payment(book, 4, [NOV], amount_fen=500, on_date=date(2026, 11, 5))
    assert overpaid(book, 4) == () and overpaid_by_member(book) == {}
    assert told(farmer_from(book, NOV))[0].startswith("2026-11 已交的比应交多，共多交 4.50 元")
    book.close()
