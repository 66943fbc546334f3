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

# The entry and the exit of those who have one at most; an exit's own day no longer belongs to the spell. Whoever came and went more
# often is always taken, and their spells are made from `_MOVES`.
_MEMBERS = """SELECT id, name, joined_on, group_id, post, floating, infirm, hardship, leading_cadre, dues_category,
  coalesce(entered, substr(joined_on || '-01-01', 1, 10)) AS since,
  CASE WHEN left_on >= coalesce(entered, '') THEN date(left_on, '-1 day') END AS until
  FROM (SELECT m.*,
    (SELECT max(v.on_date) FROM movement v WHERE v.member_id = m.id AND v.kind IN ('accepted', 'transfer_in', 'restored')) AS entered,
    (SELECT max(v.on_date) FROM movement v WHERE v.member_id = m.id AND v.kind NOT IN ('accepted', 'transfer_in', 'restored')) AS left_on
    FROM member m)
  WHERE (since IS NULL OR since <= :last) AND (until IS NULL OR until >= :first) OR id IN (SELECT member_id FROM moved)"""

_MOVED = "WITH moved AS (SELECT member_id FROM movement GROUP BY member_id HAVING count(*) > 1) "
_MOVES = """SELECT v.member_id, v.on_date, v.kind IN ('accepted', 'transfer_in', 'restored')
  FROM moved JOIN movement v USING (member_id) ORDER BY v.on_date, v.id"""

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
    """Everyone who belonged to the branch at some time of a year, as they were each day of it; who left and came back has both spells."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    turns: defaultdict[int, list[_Turn]] = defaultdict(list)
    for member_id, on, field, old in book.rows(_TURNS, ((first - _BEFORE).isoformat(),)):
        turns[member_id].append(_Turn(date.fromisoformat(on), field, old))
    moves: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
    for member_id, on, is_entry in book.rows(_MOVED + _MOVES):
        moves[member_id].append((on, bool(is_entry)))
    found: list[MemberFacts] = []
    for row in book.rows(_MOVED + _MEMBERS, {"first": first.isoformat(), "last": last.isoformat()}):
        stays = _stays(moves[row[0]], row[2]) if row[0] in moves else ((row[10], row[11]),)
        for since, until in stays:
            found += _spells(row, turns.get(row[0], ()), year, since, until)
    return tuple(it for it in found if _touches(it, first, last))


def _stays(moves: Sequence[tuple[str, bool]], joined: str | None) -> Iterable[tuple[str | None, str | None]]:
    """From when to when somebody belonged who came and went more than once, oldest first; they were in before a first exit."""
    is_in, since = not moves[0][1], f"{joined}-01-01"[:10] if joined else None
    for on, is_entry in moves:
        if is_entry and not is_in:
            since = on
        elif is_in and not is_entry:
            yield since, (date.fromisoformat(on) - _DAY).isoformat()
        is_in = is_entry
    if is_in:
        yield since, None


def _touches(member: MemberFacts, first: date, last: date) -> bool:
    return (member.until is None or member.until >= first) and (member.since is None or member.since <= last)


def _spells(
    row: sqlite3.Row, turns: Sequence[_Turn], year: int, entered: str | None, left_on: str | None
) -> Iterable[MemberFacts]:
    """The rows of one stay of a member: a new one from each day on which a mark was changed or on which they became a veteran."""
    key, name, joined, group, post, floating, infirm, hardship, cadre, category, _, _ = row
    since = date.fromisoformat(entered) if entered else None
    until = date.fromisoformat(left_on) if left_on else None
    veteran_year = int(joined[:4]) + _VETERAN_YEARS if joined else year + 1
    whole = MemberFacts(
        key, name, _month(joined[:7]) if joined and len(joined) >= 7 else None, group, bool(post) and is_on_committee(post),
        bool(floating), bool(infirm), category == "retired", bool(hardship), veteran_year < year, bool(cadre), since, until,
    )  # fmt: skip
    cuts = {turn.on for turn in turns}
    veteran_on = _veteran_on(joined) if veteran_year == year else None
    if veteran_on:
        cuts.add(veteran_on)
    if not cuts:
        return (whole,)
    starts = sorted(cut for cut in cuts if (since is None or cut > since) and (until is None or cut <= until))
    ends = [*(start - _DAY for start in starts), until]
    found = []
    for first, last in zip((None, *starts), ends, strict=True):
        on = first or min(last or date(year, 12, 31), date(year, 12, 31))
        then = _as_of(whole, (group, post, floating, infirm, hardship, cadre, category), turns, on) if turns else whole
        is_veteran = whole.veteran or (veteran_on is not None and veteran_on <= on)
        found.append(then._replace(veteran=is_veteran, since=first or since, until=last))
    return found


def _as_of(whole: MemberFacts, marks: Iterable[Any], turns: Sequence[_Turn], on: date) -> MemberFacts:
    """The member as they were at the end of a day: with what a later change replaced, the earliest such change first."""
    values = dict(zip(_MARKS, marks, strict=True))
    for turn in sorted(turns, key=lambda turn: turn.on)[::-1]:
        if turn.on > on:
            values[turn.field] = turn.old
    return whole._replace(
        group_id=values["group_id"],
        committee=is_on_committee(str(values["post"])),
        floating=bool(values["floating"]),
        infirm=bool(values["infirm"]),
        retired=values["dues_category"] == "retired",
        hardship=bool(values["hardship"]),
        leading_cadre=bool(values["leading_cadre"]),
    )


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
