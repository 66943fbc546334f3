"""表决: who is entitled at an event and who came, from its roll, and the vote that a form begins with (PRO-08, F5 to F8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD, RollEntry, Status
from partyday_tui.rules.votes import DEDUCTION_REASONS, Vote, deducted
from partyday_tui.services.events import existing_event
from partyday_tui.store import roll as rolls
from partyday_tui.store.book import Book


@dataclass(frozen=True, slots=True)
class Voter:
    """One 正式党员 at an event; ``suggested`` is a reason that the roster speaks for, '' for who came and where it speaks for none."""

    member_id: int
    name: str
    came: bool
    state: str
    suggested: str


def voters_of(book: Book, event_id: int) -> list[Voter]:
    """The full members on the roll of an event, those who did not come first; 预备党员 have no vote (F5)."""
    event = existing_event(book, event_id)
    entries = rolls.roll(book, event_id, event.on_date or book.clock.today)
    found = [_voter(entry) for entry in entries if entry.kind == "full"]
    return sorted(found, key=lambda voter: voter.came)


def _voter(entry: RollEntry) -> Voter:
    came = entry.status in (Status.PRESENT, Status.LATE)
    state = STATUS_WORDS[entry.status] if entry.status else UNMARKED_WORD
    known = DEDUCTION_REASONS[0] if entry.floating else DEDUCTION_REASONS[1] if entry.infirm else ""
    return Voter(entry.member_id, entry.name, came, state, "" if came else known)


def vote_to_begin_with(
    book: Book, event_id: int, kind: str = "ordinary", left_out: Mapping[int, str] | None = None
) -> Vote:
    """A vote without votes: the full members, those left out with their reasons, and the entitled who came (F8).

    ``left_out`` are reasons by member. Nobody is left out by the program itself.
    """
    voters, reasons = voters_of(book, event_id), left_out or {}
    without = [(voter.name, reasons[voter.member_id]) for voter in voters if voter.member_id in reasons]
    came = sum(voter.came for voter in voters if voter.member_id not in reasons)
    return Vote(kind, len(voters), came, 0, deductions=deducted(without))
