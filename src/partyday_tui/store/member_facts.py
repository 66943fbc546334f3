"""The members of a year as its duties see them: one row for each spell in which nothing about them changed.

Whether somebody was floating or in hardship in March is what the book said in March, not what it says today. The present marks are
in `member`; what they were before is read back from the append-only record of changes, from the year's first day on.
"""

from __future__ import annotations

import sqlite3
from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from partyday_tui.rules.duties.facts import Group, MemberFacts
from partyday_tui.rules.month import Month
from partyday_tui.rules.posts import is_on_committee
from partyday_tui.store.book import Book

_VETERAN_YEARS = 50
_DAY = timedelta(days=1)
_BEFORE = timedelta(days=14)

# The last entry and the last exit decide the spell that counts; an exit's own day no longer belongs to it.
_MEMBERS = """SELECT m.id, m.name, m.joined_on, m.group_id, m.post, m.floating, m.infirm, m.hardship, m.leading_cadre,
  m.dues_category,
  (SELECT max(v.on_date) FROM movement v WHERE v.member_id = m.id AND v.kind IN ('accepted', 'transfer_in', 'restored')),
  (SELECT max(v.on_date) FROM movement v WHERE v.member_id = m.id AND v.kind NOT IN ('accepted', 'transfer_in', 'restored'))
  FROM member m"""

# The condition on the field is word for word that of the index in migration 0007.
_TURNS = """SELECT CAST(c.row_key AS INTEGER), a.day, c.field, c.old FROM change c INDEXED BY change_of_member_mark JOIN act a ON a.id = c.act_id
  WHERE c.kept_in = 'member' AND c.op = 'update'
  AND c.field IN ('group_id', 'post', 'floating', 'infirm', 'hardship', 'leading_cadre', 'dues_category')
  AND c.act_id >= (SELECT id FROM act WHERE day >= ? ORDER BY day, id LIMIT 1) ORDER BY c.id"""

_MARKS = ("group_id", "post", "floating", "infirm", "hardship", "leading_cadre", "dues_category")


class _Turn(NamedTuple):
    """A mark of a member was changed on a day; ``old`` is what it said before."""

    on: date
    field: str
    old: Any


def members_of(book: Book, year: int) -> tuple[MemberFacts, ...]:
    """Everyone who belonged to the branch at some time of a year, by their latest spell in it, as they were each day of it."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    turns: defaultdict[int, list[_Turn]] = defaultdict(list)
    for member_id, on, field, old in book.rows(_TURNS, ((first - _BEFORE).isoformat(),)):
        turns[member_id].append(_Turn(date.fromisoformat(on), field, old))
    found = (spell for row in book.rows(_MEMBERS) for spell in _spells(row, turns.get(row[0], ()), year))
    return tuple(
        it for it in found if (it.until is None or it.until >= first) and (it.since is None or it.since <= last)
    )


def _spells(row: sqlite3.Row, turns: Sequence[_Turn], year: int) -> Iterable[MemberFacts]:
    """A member's rows: a new one from each day on which a mark was changed or on which they became a veteran."""
    key, name, joined, *marks, entered, left_on = row
    since = _day(entered or (joined and (joined + "-01-01")[:10]))
    until = date.fromisoformat(left_on) - _DAY if left_on and not (entered and entered > left_on) else None
    veteran_year = int(joined[:4]) + _VETERAN_YEARS if joined else year + 1
    veteran_on = _veteran_on(joined) if veteran_year == year else None
    month = _month(joined[:7]) if joined and len(joined) >= 7 else None

    def spell(on: date, first: date | None, last: date | None) -> MemberFacts:
        group, post, floating, infirm, hardship, cadre, category = _marks_on(marks, turns, on) if turns else marks
        return MemberFacts(
            key, name, month, group, bool(post) and is_on_committee(post), bool(floating), bool(infirm), category == "retired",
            bool(hardship), veteran_year < year or (veteran_on is not None and veteran_on <= on), bool(cadre), first, last,
        )  # fmt: skip

    cuts = {turn.on for turn in turns}
    if veteran_on:
        cuts.add(veteran_on)
    if not cuts:
        return (spell(date(year, 12, 31), since, until),)
    starts = sorted(cut for cut in cuts if (since is None or cut > since) and (until is None or cut <= until))
    ends = [*(start - _DAY for start in starts), until]
    return [
        spell(first or min(last or date(year, 12, 31), date(year, 12, 31)), first or since, last)
        for first, last in zip((None, *starts), ends, strict=True)
    ]


def _marks_on(marks: Iterable[Any], turns: Sequence[_Turn], on: date) -> list[Any]:
    """The marks as they were at the end of a day: what a later change replaced, the earliest such change first."""
    values = dict(zip(_MARKS, marks, strict=True))
    for turn in sorted(turns, key=lambda turn: turn.on)[::-1]:
        if turn.on > on:
            values[turn.field] = turn.old
    return list(values.values())


def _veteran_on(joined: str) -> date:
    """The day fifty years after joining, the first of the year or month where no day is known."""
    year, month, day = int(joined[:4]) + _VETERAN_YEARS, int(joined[5:7] or 1), int(joined[8:] or 1)
    return date(year, 3, 1) if (month, day) == (2, 29) and not isleap(year) else date(year, month, day)


@lru_cache(maxsize=1024)
def _month(text: str) -> Month:
    return Month(int(text[:4]), int(text[5:]))


def groups_of(book: Book, members: Iterable[MemberFacts]) -> tuple[Group, ...]:
    """The party groups that have any of these members."""
    living = {member.group_id for member in members}
    return tuple(Group(row[0], row[1]) for row in book.rows("SELECT id, name FROM party_group") if row[0] in living)


def lecturer_roles(book: Book) -> frozenset[str]:
    """The posts of members and the classes of guests: the roles of people who may lecture here."""
    rows = book.rows(
        "SELECT post FROM member WHERE post <> '' UNION SELECT class FROM guest "
        "UNION SELECT '党员领导干部' FROM member WHERE leading_cadre"
    )
    return frozenset(row[0] for row in rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
