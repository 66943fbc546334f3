"""On which months a payment is laid, and why there is nothing to take."""

from __future__ import annotations

from collections.abc import Sequence

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.arrears import allocate
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.reach import dues_year
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_accounts import MemberAccount
from partyday_tui.store import dues
from partyday_tui.store.book import Book

AHEAD, VOLUNTARY = "ahead", "voluntary"
"""What becomes of an amount above what is owed for the months named: the other months owed and then those ahead, or a voluntary extra."""


class NothingOwed(UserMistake):
    """A member of whom nothing can be taken without naming months and an amount."""


def laid_out(
    account: MemberAccount, months: Sequence[Month], amount_fen: int | None, surplus: str, now: Month
) -> tuple[list[tuple[Month, int]], int]:
    """The parts for each month, and what is left over; raises UserMistake where there is nothing to take."""
    for named in months:
        dues_year(named.year)
    owed = {each.month: each.short_fen for each in account.account.months}
    wanted = list(dict.fromkeys(months)) or [month for month, fen in owed.items() if fen and month <= now]
    unassessed = [month for month in wanted if account.due(month) is None]
    name = account.payer.name
    if amount_fen is None:
        if unassessed:
            raise UserMistake(_not_assessed(name, unassessed[0]))
        amount_fen = sum(owed.get(month, 0) for month in wanted)
        if not amount_fen:
            raise NothingOwed(_nothing_owed(account, months, now))
    parts, left = allocate(amount_fen, ((month, owed.get(month, 0)) for month in wanted))
    if left and unassessed:
        return [*parts, (unassessed[0], left)], 0
    if left and not (months or surplus) and (open_months := _unassessed(account, now)):
        raise UserMistake(_not_assessed(name, open_months[0]))
    return parts, left


def _nothing_owed(account: MemberAccount, named: Sequence[Month], now: Month) -> str:
    """Why nothing is taken: paid up to the month of the day, or not assessed there; and what is owed after it."""
    name = account.payer.name
    if named:
        return f"{name} {'、'.join(map(str, named))} 要交的党费已经交清，没有记下；预交或自愿多交请写明月份和金额。"
    if unassessed := _unassessed(account, now):
        return _not_assessed(name, unassessed[0])
    later = [each.month for each in account.account.unpaid if each.month > now]
    if later:
        return f"{name} 到 {now} 要交的党费已经交清，没有记下；{later[0]} 的还没有交，请写明月份或改收款日期。"
    return f"{name} 要交的党费已经交清，没有记下；预交或自愿多交请写明月份和金额。"


def _unassessed(account: MemberAccount, now: Month) -> list[Month]:
    """The months up to that of the day that are owed and not assessed; before the first assessment ever only that of the day."""
    found = [month for month in account.account.unassessed if month <= now]
    return found or ([now] if account.due(now) is None else [])


def _not_assessed(name: str, month: Month) -> str:
    return f"{name} {month} 的党费还没有核定，没有记下；请先核定，或写明月份和收了多少。"


def with_surplus(
    book: Book, account: MemberAccount, parts: list[tuple[Month, int]], left: int, surplus: str, last: Month
) -> tuple[list[tuple[Month, int]], int]:
    """What is left over laid on the other months owed and the twelve after ``last`` (`AHEAD`), or left as an extra (`VOLUNTARY`)."""
    if surplus == VOLUNTARY:
        return parts, left
    if surplus != AHEAD:
        raise UserMistake(f"比应交多出 {yuan(left)} 元，没有记下；请选「预交」以后的月份，或「自愿多交」。")
    laid = dict(parts)
    owed = [(each.month, each.short_fen - laid.get(each.month, 0)) for each in account.account.months]
    later = [last + ahead for ahead in range(1, 13)]
    paid = dues.paid_by_member(book, account.payer.id, later[0], later[-1])
    owed += [
        (month, max((account.due(month) or 0) - (paid[month.year][month.month - 1] if month.year in paid else 0), 0))
        for month in later
    ]
    ahead, rest = allocate(left, ((month, fen) for month, fen in owed if month not in laid))
    if rest:
        raise UserMistake(
            f"预交到已核定的月份后还多 {yuan(rest)} 元，没有记下；请核定下一年后再预交，或选「自愿多交」。"
        )
    return [*parts, *ahead], 0
