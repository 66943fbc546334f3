"""The registers that duties are judged by and that have no table yet: one function each, empty until a migration gives it one."""

from __future__ import annotations

from partyday_tui.rules.development import Candidate
from partyday_tui.rules.duties.facts import Finding, HardshipEntry, MemberEntry, Paper, Problem, Talk, Trigger, Visit
from partyday_tui.store.book import Book


def outreach(book: Book, year: int) -> tuple[MemberEntry, ...]:
    """联系流动党员 of a year (ATT-10)."""
    return ()


def visits(book: Book, year: int) -> tuple[Visit, ...]:
    """走访慰问 of a year (CON-18)."""
    return ()


def talks(book: Book, year: int) -> tuple[Talk, ...]:
    """谈心谈话 of a year and later ones that settle it (CON-15)."""
    return ()


def triggers(book: Book, year: int) -> tuple[Trigger, ...]:
    """What called for a talk in a year (CON-17)."""
    return ()


def hardships(book: Book, year: int) -> tuple[HardshipEntry, ...]:
    """困难党员动态台账 (CON-19): the rows of members in hardship in a year."""
    return ()


def problems(book: Book, year: int) -> tuple[Problem, ...]:
    """Problems settled in a year (PRO-10)."""
    return ()


def findings(book: Book, year: int) -> tuple[Finding, ...]:
    """What inspections of a year asked to be mended (SUP-02)."""
    return ()


def papers(book: Book, year: int) -> tuple[Paper, ...]:
    """Sheets handed in or published in a year (DUE-07, CON-16, CON-27)."""
    return ()


def candidates(book: Book, year: int) -> tuple[Candidate, ...]:
    """People under development in a year (CON-20)."""
    return ()
