"""The facts that duties are judged by, read for one year and no more: the cost does not grow with the history.

Everything about events hangs on the events of the year and of the two weeks before it; see `rules.duties.facts.Facts`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time, timedelta

from partyday_tui.rules.duties.facts import OATH, Change, EventFacts, Group, MemberEntry, MemberFacts, Step
from partyday_tui.rules.month import Month
from partyday_tui.rules.posts import is_on_committee
from partyday_tui.rules.roll import RollCounts
from partyday_tui.store.book import Book

_BEFORE = timedelta(days=14)
_REVIEW_STEP, _HELD_STEP = "进行主题测评", "组织开展活动"
_VETERAN_YEARS = 50

_EVENTS = """SELECT e.id, e.month, e.on_date, (SELECT group_concat(k.kind) FROM event_kind k WHERE k.event_id = e.id) AS kinds,
  e.theme, e.starts_at, e.ends_at, r.group_id, r.required_theme, r.chosen_theme, r.host_post, r.host_reason, r.recorder,
  r.opinions_on, r.approved_on, r.notice_on, r.record_form_on, r.minutes_filed_on, r.filed_on, r.workbook_on,
  r.minutes <> '' AS minutes, r.discussion <> '' AS discussion, r.consensus <> '' AS consensus
  FROM event e LEFT JOIN event_record r ON r.event_id = e.id
  WHERE e.on_date BETWEEN :first AND :last OR e.month BETWEEN :first_month AND :last_month"""

_ROLLS = """SELECT event_id, count(*), sum(status = 'present'), sum(status = 'late'), sum(status = 'leave'),
  sum(status = 'absent'), sum(status = 'other'), sum(status IS NULL),
  sum((floating OR infirm) AND (status IS NULL OR status NOT IN ('present', 'late'))),
  group_concat(member_id) FILTER (WHERE status IN ('present', 'late', 'other'))
  FROM roll_entry WHERE event_id IN ({ids}) GROUP BY event_id"""

_PARTS = """SELECT event_id, 'step', name, on_date FROM event_step WHERE event_id IN ({ids})
  UNION ALL SELECT event_id, 'tick', word, '' FROM event_tick WHERE event_id IN ({ids})
  UNION ALL SELECT event_id, 'run_up', meeting_id, '' FROM event_run_up WHERE event_id IN ({ids})
  UNION ALL SELECT event_id, 'comment', role, '' FROM event_comment WHERE event_id IN ({ids})
  UNION ALL SELECT event_id, 'lecture', role, '' FROM event_lecture WHERE event_id IN ({ids})
  UNION ALL SELECT event_id, kind, id, '' FROM event_picture WHERE event_id IN ({ids})
  UNION ALL SELECT event_id, 'agenda', place, '' FROM event_agenda WHERE event_id IN ({ids}) AND place = 1
  UNION ALL SELECT event_id, 'decision', id, '' FROM event_decision WHERE event_id IN ({ids})
  UNION ALL SELECT event_id, 'member', member_id, '' FROM event_member_tick WHERE event_id IN ({ids})"""

Parts = dict[str, list[tuple[str, str]]]


def events_of(book: Book, year: int) -> tuple[EventFacts, ...]:
    """The events planned or held in a year, and those of the two weeks before it."""
    rows = book.rows(
        _EVENTS,
        {
            "first": (date(year, 1, 1) - _BEFORE).isoformat(),
            "last": f"{year}-12-31",
            "first_month": f"{year}-01",
            "last_month": f"{year}-12",
        },
    )
    ids = ", ".join(str(row["id"]) for row in rows)
    rolls = {row[0]: row for row in book.rows(_ROLLS.format(ids=ids))}
    parts: defaultdict[int, Parts] = defaultdict(lambda: defaultdict(list))
    for event_id, kind, text, on in book.rows(_PARTS.format(ids=ids)):
        parts[event_id][kind].append((text, on))
    return tuple(_event(row, rolls.get(row["id"]), parts[row["id"]]) for row in rows)


def _event(row: sqlite3.Row, roll: sqlite3.Row | None, parts: Parts) -> EventFacts:
    counts = RollCounts(*roll[1:9]) if roll else RollCounts()
    steps = tuple(Step(name, date.fromisoformat(on)) for name, on in parts["step"])
    wrote_up = row["minutes"] or row["discussion"] or row["consensus"]
    happened = wrote_up or any(parts[kind] for kind in ("decision", "tick", "member", "comment"))
    return EventFacts(
        id=row["id"],
        month=Month(int(row["month"][:4]), int(row["month"][5:])),
        on=_day(row["on_date"]),
        kinds=frozenset((row["kinds"] or "").split(",")) - {""},
        held=bool(counts.expected > counts.unmarked or happened or any(step.name == _HELD_STEP for step in steps)),
        group_id=row["group_id"],
        theme=row["theme"],
        required_theme=row["required_theme"] or "",
        chosen_theme=row["chosen_theme"] or "",
        starts_at=time.fromisoformat(row["starts_at"]) if row["starts_at"] else None,
        ends_at=time.fromisoformat(row["ends_at"]) if row["ends_at"] else None,
        host=row["host_post"] or "",
        host_reason=row["host_reason"] or "",
        recorder=row["recorder"] or "",
        run_up=frozenset(int(key) for key, _ in parts["run_up"]),
        steps=steps,
        roll=counts,
        took_part=frozenset(map(int, roll[9].split(","))) if roll and roll[9] else frozenset(),
        ticked=frozenset(word for word, _ in parts["tick"]),
        lecturers=frozenset(role for role, _ in parts["lecture"]),
        comments_by=frozenset(role for role, _ in parts["comment"]),
        agenda=bool(parts["agenda"]),
        minutes=bool(row["minutes"]),
        discussion=bool(row["discussion"]),
        agreed=bool(row["consensus"] or parts["decision"]),
        photos=len(parts["photo"]),
        videos=len(parts["video"]),
        notice_on=_day(row["notice_on"]),
        opinions_on=_day(row["opinions_on"]),
        approved_on=_day(row["approved_on"]),
        reviewed_on=next((step.on for step in steps if step.name == _REVIEW_STEP), None),
        record_form_on=_day(row["record_form_on"]),
        minutes_filed_on=_day(row["minutes_filed_on"]),
        filed_on=_day(row["filed_on"]),
        workbook_on=_day(row["workbook_on"]),
    )


# The last entry and the last exit decide the spell that counts; an exit's own day no longer belongs to it.
_MEMBERS = """SELECT m.id, m.name, m.joined_on, m.group_id, m.post, m.floating, m.infirm, m.hardship, m.leading_cadre,
  m.dues_category,
  (SELECT max(v.on_date) FROM movement v WHERE v.member_id = m.id AND v.kind IN ('accepted', 'transfer_in', 'restored')) AS entered,
  (SELECT max(v.on_date) FROM movement v WHERE v.member_id = m.id AND v.kind NOT IN ('accepted', 'transfer_in', 'restored')) AS left_on
  FROM member m"""


def members_of(book: Book, year: int) -> tuple[MemberFacts, ...]:
    """Everyone who belonged to the branch at some time of a year, by their latest spell in it."""
    found = (_member(row, year) for row in book.rows(_MEMBERS))
    return tuple(
        member
        for member in found
        if (member.until is None or member.until.year >= year) and (member.since is None or member.since.year <= year)
    )


def _member(row: sqlite3.Row, year: int) -> MemberFacts:
    joined, entered, left_on = row["joined_on"], row["entered"], row["left_on"]
    left = left_on and not (entered and entered > left_on)
    since = entered or (
        joined and (joined + "-01-01")[:10] if joined and len(joined) == 4 else joined and (joined + "-01")[:10]
    )
    return MemberFacts(
        id=row["id"],
        name=row["name"],
        joined=Month(int(joined[:4]), int(joined[5:7])) if joined and len(joined) >= 7 else None,
        group_id=row["group_id"],
        committee=is_on_committee(row["post"]),
        floating=bool(row["floating"]),
        infirm=bool(row["infirm"]),
        retired=row["dues_category"] == "retired",
        hardship=bool(row["hardship"]),
        veteran=bool(joined) and year - int(joined[:4]) >= _VETERAN_YEARS,
        leading_cadre=bool(row["leading_cadre"]),
        since=_day(since),
        until=date.fromisoformat(left_on) - timedelta(days=1) if left else None,
    )  # fmt: skip


def groups_of(book: Book, members: Iterable[MemberFacts]) -> tuple[Group, ...]:
    """The party groups that have any of these members."""
    living = {member.group_id for member in members}
    return tuple(Group(row[0], row[1]) for row in book.rows("SELECT id, name FROM party_group") if row[0] in living)


def changes_of(book: Book, year: int) -> tuple[Change, ...]:
    """The moves of dates of a year, refused ones left out."""
    rows = book.rows(
        "SELECT id, event_id, from_date, to_date, requested_on, CASE state WHEN 'approved' THEN replied_on END "
        "FROM change_request WHERE from_date BETWEEN ? AND ? AND state <> 'refused' ORDER BY id",
        (f"{year}-01-01", f"{year}-12-31"),
    )
    return tuple(
        Change(row[0], row[1], date.fromisoformat(row[2]), date.fromisoformat(row[3]), _day(row[4]), _day(row[5]))
        for row in rows
    )


def oaths_of(book: Book, year: int) -> tuple[MemberEntry, ...]:
    """Who renewed the oath in a year, and when (CON-01)."""
    rows = book.rows(
        "SELECT id, on_date, member_id FROM event_member_tick WHERE word = ? AND on_date BETWEEN ? AND ? ORDER BY id",
        (OATH, f"{year}-01-01", f"{year}-12-31"),
    )
    return tuple(MemberEntry(row[0], date.fromisoformat(row[1]), row[2]) for row in rows)


def lecturer_roles(book: Book) -> frozenset[str]:
    """The posts of members and the classes of guests: the roles of people who may lecture here."""
    rows = book.rows(
        "SELECT post FROM member WHERE post <> '' UNION SELECT class FROM guest "
        "UNION SELECT '党员领导干部' FROM member WHERE leading_cadre"
    )
    return frozenset(row[0] for row in rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
