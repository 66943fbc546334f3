"""Days off: the shipped calendar with the book's own days on top, and the notice of a new year, read, shown, then kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

from partyday_tui.errors import UserMistake
from partyday_tui.rules.calendar import Calendar, DayOff, Source
from partyday_tui.rules.festivals import statutory_days
from partyday_tui.rules.holiday_file import parse_holiday_file
from partyday_tui.rules.notice import ParsedArrangement, parse_notice
from partyday_tui.rules.text import NAME_LIMIT, clean_line
from partyday_tui.rules.typed_day import FIRST_YEAR, LAST_YEAR
from partyday_tui.services.builtin_calendar import builtin_days_off, builtin_years, festivals_of
from partyday_tui.store import holidays as store
from partyday_tui.store.book import Book
from partyday_tui.store.holidays import HolidayEntry

_LONGEST_TEXT = 200_000
_NAMED_YEAR = re.compile(r"(?:19|20|21)\d{2}")

NEW, CHANGED, SAME, GONE = "新增", "更改", "不变", "取消"


@dataclass(frozen=True, slots=True)
class ArrangementPreview:
    """What a notice or a file would write: each day with 新增, 更改, 不变 or 取消, and a sentence per doubt.

    取消 is a day that an earlier notice gave to the same festival and this one does not. ``year`` is None, and there
    are no days, where nothing can be written.
    """

    year: int | None
    source: Source
    body: str
    days: tuple[tuple[DayOff, str], ...]
    problems: tuple[str, ...]

    def count(self, what: str) -> int:
        """How many days are 新增, 更改, 不变 or 取消."""
        return sum(1 for _, word in self.days if word == what)


def calendar_for(book: Book | None, years: Iterable[int]) -> Calendar:
    """The days off of these years and their neighbours, since dates move across New Year; without a book the seed alone.

    Of a year that is not announced yet the statutory days themselves are known, since the law fixes them.
    """
    near = {year + step for year in years for step in (-1, 0, 1)}
    rows = [row for year in sorted(near) for row in builtin_days_off(year) or _statutory_days_off(year)]
    if book is None:
        return Calendar(rows, builtin_years())
    return Calendar([*rows, *_own_days(book, min(near), max(near))], builtin_years() | set(store.noticed_years(book)))


def check_year(year: int) -> int:
    """The year, if the program keeps plans and days off of it; else UserMistake."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserMistake(f"年份 {year} 不在 {FIRST_YEAR} 到 {LAST_YEAR} 之间，请核对年份。")
    return year


def preview_notice(book: Book, text: str) -> ArrangementPreview:
    """Read a pasted notice and compare it with the book; nothing is written."""
    if len(text) > _LONGEST_TEXT:
        raise UserMistake("这段文字太长，不像一份放假通知，请只粘贴通知的全文。")
    return _preview(book, _read(text, "notice"), "notice", text)


def preview_file(book: Book, path: Path) -> ArrangementPreview:
    """Read a file with the text of a notice, or with JSON of the holiday-cn shape; nothing is written."""
    text = _text_of(path)
    source: Source = "file" if text.lstrip("\ufeff \t\r\n").startswith("{") else "notice"
    return _preview(book, _read(text, source), source, text)


def write_arrangement(book: Book, preview: ArrangementPreview) -> int:
    """Write what the preview shows, in one act; returns the number of days that are new, changed or cancelled."""
    if preview.year is None or not preview.days:
        raise UserMistake(f"没有读出放假的日子，什么也没有写入；{''.join(preview.problems[:1]) or '请核对内容。'}")
    changed = [row for row, what in preview.days if what in (NEW, CHANGED)]
    gone = [row.day for row, what in preview.days if what == GONE]
    with book.act(f"录入{preview.year}年放假安排", source=preview.source) as transaction:
        store.delete_holidays(transaction, gone)
        store.write_holidays(transaction, map(_entry, changed))
        store.write_notice(transaction, preview.year, preview.source, book.clock.today, preview.body)
    return len(changed) + len(gone)


def write_day(book: Book, day: date, *, is_off: bool, name: str, statutory: bool = False) -> None:
    """Write one day by hand: off, or worked; it wins over the notice and the shipped calendar."""
    check_year(day.year)
    with book.act("修改放假日") as transaction:
        store.write_holidays(transaction, [_entry(_checked(DayOff(day, is_off, name, is_off and statutory, "manual")))])


def take_day_out(book: Book, day: date) -> None:
    """Take a day written by hand out again; what the notice said of it, else the shipped calendar, speaks once more."""
    own = next((row for row in _own_days(book) if row.day == day), None)
    if own is None or own.source != "manual":
        raise UserMistake("这一天不是手工写的，不能去掉；要改请按回车，写成上班或放假。")
    noticed = next((row for row in _noticed_days(book, day) if row.day == day), None)
    with book.act("去掉手工放假日") as transaction:
        if noticed is None:
            store.delete_holidays(transaction, [day])
        else:
            store.write_holidays(transaction, [_entry(noticed)])


def _statutory_days_off(year: int) -> Iterator[DayOff]:
    """The statutory days of a year later than the shipped calendar (《全国年节及纪念日放假办法》)."""
    if max(builtin_years()) < year <= LAST_YEAR:
        for day, name in sorted(statutory_days(year, festivals_of(year)).items()):
            yield DayOff(day, True, name, True, "builtin")


def _own_days(book: Book, first: int = 1, last: int = 9999) -> Iterator[DayOff]:
    for entry in store.holidays(book, first, last):
        yield DayOff(entry.day, entry.is_off, entry.name, entry.statutory, cast(Source, entry.source))


def _noticed_days(book: Book, day: date) -> Iterator[DayOff]:
    """The days of the notices that may speak of a day: its own year's, and for December the next one's."""
    for year in (day.year, day.year + 1):
        found = store.notice(book, year)
        if found is not None:
            source, body = cast(Source, found[0]), found[1]
            yield from _read(body, source).rows


def _read(text: str, source: Source) -> ParsedArrangement:
    named = {int(year) for year in _NAMED_YEAR.findall(unicodedata.normalize("NFKC", text)[:_LONGEST_TEXT])}
    moving = {year: found for year in sorted(named)[:20] if (found := festivals_of(year)) is not None}
    parsed = parse_holiday_file(text, moving) if source == "file" else parse_notice(text, moving)
    if parsed.year is not None:
        check_year(parsed.year)
    return replace(parsed, rows=tuple(map(_checked, parsed.rows)))


def _preview(book: Book, parsed: ParsedArrangement, source: Source, body: str) -> ArrangementPreview:
    if parsed.year is None or not parsed.rows:
        return ArrangementPreview(None, source, body, (), parsed.problems)
    calendar = calendar_for(book, [parsed.year])
    days = [(row, _what_changes(row, calendar.row(row.day))) for row in parsed.rows]
    named = {part for row in parsed.rows for part in row.name.split("、")}
    read = {row.day for row in parsed.rows}
    gone = [
        (row, GONE)
        for row in _own_days(book)
        if row.source != "manual" and row.day.year == parsed.year and row.day not in read
        if named & set(row.name.split("、"))
    ]
    ordered = tuple(sorted([*days, *gone], key=lambda pair: pair[0].day))
    return ArrangementPreview(parsed.year, source, body, ordered, parsed.problems)


def _what_changes(row: DayOff, known: DayOff | None) -> str:
    if known is None or (known.source == "builtin" and known.day.year not in builtin_years()):
        return NEW  # a statutory day that was only computed is kept as the notice says it
    same = (row.is_off, row.name, row.statutory) == (known.is_off, known.name, known.statutory)
    return SAME if same else CHANGED


def _checked(row: DayOff) -> DayOff:
    """The row with its name through the gate; a name that is too long is refused."""
    name = clean_line(row.name).text
    if len(name) > NAME_LIMIT:
        raise UserMistake(f"{row.day} 的节日名称有 {len(name)} 个字，最多 {NAME_LIMIT} 个字，请改短。")
    return replace(row, name=name)


def _entry(row: DayOff) -> HolidayEntry:
    return HolidayEntry(row.day, row.is_off, row.name, row.statutory, row.source)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > 4 * _LONGEST_TEXT:
            raise UserMistake("这个文件太大，不像一份放假通知，请另选文件。")
        data = path.read_bytes()
    except OSError:
        raise UserMistake(f"文件 {path.name} 打不开，请核对文件名和所在的文件夹。") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UserMistake(f"文件 {path.name} 不是文字，请选通知的文本文件（txt）或 JSON 文件。")
