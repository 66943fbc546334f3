"""Moving a date: what the preset asks for it, the request or report that goes with it, and dates that a notice displaces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.calendar import Calendar, not_announced
from partyday_tui.rules.events import ChangeRequest, Event
from partyday_tui.rules.month import Month
from partyday_tui.rules.moving import Landing, land
from partyday_tui.rules.rule_book import RuleBook
from partyday_tui.rules.schedule import Window
from partyday_tui.rules.text import LINE_LIMIT, clean_line, line_to_keep
from partyday_tui.services.events import existing_event
from partyday_tui.services.holidays import calendar_for, check_year
from partyday_tui.services.plan import lasting_reason, planned_of
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store import events as store
from partyday_tui.store.book import Book

_DUTIES = {"consent": "consent", "report": "report"}
_LONGEST_WORDS = 80


@dataclass(frozen=True, slots=True)
class MoveDuty:
    """What a change of this event's date asks for: ``duty`` consent, report or none, and the sentence that says so.

    ``restraint`` is the rule's sentence against changing at will, or nothing; ``changes`` counts this year's (CAL-13).
    """

    duty: str
    sentence: str
    restraint: str
    changes: int


@dataclass(frozen=True, slots=True)
class Displaced:
    """A planned date that has become a day off; ``landing`` is where the rules would put it, its day None to be asked."""

    event: Event
    landing: Landing


def move_duty(book: Book, event: Event) -> MoveDuty:
    """What the rules in force on the event's day ask for when its date is changed (CAL-11, CAL-12)."""
    rules, on = rule_book_of(book), _rules_day(event)
    change = rules.rule("party_day.change", on)
    restrained = rules.rule("party_day.change_restrained", on)
    return MoveDuty(
        _DUTIES.get(str(change.value), "none") if change else "none",
        change.source if change else "",
        restrained.source if restrained and restrained.value else "",
        store.count_changes(book, Month.parse(event.month).year),
    )


def move_warnings(book: Book, event: Event, to: date) -> list[str]:
    """What speaks against a new date, one sentence each, the rule's own sentence in it; nothing here forbids it.

    Raises UserMistake for a date that is no change.
    """
    if to == event.on_date:
        raise UserMistake("新日期和原来的一样，请写另一天。")
    check_year(to.year)
    rules, on, calendar = rule_book_of(book), _rules_day(event), calendar_for(book, [to.year])
    month = Month.parse(event.month)
    warnings = []
    same_month = rules.rule("party_day.change_same_month", on)
    if to not in month and same_month and same_month.value:
        warnings.append(f"新日期不在{month.month}月：{same_month.source}。")
    elif to not in month and "party_day" in event.kinds:
        warnings.append(f"新日期不在{month.month}月，{month.month}月就没有主题党日了。")
    window = rules.schedule_on(on).day_rule
    if isinstance(window, Window) and "party_day" in event.kinds and not window.first <= to.day <= window.last:
        warnings.append(f"规则是{window}。")
    if calendar.is_holiday(to, rules.schedule_on(on).holiday.reading):
        holiday = rules.rule("party_day.holiday_policy", on)
        warnings.append(f"{_short(to)}{calendar.name_of(to)}放假{'：' + holiday.source if holiday else ''}。")
    if not calendar.is_announced(to.year):
        warnings.append(f"{not_announced(to.year)}，这一天以后可能放假。")
    others = [other for other in store.events_between(book, to, to) if "party_day" in other.kinds]
    if others and "party_day" in event.kinds:
        warnings.append(f"{_short(to)}已经有{others[0].kind_words}。")
    if event.marked:
        warnings.append("这次活动已经点过名，改日期不改点名记录。")
    return warnings


def move_event(
    book: Book, event_id: int, to: date, reason: str, *, requested_on: date | None = None, document_no: str = ""
) -> MoveDuty:
    """Write the new date, where it was before, the reason, and the request that the preset asks for, in one act.

    The event keeps its slot and the rule under which it was made. With ``requested_on`` the request counts as sent.
    """
    event = existing_event(book, event_id)
    if to == event.on_date:
        raise UserMistake("新日期和原来的一样，请写另一天。")
    check_year(to.year)
    reason = clean_line(reason).text
    if not reason or len(reason) > LINE_LIMIT:
        raise UserMistake(f"改期要写明原因，不超过 {LINE_LIMIT} 个字，请补上。")
    duty = move_duty(book, event)
    moved = {
        "on_date": to.isoformat(),
        "moved_from": event.on_date.isoformat() if event.on_date else None,
        "moved_reason": reason,
    }
    request = {
        "event_id": event_id,
        "from_date": moved["moved_from"],
        "to_date": moved["on_date"],
        "reason": reason,
        "duty": duty.duty,
        "state": "sent" if requested_on else "drafted",
        "requested_on": _iso(requested_on),
        "document_no": line_to_keep(document_no, "文号", _LONGEST_WORDS),
    }
    with book.act("变更活动时间", with_session=True) as transaction:
        store.update_event(transaction, event_id, moved)
        store.insert_change_request(transaction, request)
    return duty


def requests_of(book: Book, event_id: int) -> list[ChangeRequest]:
    """The requests of one event, newest first."""
    return store.change_requests(book, event_id)


def write_request(
    book: Book,
    request_id: int,
    *,
    requested_on: date | None,
    document_no: str,
    replied_on: date | None,
    approver: str,
    approved: bool | None,
) -> None:
    """Write how far a request has come: sent when, with which number, answered when and by whom; None: not answered."""
    if requested_on and replied_on and replied_on < requested_on:
        raise UserMistake("答复日期早于送出日期，请核对这两个日期。")
    state = ("sent" if requested_on else "drafted") if approved is None else "approved" if approved else "refused"
    fields = {
        "state": state,
        "requested_on": _iso(requested_on),
        "document_no": line_to_keep(document_no, "文号", _LONGEST_WORDS),
        "replied_on": _iso(replied_on),
        "approver": line_to_keep(approver, "批复人", _LONGEST_WORDS),
    }
    with book.act("登记变更请示", with_session=True) as transaction:
        store.update_change_request(transaction, request_id, fields)


def move_back(book: Book, request_id: int) -> None:
    """Put the date back to where it was before a request, for one that was refused; one act, no new request."""
    request = store.change_request(book, request_id)
    if request is None or request.from_date is None:
        raise UserMistake("这份请示没有原来的日期，请用「改期」写上日期。")
    event = existing_event(book, request.event_id)
    moved_from, reason = _how_it_came(book, event, request)
    fields = {"on_date": request.from_date.isoformat(), "moved_from": _iso(moved_from), "moved_reason": reason}
    with book.act("改回原来的日期", with_session=True) as transaction:
        store.update_event(transaction, event.id, fields)


def displaced(book: Book, year: int) -> list[Displaced]:
    """The dates of a year from today on, with no roll yet, that are days off now, each with the day the rules offer.

    七一 and events without a rule stay where they are: nobody asked for those to make way for a holiday.
    """
    rules, calendar, today = rule_book_of(book), calendar_for(book, [year]), book.clock.today
    coming = (event for event in store.events_of_year(book, year) if event.on_date and event.on_date >= today)
    ruled = (event for event in coming if event.rule and not event.expected and "founding_day" not in event.kinds)
    found = []
    for event in ruled:
        landing = _landing(event, rules, calendar)
        if landing is not None:
            found.append(Displaced(event, landing))
    return found


def move_displaced(book: Book, dates: Iterable[Displaced]) -> int:
    """Move displaced dates to where the rules put them, in one act; returns how many. Those to be asked stay."""
    found = [(it.event, it.landing) for it in dates if it.landing.day is not None]
    if found:
        with book.act("按放假安排调整日期", with_session=True) as transaction:
            for event, landing in found:
                reason = "；".join(filter(None, [event.moved_reason, landing.reason]))
                moved = {
                    "on_date": _iso(landing.day),
                    "moved_from": _iso(event.moved_from or event.on_date),
                    "moved_reason": reason if len(reason) <= LINE_LIMIT else landing.reason,
                }
                store.update_event(transaction, event.id, moved)
    return len(found)


def _how_it_came(book: Book, event: Event, request: ChangeRequest) -> tuple[date | None, str]:
    """Where the date before a request had come from, and why: an earlier request, else what the rules gave."""
    for earlier in requests_of(book, event.id):
        if earlier.id < request.id and earlier.to_date == request.from_date:
            return earlier.from_date, earlier.reason
    for planned in planned_of(book, Month.parse(event.month).year):
        if str(planned.month) == event.month and planned.kinds & event.kinds and planned.date == request.from_date:
            return planned.moved_from, lasting_reason(planned)
    return None, ""


def _landing(event: Event, rules: RuleBook, calendar: Calendar) -> Landing | None:
    """Where a date goes that has become a day off; None where it may stay."""
    assert event.on_date is not None
    month = Month.parse(event.month)
    landing = land(event.on_date, month, rules.schedule_on(month.first_day).holiday, calendar)
    return None if landing.day == event.on_date else landing


def _rules_day(event: Event) -> date:
    return event.on_date or Month.parse(event.month).first_day


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
