"""First and last month of dues: by settings, by movements, by hand."""

from datetime import date

import pytest

from partyday_tui.rules.dues.settings import DEFAULTS
from partyday_tui.rules.dues.terms import EARLIEST, Away, SetTerm, Term, less_away, owes_in, terms_of
from partyday_tui.rules.month import Month


def setting(**own):
    return lambda key, day: own.get(key.removeprefix("dues."), DEFAULTS[key])


MAR, JUN, AUG = date(2026, 3, 9), date(2026, 6, 20), date(2026, 8, 1)


@pytest.mark.parametrize(
    ("joined", "movements", "own", "terms"),
    [
        ("", [], {}, [("1900-01", None)]),
        ("2001", [], {}, [("2001-01", None)]),
        ("2001-06", [], {}, [("2001-06", None)]),
        ("2026-03-09", [], {}, [("2026-03", None)]),
        ("2026-03-09", [], {"first_month": "next_month"}, [("2026-04", None)]),
        ("1926-07", [], {}, [("1926-07", None)]),
        ("", [("accepted", MAR)], {}, [("2026-03", None)]),
        ("2001-06", [("transfer_in", MAR)], {}, [("2026-03", None)]),
        ("2001-06", [("transfer_in", MAR)], {"first_month": "next_month"}, [("2026-04", None)]),
        ("2001-06", [("transfer_out", JUN)], {}, [("2001-06", "2026-06")]),
        ("2001-06", [("transfer_out", JUN)], {"last_month": "previous_month"}, [("2001-06", "2026-05")]),
        ("2001-06", [("died", JUN)], {}, [("2001-06", "2026-05")]),
        ("2001-06", [("died", JUN)], {"last_month_at_death": "same_month"}, [("2001-06", "2026-06")]),
        ("2001-06", [("transfer_out", MAR), ("restored", AUG)], {}, [("2001-06", "2026-03"), ("2026-08", None)]),
        ("2001-06", [("accepted", MAR), ("died", MAR)], {}, []),
        ("2001-06", [("accepted", MAR), ("transfer_in", JUN)], {}, [("2026-03", None)]),
        ("2001-06", [("transfer_out", MAR), ("died", JUN)], {}, [("2001-06", "2026-03")]),
    ],
)
def test_terms_follow_movements_and_settings(joined, movements, own, terms):
    found = terms_of(joined, movements, setting(**own), None)
    assert [(str(term.first), term.last and str(term.last)) for term in found] == terms


@pytest.mark.parametrize(
    ("by_hand", "terms"),
    [
        (SetTerm(Month(2026, 5), None, "信"), [("2026-05", "2026-06"), ("2026-08", None)]),
        (SetTerm(Month(2026, 7), None, "信"), [("2026-07", None)]),
        (SetTerm(None, Month(2026, 9), "信"), [("1900-01", "2026-06"), ("2026-08", "2026-09")]),
        (SetTerm(None, Month(2026, 7), "信"), [("1900-01", "2026-07"), ("2026-08", None)]),
        (SetTerm(None, None, "照设置"), [("1900-01", "2026-06"), ("2026-08", None)]),
    ],
)
def test_months_set_by_hand_move_both_ends(by_hand, terms):
    found = terms_of("", [("transfer_out", JUN), ("transfer_in", AUG)], setting(), by_hand)
    assert [(str(term.first), term.last and str(term.last)) for term in found] == terms


def test_a_month_lies_in_a_term_with_both_ends():
    terms = (Term(EARLIEST, Month(2026, 3)), Term(Month(2026, 8)))
    assert [owes_in(terms, Month(2026, month)) for month in (3, 4, 7, 8)] == [True, False, False, True]


OPEN = (Term(Month(2026, 1)),)
TWO = (Term(Month(2026, 1), Month(2026, 6)), Term(Month(2026, 9)))


@pytest.mark.parametrize(
    ("terms", "aways", "left"),
    [
        (OPEN, [(3, 5)], [("2026-01", "2026-02"), ("2026-06", None)]),
        (OPEN, [(3, None)], [("2026-01", "2026-02")]),
        (OPEN, [(1, 2)], [("2026-03", None)]),
        (OPEN, [(1, None)], []),
        (OPEN, [(3, 3), (5, 6)], [("2026-01", "2026-02"), ("2026-04", "2026-04"), ("2026-07", None)]),
        (TWO, [(5, 10)], [("2026-01", "2026-04"), ("2026-11", None)]),
        (TWO, [(7, 8)], [("2026-01", "2026-06"), ("2026-09", None)]),
        (TWO, [(6, None)], [("2026-01", "2026-05")]),
        (TWO, [], [("2026-01", "2026-06"), ("2026-09", None)]),
    ],
)
def test_months_paid_elsewhere_are_not_owed_here(terms, aways, left):
    stays = [Away(Month(2026, first), last and Month(2026, last), "深圳") for first, last in aways]
    found = less_away(terms, stays)
    assert [(str(term.first), term.last and str(term.last)) for term in found] == left
    for month in (Month(2026, number) for number in range(1, 13)):
        away = any(stay.meets(Away(month, month, "")) for stay in stays)
        assert owes_in(found, month) == (owes_in(terms, month) and not away)
