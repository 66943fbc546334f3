"""The branch of the roster's tests: the app on its roster, over an empty book or the sample village."""

from pathlib import Path

from textual import events

from partyday_tui.clock import Clock
from partyday_tui.services.books import open_existing
from partyday_tui.services.roster import read_roster
from partyday_tui.ui.screens.roster import RosterScreen
from tests.ui.screens.rolls import TODAY, the_app, until

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
VILLAGE = SAMPLES / "党员花名册-柳湾村.xlsx"


async def open_roster(pilot):
    """From the desk to the roster, read, by F6."""
    app = pilot.app
    await until(pilot, lambda: app.branch is not None and app.screen is app.desk)
    await pilot.press("f6")
    await until(pilot, lambda: isinstance(app.screen, RosterScreen) and "党员" in app.screen._head.text_of(1))
    return app.screen


async def dialog(pilot, name):
    """Wait for a dialog of this class and return it."""
    await until(pilot, lambda: type(pilot.app.screen).__name__ == name)
    return pilot.app.screen


async def pick(pilot, file):
    """From the roster to the preview of a file, its path pasted."""
    await pilot.press("f5")
    (await dialog(pilot, "PickFile")).post_message(events.Paste(str(file)))


async def told(pilot, screen, words):
    """Wait until the feedback line of the screen says so."""
    await until(pilot, lambda: words in screen._foot.text_of(0))


def shown(screen):
    """Every line of a list as one text, headings too."""
    return [" ".join(filter(None, row.cells)) for row in screen.register.rows]


def members_on_disk(path, on=TODAY):
    """{name: member} of those who belong, as another run of the program reads it; of two of one name the last."""
    book = open_existing(path, Clock(TODAY))
    try:
        return {line.member.name: line.member for line in read_roster(book, on) if line.belongs}
    finally:
        book.close()


__all__ = ["TODAY", "the_app", "until"]
