"""测评: the reviews of a year, event by event, with what the rules say of the weak ones (EVA-04, EVA-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.show import wrap
from partyday_tui.ui.widgets.columns import Column, Key, Row

if TYPE_CHECKING:
    from partyday_tui.services.review_year import ReviewYear, YearLine
    from partyday_tui.store.book import Book


class ReviewsScreen(BookScreen):
    """The events of a year up to today with their rates, in the order of their dates; ``target`` is a year."""

    TITLE_WORD = "测评"
    SUMMARY_LINES = 3
    EMPTY = "这一年还没有开过活动。活动当天在这里、或在活动记录里打开「主题测评」。"
    ACTIONS = (
        Action("enter", "打开", "打开这次活动的测评", "choose_row", reading="dk dakai"),
        EXPORT,
        Action("ctrl+o", "看原文", "看满意率怎样算，低了怎么办，是哪句话说的", "show_sentence", reading="kyw kanyuanwen"),
        Action("left", "上一年", "看上一年的测评", "earlier", footer=False, reading="syn shangyinian"),
        Action("right", "下一年", "看下一年的测评", "later", footer=False, reading="xyn xiayinian"),
    )  # fmt: skip
    COLUMNS = (
        Column("日期", 10, ink="quiet"),
        Column("活动", flex=1, ink="strong"),
        Column("有效票", 6, align="right"),
        Column("满意率", 7, align="right"),
        Column("说明", 14, inks={"没有测评": "quiet"}),
    )

    def __init__(self, target: object = None) -> None:
        super().__init__()
        self._year = target if isinstance(target, int) else 0
        self._found: ReviewYear | None = None

    def on_mount(self) -> None:
        """Show this year."""
        super().on_mount()
        self._year = self._year or self.partyday.clock.today.year
        self.load(self._read(self._year, newest=True))

    def choose_row(self) -> None:
        """Enter opens the review under the cursor."""
        self.register.choose()

    def open_row(self, key: Key) -> None:
        """Open a review, and read the year anew afterwards."""
        if isinstance(key, int):
            self._start(self._enter(key))

    async def earlier(self) -> None:
        """The year before."""
        await self._read(self._year - 1)

    async def later(self) -> None:
        """The year after."""
        await self._read(self._year + 1)

    async def export_forms(self) -> None:
        """Write the blank ballots or the tally of the event under the cursor."""
        line = (
            next((it for it in self._found.lines if it.event.id == self.register.cursor_key), None)
            if self._found
            else None
        )
        if line is not None:
            await export_from(self, "reviews", Shown(event=line.event))

    async def show_sentence(self) -> None:
        """How the rate is reckoned, and what the rules say of weak reviews."""
        from partyday_tui.services.review_year import explanation
        from partyday_tui.ui.dialogs.show_text import ShowText

        if self._found is not None:
            await self.ask(ShowText("满意率", explanation(self._found)))

    async def _enter(self, key: int) -> None:
        from partyday_tui.ui.screens.review import ReviewScreen

        await self.ask(ReviewScreen(key))
        await self._read(self._year)

    async def _read(self, year: int, newest: bool = False) -> None:
        from partyday_tui.rules.review import MODE_WORDS

        found = await self.partyday.call(_read_year, year)
        self._year, self._found = year, found
        branch = self.partyday.branch
        self.set_title(f"{year}年  左右键换年", branch.name if branch else "", SaveState.SAVED)
        reviewed = sum(line.review is not None for line in found.lines)
        rate = f"  全年满意率{found.share.words}" if reviewed else ""
        self.set_summary(f"活动{len(found.lines)}次  测评{reviewed}次{rate}", f"{MODE_WORDS[found.terms.mode]} ")
        told = [*wrap(found.sentence, max(self.size.width - 2, 20)), "", ""]
        for line in (1, 2):
            self.set_summary([(told[line - 1], "late")], line=line)
        rows = [_row(line, found) for line in found.lines]
        self.register.set_rows(rows, cursor=rows[-1].key if newest and rows else None)


def _row(line: YearLine, found: ReviewYear) -> Row:
    valid = str(line.review.ballots.valid) if line.review else ""
    below = (
        f"低于{found.terms.percent}%"
        if line.is_weak
        else "最佳案例"
        if line.review and line.review.is_best_case
        else ""
    )
    cells = (
        str(line.event.on_date or ""),
        line.event.title,
        valid,
        line.share.words if line.review else "",
        below if line.review else "没有测评",
    )
    return Row(line.event.id, cells, (None, None, None, "late", "late") if line.is_weak else ())


def _read_year(book: Book, year: int) -> ReviewYear:
    from partyday_tui.services.review_year import review_year  # in the book's thread, after the frame is painted

    return review_year(book, year)
