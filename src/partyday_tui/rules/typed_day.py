"""A day as a command takes it: one form, and within the years that the program keeps."""

from __future__ import annotations

import re
from datetime import date

FIRST_YEAR, LAST_YEAR = 1949, 2200
"""The years that the program keeps plans and days off of."""
_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def typed_day(text: str) -> date:
    """The day written as YYYY-MM-DD; raises ValueError with a Chinese phrase."""
    try:
        day = date.fromisoformat(text) if _FORM.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(f"日期 {text} 写得不对，要写成 2026-11-06 这样")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"日期 {text} 不在 {FIRST_YEAR} 到 {LAST_YEAR} 年之间，请核对年份")
    return day
