"""月结: each member's month settled one way or another, the cash counted against the ledger; and the month's one line (DUE-09).

What is closed is each member's account of the month (paid, deferred with its reason, exempt, or noted unpaid) as the ledger stood at its
last entry then, and every day before the day of the close. Nothing of that is written anew. The ledger itself goes on, by its order and
with honest dates: from the day of the close on it takes arrears, months ahead, a late payment for the closed month and reversals, and
shows them beside what was closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.entries import cash_of
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.month import Month
from partyday_tui.rules.text import line_to_keep
from partyday_tui.services.dues_accounts import MemberAccount, read_accounts
from partyday_tui.services.dues_table import cash_in_hand
from partyday_tui.store import dues, dues_closes
from partyday_tui.store.book import Book
from partyday_tui.store.dues_closes import CloseRow, MonthClose

_BESIDE = "已交，现不在应交之列"
STATE_WORDS = {"paid": "已交", "deferred": "缓交", "exempt": "免交", "unpaid": "未交"}


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted for a member who has not paid: ``deferred`` with its reason, or ``unpaid``."""

    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CloseDraft:
    """A month about to be closed: rows whose ``state`` is '' still need a word, and what the ledger says is in hand."""

    month: Month
    rows: tuple[CloseRow, ...]
    in_hand_fen: int
    warnings: tuple[str, ...]

    @property
    def undecided(self) -> tuple[CloseRow, ...]:
        """Those who have not paid in full and for whom nothing is noted."""
        return tuple(row for row in self.rows if not row.state)


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month's figures; money in fen. ``collected_fen`` is what came in on the days of the month, whatever it was for."""

    month: Month
    rows: tuple[CloseRow, ...]
    due_fen: int
    paid_fen: int
    arrears_fen: int
    collected_fen: int
    remitted_fen: int
    in_hand_fen: int
    remitted_this_year_fen: int
    closed_on: str

    @property
    def owing(self) -> int:
        """How many owe dues for the month; a row of one who paid and does not owe them any more is beside these."""
        return sum(not _is_beside(row) for row in self.rows)

    def heads(self, state: str) -> int:
        """How many stand so; '' counts those not settled."""
        return sum(row.state == state for row in self.rows)

    @property
    def line(self) -> str:
        """The one line for the meeting (DUE-09)."""
        settled = self.heads("paid")
        parts = [
            f"{self.month.month}月应交党费{self.owing}人、{yuan(self.due_fen)}元",
            f"已交{settled}人、{yuan(self.paid_fen)}元",
        ]
        for state, word in (("exempt", "免交"), ("deferred", "缓交")):
            if self.heads(state):
                parts.append(f"{word}{self.heads(state)}人")
        rest = self.heads("unpaid") + self.heads("")
        parts.append(f"未交清{rest}人")
        if self.arrears_fen:
            parts.append(f"到本月累计欠交{yuan(self.arrears_fen)}元")
        parts.append(f"今年已上缴{yuan(self.remitted_this_year_fen)}元，在手{yuan(self.in_hand_fen)}元")
        return "，".join(parts) + "。"


def month_figures(book: Book, month: Month) -> MonthFigures:
    """The month as it stands now; a closed month keeps what was noted for each member, with what has come in or gone back since."""
    accounts = read_accounts(book, month)
    close = dues_closes.close_of(book, month)
    rows = _since_closed(book, close, accounts, month) if close else _rows(book, accounts, month)
    sums = _sums(book, month.first_day.isoformat(), month.last_day.isoformat())
    year = _sums(book, f"{month.year}-01-01", f"{month.year}-12-31")
    now = [each for each in accounts if each.owes_in(month)]
    return MonthFigures(
        month,
        tuple(rows),
        sum(each.due(month) or 0 for each in now),
        sum(_of_month(each, month)[1] for each in accounts),
        sum(each.account.arrears_fen for each in accounts),
        sums[0],
        sums[1],
        cash_in_hand(book).in_hand_fen,
        year[1],
        close.closed_on if close else "",
    )


def meeting_line(book: Book, month: Month) -> str:
    """The one-line report for the month's meeting (DUE-09)."""
    return month_figures(book, month).line


def close_draft(book: Book, month: Month) -> CloseDraft:
    """What closing the month would say; raises UserMistake for a month to come, closed already, or before a closed one."""
    last = _last_closed_before(book, month)
    warnings = []
    if last is not None and month > last.next:
        warnings.append(f"{last.next} 还没有单独月结，结了 {month} 以后它也不能再结，请先结前面的月份。")
    rows = tuple(_rows(book, read_accounts(book, month), month))
    return CloseDraft(month, rows, cash_in_hand(book).in_hand_fen, tuple(warnings))


def note_members(book: Book, month: Month, notes: Mapping[int, Noted | None]) -> None:
    """Keep what is noted of members of a month that is not closed yet, in one act; None takes a note back.

    Raises UserMistake where the month cannot be closed any more, and for a deferral without its reason.
    """
    _last_closed_before(book, month)
    written = []
    for member_id, noted in notes.items():
        reason = line_to_keep(noted.reason, "缓交原因", 200) if noted else ""
        if noted and noted.state == "deferred" and not reason:
            raise UserMistake("缓交要写明原因，请补上。")
        written.append((member_id, noted.state if noted else "", reason if noted and noted.state == "deferred" else ""))
    with book.act("记缓交未交") as transaction:
        dues_closes.insert_close_notes(transaction, month, written)


def close_month(
    book: Book,
    month: Month,
    noted: Mapping[int, Noted],
    *,
    counted_fen: int | None = None,
    difference_reason: str = "",
    rest_unpaid: bool = False,
) -> MonthClose:
    """Close a month: each member paid, deferred with a reason, exempt or noted unpaid; see the head of this file for what that shuts.

    ``noted`` adds to what `note_members` has kept. ``counted_fen`` is what was counted (cash box and accounts); where it differs from the ledger a reason is needed. ``rest_unpaid``
    notes everyone without a word as unpaid. Raises UserMistake while somebody is undecided.
    """
    difference_reason = line_to_keep(difference_reason, "不等的原因", 200)
    draft = close_draft(book, month)
    rows = [_decided(row, noted.get(row.member_id), rest_unpaid) for row in draft.rows]
    undecided = [row.member_name for row in rows if not row.state]
    if undecided:
        names = "、".join(undecided[:5]) + (f" 等 {len(undecided)} 人" if len(undecided) > 5 else "")
        raise UserMistake(f"{names} 没有交清，也没有注明；请逐个记缓交（写原因）或未交，再月结。")
    if counted_fen is not None and counted_fen != draft.in_hand_fen and not difference_reason:
        gap = counted_fen - draft.in_hand_fen
        raise UserMistake(
            f"清点 {yuan(counted_fen)} 元，账上在手 {yuan(draft.in_hand_fen)} 元，{'多' if gap > 0 else '少'} {yuan(abs(gap))} 元；"
            "请查清后再结，查不清的写明原因。"
        )
    today = book.clock.today
    head_id, head_chain = dues.head(book)
    close = MonthClose(
        0, str(month), today.isoformat(), min(today, month.last_day).isoformat(), draft.in_hand_fen, counted_fen,
        difference_reason if counted_fen is not None and counted_fen != draft.in_hand_fen else "", head_id, head_chain,
    )  # fmt: skip
    with book.act("党费月结") as transaction:
        key = dues_closes.insert_close(transaction, close, rows)
    return replace(close, id=key)


def closed_month(book: Book, month: Month) -> tuple[MonthClose, list[CloseRow]] | None:
    """A month's close with how each member stood, or None while it is open."""
    close = dues_closes.close_of(book, month)
    return (close, dues_closes.close_rows(book, close.id)) if close else None


def _last_closed_before(book: Book, month: Month) -> Month | None:
    """The last closed month; raises UserMistake where this one cannot be closed (any more)."""
    if month > Month.of(book.clock.today):
        raise UserMistake(f"{month} 还没有到，不能月结。请等到当月收完以后。")
    last = dues_closes.last_close(book)
    closed = Month.parse(last.month) if last else None
    if closed is not None and month <= closed:
        raise UserMistake(f"{month} 已经月结或在已月结的 {closed} 之前，不用再结；记错的用冲正更正。")
    return closed


def _rows(book: Book, accounts: list[MemberAccount], month: Month) -> list[CloseRow]:
    """An open month: where the ledger does not settle a member, what is noted so far."""
    notes = dues_closes.close_notes(book, month)
    found = []
    for each in accounts:
        due, paid = _of_month(each, month)
        if each.owes_in(month):
            state = _state(due, paid)
            noted = ("", "") if state else notes.get(each.payer.id, ("", ""))
            found.append(CloseRow(each.payer.id, each.payer.name, state or noted[0], due, paid, noted[1]))
        elif paid:
            found.append(CloseRow(each.payer.id, each.payer.name, "paid", 0, paid, _BESIDE))
    return found


def _since_closed(book: Book, close: MonthClose, accounts: list[MemberAccount], month: Month) -> list[CloseRow]:
    """A closed month: the members as they stood, and where the ledger says otherwise since then, that."""
    closed = {row.member_id: row for row in dues_closes.close_rows(book, close.id)}
    found = []
    for each in accounts:
        row = closed.get(each.payer.id)
        due, paid = _of_month(each, month)
        if not each.owes_in(month):
            if paid:
                found.append(CloseRow(each.payer.id, each.payer.name, "paid", 0, paid, _BESIDE))
        elif row is None:
            found.append(CloseRow(each.payer.id, each.payer.name, _state(due, paid), due, paid, "月结后才算应交"))
        elif (row.due_fen, row.paid_fen) == (due, paid):
            found.append(row)
        else:
            state = _state(due, paid) or ("unpaid" if row.state in ("paid", "exempt") else row.state)
            told = "月结后补交" if paid > row.paid_fen else "月结后冲正" if paid < row.paid_fen else "月结后更正核定"
            reason = "；".join(filter(None, (told, row.reason)))
            found.append(replace(row, state=state, due_fen=due, paid_fen=paid, reason=reason))
    return found


def _is_beside(row: CloseRow) -> bool:
    """Whether the row is of one who paid for the month and does not owe dues for it (any more): moved, dead, or away."""
    return row.state == "paid" and row.due_fen == 0


def _of_month(each: MemberAccount, month: Month) -> tuple[int | None, int]:
    held = next((found for found in each.account.months if found.month == month), None)
    return each.due(month), held.paid_fen if held else 0


def _state(due: int | None, paid: int) -> str:
    if due == 0:
        return "exempt"
    if due is None:
        return "paid" if paid else ""
    return "paid" if paid >= due else ""


def _decided(row: CloseRow, noted: Noted | None, rest_unpaid: bool) -> CloseRow:
    if row.state in ("paid", "exempt"):
        return row
    if noted is None:
        return row if row.state or not rest_unpaid else replace(row, state="unpaid")
    if noted.state not in ("deferred", "unpaid"):
        raise UserMistake(f"{row.member_name} 没有交清，只能记缓交或未交。请改后再月结。")
    reason = line_to_keep(noted.reason, "缓交原因", 200)
    if noted.state == "deferred" and not reason:
        raise UserMistake(f"{row.member_name} 缓交要写明原因，请补上。")
    return replace(row, state=noted.state, reason=reason)


def _sums(book: Book, first: str, last: str) -> tuple[int, int]:
    cash = cash_of(dues.sums_by_kind(book, first, last))
    return cash.collected_fen, cash.remitted_fen
