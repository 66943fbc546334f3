"""The generations on this computer: beside those on a stick, thinned by day, week and month without asking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping.archive import peek
from partyday_tui.safekeeping.header import LONGEST
from partyday_tui.safekeeping.place import KEPT, listed

_DAYS, _WEEKS, _MONTHS = 7, 5, 12


def to_keep(dated: Iterable[tuple[int, date | None]]) -> set[int]:
    """Of (generation, day made) those that stay: the newest five whatever their day; of the others the newest of each of seven days,

    five weeks and twelve months. Days, weeks and months are counted as they occur, from the newest generation backwards, so that a
    clock that was wrong removes nothing that it should not. A file without a day stays.
    """
    ordered = sorted(dated, key=lambda it: it[0], reverse=True)
    kept = {generation for generation, _ in ordered[:KEPT]}
    spans = ((_DAYS, date.isoformat), (_WEEKS, _week), (_MONTHS, lambda day: day.isoformat()[:7]))
    for most, span_of in spans:
        seen: set[str] = set()
        for generation, day in ordered:
            if day is None:
                kept.add(generation)
            elif len(seen) < most and span_of(day) not in seen:
                seen.add(span_of(day))
                kept.add(generation)
    return kept


def thin_local(folder: Path, book_key: str) -> None:
    """Remove the local generations of this book that need not stay; what cannot be read or removed stays."""
    own = {it.generation: it.path for it in listed(folder) if it.book8 == book_key[:8]}
    if len(own) <= KEPT:
        return
    for generation in own.keys() - to_keep((number, _day(path)) for number, path in own.items()):
        try:
            own[generation].unlink()
        except OSError:
            continue


def _day(path: Path) -> date | None:
    try:
        with open(path, "rb") as file:
            return date.fromisoformat(peek(file.read(LONGEST)).made_at[:10])
    except (OSError, PartydayError, ValueError):
        return None


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-{week}"
