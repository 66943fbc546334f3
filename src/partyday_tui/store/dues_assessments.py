"""Assessments of dues, their parts, terms set by hand, and what else of a member decides what is due."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.dues.assessment import Part
from partyday_tui.rules.dues.terms import Away, SetTerm
from partyday_tui.rules.month import Month
from partyday_tui.store.book import Book, Transaction


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment as written; money in fen, ``rate`` in ten-thousandths, ``valid_from`` a month of ``year``."""

    id: int
    member_id: int
    member_name: str
    year: int
    valid_from: str
    category: str
    base_fen: int | None
    rate: int | None
    by_table_fen: int
    monthly_fen: int
    notice: str
    reason: str = ""
    approved_on: str | None = None
    approved_by: str = ""
    relief: str = ""
    relief_document: str = ""
    relief_by: str = ""
    relief_on: str | None = None


@dataclass(frozen=True, slots=True)
class Payer:
    """A member as the dues book sees them."""

    id: int
    name: str
    reading: str
    group: str
    category: str
    joined_on: str


_COLUMNS = tuple(Assessment.__dataclass_fields__)


def payers(book: Book, member_id: int | None = None) -> list[Payer]:
    """Every member ever entered, or one, in the order of their readings."""
    only = "" if member_id is None else "WHERE m.id = ?"
    rows = book.rows(
        "SELECT m.id, m.name, m.reading, coalesce(g.name, ''), m.dues_category, coalesce(m.joined_on, '') FROM member m "
        f"LEFT JOIN party_group g ON g.id = m.group_id {only} ORDER BY m.reading, m.name, m.id",
        _only(member_id),
    )
    return [Payer(*row) for row in rows]


def movements_by_member(book: Book, member_id: int | None = None) -> dict[int, list[tuple[str, date]]]:
    """(kind, day) of each member's entries and exits, oldest first."""
    only = "" if member_id is None else "WHERE member_id = ?"
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for member, kind, on_date in book.rows(
        f"SELECT member_id, kind, on_date FROM movement {only} ORDER BY on_date, id", _only(member_id)
    ):
        found[member].append((kind, date.fromisoformat(on_date)))
    return found


def insert_assessment(transaction: Transaction, assessment: Assessment, parts: tuple[Part, ...] = ()) -> int:
    """Write an assessment (its ``id`` is not looked at) and its parts in the act begun last; returns the key."""
    names = _COLUMNS[1:]
    run = transaction.connection.execute
    key = run(
        f"INSERT INTO dues_assessment (act_id, {', '.join(names)}) VALUES (?, {', '.join('?' for _ in names)})",
        [transaction.act_id, *(getattr(assessment, name) for name in names)],
    ).lastrowid
    assert key is not None
    transaction.connection.executemany(
        "INSERT INTO dues_base_part (assessment_id, name, effect, amount_fen) VALUES (?, ?, ?, ?)",
        [(key, part.name, part.effect, part.amount_fen) for part in parts],
    )
    return key


def assessments_of_year(book: Book, year: int) -> list[Assessment]:
    """Every assessment of a year, of each member in the order of months and then of writing."""
    rows = book.rows(
        f"SELECT {', '.join(_COLUMNS)} FROM dues_assessment WHERE year = ? ORDER BY member_id, valid_from, id", (year,)
    )
    return [Assessment(*row) for row in rows]


def assessments_of_member(book: Book, member_id: int) -> list[Assessment]:
    """Every assessment of one member, newest year first, in the order of writing within it."""
    rows = book.rows(
        f"SELECT {', '.join(_COLUMNS)} FROM dues_assessment WHERE member_id = ? ORDER BY year DESC, id", (member_id,)
    )
    return [Assessment(*row) for row in rows]


def parts_of(book: Book, assessment_id: int) -> list[Part]:
    """The parts of an assessment's base, in order."""
    rows = book.rows(
        "SELECT name, effect, amount_fen FROM dues_base_part WHERE assessment_id = ? ORDER BY id", (assessment_id,)
    )
    return [Part(*row) for row in rows]


def monthly_amounts(
    book: Book, first_year: int, last_year: int, member_id: int | None = None
) -> dict[int, list[tuple[int, int, int]]]:
    """(year, month number from which it holds, monthly fen) of each member, in the order of months and then of writing."""
    only = "" if member_id is None else "AND member_id = ?"
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for member, year, valid_from, monthly_fen in book.rows(
        "SELECT member_id, year, CAST(substr(valid_from, 6) AS INTEGER), monthly_fen FROM dues_assessment "
        f"WHERE year BETWEEN ? AND ? {only} ORDER BY {'year, member_id, ' if member_id is None else ''}valid_from, id",
        [first_year, last_year, *_only(member_id)],
    ):
        found[member].append((year, valid_from, monthly_fen))
    return found


def first_year(book: Book) -> int | None:
    """The first year that has an assessment; None in a book that keeps no dues yet."""
    found: int | None = book.rows("SELECT min(year) FROM dues_assessment")[0][0]
    return found


def assessed_before(book: Book, year: int) -> set[int]:
    """The members who were assessed for some year before `year`."""
    return {row[0] for row in book.rows("SELECT DISTINCT member_id FROM dues_assessment WHERE year < ?", (year,))}


def insert_term(transaction: Transaction, member_id: int, term: SetTerm) -> None:
    """Write a member's first and last month as set by hand; the latest one holds."""
    transaction.connection.execute(
        "INSERT INTO dues_term (act_id, member_id, first_month, last_month, reason) VALUES (?, ?, ?, ?, ?)",
        (
            transaction.act_id,
            member_id,
            None if term.first is None else str(term.first),
            None if term.last is None else str(term.last),
            term.reason,
        ),
    )


def set_terms(book: Book, member_id: int | None = None) -> dict[int, SetTerm]:
    """What holds by hand for each member that has it."""
    only = "" if member_id is None else "WHERE member_id = ?"
    rows = book.rows(
        f"SELECT member_id, first_month, last_month, reason FROM dues_term {only} ORDER BY id", _only(member_id)
    )
    return {
        member: SetTerm(Month.parse(first) if first else None, Month.parse(last) if last else None, reason)
        for member, first, last, reason in rows
    }


def insert_away(transaction: Transaction, member_id: int, away: Away, *, withdrawn: bool = False) -> None:
    """Write months in which a member pays elsewhere, or take them back; the latest row of a first month holds."""
    transaction.connection.execute(
        "INSERT INTO dues_away (act_id, member_id, first_month, last_month, place, withdrawn) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            transaction.act_id,
            member_id,
            str(away.first),
            None if away.last is None else str(away.last),
            away.place,
            int(withdrawn),
        ),
    )


def aways(book: Book, member_id: int | None = None) -> dict[int, list[Away]]:
    """The months in which each member pays elsewhere, oldest first, of those that have any."""
    only = "" if member_id is None else "WHERE member_id = ?"
    latest: dict[tuple[int, str], tuple[str | None, str, int]] = {}
    for member, first, last, place, withdrawn in book.rows(
        f"SELECT member_id, first_month, last_month, place, withdrawn FROM dues_away {only} ORDER BY id",
        _only(member_id),
    ):
        latest[member, first] = (last, place, withdrawn)
    found: dict[int, list[Away]] = {}
    for (member, first), (last, place, withdrawn) in sorted(latest.items()):
        if not withdrawn:
            end = Month.parse(last) if last else None
            found.setdefault(member, []).append(Away(Month.parse(first), end, place))
    return found


def _only(member_id: int | None) -> tuple[int, ...]:
    return () if member_id is None else (member_id,)
