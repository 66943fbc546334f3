"""The commands of dues that read, and the figures of dues as JSON: money is integer fen in keys that end in ``_fen``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.run import Context, answer
from partyday_tui.rules.dues.assessment import Assessed
from partyday_tui.rules.dues.entries import CashInHand, Entry
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.rates import CATEGORY_WORDS
from partyday_tui.rules.month import Month

if TYPE_CHECKING:
    from partyday_tui.services.dues_ledger import YearRow
    from partyday_tui.services.dues_months import MonthFigures
    from partyday_tui.services.dues_table import CollectionRow


def ledger(options: argparse.Namespace, context: Context) -> int:
    """The year's register and the entries behind it."""
    from partyday_tui.services import dues_ledger
    from partyday_tui.services.dues_table import cash_in_hand

    year = options.year or context.clock.today.year
    with context.book() as book:
        grid = dues_ledger.year_grid(book, year)
        entries = dues_ledger.entries_of_year(book, year)
        in_hand = cash_in_hand(book).in_hand_fen
    if options.json:
        answer(
            {
                "year": year,
                "due_fen": grid.due_fen,
                "paid_fen": grid.paid_fen,
                "short_fen": sum(row.short_fen for row in grid.rows),
                **_cash(grid.cash, in_hand),
                "months": [
                    {"month": f"{year}-{at:02d}", "due_fen": due, "paid_fen": paid}
                    for at, (due, paid) in enumerate(grid.month_totals, 1)
                ],
                "rows": [_year_row(row, year) for row in grid.rows],
                "entries": [entry_figures(entry) for entry in entries],
            }
        )
        return 0
    for row in grid.rows:
        print(f"{row.payer.name}\t应交{yuan(row.due_fen)}\t实交{yuan(row.paid_fen)}\t欠交{yuan(row.short_fen)}")
    for entry in entries:
        print(
            f"{entry.id}\t{entry.on_date}\t{entry.member_name}\t{entry.kind_word}\t{entry.month}\t{yuan(entry.amount_fen)}"
            f"\t{entry.method_word}\t{entry.receipt_no or entry.note}"
        )
    print(f"全年应交 {yuan(grid.due_fen)} 元，实交 {yuan(grid.paid_fen)} 元，上缴 {yuan(grid.cash.remitted_fen)} 元。")
    return 0


def status(options: argparse.Namespace, context: Context) -> int:
    """One month: who has paid, who owes, and the line for the meeting."""
    from partyday_tui.services.dues_months import month_figures
    from partyday_tui.services.dues_over import overpaid_by_member
    from partyday_tui.services.dues_table import collection_list

    month = options.month or Month.of(context.clock.today)
    with context.book() as book:
        figures = month_figures(book, month)
        rows = collection_list(book, month).rows
        over = overpaid_by_member(book)
    if options.json:
        told = [_status_row(row, figures) | {"overpaid_fen": over.get(row.member_id, 0)} for row in rows]
        answer(close_figures(figures) | {"rows": told})
        return 0
    for row in rows:
        due = "未核定" if row.due_fen is None else yuan(row.due_fen)
        paid = f"已交{yuan(row.paid_fen)}\t往月欠{yuan(row.arrears_fen)}"
        extra = f"多交{yuan(over[row.member_id])}（见党费卡）。" if row.member_id in over else ""
        print(f"{row.name}\t应交{due}\t{paid}\t{extra}{row.sentence}")
    print(figures.line)
    return 0


def sheet(options: argparse.Namespace, context: Context) -> int:
    """The figures that are published for a year."""
    from partyday_tui.services.dues_publish import year_sheet
    from partyday_tui.services.dues_table import cash_in_hand

    year = options.year or context.clock.today.year
    with context.book() as book:
        found = year_sheet(book, year)
        in_hand = cash_in_hand(book).in_hand_fen
    if options.json:
        answer(
            {
                "year": year,
                "due_fen": found.grid.due_fen,
                "paid_fen": found.grid.paid_fen,
                **_cash(found.grid.cash, in_hand),
                "by_kind_fen": found.by_kind,
                "categories": [
                    {
                        "category": CATEGORY_WORDS[each.category],
                        "heads": each.heads,
                        "due_fen": each.due_fen,
                        "paid_fen": each.paid_fen,
                    }
                    for each in found.categories
                ],
                "rows": [_year_row(row, year) for row in found.grid.rows],
                "published": [{"on": each.published_on, "place": each.place} for each in found.published],
            }
        )
        return 0
    for each in found.categories:
        print(f"{CATEGORY_WORDS[each.category]}\t{each.heads}人\t应交{yuan(each.due_fen)}\t实交{yuan(each.paid_fen)}")
    published = "、".join(each.published_on for each in found.published) or "还没有"
    print(f"{year} 年收 {yuan(found.collected_fen)} 元，上缴 {yuan(found.remitted_fen)} 元；公示：{published}。")
    return 0


def assessed_figures(assessed: Assessed) -> dict[str, Any]:
    """What the tables say; ``rate`` is text such as ``0.5%``, ``rate_per_10000`` an integer or null."""
    return {
        "category": assessed.category_word,
        "category_code": assessed.category,
        "base_fen": assessed.base_fen,
        "rate": assessed.rate_words,
        "rate_per_10000": assessed.rate,
        "monthly_fen": assessed.monthly_fen,
        "yearly_fen": 12 * assessed.monthly_fen,
        "bracket": assessed.bracket,
        "jump": assessed.jump,
        "notice": str(assessed.notice),
        "article": assessed.grounds.article or None,
        "sentence": assessed.grounds.sentence,
        "checked": assessed.grounds.checked,
        "base": assessed.base_grounds.sentence if assessed.base_grounds else "",
        "base_checked": assessed.base_grounds.checked if assessed.base_grounds else None,
        "holds_from": assessed.notice.holds_from.isoformat(),
        "holds_from_known": assessed.notice.day_known,
        "warnings": list(assessed.warnings),
    }


def entry_figures(entry: Entry) -> dict[str, Any]:
    """One entry of the ledger."""
    return {
        "id": entry.id,
        "date": entry.on_date,
        "member_id": entry.member_id,
        "name": entry.member_name,
        "month": entry.month or None,
        "kind": entry.kind,
        "kind_word": entry.kind_word,
        "amount_fen": entry.amount_fen,
        "due_fen": entry.due_fen,
        "method": entry.method,
        "payer": entry.payer,
        "taken_by": entry.taken_by,
        "receipt_no": entry.receipt_no,
        "note": entry.note,
        "reverses": entry.reverses,
        "entered_at": entry.entered_at,
    }


def close_figures(figures: MonthFigures) -> dict[str, Any]:
    """The sums and heads of a month."""
    return {
        "month": str(figures.month),
        "expected": len(figures.rows),
        "paid": figures.heads("paid"),
        "deferred": figures.heads("deferred"),
        "exempt": figures.heads("exempt"),
        "unpaid": figures.heads("unpaid"),
        "open": figures.heads(""),
        "due_fen": figures.due_fen,
        "paid_fen": figures.paid_fen,
        "arrears_fen": figures.arrears_fen,
        "collected_fen": figures.collected_fen,
        "remitted_fen": figures.remitted_fen,
        "in_hand_fen": figures.in_hand_fen,
        "closed_on": figures.closed_on or None,
        "line": figures.line,
    }


def _year_row(row: YearRow, year: int) -> dict[str, Any]:
    return {
        "member_id": row.payer.id,
        "name": row.payer.name,
        "group": row.payer.group,
        "due_fen": row.due_fen,
        "paid_fen": row.paid_fen,
        "short_fen": row.short_fen,
        "extra_fen": row.extra_fen,
        "months": [
            {
                "month": f"{year}-{at:02d}",
                "due_fen": due,
                "paid_fen": paid,
                "paid_on": on or None,
                "elsewhere": row.is_elsewhere(Month(year, at)),
            }
            for at, (due, paid, on) in enumerate(zip(row.due, row.paid, row.paid_on, strict=True), 1)
        ],
    }


def _status_row(row: CollectionRow, figures: MonthFigures) -> dict[str, Any]:
    states = {each.member_id: each.state for each in figures.rows}
    return {
        "member_id": row.member_id,
        "name": row.name,
        "group": row.group,
        "state": states.get(row.member_id) or "open",
        "due_fen": row.due_fen,
        "paid_fen": row.paid_fen,
        "arrears_fen": row.arrears_fen,
        "arrears_months": [str(month) for month, _ in row.arrears],
        "months_unpaid_running": row.running,
        "level": row.level or None,
        "sentence": row.sentence,
    }


def _cash(of_year: CashInHand, in_hand_fen: int) -> dict[str, int]:
    """What came in and was handed over in the year, and what is in hand now, of whatever year."""
    return {
        "collected_fen": of_year.collected_fen,
        "remitted_fen": of_year.remitted_fen,
        "in_hand_fen": in_hand_fen,
    }
