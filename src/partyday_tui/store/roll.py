"""The roll of an event in the book: the expected list, frozen at the first mark, and the marks."""

from collections.abc import Iterable
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import RollEntry, Status
from partyday_tui.store.book import Book, Transaction
from partyday_tui.store.members import EXPECTED

_FROZEN = """SELECT r.member_id, r.name, m.reading, r.group_name, r.kind, r.post, r.floating, r.infirm, r.status, r.reason, r.marked_at
  FROM roll_entry r JOIN member m ON m.id = r.member_id WHERE r.event_id = :event ORDER BY m.reading, r.name, r.member_id"""

_EXPECTED = f"""SELECT m.id, m.name, m.reading, coalesce(g.name, ''), m.kind, m.post, m.floating, m.infirm, NULL, '', NULL
  FROM member m LEFT JOIN party_group g ON g.id = m.group_id WHERE {EXPECTED} ORDER BY m.reading, m.name, m.id"""


def roll(book: Book, event_id: int, day: date) -> list[RollEntry]:
    """Everyone expected at an event: as frozen at the first mark, before that as the roster stands for `day` (ATT-01)."""
    rows = book.rows(_FROZEN, {"event": event_id}) or book.rows(_EXPECTED, {"event": event_id, "day": day.isoformat()})
    return [
        RollEntry(
            member_id, name, reading, group, kind, post, bool(floating), bool(infirm),
            None if status is None else Status(status), reason, marked_at or "",
        )
        for member_id, name, reading, group, kind, post, floating, infirm, status, reason, marked_at in rows
    ]  # fmt: skip


def is_frozen(book: Book, event_id: int) -> bool:
    """Whether the first mark has been made."""
    return bool(book.rows("SELECT 1 FROM roll_entry WHERE event_id = ? LIMIT 1", (event_id,)))


def freeze(transaction: Transaction, event_id: int, day: date) -> None:
    """Write down those who belong on `day` and are not on the list yet, each with what they are now."""
    transaction.connection.execute(
        "INSERT INTO roll_entry (event_id, member_id, name, group_name, kind, post, floating, infirm) "
        "SELECT :event, m.id, m.name, coalesce(g.name, ''), m.kind, m.post, m.floating, m.infirm "
        "FROM member m LEFT JOIN party_group g ON g.id = m.group_id "
        f"WHERE {EXPECTED} AND m.id NOT IN (SELECT member_id FROM roll_entry WHERE event_id = :event)",
        {"event": event_id, "day": day.isoformat()},
    )


def drop_unmarked_strangers(transaction: Transaction, event_id: int, day: date) -> None:
    """Take off the list those who are unmarked and do not belong on `day`."""
    transaction.connection.execute(
        "DELETE FROM roll_entry WHERE event_id = :event AND status IS NULL "
        f"AND member_id IN (SELECT m.id FROM member m WHERE NOT ({EXPECTED}))",
        {"event": event_id, "day": day.isoformat()},
    )


def strangers_and_missing(book: Book, event_id: int, day: date) -> tuple[int, int]:
    """(unmarked on the frozen list but not belonging, belonging but not on it): how the roster has moved since the first mark."""
    parameters = {"event": event_id, "day": day.isoformat()}
    strangers = book.rows(
        "SELECT count(*) FROM roll_entry r JOIN member m ON m.id = r.member_id "
        f"WHERE r.event_id = :event AND r.status IS NULL AND NOT ({EXPECTED})",
        parameters,
    )
    missing = book.rows(
        f"SELECT count(*) FROM member m WHERE {EXPECTED} "
        "AND m.id NOT IN (SELECT member_id FROM roll_entry WHERE event_id = :event)",
        parameters,
    )
    return strangers[0][0], missing[0][0]


def write_marks(transaction: Transaction, event_id: int, marks: Iterable[tuple[int, Status | None, str, str]]) -> None:
    """Write (member key, status, reason, instant) on a frozen roll; a None status clears the mark.

    Raises UserMistake where a member is not on the list: a mark that finds no row must not look written.
    """
    rows = [(status, reason, instant or None, event_id, member_id) for member_id, status, reason, instant in marks]
    cursor = transaction.connection.executemany(
        "UPDATE roll_entry SET status = ?, reason = ?, marked_at = ? WHERE event_id = ? AND member_id = ?", rows
    )
    if rows and cursor.rowcount != len(rows):
        raise UserMistake("有人不在这次活动的应到名单里，刚才的点名没有存下；请先更新应到名单再点。")


def guests_of(book: Book, event_id: int) -> list[Guest]:
    """The guests who sat in, as they were on that day; ``id`` is the person's."""
    rows = book.rows(
        "SELECT e.guest_id, e.name, g.reading, e.class, e.unit FROM event_guest e JOIN guest g ON g.id = e.guest_id "
        "WHERE e.event_id = ? ORDER BY e.id",
        (event_id,),
    )
    return [Guest(*row) for row in rows]


def seat_guest(transaction: Transaction, event_id: int, guest: Guest) -> None:
    """Write that a guest sits in; harmless a second time."""
    transaction.connection.execute(
        "INSERT INTO event_guest (event_id, guest_id, name, class, unit) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (event_id, guest_id) DO NOTHING",
        (event_id, guest.id, guest.name, guest.guest_class, guest.unit),
    )


def unseat_guest(transaction: Transaction, event_id: int, guest_id: int) -> None:
    """Take a guest off an event."""
    transaction.connection.execute("DELETE FROM event_guest WHERE event_id = ? AND guest_id = ?", (event_id, guest_id))
