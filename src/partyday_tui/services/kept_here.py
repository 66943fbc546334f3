"""What this computer keeps of a book in its backups: told where the book is gone, damaged, or older than what was kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import PartydayError
from partyday_tui.safekeeping import place
from partyday_tui.safekeeping.header import Header
from partyday_tui.services.backup import local_folder
from partyday_tui.services.books import branch_of
from partyday_tui.store import backups
from partyday_tui.store.book import Book


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole generation on this computer: its number, when it was made (ISO day and minute), how many days ago, and the acts in it."""

    generation: int
    made_at: str
    days: int
    acts: int

    @property
    def words(self) -> str:
        """「本机最新的备份是第12代（2026-11-05 19:02，1天前）」"""
        ago = f"{self.days}天前" if self.days > 0 else "今天"
        return f"本机最新的备份是第{self.generation}代（{self.made_at}，{ago}）"


def newest_kept(today: date, book_key: str = "") -> Kept | None:
    """The newest whole generation of a book on this computer; of whatever book was backed up last where none is named.

    Reads whole files, so for a book in trouble only. None without any; a folder that cannot be read has none.
    """
    found: dict[str, Header] = {}
    try:
        files = place.listed(local_folder())
    except PartydayError:
        return None
    for it in files:
        if it.book8 in found or (book_key and it.book8 != book_key[:8]):
            continue
        try:
            found[it.book8] = place.read_file(it.path).header
        except PartydayError:
            continue
    if not found:
        return None
    newest = max(found.values(), key=lambda header: header.made_at)
    days = (today - date.fromisoformat(newest.made_at[:10])).days
    return Kept(newest.generation, newest.made_at[:16].replace("T", " "), days, newest.counts.get("act", 0))


def ahead_of(book: Book) -> Kept | None:
    """The generation on this computer that holds what the book does not: an older file was put in its place, or it lost what came last.

    None where there is none, and after a restore, which the book tells of itself. Only the newest head is read, unless it is unknown to the book.
    """
    key, known = branch_of(book).key, backups.newest_generation(book)
    if place.numbers(key, local_folder()).highest <= known or backups.was_restored_last(book):
        return None
    kept = newest_kept(book.clock.today, key)
    # One act more is the beginning of the generation itself, which stays in the copy alone before an upgrade.
    is_ahead = kept is not None and kept.generation > known and kept.acts > backups.contents(book).count("act") + 1
    return kept if is_ahead else None
