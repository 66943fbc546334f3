"""多交: months for which more is paid than is due, since the amount or the term was changed afterwards; what becomes of it is decided (DUE-02).

Nothing of it is stored, and a month paid too much makes up for no other one by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from partyday_tui.rules.dues.arrears import Assessments, YearOfDues, dues_of_year
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.reach import FIRST_YEAR
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_accounts import member_account, read_terms
from partyday_tui.store import dues, dues_assessments
from partyday_tui.store.book import Book

Over = tuple[tuple[Month, int], ...]
"""(month, fen paid above what is due), oldest first."""


def overpaid(book: Book, member_id: int) -> Over:
    """Every month of one member that is paid too much, those ahead too; a month that is not assessed is none."""
    found = member_account(book, member_id, Month(book.clock.today.year + 1, 12), whole=True)
    sums = ((each.month, found.due(each.month), each.paid_fen) for each in found.account.months)
    return tuple((month, paid - due) for month, due, paid in sums if due is not None and paid > due)


def overpaid_by_member(book: Book) -> dict[int, int]:
    """Σ of `overpaid` of each member who has any, in fen."""
    found: dict[int, int] = {}
    everyone = read_terms(book)
    for year in range(FIRST_YEAR, book.clock.today.year + 2):
        paid, amounts = dues.paid_in_year(book, year), dues_assessments.monthly_amounts(book, year, year)
        for payer, terms in everyone:
            if payer.id in paid:
                due = dues_of_year(terms, Assessments(amounts.get(payer.id, ())), year)
                if fen := sum(over for _, over in _over(year, due, paid[payer.id][0])):
                    found[payer.id] = found.get(payer.id, 0) + fen
    return found


def overpaid_by(book: Book, member_id: int, valid_from: Month, monthly_fen: int) -> Over:
    """The months of the year from ``valid_from`` on that are paid too much once a decision of this amount holds from it on."""
    year = valid_from.year
    paid = dues.paid_by_member(book, member_id, valid_from, Month(year, 12)).get(year)
    if paid is None:
        return ()
    amounts = dues_assessments.monthly_amounts(book, year, year, member_id).get(member_id, [])
    decided = sorted([*amounts, (year, valid_from.month, monthly_fen)], key=lambda each: each[1])  # the newest one last
    ((_, terms),) = read_terms(book, member_id)
    return _over(year, dues_of_year(terms, Assessments(decided), year), paid)


def overpaid_words(over: Over) -> str:
    """What is told of it: the months, the sum and the way out; '' for none."""
    if not over:
        return ""
    months = "、".join(str(month) for month, _ in over)
    fen = sum(each for _, each in over)
    return f"{months} 已交的比应交多，共多交 {yuan(fen)} 元；请冲正后重新收，多出的记预交或自愿多交。"


def _over(year: int, due: YearOfDues, paid: Sequence[int]) -> Over:
    return tuple(
        (Month(year, at), fen - owed)
        for at, (owed, fen) in enumerate(zip(due, paid, strict=True), 1)
        if owed is not None and fen > owed
    )
