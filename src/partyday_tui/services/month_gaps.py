"""What is still missing of a month: rolls, absences, dues, and every duty that is open or late (SUP-01)."""

from __future__ import annotations

from collections.abc import Iterator

from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.duties.duty import Duty, State
from partyday_tui.rules.gaps import Gap
from partyday_tui.rules.month import Month
from partyday_tui.services.cases import open_cases
from partyday_tui.services.dues_handover import hand_over_words
from partyday_tui.services.dues_months import month_figures
from partyday_tui.services.self_check import read_check
from partyday_tui.store import attendance, events
from partyday_tui.store.book import Book

_OPEN_STATES = (State.OVERDUE, State.OPEN)
_ROLL_RULE = "attendance.recorded"


def month_gaps(book: Book, month: Month) -> tuple[Gap, ...]:
    """What a month lacks as the book stands today, each with its way; what is not due yet is no gap."""
    rolls = tuple(_rolls(book, month))
    called = {gap.target for gap in rolls}
    duties = (gap for key, gap in _duties(book, month) if key != _ROLL_RULE or gap.target not in called)
    return (*rolls, *_cases(book, month), *_dues(book, month), *duties)


def _rolls(book: Book, month: Month) -> Iterator[Gap]:
    for event in events.events_between(book, month.first_day, month.last_day):
        if event.on_date and event.on_date <= book.clock.today and not attendance.closed_at(book, event.id):
            state = "点名没有结束" if event.marked else "还没有点名"
            yield Gap("roll", f"{event.on_date} {event.kind_words}{state}", "roll", event.id)


def _cases(book: Book, month: Month) -> Iterator[Gap]:
    found = [case for case in open_cases(book, month.first_day) if case.on <= month.last_day]
    if found:
        names = tuple(dict.fromkeys(case.name for case in found))
        yield Gap("case", f"{len(found)}人次没有办完", "cases", names=names)


def _dues(book: Book, month: Month) -> Iterator[Gap]:
    figures = month_figures(book, month)
    unsettled = [row for row in figures.rows if row.state in ("", "unpaid")]
    unknown = tuple(row.member_name for row in unsettled if row.due_fen is None)
    short = [(row.member_name, row.due_fen - row.paid_fen) for row in unsettled if row.due_fen is not None]
    if unknown:
        yield Gap("dues", f"{len(unknown)}人还没有核定", "dues", names=unknown)
    if short:
        owed = sum(fen for _, fen in short)
        yield Gap("dues", f"{len(short)}人没有交清{yuan(owed)}元", "dues", names=tuple(name for name, _ in short))
    if words := hand_over_words(book, month, figures.in_hand_fen):
        yield Gap("dues", f"在手{yuan(figures.in_hand_fen)}元，{words}", "dues")
    if figures.rows and not figures.closed_on:
        yield Gap("close", f"{month} 还没有月结", "dues")


def _duties(book: Book, month: Month) -> Iterator[tuple[str, Gap]]:
    """Each open duty with the key of its rule."""
    check = read_check(book, "month", month)
    for duty in check.duties:
        if duty.state in _OPEN_STATES and not duty.rule_key.startswith("absence."):
            way = check.ways[duty.key]
            yield duty.rule_key, Gap("duty", _words(duty), way.where, way.target, duty.due_on, duty.missing)


def _words(duty: Duty) -> str:
    count = f"（{duty.tally[0]}/{duty.tally[1]}）" if duty.tally else ""
    return f"{duty.title}{count}{'，还缺' if duty.missing else ''}"
