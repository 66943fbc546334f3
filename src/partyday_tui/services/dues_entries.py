"""What every entry of the ledger must satisfy before it is written, and the one way in which entries are written."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.entries import METHOD_WORDS, PROXY_WORD, Entry
from partyday_tui.rules.dues.money import LIMIT_FEN
from partyday_tui.rules.dues.practice import NO_ADVANCE
from partyday_tui.rules.text import line_to_keep, same_name_key
from partyday_tui.services.books import branch_of
from partyday_tui.services.dues_accounts import first_open_day
from partyday_tui.store import dues
from partyday_tui.store.book import Book, Transaction

PROXY = "proxy"
"""代交 without a word on how the money came: cash."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one act wrote, on the disk when it is returned, and what to tell."""

    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()

    @property
    def amount_fen(self) -> int:
        """Σ of the entries."""
        return sum(entry.amount_fen for entry in self.entries)


def checked_key(request_key: str | None) -> str:
    """The key under which one press of a key is written once; a new one where none is given."""
    return line_to_keep(request_key, "标识", 60) if request_key else uuid.uuid4().hex


def checked_day(book: Book, on_date: date | None) -> date:
    """The day of an entry: today unless given; raises UserMistake for a day to come or one that is closed."""
    day = on_date or book.clock.today
    if day > book.clock.today:
        raise UserMistake(f"日期 {day} 在今天以后，请写实际发生的日期。")
    open_from = first_open_day(book)
    if open_from is not None and day < open_from:
        raise UserMistake(f"{day} 已经月结，不能再记；请记在 {open_from} 或以后，记错的用冲正更正。")
    return day


def check_amount(amount_fen: int) -> None:
    """Raise UserMistake for an amount that no payment can have."""
    if not 0 < amount_fen < LIMIT_FEN:
        raise UserMistake("金额要大于 0 元，请核对后重写；要退回一笔请用冲正。")


def checked_way(book: Book, method: str, payer: str) -> tuple[str, str]:
    """(pot, who brought the money for the member or ''); 代交 alone is cash. The branch is no payer (D17).

    Raises UserMistake for an unknown pot, and for 代交 without a name.
    """
    payer = line_to_keep(payer, "代交人", 40)
    if method == PROXY and not payer:
        raise UserMistake("代交要写明代交人的姓名，请补上。")
    pot = "cash" if method == PROXY else method
    if pot not in METHOD_WORDS:
        raise UserMistake(f"没有「{method}」这种交纳方式，请用：{'、'.join((*METHOD_WORDS.values(), PROXY_WORD))}。")
    key = same_name_key(payer)
    if key and (
        key == same_name_key(branch_of(book).name) or any(word in key for word in ("支部", "党委", "党总支", "党组织"))
    ):
        raise UserMistake(f"党组织不得垫交党费（{NO_ADVANCE.source}），请写实际代交的人（亲属或其他党员）。")
    return pot, payer


def collector(book: Book, taken_by: str | None = None) -> str:
    """Who took the money: the secretary unless somebody else is named."""
    return branch_of(book).secretary if taken_by is None else taken_by


def append_entries(transaction: Transaction, what: str, key: str, drafts: Sequence[Entry]) -> list[Entry]:
    """Write drafts as one act named `what`, under keys made from the request's."""
    keyed = [
        replace(
            draft,
            request_key=f"{key}/{number}",
            taken_by=line_to_keep(draft.taken_by, "收款人", 40),
            receipt_no=line_to_keep(draft.receipt_no, "收据号", 80),
            note=line_to_keep(draft.note, "备注", 200),
        )
        for number, draft in enumerate(drafts, 1)
    ]
    transaction.begin_act(what)
    return dues.append(transaction, keyed)
