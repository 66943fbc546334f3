"""Every typed question: how it looks at each size, and what it answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.events import Key, Paste
from textual.screen import ModalScreen

from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.dialogs.palette import Command, Palette
from partyday_tui.ui.dialogs.paste_text import PasteText
from partyday_tui.ui.dialogs.pick_file import PickFile
from partyday_tui.ui.dialogs.show_text import ShowText
from partyday_tui.ui.theme import DARK, LIGHT, PLAIN
from partyday_tui.ui.widgets.fields import Field
from tests.ui.kit_demo import DIALOGS, Asking, form
from tests.ui.looking import HOSTILE, SIZES, lines

GROUPS = [(str(n), f"第{n}党小组", "") for n in range(1, 30)]
BAD = "".join(HOSTILE)


async def answer(dialog: ModalScreen[Any], *keys: str) -> list[Any]:
    """What the dialog answers to these keys; empty while it is still open."""
    app = Asking(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        return app.answers


@pytest.mark.parametrize("what", sorted(DIALOGS))
@pytest.mark.parametrize("typed", ["escape", "enter", "1", "0", "f5"])
async def test_keys_typed_faster_than_a_question_can_go_answer_it_once_and_act_nowhere_else(
    what: str, typed: str
) -> None:
    app = Asking(DIALOGS[what]())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        below = app.screen_stack[:-1]
        for _ in range(4):
            app.screen.post_message(Key(typed, typed if len(typed) == 1 else None))
        await pilot.pause()
        assert len(app.answers) <= 1 and app.screen_stack[: len(below)] == below


@pytest.mark.parametrize("what", sorted(DIALOGS))
@pytest.mark.parametrize(("size", "look"), [(SIZES[0], DARK), (SIZES[1], LIGHT), (SIZES[0], PLAIN)])
async def test_it_stays_inside_the_screen_and_speaks_chinese_only(what: str, size: tuple[int, int], look: Any) -> None:
    app = Asking(DIALOGS[what](), look.name)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        box = app.screen.query_one("#box").region
        assert app.screen.region.contains_region(box)
        keys = lines(app)[box.bottom - (2 if look.plain else 1)]
        assert "Esc" in keys or "不" in keys


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("3",), ["3"]),
        (("down", "enter"), ["2"]),
        (("２",), ["2"]),
        (("escape",), [None]),
        (("0",), []),
        (("组", "end", "enter"), ["29"]),
        (("龘", "enter"), []),
        (("龘", "escape", "enter"), ["1"]),
    ],
)
async def test_choose(keys: tuple[str, ...], value: list[str | None]) -> None:
    assert await answer(Choose("党小组", GROUPS), *keys) == value


async def test_labels_without_help_have_the_whole_line() -> None:
    long = "非公有制经济组织和社会组织党支部"
    app = Asking(Choose("支部类型", [("a", long, ""), ("b", "学生党支部", "")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert any(long in line for line in lines(app))


async def test_choose_begins_at_the_current_value() -> None:
    assert await answer(Choose("党小组", GROUPS, current="12"), "enter") == ["12"]


@pytest.mark.parametrize(
    ("danger", "key", "value"),
    [
        (False, "enter", [True]),
        (False, "1", [True]),
        (False, "escape", [False]),
        (False, "0", [False]),
        (True, "enter", []),
        (True, "1", [True]),
    ],
)
async def test_confirm(danger: bool, key: str, value: list[bool]) -> None:
    assert await answer(Confirm("出党", "记为出党吗？", danger=danger), key) == value


async def test_a_form_is_filled_and_saved_with_the_keyboard_alone() -> None:
    keys = ("王", "enter", "2", "down", "１", "９", "7", "2", "tab", "space", "f5")
    fields = [
        Field("name", "姓名", "老", required=True),
        Field("sex", "性别", "m", "choice", (("m", "男"), ("f", "女"))),
        Field("year", "年份", "", "number"),
        Field("infirm", "年老体弱", "0", "yes_no"),
    ]
    assert await answer(FormDialog("党员", fields), *keys) == [
        {"name": "老王", "sex": "f", "year": "1972", "infirm": "1"}
    ]


async def test_a_form_says_what_is_wrong_and_goes_there() -> None:
    app = Asking(FormDialog("党员", [Field("note", "备注"), Field("name", "姓名", required=True)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f5")
        assert any("「姓名」还没有填" in line for line in lines(app))
        assert app.dialog.form.field.name == "name"  # type: ignore[attr-defined]
        assert app.answers == []


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("escape",), [None]),
        (("王", "escape"), []),
        (("王", "escape", "1"), [None]),
        (("王", "escape", "0"), []),
        (("王", "backspace", "escape"), [None]),
    ],
)
async def test_leaving_a_form_asks_only_if_something_changed(keys: tuple[str, ...], value: list[None]) -> None:
    assert await answer(FormDialog("党员", [Field("name", "姓名")]), *keys) == value


async def test_a_long_form_scrolls_and_its_choices_open_as_a_list() -> None:
    app = Asking(form())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("pagedown", "pagedown", "pagedown")
        assert any(line.lstrip(" ").startswith("> 第24项") for line in lines(app))
        app.dialog.form.go_to(6)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await pilot.press("down", "enter")
        assert app.dialog.form.values()["group"] == "g2"  # type: ignore[attr-defined]


async def test_a_whole_check_names_the_field() -> None:
    dialog = FormDialog(
        "党员", [Field("a", "入党"), Field("b", "转正")], check=lambda values: ("b", "转正不能早于入党，请改一下")
    )
    app = Asking(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+s")
        assert dialog.form.field.name == "b"
        assert any("转正不能早于入党" in line for line in lines(app))


async def test_pasted_lines_are_answered_whole() -> None:
    app = Asking(PasteText("接龙", "粘贴到这里"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f5")
        assert app.answers == []
        assert any("这里还是空的" in line for line in lines(app))
        app.post_message(Paste("1. 张[/foo]\u2068三\u2069\x1b\r\n2. 张军"))
        await pilot.pause()
        await pilot.pause()
        assert any("U+2068、U+2069、U+001B" in line for line in lines(app)), "what was taken out is shown"
        await pilot.press("f5")
        assert app.answers == ["1. 张[/foo]三\n2. 张军"]


async def test_what_cannot_be_seen_stays_out_of_a_form_and_is_named() -> None:
    app = Asking(FormDialog("党员", [Field("name", "姓名")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.post_message(Paste("吴\ue000\u202e\u200b"))
        await pilot.pause()
        assert any("看不见的字符（U+202E、U+200B）已去掉" in line for line in lines(app))
        await pilot.press("f5")
        assert app.answers == [{"name": "吴\ue000"}]


async def test_escape_leaves_the_paste() -> None:
    assert await answer(PasteText("接龙", "粘贴到这里"), "x", "escape") == [None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a roster, a hidden file, another kind, a broken link and a folder with a Chinese name."""
    files = tmp_path / "files"
    (files / "支部资料").mkdir(parents=True)
    (files / "支部资料" / "名册2026.xlsx").write_bytes(b"x")
    (files / "党员[foo].xls").write_bytes(b"x")
    (files / ".隐藏.xlsx").write_bytes(b"x")
    (files / "说明.txt").write_bytes(b"x")
    (files / "断.xlsx").symlink_to(files / "没有")
    return files


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (("enter", "enter"), "支部资料/名册2026.xlsx"),
        (("down", "enter"), "党员[foo].xls"),
        (("党", "enter"), "党员[foo].xls"),
        (("enter", "backspace", "down", "enter"), "党员[foo].xls"),
        (("enter", "2", "6", "enter"), "支部资料/名册2026.xlsx"),
    ],
)
async def test_a_file_is_picked(folder: Path, keys: tuple[str, ...], name: str) -> None:
    assert await answer(PickFile("导入", (".xlsx", ".xls"), start=folder), *keys) == [folder / name]


async def test_only_wanted_files_are_listed(folder: Path) -> None:
    app = Asking(PickFile("导入", (".xlsx", ".xls"), start=folder))
    async with app.run_test(size=(80, 24)):
        register = app.dialog.register  # type: ignore[attr-defined]
        assert [row.cells[0] for row in register.rows] == ["支部资料", "党员[foo].xls"]


@pytest.mark.parametrize("form_of_path", ["{}", '"{}"', "file://{}"])
async def test_a_pasted_path_is_opened(folder: Path, form_of_path: str) -> None:
    path = folder / "支部资料" / "名册2026.xlsx"
    app = Asking(PickFile("导入", (".xlsx",)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.post_message(Paste(form_of_path.format(path) + "\n"))
        await pilot.pause()
        assert app.answers == [path]


@pytest.mark.parametrize(("name", "words"), [("没有.xlsx", "没有这个文件"), ("说明.txt", "要.xlsx文件")])
async def test_a_path_that_will_not_do_is_refused(folder: Path, name: str, words: str) -> None:
    app = Asking(PickFile("导入", (".xlsx",)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.post_message(Paste(str(folder / name)))
        await pilot.pause()
        assert app.answers == []
        assert any(words in line for line in lines(app))


async def test_the_palette_finds_by_pinyin_and_characters() -> None:
    commands = [Command("导出签到表", "打印用", reading="dcqdb"), Command("点名", "", reading="dm dianming")]
    assert await answer(Palette(commands), "d", "m", "enter") == [commands[1]]
    assert await answer(Palette(commands), "签", "enter") == [commands[0]]
    assert await answer(Palette(commands, matcher=lambda typed: [1]), "签", "enter") == [commands[1]]


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_text_is_read_and_closed(key: str) -> None:
    assert await answer(ShowText("结束语", BAD * 20), "pagedown", "end", "up", key) == [None]


@pytest.mark.parametrize(
    "dialog",
    [
        lambda: Choose(BAD, [(BAD, BAD, BAD)]),
        lambda: Confirm(BAD, BAD),
        lambda: FormDialog(BAD, [Field("a", BAD, BAD, hint=BAD), Field("b", BAD, BAD, "choice", ((BAD, BAD),))]),
        lambda: ShowText(BAD, BAD),
        lambda: Palette([Command(BAD, BAD)]),
        lambda: PasteText(BAD, BAD, BAD),
    ],
)
async def test_hostile_text_stays_text(dialog: Any) -> None:
    app = Asking(dialog())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down")
        text = "\n".join(lines(app))
        assert "张[/foo]三" in text
        assert not set(text) & {"\x1b", "\x9b", "\x00", "\u202e"}
