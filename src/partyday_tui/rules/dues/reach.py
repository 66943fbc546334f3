"""How far the dues of a book reach in time."""

from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month

FIRST_YEAR, LAST_YEAR = 2008, 2199
"""The first tables of rates are of 2008; a year after the second is a slip of the hand."""

_REACH = f"党费从 {FIRST_YEAR} 年记到 {LAST_YEAR} 年，请核对"


def dues_month(text: str) -> Month:
    """A month of dues as YYYY-MM; raises UserMistake with the way to write it, and for one that no dues are kept of."""
    month = Month.parse(text)
    if not FIRST_YEAR <= month.year <= LAST_YEAR:
        raise UserMistake(f"月份 {month} 不对，{_REACH}。")
    return month


def dues_year(year: int) -> int:
    """The same year; raises UserMistake for one that no dues are kept of."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserMistake(f"年份 {year} 不对，{_REACH}。")
    return year
