"""What belongs to this computer and not to the book: how the screen looks."""

from pathlib import Path

from partyday_tui.errors import PartydayError
from partyday_tui.paths import data_folder

LOOK_WORDS = {"partyday-dark": "深色", "partyday-light": "浅色", "partyday-plain": "简朴"}
USUAL_LOOK = "partyday-dark"


def look() -> str:
    """The look chosen on this computer; the usual one where nothing, or nothing readable, is written."""
    try:
        chosen = _file().read_text("utf-8").strip()
    except (OSError, ValueError):
        return USUAL_LOOK
    return chosen if chosen in LOOK_WORDS else USUAL_LOOK


def choose_look(name: str) -> None:
    """Keep the look for the next start; raises PartydayError where it cannot be written."""
    file = _file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name + "\n", encoding="utf-8")
    except OSError:
        raise PartydayError("外观没有能记下，下次打开还是原来的样子；请检查磁盘是否已满。") from None


def _file() -> Path:
    return data_folder() / "look.txt"
