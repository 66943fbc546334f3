"""Values of the registers: what is typed, what the book holds, what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.errors import UserMistake
from partyday_tui.rules.register_values import (
    MOST_MINUTES,
    duration,
    form_text,
    list_text,
    minutes_from,
    read_value,
    read_values,
    texts_of,
)
from partyday_tui.rules.registers import ON, REGISTERS, Entry, register_of

SAMPLE = {"date": "2026-11-06", "money": "12.50", "minutes": "90分钟", "text": "写一点", "choice": "其他"}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120),
        ("1.5", 90),
        ("２小时", 120),
        ("2个小时", 120),
        ("1小时30分", 90),
        ("1小时30分钟", 90),
        ("1小时半", 90),
        ("半小时", 30),
        ("90分", 90),
        ("90 分钟", 90),
        ("1000小时", 60000),
    ],
)
def test_a_duration_is_read_as_people_write_it(text, minutes):
    assert minutes_from(text) == minutes


@pytest.mark.parametrize("text", ["一", "1001小时", "0", "0.01", "-2", "2小时3小时", "小时", "", "9" * 30])
def test_a_duration_that_is_none_is_refused_with_the_way_to_write_it(text):
    with pytest.raises(UserMistake, match="请"):
        minutes_from(text)


@given(st.integers(1, MOST_MINUTES))
def test_a_duration_is_read_back_as_it_was_written(minutes):
    assert minutes_from(duration(minutes)) == minutes


@pytest.mark.parametrize("register", REGISTERS, ids=lambda it: it.key)
def test_what_a_form_is_filled_with_reads_back_as_the_same_entry(register):
    texts = {ON: "2026-11-06"} | {it.name: SAMPLE[it.kind] for it in register.fields}
    values = read_values(register, texts)
    assert set(values) == set(register.columns)
    assert read_values(register, texts_of(register, Entry(1, values))) == values


@pytest.mark.parametrize("register", REGISTERS, ids=lambda it: it.key)
def test_what_must_be_said_is_asked_for_by_name(register):
    full = {ON: "2026-11-06"} | {it.name: SAMPLE[it.kind] for it in register.fields}
    for field in (it for it in register.fields if it.required):
        with pytest.raises(UserMistake, match=f"「{field.label}」还没有填"):
            read_values(register, full | {field.name: " "})
    with pytest.raises(UserMistake, match=f"「{register.day}」还没有填"):
        read_values(register, {})


def test_an_unknown_field_is_refused_with_those_there_are():
    with pytest.raises(UserMistake, match="没有「themes」这一项，可用：on_date、topic"):
        read_values(register_of("talk"), {"themes": "x"})


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("visit", {"occasion": "七一", "reported_on": "2026-06-01"}),
        ("hardship", {"trouble": "因病", "ended_on": "2026-06-01"}),
        ("problem", {"title": "x", "settled_on": "2026-06-01"}),
        ("problem", {"title": "x", "reported_on": "2026-06-01"}),
        ("inspection", {"by_whom": "x", "mend_by": "2026-06-01"}),
    ],
)
def test_an_entry_cannot_end_before_it_begins(key, texts):
    with pytest.raises(UserMistake, match=r"早于.*请核对"):
        read_values(register_of(key), {ON: "2026-06-05", **texts})


def test_a_deadline_that_has_passed_when_a_problem_is_found_is_no_mistake():
    assert read_values(register_of("problem"), {ON: "2026-06-05", "title": "x", "due_on": "2026-06-01"})["due_on"]


@pytest.mark.parametrize(
    ("key", "field", "text", "stored"),
    [
        ("visit", "amount_fen", "200", 20000),
        ("visit", "amount_fen", "1,200元", 120000),
        ("visit", "amount_fen", "", 0),
        ("visit", "reported_on", "2026年7月3日", "2026-07-03"),
        ("visit", "reported_on", "", None),
        ("visit", "goods", "米\x00\u202e一袋", "米一袋"),
        ("visit", "goods", "=1+1", "=1+1"),
        ("visit", "goods", "张[/foo]三", "张[/foo]三"),
        ("talk", "note", "一行\n两行", "一行 两行"),
    ],
)
def test_a_value_is_kept_as_the_book_wants_it(key, field, text, stored):
    assert read_value(register_of(key).field(field), text) == stored


@pytest.mark.parametrize(
    ("key", "field", "text", "said"),
    [
        ("visit", "amount_fen", "-5", "不能是负数"),
        ("visit", "amount_fen", "许多", "慰问金"),
        ("visit", "amount_fen", "0.001", "慰问金"),
        ("visit", "reported_on", "2026-07", "要写到哪一天"),
        ("visit", "reported_on", "2026-02-30", "通报日期"),
        ("visit", "goods", "米" * 201, "最多 200 个字"),
        ("visit", "occasion", "节" * 41, "最多 40 个字"),
        ("talk", "note", "话" * 2001, "最多 2000 个字"),
    ],
)
def test_a_value_that_cannot_be_kept_is_refused_by_name(key, field, text, said):
    with pytest.raises(UserMistake, match=said):
        read_value(register_of(key).field(field), text)


@pytest.mark.parametrize(
    ("key", "field", "value", "form", "shown"),
    [
        ("visit", "amount_fen", 20000, "200.00", "200.00元"),
        ("visit", "amount_fen", 0, "", ""),
        ("visit", "reported_on", None, "", ""),
        ("volunteering", "served_minutes", 90, "1小时30分", "1小时30分"),
        ("talk", "note", "谈了", "谈了", "谈了"),
    ],
)
def test_a_value_is_shown(key, field, value, form, shown):
    it = register_of(key).field(field)
    assert (form_text(it, value), list_text(it, value)) == (form, shown)
