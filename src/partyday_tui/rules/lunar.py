"""Lunar days as values; the conversion itself comes from outside, since rules use the standard library only."""

from __future__ import annotations

from dataclasses import dataclass

_DIGITS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class LunarDay:
    """One day of the lunar calendar; ``is_last`` marks the 29th of a short month and the 30th of a long one."""

    month: int
    day: int
    is_leap: bool
    is_last: bool


def lunar_day_words(day: int) -> str:
    """The Chinese name of a lunar day from 1 to 30: 初一, 十五, 廿三, 三十."""
    if day in (10, 20, 30):
        return {10: "初十", 20: "二十", 30: "三十"}[day]
    return "初十廿"[day // 10] + _DIGITS[day % 10 - 1]
