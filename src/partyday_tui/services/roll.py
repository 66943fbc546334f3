"""Calling the roll: marks that are on the disk before they are on the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from partyday_tui.errors import UserMistake
from partyday_tui.rules.changes import Change
from partyday_tui.rules.events import Event
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import RollCounts, RollEntry, Status, count_roll
from partyday_tui.rules.text import LINE_LIMIT, clean_name, line_to_keep
from partyday_tui.services.namesakes import asides
from partyday_tui.store import attendance, changes, events, leave, members
from partyday_tui.store import roll as rolls
from partyday_tui.store.book import Book

_LONGEST_UNIT = 80  # characters, as the schema has it


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be written for one member: a status, or None to clear it, with the whole reason.

    ``marked_at`` is the instant to write (an undo brings the old one back), None for now.
    """

    member_id: int
    status: Status | None
    reason: str = ""
    marked_at: str | None = None


@dataclass(frozen=True, slots=True)
class Roll:
    """The one reading behind the screen, the sign-in sheet and ``--json``.

    ``closed_at`` is the instant at which the roll was closed, '' while it is open; ``proposals`` the reason by member whom a leave
    slip covers: it proposes 请假 and marks nothing (ATT-03); ``asides`` what tells members of one name apart.
    """

    event: Event
    day: date
    entries: tuple[RollEntry, ...]
    guests: tuple[Guest, ...]
    is_frozen: bool
    closed_at: str = ""
    proposals: Mapping[int, str] = field(default_factory=dict)
    asides: Mapping[int, str] = field(default_factory=dict)

    @property
    def counts(self) -> RollCounts:
        """The heads, counted from the rows."""
        return count_roll(self.entries)


def read_roll(book: Book, event: Event) -> Roll:
    """The roll of an event; before the first mark the list follows the roster (ATT-01)."""
    day = roll_day(book, event)
    entries = tuple(rolls.roll(book, event.id, day))
    return Roll(
        event,
        day,
        entries,
        tuple(rolls.guests_of(book, event.id)),
        rolls.is_frozen(book, event.id),
        attendance.closed_at(book, event.id),
        {member_id: slip.words for member_id, slip in leave.covering(book, event.id, event.on_date).items()},
        asides(book, ((entry.member_id, entry.name) for entry in entries)),
    )


def roll_day(book: Book, event: Event) -> date:
    """The day whose members are expected: the event's, or today for one without a date yet."""
    return event.on_date or book.clock.today


def write_marks(book: Book, event: Event, batches: Sequence[Sequence[Mark]], *, what: str = "点名") -> list[str]:
    """Write batches of marks, each batch one act, all in one commit; returns the instant of each batch.

    The commit has returned, and the marks are on the disk, when this returns. The expected list is frozen with the first mark.
    Raises UserMistake for a reason that is too long; then nothing is written.
    """
    reasons = {mark.reason: line_to_keep(mark.reason, "事由", LINE_LIMIT) for batch in batches for mark in batch}
    instants = []
    with book.transaction() as transaction:
        for batch in batches:
            transaction.begin_act(what)
            if not rolls.is_frozen(book, event.id):
                rolls.freeze(transaction, event.id, roll_day(book, event))
            instant = book.clock.instant()
            rolls.write_marks(
                transaction,
                event.id,
                [
                    (m.member_id, m.status, reasons[m.reason], "" if m.status is None else m.marked_at or instant)
                    for m in batch
                ],
            )
            instants.append(instant)
    return instants


def refresh_expected(book: Book, event: Event) -> None:
    """Bring a frozen list to the roster as it stands now: the missing are added, unmarked strangers leave.

    Before the first mark there is nothing to bring up: the list follows the roster by itself.
    """
    if not rolls.is_frozen(book, event.id):
        return
    day = roll_day(book, event)
    with book.act("更新应到名单") as transaction:
        rolls.drop_unmarked_strangers(transaction, event.id, day)
        rolls.freeze(transaction, event.id, day)


def roster_drift(book: Book, event: Event) -> tuple[int, int]:
    """(too many, too few) on a frozen list against the roster of that day; (0, 0) before the first mark."""
    if not rolls.is_frozen(book, event.id):
        return 0, 0
    return rolls.strangers_and_missing(book, event.id, roll_day(book, event))


def seat_guest(book: Book, event: Event, guest: Guest) -> Guest:
    """Write that a guest sits in, and the person too when new (``id`` 0); returns the guest with its key."""
    if guest.id == 0:
        guest = replace(guest, name=_guest_name(guest.name), unit=line_to_keep(guest.unit, "单位", _LONGEST_UNIT))
    with book.act("登记列席") as transaction:
        if guest.id == 0:
            key = members.insert_guest(transaction, guest)
            guest = replace(guest, id=key)
        rolls.seat_guest(transaction, event.id, guest)
    return guest


def _guest_name(typed: str) -> str:
    name = clean_name(typed)
    if name.problem:
        raise UserMistake(name.problem)
    return name.text


def unseat_guest(book: Book, event: Event, guest: Guest) -> None:
    """Take a guest off the event; the person stays in the list of guests."""
    with book.act("取消列席") as transaction:
        rolls.unseat_guest(transaction, event.id, guest.id)


def mark_history(book: Book, event: Event, member_id: int) -> list[Change]:
    """Every change of one member's mark, newest first."""
    return changes.changes_of_mark(book, event.id, member_id)


def event_to_call(book: Book) -> Event | None:
    """The event whose roll is most likely wanted: today's, else the latest past one, else the next one."""
    today = book.clock.today
    past = events.events_between(book, today - timedelta(days=400), today)
    if past:
        return past[-1]
    coming = events.events_between(book, today, today + timedelta(days=400))
    return coming[0] if coming else None


def event_with_key(book: Book, event_id: int) -> Event | None:
    """One event, or None."""
    return events.event(book, event_id)


def event_to_open(book: Book, event_id: int | None) -> Event | None:
    """The event of this key, or without one the event whose roll is most likely wanted; None where there is none."""
    return event_to_call(book) if event_id is None else event_with_key(book, event_id)


def events_to_call(book: Book) -> list[Event]:
    """The dated events of the last year and of the coming month, the nearest past one first."""
    today = book.clock.today
    found = events.events_between(book, today - timedelta(days=366), today + timedelta(days=31))
    past = [event for event in found if event.on_date and event.on_date <= today]
    coming = [event for event in found if event.on_date and event.on_date > today]
    return [*reversed(past), *coming]


def known_guests(book: Book) -> list[Guest]:
    """Everyone who may sit in and is known to the book."""
    return members.guests(book)
