"""The programs that `bench.echo` runs: `bare`, one Static that echoes; `list N`, the frame with N rows."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Bare(App[None]):
    """A counter in one cell of one Static."""

    count = 0

    def compose(self) -> ComposeResult:
        """The cell."""
        yield Static("READY", markup=False)

    def on_key(self, event: Key) -> None:
        """Count the key."""
        self.count += 1
        self.query_one(Static).update(f"m{self.count:03d}")


def listing(count: int) -> App[None]:
    """The frame of the kit over `count` rows; every digit writes its number into the row under the cursor."""
    from partyday_tui.ui.actions import Action
    from partyday_tui.ui.book_screen import BookScreen
    from partyday_tui.ui.theme import CSS as KIT_CSS
    from partyday_tui.ui.theme import dress
    from partyday_tui.ui.widgets.columns import Column, Row

    class Marks(BookScreen):
        """Marks rows."""

        TITLE_WORD = "点名"
        SUMMARY_LINES = 1
        COLUMNS = (Column("序", 5, align="right", ink="quiet"), Column("姓名", 12), Column("党小组"), Column("记录", 8))
        ACTIONS = (Action("1", "到会", "记为到会", "mark"), Action("2", "下移", "记为到会并下移", "mark_and_go"))
        marks = 0

        def on_mount(self) -> None:
            """Fill the list."""
            self.set_title("READY")
            self.register.set_rows([Row(n, (str(n + 1), "张建国", "第一党小组", "未点")) for n in range(count)])

        def mark(self) -> None:
            """One line changes."""
            key = self.register.cursor_key
            if isinstance(key, int):
                self.marks += 1
                self.register.update_row(key, (str(key + 1), "张建国", "第一党小组", f"m{self.marks:03d}"))

        def mark_and_go(self) -> None:
            """Two lines change."""
            self.mark()
            self.register.move_cursor(1)

    class Listing(App[None]):
        """One screen."""

        CSS = KIT_CSS
        ENABLE_COMMAND_PALETTE = False

        def __init__(self) -> None:
            super().__init__()
            dress(self)

        def get_default_screen(self) -> BookScreen:
            """The list itself: no blank screen is made first."""
            return Marks()

    return Listing()


if __name__ == "__main__":
    (listing(int(sys.argv[2])) if sys.argv[1] == "list" else Bare()).run()
