"""How the commands of dues answer: a sentence with what is in hand, or figures as JSON."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.dues_figures import entry_figures
from partyday_tui.cli.run import answer
from partyday_tui.rules.dues.money import yuan

if TYPE_CHECKING:
    from partyday_tui.services.dues_entries import Receipt
    from partyday_tui.store.book import Book


def told(options: argparse.Namespace, book: Book, receipt: Receipt, words: str) -> None:
    """Tell what an act wrote and what is in hand after it."""
    from partyday_tui.services.dues_table import cash_in_hand

    cash = cash_in_hand(book)
    in_hand = cash.in_hand_fen
    figures = {
        "entries": [entry_figures(entry) for entry in receipt.entries],
        "amount_fen": receipt.amount_fen,
        "in_hand_fen": in_hand,
        "in_hand_by_pot_fen": cash.by_method,
        "warnings": list(receipt.warnings),
    }
    numbers = "、".join(str(entry.id) for entry in receipt.entries)
    lines = [f"{words}，已存盘（第 {numbers} 笔）。在手 {yuan(in_hand)} 元。", *receipt.warnings]
    tell(options, figures, "\n".join(lines))


def tell(options: argparse.Namespace, figures: dict[str, Any], words: str) -> None:
    """The figures as JSON where that is asked for, else the words."""
    if options.json:
        answer(figures)
    else:
        print(words)
