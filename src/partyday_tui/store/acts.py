"""How far the book is written, and what an act was."""

from partyday_tui.store.book import Book


def newest_act(book: Book) -> int:
    """The number of the newest act; it only grows, 0 in an empty book."""
    number: int = book.rows("SELECT coalesce(max(id), 0) FROM act")[0][0]
    return number


def what_of(book: Book, act_id: int) -> str:
    """What an act was named when it was begun."""
    name: str = book.rows("SELECT what FROM act WHERE id = ?", (act_id,))[0][0]
    return name
