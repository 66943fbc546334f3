"""When each member was last reached, whatever the way (ATT-10, ATT-11)."""

from __future__ import annotations

from datetime import date

from partyday_tui.store.book import Book


def last_reached(book: Book, until: date) -> dict[int, date]:
    """The newest day up to ``until`` on which each floating or infirm member took part, was taught, or was contacted."""
    rows = book.rows(
        "SELECT member_id, max(on_date) FROM ("
        "SELECT o.member_id, o.on_date FROM outreach o "
        "UNION ALL SELECT r.member_id, e.on_date FROM roll_entry r JOIN event e ON e.id = r.event_id "
        "JOIN member m ON m.id = r.member_id WHERE (m.floating OR m.infirm) AND r.status IN ('present', 'late', 'other') "
        "UNION ALL SELECT u.member_id, l.on_date FROM make_up_case u JOIN make_up l ON l.id = u.make_up_id) "
        "WHERE on_date <= ? GROUP BY member_id",
        (until.isoformat(),),
    )
    return {member_id: date.fromisoformat(on) for member_id, on in rows if on}
