"""主题测评 of one event: ballots and counts by class of voters, the rate with its mode, remarks, comments (EVA-01 to EVA-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Key

if TYPE_CHECKING:
    from partyday_tui.services.review import ReviewPage
    from partyday_tui.store.book import Book

_PARTY = "party"


class ReviewScreen(BookScreen):
    """The review of an event; Enter fills what is under the cursor, Esc goes back to where it was opened."""

    TITLE_WORD = "主题测评"
    SUMMARY_LINES = 3
    FIND = False
    TOP = False
    EMPTY = "正在读这次活动的测评。"
    ACTIONS = (
        Action("enter", "填票数", "填这一类人的票数，或打开这一项", "choose_row"),
        Action("f5", "逐张数票", "一人念、一人按数字，一行一个数", "count", reading="zzsp zhuzhangshupiao"),
        Action("insert +", "加一类人", "加服务对象、党外人士、外支部或上级的票", "add_voters", reading="jylr jiayileiren"),
        EXPORT,
        Action("ctrl+o", "看原文", "看满意率怎样算，低了怎么办，是哪句话说的", "show_sentence", reading="kyw kanyuanwen"),
        Action("delete", "去掉", "去掉这一类人的票数", "take_out", footer=False, reading="qd qudiao"),
        Action("ctrl+r", "修改记录", "看这次测评谁在什么时候改过", "show_history", footer=False, reading="xgjl xiugaijilu"),
    )  # fmt: skip
    COLUMNS = (
        Column("", flex=1, ink="strong"),
        Column("满意", 6, align="right"),
        Column("基本满意", 8, align="right"),
        Column("不满意", 6, align="right"),
        Column("弃权", 4, align="right"),
        Column("满意率", 7, align="right"),
    )

    def __init__(self, target: int) -> None:
        super().__init__()
        self._event_id = target
        self._page: ReviewPage | None = None

    def on_mount(self) -> None:
        """Read the review."""
        super().on_mount()
        self.load(self._read())

    def choose_row(self) -> None:
        """Enter opens what is under the cursor."""
        self.register.choose()

    def open_row(self, key: Key) -> None:
        """A row of counts opens the form of its class; the others open their own."""
        if isinstance(key, str) and self._page is not None:
            self._start(self._edit(key))

    async def count(self) -> None:
        """Count the ballots of the class under the cursor one by one."""
        from partyday_tui.ui.screens.review_form import count_class

        if self._page is not None:
            await self._told_after(await count_class(self, self._page, self._voter_here()))

    async def add_voters(self) -> None:
        """Fill in another class of voters."""
        from partyday_tui.ui.screens.review_form import ask_for_voter, fill_class

        if self._page is not None:
            voter = await ask_for_voter(self, [it for it in _voters(self._page) if self._has(it)])
            if voter is not None:
                await self._told_after(await fill_class(self, self._page, voter), f"{voter} 0")

    async def take_out(self) -> None:
        """Take out the counts of the class under the cursor; asks first."""
        from partyday_tui.rules.ballots import VOTER_WORDS
        from partyday_tui.services.review import take_class_out
        from partyday_tui.ui.dialogs.confirm import Confirm

        voter = self._voter_here()
        if not self._has(voter):
            self.tell("这里没有票数可以去掉。")
            return
        question = f"去掉{VOTER_WORDS[voter]}的全部票数？修改记录里仍查得到。"
        if await self.ask(Confirm("去掉票数", question, danger=True, yes="去掉", no="留着")):
            await self.partyday.call(take_class_out, self._event_id, voter)
            await self._told_after("已去掉，已存盘。")

    async def export_forms(self) -> None:
        """Write the blank ballots, or the tally."""
        if self._page is not None:
            await export_from(self, "review", Shown(event=self._page.event))

    async def show_sentence(self) -> None:
        """How the rate is reckoned, and what the rules say of weak reviews."""
        from partyday_tui.services.review_year import explanation
        from partyday_tui.ui.dialogs.show_text import ShowText

        if self._page is not None:
            await self.ask(ShowText("满意率", explanation(self._page.year)))

    async def show_history(self) -> None:
        """Who changed this review, and when."""
        from partyday_tui.services.review import review_history
        from partyday_tui.ui.screens.history import show_history

        if self._page is not None:
            changes = await self.partyday.call(review_history, self._event_id)
            await show_history(self, f"测评 {self._page.event.title}", changes)

    async def _edit(self, key: str) -> None:
        from partyday_tui.services import review as service
        from partyday_tui.services.event_page import read_page
        from partyday_tui.ui.screens import review_form as forms
        from partyday_tui.ui.screens.event_rows import comments

        page = self._page
        assert page is not None
        if key == "day":
            told = await forms.ask_for_day(self, page)
        elif key == "remarks":
            told = await forms.edit_remarks(self, page)
        elif key == "problems":
            told = await forms.make_problems(self, page) or "意见建议里没有要转的；改完的到「问题整改」（F7）里销号。"
        elif key == "comments":
            told = await comments(self, await self.partyday.call(read_page, self._event_id))
        elif key == "group_note":
            told = await self._note_groups(page)
        elif key == "best":
            is_best = bool(page.review and page.review.is_best_case)
            await self.partyday.call(service.set_best_case, self._event_id, not is_best)
            told = "已存盘。"
        elif key.startswith("total"):
            told = "合计是算出来的，请在各类人的行上填。"
        else:
            told = await forms.fill_class(self, page, key.split()[0])
        await self._told_after(told)

    async def _note_groups(self, page: ReviewPage) -> str | None:
        from partyday_tui.services.review import write_group_note
        from partyday_tui.ui.dialogs.form import FormDialog
        from partyday_tui.ui.widgets.fields import Field

        held = page.review.group_note if page.review else ""
        hint = "对组织不力的党小组通报了什么，没有就空着"
        values = await self.ask(FormDialog("通报党小组", [Field("note", "通报", held, hint=hint)]))
        if values is None:
            return None
        await self.partyday.call(write_group_note, self._event_id, values["note"])
        return "已存盘。"

    async def _told_after(self, told: str | None, cursor: Key = None) -> None:
        if told is not None:
            await self._read(cursor)
            self.tell(told)

    async def _read(self, cursor: Key = None) -> None:
        page = self._page = await self.partyday.call(_read_review, self._event_id)
        from partyday_tui.ui.screens.review_rows import rows_of, summary_of

        branch = self.partyday.branch
        subject = f"{page.event.on_date}  {page.event.kind_words}"
        self.set_title(subject, branch.name if branch else "", SaveState.SAVED)
        for line, (left, right) in enumerate(summary_of(page)):
            self.set_summary(left, right, line)
        self.register.set_rows(rows_of(page), cursor=cursor)

    def _voter_here(self) -> str:
        """The class of the row under the cursor; that of the members where the row belongs to none."""
        from partyday_tui.rules.ballots import VOTER_WORDS

        word = str(self.register.cursor_key or "").split(" ")[0]
        return word if word in VOTER_WORDS else _PARTY

    def _has(self, voter: str) -> bool:
        review = self._page.review if self._page else None
        return any(it.voter == voter for it in review.classes) if review else False


def _voters(page: ReviewPage) -> list[str]:
    return [it.voter for it in page.review.classes] if page.review else []


def _read_review(book: Book, event_id: int) -> ReviewPage:
    from partyday_tui.services.review import read_review  # in the book's thread, after the frame is painted

    return read_review(book, event_id)
