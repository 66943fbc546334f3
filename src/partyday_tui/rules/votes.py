"""Quorum and majority of a vote of the branch meeting, told in sentences (domain.md F5, F6, F7; 支部工作条例第十一条).

Heads are whole numbers and are compared by multiplying, never by dividing. 「半数以上」 is read as including exactly half
(F5, marked unconfirmed there); 「超过半数」 is more than half.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from partyday_tui.errors import UserMistake

KIND_WORDS = {"ordinary": "一般决议", "accepting": "接收预备党员或转正", "election": "选举"}

DEDUCTION_REASONS = (
    "流动外出本人申请",
    "长期患病卧床",
    "患病不能表达意志",
    "出国半年以上",
    "外出半年以上未转组织关系",
    "退休后异地居住",
    "受留党察看处分",
    "被依法关押",
)
"""Who may be left out of 应到会, with the superior's consent and the meeting's approval (F8); not valid for attendance."""

_LONGEST_REASON = 200  # characters, as the schema has it
_DEDUCTION = re.compile(r"(\d{1,5})\s*[人名]?\s*(\D.*)")


@dataclass(frozen=True, slots=True)
class Deduction:
    """Full members who do not count as entitled, and why: 留党察看, or members allowed not to come by the rules."""

    heads: int
    reason: str


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote; ``kind`` is a key of `KIND_WORDS`. ``full_members`` are the 正式党员 of the branch on that day.

    ``present`` are the entitled who came; in ``accepting`` votes a written opinion sent before counts among
    ``votes_for``, so more may vote than came.
    """

    kind: str
    full_members: int
    present: int
    votes_for: int
    votes_against: int = 0
    votes_abstain: int = 0
    deductions: tuple[Deduction, ...] = ()

    @property
    def entitled(self) -> int:
        """应到会有表决权的党员: the full members less the deductions."""
        return self.full_members - sum(deduction.heads for deduction in self.deductions)

    @property
    def cast(self) -> int:
        """All votes, abstentions too."""
        return self.votes_for + self.votes_against + self.votes_abstain


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether enough came and whether it is carried, with the sentence to be read out."""

    has_quorum: bool
    is_carried: bool
    sentence: str


def read_deductions(text: str) -> tuple[Deduction, ...]:
    """Deductions as they are typed: 「1 留党察看、2 长期病假」; raises UserMistake that shows the form."""
    found = []
    for part in filter(None, (each.strip() for each in re.split(r"[、，,；;\n]", text))):
        read = _DEDUCTION.fullmatch(part)
        if not read or not int(read[1]):
            raise UserMistake(f"「{part}」没有看懂，请先写人数再写原因，如：1 留党察看、2 长期病假。")
        found.append(Deduction(int(read[1]), read[2].strip()))
    return tuple(found)


def deductions_text(deductions: tuple[Deduction, ...]) -> str:
    """Deductions as `read_deductions` reads them."""
    return "、".join(f"{deduction.heads} {deduction.reason}" for deduction in deductions)


def check_vote(vote: Vote) -> None:
    """Raise UserMistake for heads that do not add up; what is merely irregular is told by `judge`."""
    if min(vote.full_members, vote.present, vote.votes_for, vote.votes_against, vote.votes_abstain) < 0:
        raise UserMistake("人数和票数不能是负数，请核对后重填。")
    if vote.entitled < 0:
        raise UserMistake(f"扣除的人数比正式党员{vote.full_members}人还多，请核对扣除的人数。")
    if vote.present > vote.entitled:
        raise UserMistake(f"到会{vote.present}人，比有表决权的{vote.entitled}人还多，请核对到会人数。")
    most, who = (vote.entitled, "有表决权的") if vote.kind == "accepting" else (vote.present, "到会的")
    if vote.cast > most:
        raise UserMistake(f"赞成、反对、弃权共{vote.cast}票，比{who}{most}人还多，请核对票数。")


def deducted(reasons: Iterable[tuple[str, str]]) -> tuple[Deduction, ...]:
    """Deductions from (name, reason) of each member left out: heads by reason, with the names."""
    named: dict[str, list[str]] = {}
    for name, reason in reasons:
        named.setdefault(reason, []).append(name)
    return tuple(Deduction(len(names), _with_names(reason, names)) for reason, names in named.items())


def _with_names(reason: str, names: list[str]) -> str:
    told = f"{reason}（{' '.join(names)}）"
    return told if len(told) <= _LONGEST_REASON else reason


def needed(kind: str, entitled: int) -> tuple[int, int]:
    """(how many must come at the least, how many must vote for it at the least) of so many entitled."""
    half, most = entitled // 2 + 1, entitled
    come = {"ordinary": (most + 1) // 2, "accepting": half, "election": (most * 4 + 4) // 5}[kind]
    return come, half


def needed_sentence(kind: str, entitled: int) -> str:
    """`needed` in words, to be said before the vote."""
    come, votes = needed(kind, entitled)
    return f"有表决权{entitled}人，到会至少{come}人，赞成至少{votes}票"


def judge(vote: Vote) -> Outcome:
    """Whether the vote is valid and carried; raises UserMistake like `check_vote`."""
    check_vote(vote)
    has_quorum, quorum = _quorum(vote)
    majority = vote.entitled > 0 and vote.votes_for * 2 > vote.entitled
    is_carried = has_quorum and majority
    came = f"应到会有表决权的{vote.entitled}人，到会{vote.present}人，{quorum}"
    if not has_quorum:
        return Outcome(False, False, f"{came}，到会人数不够，表决无效，请改日再开。")
    half = "超过" if majority else "没有超过"
    votes = f"赞成{vote.votes_for}票，反对{vote.votes_against}票，弃权{vote.votes_abstain}票"
    ending = "通过。" if is_carried else "没有通过。"
    return Outcome(True, is_carried, f"{came}；{votes}，赞成{half}应到会有表决权人数的半数，{ending}")


def _quorum(vote: Vote) -> tuple[bool, str]:
    """F5 半数以上 (half is enough), F6 超过半数, F7 五分之四以上."""
    if vote.kind == "election":
        enough, need = vote.present * 5 >= vote.entitled * 4, "五分之四"
    elif vote.kind == "accepting":
        enough, need = vote.present * 2 > vote.entitled, "半数"
        return enough and vote.entitled > 0, f"{'超过' if enough else '没有超过'}{need}"
    else:
        enough, need = vote.present * 2 >= vote.entitled, "半数"
    enough = enough and vote.entitled > 0
    return enough, f"{'达到' if enough else '不到'}{need}"
