"""All duties of a year, in one list."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

from partyday_tui.rules.duties.affairs import affairs_duties
from partyday_tui.rules.duties.attendance import attendance_duties
from partyday_tui.rules.duties.content import content_duties
from partyday_tui.rules.duties.duty import Duty
from partyday_tui.rules.duties.facts import Facts
from partyday_tui.rules.duties.meetings import meeting_duties
from partyday_tui.rules.duties.party_day import party_day_duties
from partyday_tui.rules.duties.people import people_duties
from partyday_tui.rules.duties.plans import change_duties, plan_duties
from partyday_tui.rules.duties.procedure import procedure_duties
from partyday_tui.rules.duties.records import record_duties
from partyday_tui.rules.duties.view import View
from partyday_tui.rules.rule_book import RuleBook

_FAMILIES = (
    party_day_duties,
    plan_duties,
    change_duties,
    procedure_duties,
    attendance_duties,
    content_duties,
    meeting_duties,
    record_duties,
    people_duties,
    affairs_duties,
)


def _in_order(facts: Facts) -> Facts:
    """The same facts with every register by id, so that the order of entries changes nothing."""
    registers: dict[str, Any] = {
        each.name: tuple(sorted(value, key=lambda entry: entry.id))
        for each in fields(Facts)
        if isinstance(value := getattr(facts, each.name), tuple)
    }
    return replace(facts, **registers)


def duties(rules: RuleBook, facts: Facts, year: int, today: date) -> tuple[Duty, ...]:
    """Every duty of one year as it stands on ``today``, by due day, then by key; no two have the same key.

    A period is judged by the rules of its last day, an event by those of its own day, the day of a month's party day
    by those of the 1st (CAL-16). A rule that nobody has stated gives no duty.
    """
    view = View(rules, _in_order(facts), year, today)
    found = [duty for family in _FAMILIES for duty in family(view)]
    return tuple(sorted(found, key=lambda duty: (duty.ask.due_on or date.max, duty.key)))
