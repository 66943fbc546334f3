"""The facts that duties are judged by, read for one year and no more: the cost does not grow with the history.

Everything about events hangs on the events of the year and of the two weeks before it; see `rules.duties.facts.Facts`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date, time, timedelta
from functools import lru_cache

from partyday_tui.rules.duties.facts import OATH, Change, Decided, EventFacts, MemberEntry, Step
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import RollCounts
from partyday_tui.rules.votes import Deduction, Vote
from partyday_tui.store.book import Book

_BEFORE = timedelta(days=14)
_REVIEW_STEP, _HELD_STEP = "进行主题测评", "组织开展活动"

_EVENTS = """SELECT e.id, e.month, e.on_date, (SELECT group_concat(k.kind) FROM event_kind k WHERE k.event_id = e.id) AS kinds,
  CASE WHEN e.theme <> '' THEN e.theme ELSE e.content END AS theme, e.starts_at, e.ends_at, r.group_id, r.required_theme, r.chosen_theme, r.host_post, r.host_reason, r.recorder,
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
  UNION ALL SELECT event_id, kind, id, coalesce(taken_on, '') FROM event_picture WHERE event_id IN ({ids})
  UNION ALL SELECT event_id, 'agenda', place, '' FROM event_agenda WHERE event_id IN ({ids}) AND place = 1
  UNION ALL SELECT event_id, 'review', '', on_date FROM review r WHERE event_id IN ({ids})
    AND EXISTS (SELECT 1 FROM review_ballots b WHERE b.event_id = r.event_id AND b.returned > 0)
  UNION ALL SELECT event_id, 'member', member_id, '' FROM event_member_tick WHERE event_id IN ({ids})"""

_DECISIONS = """SELECT event_id, id, matter, kind, full_members, present, votes_for, votes_against, votes_abstain,
  (SELECT sum(heads) FROM event_deduction WHERE decision_id = event_decision.id)
  FROM event_decision WHERE event_id IN ({ids})"""

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
    decided: defaultdict[int, list[Decided]] = defaultdict(list)
    for event_id, key, matter, kind, full, present, votes_for, against, abstain, deducted in book.rows(
        _DECISIONS.format(ids=ids)
    ):
        less = (Deduction(deducted, ""),) if deducted else ()
        vote = Vote(kind, full, present, votes_for, against, abstain, less)
        decided[event_id].append(Decided(key, matter, vote))
    return tuple(_event(row, rolls.get(row[0]), parts[row[0]], tuple(decided[row[0]])) for row in rows)


def _event(row: sqlite3.Row, roll: sqlite3.Row | None, parts: Parts, decided: tuple[Decided, ...]) -> EventFacts:
    (key, month, on_date, kinds, theme, starts_at, ends_at, group_id, required, chosen, host, host_reason, recorder, opinions_on,
     approved_on, notice_on, record_form_on, minutes_filed_on, filed_on, workbook_on, minutes, discussion, consensus) = row  # fmt: skip
    counts = RollCounts(*roll[1:9]) if roll else RollCounts()
    steps = tuple(Step(name, date.fromisoformat(on)) for name, on in parts["step"])
    happened = minutes or discussion or consensus or decided or parts["tick"] or parts["member"] or parts["comment"]
    return EventFacts(
        id=key,
        month=_month(month),
        on=_day(on_date),
        kinds=frozenset((kinds or "").split(",")) - {""},
        held=bool(counts.expected > counts.unmarked or happened or any(step.name == _HELD_STEP for step in steps)),
        group_id=group_id,
        theme=theme,
        required_theme=required or "",
        chosen_theme=chosen or "",
        starts_at=time.fromisoformat(starts_at) if starts_at else None,
        ends_at=time.fromisoformat(ends_at) if ends_at else None,
        host=host or "",
        host_reason=host_reason or "",
        recorder=recorder or "",
        run_up=frozenset(int(meeting) for meeting, _ in parts["run_up"]),
        steps=steps,
        roll=counts,
        took_part=frozenset(map(int, roll[9].split(","))) if roll and roll[9] else frozenset(),
        ticked=frozenset(word for word, _ in parts["tick"]),
        lecturers=frozenset(role for role, _ in parts["lecture"]),
        comments_by=frozenset(role for role, _ in parts["comment"]),
        decided=decided,
        agenda=bool(parts["agenda"]),
        minutes=bool(minutes),
        discussion=bool(discussion),
        agreed=bool(consensus or decided),
        photos=len(parts["photo"]),
        photos_off=sum(bool(taken_on) and taken_on != on_date for _, taken_on in parts["photo"]),
        videos=len(parts["video"]),
        reviewed_on=_day(next((on for _, on in parts["review"]), None))
        or next((step.on for step in steps if step.name == _REVIEW_STEP), None),
        notice_on=_day(notice_on), opinions_on=_day(opinions_on), approved_on=_day(approved_on),
        record_form_on=_day(record_form_on), minutes_filed_on=_day(minutes_filed_on),
        filed_on=_day(filed_on), workbook_on=_day(workbook_on),
    )  # fmt: skip


@lru_cache(maxsize=256)
def _month(text: str) -> Month:
    return Month(int(text[:4]), int(text[5:]))


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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
