"""A small app on the kit, for tests and for looking at it: `python -m tests.ui.kit_demo [rows or dialog] [look]`."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App
from textual.screen import ModalScreen, Screen

from partyday_tui.ui.actions import Action, help_pairs
from partyday_tui.ui.book_screen import BookScreen, SaveState
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.dialogs.help import Help
from partyday_tui.ui.dialogs.palette import Palette, entries_of
from partyday_tui.ui.dialogs.paste_text import PasteText
from partyday_tui.ui.dialogs.pick_file import PickFile
from partyday_tui.ui.dialogs.show_text import ShowText
from partyday_tui.ui.theme import CSS, DARK, LOOKS, dress
from partyday_tui.ui.widgets.columns import Column, Row
from partyday_tui.ui.widgets.fields import NO, Field

NAMES = ("张建国", "张金凤", "张军", "李秀英", "王·买买提", "欧阳德胜", "赵玉兰", "陈国强", "周桂花", "吴志明")
STATES = {"1": "到会", "2": "迟到", "3": "请假", "4": "缺席", "5": "其他", "0": "未点"}


class RollDemo(BookScreen):
    """A roll of `count` names; digits mark."""

    TITLE_WORD = "点名"
    SUMMARY_LINES = 1
    EMPTY = "这里给到会的党员点名。名册还是空的，按 F6 去名册添加党员。"
    ACTIONS = (
        *(Action(key, word, f"把这一行记为{word}", "mark", menu=True, arg=word) for key, word in STATES.items()),
        Action("space", "到会并下移", "记为到会，光标到下一行", "mark_and_go", reading="dhbxy daohui"),
        Action("f5", "其余全到", "把还没有点的都记为到会", "mark_rest", reading="qyqd qiyuquandao"),
        Action("insert +", "列席", "添加列席人员", "add_guest"),
        Action("ctrl+z", "撤销", "撤销上一步", "undo"),
    )
    COLUMNS = (
        Column("序", 4, align="right", ink="quiet"),
        Column("姓名", 12, ink="strong"),
        Column("党小组", 12, ink="quiet"),
        Column("职务", flex=1, ink="quiet"),
        Column("记录", 6, inks={"未点": "quiet", "缺席": "late"}),
        Column("备注", flex=2, ink="quiet"),
    )

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self.states = dict.fromkeys(range(len(names)), "未点")
        self.names = names
        self.chosen: list[object] = []
        self.pasted = ""
        self.went = ""

    def on_mount(self) -> None:
        """Fill the frame."""
        self.set_title("2026-11-06 主题党日  党史专题学习", "柳湾村", SaveState.SAVED)
        self.set_summary("应到44  到会38  迟到0  请假2  缺席1  其他1  未点2", "到会率86.4%  扣除后92.7% ")
        self.set_find_note("第二党小组 ")
        self.register.set_rows([Row(n, self.cells(n)) for n in self.states])

    def cells(self, n: int) -> tuple[str, ...]:
        """The texts of one row."""
        return (str(n + 1), self.names[n], "第一党小组", "书记" if n == 0 else "", self.states[n], "")

    def mark(self, word: str) -> None:
        """Mark the row under the cursor."""
        n = self.register.cursor_key
        if isinstance(n, int):
            self.states[n] = word
            self.register.update_row(n, self.cells(n))
            self.tell(f"{self.names[n]} {word}")

    def mark_and_go(self) -> None:
        """Mark and go down."""
        self.mark("到会")
        self.register.move_cursor(1)

    def mark_rest(self) -> None:
        """Mark all that are left."""
        for n, state in self.states.items():
            if state == "未点":
                self.states[n] = "到会"
        self.register.set_rows([Row(n, self.cells(n)) for n in self.states])

    def add_guest(self) -> None:
        """Not in the demo."""
        self.tell("演示里没有列席人员", ink="late")

    def undo(self) -> None:
        """Not in the demo."""
        self.tell("没有可以撤销的")

    def on_book_screen_pasted(self, event: BookScreen.Pasted) -> None:
        """Keep what was pasted."""
        self.pasted = event.text


class KitDemo(App[None]):
    """Shows one screen in one look."""

    CSS = CSS
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, first: Screen[None], look: str = DARK.name) -> None:
        super().__init__()
        self.first = first
        self.went: list[str] = []
        dress(self, LOOKS[look])

    def on_mount(self) -> None:
        """Open the screen."""
        self.push_screen(self.first)

    def on_book_screen_go(self, event: BookScreen.Go) -> None:
        """Keep where the user wanted to go."""
        self.went.append(event.where)


def names(count: int) -> list[str]:
    """So many names."""
    return [NAMES[n % len(NAMES)] for n in range(count)]


class Asking(KitDemo):
    """Asks one question over the roll and keeps the answer."""

    def __init__(self, dialog: ModalScreen[Any], look: str = DARK.name) -> None:
        super().__init__(RollDemo(names(30)), look)
        self.dialog = dialog
        self.answers: list[Any] = []

    def on_mount(self) -> None:
        """Ask, over the screen that the demo opens too."""
        self.call_later(self.push_screen, self.dialog, self.answers.append)


def form() -> FormDialog:
    """A form with 24 fields of every kind."""
    return FormDialog(
        "党员  王·买买提",
        [
            Field("name", "姓名", "王·买买提", required=True),
            Field("sex", "性别", "男", "choice", (("男", "男"), ("女", "女"))),
            Field("born_on", "出生日期", "1972-07", "partial_date"),
            Field(
                "joined_on", "入党日期", "", "date", check=lambda value: None if "-" in value else "日期写成 2026-07-01"
            ),
            Field("infirm", "年老体弱", NO, "yes_no"),
            Field("year", "年份", "", "number", hint="四位数字"),
            Field("group", "党小组", "g1", "choice", tuple((f"g{n}", f"第{n}党小组") for n in range(1, 13))),
            *(Field(f"f{n}", f"第{n}项") for n in range(8, 25)),
        ],
    )


DIALOGS: dict[str, Callable[[], ModalScreen[Any]]] = {
    "choose": lambda: Choose("王·买买提", [(word, word, f"把这一行记为{word}") for word in STATES.values()]),
    "groups": lambda: Choose("党小组", [(str(n), f"第{n}党小组", "") for n in range(1, 30)]),
    "confirm": lambda: Confirm("其余全到", "还没有点的 36 人都记为到会吗？"),
    "danger": lambda: Confirm(
        "出党", "把「张建国」记为出党吗？这一条会留在修改记录里。" * 2, danger=True, yes="记为出党"
    ),
    "form": form,
    "paste": lambda: PasteText("粘贴群接龙", "把微信群里的接龙整段粘贴到这里"),
    "file": lambda: PickFile(
        "导入名册", (".xlsx", ".xls", ".csv"), start=Path(__file__).resolve().parents[1] / "samples"
    ),
    "text": lambda: ShowText("结束语", "今天应到党员44名，实到38名，符合规定人数。" * 30),
    "help": lambda: Help("点名", help_pairs(RollDemo.ACTIONS)),
    "palette": lambda: Palette(entries_of(RollDemo.ACTIONS)),
}


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else "44"
    look = sys.argv[2] if len(sys.argv) > 2 else DARK.name
    (Asking(DIALOGS[what](), look) if what in DIALOGS else KitDemo(RollDemo(names(int(what))), look)).run()
