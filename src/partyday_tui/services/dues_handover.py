"""上缴: what is handed to the superior, in part or whole; and money that comes back or is used, in entries of their own (DUE-06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.arrears import allocate
from partyday_tui.rules.dues.entries import METHOD_WORDS, CashInHand, Entry, cash_of
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.settings import HAND_OVER_WORDS, hand_over_is_due
from partyday_tui.rules.month import Month
from partyday_tui.rules.text import line_to_keep
from partyday_tui.services.dues_entries import (
    Receipt,
    Request,
    append_entries,
    check_amount,
    checked_day,
    checked_key,
    collector,
    written_before,
)
from partyday_tui.services.dues_rates import settings_of
from partyday_tui.services.dues_table import cash_in_hand
from partyday_tui.store import dues
from partyday_tui.store.book import Book


def remit(
    book: Book,
    amount_fen: int | None = None,
    *,
    receipt_no: str = "",
    method: str = "",
    on_date: date | None = None,
    note: str = "",
    request_key: str | None = None,
) -> Receipt:
    """Write a hand-over to the superior: one entry for each pot that the money is taken from, in one act.

    ``method`` is the pot (cash, wechat, transfer), however the money travels; '' takes from all of them, cash first. ``amount_fen`` None
    takes everything that is there. Warns while there is no receipt number (D19). Raises UserMistake with the figures where more is
    taken than there is: a branch must not advance dues (D17); warns where it was not there yet on the day.
    """
    key = checked_key(request_key)
    request = Request("上缴党费", amount_fen, pot=method, on_date=on_date)
    with book.transaction() as transaction:
        if written := written_before(book, key, request):
            return written
        parts = _from_pots(cash_in_hand(book), method, amount_fen)
        draft = _draft(book, "remittance", on_date, receipt_no, note)
        drafts = [replace(draft, method=pot, amount_fen=fen) for pot, fen in parts]
        entries = append_entries(transaction, request.what, key, drafts)
    told = [] if receipt_no else ["还没有收据号；拿到收据后在月结里按 ^D 补上。"]
    return Receipt(tuple(entries), (*_before_the_money(book, entries), *told))


def without_receipt(book: Book) -> list[list[Entry]]:
    """The hand-overs of this year and the last that stand and have no receipt's number yet: one list for each act, newest first."""
    year = book.clock.today.year
    entries = dues.entries_between(book, f"{year - 1}-01-01", f"{year}-12-31")
    gone = {entry.reverses for entry in entries}
    acts: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "remittance" and entry.reverses is None and entry.id not in gone and not entry.receipt_no:
            acts.setdefault(entry.act_id, []).append(entry)
    return list(acts.values())[::-1]


def add_receipt(book: Book, entry_ids: Sequence[int], receipt_no: str) -> None:
    """Write the number of the receipt that a hand-over brought in afterwards (D19); the ledger's entries stay as they are.

    Raises UserMistake for an entry that is no standing hand-over, and without a number.
    """
    receipt_no = line_to_keep(receipt_no, "收据号", 80)
    if not receipt_no:
        raise UserMistake("请写收据号。")
    with book.transaction() as transaction:
        for entry_id in entry_ids:
            entry = dues.entry(book, entry_id)
            if entry is None or entry.kind != "remittance" or entry.reverses is not None:
                raise UserMistake(f"第 {entry_id} 笔不是上缴，没有收据号可补，请核对编号（partyday dues ledger）。")
            if done := dues.reversal_of(book, entry_id):
                raise UserMistake(f"第 {entry_id} 笔已由第 {done} 笔冲正，不用补收据号。")
        transaction.begin_act("补上缴收据号")
        dues.insert_receipt(transaction, entry_ids, receipt_no)


def record_fund(
    book: Book,
    kind: str,
    amount_fen: int,
    *,
    receipt_no: str = "",
    method: str = "transfer",
    on_date: date | None = None,
    note: str = "",
    request_key: str | None = None,
) -> Receipt:
    """Write money that the superior gives back (``returned``) or that the branch uses (``used``); it is never part of the cash in hand.

    Raises UserMistake where more is used than came back.
    """
    key = checked_key(request_key)
    what = "登记返还党费" if kind == "returned" else "使用党费"
    request = Request(what, amount_fen, pot=method, on_date=on_date)
    with book.transaction() as transaction:
        if written := written_before(book, key, request):
            return written
        check_amount(amount_fen)
        left = fund_fen(book)
        if kind == "used" and amount_fen > left:
            raise UserMistake(f"返还的党费还剩 {yuan(left)} 元，不够这一笔，请核对金额或先登记返还。")
        draft = replace(_draft(book, kind, on_date, receipt_no, note), method=_known_pot(method), amount_fen=amount_fen)
        return Receipt(tuple(append_entries(transaction, what, key, [draft])))


def fund_fen(book: Book) -> int:
    """What came back from the superior and is not used yet, in fen."""
    signs = {"returned": 1, "used": -1}
    return sum(signs.get(kind, 0) * amount for kind, _, amount in dues.sums_by_kind(book))


def hand_over_words(book: Book, month: Month, in_hand_fen: int) -> str:
    """What is told at the end of a month after which the branch hands over (D19); '' where nothing is in hand or it is not due."""
    rhythm = settings_of(book).word("dues.hand_over", month.last_day)
    if in_hand_fen <= 0 or not hand_over_is_due(rhythm, month):
        return ""
    return f"{HAND_OVER_WORDS[rhythm]}上缴，还没有交"


def _before_the_money(book: Book, entries: Sequence[Entry]) -> list[str]:
    """A sentence where less was in hand on the day of a hand-over than was handed over."""
    day, handed = entries[0].on_date, sum(entry.amount_fen for entry in entries)
    if day == book.clock.today.isoformat():
        return []
    there = cash_of(dues.sums_by_kind(book, date.min.isoformat(), day)).in_hand_fen + handed
    if there >= handed:
        return []
    return [f"{day} 在手只有 {yuan(there)} 元，却上缴了 {yuan(handed)} 元；日期写错的请冲正后重记。"]


def _from_pots(cash: CashInHand, method: str, amount_fen: int | None) -> list[tuple[str, int]]:
    """(pot, fen) of each pot that the amount is taken from; raises UserMistake where it is not there."""
    pots = [_known_pot(method)] if method else list(METHOD_WORDS)
    held = [(pot, max(cash.by_method[pot], 0)) for pot in pots]
    there = sum(fen for _, fen in held)
    if not method:
        there = min(there, cash.in_hand_fen)
    if there <= 0:
        where = f"{METHOD_WORDS[method]}一项" if method else "账上"
        raise UserMistake(f"{where}没有未上缴的党费，请先登记收缴。")
    amount_fen = there if amount_fen is None else amount_fen
    check_amount(amount_fen)
    if amount_fen > there:
        where = METHOD_WORDS[method] if method else "账上"
        raise UserMistake(
            f"{where}在手只有 {yuan(there)} 元，不够上缴 {yuan(amount_fen)} 元；党组织不得垫交，请核对金额。"
        )
    return allocate(amount_fen, held)[0]


def _known_pot(method: str) -> str:
    if method not in METHOD_WORDS:
        raise UserMistake(f"没有「{method}」这一项，请用：{'、'.join(METHOD_WORDS.values())}。")
    return method


def _draft(book: Book, kind: str, on_date: date | None, receipt_no: str, note: str) -> Entry:
    day = checked_day(book, on_date)
    return Entry(
        0, 0, "", kind, 0, "", day.isoformat(), None, "", None, "", "", collector(book), receipt_no, note, None, ""
    )
