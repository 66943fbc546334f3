"""Amounts in the cells of a sheet: the nearest fen, what was rounded, and what is no amount."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.sheet_money import Amount, amount_of


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("", None),
        (None, None),
        (" - ", None),
        ("无", None),
        (3000.0, Amount(300_000)),
        (0.1 + 0.2 + 3000, Amount(300_030)),
        ("1,234.50", Amount(123_450)),
        (" 3000 元", Amount(300_000)),
        ("３０００", Amount(300_000)),
        (3333.333333, Amount(333_333, "3333.333333")),
        ("3,333.335", Amount(333_334, "3,333.335")),
        (0.005, Amount(1, "0.005")),
        ("0.0049", Amount(0, "0.0049")),
        (1e-7, Amount(0, "1e-07")),
        ("3333.330", Amount(333_333)),
        (9_999_999_999.99, Amount(999_999_999_999)),
    ],
)
def test_the_nearest_fen(cell, amount):
    assert amount_of(cell) == amount


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (float("inf"), "太大或不是数"),
        (float("-inf"), "太大或不是数"),
        (float("nan"), "太大或不是数"),
        (1e13, "太大或不是数"),
        (1e300, "太大或不是数"),
        (1e10, "太大或不是数"),
        ("99999999999.999", "太大"),
        ("1E400", "没有看懂"),
        ("约3000", "没有看懂"),
        (True, "没有看懂"),
        (-3000.0, "负数"),
        ("-0.005", "负数"),
    ],
)
def test_what_is_no_amount_is_refused_in_one_sentence(cell, told):
    with pytest.raises(UserMistake, match=told):
        amount_of(cell)


@given(st.floats() | st.text(max_size=12))
def test_a_cell_is_an_amount_that_the_book_holds_or_a_mistake(cell):
    try:
        found = amount_of(cell)
    except UserMistake:
        return
    assert found is None or 0 <= found.fen <= 1_000_000_000_000
