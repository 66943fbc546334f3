"""What is still missing of a month: rolls, absences, dues, and every duty that is open or late (SUP-01)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.duties.duty import Duty, State
from partyday_tui.rules.gaps import Gap
from partyday_tui.rules.month import Month
from partyday_tui.services.cases import open_cases
from partyday_tui.services.dues_months import month_figures
from partyday_tui.services.self_check import read_check
from partyday_tui.store import attendance, events
from partyday_tui.store.book import Book

_OPEN_STATES = (State.OVERDUE, State.OPEN)
_ROLL_RULE = "attendance.recorded"
_NAMED = 50  # names in one gap; a branch has more only where a whole company is one branch


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
        yield Gap("case", f"{len(found)}人次没有办完：{_named(dict.fromkeys(case.name for case in found))}", "cases")


def _dues(book: Book, month: Month) -> Iterator[Gap]:
    figures = month_figures(book, month)
    short = [row for row in figures.rows if row.state in ("", "unpaid")]
    if short:
        owed = sum(max((row.due_fen or 0) - row.paid_fen, 0) for row in short)
        names = _named(row.member_name for row in short)
        yield Gap("dues", f"{len(short)}人没有交清{yuan(owed)}元：{names}", "dues")
    if figures.rows and not figures.closed_on:
        yield Gap("close", f"{month} 还没有月结", "dues")


def _duties(book: Book, month: Month) -> Iterator[tuple[str, Gap]]:
    """Each open duty with the key of its rule."""
    check = read_check(book, "month", month)
    for duty in check.duties:
        if duty.state in _OPEN_STATES and not duty.rule_key.startswith("absence."):
            way = check.ways[duty.key]
            yield duty.rule_key, Gap("duty", _words(duty), way.where, way.target, duty.due_on)


def _words(duty: Duty) -> str:
    count = f"（{duty.tally[0]}/{duty.tally[1]}）" if duty.tally else ""
    missing = f"，缺{_named(duty.missing)}" if duty.missing else ""
    return f"{duty.title}{count}{missing}"


def _named(names: Iterable[str]) -> str:
    every = list(names)
    return "、".join(every[:_NAMED]) + (f"等{len(every)}个" if len(every) > _NAMED else "")
