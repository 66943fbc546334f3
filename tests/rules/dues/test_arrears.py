"""What is due and owed, months in a row, and how an amount is laid on months."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.rules.dues.arrears import (
    Assessments,
    account,
    allocate,
    dues_of_year,
    is_long_back,
    last_month_over,
    level_of,
    running_words,
)
from partyday_tui.rules.dues.terms import Term
from partyday_tui.rules.month import Month

JAN, NOV, DEC = Month(2026, 1), Month(2026, 11), Month(2026, 12)
ALWAYS = (Term(Month(1900, 1)),)


def of(paid, *, amounts=((2026, 1, 50),), terms=ALWAYS, last=NOV):
    sums = {2026: [paid.get(number, 0) for number in range(1, 13)]}
    return account(terms, Assessments(amounts), sums, JAN, last)


def test_a_correction_holds_from_its_month_and_the_later_written_wins():
    held = Assessments([(2026, 1, 50), (2026, 7, 80), (2026, 7, 90), (2027, 3, 10)])
    assert held.of_year(2026) == (50,) * 6 + (90,) * 6
    assert held.of_year(2027) == (None, None) + (10,) * 10
    assert held.of_year(2028) == (None,) * 12
    assert held.first_month == JAN and Assessments([(2026, 4, 1)]).first_month == Month(2026, 4)


def test_outside_the_term_nothing_is_due():
    due = dues_of_year((Term(Month(2025, 5), Month(2026, 2)), Term(NOV)), Assessments([(2026, 1, 50)]), 2026)
    assert due == (50, 50, 0, 0, 0, 0, 0, 0, 0, 0, 50, 50)


def test_sums_of_an_account():
    found = of({1: 50, 2: 30, 3: 80})
    assert (found.due_fen, found.paid_fen, found.balance_fen) == (550, 160, 390)
    assert found.arrears_fen == 20 + 8 * 50
    assert [each.short_fen for each in found.unpaid][:2] == [20, 50]


def test_months_in_a_row_end_at_the_last_month_and_step_over_what_is_not_due():
    assert [str(month) for month in of({8: 50}).months_running()] == ["2026-09", "2026-10", "2026-11"]
    relieved = of({}, amounts=((2026, 1, 50), (2026, 10, 0)))
    assert len(relieved.months_running()) == 9
    assert of({11: 50}).months_running() == ()
    assert len(of({11: 49}).months_running()) == 11


def test_a_month_without_assessment_is_told_and_owes_nothing_yet():
    found = of({}, amounts=((2025, 1, 50), (2026, 11, 50)), last=NOV)
    assert found.arrears_fen == 50 and len(found.unassessed) == 10
    begun_here = of({3: 50}, amounts=((2026, 11, 50),))
    assert begun_here.unassessed == () and begun_here.arrears_fen == 50, "before it the book kept no dues"
    assert of({}, amounts=()).months == ()


@pytest.mark.parametrize(("running", "level"), [(0, ""), (2, ""), (3, "warning"), (5, "warning"), (6, "alarm")])
def test_three_warn_and_six_alarm(running, level):
    assert level_of(running) == level
    words = running_words(running, 0)
    assert bool(words) == bool(level)
    assert ("党章第九条" in words) == (level == "alarm")
    assert not words or "只作提醒" in words


def test_a_reason_on_file_is_told_with_the_run():
    assert "其中 2 个月已登记缓交理由" in running_words(6, 2)


@pytest.mark.parametrize(("closed", "until"), [(None, "2026-10"), (Month(2026, 8), "2026-10"), (NOV, "2026-11")])
def test_arrears_are_judged_up_to_the_month_that_is_over(closed, until):
    assert str(last_month_over(NOV, closed)) == until


@pytest.mark.parametrize(("period", "long"), [(Month(2026, 5), False), (Month(2026, 4), True), (NOV, False)])
def test_back_payment_beyond_six_months(period, long):
    assert is_long_back(period, NOV) is long


@given(st.integers(0, 10_000), st.lists(st.integers(0, 500), max_size=12))
def test_an_amount_is_laid_out_to_the_fen(amount, shorts):
    owed = [(JAN + at, fen) for at, fen in enumerate(shorts)]
    parts, left = allocate(amount, owed)
    assert sum(fen for _, fen in parts) + left == amount
    assert all(0 < fen <= dict(owed)[month] for month, fen in parts)
    assert left == max(amount - sum(shorts), 0)


@pytest.mark.parametrize(
    ("paid", "through"), [({}, None), ({1: 50, 2: 50, 4: 50}, "2026-02"), ({1: 50, 2: 20}, "2026-01"), ({2: 50}, None)]
)
def test_the_month_up_to_which_dues_are_paid(paid, through):
    found = of(paid).paid_through
    assert (found and str(found)) == through
    assert str(of({}, amounts=((2026, 1, 0),), last=NOV).paid_through) == "None", (
        "where nothing is due there is no month"
    )


def test_a_settled_year_ends_a_run_of_months():
    amounts = [(year, 1, 50) for year in (2024, 2025, 2026)]
    found = account(ALWAYS, Assessments(amounts), {}, Month(2024, 1), NOV, settled={2025})
    assert len(found.months_running()) == 11
    assert found.arrears_fen == found.balance_fen == 23 * 50
