"""An entry's words, and the cash in hand from sums."""

from dataclasses import replace

import pytest

from partyday_tui.errors import PartydayError
from partyday_tui.rules.dues.entries import Entry, cash_of

ENTRY = Entry(
    3, 1, "k/1", "back", 50, "2026-03", "2026-11-06", 1, "甲", 50, "proxy", "乙", "丙", "", "", None, "x"
)  # fmt: skip


def test_words_of_an_entry_and_of_its_reversal():
    assert (ENTRY.kind_word, ENTRY.method_word) == ("补交", "现金（乙代交）")
    assert replace(ENTRY, reverses=2, amount_fen=-50).kind_word == "冲正（补交）"


def test_cash_in_hand_is_collected_less_remitted_and_the_fund_stays_out():
    sums = [
        ("dues", "cash", 500),
        ("large", "transfer", 200_000),
        ("back", "proxy", 50),
        ("remittance", "transfer", 100_000),
        ("returned", "transfer", 7_000),
        ("used", "cash", 3_000),
    ]
    cash = cash_of(sums)
    assert (cash.collected_fen, cash.remitted_fen, cash.in_hand_fen) == (200_550, 100_000, 100_550)
    assert cash.by_method == {"cash": 550, "wechat": 0, "transfer": 100_000}
    assert sum(cash.by_method.values()) == cash.in_hand_fen


def test_a_method_that_nobody_wrote_is_damage():
    with pytest.raises(PartydayError, match="「casx」不认识"):
        cash_of([("dues", "casx", 50)])
