"""When each member last took part and was last reached, whatever the way (ATT-10, ATT-11)."""

from __future__ import annotations

from datetime import date

from partyday_tui.store.book import Book

TOOK_PART = """SELECT p.member_id, e.on_date FROM roll_entry p JOIN event e ON e.id = p.event_id WHERE p.status IN ('present', 'late', 'other')
  AND p.member_id IN (SELECT id FROM member WHERE floating OR infirm)
  UNION ALL SELECT u.member_id, l.on_date FROM make_up_case u JOIN make_up l ON l.id = u.make_up_id"""
"""SQL: (member_id, on_date) of every event that a floating or infirm member took part in and every lesson that made one up."""

REACHED = f"""{TOOK_PART} UNION ALL SELECT o.member_id, o.on_date FROM outreach o
  UNION ALL SELECT s.member_id, s.on_date FROM case_step s WHERE s.reached AND s.step IN ('contact', 'brief')"""
"""SQL: the same, and every outreach entry, contact and briefing: 网络互动、寄送资料、通报情况."""


def last_took_part(book: Book, until: date) -> dict[int, date]:
    """The newest day up to ``until`` on which each floating or infirm member took part in an event or was taught."""
    return _newest(book, TOOK_PART, until)


def last_reached(book: Book, until: date) -> dict[int, date]:
    """The newest day up to ``until`` on which each of them took part, was taught, or was spoken to."""
    return _newest(book, REACHED, until)


def _newest(book: Book, days: str, until: date) -> dict[int, date]:
    rows = book.rows(
        f"SELECT member_id, max(on_date) FROM ({days}) WHERE on_date <= ? GROUP BY member_id",
        (until.isoformat(),),
    )
    return {member_id: date.fromisoformat(on) for member_id, on in rows}
