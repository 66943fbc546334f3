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
    assert "U+001B" in edit.insert("张\n三\x1b")
    assert edit.text == "张三"


@pytest.mark.parametrize(
    ("pasted", "kept", "named"),
    [
        ("吴\ue000", "吴\ue000", ""),
        ("吴\U00031350\U0002a6d6", "吴\U00031350\U0002a6d6", ""),
        ("张\u3000三", "张\u3000三", ""),
        ("\u2068张三\u2069", "张三", "U+2068、U+2069"),
        ("张\u200b三\u202e\x00\x9b", "张三", "U+200B、U+202E、U+0000等4种"),
    ],
    ids=repr,
)
def test_rare_characters_stay_and_what_cannot_be_seen_is_named(pasted: str, kept: str, named: str) -> None:
    edit = LineEdit.of("")
    told = edit.insert(pasted)
    assert edit.text == kept
    assert named in told and bool(named) == bool(told)


def test_a_long_line_shows_where_the_caret_is() -> None:
    edit = LineEdit.of("一二三四五六")
    assert edit.view(7) == ("四五六", " ", "")
    edit.caret = 0
    assert edit.view(7) == ("", "一", "二三")


def test_an_unknown_key_is_left_to_the_form() -> None:
    assert not LineEdit.of("").take(Stroke("f5", None), None)
