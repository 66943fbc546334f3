"""民主评议党员: grades, the quota of 优秀, what the ballot says and how the decision stands to it (CON-10, CON-11, B5, B6, F11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.ballots import Ballots, Counts, added_up

GRADE_WORDS = {"excellent": "优秀", "qualified": "合格", "basic": "基本合格", "unqualified": "不合格"}
ANSWERS = (*GRADE_WORDS.values(), "弃权")
USUAL_STAGES = ("个人自评", "党员互评", "民主测评", "组织评定")
USUAL_STANDARD = ("政治合格", "执行纪律合格", "品德合格", "发挥作用合格")
"""What holds where the branch's guide names nothing itself (CON-10, CON-11)."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the dated stages; ``on`` is None until it was held."""

    name: str
    on: date | None = None
    person: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member in the appraisal, as they were on its day: counts by voter class, and what the branch decided.

    ``grade`` is a key of `GRADE_WORDS`, '' while undecided; ``absence`` is why a member did not take part, '' who did.
    """

    member_id: int
    name: str
    reading: str = ""
    kind: str = "full"
    group: str = ""
    post: str = ""
    tallies: Mapping[str, Counts] = field(default_factory=dict)
    grade: str = ""
    reason: str = ""
    absence: str = ""
    note: str = ""

    @property
    def is_graded(self) -> bool:
        """Whether a grade is given at all: 预备党员 take part and get none (B6)."""
        return self.kind == "full"

    @property
    def totals(self) -> Counts:
        """The counts of all classes together."""
        return added_up(list(self.tallies.values()), ANSWERS)


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The appraisal of a year; ``event_id`` 0 and no day while nothing is written. Lines stand in the order of the roster."""

    year: int
    event_id: int
    on: date | None
    stages: tuple[Stage, ...]
    classes: tuple[tuple[str, Ballots], ...]
    lines: tuple[MemberLine, ...]

    @property
    def full_members(self) -> int:
        """How many get a grade."""
        return sum(line.is_graded for line in self.lines)

    def heads(self, grade: str) -> int:
        """How many were given a grade; '' counts those who still wait for one."""
        return sum(line.is_graded and line.grade == grade for line in self.lines)

    def ballots(self, voter: str) -> Ballots:
        """The ballots of one class; none where it did not vote."""
        return next((ballots for key, ballots in self.classes if key == voter), Ballots())


def quota(full_members: int) -> int:
    """How many 优秀 there should be at the most: a third of the 正式党员, rounded down (F11)."""
    return full_members // 3


def quota_sentence(full_members: int, excellent: int) -> str:
    """The quota, told and never enforced."""
    most = quota(full_members)
    told = f"正式党员{full_members}人，优秀一般不超过三分之一，最多{most}人；已定{excellent}人"
    return f"{told}，多了{excellent - most}人，请支委会再议。" if excellent > most else f"{told}。"


def leading(counts: Counts) -> tuple[str, ...]:
    """The grade with the most votes, or several that have as many; none where nobody voted for a grade."""
    votes = dict(zip(GRADE_WORDS, counts, strict=False))
    most = max(votes.values(), default=0)
    return tuple(grade for grade, number in votes.items() if number == most) if most else ()


def leading_words(counts: Counts) -> str:
    """`leading` in Chinese."""
    return "、".join(GRADE_WORDS[grade] for grade in leading(counts))


def differs(line: MemberLine, grade: str) -> bool:
    """Whether a decision is another than the ballot's."""
    found = leading(line.totals)
    return bool(grade and found and grade not in found)


def check_decision(line: MemberLine, grade: str, reason: str) -> None:
    """Raise UserMistake for a grade that cannot be given, or that differs from the ballot without a reason."""
    if grade and not line.is_graded:
        raise UserMistake(f"{line.name}是预备党员，参加评议但不评定等次，请不要选等次。")
    if differs(line, grade) and not reason:
        told = leading_words(line.totals)
        raise UserMistake(f"{line.name}得票最多的是「{told}」，评为「{GRADE_WORDS[grade]}」请写上理由。")


def grade_of(word: str) -> str:
    """The grade of this key or Chinese word; raises UserMistake that names them all."""
    for key, chinese in GRADE_WORDS.items():
        if word in (key, chinese):
            return key
    raise UserMistake(f"没有「{word}」这个等次，请用：{'、'.join(GRADE_WORDS.values())}。")


def whole_stages(names: Sequence[str], held: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages by name in their order, each as it was held or still open; what was held besides comes last."""
    known = {stage.name: stage for stage in held}
    return tuple(known.get(name, Stage(name)) for name in dict.fromkeys([*names, *known]))


def ballot_stage(names: Sequence[str]) -> str:
    """The stage at which the ballots are cast: the one named 测评, else the third."""
    return next((name for name in names if "测评" in name), names[min(2, len(names) - 1)])
