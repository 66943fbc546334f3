"""How far the book is written."""

from partyday_tui.store.book import Book


def newest_act(book: Book) -> int:
    """The number of the newest act; it only grows, 0 in an empty book."""
    number: int = book.rows("SELECT coalesce(max(id), 0) FROM act")[0][0]
    return number
