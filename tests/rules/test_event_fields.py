"""What a form says of an event, cleaned."""

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.rules.event_fields import clean_fields, read_clock


@pytest.mark.parametrize(
    ("text", "clock"),
    [("9:30", "09:30"), ("09：30", "09:30"), ("0930", "09:30"), ("9点", "09:00"), ("9点半", "09:30"), ("１４:05", "14:05"),
     ("", None), ("  ", None), ("00:00", "00:00"), ("23:59", "23:59")],
)  # fmt: skip
def test_times_as_people_write_them(text, clock):
    assert read_clock(text) == clock


@pytest.mark.parametrize("text", ["24:00", "9:60", "上午", "9", "9:30:00", "-1:00"])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(UserMistake):
        read_clock(text)


def test_texts_pass_the_gate_and_keep_markup():
    fields = clean_fields({"theme": " 学\u202e党章\n[/foo] ", "note": "=1+1"})
    assert fields == {"theme": "学党章 [/foo]", "note": "=1+1"}


def test_only_what_was_asked_is_answered():
    assert clean_fields({"place": "村部"}) == {"place": "村部"}


@pytest.mark.parametrize(("name", "limit"), [("theme", 200), ("in_charge", 40), ("content", 2000)])
def test_a_text_that_is_too_long_is_refused_never_cut(name, limit):
    assert clean_fields({name: "长" * limit}) == {name: "长" * limit}
    with pytest.raises(UserMistake, match=f"最多 {limit} 个字"):
        clean_fields({name: "长" * (limit + 1)})


def test_an_end_before_the_beginning_is_refused():
    with pytest.raises(UserMistake, match="结束时间"):
        clean_fields({"starts_at": "9:30", "ends_at": "9:30"})
