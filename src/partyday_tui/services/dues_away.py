"""在外地交: the months in which a floating member pays at the place they went to, and owes nothing here (D21)."""

from __future__ import annotations

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.terms import Away
from partyday_tui.rules.month import Month
from partyday_tui.rules.text import line_to_keep
from partyday_tui.store import dues, dues_assessments
from partyday_tui.store.book import Book


def aways_of(book: Book, member_id: int) -> list[Away]:
    """What holds for one member, oldest first."""
    return dues_assessments.aways(book, member_id).get(member_id, [])


def set_away(book: Book, member_id: int, first: Month, last: Month | None, place: str) -> tuple[str, ...]:
    """Write that a member pays elsewhere from ``first`` to ``last`` (None: until further notice); the same first month again changes it.

    ``place`` says where, or by which paper. Returns what to look at: months of these that were paid here. Raises UserMistake for months
    in the wrong order, without a place, or already within another stay.
    """
    away = Away(first, last, line_to_keep(place, "在哪里交", 80))
    if not away.place:
        raise UserMistake("请写明在哪里交，如「深圳某公司党支部，流动党员活动证」。")
    if last is not None and last < first:
        raise UserMistake("最后一个月早于第一个月，请核对月份。")
    other = next((each for each in aways_of(book, member_id) if each.first != first and each.meets(away)), None)
    if other is not None:
        raise UserMistake(f"已经记着{other}，月份重了，请先改那一段。")
    with book.act("记在外地交党费") as transaction:
        dues_assessments.insert_away(transaction, member_id, away)
    until = last or max(first, Month.of(book.clock.today))
    paid = sum(sum(sums) for sums in dues.paid_by_member(book, member_id, first, until).values())
    return (f"这几个月在本支部交过 {yuan(paid)} 元，请核对要不要冲正。",) if paid else ()


def withdraw_away(book: Book, member_id: int, first: Month) -> None:
    """Take back the stay that begins with ``first``; raises UserMistake where there is none."""
    found = next((each for each in aways_of(book, member_id) if each.first == first), None)
    if found is None:
        raise UserMistake(f"没有记着从 {first} 起在外地交，请核对月份。")
    with book.act("撤销在外地交党费") as transaction:
        dues_assessments.insert_away(transaction, member_id, found, withdrawn=True)
