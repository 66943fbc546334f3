"""Typing in one line."""

import pytest

from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.widgets.line_edit import LineEdit


@pytest.mark.parametrize(
    ("keys", "text", "caret"),
    [
        (("王",), "张三王", 3),
        (("left", "王"), "张王三", 2),
        (("home", "王"), "王张三", 1),
        (("backspace",), "张", 1),
        (("home", "delete"), "三", 0),
        (("home", "left", "right", "right", "right"), "张三", 2),
        (("home", "end"), "张三", 2),
    ],
)
def test_keys_edit_the_line(keys: tuple[str, ...], text: str, caret: int) -> None:
    edit = LineEdit.of("张三")
    for key in keys:
        edit.take(Stroke(key, None), key if len(key) == 1 else None)
    assert (edit.text, edit.caret) == (text, caret)


def test_a_pasted_text_loses_its_line_breaks_and_controls() -> None:
    edit = LineEdit.of("")
    edit.insert("张\n三\x1b")
    assert edit.text == "张三"


def test_a_long_line_shows_where_the_caret_is() -> None:
    edit = LineEdit.of("一二三四五六")
    assert edit.view(7) == ("四五六", " ", "")
    edit.caret = 0
    assert edit.view(7) == ("", "一", "二三")


def test_an_unknown_key_is_left_to_the_form() -> None:
    assert not LineEdit.of("").take(Stroke("f5", None), None)
