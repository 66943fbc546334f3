"""First start: make a book, look round in the demo branch, or open a book that lies elsewhere."""

from __future__ import annotations

from pathlib import Path

from partyday_tui.clock import Clock
from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.dialogs.pick_file import PickFile
from partyday_tui.ui.widgets.columns import Column, Key, Row
from partyday_tui.ui.widgets.fields import Field


class WelcomeScreen(BookScreen):
    """The calm screen that a branch without a book meets."""

    TITLE_WORD = "主题党日台账"
    SUMMARY_LINES = 2
    FIND = False
    TOP = False
    ACTIONS = (
        Action("1", "建立账本", "写上支部名称和类型，建一本新账", "make"),
        Action("2", "看看示范", "打开示范支部的临时副本，随便试", "look_round"),
        Action("3", "恢复备份", "从U盘上的备份恢复，换了电脑或账本坏了时用", "restore"),
        Action("4", "打开账本", "打开放在别处的账本文件", "open_other"),
        Action("ctrl+q", "离开", "退出程序", "leave"),
    )
    COLUMNS = (Column("", 4), Column("", 20, ink="strong"), Column("", ink="quiet"))

    def on_mount(self) -> None:
        """Lay out the three ways."""
        self.set_title()
        state = "账本没有打开" if self.partyday.was_refused else "欢迎。这台电脑上还没有账本"
        self.set_summary(f"{state}，请选一样开始（按数字，或上下移动后回车）。")
        numbered = [action for action in self.ACTIONS if action.keys.isdigit()]
        self.run_worker(self._tell_of_kept())
        self.register.set_rows([Row(a.run, (a.keys, a.label, a.help)) for a in numbered])

    async def _tell_of_kept(self) -> None:
        """A book that was here and is gone: say what is left of it."""
        from partyday_tui.ui.screens.damaged import words_about_kept

        words = await words_about_kept(self.partyday)
        if words:
            self.set_summary([(f"{words.removesuffix('。')}；账本不见了就按3恢复。", "late")], line=1)

    def open_row(self, key: Key) -> None:
        """Enter on a way takes it."""
        self.run_action_named(str(key))

    def back(self) -> None:
        """There is nothing behind this screen; say how to leave."""
        self.tell("要离开请按 Ctrl+Q")

    def leave(self) -> None:
        """Leave the program."""
        self.app.exit()

    async def make(self) -> None:
        """Ask for the branch, make its book, then lead to the roster to import it."""
        from partyday_tui.rules.text import clean_line, clean_name
        from partyday_tui.services.books import make_book
        from partyday_tui.services.presets import USUAL_PRESET, presets

        kinds = tuple((preset.id, preset.name) for preset in await self.partyday.run_in_book_thread(presets))
        values = await self.ask(
            FormDialog(
                "建立账本",
                [
                    Field("name", "支部名称", required=True, hint="例如：柳湾村党支部", check=_too_long),
                    Field("superior", "上级党组织", hint="例如：青山镇党委", check=_too_long),
                    Field("preset", "支部类型", USUAL_PRESET, "choice", kinds, hint="决定活动日和各项要求，以后可以改"),
                    Field("secretary", "支部书记", hint="书记的姓名", check=_too_long),
                ],
            )
        )
        if values is None:
            return
        path, clock = self.partyday.book_path, self.partyday.clock
        await self.partyday.take_book(
            lambda: make_book(
                path,
                clock,
                name=clean_line(values["name"]).text,
                superior=clean_line(values["superior"]).text,
                preset=values["preset"],
                secretary=clean_name(values["secretary"]).text,
            )
        )
        choice = await self.ask(
            Choose(
                "账本建好了，接下来",
                [("roster", "导入党员名册", "从 Excel 文件导入"), ("today", "先看看", "以后按 F6 再导入")],
            )
        )
        self.partyday.go("roster" if choice == "roster" else "today", "import" if choice == "roster" else None)

    async def look_round(self) -> None:
        """Open a throw-away copy of the demo branch."""
        from tempfile import mkdtemp

        from partyday_tui.services.demo import DEMO_DAY, make_demo, open_demo

        self.tell("正在准备示范支部")
        path = Path(mkdtemp(prefix="partyday-demo-")) / "demo.db"
        clock = Clock(DEMO_DAY)
        await self.partyday.run_in_book_thread(make_demo, path, clock)
        self.partyday.clock = clock
        await self.partyday.take_book(lambda: open_demo(path, clock))
        self.partyday.go("today")

    def restore(self) -> None:
        """Lead to the backups on a stick."""
        self.partyday.go("backups")

    async def open_other(self) -> None:
        """Open a book that lies elsewhere."""
        path = await self.ask(PickFile("打开账本", (".db",)))
        if path is not None:
            await self._open(path)

    async def _open(self, path: Path) -> None:
        from partyday_tui import config
        from partyday_tui.services.books import BookAway, open_existing
        from partyday_tui.ui.screens.copy_in import offer_to_copy_in

        clock = self.partyday.clock
        try:
            await self.partyday.take_book(lambda: open_existing(path, clock))
        except BookAway as refusal:
            copied = await offer_to_copy_in(self.partyday, refusal)
            if copied is not None:
                await self._open(copied)
            return
        self.partyday.book_path = path
        config.choose_book(path)
        await self.partyday.confirm_day()
        self.partyday.go("today")
        await self.partyday.check_book()


def _too_long(value: str) -> str | None:
    return "太长了，请写在 40 个字以内" if len(value) > 40 else None
