"""The commands of dues that settle: remit, receipt, fund, close, publish."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from partyday_tui.cli.dues_answers import tell, told
from partyday_tui.cli.dues_figures import close_figures
from partyday_tui.cli.dues_named import member_named, method_named
from partyday_tui.cli.run import Context
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.text import clean_line

if TYPE_CHECKING:
    from partyday_tui.services.dues_months import CloseDraft, Noted
    from partyday_tui.store.book import Book


def remit(options: argparse.Namespace, context: Context) -> int:
    """Hand dues over to the superior."""
    from partyday_tui.services import dues_handover

    with context.book(writing=True) as book:
        receipt = dues_handover.remit(
            book,
            options.amount,
            receipt_no=clean_line(options.receipt).text,
            method=method_named(options.method, ""),
            on_date=options.date,
            note=clean_line(options.note).text,
            request_key=options.key,
        )
        told(options, book, receipt, f"上缴 {yuan(receipt.amount_fen)} 元")
    return 0


def receipt(options: argparse.Namespace, context: Context) -> int:
    """Write the receipt's number of hand-overs."""
    from partyday_tui.services import dues_handover

    receipt_no = clean_line(options.receipt).text
    with context.book(writing=True) as book:
        dues_handover.add_receipt(book, options.entry, receipt_no)
    tell(options, {"entries": options.entry, "receipt_no": receipt_no}, f"收据号 {receipt_no} 已存盘。")
    return 0


def fund(options: argparse.Namespace, context: Context) -> int:
    """Write money that came back from the superior, or its use."""
    from partyday_tui.services import dues_handover

    with context.book(writing=True) as book:
        receipt = dues_handover.record_fund(
            book,
            options.kind,
            options.amount,
            receipt_no=clean_line(options.receipt).text,
            on_date=options.date,
            note=clean_line(options.note).text,
            request_key=options.key,
        )
        told(
            options,
            book,
            receipt,
            f"已登记 {yuan(receipt.amount_fen)} 元，返还余 {yuan(dues_handover.fund_fen(book))} 元",
        )
    return 0


def close(options: argparse.Namespace, context: Context) -> int:
    """Close a month."""
    from partyday_tui.services import dues_months

    with context.book(writing=True) as book:
        noted = {}
        for text in options.defer:
            name, _, reason = text.partition("=")
            noted[member_named(book, name, None)[0]] = dues_months.Noted("deferred", clean_line(reason).text)
        for name in options.unpaid:
            noted[member_named(book, name, None)[0]] = dues_months.Noted("unpaid")
        draft = dues_months.close_draft(book, options.month)
        told = [*draft.warnings, *_noted_for_nothing(book, draft, noted)]
        dues_months.close_month(
            book,
            options.month,
            noted,
            counted_fen=options.counted,
            difference_reason=clean_line(options.difference).text,
            rest_unpaid=options.rest_unpaid,
        )
        figures = dues_months.month_figures(book, options.month)
    tell(options, close_figures(figures) | {"warnings": told}, f"{options.month} 已月结。{figures.line}")
    for sentence in told:
        print(sentence, file=sys.stderr)
    return 0


def _noted_for_nothing(book: Book, draft: CloseDraft, noted: Mapping[int, Noted]) -> list[str]:
    """A sentence for each member noted who has paid or owes nothing: the close keeps no note of them."""
    from partyday_tui.services.dues_months import STATE_WORDS
    from partyday_tui.store.dues_assessments import payers

    states = {row.member_id: row.state for row in draft.rows}
    found = []
    for key, note in noted.items():
        state = states.get(key, "none")
        if state in ("paid", "exempt", "none"):
            why = "不在这个月应交的人里" if state == "none" else f"这个月{STATE_WORDS[state]}"
            name = payers(book, key)[0].name
            found.append(f"{name} {why}，没有记{STATE_WORDS[note.state]}；姓名写错了的请核对。")
    return found


def publish(options: argparse.Namespace, context: Context) -> int:
    """Write that a year's figures were shown."""
    from partyday_tui.services.dues_publish import record_publication

    with context.book(writing=True) as book:
        on = options.on or context.clock.today
        written = record_publication(book, options.year, on, clean_line(options.place).text)
    figures = {
        "year": written.year,
        "published_on": written.published_on,
        "place": written.place,
        "collected_fen": written.collected_fen,
        "remitted_fen": written.remitted_fen,
    }
    tell(options, figures, f"{options.year} 年党费已登记公示（{on}）。")
    return 0
