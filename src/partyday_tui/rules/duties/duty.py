"""A duty as a value: what one rule asks in one period, until when, and what in the book settles it.

The values are named tuples: some hundred of each are made for every look at the desk, and a frozen dataclass takes five times as
long to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from partyday_tui.rules.policy import Strength
from partyday_tui.rules.rule_book import RuleInForce


class State(StrEnum):
    """Where a duty stands on a day."""

    NOT_YET = "未到期"
    OPEN = "待办"
    OVERDUE = "逾期"
    DONE = "已办"
    NOT_APPLICABLE = "不适用"


_DONE, _NOT_APPLICABLE = State.DONE, State.NOT_APPLICABLE
"""Bound once: a look into an enumeration costs more than the comparison it is for."""


class PeriodKind(StrEnum):
    """What a duty recurs by; EVENT is one event or one entry of a register."""

    MONTH = "月"
    QUARTER = "季度"
    HALF = "半年"
    YEAR = "年"
    EVENT = "一次"


class Period(NamedTuple):
    """The span in which a duty is to be done, both days included; ``which`` is 2026-11, 2026-Q4, event-12 and the like."""

    kind: PeriodKind
    which: str
    first: date
    last: date


PROOF_WORDS = {
    "event": "活动记录",
    "appraisal": "民主评议",
    "oath": "重温誓词",
    "segment": "诵读记录",
    "plan": "年度计划",
    "change": "改期请示报备",
    "outreach": "流动党员联系",
    "make_up": "补课台账",
    "case_step": "缺席跟进",
    "visit": "走访慰问",
    "talk": "谈心谈话",
    "hardship": "困难党员台账",
    "problem": "问题整改",
    "finding": "上级检查",
    "paper": "上报公开记录",
    "candidate": "发展党员",
}
"""The registers that evidence comes from, in Chinese."""


class Proof(NamedTuple):
    """An entry that counts as evidence: its day (None where it has none), its register and its id there."""

    on: date | None
    kind: str
    id: int


class Ask(NamedTuple):
    """What a rule asks in a period, before the facts are looked at.

    Each wanted thing needs ``each`` proofs. ``opens_on`` None: with the period. ``subject`` tells duties of one rule
    and period apart. ``not_applicable`` says why nothing is wanted, or why it does not apply at all.
    """

    code: str
    rule: RuleInForce
    title: str
    period: Period
    due_on: date | None
    evidence_words: str
    each: int = 1
    opens_on: date | None = None
    subject: str = ""
    note: str = ""
    not_applicable: str = ""
    tally: tuple[int, int] | None = None


class Duty(NamedTuple):
    """One duty of one period, as it stands on a day.

    ``key`` stays the same for the same duty on every day. ``evidence`` is what of the things asked for is there, ``tally`` is
    (done, needed) where more than one thing is needed, and ``missing`` names what is not done. ``done_on`` later than ``due_on``
    means done late.
    """

    ask: Ask
    key: str
    state: State
    evidence: tuple[Proof, ...] = ()
    tally: tuple[int, int] | None = None
    missing: tuple[str, ...] = ()
    done_on: date | None = None
    note: str = ""

    @property
    def code(self) -> str:
        """The id of the requirement in domain.md."""
        return self.ask.code

    @property
    def rule_key(self) -> str:
        """The key of the rule that asks."""
        return self.ask.rule.key

    @property
    def title(self) -> str:
        """What is to be done, in a few words."""
        return self.ask.title

    @property
    def sentence(self) -> str:
        """The guide's sentence, or the branch's own reason."""
        rule = self.ask.rule
        return rule.override.reason if rule.override else rule.rule.sentence if rule.rule else ""

    @property
    def seed(self) -> str:
        """The guide that says so; '' for a decision of the branch."""
        rule = self.ask.rule
        return rule.rule.seed if rule.rule and not rule.override else ""

    @property
    def strength(self) -> Strength:
        """How firmly the guide says so."""
        return self.ask.rule.rule.strength if self.ask.rule.rule else "default"

    @property
    def period(self) -> Period:
        """The span in which it is to be done."""
        return self.ask.period

    @property
    def due_on(self) -> date | None:
        """The last day on which it is done in time."""
        return self.ask.due_on

    @property
    def evidence_words(self) -> str:
        """What counts as evidence."""
        return self.ask.evidence_words

    @property
    def days_late(self) -> int:
        """How many days after its due day it was done; 0 where it was in time or is not done."""
        return max((self.done_on - self.due_on).days, 0) if self.done_on and self.due_on else 0


Wanted = Sequence[tuple[str, Iterable[Proof]]]
"""The things a duty needs, each with the entries that count for it; a single nameless one where there is only one."""


def settle(ask: Ask, wanted: Wanted, today: date, kept_since: date | None = None) -> Duty:
    """The duty as it stands on ``today``; entries dated later do not count, nor does the order of entries.

    A duty due before ``kept_since`` that is not done does not apply.
    """
    each, done = ask.each, 0
    found: list[Proof] = []
    missing: list[str] = []
    for name, proofs in wanted:
        counting = [proof for proof in proofs if proof.on is None or proof.on <= today]
        if len(counting) > 1:
            counting = [min(counting, key=_by_day)] if each == 1 else sorted(set(counting), key=_by_day)[:each]
        found += counting
        done += len(counting)
        if name and len(counting) < each:
            missing.append(name)
    if len(found) > 1:
        found = sorted(set(found), key=_by_day)
    needed = each * len(wanted)
    is_done = done == needed > 0
    state = _DONE if is_done else _unsettled(ask, bool(wanted), today, kept_since)
    which = f"{ask.code} {ask.rule.key} {ask.period.which}"
    return Duty(
        ask,
        f"{which} {ask.subject}" if ask.subject else which,
        state,
        tuple(found),
        ask.tally or ((done, needed) if needed > 1 else None),
        tuple(missing),
        found[-1].on if is_done else None,
        (ask.not_applicable or "早于账本开始记的日子") if state is _NOT_APPLICABLE else ask.note,
    )


def _by_day(proof: Proof) -> tuple[date, str, int]:
    return proof.on or date.min, proof.kind, proof.id


def _unsettled(ask: Ask, has_wants: bool, today: date, kept_since: date | None) -> State:
    if not has_wants or (ask.due_on and kept_since and ask.due_on < kept_since):
        return _NOT_APPLICABLE
    if ask.due_on and today > ask.due_on:
        return State.OVERDUE
    return State.OPEN if today >= (ask.opens_on or ask.period.first) else State.NOT_YET
