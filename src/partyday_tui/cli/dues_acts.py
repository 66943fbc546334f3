"""The commands of dues that write: assess, import, collect, reverse, remit, close, publish."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.dues_figures import assessed_figures, close_figures, entry_figures, import_figures_of
from partyday_tui.cli.dues_named import member_named, method_named
from partyday_tui.cli.run import Context, answer
from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.rates import category_of
from partyday_tui.rules.text import clean_line, clean_name

if TYPE_CHECKING:
    from partyday_tui.services.dues_assess import Decision
    from partyday_tui.services.dues_entries import Receipt
    from partyday_tui.store.book import Book


def assess(options: argparse.Namespace, context: Context) -> int:
    """Work out a monthly amount, and write it where a name is given; without a book the house's settings hold."""
    from partyday_tui.rules.dues.assessment import base_of, part_from_text
    from partyday_tui.services import dues_assess
    from partyday_tui.services.dues_rates import DuesSettings, assess_by_table, rates, settings_of

    first = (
        options.valid_from.first_day
        if options.valid_from
        else context.clock.today.replace(year=options.year or context.clock.today.year, month=1, day=1)
    )
    parts = tuple(part_from_text(rates(), clean_line(text).text, first) for text in options.part)
    if options.name is None:
        base = base_of(parts) if parts else options.base
        if options.category is None:
            raise UserMistake("请用 --category 写明类别，如 --category 在职 --base 3000。")
        if context.has_book():
            with context.book() as book:
                settings = settings_of(book)
        else:
            settings = DuesSettings(None)
        decided_on = options.approved_on or context.clock.today
        assessed = assess_by_table(category_of(options.category), base, first, settings, decided_on)
        words = (
            f"{assessed.category_word}：每月 {yuan(assessed.monthly_fen)} 元（{assessed.bracket}）。",
            assessed.jump,
        )
        lines = (*words, f"依据{assessed.grounds}。", *assessed.warnings)
        _tell(options, assessed_figures(assessed), "\n".join(filter(None, lines)))
        return 0
    with context.book(writing=True) as book:
        key, name = member_named(book, options.name, options.id)
        decision = _decision(book, key, options, parts)
        written = dues_assess.assess_member(book, first.year, decision)
    figures = assessed_figures(written.by_table) | {
        "id": written.assessment.id,
        "member_id": key,
        "name": name,
        "valid_from": written.assessment.valid_from,
        "monthly_fen": written.assessment.monthly_fen,
        "yearly_fen": 12 * written.assessment.monthly_fen,
        "by_table_fen": written.assessment.by_table_fen,
        "warnings": list(written.warnings),
    }
    told = f"{name}：从 {written.assessment.valid_from} 起每月 {yuan(written.assessment.monthly_fen)} 元，已存盘。"
    _tell(options, figures, "\n".join((told, *written.warnings)))
    return 0


def import_figures(options: argparse.Namespace, context: Context) -> int:
    """Preview a sheet of base figures and, without --dry-run, write what is clear."""
    from partyday_tui.services import dues_import

    year = options.year or context.clock.today.year
    choices = dict(_choice(text) for text in options.choose)
    with context.book(writing=not options.dry_run) as book:
        preview = dues_import.preview_base_figures(
            book, Path(options.file), year, choices, approved_on=options.approved_on, valid_from=options.valid_from
        )
        written = 0
        if not options.dry_run and preview.count("new") + preview.count("changed"):
            written = len(
                dues_import.import_base_figures(
                    book,
                    preview,
                    approved_on=options.approved_on,
                    approved_by=clean_line(options.approved_by).text,
                    valid_from=options.valid_from,
                    reason=clean_line(options.reason).text,
                )
            )
    figures = import_figures_of(preview) | {"written": written}
    lines = [f"第 {row['row']} 行 {row['name']}：{row['message']}" for row in figures["problems"]]
    lines.append(f"新核定 {figures['new']}，更正 {figures['changed']}，不变 {figures['unchanged']}，写入 {written}。")
    _tell(options, figures, "\n".join(lines))
    return 0


def carry(options: argparse.Namespace, context: Context) -> int:
    """Assess everyone who has no assessment for the year on the base of the year before."""
    from partyday_tui.services.dues_assess import carry_over

    with context.book(writing=True) as book:
        written = carry_over(
            book,
            options.year or context.clock.today.year,
            approved_on=options.approved_on,
            approved_by=clean_line(options.approved_by).text,
        )
    print(f"沿用上年基数核定 {len(written)} 人，已存盘。")
    return 0


def term(options: argparse.Namespace, context: Context) -> int:
    """Set the first and last month of one member by hand."""
    from partyday_tui.services.dues_assess import set_term

    with context.book(writing=True) as book:
        key, name = member_named(book, options.name, options.id)
        set_term(book, key, options.first, options.last, clean_line(options.reason).text)
    print(f"{name}：起止月份已存盘。")
    return 0


def collect(options: argparse.Namespace, context: Context) -> int:
    """Take a member's dues for the months named, or all that is owed."""
    from partyday_tui.services import dues_collect

    payer = clean_name(options.payer).text if options.payer else ""
    named: dict[str, Any] = {
        "method": method_named(options.method, "cash", by_another=True),
        "payer": payer,
        "on_date": options.date,
        "note": clean_line(options.note).text,
        "request_key": options.key,
    }
    with context.book(writing=True) as book:
        key, name = member_named(book, options.name, options.id)
        if options.voluntary:
            if options.amount is None or options.month:
                raise UserMistake("自愿多交要用 --amount 写明金额，不写月份。")
            receipt = dues_collect.record_voluntary(book, key, options.amount, **named)
        else:
            receipt = dues_collect.record_payment(
                book, key, options.month, amount_fen=options.amount, surplus=options.surplus, **named
            )
        _told(options, book, receipt, f"{name}：收 {yuan(receipt.amount_fen)} 元")
    return 0


def reverse(options: argparse.Namespace, context: Context) -> int:
    """Reverse entries."""
    from partyday_tui.services import dues_reverse

    with context.book(writing=True) as book:
        receipt = dues_reverse.reverse(
            book, options.entry, clean_line(options.reason).text, on_date=options.date, request_key=options.key
        )
        _told(options, book, receipt, f"已冲正 {len(receipt.entries)} 笔，{yuan(receipt.amount_fen)} 元")
    return 0


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
        _told(options, book, receipt, f"上缴 {yuan(receipt.amount_fen)} 元")
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
        _told(
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
        dues_months.close_month(
            book,
            options.month,
            noted,
            counted_fen=options.counted,
            difference_reason=clean_line(options.difference).text,
            rest_unpaid=options.rest_unpaid,
        )
        figures = dues_months.month_figures(book, options.month)
    _tell(options, close_figures(figures), f"{options.month} 已月结。{figures.line}")
    return 0


def publish(options: argparse.Namespace, context: Context) -> int:
    """Write that a year's figures were shown."""
    from partyday_tui.services.dues_publish import record_publication

    with context.book(writing=True) as book:
        on = options.on or context.clock.today
        record_publication(book, options.year, on, clean_line(options.place).text)
    print(f"{options.year} 年党费已登记公示（{on}）。")
    return 0


def _decision(book: Book, key: int, options: argparse.Namespace, parts: Any) -> Decision:
    from partyday_tui.services.dues_assess import Decision, Relief
    from partyday_tui.store.dues_assessments import payers

    category = options.category or payers(book, key)[0].category
    if not category:
        raise UserMistake("名册里没有这位党员的党费类别，请用 --category 写明。")
    code = category_of(category)
    relief = None
    if options.relief_on and (code == "retired" or (options.relief_document and options.relief_by)):
        relief = Relief(
            clean_line(options.relief_document).text, clean_line(options.relief_by).text, options.relief_on
        )  # fmt: skip
    return Decision(
        key,
        code,
        options.base,
        parts,
        options.monthly,
        relief,
        options.valid_from,
        clean_line(options.reason).text,
        options.approved_on,
        clean_line(options.approved_by).text,
    )


def _choice(text: str) -> tuple[int, int | None]:
    row, equals, key = text.partition("=")
    if not (equals and row.isdigit() and key.isdigit()):
        raise UserMistake(f"「{text}」没有看懂，请写成 行=编号，如 18=7。")
    return int(row), int(key) or None


def _told(options: argparse.Namespace, book: Book, receipt: Receipt, words: str) -> None:
    from partyday_tui.services.dues_table import cash_in_hand

    in_hand = cash_in_hand(book).in_hand_fen
    figures = {
        "entries": [entry_figures(entry) for entry in receipt.entries],
        "amount_fen": receipt.amount_fen,
        "in_hand_fen": in_hand,
        "warnings": list(receipt.warnings),
    }
    numbers = "、".join(str(entry.id) for entry in receipt.entries)
    lines = [f"{words}，已存盘（第 {numbers} 笔）。在手 {yuan(in_hand)} 元。", *receipt.warnings]
    _tell(options, figures, "\n".join(lines))


def _tell(options: argparse.Namespace, figures: dict[str, Any], words: str) -> None:
    if options.json:
        answer(figures)
    else:
        print(words)
