"""What every entry of the ledger must satisfy before it is written, and the one way in which entries are written."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.entries import METHOD_WORDS, PROXY_WORD, Entry
from partyday_tui.rules.dues.money import LIMIT_FEN, yuan
from partyday_tui.rules.dues.practice import NO_ADVANCE
from partyday_tui.rules.text import line_to_keep, same_name_key
from partyday_tui.services.books import branch_of
from partyday_tui.services.dues_accounts import first_open_day
from partyday_tui.store import dues
from partyday_tui.store.acts import what_of
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


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for under one key, as far as what was written under it can tell; None and '' where it was left open.

    ``what`` is the name of the act, ``reverses`` the entries to take back.
    """

    what: str
    amount_fen: int | None = None
    members: frozenset[int] | None = None
    months: frozenset[str] | None = None
    pot: str = ""
    on_date: date | None = None
    reverses: frozenset[int | None] | None = None

    def wrote(self, what: str, entries: Sequence[Entry]) -> bool:
        """Whether these entries of an act are what this request writes."""
        return (
            what == self.what
            and (self.amount_fen is None or sum(entry.amount_fen for entry in entries) == self.amount_fen)
            and (self.members is None or {entry.member_id for entry in entries} <= self.members)
            and (self.months is None or {entry.month for entry in entries} <= self.months)
            and (not self.pot or {entry.pot for entry in entries} == {self.pot})
            and (self.on_date is None or {entry.on_date for entry in entries} == {self.on_date.isoformat()})
            and (self.reverses is None or {entry.reverses for entry in entries} == self.reverses)
        )


def written_before(book: Book, key: str, request: Request) -> Receipt | None:
    """What this very request wrote when it was sent before, or None; raises UserMistake where its key was another one's."""
    entries = dues.entries_of_request(book, key)
    if not entries:
        return None
    what = what_of(book, entries[0].act_id)
    if request.wrote(what, entries):
        return Receipt(tuple(entries))
    first = entries[0]
    about = f"{what} {first.member_name}".rstrip()
    raise UserMistake(
        f"标识「{key}」已经用在第 {first.id} 笔（{about} {yuan(sum(entry.amount_fen for entry in entries))} 元），"
        "这次和它不同，没有记下；请换一个标识。"
    )


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


def pot_of(method: str) -> str:
    """The pot that a payment's method goes into."""
    return "cash" if method == PROXY else method


def checked_way(book: Book, method: str, payer: str) -> tuple[str, str]:
    """(pot, who brought the money for the member or ''); 代交 alone is cash. The branch is no payer (D17).

    Raises UserMistake for an unknown pot, and for 代交 without a name.
    """
    payer = line_to_keep(payer, "代交人", 40)
    if method == PROXY and not payer:
        raise UserMistake("代交要写明代交人的姓名，请补上。")
    pot = pot_of(method)
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
