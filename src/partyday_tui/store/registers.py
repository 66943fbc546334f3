"""The registers as the facts that duties are judged by: of one year and no more, and what settles it later."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from partyday_tui.rules.development import Candidate
from partyday_tui.rules.duties.facts import Finding, HardshipEntry, MemberEntry, Paper, Problem, Talk, Trigger, Visit
from partyday_tui.rules.registers import REMINDER_PAPER, TALK_PAPER
from partyday_tui.store import development
from partyday_tui.store.book import Book

_REACHED = """SELECT id, on_date, member_id, 'outreach' FROM outreach WHERE on_date BETWEEN :first AND :last
  UNION ALL SELECT l.id, l.on_date, u.member_id, 'make_up' FROM make_up l JOIN make_up_case u ON u.make_up_id = l.id
    WHERE l.on_date BETWEEN :first AND :last
  UNION ALL SELECT id, on_date, member_id, 'case_step' FROM case_step
    WHERE reached AND step IN ('contact', 'brief') AND on_date BETWEEN :first AND :last"""
_PAPERS = {TALK_PAPER: "talk_register", REMINDER_PAPER: "talk_reminders"}


def outreach(book: Book, year: int) -> tuple[MemberEntry, ...]:
    """How members were reached in a year: outreach entries, lessons that made up, contacts and briefings after an absence (ATT-10)."""
    rows = book.rows(_REACHED, dict(zip(("first", "last"), _year(year), strict=True)))
    return tuple(MemberEntry(key, _day(on), member_id, kind) for key, on, member_id, kind in rows)


def visits(book: Book, year: int) -> tuple[Visit, ...]:
    """走访慰问 of members in a year, and in the month before it: 元旦 and 春节 are visited ahead of time (CON-18)."""
    rows = book.rows(
        "SELECT id, on_date, member_id, reported_on FROM visit WHERE member_id IS NOT NULL AND on_date BETWEEN ? AND ?",
        (f"{year - 1:04d}-12-01", f"{year:04d}-12-31"),
    )
    return tuple(Visit(key, _day(on), member_id, _perhaps(reported)) for key, on, member_id, reported in rows)


def talks(book: Book, year: int) -> tuple[Talk, ...]:
    """谈心谈话 of a year, and later ones with a member whom a trigger of that year is about (CON-15, CON-17)."""
    rows = book.rows(
        "SELECT t.id, t.on_date, p.member_id FROM talk t JOIN talk_member p ON p.talk_id = t.id "
        "WHERE t.on_date BETWEEN :first AND :last OR t.on_date > :last AND EXISTS (SELECT 1 FROM talk_member q "
        "JOIN talk_trigger g ON g.member_id = q.member_id WHERE q.talk_id = t.id AND g.on_date BETWEEN :first AND :last)",
        dict(zip(("first", "last"), _year(year), strict=True)),
    )
    people: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for key, on, member_id in rows:
        people[key, on].add(member_id)
    return tuple(Talk(key, _day(on), frozenset(members)) for (key, on), members in people.items())


def triggers(book: Book, year: int) -> tuple[Trigger, ...]:
    """What called for a talk in a year (CON-17)."""
    rows = book.rows("SELECT id, on_date, member_id, what FROM talk_trigger WHERE on_date BETWEEN ? AND ?", _year(year))
    return tuple(Trigger(key, _day(on), member_id, what) for key, on, member_id, what in rows)


def hardships(book: Book, year: int) -> tuple[HardshipEntry, ...]:
    """困难党员动态台账 (CON-19): the rows in force on any day of a year."""
    first, last = _year(year)
    rows = book.rows(
        "SELECT id, member_id, on_date FROM hardship WHERE on_date <= ? AND (ended_on IS NULL OR ended_on >= ?)",
        (last, first),
    )
    return tuple(HardshipEntry(key, member_id, _day(on)) for key, member_id, on in rows)


def problems(book: Book, year: int) -> tuple[Problem, ...]:
    """Problems settled in a year (PRO-10)."""
    rows = book.rows(
        "SELECT id, title, settled_on, reported_on FROM problem WHERE settled_on BETWEEN ? AND ?", _year(year)
    )
    return tuple(Problem(key, title, _day(settled), _perhaps(told)) for key, title, settled, told in rows)


def findings(book: Book, year: int) -> tuple[Finding, ...]:
    """What inspections of a year asked to be mended (SUP-02); one without a deadline asks nothing."""
    rows = book.rows(
        "SELECT id, coalesce(nullif(findings, ''), by_whom), on_date, mend_by, mended_on FROM inspection "
        "WHERE mend_by IS NOT NULL AND on_date BETWEEN ? AND ?",
        _year(year),
    )
    return tuple(Finding(key, title, _day(on), _day(by), _perhaps(done)) for key, title, on, by, done in rows)


def papers(book: Book, year: int) -> tuple[Paper, ...]:
    """Sheets handed in or published in a year (DUE-07, CON-16, CON-27)."""
    handed_in = book.rows("SELECT id, kind, on_date FROM superior_report WHERE on_date BETWEEN ? AND ?", _year(year))
    published = book.rows(
        "SELECT id, published_on FROM dues_publication WHERE published_on BETWEEN ? AND ?", _year(year)
    )
    return (
        *(Paper(key, _PAPERS[kind], _day(on)) for key, kind, on in handed_in if kind in _PAPERS),
        *(Paper(key, "dues_publication", _day(on)) for key, on in published),
    )


def candidates(book: Book, year: int) -> tuple[Candidate, ...]:
    """People under development in a year (CON-20): neither given up nor archived before it."""
    first, _ = _year(year)
    return tuple(
        it.candidate
        for it in development.candidates(book)
        if not (it.candidate.ended_on and it.candidate.ended_on < date(year, 1, 1))
        if not any(step == 25 and on.isoformat() < first for step, on in it.candidate.steps)
    )


def _year(year: int) -> tuple[str, str]:
    return f"{year:04d}-01-01", f"{year:04d}-12-31"


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _perhaps(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
