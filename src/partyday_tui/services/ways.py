"""Where each duty is settled: the event, its roll, the register of its kind, the plan of the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from partyday_tui.rules.duties.duty import Duty, Period, State
from partyday_tui.rules.duties.facts import EventFacts, Facts
from partyday_tui.rules.duties.view import PARTY_DAY_KINDS

_ROLL_RULES = ("attendance.recorded", "attendance.threshold_percent")
_BY_TICK = ("oath", "affairs", "study", "integrity")
_REGISTERS = {
    "affairs.mending_reported": "problem",
    "development.steps": "development",
    "floating.outreach": "outreach",
    "hardship.register": "hardship",
    "inspection.mended_in_time": "inspection",
    "talk.per_year_each_pair": "talk",
    "talk.register_quarterly": "superior_report",
    "talk.reminders_quarterly": "superior_report",
    "talk.triggers": "talk",
    "visit.members": "visit",
    "visit.occasions": "visit",
    "visit.reported": "visit",
}
_READING = ("plan.filed", "plan.study", "constitution.readings_per_year")
_MEETINGS = {
    "lesson": "lesson",
    "life_meeting": "organization_life",
    "appraisal": "appraisal",
    "meeting.members_per_quarter": "branch_meeting",
    "meeting.committee_per_month": "committee",
    "meeting.group_per_month": "group_meeting",
}


@dataclass(frozen=True, slots=True)
class Way:
    """The place that settles a duty: a screen, and what to show there."""

    where: str
    target: int | str | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """Finds the way to each duty among the events of its year."""

    today: date
    _months: Mapping[str, EventFacts] = field(default_factory=dict)
    _days: tuple[EventFacts, ...] = ()
    _changed: Mapping[str, int] = field(default_factory=dict)

    def to(self, duty: Duty) -> Way:
        """The way to one duty; to the event that settled it where one did, to the plan of the year where nothing nearer can."""
        key, period = duty.rule_key, duty.period
        if (event_id := event_of(duty)) is not None:
            return Way("roll" if key in _ROLL_RULES else "event", event_id)
        settled_by = next((it.id for it in duty.evidence if it.kind in ("event", "appraisal")), None)
        if duty.state is State.DONE and settled_by is not None:
            return Way("event", settled_by)
        if key in _REGISTERS:
            return Way("registers", _REGISTERS[key])
        if key == "meeting.kept_up" and "谈心谈话" in duty.title:
            return Way("registers", "talk")
        if key in _READING:
            return Way("reading", period.first.year)
        if key == "dues.publication":
            return Way("dues")
        if period.which in self._changed:
            return Way("year", self._changed[period.which])
        return self._to_an_event(key, period)

    def _to_an_event(self, key: str, period: Period) -> Way:
        """What is ticked or written at an event: that of the month, else the nearest one in the period."""
        family = key.partition(".")[0]
        of_month = self._months.get(period.which)
        if kind := _MEETINGS.get(key, _MEETINGS.get(family, "")):
            meeting = self._nearest(period, frozenset({kind}), held=key == "appraisal.steps")
            return Way("event", meeting.id) if meeting else self._plan(period)
        if key == "party_day.founding_day" or key == "oath.founding_day":
            found = self._nearest(period, frozenset({"founding_day"}), held=True)
            return self._to(found, family) if found else self._plan(period)
        if family == "party_day" or key == "infirm.other_way":
            return self._to(of_month, family) if of_month else self._plan(period)
        if family in _BY_TICK:
            found = of_month or self._nearest(period, PARTY_DAY_KINDS, held=True)
            return Way("event", found.id) if found else self._plan(period)
        return self._plan(period)

    def _to(self, event: EventFacts, family: str) -> Way:
        """Its roll where that is what is wanted and its day has come, else its record."""
        has_come = event.on is not None and event.on <= self.today
        return Way("roll" if has_come and family in ("party_day", "infirm") else "event", event.id)

    def _plan(self, period: Period) -> Way:
        """The plan of the year, at the first party day of the period."""
        first = next(iter(self._inside(period, PARTY_DAY_KINDS)), None)
        return Way("year", first.id if first else None)

    def _inside(self, period: Period, kinds: frozenset[str]) -> list[EventFacts]:
        """The events of these kinds in a period, by day."""
        dated = ((event.on, event) for event in self._days if event.on)
        return [event for on, event in dated if period.first <= on <= period.last and event.kinds & kinds]

    def _nearest(self, period: Period, kinds: frozenset[str], held: bool) -> EventFacts | None:
        """The next event of these kinds in the period that is still to come, else the last one; ``held`` counts too."""
        found = [event for event in self._inside(period, kinds) if held or not event.held]
        ahead = (event for event in found if event.on and event.on >= self.today)
        return next(ahead, found[-1] if found else None)


def ways_among(facts: Iterable[Facts], today: date) -> Ways:
    """The ways among the events of one year or of two."""
    known = {event.id: event for each in facts for event in each.events}
    days = tuple(sorted((it for it in known.values() if it.on), key=lambda it: (it.on, it.id)))
    months = {str(event.month): event for event in reversed(days) if "party_day" in event.kinds}
    changed = {f"change-{change.id}": change.event_id for each in facts for change in each.changes}
    return Ways(today, months, days, changed)


def event_of(duty: Duty) -> int | None:
    """The event that a duty is about; None for a duty of a month, a year or a register."""
    kind, _, key = duty.period.which.partition("-")
    return int(key) if kind == "event" else None
