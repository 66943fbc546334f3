"""The commands of dues that assess and collect: assess, carry, fixed, away, term, collect, reverse."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from partyday_tui.cli.dues_answers import tell, told
from partyday_tui.cli.dues_figures import assessed_figures
from partyday_tui.cli.dues_named import member_named, method_named
from partyday_tui.cli.run import Context
from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.rates import CATEGORY_WORDS, category_of
from partyday_tui.rules.text import clean_line, clean_name

if TYPE_CHECKING:
    from partyday_tui.rules.dues.assessment import Part
    from partyday_tui.services.dues_assess import Decision, Written
    from partyday_tui.store.book import Book


def assess(options: argparse.Namespace, context: Context) -> int:
    """Work out a monthly amount, and write it where a name is given; without a book the house's settings hold."""
    from partyday_tui.rules.dues.assessment import part_from_text
    from partyday_tui.services import dues_assess
    from partyday_tui.services.dues_rates import rates

    year = _year_of(options, context)
    first = options.valid_from.first_day if options.valid_from else date(year, 1, 1)
    parts = tuple(part_from_text(rates(), clean_line(text).text, first) for text in options.part)
    if options.name is None:
        return _only_work_out(options, context, first, parts)
    with context.book(writing=True) as book:
        key, name = member_named(book, options.name, options.id)
        decision = _decision(book, key, options, parts)
        written = dues_assess.assess_member(book, year, decision)
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
    sentence = f"{name}：从 {written.assessment.valid_from} 起每月 {yuan(written.assessment.monthly_fen)} 元，已存盘。"
    tell(options, figures, "\n".join((sentence, *written.warnings)))
    return 0


def carry(options: argparse.Namespace, context: Context) -> int:
    """Assess everyone who has no assessment for the year on the base of the year before."""
    from partyday_tui.services.dues_assess_many import carry_over

    with context.book(writing=True) as book:
        written = carry_over(
            book,
            options.year or context.clock.today.year,
            approved_on=options.approved_on,
            approved_by=clean_line(options.approved_by).text,
        )
    tell(options, _written_figures(written), f"沿用上年基数核定 {len(written)} 人，已存盘。")
    return 0


def fixed(options: argparse.Namespace, context: Context) -> int:
    """Assess everyone of the roster who pays a fixed sum and has no assessment for the year."""
    from partyday_tui.services.dues_assess_many import assess_fixed, fixed_decisions, month_to_begin

    year = _year_of(options, context)
    with context.book(writing=True) as book:
        decisions = fixed_decisions(
            book,
            year,
            options.valid_from or month_to_begin(book, year),
            unnamed_as=category_of(options.unnamed_as) if options.unnamed_as else "",
            approved_on=options.approved_on,
            approved_by=clean_line(options.approved_by).text,
        )
        written = assess_fixed(book, year, decisions)
    told = dict.fromkeys(warning for each in written for warning in each.warnings)
    tell(options, _written_figures(written), "\n".join((f"成批核定定额 {len(written)} 人，已存盘。", *told)))
    return 0


def term(options: argparse.Namespace, context: Context) -> int:
    """Set the first and last month of one member by hand."""
    from partyday_tui.services.dues_assess import set_term

    with context.book(writing=True) as book:
        key, name = member_named(book, options.name, options.id)
        set_term(book, key, options.first, options.last, clean_line(options.reason).text)
    figures = {
        "member_id": key,
        "name": name,
        "first": str(options.first or "") or None,
        "last": str(options.last or "") or None,
    }
    tell(options, figures, f"{name}：起止月份已存盘。")
    return 0


def away(options: argparse.Namespace, context: Context) -> int:
    """Write in which months a member pays elsewhere, or take it back."""
    from partyday_tui.services import dues_away

    told: tuple[str, ...] = ()
    with context.book(writing=True) as book:
        key, name = member_named(book, options.name, options.id)
        if options.withdraw:
            dues_away.withdraw_away(book, key, options.first)
        else:
            told = dues_away.set_away(book, key, options.first, options.last, clean_line(options.place).text)
        stays = dues_away.aways_of(book, key)
    figures = {
        "member_id": key,
        "name": name,
        "away": [{"first": str(it.first), "last": str(it.last or "") or None, "place": it.place} for it in stays],
        "warnings": list(told),
    }
    tell(options, figures, "\n".join((f"{name}：在外地交的月份已存盘。", *map(str, stays), *told)))
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
        told(options, book, receipt, f"{name}：收 {yuan(receipt.amount_fen)} 元")
    return 0


def reverse(options: argparse.Namespace, context: Context) -> int:
    """Reverse entries."""
    from partyday_tui.services import dues_reverse

    with context.book(writing=True) as book:
        receipt = dues_reverse.reverse(
            book, options.entry, clean_line(options.reason).text, on_date=options.date, request_key=options.key
        )
        told(options, book, receipt, f"已冲正 {len(receipt.entries)} 笔，{yuan(receipt.amount_fen)} 元")
    return 0


def _year_of(options: argparse.Namespace, context: Context) -> int:
    """The year that is assessed: that of --year, of --from, or this one; raises UserMistake where the first two differ."""
    if options.valid_from is None:
        return options.year or context.clock.today.year
    if options.year not in (None, options.valid_from.year):
        raise UserMistake(
            f"--from {options.valid_from} 不在 --year {options.year} 里，没有记下；请只写 --from，或把两个改成同一年。"
        )
    year: int = options.valid_from.year
    return year


def _only_work_out(options: argparse.Namespace, context: Context, first: date, parts: tuple[Part, ...]) -> int:
    """What the tables say; nothing is written."""
    from partyday_tui.rules.dues.assessment import base_of
    from partyday_tui.services.dues_rates import DuesSettings, assess_by_table, settings_of

    base = base_of(parts) if parts else options.base
    if options.category is None:
        raise UserMistake("请用 --category 写明类别，如 --category 在职 --base 3000。")
    if context.has_book():
        with context.book() as book:
            settings = settings_of(book)
    else:
        settings = DuesSettings(None)
    decided_on = options.approved_on or context.clock.today
    found = assess_by_table(category_of(options.category), base, first, settings, decided_on)
    said = f"{found.category_word}：每月 {yuan(found.monthly_fen)} 元（{found.bracket}）。"
    lines = (said, found.jump, f"依据{found.grounds}。", *found.warnings)
    tell(options, assessed_figures(found), "\n".join(filter(None, lines)))
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


def _written_figures(written: Sequence[Written]) -> dict[str, Any]:
    return {
        "written": [
            {
                "member_id": each.assessment.member_id,
                "name": each.assessment.member_name,
                "category": CATEGORY_WORDS[each.assessment.category],
                "valid_from": each.assessment.valid_from,
                "monthly_fen": each.assessment.monthly_fen,
                "warnings": list(each.warnings),
            }
            for each in written
        ]
    }
