"""Who hosted and who took the minutes of the meetings of a year."""

from __future__ import annotations

from partyday_tui.store.book import Book


def hosts_of_year(book: Book, year: int) -> dict[int, tuple[str, str]]:
    """(host, recorder) by event, of the events whose plan slot is in the year and that have a record."""
    rows = book.rows(
        "SELECT r.event_id, r.host, r.recorder FROM event_record r JOIN event e ON e.id = r.event_id "
        "WHERE e.month BETWEEN ? AND ?",
        (f"{year}-01", f"{year}-12"),
    )
    return {row[0]: (row[1], row[2]) for row in rows}
