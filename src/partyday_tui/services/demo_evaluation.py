"""The reviews of the demo branch, and last year's appraisal as the secretary copied it into the new book."""

from __future__ import annotations

from datetime import date
from random import Random

from partyday_tui.rules.appraisal import MemberLine, leading
from partyday_tui.rules.ballots import Ballots
from partyday_tui.rules.events import Event
from partyday_tui.services import appraisal, registers, review
from partyday_tui.services.review_year import terms_on
from partyday_tui.store.book import Book

_STAGES = (
    ("个人自评", date(2025, 11, 21), "各党小组", "分三个党小组进行"),
    ("党员互评", date(2025, 11, 28), "各党小组", ""),
    ("民主测评", date(2025, 12, 5), "马会计", "和组织生活会一起开"),
    ("组织评定", date(2025, 12, 12), "罗有秀", "支委会研究"),
)
_YEAR = 2025
_PARTY, _SERVED = Ballots(40, 39, 1), Ballots(6, 6, 0)
_REMARKS = {10: "活动记录补写不及时\n外出的党员希望在群里也能学"}
_NOT_REVIEWED = 7


def review_event(book: Book, event: Event, day: date) -> None:
    """Count the ballots of a past event; one month nobody thought of it, and guests voted in autumn."""
    if day.month == _NOT_REVIEWED:
        return
    chance, lines = Random(day.toordinal()), terms_on(book, day).lines
    came = 34 + chance.randint(0, 3)
    party = Ballots(came, came - chance.randint(0, 1), chance.randint(0, 1))
    review.write_class(book, event.id, "party", party, {line: _row(party.valid, chance) for line in lines})
    if day.month >= 9:
        review.write_class(book, event.id, "served", _SERVED, {line: _row(_SERVED.valid, chance) for line in lines})
    if day.month in _REMARKS:
        review.write_remarks(book, event.id, _REMARKS[day.month])


def _row(valid: int, chance: Random) -> str:
    fairly, dissatisfied = (chance.randint(0, most) for most in (5, 1))
    return f"{valid - fairly - dissatisfied} {fairly} {dissatisfied}"


def appraise_last_year(book: Book) -> None:
    """The appraisal of the year before the book: all four stages, the ballots of two classes, a decision for everybody."""
    for name, on, person, note in _STAGES:
        appraisal.write_stage(book, _YEAR, name, on, person, note)
    lines = [line for line in appraisal.read_appraisal(book, _YEAR).appraisal.lines if line.is_graded]
    chance = Random(_YEAR)
    for voter, ballots in (("party", _PARTY), ("served", _SERVED)):
        rows = {line.member_id: _counts(place, ballots.valid, chance) for place, line in enumerate(lines)}
        appraisal.write_class(book, _YEAR, voter, ballots, rows)
    counted = [line for line in appraisal.read_appraisal(book, _YEAR).appraisal.lines if line.is_graded]
    excellent = next(line for line in counted if leading(line.totals) == ("excellent",))
    appraisal.decide(book, _YEAR, excellent.member_id, "qualified", "本人提出把名额让给年轻党员")
    appraisal.decide_rest(book, _YEAR)
    for line in _away(book, counted):
        appraisal.note_absence(book, _YEAR, line.member_id, "外出务工，电话征求了意见")


def _counts(place: int, valid: int, chance: Random) -> str:
    """Every fourth member was thought excellent by most; a few ballots found somebody only just good enough."""
    most = valid - chance.randint(1, valid // 4 + 1)
    rest = valid - most
    basic = chance.randint(0, min(rest, 1))
    return f"{most} {rest - basic} {basic} 0" if place % 4 == 0 else f"{rest - basic} {most} {basic} 0"


def _away(book: Book, lines: list[MemberLine]) -> list[MemberLine]:
    floating = {member.id for member in registers.people_to_choose(book) if member.floating}
    return [line for line in lines if line.member_id in floating][:3]
