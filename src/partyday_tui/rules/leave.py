"""请假: a slip for one event or for a span of days, what it covers and what it still lacks (ATT-03, ATT-09).

A slip marks nothing: it proposes 请假 in the roll and excuses an absence. Leave does not waive the make-up (ATT-08).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FORM_WORDS = {"written": "书面", "oral": "口头"}
REASON_CLASSES = ("外出务工", "因病", "照顾家人", "工作安排", "农忙", "其他")
"""The usual classes of reasons; those that a guide names come before them."""


@dataclass(frozen=True, slots=True)
class Leave:
    """One 请假条: for the event ``event_id``, or for every event from ``first_day`` to ``last_day``, both included.

    ``form`` is ``written`` or ``oral``; ``paper`` says where the paper is kept, '' while it is to follow. ``event_on`` and
    ``event_title`` are those of the event, None and '' for a span.
    """

    id: int
    member_id: int
    name: str
    reason_class: str
    applied_on: date
    event_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    reason: str = ""
    form: str = "written"
    granted_by: str = ""
    granted_on: date | None = None
    paper: str = ""
    reading: str = ""
    group: str = ""
    event_on: date | None = None
    event_title: str = ""

    @property
    def begins(self) -> date | None:
        """The first day that the slip is about; None for an event without a date."""
        return self.first_day or self.event_on

    @property
    def words(self) -> str:
        """The reason in words: the class, and what was written besides."""
        return "，".join(filter(None, (self.reason_class, self.reason)))

    @property
    def span(self) -> str:
        """What the slip is for, in words."""
        if self.event_id is not None:
            return f"{self.event_on or '未定日期'} {self.event_title}"
        return f"{self.first_day}" if self.first_day == self.last_day else f"{self.first_day} 至 {self.last_day}"

    @property
    def is_late(self) -> bool:
        """Whether the slip came after the day that it is about; both days are kept (REC-09)."""
        return self.begins is not None and self.applied_on > self.begins

    def is_about(self, first: date, last: date) -> bool:
        """Whether the slip is about a day of these, both included; one for an event without a date by the day it was handed in."""
        begins = self.begins or self.applied_on
        return begins <= last and (self.last_day or begins) >= first

    def covers(self, event_id: int, on: date | None) -> bool:
        """Whether the slip is for this event: for it by name, or for a span that its day lies in."""
        if self.event_id is not None:
            return self.event_id == event_id
        return on is not None and self.first_day is not None and self.first_day <= on <= (self.last_day or on)


def lacks(leave: Leave) -> tuple[str, ...]:
    """What is still missing of a slip, in words; a warning, nothing is refused for it."""
    paper = "待补书面" if leave.form == "oral" and not leave.paper else ""
    granted = "待批准" if not leave.granted_by else ""
    return tuple(filter(None, (paper, granted)))


def state_of(leave: Leave) -> str:
    """The slip in a word or three: what it lacks, and whether it came late."""
    return "，".join([*lacks(leave), *(["事后补交"] if leave.is_late else [])]) or "齐全"
