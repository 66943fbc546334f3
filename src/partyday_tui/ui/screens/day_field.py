"""A form's field for a day, in the ways people write one."""

from __future__ import annotations

from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.partial_date import parse_partial_date
from partyday_tui.ui.widgets.fields import Field


def day_field(name: str, label: str, value: date | None = None, *, hint: str = "", required: bool = False) -> Field:
    """A field whose value `read_day` reads; a wrong one is told in its place."""
    return Field(
        name,
        label,
        value.isoformat() if value else "",
        "date",
        hint=hint or "如 2026-07-01 或 20260701",
        required=required,
        check=_mistake,
    )


def read_day(text: str) -> date | None:
    """The day that was written; None for a blank; raises UserMistake for a month or a day that does not exist."""
    if not text.strip():
        return None
    partial = parse_partial_date(text)
    if partial is None or partial.month is None or partial.day is None:
        raise UserMistake("日期要写到哪一天，请写成 2026-07-01 这样。")
    return date(partial.year, partial.month, partial.day)


def _mistake(text: str) -> str | None:
    try:
        read_day(text)
    except UserMistake as mistake:
        return mistake.sentence
    return None
