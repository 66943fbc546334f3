"""主题测评: what was voted on an event, the rate of satisfaction by three modes, and the weak reviews of a year (EVA-01 to EVA-08, F9).

Rates are compared as whole numbers by multiplying, never by dividing; a rate that is shown is cut off after one decimal, so that
what lies below a line is never shown as reaching it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.ballots import Ballots, Counts, added_up

ANSWERS = ("满意", "基本满意", "不满意", "弃权")
OVERALL = "总体评价"
USUAL_DIMENSIONS = ("主题特色鲜明", "内容充实健康", "方式灵活生动", "效果突出显著")
"""What is asked where the branch's guide names nothing itself (EVA-02)."""

MODE_WORDS = {
    "both": "（满意+基本满意）/有效票",
    "satisfied": "满意/有效票",
    "weighted": "加权：满意100、基本满意60、不满意和弃权0",
}
"""The three ways of reckoning (F9): no party rule was found, so the mode is always printed beside the rate."""

USUAL_MODE = "both"
_WEIGHTS = {"both": (100, 100, 0, 0), "satisfied": (100, 0, 0, 0), "weighted": (100, 60, 0, 0)}


@dataclass(frozen=True, slots=True)
class Share:
    """A rate as two whole numbers: ``points`` of at most ``most``."""

    points: int = 0
    most: int = 0

    @property
    def rate(self) -> float | None:
        """0 to 1; None where nobody voted."""
        return self.points / self.most if self.most else None

    @property
    def words(self) -> str:
        """As shown: 59.9%, cut off and never rounded up; 无 where nobody voted."""
        if not self.most:
            return "无"
        tenths = self.points * 1000 // self.most
        return f"{tenths // 10}.{tenths % 10}%"

    def is_below(self, percent: int) -> bool:
        """Whether it is strictly below so many percent (EVA-04: exactly 60 % is not below 60 %)."""
        return self.most > 0 and self.points * 100 < percent * self.most


@dataclass(frozen=True, slots=True)
class ClassReview:
    """What one class of voters said: its ballots, and (what was asked, counts by `ANSWERS`) in the order of the sheet."""

    voter: str
    ballots: Ballots
    rows: tuple[tuple[str, Counts], ...]

    def counts(self, line: str) -> Counts:
        """The counts of one line; all 0 where it was not asked."""
        return next((counts for name, counts in self.rows if name == line), (0,) * len(ANSWERS))


@dataclass(frozen=True, slots=True)
class Review:
    """The review of one event. ``group_note`` is what is told of groups that made no effort (EVA-08)."""

    event_id: int
    on: date
    classes: tuple[ClassReview, ...] = ()
    remarks: str = ""
    group_note: str = ""
    is_best_case: bool = False

    @property
    def ballots(self) -> Ballots:
        """The ballots of all classes together."""
        each = [it.ballots for it in self.classes]
        return Ballots(sum(it.given for it in each), sum(it.returned for it in each), sum(it.void for it in each))

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything that was asked, the overall line last."""
        named = dict.fromkeys(name for it in self.classes for name, _ in it.rows)
        return (*(name for name in named if name != OVERALL), *((OVERALL,) if OVERALL in named else ()))

    def counts(self, line: str) -> Counts:
        """The counts of one line over all classes."""
        return added_up([it.counts(line) for it in self.classes], ANSWERS)


def share(counts: Counts, mode: str) -> Share:
    """The rate of satisfaction of one line of counts; ``mode`` is a key of `MODE_WORDS`."""
    points = sum(weight * number for weight, number in zip(_WEIGHTS[mode], counts, strict=True))
    return Share(points, 100 * sum(counts))


def class_share(it: ClassReview, mode: str) -> Share:
    """The rate of one class of voters over all dimensions."""
    return share(added_up(_judged(it.rows), ANSWERS), mode)


def review_share(review: Review, mode: str) -> Share:
    """The rate of an event: over all dimensions and all voters; the overall line is shown beside it and not added to it (F9)."""
    rows = [counts for it in review.classes for counts in _judged(it.rows)]
    return share(added_up(rows, ANSWERS), mode)


def _judged(rows: Iterable[tuple[str, Counts]]) -> list[Counts]:
    """The dimensions; the overall line only where nothing else was asked."""
    listed = list(rows)
    dimensions = [counts for name, counts in listed if name != OVERALL]
    return dimensions or [counts for _, counts in listed]


def asked(dimensions: Sequence[str]) -> tuple[str, ...]:
    """The lines of a ballot: the dimensions, then the overall line."""
    return (*(name for name in dict.fromkeys(dimensions) if name != OVERALL), OVERALL)


def weak_sentence(weak: int, percent: int, times: int, source: str) -> str:
    """What is said of so many weak reviews in a year; '' for none. ``source`` is the rule's own sentence (EVA-04)."""
    if weak <= 0:
        return ""
    so_far = f"本年度已有{weak}次测评满意率低于{percent}%"
    if weak >= times:
        return f"{so_far}：{source}"
    if weak + 1 == times:
        return f"{so_far}，再有1次就到{times}次了：{source}"
    return f"{so_far}，再有{times - weak}次就到{times}次，请找出原因，把整改事项记进台账。"
