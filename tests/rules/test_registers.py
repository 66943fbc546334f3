"""The registers as data: every one can be read, listed and settled."""

from datetime import date

import pytest

from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.registers import ON, REGISTERS, TRIGGERS, Entry, Person, next_end, register_of, state_of
from partyday_tui.rules.text import clean_line

TODAY = date(2026, 11, 6)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda it: it.key)
def test_a_register_is_whole(register):
    names = [field.name for field in register.fields]
    assert len(set(names)) == len(names) and ON not in names
    for end in register.ends:
        assert register.field(end.field).kind == "date"
        assert not end.due or register.field(end.due).kind == "date"
        assert not end.only_if or end.only_if in names
    assert bool(register.ends) == bool(register.done)
    for field in register.fields:
        assert bool(field.choices) == (field.kind == "choice")
        assert not field.rule or field.rule in KEYS
        assert all(len(choice) <= 40 and clean_line(choice).text == choice for choice in field.choices)
        assert not (field.private and field.width is not None), "what is private is in no list"
    assert register.purpose.endswith("。") and "Ins" in register.purpose
    assert len(register.reading.split()) == len(register.title)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda it: it.key)
def test_the_list_of_a_register_fits_into_eighty_cells(register):
    shown = [field for field in register.fields if field.width is not None and not field.wide]
    state = bool(register.ends) or register.key == "talk_trigger"
    fixed = 10 + (20 if register.people == "several" else 14 if register.people != "none" else 0) + 10 * state
    fixed += sum(field.width or 0 for field in shown)
    gaps = 2 * (len(shown) + (register.people != "none") + state)
    assert sum(field.width == 0 for field in shown) == 1, "one column takes what is left"
    assert fixed + gaps + 8 <= 76


def test_a_register_is_found_by_key_and_by_title():
    assert register_of("talk") is register_of("谈心谈话") is REGISTERS[0]
    assert register_of("谈话") is None
    assert len({word for it in REGISTERS for word in (it.key, it.title)}) == 2 * len(REGISTERS)


def test_the_triggers_of_a_talk_are_those_of_the_guides():
    """「在党员受到批评或处分、遇到困难或挫折、群众有不良反映等情况时」 (CON-17)."""
    assert TRIGGERS == ("受到批评或处分", "遇到困难或挫折", "群众有不良反映")


def entry(key, **values):
    register = register_of(key)
    blank = dict.fromkeys(register.columns, "") | {it.name: None for it in register.fields if it.kind == "date"}
    return register, Entry(1, blank | {ON: "2026-06-05"} | values)


@pytest.mark.parametrize(
    ("key", "values", "state", "late"),
    [
        ("talk", {}, "", False),
        ("visit", {}, "未通报", False),
        ("visit", {"reported_on": "2026-07-03"}, "已通报", False),
        ("visit", {"reported_on": "2026-11-07"}, "未通报", False),
        ("hardship", {}, "在册", False),
        ("hardship", {"ended_on": "2026-11-06"}, "已结束", False),
        ("hardship", {"ended_on": "2026-12-31"}, "在册", False),
        ("problem", {}, "未整改", False),
        ("problem", {"due_on": "2026-11-06"}, "未整改", False),
        ("problem", {"due_on": "2026-11-05"}, "未整改逾期", True),
        ("problem", {"due_on": "2026-11-05", "settled_on": "2026-11-06"}, "待通报", False),
        ("problem", {"settled_on": "2026-11-05", "reported_on": "2026-11-06"}, "已通报", False),
        ("inspection", {}, "", False),
        ("inspection", {"mend_by": "2026-11-06"}, "待整改", False),
        ("inspection", {"mend_by": "2026-11-05"}, "待整改逾期", True),
        ("inspection", {"mend_by": "2026-11-05", "mended_on": "2026-11-05"}, "已整改", False),
        ("duty_post", {}, "在岗", False),
    ],
)
def test_the_state_of_an_entry(key, values, state, late):
    register, it = entry(key, **values)
    assert state_of(register, it, TODAY) == (state, late)


@pytest.mark.parametrize(("values", "field"), [({}, "settled_on"), ({"settled_on": "2026-07-01"}, "reported_on")])
def test_what_settles_a_problem_comes_in_order(values, field):
    register, it = entry("problem", **values)
    assert next_end(register, it, TODAY).field == field


def test_a_settled_entry_has_nothing_next():
    register, it = entry("problem", settled_on="2026-07-01", reported_on="2026-08-14")
    assert next_end(register, it, TODAY) is None


def test_an_entry_names_its_people_or_the_household():
    assert Entry(1, {ON: "2026-06-05"}, (Person(1, "甲"), Person(2, "乙"))).names == "甲、乙"
    assert Entry(1, {ON: "2026-06-05", "household": "张大爷家"}).names == "张大爷家"
    assert Entry(1, {ON: "2026-06-05"}).names == ""
