"""The roll of one event: statuses, counts, the two rates, and the line read out to the meeting.

Sources: ATT-02 (rate over all members), ATT-16 (statuses, nobody present by default), ATT-17 (guests never count), PRO-04 (the
opening line), domain.md F1, F2, F4.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What was marked for an expected member; unmarked is the absence of a status."""

    PRESENT = "present"
    LATE = "late"
    LEAVE = "leave"
    ABSENT = "absent"
    OTHER = "other"


STATUS_WORDS = {
    Status.PRESENT: "到会",
    Status.LATE: "迟到",
    Status.LEAVE: "请假",
    Status.ABSENT: "缺席",
    Status.OTHER: "其他方式",
}
UNMARKED_WORD = "未点"


@dataclass(frozen=True, slots=True)
class RollEntry:
    """One expected member at one event, as they were on that day.

    ``kind`` is ``full`` or ``probationary``; ``marked_at`` is an instant of 25 characters, empty when unmarked.
    """

    member_id: int
    name: str
    reading: str
    group: str
    kind: str
    post: str
    floating: bool
    infirm: bool
    status: Status | None = None
    reason: str = ""
    marked_at: str = ""


@dataclass(frozen=True, slots=True)
class RollCounts:
    """Heads of one roll: ``expected = present + late + leave + absent + other + unmarked`` (F4).

    ``deducted`` are the floating and the infirm who did not come: F2 takes them off the base.
    """

    expected: int = 0
    present: int = 0
    late: int = 0
    leave: int = 0
    absent: int = 0
    other: int = 0
    unmarked: int = 0
    deducted: int = 0

    @property
    def came(self) -> int:
        """实到: those who were there, late or not."""
        return self.present + self.late

    @property
    def rate(self) -> float | None:
        """到会率(字面): came / all expected (F1), 0 to 1; None for an empty roll."""
        return self.came / self.expected if self.expected else None

    @property
    def rate_after_deductions(self) -> float | None:
        """到会率(扣除后): came / (expected - deducted) (F2), 0 to 1; None where nobody is left."""
        base = self.expected - self.deducted
        return self.came / base if base else None


def count_roll(entries: Iterable[RollEntry]) -> RollCounts:
    """The heads of a roll, counted anew from its rows."""
    heads = dict.fromkeys((*Status, None), 0)
    expected = deducted = 0
    for entry in entries:
        expected += 1
        heads[entry.status] += 1
        if is_deducted(entry):
            deducted += 1
    return RollCounts(
        expected=expected,
        present=heads[Status.PRESENT],
        late=heads[Status.LATE],
        leave=heads[Status.LEAVE],
        absent=heads[Status.ABSENT],
        other=heads[Status.OTHER],
        unmarked=heads[None],
        deducted=deducted,
    )


def added_counts(rolls: Iterable[RollCounts]) -> RollCounts:
    """The heads of several rolls together."""
    each = list(rolls)
    return RollCounts(*(sum(getattr(it, name) for it in each) for name in RollCounts.__slots__))


def recount(counts: RollCounts, before: RollEntry, after: RollEntry) -> RollCounts:
    """The heads once `before` has become `after`; the same as counting the whole roll anew, at the cost of one row."""
    one, other = count_roll((before,)), count_roll((after,))
    return RollCounts(*(getattr(counts, f) - getattr(one, f) + getattr(other, f) for f in RollCounts.__slots__))


def is_deducted(entry: RollEntry) -> bool:
    """Whether F2 takes this member off the base: floating or infirm, and not there."""
    return (entry.floating or entry.infirm) and entry.status not in (Status.PRESENT, Status.LATE)


def percent(rate: float | None) -> str:
    """A rate as shown: one decimal and a percent sign, or 无 where there is no base."""
    return "无" if rate is None else f"{rate * 100:.1f}%"


def meets_threshold(counts: RollCounts, threshold_percent: int) -> bool:
    """Whether the headcount reaches the threshold over all members, compared in integers (ATT-02: 80%以上 includes exactly 80 %)."""
    return counts.came * 100 >= threshold_percent * counts.expected


def opening_line(counts: RollCounts, guests: int) -> str:
    """The line that reports the attendance to the meeting (PRO-04: 通报到会情况和活动内容)."""
    parts = [f"本次活动应到{counts.expected}人", f"实到{counts.came}人"]
    for number, word in (
        (counts.late, "其中迟到"),
        (counts.leave, "请假"),
        (counts.absent, "缺席"),
        (counts.other, "以其他方式参加"),
        (counts.unmarked, "尚未点到"),
    ):
        if number or word in ("请假", "缺席"):
            parts.append(f"{word}{number}人")
    if guests:
        parts.append(f"列席{guests}人")
    parts.append(f"到会率{percent(counts.rate)}")
    if counts.deducted:
        parts.append(f"扣除流动和年老体弱未到会的{counts.deducted}人后为{percent(counts.rate_after_deductions)}")
    return "，".join(parts) + "。"
