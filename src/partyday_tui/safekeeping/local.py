"""The generations on this computer: beside those on a stick, thinned by day, week and month without asking."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping.archive import peek
from partyday_tui.safekeeping.header import LONGEST
from partyday_tui.safekeeping.place import KEPT, is_whole, listed

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
    """Remove the local generations of this book that need not stay, once `KEPT` of them have piled up; what cannot be removed stays.

    First the newest are read: only files older than `KEPT` whole ones go (R12). They pile up so that not every backup reads others.
    """
    own = [it for it in listed(folder) if it.book8 == book_key[:8]]
    going = {it.generation for it in own} - to_keep((it.generation, _day(it.path)) for it in own)
    if len(going) < KEPT:
        return
    whole = 0
    for it in own:
        if whole < KEPT:
            whole += is_whole(it, book_key)
        elif it.generation in going:
            with suppress(OSError):
                it.path.unlink()


def _day(path: Path) -> date | None:
    try:
        with open(path, "rb") as file:
            return date.fromisoformat(peek(file.read(LONGEST)).made_at[:10])
    except (OSError, PartydayError, ValueError):
        return None


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-{week}"
