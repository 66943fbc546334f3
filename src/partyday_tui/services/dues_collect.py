"""收缴: each payment durably in the ledger, before anything says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.arrears import is_long_back
from partyday_tui.rules.dues.assessment import OVER_THE_USUAL_LIMIT, USUAL_MONTHLY_LIMIT_FEN
from partyday_tui.rules.dues.entries import LARGE_DUES, LARGE_OVER_FEN, Entry
from partyday_tui.rules.dues.practice import long_back_words
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_accounts import MemberAccount, member_account
from partyday_tui.services.dues_entries import (
    Receipt,
    Request,
    append_entries,
    check_amount,
    checked_day,
    checked_key,
    checked_way,
    collector,
    pot_of,
    written_before,
)
from partyday_tui.services.dues_laid_out import NothingOwed, laid_out, with_surplus
from partyday_tui.store import dues_assessments
from partyday_tui.store.acts import newest_act
from partyday_tui.store.book import Book


@dataclass(frozen=True, slots=True)
class AsRead:
    """What a member without arrears owed for the month of the table when ``act_id`` was the newest act of the book; money in fen.

    Every change of the book is an act: as long as no other one has been written, nothing need be read again (`record_payment`).
    """

    act_id: int
    month: Month
    name: str
    due_fen: int
    paid_fen: int


@dataclass(frozen=True, slots=True)
class _Draft:
    """The entry that each month's part is made from, and the month it is written in."""

    entry: Entry
    now: Month


def record_payment(
    book: Book,
    member_id: int,
    months: Sequence[Month] = (),
    *,
    amount_fen: int | None = None,
    method: str = "cash",
    payer: str = "",
    on_date: date | None = None,
    taken_by: str | None = None,
    note: str = "",
    surplus: str = "",
    as_read: AsRead | None = None,
    request_key: str | None = None,
) -> Receipt:
    """Write a payment: one entry for each month, in one act.

    ``months`` are filled in the order given, none meaning all that is owed up to the month of the day, oldest first. ``amount_fen`` None takes the
    whole of it; less leaves the rest open; more needs ``surplus`` (`AHEAD` or `VOLUNTARY`, DUE-02). ``method`` is the pot that the money
    goes into, ``payer`` who brought it for the member (代交; never the branch, D17). ``as_read`` spares reading the member's account
    again where it still stands. The same request under its ``request_key`` again returns what was written the first time. Raises UserMistake
    with the next step, also where the key was another request's.
    """
    key = checked_key(request_key)
    named = frozenset(map(str, months)) if months and not surplus else None
    request = Request("收党费", amount_fen, frozenset((member_id,)), named, pot_of(method), on_date)
    with book.transaction() as transaction:
        if written := written_before(book, key, request):
            return written
        draft = _draft(book, method, payer, on_date, taken_by, note)
        if amount_fen is not None:
            check_amount(amount_fen)
        if as_read is not None and not months and amount_fen is None and _still_stands(book, as_read, draft):
            entries, warnings = _rest_of_the_month(draft, member_id, as_read)
        else:
            entries, warnings = _payment(book, draft, member_id, months, amount_fen, surplus)
        return Receipt(tuple(append_entries(transaction, request.what, key, entries)), warnings)


def record_from_many(
    book: Book,
    member_ids: Sequence[int],
    *,
    method: str = "cash",
    on_date: date | None = None,
    request_key: str | None = None,
) -> Receipt:
    """Write of each member all that is owed up to the month of the day: one act, one commit, all of it or nothing.

    Who owes nothing is passed over and told; raises UserMistake where that is everyone.
    """
    key = checked_key(request_key)
    request = Request("一起收党费", members=frozenset(member_ids), pot=pot_of(method), on_date=on_date)
    with book.transaction() as transaction:
        if written := written_before(book, key, request):
            return written
        draft = _draft(book, method, "", on_date, None, "")
        drafts: list[Entry] = []
        warnings: list[str] = []
        passed: list[str] = []
        for member_id in dict.fromkeys(member_ids):
            try:
                entries, told = _payment(book, draft, member_id, (), None, "")
            except NothingOwed as nothing:
                passed.append(nothing.sentence)
                continue
            drafts += entries
            warnings += told
        if not drafts:
            raise UserMistake(passed[0] if passed else "没有指明收哪些人的党费，请先选定。")
        warnings += passed
        return Receipt(tuple(append_entries(transaction, request.what, key, drafts)), tuple(warnings))


def record_voluntary(
    book: Book,
    member_id: int,
    amount_fen: int,
    *,
    method: str = "cash",
    payer: str = "",
    on_date: date | None = None,
    taken_by: str | None = None,
    note: str = "",
    request_key: str | None = None,
) -> Receipt:
    """Write what a member gives of their own will beside the dues: 自愿多交, and 大额党费 above 1000 yuan at once (D15)."""
    key = checked_key(request_key)
    request = Request("收自愿交纳的党费", amount_fen, frozenset((member_id,)), pot=pot_of(method), on_date=on_date)
    with book.transaction() as transaction:
        if written := written_before(book, key, request):
            return written
        draft = _draft(book, method, payer, on_date, taken_by, note)
        check_amount(amount_fen)
        found = dues_assessments.payers(book, member_id)
        if not found:
            raise UserMistake("名册里没有这位党员，请先在名册里加上。")
        entry = replace(draft.entry, member_id=member_id, member_name=found[0].name)
        extra = _beside_the_dues(entry, amount_fen)
        warnings = (f"{LARGE_DUES}。",) if extra.kind == "large" else ()
        return Receipt(tuple(append_entries(transaction, request.what, key, [extra])), warnings)


def _draft(
    book: Book, method: str, payer: str, on_date: date | None, taken_by: str | None, note: str
) -> _Draft:  # fmt: skip
    day = checked_day(book, on_date)
    pot, payer = checked_way(book, method, payer)
    entry = Entry(
        0, 0, "", "", 0, "", day.isoformat(), None, "", None, pot, payer, collector(book, taken_by), "", note, None, ""
    )
    return _Draft(entry, Month.of(day))


def _still_stands(book: Book, as_read: AsRead, draft: _Draft) -> bool:
    return as_read.month == draft.now and as_read.act_id == newest_act(book)


def _rest_of_the_month(draft: _Draft, member_id: int, as_read: AsRead) -> tuple[list[Entry], tuple[str, ...]]:
    """All that is owed, which is what this month still wants."""
    entry = replace(
        draft.entry,
        kind="dues",
        amount_fen=as_read.due_fen - as_read.paid_fen,
        month=str(as_read.month),
        member_id=member_id,
        member_name=as_read.name,
        due_fen=as_read.due_fen,
    )
    return [entry], _warnings(as_read.name, {as_read.month: as_read.paid_fen}, [entry], draft.now)


def _payment(
    book: Book, draft: _Draft, member_id: int, months: Sequence[Month], amount_fen: int | None, surplus: str
) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries of one member's payment, and what is doubtful about it."""
    last = max([*months, draft.now, Month.of(book.clock.today)])
    account = member_account(book, member_id, last)
    parts, left = laid_out(account, months, amount_fen, surplus, draft.now)
    if left:
        parts, left = with_surplus(book, account, parts, left, surplus, last)
    entry = replace(draft.entry, member_id=member_id, member_name=account.payer.name)
    entries = [_period_entry(entry, account, month, fen, draft.now) for month, fen in parts]
    if left:
        entries.append(_beside_the_dues(entry, left))
    paid = {each.month: each.paid_fen for each in account.account.months}
    return entries, _warnings(account.payer.name, paid, entries, draft.now)


def _beside_the_dues(entry: Entry, fen: int) -> Entry:
    return replace(entry, kind="large" if fen > LARGE_OVER_FEN else "voluntary", amount_fen=fen)


def _period_entry(draft: Entry, account: MemberAccount, month: Month, fen: int, now: Month) -> Entry:
    kind = "back" if month < now else "ahead" if month > now else "dues"
    return replace(draft, kind=kind, amount_fen=fen, month=str(month), due_fen=account.due(month))


def _warnings(name: str, paid: Mapping[Month, int], drafts: Sequence[Entry], now: Month) -> tuple[str, ...]:
    found = []
    long_back = [draft.month for draft in drafts if draft.month and is_long_back(Month.parse(draft.month), now)]
    if long_back:
        found.append(long_back_words("、".join(long_back)))
    if any(draft.month and draft.due_fen is None for draft in drafts):
        found.append(f"{name} 这个月的党费还没有核定，请尽快核定。")
    for draft in drafts:
        if draft.month and paid.get(Month.parse(draft.month), 0) + draft.amount_fen > USUAL_MONTHLY_LIMIT_FEN:
            found.append(f"{draft.month} 共交超过 1000 元。{OVER_THE_USUAL_LIMIT}，请与本人和上级核对。")
    if any(draft.kind == "large" for draft in drafts):
        found.append(f"{LARGE_DUES}。")
    return tuple(found)
