"""Who belongs on a day: every kind of entry and exit, and a small oracle of its own for all their orders."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partyday_tui.rules.people import ENTRY_MOVEMENTS, MOVEMENT_WORDS, Guest
from partyday_tui.store.members import (
    count_on,
    delete_movement,
    group_id,
    groups,
    guests,
    insert_guest,
    insert_members,
    insert_movement,
    member,
    members,
    members_on,
    movements,
    update_guest,
    update_member,
)


def enter(book, joined_on, *moves):
    with book.act("准备", with_session=True) as act:
        (key,) = insert_members(act, [{"name": "甲", "kind": "full", "joined_on": joined_on}])
        for kind, day in moves:
            insert_movement(act, key, kind, date.fromisoformat(day))
    return key


def belongs(book, day):
    return [m.name for m in members_on(book, date.fromisoformat(day))] == ["甲"]


@pytest.mark.parametrize(
    ("joined_on", "moves", "on", "off"),
    [
        (None, [], ["1900-01-01", "2026-11-06"], []),
        ("1972", [], ["1972-01-01", "2026-11-06"], ["1971-12-31"]),
        ("1972-07", [], ["1972-07-01"], ["1972-06-30"]),
        ("1972-07-05", [], ["1972-07-05"], ["1972-07-04"]),
        *(
            ("1990", [(kind, "2020-03-05")], ["2020-03-05", "2026-01-01"], ["1995-01-01", "2020-03-04"])
            for kind in ("accepted", "transfer_in", "restored")
        ),
        *(
            ("1990", [(kind, "2020-03-05")], ["1990-01-01", "2020-03-04"], ["1989-12-31", "2020-03-05", "2026-01-01"])
            for kind in ("transfer_out", "died", "suspended", "expelled")
        ),
        (None, [("died", "2020-03-05")], ["1950-01-01", "2020-03-04"], ["2020-03-05"]),
        (
            "1990",
            [("suspended", "2020-03-05"), ("restored", "2022-01-01")],
            ["2020-03-04", "2022-01-01"],
            ["2020-03-05", "2021-12-31"],
        ),
        (
            "1990",
            [("transfer_in", "2010-01-01"), ("transfer_out", "2012-01-01"), ("transfer_in", "2015-01-01")],
            ["2010-01-01", "2011-12-31", "2015-01-01"],
            ["2009-12-31", "2012-01-01", "2014-12-31"],
        ),
        (
            "1990",
            [("restored", "2022-01-01"), ("suspended", "2020-03-05")],
            ["2020-03-04", "2022-01-01"],
            ["2021-12-31"],
        ),
        ("1990", [("transfer_out", "2020-03-05"), ("transfer_in", "2020-03-05")], ["2020-03-05"], []),
        ("1990", [("transfer_in", "2020-03-05"), ("transfer_out", "2020-03-05")], [], ["2020-03-04", "2020-03-05"]),
    ],
)
def test_movements_say_who_belongs(book, joined_on, moves, on, off):
    enter(book, joined_on, *moves)
    assert [day for day in on if not belongs(book, day)] == []
    assert [day for day in off if belongs(book, day)] == []


def oracle(joined_on, moves, day):
    """Walk the member's history by hand: `moves` are (day, order of entry, kind)."""
    moves = sorted(moves)
    inside = (joined_on is None or day.isoformat() >= joined_on) and (not moves or moves[0][2] not in ENTRY_MOVEMENTS)
    for on_date, _, kind in moves:
        if on_date <= day:
            inside = kind in ENTRY_MOVEMENTS
    return inside


DAYS = st.integers(0, 40).map(lambda n: date(2026, 1, 20) + timedelta(days=n))
JOINED = st.one_of(st.none(), st.sampled_from(["2026", "2026-01", "2026-02", "2027"]), DAYS.map(date.isoformat))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(joined_on=JOINED, moves=st.lists(st.tuples(DAYS, st.sampled_from(sorted(MOVEMENT_WORDS))), max_size=5), day=DAYS)
def test_any_history_agrees_with_the_oracle(book, joined_on, moves, day):
    key = enter(book, joined_on, *((kind, on_date.isoformat()) for on_date, kind in moves))
    history = [(on_date, order, kind) for order, (on_date, kind) in enumerate(moves)]
    assert (key in {m.id for m in members_on(book, day)}) == oracle(joined_on, history, day)
    assert count_on(book, day) == len(members_on(book, day))


def test_members_stand_in_the_order_of_their_readings(book):
    people = [("张三", "zhang san"), ("安一", "an yi"), ("章三", "zhang san"), ("张三", "zhang san")]
    with book.act("准备", with_session=True) as act:
        keys = insert_members(act, [{"name": n, "reading": r, "kind": "full"} for n, r in people])
    assert [(m.name, m.id) for m in members(book)] == [
        ("安一", keys[1]),
        ("张三", keys[0]),
        ("张三", keys[3]),
        ("章三", keys[2]),
    ]


def test_a_member_is_read_back_as_written(book):
    fields = {
        "name": "张三", "reading": "zhang san", "reading_by_hand": 1, "kind": "probationary", "sex": "女", "ethnicity": "汉族",
        "identity": "11010519491231002X", "born_on": "1949-12", "education": "初中", "joined_on": "1972-07",
        "confirmed_on": "1973", "post": "书记", "job": "务农", "dues_category": "农民", "phone": "13800000000",
        "landline": "010-1", "address": "柳湾村", "floating": 1, "destination": "广东", "lost_contact": 1, "lost_since": "2025-01",
        "infirm": 1, "hardship": 1, "leading_cadre": 1, "note": "=1+1",
    }  # fmt: skip
    with book.act("准备", with_session=True) as act:
        group = group_id(act, "第一党小组")
        (key,) = insert_members(act, [fields | {"group_id": group}])
    found = member(book, key)
    assert found.group == "第一党小组"
    assert {name: getattr(found, name) for name in fields} == fields
    assert found.tags == ("流动", "年老体弱", "困难", "领导干部", "失联")
    with book.act("改", with_session=True) as act:
        update_member(act, key, {"post": "", "joined_on": None, "group_id": None})
    changed = member(book, key)
    assert (changed.post, changed.joined_on, changed.group, changed.name) == ("", "", "", "张三")
    assert member(book, key + 1) is None


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"name": "名" * 41}, {"kind": "x"}, {"joined_on": "1972-13"}, {"floating": 2}]
)
def test_a_row_that_cannot_be_is_refused_before_it_is_written(book, fields):
    with pytest.raises(ValueError), book.act("写坏", with_session=True) as act:
        insert_members(act, [{"name": "好", "kind": "full"}, {"name": "甲", "kind": "full"} | fields])
    assert members(book) == []


def test_groups_are_made_once_and_keep_their_order(book):
    with book.act("准备") as act:
        keys = [group_id(act, name) for name in ("第二党小组", "第一党小组", "第二党小组", "")]
    assert keys[0] == keys[2] and keys[3] is None
    assert groups(book) == ["第二党小组", "第一党小组"]


def test_a_movement_can_be_taken_out_again(book):
    enter(book, "1990", ("died", "2020-03-05"))
    (movement,) = movements(book)
    assert (movement.kind, movement.on_date) == ("died", "2020-03-05")
    with book.act("改正") as act:
        delete_movement(act, movement.id)
    assert movements(book) == [] and belongs(book, "2026-01-01")


def test_guests_are_written_and_changed(book):
    with book.act("准备") as act:
        key = insert_guest(act, Guest(0, "刘四", "liu si", "第一书记", "县局"))
        update_guest(act, Guest(key, "刘四", "liu si", "第一书记", "市局", "138", "到任"))
    assert guests(book) == [Guest(key, "刘四", "liu si", "第一书记", "市局", "138", "到任")]
