"""The demo branch: a fictitious village with a year of history, made through the same services as any other book."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from partyday_tui import paths
from partyday_tui.clock import Clock
from partyday_tui.rules.events import Event
from partyday_tui.rules.month import Month
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import RollEntry, Status
from partyday_tui.services import demo_dues, moving, plan, plan_import, roll, roster, roster_import
from partyday_tui.services.books import make_book, open_existing
from partyday_tui.services.demo_absence import ask_for_today, follow_up, hand_in_slips
from partyday_tui.services.demo_evaluation import appraise_last_year, review_event
from partyday_tui.services.demo_records import plan_the_year, prepare, write_up
from partyday_tui.services.demo_registers import fill_registers
from partyday_tui.services.readings import reading_of
from partyday_tui.store.book import Book

DEMO_DAY = date(2026, 11, 6)
_FIRST_DAY = date(2026, 1, 4)
_OPEN_DAY, _LEFT_OPEN = date(2026, 10, 9), 2  # a roll that was not finished, for the desk to speak of
_GUESTS = (("周第一", "第一书记", "县农业农村局"), ("何树苗", "入党积极分子", ""), ("方代表", "群众代表", ""))


def make_demo(path: Path, clock: Clock) -> None:
    """Make the demo book at `path`, as it stands on the morning of its November party day."""
    book = make_book(
        path,
        Clock(_FIRST_DAY),
        name="柳湾村党支部",
        preset="rural_community",
        superior="青山镇党委",
        secretary="罗有秀",
    )
    try:
        roster_import.commit(book, roster_import.preview(book, paths.demo_files() / "党员花名册.xlsx"))
        appraise_last_year(book)
        plan.make_plan(book, DEMO_DAY.year)
        plan_import.write_plan(book, plan_import.preview_plan(book, paths.demo_files() / "年度计划表.xlsx"))
        _move_august(book)
        plan_the_year(book, DEMO_DAY.year)
        demo_dues.assess_everyone(book)
        hand_in_slips(book)
        held = [event for event in plan.events_of(book, DEMO_DAY.year) if event.on_date and event.on_date < DEMO_DAY]
        for event in sorted(held, key=lambda event: event.on_date or DEMO_DAY):
            if event.on_date is not None:
                demo_dues.close_before(book, Month.of(event.on_date))
                book.clock = Clock(event.on_date)
                _let_people_come_and_go(book, event.on_date)
                _hold(book, event, event.on_date)
                if event.on_date != _OPEN_DAY:
                    follow_up(book, event, event.on_date)
                    book.clock = Clock(event.on_date)
                write_up(book, event, event.on_date)
                review_event(book, event, event.on_date)
                demo_dues.collect_at(book, event.on_date)
        demo_dues.close_before(book, Month.of(DEMO_DAY))
        book.clock = Clock(DEMO_DAY)
        prepare(book, DEMO_DAY)
        ask_for_today(book, next(event for event in plan.events_of(book, DEMO_DAY.year) if event.on_date == DEMO_DAY))
        fill_registers(book)
    finally:
        book.close()


def _move_august(book: Book) -> None:
    """High water on the party day of August: moved a week, asked for and agreed to."""
    book.clock = Clock(date(2026, 1, 9))
    august = next(event for event in plan.events_of(book, DEMO_DAY.year) if event.month == "2026-08")
    moving.move_event(
        book, august.id, date(2026, 8, 14), "防汛值守", requested_on=date(2026, 8, 3), document_no="柳支〔2026〕5号"
    )
    request = moving.requests_of(book, august.id)[0]
    moving.write_request(
        book,
        request.id,
        requested_on=date(2026, 8, 3),
        document_no="柳支〔2026〕5号",
        replied_on=date(2026, 8, 4),
        approver="青山镇党委",
        approved=True,
    )


def _let_people_come_and_go(book: Book, day: date) -> None:
    """One member dies in spring, one moves away in summer: the rolls of past months still show who belonged then."""
    leaving = {
        date(2026, 5, 8): ("解永志", "died", date(2026, 4, 20), ""),
        date(2026, 9, 4): ("韩英桂", "transfer_out", date(2026, 8, 25), "县第一中学党支部"),
    }
    if day in leaving:
        name, kind, on, place = leaving[day]
        member = next(line.member for line in roster.read_roster(book, day) if line.member.name == name)
        roster.add_movement(book, member.id, kind, on, place, "")


def open_demo(path: Path, clock: Clock) -> Book:
    """Open the demo book on its day."""
    return open_existing(path, clock)


def _hold(book: Book, event: Event, day: date) -> None:
    """Call the roll of a past event as a village would have: most came, the floating did not, a few had reasons."""
    chance = Random(day.toordinal())
    held = roll.read_roll(book, event)
    first = _LEFT_OPEN if day == _OPEN_DAY else 0
    marks = [
        replace(_mark(entry, chance), marked_at=f"{day}T19:{chance.randint(0, 25):02d}:00+08:00")
        for entry in held.entries[first:]
    ]
    roll.write_marks(book, event, [marks])
    for name, guest_class, unit in _GUESTS[: chance.randint(0, len(_GUESTS))]:
        known = next((guest for guest in roll.known_guests(book) if guest.name == name), None)
        roll.seat_guest(book, event, known or Guest(0, name, reading_of(name), guest_class, unit))


def _mark(entry: RollEntry, chance: Random) -> roll.Mark:
    draw = chance.random()
    if entry.floating and draw < 0.85:
        return roll.Mark(entry.member_id, Status.LEAVE, "外出务工")
    if entry.infirm and draw < 0.6:
        return roll.Mark(entry.member_id, Status.OTHER, "送学上门")
    if draw > 0.97:
        return roll.Mark(entry.member_id, Status.ABSENT)
    if draw > 0.92:
        return roll.Mark(entry.member_id, Status.LEAVE, chance.choice(("住院", "照看孙子", "赶集卖菜")))
    return roll.Mark(entry.member_id, Status.LATE if draw > 0.88 else Status.PRESENT)
