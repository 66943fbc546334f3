"""The facts of one branch that its duties are judged by: plain values, filled by the store, none of them derived.

What there are hundreds of in a year is a named tuple, which is made in a fifth of the time that a frozen dataclass takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from partyday_tui.rules.calendar import Calendar
from partyday_tui.rules.development import Candidate
from partyday_tui.rules.lunar import LunarDay
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import RollCounts
from partyday_tui.rules.votes import Vote

OATH = "重温入党誓词"
SPEECHES = "系列讲话专题学习"
DUES_REPORT = "党费收缴"
"""Words of ``EventFacts.ticked`` that rules without a list of their own look for."""


class Step(NamedTuple):
    """A named step that was done on a day."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Decided:
    """A matter that was put to the vote at an event (PRO-08)."""

    id: int
    matter: str
    vote: Vote


class EventFacts(NamedTuple):
    """One event. ``month`` is its slot in the plan, ``on`` its day; ``kinds`` are keys of ``rules.events.KIND_WORDS``.

    ``held`` says that it took place: somebody marked its roll or wrote it up. ``host`` is the host's post, such as
    书记 or 组织委员. ``run_up`` are the ids of meetings linked as its preparation, ``took_part`` the members who came
    or took part in another way, ``ticked`` the standing content and the matters reported, in the words of the rules,
    ``lecturers`` the roles of those who lectured. ``group_id`` is set on a group meeting. ``photos_off`` of the ``photos`` are known
    to be of another day.
    """

    id: int
    month: Month
    on: date | None
    kinds: frozenset[str]
    held: bool = False
    group_id: int | None = None
    theme: str = ""
    required_theme: str = ""
    chosen_theme: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    host: str = ""
    host_reason: str = ""
    recorder: str = ""
    run_up: frozenset[int] = frozenset()
    steps: tuple[Step, ...] = ()
    roll: RollCounts = RollCounts()
    took_part: frozenset[int] = frozenset()
    ticked: frozenset[str] = frozenset()
    lecturers: frozenset[str] = frozenset()
    comments_by: frozenset[str] = frozenset()
    decided: tuple[Decided, ...] = ()
    agenda: bool = False
    minutes: bool = False
    discussion: bool = False
    agreed: bool = False
    photos: int = 0
    photos_off: int = 0
    videos: int = 0
    notice_on: date | None = None
    opinions_on: date | None = None
    approved_on: date | None = None
    reviewed_on: date | None = None
    record_form_on: date | None = None
    minutes_filed_on: date | None = None
    filed_on: date | None = None
    workbook_on: date | None = None

    @property
    def lasted(self) -> int | None:
        """Whole minutes from start to end; None where a time is missing or the end is not later."""
        if self.starts_at is None or self.ends_at is None or self.ends_at <= self.starts_at:
            return None
        start, end = self.starts_at, self.ends_at
        return (end.hour - start.hour) * 60 + end.minute - start.minute


class MemberFacts(NamedTuple):
    """A member for as long as nothing about them changed; somebody who changed has several, which follow each other.

    ``joined`` is the month of 入党日期, None where it is unknown; ``committee`` says they sit on the 支委会; ``veteran`` is
    老党员, fifty years in the party. It was so from ``since`` (None: always) to ``until`` (None: still), both days included.
    """

    id: int
    name: str
    joined: Month | None = None
    group_id: int | None = None
    committee: bool = False
    floating: bool = False
    infirm: bool = False
    retired: bool = False
    hardship: bool = False
    veteran: bool = False
    leading_cadre: bool = False
    since: date | None = None
    until: date | None = None

    def in_branch(self, on: date) -> bool:
        """Whether they belonged to the branch and were such on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Group:
    """党小组."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """An event moved by the branch from one day to another, with the request or report about it (CAL-11, CAL-12).

    A move that a holiday makes by rule is none. ``approved_on`` is the day of a reply that agrees.
    """

    id: int
    event_id: int
    from_on: date
    to_on: date
    sent_on: date | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A yearly plan besides the events themselves: ``name`` is that of the party-day plan or of a study plan."""

    id: int
    year: int
    name: str
    made_on: date | None = None
    filed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the constitution in the reading plan of a year, with the days on which it was read (CON-03)."""

    id: int
    year: int
    title: str
    read_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Appraisal:
    """民主评议党员: the day it was held and its dated steps."""

    id: int
    on: date
    steps: tuple[Step, ...] = ()


class MemberEntry(NamedTuple):
    """Something done for one member on a day: outreach, a lesson that made up, a word after an absence, or the oath renewed (CON-01).

    ``kind`` is the register that holds it, as a `Proof` names it.
    """

    id: int
    on: date
    member_id: int
    kind: str = "outreach"


class Visit(NamedTuple):
    """走访慰问 of one member, and the day on which it was reported to the members."""

    id: int
    on: date
    member_id: int
    reported_on: date | None = None


class Talk(NamedTuple):
    """谈心谈话 between two or more members."""

    id: int
    on: date
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something that calls for a talk with a member (CON-17); ``what`` in the words of ``talk.triggers``."""

    id: int
    on: date
    member_id: int
    what: str


@dataclass(frozen=True, slots=True)
class HardshipEntry:
    """A row of 困难党员动态台账 (CON-19)."""

    id: int
    member_id: int
    from_on: date


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem that was settled, and the day on which that was reported back (PRO-10)."""

    id: int
    title: str
    settled_on: date
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What an inspection asked the branch to mend, and by when (SUP-02)."""

    id: int
    title: str
    found_on: date
    mend_by: date
    mended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet handed in or published: ``kind`` is dues_publication, talk_register or talk_reminders."""

    id: int
    kind: str
    on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What the book knows that bears on the duties of one year.

    It holds everything dated in that year, the events of the two weeks before it, and entries of any later day that
    settle it. ``roles`` are the roles of people who may lecture here, members and guests. Nothing due before
    ``kept_since`` is held against the branch: the book began later.
    """

    events: tuple[EventFacts, ...] = ()
    members: tuple[MemberFacts, ...] = ()
    groups: tuple[Group, ...] = ()
    changes: tuple[Change, ...] = ()
    plans: tuple[Plan, ...] = ()
    segments: tuple[Segment, ...] = ()
    appraisals: tuple[Appraisal, ...] = ()
    oaths: tuple[MemberEntry, ...] = ()
    outreach: tuple[MemberEntry, ...] = ()
    visits: tuple[Visit, ...] = ()
    talks: tuple[Talk, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    hardships: tuple[HardshipEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    papers: tuple[Paper, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    roles: frozenset[str] = frozenset()
    calendar: Calendar = field(default_factory=lambda: Calendar((), ()))
    lunar: Mapping[date, LunarDay] = field(default_factory=dict)
    kept_since: date | None = None
