"""What tells members of one name apart wherever a list names them (domain.md 3.4)."""

from collections import Counter
from collections.abc import Iterable

from partyday_tui.store.book import Book
from partyday_tui.store.members import members


def asides(book: Book, people: Iterable[tuple[int, str]]) -> dict[int, str]:
    """The year of birth of each who shares a name with another of these (member's key, name), where the book knows it."""
    named = dict(people)
    times = Counter(named.values())
    shared = {key for key, name in named.items() if times[name] > 1}
    if not shared:
        return {}
    years = {it.id: (it.born_on or it.identity[6:10])[:4] for it in members(book) if it.id in shared}
    return {key: f"{year}年生" for key, year in years.items() if year}


def names_apart(book: Book, people: Iterable[tuple[int, str]]) -> dict[int, str]:
    """The name of each (member's key, name) as a printed list has it, with what tells it from another of it in the branch."""
    named = dict(people)
    told = asides(book, ({it.id: it.name for it in members(book)} | named).items())
    return {key: f"{name} {told.get(key, '')}".strip() for key, name in named.items()}
