"""The expected list follows the roster until the first mark and stands still from then on."""

from datetime import date

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import Status
from partyday_tui.store import roll as rolls
from partyday_tui.store.events import insert_event
from partyday_tui.store.members import insert_guest, insert_members, insert_movement, update_guest, update_member

DAY = date(2026, 11, 6)
AT = "2026-11-06T19:02:31+08:00"


@pytest.fixture
def event(book):
    with book.act("准备", with_session=True) as act:
        insert_members(
            act,
            [
                {"name": "张三", "reading": "zhang san", "kind": "full", "infirm": 1, "post": "书记"},
                {"name": "安一", "reading": "an yi", "kind": "probationary", "floating": 1},
            ],
        )
        return insert_event(act, {"month": "2026-11", "on_date": "2026-11-06"}, frozenset({"party_day"}))


def names(book, event):
    return [entry.name for entry in rolls.roll(book, event, DAY)]


def freeze(book, event):
    with book.act("点名") as act:
        rolls.freeze(act, event, DAY)


def add(book, name, reading=""):
    with book.act("加人", with_session=True) as act:
        return insert_members(act, [{"name": name, "reading": reading, "kind": "full"}])[0]


def test_before_the_first_mark_the_list_follows_the_roster(book, event):
    add(book, "白二", "bai er")
    assert names(book, event) == ["安一", "白二", "张三"]
    assert not rolls.is_frozen(book, event)
    first = rolls.roll(book, event, DAY)[0]
    assert (first.kind, first.floating, first.infirm, first.status, first.marked_at) == (
        "probationary",
        True,
        False,
        None,
        "",
    )


def test_a_frozen_list_keeps_what_people_were(book, event):
    before = rolls.roll(book, event, DAY)
    freeze(book, event)
    assert rolls.is_frozen(book, event)
    assert rolls.roll(book, event, DAY) == before
    with book.act("改", with_session=True) as act:
        update_member(act, 1, {"name": "张改名", "kind": "probationary", "post": "", "infirm": 0})
        insert_movement(act, 2, "transfer_out", date(2026, 1, 1))
    add(book, "白二", "bai er")
    assert rolls.roll(book, event, DAY) == before


def test_a_frozen_list_knows_how_the_roster_has_moved(book, event):
    freeze(book, event)
    assert rolls.strangers_and_missing(book, event, DAY) == (0, 0)
    with book.act("转出") as act:
        insert_movement(act, 2, "transfer_out", date(2026, 1, 1))
    add(book, "白二", "bai er")
    add(book, "常三", "chang san")
    assert rolls.strangers_and_missing(book, event, DAY) == (1, 2)
    with book.act("更新") as act:
        rolls.drop_unmarked_strangers(act, event, DAY)
        rolls.freeze(act, event, DAY)
    assert rolls.strangers_and_missing(book, event, DAY) == (0, 0)
    assert names(book, event) == ["白二", "常三", "张三"]


def test_a_marked_stranger_stays(book, event):
    freeze(book, event)
    with book.act("点名") as act:
        rolls.write_marks(act, event, [(2, Status.PRESENT, "", AT)])
        insert_movement(act, 2, "transfer_out", date(2026, 1, 1))
        rolls.drop_unmarked_strangers(act, event, DAY)
    assert names(book, event) == ["安一", "张三"]
    assert rolls.strangers_and_missing(book, event, DAY) == (0, 0)


@pytest.mark.parametrize("status", list(Status))
def test_a_mark_is_read_back_and_cleared(book, event, status):
    freeze(book, event)
    with book.act("点名") as act:
        rolls.write_marks(act, event, [(1, status, "住院", AT)])
    entry = {e.name: e for e in rolls.roll(book, event, DAY)}["张三"]
    assert (entry.status, entry.reason, entry.marked_at) == (status, "住院", AT)
    with book.act("撤销") as act:
        rolls.write_marks(act, event, [(1, None, "", "")])
    entry = {e.name: e for e in rolls.roll(book, event, DAY)}["张三"]
    assert (entry.status, entry.reason, entry.marked_at) == (None, "", "")


def test_a_mark_for_somebody_not_on_the_list_is_refused_with_the_whole_act(book, event):
    freeze(book, event)
    stranger = add(book, "白二")
    with pytest.raises(UserMistake, match="应到名单"), book.act("点名") as act:
        rolls.write_marks(act, event, [(1, Status.PRESENT, "", AT), (stranger, Status.PRESENT, "", AT)])
    assert {entry.status for entry in rolls.roll(book, event, DAY)} == {None}


def test_guests_sit_in_as_they_were_that_day(book, event):
    with book.act("列席") as act:
        key = insert_guest(act, Guest(0, "刘四", "liu si", "第一书记", "县局", "138"))
        guest = Guest(key, "刘四", "liu si", "第一书记", "县局")
        rolls.seat_guest(act, event, guest)
        rolls.seat_guest(act, event, guest)
        update_guest(act, Guest(key, "刘四", "liu si", "上级领导", "市局"))
    assert rolls.guests_of(book, event) == [guest]
    assert names(book, event) == ["安一", "张三"]
    with book.act("取消") as act:
        rolls.unseat_guest(act, event, key)
    assert rolls.guests_of(book, event) == []
