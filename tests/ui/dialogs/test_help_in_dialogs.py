"""F1 in every dialog: its own keys, all of them, and then the dialog as it was left."""

from __future__ import annotations

import pytest

from partyday_tui.ui.dialogs.ask_secret import AskSecret
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.choose_after import ChooseAfter
from partyday_tui.ui.dialogs.count_ballots import CountBallots, Tally
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.dialogs.frame import Dialog
from partyday_tui.ui.dialogs.help import Help
from partyday_tui.ui.dialogs.manual import ManualList
from partyday_tui.ui.dialogs.paste_text import PasteText
from partyday_tui.ui.dialogs.pick_folder import PickFolder
from partyday_tui.ui.dialogs.pick_members import PickMembers
from partyday_tui.ui.dialogs.tick_list import TickList
from partyday_tui.ui.dialogs.waiting import Waiting
from partyday_tui.ui.screens.preview import Preview
from partyday_tui.ui.widgets.columns import Column
from tests.ui.kit_demo import DIALOGS, Asking
from tests.ui.looking import lines

MORE = {
    "secret": lambda: AskSecret("密码", "密码", "服务器的"),
    "after": lambda: ChooseAfter("账本没有打开", "文件读不出来。", [("again", "再试一次", "")]),
    "ballots": lambda: CountBallots("数票", [("a", "张建国")], ["优秀", "合格"], given=3, begin=Tally(0, 0, {})),
    "folder": lambda: PickFolder("放在哪里"),
    "one": lambda: PickMembers("选一名", [], single=True),
    "several": lambda: PickMembers("选几名", []),
    "ticks": lambda: TickList("有没有", [("a", "照片", "")], frozenset()),
    "waiting": lambda: Waiting("请等", "正在等。"),
    "preview": lambda: Preview("核对", (Column(""),), [("各行", [("一",)])], yes="写入"),
}
ALL = {name: make for name, make in {**DIALOGS, **MORE}.items() if name != "help"}


@pytest.mark.parametrize("what", sorted(ALL))
async def test_f1_tells_every_key_of_the_key_line_and_esc_comes_back(what: str) -> None:
    app = Asking(ALL[what]())
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, Dialog)
        await pilot.press("f1")
        shown = "\n".join(lines(app))
        assert isinstance(app.screen, Help) and f"帮助  {dialog.word[:1]}" in shown
        for key, word, *_ in [*dialog.keys_here(), dialog.LAST]:
            assert key in shown and word in shown
        assert "每一页都一样" not in shown, "the keys of the screens mean nothing here"
        await pilot.press("escape")
        assert app.screen is dialog and app.answers == []


@pytest.mark.parametrize("what", sorted(set(ALL) - {"confirm", "danger"}))
async def test_f1_stands_in_the_key_line(what: str) -> None:
    app = Asking(ALL[what]())
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        assert "F1 帮助" in app.screen.foot.text_of(1)


async def test_what_was_typed_into_a_form_is_still_there() -> None:
    app = Asking(DIALOGS["form"]())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down", "down", *"2026", "f1", "a", "1", "escape", *"-07-01")
        form = app.screen
        assert isinstance(form, FormDialog)
        assert form.form.values()["joined_on"] == "2026-07-01"
        await pilot.pause()
        assert app.cursor_position == form.caret()


async def test_what_was_pasted_is_still_there_and_typing_goes_on() -> None:
    app = Asking(PasteText("粘贴群接龙", "整段粘贴", "1. 张建国"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("end", "x", "f1", "escape", "y", "f5")
        await pilot.pause()
        assert [sorted(str(it)) for it in app.answers] == [sorted("1. 张建国xy")]


async def test_a_find_and_the_cursor_stay_in_a_list_and_digits_still_choose() -> None:
    app = Asking(Choose("党小组", [(str(n), f"第{n}党小组", "") for n in range(1, 8)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "f1", "enter", "enter")
        assert app.answers == ["2"]


async def test_the_help_of_a_dialog_leads_to_the_manual_and_back_and_the_manual_helps_itself() -> None:
    app = Asking(DIALOGS["confirm"]())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        confirm = app.screen
        await pilot.press("f1", "f1")
        assert isinstance(app.screen, ManualList)
        await pilot.press("f1")
        assert isinstance(app.screen, ManualList)
        await pilot.press("escape", "escape")
        assert app.screen is confirm
        await pilot.press("1")
        await pilot.pause()
        assert app.answers == [True]


async def test_what_ends_while_its_help_is_read_goes_when_the_help_does() -> None:
    waiting = Waiting("请等", "正在等。")
    app = Asking(waiting)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f1")
        waiting.finish()
        await pilot.pause()
        assert isinstance(app.screen, Help) and app.answers == []
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [None] and app.screen is app.first
