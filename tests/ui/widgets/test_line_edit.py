"""Typing in one line."""

from collections.abc import Sequence

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


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("0.50", "0.70", "0.70"),
        ("2026年7月1日", "2026-07-08", "2026-07-08"),
        ("２０２６－０７", "2026-08", "2026-08"),
        ("12", ("end", "0"), "120"),
        ("2026-11", ("backspace", "0"), "2026-10"),
        ("柳湾村1组", "2", "柳湾村1组2"),
        ("", "7", "7"),
    ],
)
def test_figures_are_written_anew_and_words_go_on(before: str, keys: Sequence[str], after: str) -> None:
    edit = LineEdit.of(before)
    edit.mark_figures()
    for key in keys:
        edit.take(Stroke(key, None), key if len(key) == 1 else None)
    assert edit.text == after and not edit.is_marked


def test_a_paste_takes_the_place_of_figures_unless_nothing_of_it_can_be_seen() -> None:
    edit = LineEdit.of("0.50")
    edit.mark_figures()
    assert edit.insert("\u200b") and edit.text == "0.50"
    assert edit.insert("1.20") == "" and edit.text == "1.20"


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
