"""A duty as a value: what one rule asks in one period, until when, and what in the book settles it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from partyday_tui.rules.policy import Strength
from partyday_tui.rules.rule_book import RuleInForce


class State(StrEnum):
    """Where a duty stands on a day."""

    NOT_YET = "未到期"
    OPEN = "待办"
    OVERDUE = "逾期"
    DONE = "已办"
    NOT_APPLICABLE = "不适用"


class PeriodKind(StrEnum):
    """What a duty recurs by; EVENT is one event or one entry of a register."""

    MONTH = "月"
    QUARTER = "季度"
    HALF = "半年"
    YEAR = "年"
    EVENT = "一次"


@dataclass(frozen=True, slots=True)
class Period:
    """The span in which a duty is to be done, both days included; ``which`` is 2026-11, 2026-Q4, event-12 and the like."""

    kind: PeriodKind
    which: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry that counts as evidence: its day (None where it has none), its register and its id there."""

    on: date | None
    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of one period.

    ``key`` stays the same for the same duty on every day. ``sentence`` is the guide's, or the branch's own reason.
    ``evidence_words`` say what counts, ``evidence`` what did. ``count`` is (done, needed) where more than one thing
    is needed, and ``missing`` names what is not done. ``done_on`` later than ``due_on`` means done late.
    """

    code: str
    key: str
    rule_key: str
    title: str
    sentence: str
    seed: str
    strength: Strength
    period: Period
    due_on: date | None
    state: State
    evidence_words: str
    evidence: tuple[Proof, ...] = ()
    count: tuple[int, int] | None = None
    missing: tuple[str, ...] = ()
    done_on: date | None = None
    note: str = ""

    @property
    def days_late(self) -> int:
        """How many days after its due day it was done; 0 where it was in time or is not done."""
        return max((self.done_on - self.due_on).days, 0) if self.done_on and self.due_on else 0


Wanted = Sequence[tuple[str, Iterable[Proof]]]
"""The things a duty needs, each with the entries that count for it; a single nameless one where there is only one."""


@dataclass(frozen=True, slots=True)
class Ask:
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
    count: tuple[int, int] | None = None


def settle(ask: Ask, wanted: Wanted, today: date, kept_since: date | None = None) -> Duty:
    """The duty as it stands on ``today``; entries dated later do not count, nor does the order of entries.

    A duty due before ``kept_since`` that is not done does not apply.
    """
    used = [(name, _first(proofs, ask.each, today)) for name, proofs in wanted]
    done, needed = sum(len(found) for _, found in used), ask.each * len(used)
    evidence = tuple(sorted({proof for _, found in used for proof in found}, key=_by_day))
    is_done = needed > 0 and done == needed
    state = State.DONE if is_done else _unsettled(ask, bool(used), today, kept_since)
    note = ask.note
    if state is State.NOT_APPLICABLE:
        note = ask.not_applicable or "早于账本开始记的日子"
    return Duty(
        code=ask.code,
        key=" ".join(filter(None, [ask.code, ask.rule.key, ask.period.which, ask.subject])),
        rule_key=ask.rule.key,
        title=ask.title,
        sentence=_sentence(ask.rule),
        seed=ask.rule.rule.seed if ask.rule.rule and not ask.rule.override else "",
        strength=ask.rule.rule.strength if ask.rule.rule else "default",
        period=ask.period,
        due_on=ask.due_on,
        state=state,
        evidence_words=ask.evidence_words,
        evidence=evidence,
        count=ask.count or ((done, needed) if needed > 1 else None),
        missing=tuple(name for name, found in used if name and len(found) < ask.each),
        done_on=max((proof.on for proof in evidence if proof.on), default=None) if is_done else None,
        note=note,
    )


def _sentence(rule: RuleInForce) -> str:
    return rule.override.reason if rule.override else rule.rule.sentence if rule.rule else ""


def _first(proofs: Iterable[Proof], each: int, today: date) -> list[Proof]:
    """The earliest proofs up to the number needed, the undated before the dated."""
    counting = {proof for proof in proofs if proof.on is None or proof.on <= today}
    return sorted(counting, key=_by_day)[:each]


def _by_day(proof: Proof) -> tuple[date, str, int]:
    return proof.on or date.min, proof.kind, proof.id


def _unsettled(ask: Ask, has_wants: bool, today: date, kept_since: date | None) -> State:
    if not has_wants or (ask.due_on and kept_since and ask.due_on < kept_since):
        return State.NOT_APPLICABLE
    if ask.due_on and today > ask.due_on:
        return State.OVERDUE
    return State.OPEN if today >= (ask.opens_on or ask.period.first) else State.NOT_YET
