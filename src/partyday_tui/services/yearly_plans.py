"""Reading the constitution through the year, the study topic of each month, and the dates of the yearly plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.duties.facts import Plan, Segment
from partyday_tui.rules.duties.plans import PARTY_DAY_PLAN
from partyday_tui.rules.event_record import clean_text
from partyday_tui.rules.month import Month
from partyday_tui.services.events import existing_event
from partyday_tui.services.holidays import check_year
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store import yearly_plans as store
from partyday_tui.store.book import Book

CONSTITUTION = ("总纲", *(f"第{number}章" for number in "一二三四五六七八九十"), "第十一章")
"""The constitution of 2022: 总纲 and eleven chapters (domain.md B20; the list is editable)."""


@dataclass(frozen=True, slots=True)
class YearlyPlans:
    """The plans of one year; ``plans`` holds every plan that the rules or the book name, dated or not (``id`` 0)."""

    year: int
    segments: tuple[Segment, ...]
    topics: dict[int, str]
    plans: tuple[Plan, ...]


def read_plans(book: Book, year: int) -> YearlyPlans:
    """The reading plan, the study topics and the plans of a year."""
    known = {plan.name: plan for plan in store.plans(book, check_year(year))}
    rule = rule_book_of(book).rule("plan.study", date(year, 1, 31))
    named = [PARTY_DAY_PLAN, *(rule.value if rule and isinstance(rule.value, tuple) else ())]
    plans = tuple(known.get(name, Plan(0, year, name)) for name in dict.fromkeys([*named, *known]))
    return YearlyPlans(year, tuple(store.segments(book, year)), store.topics(book, year), plans)


def seed_segments(book: Book, year: int) -> int:
    """Write 总纲 and the chapters as the year's reading plan where there is none; returns how many were written."""
    if store.segments(book, check_year(year)):
        return 0
    with book.act(f"排{year}年党章诵读计划") as transaction:
        store.add_segments(transaction, year, CONSTITUTION)
    return len(CONSTITUTION)


def add_segment(book: Book, year: int, title: str) -> None:
    """Add a segment at the end of a year's plan."""
    cleaned = clean_text(title, "段落", 80, required=True)
    with book.act("加诵读段落") as transaction:
        store.add_segments(transaction, check_year(year), [cleaned])


def rename_segment(book: Book, segment_id: int, title: str) -> None:
    """Give a segment another title."""
    cleaned = clean_text(title, "段落", 80, required=True)
    with book.act("改诵读段落") as transaction:
        store.rename_segment(transaction, segment_id, cleaned)


def take_segment_out(book: Book, segment_id: int) -> None:
    """Take a segment out of the plan, with the days on which it was read."""
    with book.act("去掉诵读段落") as transaction:
        store.delete_segment(transaction, segment_id)


def mark_read(book: Book, segment_id: int, on: date | None) -> None:
    """Write the day on which a segment was read on its own; None takes all its readings out."""
    if on is not None and on > book.clock.today:
        raise UserMistake("诵读日期在今天以后，请填已经诵读的日期。")
    with book.act("记党章诵读") as transaction:
        if on is None:
            store.delete_readings(transaction, segment_id)
        else:
            store.add_reading(transaction, segment_id, on)


def read_at_event(book: Book, event_id: int, segment_ids: frozenset[int]) -> None:
    """Write which segments of its year were read at an event, on its day."""
    event = existing_event(book, event_id)
    if event.on_date is None:
        raise UserMistake("这次活动还没有定日期，请先在年历（F3）里定下日期。")
    had = {it.segment_id for it in store.readings(book, event.on_date.year) if it.event_id == event_id}
    with book.act("记党章诵读") as transaction:
        for key in sorted(had - segment_ids):
            store.delete_readings(transaction, key, event_id)
        for key in sorted(segment_ids - had):
            store.add_reading(transaction, key, event.on_date, event_id)


def segments_at(book: Book, event_id: int) -> tuple[tuple[Segment, ...], frozenset[int]]:
    """(the segments of the event's year, those that were read at the event)."""
    event = existing_event(book, event_id)
    year = event.on_date.year if event.on_date else int(event.month[:4])
    read = {it.segment_id for it in store.readings(book, year) if it.event_id == event_id}
    return tuple(store.segments(book, year)), frozenset(read)


def write_topic(book: Book, month: Month, topic: str) -> None:
    """Write the study topic of a month; a blank takes it out."""
    cleaned = clean_text(topic, "学习内容", 2000)
    with book.act("写学习计划") as transaction:
        store.write_topic(transaction, str(month), cleaned)


def write_plan_dates(book: Book, year: int, name: str, made_on: date | None, filed_on: date | None) -> None:
    """Write when a yearly plan was made and when it was filed with the superior (CAL-15)."""
    with book.act("记计划日期") as transaction:
        store.write_plan_dates(
            transaction, check_year(year), clean_text(name, "计划", 80, required=True), made_on, filed_on
        )
