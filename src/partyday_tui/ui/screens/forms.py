"""表格: the packages and every form that can be printed, in one list; Enter asks of when and writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui.actions import Action
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.screens.exporting import Shown, export_kind
from partyday_tui.ui.widgets.columns import Column, Key, Row

if TYPE_CHECKING:
    from partyday_tui.rules.form_kinds import FormKind
    from partyday_tui.rules.packages import PackageKind


class FormsScreen(BookScreen):
    """The list of packages and forms."""

    TITLE_WORD = "表格"
    SUMMARY_LINES = 1
    EMPTY = "这里没有表格。"
    ACTIONS = (
        Action("enter", "写这一张", "选好年月或活动，写成 Excel 表格", "choose_row", reading="xzyz xiezheyizhang"),
        Action("ctrl+t", "改标题栏目", "在账本旁边的样式文件里改标题、栏目", "change_layout", reading="gbtlm gaibiaotilanmu"),
    )  # fmt: skip
    COLUMNS = (
        Column("表格", 22, ink="strong"),
        Column("按什么", 12, ink="quiet"),
        Column("说明", flex=1, ink="quiet"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._kinds: dict[Key, FormKind] = {}
        self._packages: dict[Key, PackageKind] = {}
        self._readings: list[tuple[str, str]] = []

    def on_mount(self) -> None:
        """Show the list."""
        super().on_mount()
        self._show()

    def match(self, typed: str) -> list[int]:
        """By title, or by its pinyin."""
        from partyday_tui.rules.names import Finder

        return Finder(self._readings).find(typed)

    def choose_row(self) -> None:
        """Enter writes the form under the cursor."""
        self.register.choose()

    def open_row(self, key: Key) -> None:
        """Ask of when, and write."""
        if key in self._packages:
            from partyday_tui.ui.screens.packaging import package_kind

            self._start(package_kind(self, self._packages[key]))
        else:
            self._start(export_kind(self, self._kinds[key], Shown()))

    async def change_layout(self) -> None:
        """Make the file of titles and columns where there is none, and say how it is used."""
        from partyday_tui.paths import short
        from partyday_tui.services.forms import write_layout_sample
        from partyday_tui.ui.dialogs.show_text import ShowText

        path = await self.partyday.call(write_layout_sample)
        words = (
            f"样式文件在：\n{short(path)}\n\n用记事本打开它，把要改的那张表前面的 # 去掉，改标题、栏目，存盘就行；"
            "下次导出就按改过的样子。写错了会说是第几行，删掉这个文件就回到原来的样子。"
        )
        await self.ask(ShowText("改标题栏目", words))

    def _show(self) -> None:
        from partyday_tui.paths import exports_folder, short
        from partyday_tui.rules.form_kinds import FORMS
        from partyday_tui.rules.packages import PACKAGES

        self._kinds = {kind.key: kind for kind in FORMS}
        self._packages = {f"package {kind.key}": kind for kind in PACKAGES}
        branch = self.partyday.branch
        self.set_title(f"共{len(FORMS)}张", branch.name if branch else "", SaveState.SAVED)
        self.set_summary(f"写到 {short(exports_folder())}")
        rows = [Row(key, (it.title, it.period_words, it.help)) for key, it in self._packages.items()]
        rows += [Row(key, (it.title, it.period_words, it.help)) for key, it in self._kinds.items()]
        self._readings = [(it.title, it.reading) for it in PACKAGES] + [(it.title, it.reading) for it in FORMS]
        self.register.set_rows(rows, cursor=rows[0].key)
