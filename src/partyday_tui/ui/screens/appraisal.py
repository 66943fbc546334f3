"""民主评议: the yearly appraisal, its four stages, the ballots, and what the branch decided of each member (CON-10, CON-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Key, Row

if TYPE_CHECKING:
    from partyday_tui.rules.names import Finder
    from partyday_tui.services.appraisal import AppraisalPage
    from partyday_tui.store.book import Book


class AppraisalScreen(BookScreen):
    """One year's appraisal; members stand in the order of the roster and are not ranked. ``target`` is a year."""

    TITLE_WORD = "民主评议"
    SUMMARY_LINES = 2
    EMPTY = "正在读这一年的民主评议。"
    ACTIONS = (
        Action("enter", "填这一行", "填这一步的日期、这类人的票数，或评定这名党员", "choose_row"),
        Action("f5", "逐张数票", "一人念、一人按数字，一名党员一个数", "count", reading="zzsp zhuzhangshupiao"),
        Action("ctrl+t", "看材料", "看这名党员一年的出席、补课、党费和表现", "show_facts", reading="kcl kancailiao"),
        Action("ctrl+d", "其余按票", "还没有评定的，按测评票最多的等次评定", "decide_rest", reading="qyap qiyuanpiao"),
        EXPORT,
        Action("insert +", "加一类人", "加服务对象、党外人士等的测评票", "add_voters", footer=False, reading="jylr jiayileiren"),
        Action("delete", "去掉", "撤回这一步，或去掉这一类人的票数", "take_out", footer=False, reading="qd qudiao"),
        Action("left", "上一年", "看上一年的民主评议", "earlier", footer=False, reading="syn shangyinian"),
        Action("right", "下一年", "看下一年的民主评议", "later", footer=False, reading="xyn xiayinian"),
        Action("ctrl+r", "修改记录", "看谁在什么时候改过", "show_history", footer=False, reading="xgjl xiugaijilu"),
    )  # fmt: skip
    COLUMNS = (
        Column("", 16, ink="strong"),
        Column("优秀", 4, align="right"),
        Column("合格", 4, align="right"),
        Column("基本合格", 8, align="right"),
        Column("不合格", 6, align="right"),
        Column("弃权", 4, align="right"),
        Column("评定", 8, inks={"未定": "late", "不评": "quiet"}),
        Column("说明", flex=1, ink="quiet"),
        Column("本年出席", flex=1, ink="quiet", from_width=110),
    )

    def __init__(self, target: object = None) -> None:
        super().__init__()
        self._year = target if isinstance(target, int) else 0
        self._page: AppraisalPage | None = None
        self._finder: Finder | None = None
        self._rows_of_finder: list[int] = []

    def on_mount(self) -> None:
        """Show this year."""
        super().on_mount()
        self.load(self._read(self._year or self.partyday.clock.today.year))

    def match(self, typed: str) -> list[int]:
        """Members by name, initials or full pinyin."""
        found = self._finder.find(typed) if self._finder else []
        return [self._rows_of_finder[place] for place in found]

    def choose_row(self) -> None:
        """Enter fills the row under the cursor."""
        self.register.choose()

    def open_row(self, key: Key) -> None:
        """A stage, the ballots of a class, or the decision of a member."""
        if self._page is not None and key is not None:
            self._start(self._edit(key))

    async def count(self) -> None:
        """Count the ballots of the class under the cursor one by one."""
        from partyday_tui.ui.screens.appraisal_forms import count_class

        if self._page is not None:
            await self._told_after(await count_class(self, self._page, self._voter_here()))

    async def show_facts(self) -> None:
        """The year's facts of the member under the cursor, to read."""
        from partyday_tui.services.appraisal_facts import read_facts
        from partyday_tui.ui.dialogs.show_text import ShowText

        key = self.register.cursor_key
        if not isinstance(key, int):
            self.tell("请先把光标移到一名党员上，再看材料。")
            return
        facts = await self.partyday.call(read_facts, key, self._year)
        await self.ask(ShowText(f"{facts.member.name}  {self._year}年材料", facts.text))

    async def decide_rest(self) -> None:
        """Give the undecided the grade of the ballots; asks first."""
        from partyday_tui.services.appraisal import decide_rest
        from partyday_tui.ui.dialogs.confirm import Confirm

        question = "还没有评定的正式党员，都按得票最多的等次评定？并列的和没有票的不动，评定后还能逐人改。"
        if await self.ask(Confirm("其余按票", question, yes="按票评定")):
            number = await self.partyday.call(decide_rest, self._year)
            await self._told_after(f"已存盘，按票评定了{number}人。")

    async def add_voters(self) -> None:
        """Fill in another class of voters."""
        from partyday_tui.ui.screens.appraisal_forms import fill_class
        from partyday_tui.ui.screens.review_form import ask_for_voter

        if self._page is not None:
            voter = await ask_for_voter(self, [it for it, _ in self._page.appraisal.classes])
            if voter is not None:
                await self._told_after(await fill_class(self, self._page, voter))

    async def take_out(self) -> None:
        """Take back a stage, or the counts of a class; asks first."""
        from partyday_tui.services.appraisal import take_class_out, undo_stage
        from partyday_tui.ui.dialogs.confirm import Confirm

        what, _, name = str(self.register.cursor_key or "").partition(" ")
        if what not in ("stage", "class"):
            self.tell("评定错了的按回车改；这里去掉的是某一步的日期或某一类人的票数。")
            return
        title = name if what == "stage" else "这一类人的票数"
        if await self.ask(Confirm("去掉", f"去掉{title}？修改记录里仍查得到。", danger=True, yes="去掉", no="留着")):
            await self.partyday.call(undo_stage if what == "stage" else take_class_out, self._year, name)
            await self._told_after("已去掉，已存盘。")

    async def export_forms(self) -> None:
        """Write the blank ballots, or the tally."""
        await export_from(self, "appraisal", Shown(year=self._year))

    async def show_history(self) -> None:
        """Who changed this appraisal, and when."""
        from partyday_tui.services.appraisal import appraisal_history
        from partyday_tui.ui.screens.history import show_history

        await show_history(self, f"{self._year}年民主评议", await self.partyday.call(appraisal_history, self._year))

    async def earlier(self) -> None:
        """The year before."""
        await self._read(self._year - 1)

    async def later(self) -> None:
        """The year after."""
        await self._read(self._year + 1)

    async def _edit(self, key: str | int) -> None:
        from partyday_tui.ui.screens import appraisal_forms as forms

        page = self._page
        assert page is not None
        what, _, name = str(key).partition(" ")
        if isinstance(key, int):
            told = await forms.decide(self, page, key)
        elif what == "stage":
            told = await forms.write_stage(self, page, name)
        else:
            told = await forms.fill_class(self, page, name)
        await self._told_after(told)

    async def _told_after(self, told: str | None) -> None:
        if told is not None:
            await self._read(self._year)
            self.tell(told)

    async def _read(self, year: int) -> None:
        from partyday_tui.rules.names import Finder
        from partyday_tui.ui.screens.appraisal_rows import rows_of, summary_of

        page = await self.partyday.call(_read_page, year)
        self._year, self._page = year, page
        branch = self.partyday.branch
        self.set_title(f"{year}年  左右键换年", branch.name if branch else "", SaveState.SAVED)
        for number, (left, right) in enumerate(summary_of(page)):
            self.set_summary(left, right, number)
        rows: list[Row] = rows_of(page)
        names = {line.member_id: (line.name, line.reading) for line in page.appraisal.lines}
        self._rows_of_finder = [place for place, row in enumerate(rows) if isinstance(row.key, int)]
        self._finder = Finder([names[key] for row in rows if isinstance(key := row.key, int)])
        self.register.set_rows(rows)

    def _voter_here(self) -> str:
        what, _, name = str(self.register.cursor_key or "").partition(" ")
        return name if what == "class" else "party"


def _read_page(book: Book, year: int) -> AppraisalPage:
    from partyday_tui.services.appraisal import read_appraisal  # in the book's thread, after the frame is painted

    return read_appraisal(book, year)
