"""上缴: what is handed to the superior, in part or whole; and money that comes back or is used, in entries of their own (DUE-06)."""

from __future__ import annotations

import uuid
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.entries import METHOD_WORDS, Entry
from partyday_tui.rules.dues.money import yuan
from partyday_tui.services.books import branch_of
from partyday_tui.services.dues_collect import Receipt, append_entries, cash_in_hand, check_amount, checked_day
from partyday_tui.store import dues
from partyday_tui.store.book import Book


def remit(
    book: Book,
    amount_fen: int | None = None,
    *,
    receipt_no: str = "",
    method: str = "transfer",
    on_date: date | None = None,
    note: str = "",
    request_key: str | None = None,
) -> Receipt:
    """Write a hand-over to the superior; None hands over all that is in hand. Warns while there is no receipt number (D19).

    Raises UserMistake where more is handed over than was collected: a branch must not advance dues (D17).
    """
    in_hand = cash_in_hand(book).in_hand_fen
    amount_fen = in_hand if amount_fen is None else amount_fen
    key = request_key or uuid.uuid4().hex
    if written := dues.entries_of_request(book, key):
        return Receipt(tuple(written))
    if in_hand <= 0:
        raise UserMistake("账上没有未上缴的党费，请先登记收缴。")
    check_amount(amount_fen)
    if amount_fen > in_hand:
        raise UserMistake(
            f"账上在手 {yuan(in_hand)} 元，不够上缴 {yuan(amount_fen)} 元；党组织不得垫交，请核对金额或先补登收缴。"
        )
    receipt = _write(book, "上缴党费", "remittance", amount_fen, method, on_date, receipt_no, note, key)
    if receipt_no:
        return receipt
    return Receipt(receipt.entries, ("还没有收据号；拿到党费专用收据后，可冲正这一笔再带收据号重新登记。",))


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
    key = request_key or uuid.uuid4().hex
    if written := dues.entries_of_request(book, key):
        return Receipt(tuple(written))
    check_amount(amount_fen)
    if kind == "used" and amount_fen > fund_fen(book):
        raise UserMistake(f"返还的党费还剩 {yuan(fund_fen(book))} 元，不够这一笔，请核对金额或先登记返还。")
    what = "登记返还党费" if kind == "returned" else "使用党费"
    return _write(book, what, kind, amount_fen, method, on_date, receipt_no, note, key)


def fund_fen(book: Book) -> int:
    """What came back from the superior and is not used yet, in fen."""
    signs = {"returned": 1, "used": -1}
    return sum(signs.get(kind, 0) * amount for kind, _, amount in dues.sums_by_kind(book))


def _write(
    book: Book,
    what: str,
    kind: str,
    amount_fen: int,
    method: str,
    on_date: date | None,
    receipt_no: str,
    note: str,
    key: str,
) -> Receipt:
    if method not in METHOD_WORDS or method == "proxy":
        raise UserMistake("这一笔的方式请用：现金、微信、转账。")
    day = checked_day(book, on_date)
    draft = Entry(
        0, 0, "", kind, amount_fen, "", day.isoformat(), None, "", None, method, "", branch_of(book).secretary,
        receipt_no, note, None, "",
    )  # fmt: skip
    return Receipt(tuple(append_entries(book, what, key, [draft])))
