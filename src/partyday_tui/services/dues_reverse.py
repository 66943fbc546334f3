"""冲正: entries taken back by entries that mirror them; undo before the close is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.entries import COLLECTED_KINDS, METHOD_WORDS, Entry
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.text import line_to_keep
from partyday_tui.services.dues_accounts import first_open_day
from partyday_tui.services.dues_entries import (
    Receipt,
    Request,
    append_entries,
    checked_day,
    checked_key,
    collector,
    written_before,
)
from partyday_tui.services.dues_handover import fund_fen
from partyday_tui.services.dues_table import cash_in_hand
from partyday_tui.store import dues
from partyday_tui.store.book import Book


def reverse(
    book: Book, entry_ids: Sequence[int], reason: str, *, on_date: date | None = None, request_key: str | None = None
) -> Receipt:
    """Take back entries, each by an entry that mirrors it, in one act.

    The reversal is dated today, which is never before the day of the last close, and stands after it in the ledger: what was closed
    stays as it was closed. Raises UserMistake for an entry that is not there, is itself a reversal, or is reversed already, and for a
    missing reason. Warns where money that was handed over, or came back and was used, is taken back.
    """
    key = checked_key(request_key)
    reason = line_to_keep(reason, "冲正原因", 200)
    request = Request("冲正党费", on_date=on_date, reverses=frozenset(entry_ids))
    with book.transaction() as transaction:
        if written := written_before(book, key, request):
            return written
        if not reason:
            raise UserMistake("冲正要写明原因，如「金额记错」。")
        day = checked_day(book, on_date) if on_date else max(book.clock.today, first_open_day(book) or date.min)
        found = [_reversible(book, entry_id) for entry_id in entry_ids]
        if not found:
            raise UserMistake("没有指明要冲正哪一笔，请先选定一笔。")
        if len(set(entry_ids)) < len(found):
            raise UserMistake("同一笔写了两次，没有冲正；每一笔只写一次。")
        latest = max(entry.on_date for entry in found)
        if latest > day.isoformat():
            raise UserMistake(f"冲正的日期 {day} 早于原来那一笔，请把日期改为 {latest} 或以后。")
        drafts = [_mirror(entry, day, reason, collector(book)) for entry in found]
        entries = append_entries(transaction, request.what, key, drafts)
    return Receipt(tuple(entries), (*_overdrawn(book, found), *_fund_overdrawn(book, found)))


def _reversible(book: Book, entry_id: int) -> Entry:
    entry = dues.entry(book, entry_id)
    if entry is None:
        raise UserMistake(f"台账里没有第 {entry_id} 笔，请核对编号（partyday dues ledger）。")
    if entry.reverses is not None:
        raise UserMistake(f"第 {entry_id} 笔本身是冲正，不能再冲正；要恢复原来那一笔，请重新登记。")
    done = dues.reversal_of(book, entry_id)
    if done is not None:
        raise UserMistake(f"第 {entry_id} 笔已由第 {done} 笔冲正，不用再冲正。")
    return entry


def _mirror(entry: Entry, day: date, reason: str, taken_by: str) -> Entry:
    return replace(
        entry, amount_fen=-entry.amount_fen, on_date=day.isoformat(), note=reason, reverses=entry.id, taken_by=taken_by
    )


def _overdrawn(book: Book, found: Sequence[Entry]) -> tuple[str, ...]:
    """A sentence for each pot that is below nothing now; asked only where something was handed over after what is taken back."""
    pots = {
        entry.pot
        for entry in found
        if entry.kind in COLLECTED_KINDS and dues.handed_over_since(book, entry.pot, entry.id)
    }
    held = cash_in_hand(book).by_method if pots else {}
    return tuple(
        f"{METHOD_WORDS[pot]}在手成了 {yuan(held[pot])} 元：冲正的钱已经上缴，请核对上缴的那一笔。"
        for pot in METHOD_WORDS
        if pot in pots and held[pot] < 0
    )


def _fund_overdrawn(book: Book, found: Sequence[Entry]) -> tuple[str, ...]:
    """A sentence where more is used now than came back from the superior."""
    left = fund_fen(book) if any(entry.kind == "returned" for entry in found) else 0
    if left >= 0:
        return ()
    return (f"返还的党费成了 {yuan(left)} 元：冲正的钱已经使用，请核对使用的那一笔，或补登返还。",)
