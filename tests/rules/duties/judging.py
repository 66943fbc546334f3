"""One guide that says little, and what it asks of few facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from partyday_tui.rules.duties.all import duties
from partyday_tui.rules.duties.duty import Duty, State
from partyday_tui.rules.duties.facts import Facts, MemberFacts
from partyday_tui.rules.rule_values import RuleValue

from .guides import invented
from .village import complete, day

END = date(2027, 1, 31)
DONE, OVERDUE, NONE = State.DONE, State.OVERDUE, State.NOT_APPLICABLE


def judge(rules: Mapping[str, RuleValue], facts: Facts, today: date = END) -> list[Duty]:
    """The duties of 2026 under a guide that says only this."""
    return list(duties(invented(dict(rules)), facts, 2026, today))


def only(rules: Mapping[str, RuleValue], facts: Facts, today: date = END) -> Duty:
    """The one duty there is."""
    found = judge(rules, facts, today)
    assert len(found) == 1
    return found[0]


def an_event(**changes: Any) -> Facts:
    """A branch with one party day on 6 November."""
    return Facts(events=(complete(1, day("11-06"), **changes),))


def member(id_: int, **changes: Any) -> MemberFacts:
    """A member by number."""
    return MemberFacts(id_, f"党员{id_}", **changes)
