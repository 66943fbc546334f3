"""The dues ledger in the book: entries appended with their link of the chain, and the sums over them."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from partyday_tui.rules.dues.entries import KIND_WORDS, Entry
from partyday_tui.rules.dues.ledger_chain import START, Field, link
from partyday_tui.rules.month import Month
from partyday_tui.store.book import Book, Transaction

_COLUMNS = tuple(field.name for field in fields(Entry))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM dues_entry"
_INSERT = (
    f"INSERT INTO dues_entry ({', '.join(_COLUMNS)}, chain) VALUES ({', '.join('?' for _ in _COLUMNS)}, ?)"
)  # fmt: skip
_POTS = ", ".join(
    f"('{kind}', '{method}')" for kind in KIND_WORDS for method in ("cash", "wechat", "transfer", "proxy")
)
# The entries between two days are sought kind by kind and pot by pot, in the one index that also sums up what is in hand.
_FROM_POTS = (
    "FROM pot p CROSS JOIN dues_entry e INDEXED BY dues_entry_by_pot ON e.kind = p.kind AND e.method = p.method "
    "AND e.on_date BETWEEN ? AND ?"
)
_LAST_KEY = 2**63 - 1
_NULL_FOR_EMPTY = frozenset(("month",))


def append(transaction: Transaction, entries: Sequence[Entry]) -> list[Entry]:
    """Append entries in the act begun last; their keys, act and instant are filled in. Returns them as written."""
    run = transaction.connection.execute
    last, previous = head(transaction.book)
    written = []
    for number, draft in enumerate(entries, last + 1):
        entry = replace(draft, id=number, act_id=transaction.act_id, entered_at=transaction.instant)
        row = _stored(entry)
        previous = link(previous, row)
        run(_INSERT, (*row, previous))
        written.append(entry)
    return written


def head(book: Book) -> tuple[int, str]:
    """(key, hash) of the last entry; (0, zeros) in an empty ledger."""
    found = book.rows("SELECT id, chain FROM dues_entry ORDER BY id DESC LIMIT 1")
    return (found[0][0], found[0][1]) if found else (0, START)


def entry(book: Book, entry_id: int) -> Entry | None:
    """One entry, or None; a number beyond what the database counts is none."""
    if not 0 < entry_id <= _LAST_KEY:
        return None
    found = _entries(book, "WHERE id = ?", (entry_id,))
    return found[0] if found else None


def entries_of_request(book: Book, request_key: str) -> list[Entry]:
    """What a request has written already, in order: the same key press never writes twice (R3)."""
    # '0' is the character after '/': this range of the unique index holds the keys that begin with the request's and a slash.
    found = _entries(
        book, "WHERE request_key > ? AND request_key < ? ORDER BY id", (f"{request_key}/", f"{request_key}0")
    )
    return [entry for entry in found if entry.request_key.rpartition("/")[0] == request_key]


def reversal_of(book: Book, entry_id: int) -> int | None:
    """The key of the entry that reverses this one, or None."""
    found = book.rows("SELECT id FROM dues_entry WHERE reverses = ?", (entry_id,))
    return found[0][0] if found else None


def handed_over_since(book: Book, pot: str, entry_id: int) -> bool:
    """Whether a hand-over from this pot was written after the entry."""
    return bool(
        book.rows(
            "SELECT 1 FROM dues_entry WHERE kind = 'remittance' AND method = ? AND id > ? LIMIT 1", (pot, entry_id)
        )
    )


def entries_between(book: Book, first: str, last: str) -> list[Entry]:
    """The entries dated within both days (ISO, inclusive), in the order in which they were written, with receipts that came later."""
    rows = book.rows(
        f"WITH pot (kind, method) AS (VALUES {_POTS}) SELECT {', '.join('e.' + name for name in _COLUMNS)} {_FROM_POTS} ORDER BY e.id",
        (first, last),
    )
    later = {row[0]: row[1] for row in book.rows("SELECT entry_id, receipt_no FROM dues_receipt ORDER BY id")}
    found = [_entry(row) for row in rows]
    return (
        [replace(each, receipt_no=later[each.id]) if each.id in later else each for each in found] if later else found
    )


def insert_receipt(transaction: Transaction, entry_ids: Iterable[int], receipt_no: str) -> None:
    """Write the receipt's number of hand-overs in the act begun last; the ledger itself stays as it is."""
    transaction.connection.executemany(
        "INSERT INTO dues_receipt (act_id, entry_id, receipt_no) VALUES (?, ?, ?)",
        [(transaction.act_id, entry_id, receipt_no) for entry_id in entry_ids],
    )


def entries_of_member(book: Book, member_id: int) -> list[Entry]:
    """Every entry of one member, newest first."""
    return _entries(book, "WHERE member_id = ? ORDER BY id DESC", (member_id,))


def years_to_look_at(book: Book, before: int, member_id: int | None = None) -> dict[int, set[int]]:
    """Of each member the assessed years before `before` that are not plainly paid: some month of an assessment lacks its exact sum.

    The database walks the index of a member's months once; an assessment that a later one of its year corrects is looked at too.
    """
    whose, parameters = "a.year < ?", [before]
    if member_id is not None:
        whose, parameters = "a.member_id = ? AND a.year < ?", [member_id, before]
    index = "year" if member_id is None else "member"
    found: dict[int, set[int]] = {}
    for member, year in book.rows(
        f"SELECT a.member_id, a.year FROM dues_assessment a INDEXED BY dues_assessment_of_{index} WHERE {whose} AND a.monthly_fen > 0 "
        "AND 13 - CAST(substr(a.valid_from, 6) AS INTEGER) <> (SELECT count(*) FROM (SELECT 1 FROM dues_entry e "
        "INDEXED BY dues_entry_of_member WHERE e.member_id = a.member_id AND e.month BETWEEN a.valid_from AND a.year || '-12' "
        "GROUP BY e.month HAVING sum(e.amount_fen) = a.monthly_fen))",
        parameters,
    ):
        found.setdefault(member, set()).add(year)
    return found


def paid_by_member(book: Book, member_id: int, first: Month, last: Month) -> dict[int, list[int]]:
    """Σ paid less reversed of one member from `first` to `last`: twelve sums in fen for each year that has any."""
    found: dict[int, list[int]] = {}
    for month, fen in book.rows(
        "SELECT month, sum(amount_fen) FROM dues_entry INDEXED BY dues_entry_of_member "
        "WHERE member_id = ? AND month BETWEEN ? AND ? GROUP BY month",
        (member_id, str(first), str(last)),
    ):
        found.setdefault(int(month[:4]), [0] * 12)[int(month[5:]) - 1] = fen
    return found


def paid_in_year(book: Book, year: int) -> dict[int, tuple[list[int], list[str]]]:
    """For each member who paid for months of a year: twelve sums in fen and twelve days of the latest standing entry ('' for none)."""
    found: dict[int, tuple[list[int], list[str]]] = {}
    for member, month, amount, on_date, least in book.rows(
        "SELECT member_id, month, sum(amount_fen), max(on_date), min(amount_fen) FROM dues_entry "
        "WHERE month BETWEEN ? AND ? GROUP BY month, member_id",
        (f"{year}-01", f"{year}-12"),
    ):
        sums, days = found.get(member) or found.setdefault(member, ([0] * 12, [""] * 12))
        at = int(month[5:]) - 1
        sums[at], days[at] = amount, (_standing_day(book, member, month) if least < 0 else on_date) if amount else ""
    return found


def _standing_day(book: Book, member_id: int, month: str) -> str:
    """The day of the latest entry for a member's month that nothing takes back; '' for none."""
    found = book.rows(
        "SELECT coalesce(max(on_date), '') FROM dues_entry e WHERE member_id = ? AND month = ? AND reverses IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM dues_entry WHERE reverses = e.id)",
        (member_id, month),
    )
    return str(found[0][0])


def sums_by_kind(book: Book, first: str = "", last: str = "9999") -> list[tuple[str, str, int]]:
    """(kind, method, Σ amount) of the entries dated within both days; of all when none is given."""
    if not first:
        rows = book.rows(
            "SELECT kind, method, sum(amount_fen) FROM dues_entry INDEXED BY dues_entry_by_pot GROUP BY kind, method"
        )
    else:
        rows = book.rows(
            f"WITH pot (kind, method) AS (VALUES {_POTS}) SELECT p.kind, p.method, sum(e.amount_fen) {_FROM_POTS} "
            "GROUP BY p.kind, p.method",
            (first, last),
        )
    return [(row[0], row[1], row[2]) for row in rows]


def collected_by_member(book: Book, kinds: Iterable[str], first: str, last: str) -> dict[int, int]:
    """Σ amount of each member over the entries of some kinds dated within both days."""
    wanted = list(kinds)
    rows = book.rows(
        f"WITH pot (kind, method) AS (VALUES {_POTS}) SELECT e.member_id, sum(e.amount_fen) {_FROM_POTS} "
        f"WHERE p.kind IN ({', '.join('?' for _ in wanted)}) GROUP BY e.member_id",
        [first, last, *wanted],
    )
    return {row[0]: row[1] for row in rows}


def off_their_acts(book: Book) -> list[int]:
    """The keys of the entries whose instant is not that of the act in which they were written."""
    rows = book.rows(
        "SELECT e.id FROM dues_entry e NOT INDEXED LEFT JOIN act a ON a.id = e.act_id "
        "WHERE CAST(a.at AS BLOB) IS NOT CAST(e.entered_at AS BLOB) ORDER BY e.id"
    )
    return [row[0] for row in rows]


def _entries(book: Book, tail: str, parameters: Sequence[object]) -> list[Entry]:
    return [_entry(row) for row in book.rows(f"{_SELECT} {tail}", parameters)]


def _entry(row: sqlite3.Row) -> Entry:
    values = dict(zip(_COLUMNS, row, strict=True))
    return Entry(**(values | {name: values[name] or "" for name in _NULL_FOR_EMPTY}))


def _stored(entry: Entry) -> tuple[Field, ...]:
    return tuple(
        None if name in _NULL_FOR_EMPTY and value == "" else value
        for name, value in ((name, getattr(entry, name)) for name in _COLUMNS)
    )
