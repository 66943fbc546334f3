"""Months paid at another place: nothing is owed here for them, and the history of before stays."""

import pytest
from tests.dues_branch import dues_branch

from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_assess import assessment_sheet
from partyday_tui.services.dues_away import aways_of, set_away, withdraw_away
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_ledger import year_grid
from partyday_tui.services.dues_publish import year_sheet
from partyday_tui.services.dues_table import collection_list

APR, JUN, AUG, NOV = (Month(2026, number) for number in (4, 6, 8, 11))


@pytest.fixture
def book(book_path):
    book = dues_branch(book_path)
    yield book
    book.close()


def owed(book, key=1):
    return next((row.to_pay_fen for row in collection_list(book, NOV).rows if row.member_id == key), 0)


def test_nothing_is_owed_while_away_and_all_again_after_the_return(book):
    assert set_away(book, 1, APR, None, "深圳某公司党支部") == ()
    assert owed(book) == 3 * 50
    set_away(book, 1, APR, AUG, "深圳某公司党支部")
    assert owed(book) == 6 * 50
    assert next(row.due for row in year_grid(book, 2026).rows if row.payer.id == 1)[2:9] == (50, 0, 0, 0, 0, 0, 50)
    assert [str(each) for each in aways_of(book, 1)] == ["2026-04 至 2026-08 在外地交（深圳某公司党支部）"]
    withdraw_away(book, 1, APR)
    assert owed(book) == 11 * 50 and aways_of(book, 1) == []


def test_who_was_away_all_year_is_still_in_the_years_sheet(book):
    set_away(book, 1, Month(2025, 12), None, "证")
    assert owed(book) == 0
    row = next(row for row in assessment_sheet(book, 2026) if row.payer.id == 1)
    assert row.terms[-1].last == Month(2025, 11) and [str(each.first) for each in row.aways] == ["2025-12"]


def test_who_is_away_all_year_stands_in_the_register_and_in_no_sum(book):
    before = year_grid(book, 2026).due_fen
    set_away(book, 1, Month(2025, 12), None, "证")
    grid = year_grid(book, 2026)
    row = next(row for row in grid.rows if row.payer.id == 1)
    assert all(row.is_elsewhere(Month(2026, at)) for at in range(1, 13)) and not row.pays_here
    assert grid.due_fen == before - 12 * 50 and sum(it.heads for it in year_sheet(book, 2026).categories) == 4


def test_a_month_paid_here_all_the_same_is_not_said_to_be_elsewhere(book):
    record_payment(book, 1, [JUN])
    set_away(book, 1, APR, AUG, "证")
    row = next(row for row in year_grid(book, 2026).rows if row.payer.id == 1)
    assert [row.is_elsewhere(Month(2026, at)) for at in range(3, 10)] == [False, True, True, False, True, True, False]


def test_what_was_paid_here_meanwhile_is_told(book):
    record_payment(book, 1, [JUN, AUG])
    assert "1.00 元" in set_away(book, 1, APR, None, "证")[0]
    assert set_away(book, 1, APR, Month(2026, 5), "证") == ()


@pytest.mark.parametrize(
    ("first", "last", "place", "told"),
    [
        (AUG, JUN, "证", "早于"),
        (APR, None, "", "在哪里交"),
        (APR, JUN, "证", "月份重了"),
        (AUG, None, "证", "月份重了"),
    ],
)
def test_a_stay_that_cannot_be_is_refused(book, first, last, place, told):
    set_away(book, 1, JUN, AUG, "深圳")
    with pytest.raises(UserMistake, match=told):
        set_away(book, 1, first, last, place)
    with pytest.raises(UserMistake, match="没有记着"):
        withdraw_away(book, 1, APR)
    assert len(aways_of(book, 1)) == 1
