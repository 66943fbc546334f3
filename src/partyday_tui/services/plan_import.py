"""Importing the plan table of a year (序号、活动时间、活动方式、活动内容): first a preview, then one transaction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from partyday_tui.errors import UserMistake
from partyday_tui.rules.event_fields import clean_fields
from partyday_tui.rules.events import Event
from partyday_tui.rules.month import Month
from partyday_tui.rules.plan_heads import PlanProblem, PlanRow, PlanTable, find_plan
from partyday_tui.rules.planned_dates import PARTY_DAY, PlannedDate
from partyday_tui.rules.typed_day import FIRST_YEAR, LAST_YEAR
from partyday_tui.services.plan import event_fields_of, planned_of
from partyday_tui.store import events as store
from partyday_tui.store.book import Book

ADDED, CHANGED, UNCHANGED = "新增", "更改", "不变"
_YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_TEXTS = {"form": "form", "content": "content", "place": "place", "in_charge": "responsible", "note": "note"}


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What one line, or several lines of one month, would write: ``event_id`` 0 is a new event.

    ``fields`` holds what is written, dates as ISO text; it is empty where nothing changes.
    """

    row: int
    what: str
    event_id: int
    month: Month
    on_date: date | None
    fields: Mapping[str, str | None]
    kinds: frozenset[str]
    content: str


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """What an import would do; ``problems`` name their row and are shown even where the row itself is taken."""

    file_name: str
    changes: tuple[PlanChange, ...]
    problems: tuple[PlanProblem, ...]
    refused: int

    def count(self, what: str) -> int:
        """How many events are 新增, 更改 or 不变."""
        return sum(1 for change in self.changes if change.what == what)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the table, cleaned; month-only lines of one month are one line."""

    row: int
    month: Month
    on_date: date | None
    texts: dict[str, str]


def preview_plan(book: Book, path: Path) -> PlanPreview:
    """Read a plan table and compare it with the book; nothing is written. Raises UserMistake for a file without one."""
    named = _YEAR_IN_NAME.search(path.name)
    table = _table(path, int(named[1]) if named else book.clock.today.year)
    lines, problems = _lines(table.rows)
    changes, conflicts = _changes(book, lines)
    found = sorted([*table.problems, *problems, *conflicts], key=lambda problem: problem.row)
    return PlanPreview(path.name, tuple(changes), tuple(found), len(table.problems) + len(problems))


def write_plan(book: Book, preview: PlanPreview) -> None:
    """Write what the preview shows, in one act; nothing is written where nothing changes."""
    changes = [change for change in preview.changes if change.fields]
    if not changes:
        return
    with book.act("导入计划表", source=preview.file_name[:200], with_session=True) as transaction:
        for change in changes:
            if change.event_id:
                store.update_event(transaction, change.event_id, change.fields)
            else:
                store.insert_event(transaction, change.fields, change.kinds)


def _table(path: Path, year: int) -> PlanTable:
    from partyday_tui.excel.worker import read_apart

    refusal: UserMistake | None = None
    for grid in read_apart(path):
        try:
            return find_plan(grid.rows, year)
        except UserMistake as error:
            refusal = refusal or error
    assert refusal is not None
    raise refusal


def _lines(rows: Iterable[PlanRow]) -> tuple[list[_Line], list[PlanProblem]]:
    """The lines that can be kept; lines that say the same month and no day are joined, since it is one party day."""
    lines: list[_Line] = []
    problems: list[PlanProblem] = []
    months: dict[Month, _Line] = {}
    for row in rows:
        assert row.on.month is not None
        if not FIRST_YEAR <= row.on.year <= LAST_YEAR:
            problems.append(PlanProblem(row.row, "time", f"活动时间「{row.time}」的年份不对，请改正后重新导入。"))
            continue
        month = Month(row.on.year, row.on.month)
        on_date = date(row.on.year, row.on.month, row.on.day) if row.on.day else None
        given = {field: text for field, column in _TEXTS.items() if (text := getattr(row, column))}
        known = months.get(month) if on_date is None else None
        texts = {**known.texts, **_joined(known.texts, given)} if known else given
        try:
            clean_fields(texts)
        except UserMistake as refusal:
            problems.append(PlanProblem(row.row, "content", refusal.sentence))
            continue
        if known:
            known.texts.update(texts)
            continue
        line = _Line(row.row, month, on_date, texts)
        lines.append(line)
        if on_date is None:
            months[month] = line
    return lines, problems


def _joined(first: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Texts of two lines of one month, each part once."""
    joined = {}
    for field, text in more.items():
        before = first.get(field, "")
        parts = before.split("；") if before else []
        joined[field] = before if text in parts else "；".join([*parts, text])
    return joined


def _changes(book: Book, lines: list[_Line]) -> tuple[list[PlanChange], list[PlanProblem]]:
    """One change for each line, each event taken by one line only: first the lines that name an event's day, then those that name
    a month alone, so that a further date in the month does not take its party day from them."""
    events = {year: store.events_of_year(book, year) for year in {line.month.year for line in lines}}
    taken: set[int] = set()
    changes: dict[int, PlanChange] = {}
    problems = []
    dates = {line.on_date for line in lines if line.on_date}
    days = {event.on_date for found in events.values() for event in found if event.on_date}
    for line in sorted(lines, key=lambda each: (each.on_date not in days, each.on_date is not None)):
        event = _event_for(line, [it for it in events[line.month.year] if it.id not in taken])
        if event is None:
            ruled = _ruled(book, line)
            changes[line.row] = _new(line, ruled if line.on_date or not ruled or ruled.date not in dates else None)
            if line.on_date and ruled and ruled.date and ruled.date != line.on_date:
                problems.append(PlanProblem(line.row, "time", _departure(line.on_date, ruled.date)))
            continue
        taken.add(event.id)
        fields: dict[str, str | None] = {
            name: text for name, text in line.texts.items() if text != getattr(event, name)
        }
        if line.on_date and event.on_date is None:
            fields["on_date"] = line.on_date.isoformat()
        elif line.on_date and event.on_date != line.on_date:
            problems.append(PlanProblem(line.row, "time", _conflict(line.on_date, event)))
        when = event.on_date or line.on_date
        what = CHANGED if fields else UNCHANGED
        content = line.texts.get("content", event.title)
        changes[line.row] = PlanChange(line.row, what, event.id, line.month, when, fields, event.kinds, content)
    return [changes[line.row] for line in lines], problems


def _event_for(line: _Line, free: list[Event]) -> Event | None:
    """The event a line speaks of: that of its day, else the party day of its month unless that is of another line."""
    in_slot = [event for event in free if event.month == str(line.month)]
    on_day = [event for event in free if line.on_date and event.on_date == line.on_date]
    party_days = [event for event in in_slot if "party_day" in event.kinds]
    found = sorted(on_day, key=lambda event: "party_day" not in event.kinds) or party_days
    return found[0] if found else None


def _ruled(book: Book, line: _Line) -> PlannedDate | None:
    """What the rules give the day of a line, else its month."""
    planned = planned_of(book, line.month.year)
    on_day = [it for it in planned if line.on_date and it.date == line.on_date]
    of_month = [it for it in planned if it.month == line.month and it.kinds >= PARTY_DAY]
    return next(iter(on_day or of_month), None)


def _new(line: _Line, ruled: PlannedDate | None) -> PlanChange:
    """An event for a slot without one: as the rules date it, else on the day that the table gives."""
    fields: dict[str, str | None] = event_fields_of(ruled) if ruled else {}
    if line.on_date and (ruled is None or ruled.date != line.on_date):
        fields |= {"on_date": line.on_date.isoformat(), "moved_from": None, "moved_reason": ""}
    fields |= {"month": str(line.month), **line.texts}
    iso = fields.get("on_date")
    when = date.fromisoformat(iso) if iso else None
    kinds = ruled.kinds if ruled else PARTY_DAY
    return PlanChange(line.row, ADDED, 0, line.month, when, fields, kinds, line.texts.get("content", ""))


def _departure(given: date, ruled: date) -> str:
    return f"表里写{_short(given)}，按规则是{_short(ruled)}；已照表里的日期排，请核对。"


def _conflict(given: date, event: Event) -> str:
    assert event.on_date is not None
    return f"表里写{_short(given)}，年历已排在{_short(event.on_date)}，日期没有改；要改请在年历里用「改期」。"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
