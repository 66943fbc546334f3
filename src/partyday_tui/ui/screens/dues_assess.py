"""核定: what each member pays this year, decided one by one, imported, or carried over from last year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.rates import CATEGORY_WORDS
from partyday_tui.rules.names import Finder
from partyday_tui.services import dues_assess as service
from partyday_tui.services.namesakes import asides
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.dues_assess_form import ask_for_decision
from partyday_tui.ui.screens.dues_words import some
from partyday_tui.ui.screens.exporting import EXPORT, Shown, export_from
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from partyday_tui.services.dues_assess import SheetRow

_RELIEF_WORDS = {"reduced": "少交", "exempt": "免交"}
_NONE = "未核定"


async def assess_one(screen: BookScreen, member_id: int, year: int) -> str | None:
    """Decide for one member, from whatever screen; returns what was done, None when the user went back."""
    sheet = await screen.partyday.call(service.assessment_sheet, year)
    row = next((row for row in sheet if row.payer.id == member_id), None)
    decision = await ask_for_decision(screen, row, year) if row else None
    if row is None or decision is None:
        return None
    written = await screen.partyday.call(service.assess_member, year, decision)
    found = written.assessment
    return f"{row.payer.name} 从 {found.valid_from} 起每月 {yuan(found.monthly_fen)} 元，已存盘。"


class DuesAssessScreen(BookScreen):
    """The assessment sheet of one year; left and right change the year."""

    TITLE_WORD = "核定"
    SUMMARY_LINES = 2
    TOP = False
    EMPTY = "这一年没有要交党费的党员。按 Esc 返回，再按 F6 到名册导入或添加党员。"
    ACTIONS = (
        Action("enter", "核定", "核定这位党员，或从某个月起更正", "choose_row"),
        Action("f5", "导入基数", "从 Excel 文件导入核定基础数据，核对后才写入", "bring_in", reading="drjs daorujishu"),
        Action("ctrl+r", "成批核定", "还没有核定的：农民等定额的一起核定，或沿用上年", "assess_many", reading="cphd chengpiheding yysn yanyongshangnian"),
        Action("left", "上一年", "看上一年", "earlier", footer=False, reading="syn shangyinian"),
        Action("right", "下一年", "看下一年", "later", footer=False, reading="xyn xiayinian"),
        Action("ctrl+l", "历次核定", "看这位党员历年的核定、组成和依据", "show_history", reading="lchd licihedin"),
        Action("ctrl+o", "起止月份", "手工定从哪个月交到哪个月", "set_term", reading="qzyf qizhiyuefen"),
        Action("ctrl+d", "在外地交", "流动党员在流入地交党费的月份，本支部不算欠交", "note_away", reading="zwdj zaiwaidijiao"),
        Action("ctrl+t", "标准", "各类党员的交纳标准和文件依据", "show_rates", reading="bz biaozhun"),
        EXPORT,
        Action("ctrl+g", "未核定", "只看还没有核定的，再按看全部", "toggle_open", reading="zkwhd zhikanweiheding"),
    )  # fmt: skip
    COLUMNS = (
        Column("姓名", 16, ink="strong"),
        Column("类别", 8, inks={_NONE: "late"}),
        Column("基数", 10, align="right"),
        Column("比例", 6, align="right", ink="quiet"),
        Column("每月", 8, align="right", ink="strong"),
        Column("起", 4, align="right", ink="quiet"),
        Column("核定", flex=1, ink="quiet"),
    )

    def __init__(self, year: int | None = None) -> None:
        super().__init__()
        self._year = year or 0
        self._rows: dict[Key, SheetRow] = {}
        self._asides: dict[int, str] = {}
        self._shown: list[SheetRow] = []
        self._finder = Finder(())
        self._only_open = False

    def on_mount(self) -> None:
        """Show this year, or the one asked for."""
        super().on_mount()
        self.load(self._show(self._year or self.partyday.clock.today.year))

    def match(self, typed: str) -> list[int]:
        """By name, initials or full pinyin."""
        return self._finder.find(typed)

    def on_register_moved(self, event: Register.Moved) -> None:
        """Say what the columns have no room for."""
        event.stop()
        self._show_row_words()

    def choose_row(self) -> None:
        """Enter decides for the row."""
        self.register.choose()

    def open_row(self, key: Key) -> None:
        """Decide for the row `key`."""
        self._start(self.assess())

    async def assess(self) -> None:
        """Decide for the member under the cursor."""
        row = self._row_here()
        done = await assess_one(self, row.payer.id, self._year) if row else None
        if done:
            await self._show(self._year)
            self.tell(done)

    async def show_history(self) -> None:
        """Every decision with its parts and grounds."""
        from partyday_tui.ui.dialogs.show_text import ShowText
        from partyday_tui.ui.screens.dues_assess_words import assessment_words

        row = self._row_here()
        if row is not None:
            found = await self.partyday.call(service.assessment_history, row.payer.id)
            words = "\n\n".join(assessment_words(*each) for each in found) or "还没有核定过。"
            await self.ask(ShowText(f"{row.payer.name} 历次核定", words))

    async def set_term(self) -> None:
        """From which to which month this member pays here."""
        from partyday_tui.ui.screens.dues_assess_form import ask_for_term

        row = self._row_here()
        answer = await ask_for_term(self, row) if row else None
        if row is not None and answer is not None:
            await self.partyday.call(service.set_term, row.payer.id, *answer)
            await self._show(self._year)
            self.tell("起止月份已存盘。")

    async def note_away(self) -> None:
        """In which months this member pays elsewhere."""
        from partyday_tui.rules.month import Month
        from partyday_tui.ui.screens.dues_away import note_away

        row = self._row_here()
        now = Month.of(self.partyday.clock.today)
        done = await note_away(self, row.payer.id, row.payer.name, now) if row else None
        if done:
            await self._show(self._year)
            self.tell(done)

    async def bring_in(self) -> None:
        """Import base figures from a file."""
        from partyday_tui.ui.screens.dues_import import import_bases

        done = await import_bases(self, self._year)
        if done:
            await self._show(self._year)
            self.tell(done)

    async def assess_many(self) -> None:
        """Everyone not assessed yet: as the year before, or by the fixed sum of their category."""
        from partyday_tui.ui.screens.dues_assess_many import assess_many

        done = await assess_many(self, self._year)
        if done:
            await self._show(self._year)
            self.tell(done)

    async def show_rates(self) -> None:
        """The tables of rates with their notices."""
        from partyday_tui.ui.dialogs.show_text import ShowText
        from partyday_tui.ui.screens.dues_assess_words import rate_lines

        await self.ask(ShowText("党费标准", "\n".join(rate_lines(self._year))))

    def toggle_open(self) -> None:
        """Only those without an assessment, or everyone."""
        self._only_open = not self._only_open
        self.clear_find()
        self._show_rows()

    async def export_forms(self) -> None:
        """Write one of the forms of the dues."""
        await export_from(self, "dues", Shown(year=self._year))

    async def earlier(self) -> None:
        """The year before."""
        await self._show(self._year - 1)

    async def later(self) -> None:
        """The year after."""
        await self._show(self._year + 1)

    async def _show(self, year: int) -> None:
        sheet = await self.partyday.call(service.assessment_sheet, year)
        self._asides = await self.partyday.call(asides, [(row.payer.id, row.payer.name) for row in sheet])
        self._year = year
        self._rows = {row.payer.id: row for row in sheet}
        branch = self.partyday.branch
        self.set_title(f"{year}年  左右键换年", branch.name if branch else "", SaveState.SAVED)
        monthly = sum(row.current.monthly_fen for row in sheet if row.current)
        missing = sum(row.current is None for row in sheet)
        self.set_summary(
            f"{len(sheet)}人  每月共 {yuan(monthly)} 元",
            [(f"未核定{missing}人 ", "late")] if missing else "都核定了 ",
        )
        self._show_rows()
        self._show_row_words()

    def _show_rows(self) -> None:
        self._shown = [row for row in self._rows.values() if not (self._only_open and row.current)]
        self._finder = Finder((row.payer.name, row.payer.reading) for row in self._shown)
        self.register.empty = "都核定了，再按 ^G 看全部。" if self._only_open else self.EMPTY
        self.register.set_rows(
            [Row(row.payer.id, _cells(row, self._asides.get(row.payer.id, ""))) for row in self._shown]
        )
        self.set_find_note("只看未核定 " if self._only_open else "全部 ")

    def _row_here(self) -> SheetRow | None:
        return self._rows.get(self.register.cursor_key)

    def _show_row_words(self) -> None:
        row = self._row_here()
        current = row.current if row else None
        words = ""
        if row is not None and current is None:
            words = "还没有核定：按回车逐个核定，按 ^R 成批核定。" + _known_category(row)
        elif row is not None and current is not None:
            away = "  ".join(map(str, row.aways))
            times = f"本年核定{len(row.history)}次" if len(row.history) > 1 else ""
            words = "  ".join(
                filter(
                    None, (away, times, current.relief_document, current.reason, current.approved_by, current.notice)
                )
            )
        self.set_summary([(words, "quiet")], line=1)


def _known_category(row: SheetRow) -> str:
    word = CATEGORY_WORDS.get(row.payer.category)
    return f"名册上是{word}。" if word else ""


def _cells(row: SheetRow, aside: str) -> tuple[str, ...]:
    current, name = row.current, f"{row.payer.name} {aside}".strip()
    if current is None:
        return (name, _NONE)
    rate = "定额" if current.rate is None else _rate(current.rate)
    approval = " ".join(filter(None, (_RELIEF_WORDS.get(current.relief, ""), current.approved_on or "未写批准")))
    return (
        name, CATEGORY_WORDS.get(current.category, current.category), some(current.base_fen), rate,
        yuan(current.monthly_fen), f"{int(current.valid_from[5:])}月", approval,
    )  # fmt: skip


def _rate(rate: int) -> str:
    from partyday_tui.rules.dues.assessment import rate_words

    return rate_words(rate)
