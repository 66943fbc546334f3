"""Adding, editing and taking out single events of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.changes import Change
from partyday_tui.rules.event_fields import clean_fields
from partyday_tui.rules.events import Event
from partyday_tui.rules.month import Month
from partyday_tui.services.holidays import check_year
from partyday_tui.store import changes
from partyday_tui.store import events as store
from partyday_tui.store.book import Book
from partyday_tui.store.event_record import is_written_up
from partyday_tui.store.leave import is_named_by_slip


def add_event(book: Book, month: Month, on_date: date | None, kinds: frozenset[str], texts: Mapping[str, str]) -> int:
    """Write a new event into the slot ``month``; returns its key. ``texts`` as `event_fields.clean_fields` takes them."""
    _has_kind(kinds)
    check_year(month.year)
    fields = {"month": str(month), "on_date": on_date.isoformat() if on_date else None, **clean_fields(texts)}
    with book.act("加活动", with_session=True) as transaction:
        return store.insert_event(transaction, fields, kinds)


def edit_event(book: Book, event_id: int, kinds: frozenset[str], texts: Mapping[str, str]) -> None:
    """Write an event's texts and kinds anew; its date has its own ways (`moving.move_event`, `set_date`)."""
    _has_kind(kinds)
    fields = clean_fields(texts)
    with book.act("修改活动", with_session=True) as transaction:
        store.update_event(transaction, event_id, fields)
        store.set_kinds(transaction, event_id, kinds)


def set_date(book: Book, event_id: int, on_date: date) -> None:
    """Settle the day of an event that has none, or that no rule dated; a dated event of the plan is moved instead."""
    event = existing_event(book, event_id)
    if event.rule and event.on_date:
        raise UserMistake("这次活动的日期是按规则排的，请用「改期」变更。")
    check_year(on_date.year)
    fields = {"on_date": on_date.isoformat()}
    if not event.rule:
        fields["month"] = str(Month.of(on_date))
    with book.act("定活动日期", with_session=True) as transaction:
        store.update_event(transaction, event_id, fields)


def take_event_out(book: Book, event_id: int) -> None:
    """Take an event out of the plan; refused while a roll, a guest or a request hangs on it."""
    rolled, guests, requests = store.what_hangs_on(book, event_id)
    if rolled:
        raise UserMistake("这次活动已经点过名，不能去掉；没有开展的，请在备注里写明。")
    if guests:
        raise UserMistake("这次活动登记了列席人员，不能去掉；请先在点名页去掉列席人员。")
    if requests:
        raise UserMistake("这次活动有变更请示的记录，不能去掉；没有开展的，请在备注里写明。")
    if is_named_by_slip(book, event_id):
        raise UserMistake("这次活动有请假条，不能去掉；请先在请假里去掉请假条，没有开展的，请在备注里写明。")
    if is_written_up(book, event_id):
        raise UserMistake("这次活动已经写了活动记录，不能去掉；没有开展的，请在备注里写明。")
    with book.act("去掉活动") as transaction:
        store.delete_event(transaction, event_id)


def existing_event(book: Book, event_id: int) -> Event:
    """One event; raises UserMistake where it has been taken out."""
    event = store.event(book, event_id)
    if event is None:
        raise UserMistake("这次活动已经不在计划里了，请重新看年历。")
    return event


def events_on(book: Book, day: date) -> list[Event]:
    """The events of one day."""
    return store.events_between(book, day, day)


def event_history(book: Book, event_id: int) -> list[Change]:
    """Every change of an event, newest first (SUP-05)."""
    found = [*changes.changes_of(book, "event", event_id), *changes.changes_of(book, "event_record", event_id)]
    return sorted(found, key=lambda change: change.at, reverse=True)


def _has_kind(kinds: frozenset[str]) -> None:
    if not kinds:
        raise UserMistake("没有选活动类别，请选一种。")
