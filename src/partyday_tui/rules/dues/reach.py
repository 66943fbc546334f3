"""How far the dues of a book reach in time."""

from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month

FIRST_YEAR, LAST_YEAR = 2008, 2199
"""The first tables of rates are of 2008; a year after the second is a slip of the hand."""

_FIRST_MONTH, _LAST_MONTH = Month(1921, 7), Month(LAST_YEAR, 12)  # a term may have begun long before the tables


def dues_month(text: str) -> Month:
    """A month of dues as YYYY-MM; raises UserMistake with the way to write it, and for one that no dues are kept of."""
    month = Month.parse(text)
    if not _FIRST_MONTH <= month <= _LAST_MONTH:
        raise UserMistake(f"月份 {month} 记不了党费，请核对，要在 {_FIRST_MONTH} 到 {_LAST_MONTH} 之间。")
    return month


def dues_year(year: int) -> int:
    """The same year; raises UserMistake for one that no dues are kept of."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserMistake(f"年份 {year} 记不了党费，请核对，要在 {FIRST_YEAR} 到 {LAST_YEAR} 之间。")
    return year
