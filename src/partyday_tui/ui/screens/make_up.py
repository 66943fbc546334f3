"""补课台账: the make-up lessons of a year, who signed, and where the paper is filed (ATT-05, REC-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.names import Finder
from partyday_tui.services import make_up as service
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import SaveState
from partyday_tui.ui.one_year import OneYearScreen
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Key, Row

if TYPE_CHECKING:
    from partyday_tui.rules.make_up import Lesson
    from partyday_tui.store.book import Book


class MakeUpScreen(OneYearScreen):
    """The lessons of one year, in the order of the register; Esc goes back to the follow-up."""

    TITLE_WORD = "补课台账"
    SUMMARY_LINES = 1
    TOP = False
    EMPTY = "这里是补课台账。到缺席跟进（F9）选中没有到会的人，按 4 登记补课。"
    ACTIONS = (
        Action("1", "签字", "记哪些人在补课记录上签了字", "sign", menu=True, reading="qz qianzi"),
        Action("2", "归档", "写归档号，这一次的", "archive", menu=True, reading="gd guidang"),
        Action("3", "全归档", "没有归档的都归到一个归档号", "archive_all", reading="qgd quanguidang"),
        Action("", "修改", "看和改这一次补课", "edit", menu=True),
        EXPORT,
        Action("", "修改记录", "看这一次谁在什么时候改过", "show_history", menu=True),
        Action("delete", "去掉", "去掉写错的一次，缺席的重新待补课", "take_out", menu=True, reading="qd qudiao"),
        Action("left", "上一年", "看上一年", "earlier", footer=False, reading="syn shangyinian"),
        Action("right", "下一年", "看下一年", "later", footer=False, reading="xyn xiayinian"),
    )  # fmt: skip
    COLUMNS = (
        Column("日期", 5, ink="quiet"),
        Column("党员", flex=1, ink="strong"),
        Column("补哪次", 12, ink="quiet"),
        Column("方式", 8),
        Column("内容", flex=1, ink="quiet", from_width=100),
        Column("签字", 4, inks={"未签": "late"}),
        Column("归档号", 14, inks={"未归档": "late"}, ink="quiet"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._year = 0
        self._lessons: list[Lesson] = []
        self._demanded = False
        self._finder = Finder(())
        self._rows_of_finder: list[int] = []

    def on_mount(self) -> None:
        """Show this year."""
        super().on_mount()
        self._year = self.partyday.clock.today.year
        self.load(self._reload())

    def match(self, typed: str) -> list[int]:
        """By the name of anyone who was taught."""
        return list(dict.fromkeys(self._rows_of_finder[place] for place in self._finder.find(typed)))

    async def sign(self) -> None:
        """Tick who has signed."""
        from partyday_tui.ui.dialogs.tick_list import TickList

        lesson = self._here()
        if lesson is None:
            return
        entries = [(f"{it.event_id} {it.member_id}", it.name, f"{it.event_on} {it.event}") for it in lesson.served]
        signed = frozenset(f"{it.event_id} {it.member_id}" for it in lesson.served if it.signed)
        found = await self.ask(TickList(f"{lesson.on} 补课签字", entries, signed))
        if found is not None:
            keys = [(it.event_id, it.member_id) for it in lesson.served if f"{it.event_id} {it.member_id}" in found]
            await self.partyday.call(service.sign, lesson.id, keys)
            await self._reload(lesson.id)
            self.tell("已存盘。")

    async def archive(self) -> None:
        """File the lesson under the cursor."""
        if lesson := self._here():
            await self._file([lesson])

    async def archive_all(self) -> None:
        """File every lesson of the year that is not filed yet under one number."""
        open_ = [it for it in self._lessons if not it.archive_no]
        if open_:
            await self._file(open_)
        else:
            self.tell("都已经归档了。")

    async def edit(self) -> None:
        """Change a lesson."""
        from partyday_tui.ui.screens.case_forms import ask_lesson

        lesson = self._here()
        values = await ask_lesson(self, f"补课  {lesson.names}", lesson=lesson) if lesson else None
        if lesson is not None and values is not None:
            await self.partyday.call(service.edit_lesson, lesson.id, values)
            await self._reload(lesson.id)
            self.tell("已存盘。")

    async def export_forms(self) -> None:
        """Write what is shown as a printed form."""
        await export_from(self, "make_up", Shown(year=self._year))

    async def show_history(self) -> None:
        """Who changed this lesson, and when."""
        from partyday_tui.ui.screens.history import show_history

        if lesson := self._here():
            title = f"{lesson.on} 补课"
            await show_history(self, title, await self.partyday.call(service.lesson_history, lesson.id))

    async def take_out(self) -> None:
        """Take out a lesson that was written by mistake; asks first."""
        from partyday_tui.ui.dialogs.confirm import Confirm

        lesson = self._here()
        if lesson is None:
            return
        sentence = f"去掉 {lesson.on} 给{lesson.names}的补课？他们的缺席重新待补课，修改记录里仍查得到。"
        if await self.ask(Confirm("去掉补课", sentence, danger=True, yes="去掉", no="留着")):
            await self.partyday.call(service.take_out, lesson.id)
            await self._reload()
            self.tell("已去掉，已存盘。")

    async def _file(self, lessons: list[Lesson]) -> None:
        from partyday_tui.ui.dialogs.form import FormDialog
        from partyday_tui.ui.widgets.fields import Field

        hint = f"存放的盒号或编号，如 {self._year}年补课1盒"
        values = await self.ask(
            FormDialog(
                f"归档  {len(lessons)}次补课",
                [Field("number", "归档号", lessons[0].archive_no, hint=hint, required=True)],
            )
        )
        if values is not None:
            await self.partyday.call(service.archive, [it.id for it in lessons], values["number"])
            await self._reload(lessons[0].id)
            self.tell(f"已归档{len(lessons)}次。")

    async def _reload(self, cursor: Key = None) -> None:
        self._lessons, self._demanded = await self.partyday.call(_read, self._year)
        pairs = [(row, person) for row, it in enumerate(self._lessons) for person in it.served]
        self._rows_of_finder = [row for row, _ in pairs]
        self._finder = Finder((person.name, person.reading) for _, person in pairs)
        branch = self.partyday.branch
        self.set_title(f"{self._year}年  左右键换年", branch.name if branch else "", SaveState.SAVED)
        unfiled = sum(not it.archive_no for it in self._lessons)
        asked = "，规则要求归档" if unfiled and self._demanded else ""
        heads = sum(len(it.served) for it in self._lessons)
        self.set_summary(
            f"补课{len(self._lessons)}次，{heads}人次", f"未归档{unfiled}次{asked} " if unfiled else "都已归档 "
        )
        self.register.set_rows([self._row(it) for it in self._lessons], cursor=cursor)

    def _row(self, lesson: Lesson) -> Row:
        filed = lesson.archive_no or ("未归档" if self._demanded else "")
        signed = "已签" if lesson.is_signed else "未签"
        days = dict.fromkeys(it.event_on for it in lesson.served)
        events = "、".join(f"{on:%m-%d}" if on.year == lesson.on.year else on.isoformat() for on in days)
        cells = (f"{lesson.on:%m-%d}", lesson.names, events, lesson.form, lesson.content, signed, filed)
        return Row(lesson.id, cells)

    def _here(self) -> Lesson | None:
        key = self.register.cursor_key
        return next((it for it in self._lessons if it.id == key), None)


def _read(book: Book, year: int) -> tuple[list[Lesson], bool]:
    """The lessons of a year, and whether today's rules want them archived."""
    return service.lessons_of_year(book, year), service.archive_is_demanded(book, book.clock.today)
