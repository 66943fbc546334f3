"""Whether the window is asked for; read without argparse, since the first paint waits for it."""

from datetime import date
from pathlib import Path

from partyday_tui.clock import Clock
from partyday_tui.config import usual_book
from partyday_tui.rules.typed_day import typed_day


def window_wanted(arguments: list[str]) -> tuple[Path | None, Clock] | None:
    """(book, clock) where `arguments` name no command; the book is None for the demo branch.

    None where there is a command, or anything that only the parser can explain.
    """
    book: Path | None = None
    day: date | None = None
    is_demo = False
    words = iter(arguments)
    for word in words:
        name, given, value = word.partition("=")
        if word == "demo" and not is_demo:
            is_demo = True
            continue
        if name not in ("--book", "--today"):
            return None
        value = value if given else next(words, "")
        if not value or value.startswith("-"):
            return None
        if name == "--book":
            book = Path(value)
            continue
        try:
            day = typed_day(value)
        except ValueError:
            return None
    return (None if is_demo else book or usual_book()), Clock(day)
