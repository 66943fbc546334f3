"""What belongs to this computer and not to the book: how the screen looks, and which book opens."""

from pathlib import Path

from partyday_tui.durable import write_whole
from partyday_tui.errors import PartydayError
from partyday_tui.paths import carried_book, data_folder, default_book

LOOK_WORDS = {"partyday-dark": "深色", "partyday-light": "浅色", "partyday-plain": "简朴"}
USUAL_LOOK = "partyday-dark"
_LOOK, _MEASURED, _BOOK = "look.txt", "console.txt", "book.txt"


def look() -> str:
    """The look chosen on this computer, else the one that its console was measured to need, else the usual one."""
    for kept in (_kept(_LOOK), _kept(_MEASURED)):
        if kept in LOOK_WORDS:
            return kept
    return USUAL_LOOK


def is_look_chosen() -> bool:
    """Whether the user chose a look by hand; what is measured does not change it."""
    return _kept(_LOOK) in LOOK_WORDS


def keep_measured_look(name: str) -> None:
    """Keep the look that the console needs, as long as none is chosen; raises PartydayError where it cannot be written."""
    _keep(_MEASURED, name, "窗口的外观没有能记下，下次打开会再看一遍；请检查磁盘是否已满。")


def choose_look(name: str) -> None:
    """Keep the look for the next start; raises PartydayError where it cannot be written."""
    _keep(_LOOK, name, "外观没有能记下，下次打开还是原来的样子；请检查磁盘是否已满。")


def usual_book() -> Path:
    """The book that opens when none is named: the one carried beside the program, the one chosen last while it is there, the default.

    A carried book stands first, since a copy of its folder must not go on writing into the original; but on a stick no book is kept,
    and there the one that was copied into this computer stands first.
    """
    carried = carried_book()
    if carried is not None and carried.is_file() and _may_be_kept_on(carried):
        return carried
    chosen = Path(_kept(_BOOK))
    if chosen.is_absolute() and chosen.is_file():
        return chosen
    return carried if carried is not None and not default_book().is_file() else default_book()


def _may_be_kept_on(book: Path) -> bool:
    from partyday_tui.safekeeping.drives import Volume, volume_of

    return volume_of(book) is Volume.FIXED


def choose_book(path: Path) -> None:
    """Keep the book for the next start; raises PartydayError where it cannot be written."""
    _keep(_BOOK, str(path.absolute()), "账本的位置没有能记下，下次打开时请再选一次；请检查磁盘是否已满。")


def _kept(name: str) -> str:
    try:
        return (data_folder() / name).read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""


def _keep(name: str, text: str, failed: str) -> None:
    try:
        write_whole(data_folder() / name, f"{text}\n".encode())
    except (OSError, ValueError):
        raise PartydayError(failed) from None
