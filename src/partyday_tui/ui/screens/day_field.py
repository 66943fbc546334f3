"""A form's field for a day, in the ways people write one."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.partial_date import parse_partial_date
from partyday_tui.ui.widgets.fields import Field

_WITHOUT_YEAR = re.compile(r"(\d{1,2})[月./-](\d{1,2})[日号]?")


def day_field(
    name: str, label: str, value: date | None = None, *, year: int, hint: str = "", required: bool = False
) -> Field:
    """A field whose value `read_day` reads with the same ``year``; a wrong one is told in its place."""

    def mistake(text: str) -> str | None:
        try:
            read_day(text, year)
        except UserMistake as error:
            return error.sentence
        return None

    written = value.isoformat() if value else ""
    hint = hint or f"如 {year}-07-01、7月1日"
    # Of kind "text": the kit's own dates need their year.
    return Field(name, label, written, hint=hint, required=required, check=mistake)


def read_day(text: str, year: int) -> date | None:
    """The day that was written, of ``year`` where it names none; None for a blank; raises UserMistake for no such day."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        return None
    short = _WITHOUT_YEAR.fullmatch(plain)
    partial = parse_partial_date(f"{year}-{short[1]}-{short[2]}" if short else plain)
    if partial is None or partial.month is None or partial.day is None:
        raise UserMistake(f"日期要写到哪一天，请写成 {year}-07-01 或 7月1日 这样。")
    return date(partial.year, partial.month, partial.day)
