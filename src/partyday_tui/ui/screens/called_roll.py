"""A roll as the disk holds it and the marks that are on their way there; plain values, nothing of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from partyday_tui.rules.roll import RollEntry, Status, recount
from partyday_tui.rules.text import LINE_LIMIT
from partyday_tui.services.roll import Mark

if TYPE_CHECKING:
    from partyday_tui.services.roll import Roll

_WITH_REASON = (Status.LEAVE, Status.ABSENT, Status.OTHER)


class CalledRoll:
    """``entries`` by member are what the disk holds, ``wanted`` what was asked for and is not there yet."""

    def __init__(self, roll: Roll) -> None:
        self.event = roll.event
        self.entries = {entry.member_id: entry for entry in roll.entries}
        self.numbers = {member_id: number for number, member_id in enumerate(self.entries, 1)}
        self.counts = roll.counts
        self.guests = roll.guests
        self.closed_at = roll.closed_at
        self.proposals = roll.proposals
        self.asides = roll.asides
        self.wanted: dict[int, Mark] = {}

    @property
    def is_all_marked(self) -> bool:
        """Whether nobody is unmarked."""
        return bool(self.counts.expected) and not self.counts.unmarked

    def group_after(self, group: str) -> str:
        """The party group to show next; after the last comes '', which is everyone."""
        groups = ["", *sorted({entry.group for entry in self.entries.values() if entry.group})]
        return groups[(groups.index(group) + 1) % len(groups) if group in groups else 0]

    def of_group(self, group: str) -> list[RollEntry]:
        """The entries of a group, of everyone where it is ''."""
        return [entry for entry in self.entries.values() if group in ("", entry.group)]

    def rest(self, group: str) -> list[RollEntry]:
        """Who of a group is unmarked once everything asked for is on the disk."""
        return [entry for entry in self.of_group(group) if self.mark_of(entry).status is None]

    def proposal(self, entry: RollEntry) -> str:
        """What the slip says that covers a member, '' without one."""
        return self.proposals.get(entry.member_id, "")

    def mark_of(self, entry: RollEntry) -> Mark:
        """What an entry will hold once everything asked for is on the disk."""
        held = Mark(entry.member_id, entry.status, entry.reason, entry.marked_at or None)
        return self.wanted.get(entry.member_id) or held

    def mark(self, entry: RollEntry, status: Status | None) -> Mark:
        """A new mark; a reason outlives a correction between leave, absence and other ways, and a leave takes the slip's."""
        if status not in _WITH_REASON:
            return Mark(entry.member_id, status)
        slip = self.proposal(entry)[:LINE_LIMIT] if status is Status.LEAVE else ""
        return Mark(entry.member_id, status, self.mark_of(entry).reason or slip)

    def want(self, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        """Take marks as asked for; returns the marks that undo them."""
        before = tuple(self.mark_of(self.entries[mark.member_id]) for mark in marks)
        self.wanted.update({mark.member_id: mark for mark in marks})
        return before

    def wrote(self, marks: Iterable[Mark], instant: str) -> list[tuple[RollEntry, RollEntry]]:
        """Take one batch as written at an instant; returns each entry before and after."""
        pairs = []
        for mark in marks:
            entry = self.entries[mark.member_id]
            at = "" if mark.status is None else mark.marked_at or instant
            self.entries[mark.member_id] = marked = _with(entry, mark, at)
            self.counts = recount(self.counts, entry, marked)
            if self.wanted.get(mark.member_id) == mark:
                del self.wanted[mark.member_id]
            pairs.append((entry, marked))
        return pairs


def _with(entry: RollEntry, mark: Mark, at: str) -> RollEntry:
    return RollEntry(
        entry.member_id, entry.name, entry.reading, entry.group, entry.kind, entry.post, entry.floating, entry.infirm,
        mark.status, mark.reason, at,
    )  # fmt: skip
