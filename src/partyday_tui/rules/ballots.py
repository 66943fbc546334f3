"""Ballots that add up: given out, returned, void, and the counts of one line (domain.md F10).

Only counts are ever held: nothing here, and nothing in the book, says who voted what.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from partyday_tui.errors import UserMistake

VOTER_WORDS = {
    "party": "党员",
    "served": "服务对象",
    "outsiders": "党外人士",
    "other_branch": "外支部",
    "superior": "上级",
}
"""Who votes, by class, in the order of the sheets (EVA-03)."""

MOST = 100_000
"""More ballots than this is a slip of the finger."""

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ballots:
    """The ballots of one class of voters."""

    given: int = 0
    returned: int = 0
    void: int = 0

    @property
    def valid(self) -> int:
        """有效票: returned less void (F10)."""
        return self.returned - self.void


def voter_class(word: str) -> str:
    """The class of this key or Chinese word; raises UserMistake that names them all."""
    for key, chinese in VOTER_WORDS.items():
        if word in (key, chinese):
            return key
    raise UserMistake(f"没有「{word}」这类投票人，请用：{'、'.join(VOTER_WORDS.values())}。")


def check_ballots(ballots: Ballots, who: str) -> None:
    """Raise UserMistake that names the sum that fails; ``who`` is the class in Chinese."""
    if min(ballots.given, ballots.returned, ballots.void) < 0:
        raise UserMistake(f"{who}的票数不能是负数，请核对后重填。")
    if ballots.given > MOST:
        raise UserMistake(f"{who}发出{ballots.given}票，太多了，请核对后重填。")
    if ballots.returned > ballots.given:
        more = ballots.returned - ballots.given
        raise UserMistake(
            f"{who}收回{ballots.returned}票，比发出{ballots.given}票多{more}票，请核对；确实多出来的，这次投票无效，要重新投票。"
        )
    if ballots.void > ballots.returned:
        raise UserMistake(f"{who}废票{ballots.void}票，比收回{ballots.returned}票还多，请核对废票。")


def read_numbers(text: str, line: str) -> Counts:
    """The numbers of a row as it is typed: 「18 4 1」, full-width or with commas; raises UserMistake that names the line."""
    parts = [part for part in re.split(r"[\s,，、;；/+]+", unicodedata.normalize("NFKC", text)) if part]
    if any(not (part.isascii() and part.isdigit()) or len(part) > 6 for part in parts):
        raise UserMistake(f"「{line}」这一行只能写票数，请写成 18 4 1 这样，用空格隔开。")
    return tuple(map(int, parts))


def whole_row(numbers: Sequence[int], valid: int, answers: Sequence[str], line: str) -> Counts:
    """A count for every answer; the last answer is 弃权 and takes what is left where it was not typed (unmarked = 弃权).

    Fewer numbers will do where they already make up all valid ballots. Raises UserMistake that names the line and its sum.
    """
    if len(numbers) > len(answers):
        raise UserMistake(f"「{line}」写了{len(numbers)}个数，最多{len(answers)}个：{'、'.join(answers)}。")
    total = sum(numbers)
    added = "+".join(f"{word}{number}" for word, number in zip(answers, numbers, strict=False)) or "一个数也没有"
    if total > valid:
        raise UserMistake(
            f"「{line}」{added}，合计{total}票，比有效票{valid}票多{total - valid}票，请核对这一行和收回、废票的票数。"
        )
    if len(numbers) == len(answers) and total < valid:
        raise UserMistake(
            f"「{line}」{added}，合计{total}票，比有效票{valid}票少{valid - total}票，请核对这一行和收回、废票的票数。"
        )
    if len(numbers) < len(answers) - 1 and total < valid:
        wanted = "、".join(answers[:-1])
        raise UserMistake(f"「{line}」{added}，不到有效票{valid}票，请把{wanted}的票数都写上；没有写的算弃权。")
    padded = [*numbers, *[0] * (len(answers) - len(numbers))]
    padded[-1] += valid - total
    return tuple(padded)


def read_row(text: str, valid: int, answers: Sequence[str], line: str) -> Counts:
    """`read_numbers` and `whole_row` in one."""
    return whole_row(read_numbers(text, line), valid, answers, line)


def row_text(counts: Counts) -> str:
    """A row as `read_numbers` reads it."""
    return " ".join(map(str, counts))


def added_up(rows: Sequence[Counts], answers: Sequence[str]) -> Counts:
    """The sums of rows, answer by answer; all 0 without rows."""
    return tuple(sum(row[place] for row in rows) for place in range(len(answers)))
