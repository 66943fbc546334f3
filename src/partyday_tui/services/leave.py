"""请假条: entered before, at or after the roll; it proposes 请假 and marks nothing by itself (ATT-03, ATT-09, REC-09)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from partyday_tui.errors import UserMistake
from partyday_tui.rules.changes import Change
from partyday_tui.rules.events import Event
from partyday_tui.rules.leave import FORM_WORDS, Leave
from partyday_tui.rules.partial_date import parse_partial_date
from partyday_tui.rules.text import LINE_LIMIT, NAME_LIMIT, line_to_keep
from partyday_tui.services.holidays import check_year
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store import changes, events
from partyday_tui.store import leave as store
from partyday_tui.store.book import Book

_PAPER_LIMIT = 80  # characters, as the schema has it
_TEXTS = {
    "reason_class": ("事由类别", NAME_LIMIT),
    "reason": ("事由", LINE_LIMIT),
    "granted_by": ("批准人", NAME_LIMIT),
    "paper": ("书面材料", _PAPER_LIMIT),
}
_DATES = {"first_day": "从哪天", "last_day": "到哪天", "applied_on": "申请日期", "granted_on": "批准日期"}


def slips_of_year(book: Book, year: int) -> list[Leave]:
    """The slips of a year, newest first."""
    return store.slips_of_year(book, check_year(year))


def slips_of_period(book: Book, first: date, last: date) -> list[Leave]:
    """The slips of a whole year as `slips_of_year` has them, of a shorter time those about a day of it; the oldest first."""
    found = slips_of_year(book, first.year)[::-1]
    return found if first.month != last.month else [it for it in found if it.is_about(first, last)]


def events_to_name(book: Book) -> list[Event]:
    """The events that a slip may be for by name: of the coming two months and of the last year, the nearest first."""
    today = book.clock.today
    found = events.events_between(book, today - timedelta(days=366), today + timedelta(days=62))
    return sorted(found, key=lambda it: abs(((it.on_date or today) - today).days))


def slip_of(book: Book, leave_id: int) -> Leave:
    """One slip; raises UserMistake where it has been taken out."""
    found = store.slip(book, leave_id)
    if found is None:
        raise UserMistake("这张请假条已经去掉了，请重新看一遍。")
    return found


def enter_slip(book: Book, member_id: int, event_id: int | None, texts: Mapping[str, str]) -> tuple[int, list[str]]:
    """Write a slip for an event, or with ``event_id`` None for the span in ``texts``; returns its key and what should be known.

    ``texts``: reason_class, reason, form (written, oral), applied_on, granted_by, granted_on, paper, and for a span first_day
    and last_day (empty: the same day); dates ISO. Raises UserMistake for what cannot be stored.
    """
    fields = _fields(texts, event_id)
    with book.act("登记请假") as transaction:
        key = store.insert(transaction, {"member_id": member_id, "event_id": event_id, **fields})
    return key, _told(book, slip_of(book, key))


def edit_slip(book: Book, leave_id: int, texts: Mapping[str, str]) -> list[str]:
    """Write a slip anew, such as the paper that follows; fields not named stay. Returns what should be known."""
    slip = slip_of(book, leave_id)
    fields = _fields(texts_of(slip) | dict(texts), slip.event_id)
    with book.act("修改请假条") as transaction:
        store.update(transaction, leave_id, fields)
    return _told(book, slip_of(book, leave_id))


def take_out(book: Book, leave_id: int) -> None:
    """Take out a slip that was written by mistake; the record of changes keeps it."""
    slip_of(book, leave_id)
    with book.act("去掉请假条") as transaction:
        store.delete(transaction, leave_id)


def texts_of(slip: Leave) -> dict[str, str]:
    """A slip as a form is filled with."""
    texts = {name: str(getattr(slip, name)) for name in (*_TEXTS, "form")}
    for name in _DATES:
        day = getattr(slip, name)
        texts[name] = day.isoformat() if day else ""
    return texts


def slip_history(book: Book, leave_id: int) -> list[Change]:
    """Every change of a slip, newest first (SUP-05)."""
    return changes.changes_of(book, "leave", leave_id)


def paper_is_demanded(book: Book, on: date) -> bool:
    """Whether the rules of a day want leave in writing; an oral one is then a warning."""
    rule = rule_book_of(book).rule("leave.written", on)
    return bool(rule and rule.value)


def without_slip(book: Book, year: int) -> list[tuple[int, int, str, date]]:
    """(event, member, name, day) of those marked 请假 in a year whom no slip covers, oldest first."""
    return store.without_slip(book, check_year(year))


def _fields(texts: Mapping[str, str], event_id: int | None) -> dict[str, str | None]:
    unknown = next((name for name in texts if name not in (*_TEXTS, *_DATES, "form")), None)
    if unknown is not None:
        raise UserMistake(f"请假条没有「{unknown}」这一项，可用：{'、'.join((*_TEXTS, *_DATES, 'form'))}。")
    fields: dict[str, str | None] = {}
    for name, (word, limit) in _TEXTS.items():
        fields[name] = line_to_keep(texts.get(name, ""), word, limit)
    for name, word in _DATES.items():
        fields[name] = _day(texts.get(name, ""), word)
    fields["form"] = texts.get("form") or "written"
    if fields["form"] not in FORM_WORDS:
        raise UserMistake(f"请假方式「{fields['form']}」没有看懂，请写 written（书面）或 oral（口头）。")
    if not fields["reason_class"]:
        raise UserMistake("事由类别没有选，请选一类。")
    if not fields["applied_on"]:
        raise UserMistake("申请日期没有填，请写上交来请假条的日子。")
    if event_id is not None:
        return fields | {"first_day": None, "last_day": None}
    if not fields["first_day"]:
        raise UserMistake("请假的日子没有填，请写从哪天到哪天，或选一次活动。")
    fields["last_day"] = fields["last_day"] or fields["first_day"]
    if str(fields["last_day"]) < str(fields["first_day"]):
        raise UserMistake(f"请假到 {fields['last_day']}，早于开始的 {fields['first_day']}，请核对这两个日期。")
    return fields


def _day(text: str, word: str) -> str | None:
    if not text.strip():
        return None
    partial = parse_partial_date(text)
    if partial is None or partial.day is None:
        raise UserMistake(f"「{word}」要写到哪一天，请写成 2026-11-06 这样。")
    return partial.iso


def _told(book: Book, slip: Leave) -> list[str]:
    """What is odd about a slip; it is written all the same (warn, never block)."""
    told = [f"请假条 {slip.applied_on} 交，晚于 {slip.begins}，两个日期都已记下"] if slip.is_late else []
    if slip.form == "oral" and not slip.paper:
        asked = "，规则要求书面请假" if paper_is_demanded(book, slip.begins or slip.applied_on) else ""
        told.append(f"口头请假，请补书面材料{asked}")
    if slip.applied_on > book.clock.today:
        told.append(f"申请日期 {slip.applied_on} 在今天之后，请核对")
    return told
