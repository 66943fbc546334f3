"""Keys as they come with an input method on."""

import pytest
from textual.events import Key
from textual.keys import _character_to_key

from partyday_tui.ui.keys import Stroke, fold_text, is_find_character, key_label, read


@pytest.mark.parametrize(
    ("character", "key", "digit", "finds"),
    [
        ("1", "1", 1, False),
        ("１", "1", 1, False),
        ("０", "0", 0, False),
        (" ", "space", None, False),
        ("\u3000", "space", None, False),
        ("＋", "+", None, False),
        ("a", "a", None, True),
        ("ｚ", "z", None, True),
        ("张", "张", None, True),
        ("·", "·", None, True),
        ("？", "?", None, False),
    ],
)
def test_a_typed_character_is_folded(character: str, key: str, digit: int | None, finds: bool) -> None:
    stroke = read(Key(_character_to_key(character), character))
    assert (stroke.key, stroke.digit, stroke.finds) == (key, digit, finds)


@pytest.mark.parametrize("name", ["f5", "enter", "escape", "ctrl+z", "insert", "backspace", "up"])
def test_a_named_key_keeps_its_name(name: str) -> None:
    stroke = read(Key(name, "\r" if name == "enter" else None))
    assert (stroke.key, stroke.character, stroke.finds) == (name, None, False)


@pytest.mark.parametrize(
    ("key", "label"), [("f5", "F5"), ("ctrl+z", "^Z"), ("space", "空格"), ("insert", "Ins"), ("1", "1"), ("+", "+")]
)
def test_keys_are_written_as_people_know_them(key: str, label: str) -> None:
    assert key_label(key) == label


def test_a_text_is_folded() -> None:
    assert fold_text("２０２６－０７") == "2026-07"


def test_digits_do_not_find() -> None:
    assert not is_find_character("7")


@pytest.mark.parametrize("character", ["\ue000", "\U00031350", "\U000f0000"])
def test_a_rare_character_is_typed_like_any_other(character):
    assert read(Key(_character_to_key(character), character)) == Stroke(character, character)
