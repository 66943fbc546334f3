"""Read the State Council's yearly holiday notice, pasted as text, into rows that the secretary can check and correct.

Nothing is repaired: what does not fit becomes a sentence in ``problems``, and the rows are shown before they are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from partyday_tui.rules.calendar import DayOff, Source, is_weekend
from partyday_tui.rules.festivals import FESTIVALS, MovingFestivals, statutory_days

WEEKDAYS = "一二三四五六日"
_LONGEST_RANGE = 15

_SHORT = "元旦|春节|清明|劳动|端午|中秋|国庆"
_HEADING = re.compile(rf"((?:(?:{_SHORT})节?(?:[、和与,]|(?=:)))+):")
_YEAR = re.compile(r"((?:19|20)\d{2})年(?:部分)?(?:元旦|节假日|放假)")
_DATE = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?"
_TOKEN = re.compile(
    rf"(?P<aside>\([^()]*\))|(?P<days>{_DATE}(?:(?:至|到|-|—|–|~){_DATE})?)"
    r"|(?P<drop>为法定|照常|公休日|休息|调至|调到)|(?P<off>放假|补休)|(?P<work>上班)|(?P<stop>[。;])"
)
_STATED_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_STATED_COUNT = re.compile(r"共(\d{1,2})天")


@dataclass(frozen=True, slots=True)
class ParsedArrangement:
    """What was read: the year (None if the text names none), its rows in order, and one sentence per doubt."""

    year: int | None
    rows: tuple[DayOff, ...]
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Section:
    """The days found under one heading such as 「国庆节、中秋节」."""

    label: str
    off: list[date] = field(default_factory=list)
    worked: list[date] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def parse_notice(text: str, moving: dict[int, MovingFestivals]) -> ParsedArrangement:
    """Read a pasted notice; full-width and ASCII punctuation and stray line breaks are all right.

    ``moving`` gives 春节, 清明节, 端午节 and 中秋节 by year, from a lunar table. With them every statutory day is
    marked; without them the days of fixed date are, and a festival whose holiday is a single day; a problem says so.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    year = _year_of(plain)
    if year is None:
        return ParsedArrangement(None, (), ("没有找到是哪一年的放假通知，请连标题一起粘贴。",))
    sections = [_read_section(label, body, year) for label, body in _sections(plain)]
    if not sections:
        return ParsedArrangement(year, (), ("没有找到「元旦：」「春节：」这样的段落，请粘贴通知的全文。",))
    rows = _rows(sections, year, moving.get(year), "notice")
    problems = [sentence for section in sections for sentence in section.problems]
    return ParsedArrangement(year, rows, (*problems, *_doubts(sections, rows, year, moving.get(year))))


def _year_of(plain: str) -> int | None:
    found = _YEAR.search(plain)
    return int(found[1]) if found else None


def _sections(plain: str) -> Iterator[tuple[str, str]]:
    headings = list(_HEADING.finditer(plain))
    ends = [heading.start() for heading in headings[1:]] + [len(plain)]
    for heading, end in zip(headings, ends, strict=False):
        named = [name for name in FESTIVALS if name.rstrip("节") in heading[1]]
        yield "、".join(sorted(named, key=lambda name: heading[1].index(name.rstrip("节")))), plain[heading.end() : end]


def _read_section(label: str, body: str, year: int) -> _Section:
    section = _Section(label)
    pending: list[date] = []
    for token in _TOKEN.finditer(body):
        match token.lastgroup:
            case "days":
                pending += _days_of(token, section, year)
            case "off" | "work":
                (section.off if token.lastgroup == "off" else section.worked).extend(pending)
                pending.clear()
            case "drop" | "stop":
                pending.clear()
    if not section.off:
        section.problems.append(f"{label}：没有读出放假的日子，请在预览里补上。")
    stated = _STATED_COUNT.search(body)
    if stated and int(stated[1]) != len(set(section.off)):
        section.problems.append(f"{label}：通知写共{stated[1]}天，读出{len(set(section.off))}天，请核对。")
    return section


def _days_of(token: re.Match[str], section: _Section, year: int) -> list[date]:
    """The days of one date or one range; a part that is left out is taken from the date before it."""
    groups = token.groups()
    at = token.re.groupindex["days"]
    first_parts, last_parts = groups[at : at + 4], groups[at + 4 : at + 8]
    month = int(first_parts[1] or 0)
    guessed = year - 1 if section.label.startswith("元旦") and month == 12 else year
    first = _date_of(first_parts, guessed, month, section)
    if first is None or last_parts[2] is None:
        return [first] if first else []
    end_month = int(last_parts[1] or first.month)
    last = _date_of(last_parts, first.year + (end_month < first.month), end_month, section)
    if last is None:
        return []
    length = (last - first).days + 1
    if not 1 <= length <= _LONGEST_RANGE:
        section.problems.append(f"{section.label}：{_words(first)}至{_words(last)}不像一段假期，请核对。")
        return []
    return [first + timedelta(days=offset) for offset in range(length)]


def _date_of(parts: tuple[str | None, ...], year: int, month: int, section: _Section) -> date | None:
    stated_year, _, day, aside = parts
    try:
        found = date(int(stated_year or year), month, int(day or 0))
    except ValueError:
        section.problems.append(f"{section.label}：{month}月{day}日这一天不存在或没写月份，请核对。")
        return None
    stated = _STATED_WEEKDAY.search(aside or "")
    if stated and stated[1].replace("天", "日") != WEEKDAYS[found.weekday()]:
        wrong = f"通知写{stated[0]}，{found.year}年{_words(found)}是周{WEEKDAYS[found.weekday()]}"
        section.problems.append(f"{section.label}：{wrong}，请核对年份和日期。")
    return found


def _rows(sections: list[_Section], year: int, moving: MovingFestivals | None, source: Source) -> tuple[DayOff, ...]:
    statutory = statutory_days(year, moving)
    if moving is None:
        statutory |= {section.off[0]: section.label for section in sections if len(set(section.off)) == 1}
    rows = {day: DayOff(day, False, section.label, False, source) for section in sections for day in section.worked}
    for section in sections:
        for day in section.off:
            rows[day] = DayOff(day, True, statutory.get(day, section.label), day in statutory, source)
    return tuple(rows[day] for day in sorted(rows))


def _doubts(
    sections: list[_Section], rows: tuple[DayOff, ...], year: int, moving: MovingFestivals | None
) -> Iterator[str]:
    worked = {day for section in sections for day in section.worked}
    for day in sorted(worked & {day for section in sections for day in section.off}):
        yield f"{_words(day)}又放假又上班，请核对。"
    named = "、".join(section.label for section in sections)
    missing = [name for name in FESTIVALS if name not in named]
    if missing:
        yield f"没有读到{'、'.join(missing)}，请粘贴通知的全文。"
    yield from doubts_about(rows, year, moving)


def doubts_about(rows: tuple[DayOff, ...], year: int, moving: MovingFestivals | None) -> Iterator[str]:
    """What is odd in the rows of a year, wherever they come from: one sentence each."""
    for row in rows:
        if not row.is_off and not is_weekend(row.day):
            yield f"{_words(row.day)}是周{WEEKDAYS[row.day.weekday()]}，不是周末，却写调休上班，请核对。"
        if abs((row.day - date(year, 7, 1)).days) > 200:
            yield f"{row.day.year}年{_words(row.day)}不在{year}年前后，请核对。"
    off = {row.day for row in rows if row.is_off}
    for day, name in sorted(statutory_days(year, moving).items()):
        if day not in off and not (is_weekend(day) and name != "春节"):
            yield f"{name}当天{_words(day)}没有放假，请核对。"
    if moving is None:
        yield f"{year}年没有农历资料，春节、清明节、端午节、中秋节的法定当天请在预览里标出。"


def _words(day: date) -> str:
    return f"{day.month}月{day.day}日"
