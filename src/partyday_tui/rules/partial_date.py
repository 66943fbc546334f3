"""Dates as rosters give them: a day, a month or only a year, with the precision kept («1972年7月» stays a month)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import total_ordering

from partyday_tui.errors import UserMistake

_FIRST_YEAR, _LAST_YEAR = 1850, 2200
_EXCEL_EPOCH = date(1899, 12, 30)
# 1927-05-18 to 2099-12-31: five digits, so that a serial number is never taken for a year or for 197207.
_SERIALS = range(10_000, 73_051)

_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_CHINESE = re.compile(r"(\d+)年(?:(\d{1,2})(?:月份?|(?=\.)|$)(?:\.?(\d{1,2})[日号]?)?)?", re.ASCII)
# One separator throughout: 「1972.7-8」 may be two months.
_SEPARATED = re.compile(r"(\d+)([-./\\、,_ ])(\d{1,2})(?:\2(\d{1,2})[日号]?|月份?)?\.?", re.ASCII)
_USUAL = re.compile(r"(\d{4})([-./])(\d{1,2})(?:\2(\d{1,2}))?", re.ASCII)
_PACKED = re.compile(r"(\d{4})(?:(\d{2})(\d{2})?)?", re.ASCII)
_DASHES = str.maketrans("‐‑‒–—−。·・•", "------....")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TENS = re.compile(r"([一二三]?)十([一二三四五六七八九]?)")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or the year; an impossible one cannot be made (ValueError).

    Ordered by time, the vaguer before the finer: 1972 < 1972-07 < 1972-07-01.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs a month")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """Read what ``iso`` wrote: ``1972``, ``1972-07`` or ``1972-07-01``; ValueError for anything else."""
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", text):
            raise ValueError(f"not a partial date: {text!r}")
        return cls(*(int(part) for part in text.split("-")))

    @property
    def iso(self) -> str:
        """The form kept in the book: ``1972-07-01``, ``1972-07`` or ``1972``; it sorts as the dates do."""
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def label(self) -> str:
        """The form for people: 1972年7月1日, 1972年7月 or 1972年."""
        month = "" if self.month is None else f"{self.month}月"
        return f"{self.year}年{month}" + ("" if self.day is None else f"{self.day}日")

    def first_day(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def matches_month(self, month: int) -> bool:
        """Whether it is known to lie in this month of the year, 1 to 12 (oath month, CON-01)."""
        return self.month == month

    def agrees_with(self, day: date) -> bool:
        """Whether it can mean this day, as far as its precision goes."""
        return self.year == day.year and self.month in (None, day.month) and self.day in (None, day.day)

    def __str__(self) -> str:
        return self.iso

    def __lt__(self, other: "PartialDate") -> bool:
        return self.iso < other.iso


def parse_partial_date(value: object) -> PartialDate:
    """Read a date from a form or a cell: text, a real date, or a number (197207, 19720701, an Excel serial number).

    Refuses with UserMistake what is no date, has a two-digit year, or could be two dates; nothing is guessed.
    """
    if isinstance(value, datetime | date):
        return _made(value.year, value.month, value.day, value.isoformat()[:10])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    if not isinstance(value, str):
        raise UserMistake(f"「{value}」不是日期，请写成 1972-07-01 或 1972年7月。")
    return _from_text(value)


def _from_number(value: int | float) -> PartialDate:
    if value != value or value in (float("inf"), float("-inf")):
        raise UserMistake("这一格不是日期，请写成 1972-07-01 或 1972年7月。")
    whole = int(value)
    if whole in _SERIALS:
        return parse_partial_date(_EXCEL_EPOCH + timedelta(days=whole))
    if value != whole and f"{value:.10g}".endswith(".1"):
        raise UserMistake(
            f"「{value:.10g}」可能是1月，也可能是10月(10 的末尾 0 被表格省去)，请写成 {whole}年1月 或 {whole}年10月。"
        )
    return _from_text(f"{value:.10g}")


def _from_text(raw: str) -> PartialDate:
    if raw.isascii() and (found := _USUAL.fullmatch(raw)):
        year, month, day = found.group(1, 3, 4)
        return _made(int(year), int(month), None if day is None else int(day), raw)
    text = raw if raw.isascii() else unicodedata.normalize("NFKC", raw).translate(_DASHES)
    text = text.strip().removeprefix("'")
    text = _spaced_out(_CLOCK.sub("", text) if ":" in text else text)
    found = _CHINESE.fullmatch(text)
    if not found and not text.isascii():
        text = _TENS.sub(lambda ten: f"{ten[1] or '一'}{ten[2] or '〇'}", text.replace("元月", "1月")).translate(
            _NUMERALS
        )
        found = _CHINESE.fullmatch(text)
    if found:
        year, month, day = found.group(1, 2, 3)
    elif found := _SEPARATED.fullmatch(text):
        year, month, day = found.group(1, 3, 4)
    elif found := _PACKED.fullmatch(text):
        year, month, day = found.group(1, 2, 3)
    else:
        raise UserMistake(f"「{raw.strip()[:40]}」不是日期，请写成 1972-07-01 或 1972年7月。")
    if len(year) < 4:
        raise UserMistake(f"「{raw.strip()[:40]}」的年份不足四位，请写成四位，如 1972-07-01。")
    return _made(int(year), None if month is None else int(month), None if day is None else int(day), raw.strip()[:40])


def _spaced_out(text: str) -> str:
    """The text without blanks; where nothing but blanks stands between the numbers, they are the separators."""
    words = text.split()
    return (" " if len(words) > 1 and all(word.isdecimal() for word in words) else "").join(words)


def _made(year: int, month: int | None, day: int | None, shown: str) -> PartialDate:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UserMistake(f"「{shown}」的年份不合情理，请核对后写成 1972-07-01 或 1972年7月。")
    try:
        return PartialDate(year, month, day)
    except ValueError:
        raise UserMistake(f"日历上没有「{shown}」这一天，请核对后重填。") from None
