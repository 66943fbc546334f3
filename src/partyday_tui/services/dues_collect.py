"""收缴: who owes what at the table, and each payment durably in the ledger before the screen says so."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.arrears import allocate, is_long_back, level_of, running_words
from partyday_tui.rules.dues.assessment import OVER_THE_USUAL_LIMIT, USUAL_MONTHLY_LIMIT_FEN
from partyday_tui.rules.dues.entries import LARGE_DUES, LARGE_OVER_FEN, METHOD_WORDS, CashInHand, Entry, cash_of
from partyday_tui.rules.dues.money import LIMIT_FEN, yuan
from partyday_tui.rules.events import Event
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import Status
from partyday_tui.rules.text import same_name_key
from partyday_tui.services.books import branch_of
from partyday_tui.services.dues_accounts import (
    MemberAccount,
    first_open_day,
    judged_until,
    member_account,
    read_accounts,
)
from partyday_tui.store import dues, dues_assessments, dues_closes
from partyday_tui.store import roll as rolls
from partyday_tui.store.book import Book

AHEAD, VOLUNTARY = "ahead", "voluntary"
"""What becomes of an amount above what is owed for the months named: the other months owed and then those ahead, or a voluntary extra."""


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """One member at the table; money in fen.

    ``present`` None where no event was named; ``due_fen`` None while not assessed; ``paid_fen`` for this month; ``arrears`` the earlier
    months still owed, oldest first; ``to_pay_fen`` is what Enter takes: this month and all arrears. ``running`` months in a row unpaid
    (F13), ``level`` '' / 'warning' / 'alarm', ``sentence`` for the last two; it reminds and never judges (D16).
    """

    member_id: int
    name: str
    reading: str
    group: str
    present: bool | None
    due_fen: int | None
    paid_fen: int
    arrears: tuple[tuple[Month, int], ...]
    to_pay_fen: int
    running: int
    level: str
    sentence: str

    @property
    def arrears_fen(self) -> int:
        """Σ of the earlier months still owed."""
        return sum(fen for _, fen in self.arrears)


@dataclass(frozen=True, slots=True)
class Collection:
    """The table of one month: rows with those present first, and the cash in hand."""

    month: Month
    rows: tuple[CollectionRow, ...]
    cash: CashInHand


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one act wrote, on the disk when it is returned, and what to tell."""

    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()

    @property
    def amount_fen(self) -> int:
        """Σ of the entries."""
        return sum(entry.amount_fen for entry in self.entries)


def collection_list(book: Book, month: Month, event: Event | None = None) -> Collection:
    """Everyone who owes for the month or before it; with an event, those marked present there come first (DUE-01)."""
    present: set[int] | None = None
    if event is not None:
        roll = rolls.roll(book, event.id, event.on_date or book.clock.today)
        present = {entry.member_id for entry in roll if entry.status in (Status.PRESENT, Status.LATE)}
    accounts = [each for each in read_accounts(book, month) if each.owes_in(month) or each.account.unpaid]
    until, deferred = judged_until(book), dues_closes.deferred_months(book)
    rows = [_row(each, month, until, deferred.get(each.payer.id, set()), present) for each in accounts]
    rows.sort(key=lambda row: row.present is False)
    return Collection(month, tuple(rows), cash_in_hand(book))


def collection_row(book: Book, month: Month, member_id: int, present: bool | None = None) -> CollectionRow:
    """One row anew, after a payment: the cost of one member, not of the list."""
    here = None if present is None else {member_id} if present else set()
    deferred = dues_closes.deferred_months(book).get(member_id, set())
    return _row(member_account(book, member_id, month), month, judged_until(book), deferred, here)


def cash_in_hand(book: Book) -> CashInHand:
    """Collected − handed over, to the fen, always from the entries themselves."""
    return cash_of(dues.sums_by_kind(book))


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
    request_key: str | None = None,
) -> Receipt:
    """Write a payment: one entry for each month, in one act.

    ``months`` are filled in the order given, none meaning all that is owed up to this month, oldest first. ``amount_fen`` None takes the
    whole of it; less leaves the rest open; more needs ``surplus`` (`AHEAD` or `VOLUNTARY`, DUE-02). 代交 needs ``payer`` (never the
    branch, D17). The same ``request_key`` again returns what was written the first time. Raises UserMistake with the next step.
    """
    key = request_key or uuid.uuid4().hex
    if written := dues.entries_of_request(book, key):
        return Receipt(tuple(written))
    day = checked_day(book, on_date)
    _check_payer(book, method, payer)
    if amount_fen is not None:
        check_amount(amount_fen)
    last = max([*months, Month.of(day), Month.of(book.clock.today)])
    account = member_account(book, member_id, last)
    parts, left = _laid_out(account, months, amount_fen, Month.of(day))
    if left:
        parts, left = _with_surplus(book, account, parts, left, surplus, last)
    draft = Entry(
        0, 0, "", "", 0, "", day.isoformat(), member_id, account.payer.name, None, method, payer.strip(),
        _collector(book, taken_by), "", note, None, "",
    )  # fmt: skip
    drafts = [_period_entry(draft, account, month, fen, Month.of(day)) for month, fen in parts]
    if left:
        kind = "large" if left > LARGE_OVER_FEN else "voluntary"
        drafts.append(replace(draft, kind=kind, amount_fen=left))
    warnings = _warnings(account, drafts, Month.of(day))
    return Receipt(tuple(_append(book, "收党费", key, drafts)), warnings)


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
    key = request_key or uuid.uuid4().hex
    if written := dues.entries_of_request(book, key):
        return Receipt(tuple(written))
    day = checked_day(book, on_date)
    _check_payer(book, method, payer)
    check_amount(amount_fen)
    found = dues_assessments.payers(book, member_id)
    if not found:
        raise UserMistake("名册里没有这位党员，请先在名册里加上。")
    kind = "large" if amount_fen > LARGE_OVER_FEN else "voluntary"
    draft = Entry(
        0, 0, "", kind, amount_fen, "", day.isoformat(), member_id, found[0].name, None, method, payer.strip(),
        _collector(book, taken_by), "", note, None, "",
    )  # fmt: skip
    warnings = (f"{LARGE_DUES}。",) if kind == "large" else ()
    return Receipt(tuple(_append(book, "收自愿交纳的党费", key, [draft])), warnings)


def reverse(
    book: Book, entry_ids: Sequence[int], reason: str, *, on_date: date | None = None, request_key: str | None = None
) -> Receipt:
    """Take back entries, each by an entry that mirrors it, in one act; undo before the close is the same.

    The reversal is dated today, or the first open day where today is closed. Raises UserMistake for an entry that is not there, is
    itself a reversal, or is reversed already, and for a missing reason.
    """
    key = request_key or uuid.uuid4().hex
    if written := dues.entries_of_request(book, key):
        return Receipt(tuple(written))
    if not reason:
        raise UserMistake("冲正要写明原因，如「金额记错」。")
    open_from = first_open_day(book)
    day = checked_day(book, on_date) if on_date else max(book.clock.today, open_from or date.min)
    found = [_reversible(book, entry_id) for entry_id in entry_ids]
    if not found:
        raise UserMistake("没有指明要冲正哪一笔，请先选定一笔。")
    latest = max(entry.on_date for entry in found)
    if latest > day.isoformat():
        raise UserMistake(f"冲正的日期 {day} 早于原来那一笔，请把日期改为 {latest} 或以后。")
    drafts = [_mirror(entry, day, reason, _collector(book, None)) for entry in found]
    return Receipt(tuple(_append(book, "冲正党费", key, drafts)))


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


def append_entries(book: Book, what: str, request_key: str, drafts: Sequence[Entry]) -> list[Entry]:
    """Write drafts as one act under keys made from the request's; for the services of the ledger."""
    return _append(book, what, request_key, drafts)


def _append(book: Book, what: str, key: str, drafts: Sequence[Entry]) -> list[Entry]:
    keyed = [replace(draft, request_key=f"{key}/{number}") for number, draft in enumerate(drafts, 1)]
    with book.act(what) as transaction:
        return dues.append(transaction, keyed)


def _laid_out(
    account: MemberAccount, months: Sequence[Month], amount_fen: int | None, now: Month
) -> tuple[list[tuple[Month, int]], int]:
    """The parts for each month, and what is left over; raises UserMistake where there is nothing to take."""
    owed = {each.month: each.short_fen for each in account.account.months}
    wanted = list(dict.fromkeys(months)) or [month for month, fen in owed.items() if fen and month <= now]
    unassessed = [month for month in wanted if account.due(month) is None]
    name = account.payer.name
    if amount_fen is None:
        if unassessed:
            raise UserMistake(f"{name} {unassessed[0]} 的党费还没有核定，请先核定，或写明收了多少。")
        amount_fen = sum(owed.get(month, 0) for month in wanted)
        if not amount_fen:
            raise UserMistake(f"{name} 要交的党费已经交清，没有记下；预交或自愿多交请写明月份和金额。")
    parts, left = allocate(amount_fen, ((month, owed.get(month, 0)) for month in wanted))
    if left and unassessed:
        return [*parts, (unassessed[0], left)], 0
    return parts, left


def _with_surplus(
    book: Book, account: MemberAccount, parts: list[tuple[Month, int]], left: int, surplus: str, last: Month
) -> tuple[list[tuple[Month, int]], int]:
    if surplus == VOLUNTARY:
        return parts, left
    if surplus != AHEAD:
        raise UserMistake(f"比应交多出 {yuan(left)} 元，没有记下；请选「预交」以后的月份，或「自愿多交」。")
    laid = dict(parts)
    owed = [(each.month, each.short_fen - laid.get(each.month, 0)) for each in account.account.months]
    later = [last + ahead for ahead in range(1, 13)]
    paid = dues.paid_between(book, account.payer.id, later[0], later[-1])
    owed += [(month, max((account.due(month) or 0) - paid.get(month, 0), 0)) for month in later]
    ahead, rest = allocate(left, ((month, fen) for month, fen in owed if month not in laid))
    if rest:
        raise UserMistake(
            f"预交到已核定的月份后还多 {yuan(rest)} 元，没有记下；请核定下一年后再预交，或选「自愿多交」。"
        )
    return [*parts, *ahead], 0


def _period_entry(draft: Entry, account: MemberAccount, month: Month, fen: int, now: Month) -> Entry:
    kind = "back" if month < now else "ahead" if month > now else "dues"
    return replace(draft, kind=kind, amount_fen=fen, month=str(month), due_fen=account.due(month))


def _warnings(account: MemberAccount, drafts: Sequence[Entry], now: Month) -> tuple[str, ...]:
    found = []
    long_back = [draft.month for draft in drafts if draft.month and is_long_back(Month.parse(draft.month), now)]
    if long_back:
        found.append(f"补交 {'、'.join(long_back)} 已超过六个月；补交党费一般不超过六个月，请说明原因并向上级报告。")
    if any(draft.month and draft.due_fen is None for draft in drafts):
        found.append(f"{account.payer.name} 这个月的党费还没有核定，请尽快核定。")
    paid = {each.month: each.paid_fen for each in account.account.months}
    for draft in drafts:
        if draft.month and paid.get(Month.parse(draft.month), 0) + draft.amount_fen > USUAL_MONTHLY_LIMIT_FEN:
            found.append(f"{draft.month} 共交超过 1000 元。{OVER_THE_USUAL_LIMIT}，请与本人和上级核对。")
    if any(draft.kind == "large" for draft in drafts):
        found.append(f"{LARGE_DUES}。")
    return tuple(found)


def _check_payer(book: Book, method: str, payer: str) -> None:
    if method not in METHOD_WORDS:
        raise UserMistake(f"没有「{method}」这种交纳方式，请用：{'、'.join(METHOD_WORDS.values())}。")
    payer = payer.strip()
    if method == "proxy" and not payer:
        raise UserMistake("代交要写明代交人的姓名，请补上。")
    if method != "proxy" and payer:
        raise UserMistake("写了代交人就要选「代交」，请改交纳方式或去掉代交人。")
    key = same_name_key(payer)
    if key and (
        key == same_name_key(branch_of(book).name) or any(word in key for word in ("支部", "党委", "党总支", "党组织"))
    ):
        raise UserMistake("党组织不得垫交党费，请写实际代交的人（亲属或其他党员）。")


def _collector(book: Book, taken_by: str | None) -> str:
    return branch_of(book).secretary if taken_by is None else taken_by


def _row(
    each: MemberAccount, month: Month, until: Month, deferred: set[Month], present: set[int] | None
) -> CollectionRow:
    payer, account = each.payer, each.account
    here = next((found for found in account.months if found.month == month), None)
    running = account.until(until).months_running()
    return CollectionRow(
        payer.id,
        payer.name,
        payer.reading,
        payer.group,
        None if present is None else payer.id in present,
        each.due(month),
        here.paid_fen if here else 0,
        tuple((found.month, found.short_fen) for found in account.unpaid if found.month < month),
        account.arrears_fen,
        len(running),
        level_of(len(running)),
        running_words(len(running), sum(found in deferred for found in running)),
    )
