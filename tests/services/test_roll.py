"""Marks: several batches in one commit, each an act; a list that is frozen with the first of them; undo to the very instant."""

from datetime import date

import pytest

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import Status
from partyday_tui.services.plan import event_or_ruled
from partyday_tui.services.roll import (
    Mark,
    mark_history,
    read_roll,
    refresh_expected,
    roster_drift,
    seat_guest,
    unseat_guest,
    write_marks,
)
from partyday_tui.store.events import event as stored_event
from partyday_tui.store.events import insert_event
from partyday_tui.store.members import guests, insert_members, insert_movement

DAY = date(2026, 11, 6)


def plan(book, day, *kinds):
    with book.act("计划", with_session=True) as act:
        fields = {"month": day[:7], "on_date": day}
        return stored_event_after(book, insert_event(act, fields, frozenset(kinds)))


def stored_event_after(book, key):
    found = stored_event(book, key)
    assert found is not None
    return found


@pytest.fixture
def event(book):
    with book.act("准备", with_session=True) as act:
        insert_members(
            act, [{"name": n, "reading": r, "kind": "full"} for n, r in (("张三", "zhang san"), ("安一", "an yi"))]
        )
    return plan(book, "2026-11-06", "party_day")


def entries(book, event):
    return {entry.name: entry for entry in read_roll(book, event).entries}


def test_nobody_is_present_before_the_first_mark(book, event):
    roll = read_roll(book, event)
    assert (roll.day, roll.is_frozen, roll.counts.unmarked, roll.counts.expected) == (DAY, False, 2, 2)
    assert [entry.name for entry in roll.entries] == ["安一", "张三"]


def test_batches_share_one_commit_and_are_acts_of_their_own(book, event):
    statements = []
    book._connection.set_trace_callback(statements.append)
    write_marks(book, event, [[Mark(1, Status.PRESENT)], [Mark(2, Status.LEAVE, "住院")], [Mark(1, Status.LATE)]])
    book._connection.set_trace_callback(None)
    assert [s for s in statements if s.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT"))] == [
        "BEGIN IMMEDIATE",
        "COMMIT",
    ]
    acts = book.rows("SELECT what FROM act ORDER BY id DESC LIMIT 3")
    assert [row[0] for row in acts] == ["点名"] * 3
    found = entries(book, event)
    assert (found["张三"].status, found["安一"].status, found["安一"].reason) == (Status.LATE, Status.LEAVE, "住院")


def test_each_batch_returns_the_instant_that_is_in_the_book(book, event):
    instants = write_marks(book, event, [[Mark(1, Status.PRESENT)], [Mark(2, Status.ABSENT)]])
    found = entries(book, event)
    assert instants == [found["张三"].marked_at, found["安一"].marked_at]
    assert all(
        instant.startswith("2026-11-06T") and instant.endswith("+08:00") and len(instant) == 25 for instant in instants
    )


def test_undo_goes_back_to_the_old_mark_and_its_instant_and_to_unmarked(book, event):
    first = "2026-11-06T18:59:00+08:00"
    write_marks(book, event, [[Mark(1, Status.LEAVE, "住院", first)]])
    write_marks(book, event, [[Mark(1, Status.PRESENT)]])
    write_marks(book, event, [[Mark(1, Status.LEAVE, "住院", first)]], what="撤销")
    entry = entries(book, event)["张三"]
    assert (entry.status, entry.reason, entry.marked_at) == (Status.LEAVE, "住院", first)
    write_marks(book, event, [[Mark(1, None)]], what="撤销")
    entry = entries(book, event)["张三"]
    assert (entry.status, entry.reason, entry.marked_at) == (None, "", "")
    statuses = [(c.what, c.old, c.new) for c in mark_history(book, event, 1) if c.field == "status"]
    assert statuses == [
        ("撤销", "leave", None),
        ("撤销", "present", "leave"),
        ("点名", "leave", "present"),
        ("点名", None, "leave"),
    ]


def test_a_batch_with_a_stranger_writes_nothing_at_all(book, event):
    with pytest.raises(UserMistake, match="应到名单"):
        write_marks(book, event, [[Mark(1, Status.PRESENT)], [Mark(99, Status.PRESENT)]])
    assert not read_roll(book, event).is_frozen


def test_the_list_stands_still_from_the_first_mark_until_it_is_refreshed(book, event):
    refresh_expected(book, event)
    assert not read_roll(book, event).is_frozen
    write_marks(book, event, [[Mark(1, Status.PRESENT)]])
    with book.act("变动", with_session=True) as act:
        insert_members(act, [{"name": "白二", "reading": "bai er", "kind": "full"}])
        insert_movement(act, 2, "transfer_out", date(2026, 10, 1))
    assert list(entries(book, event)) == ["安一", "张三"]
    assert roster_drift(book, event) == (1, 1)
    refresh_expected(book, event)
    assert list(entries(book, event)) == ["白二", "张三"]
    assert roster_drift(book, event) == (0, 0)
    assert entries(book, event)["张三"].status is Status.PRESENT


def test_guests_never_count(book, event):
    guest = seat_guest(book, event, Guest(0, "刘四", "liu si", "第一书记", "县局"))
    assert guest.id and guests(book) == [guest]
    seat_guest(book, event, guest)
    roll = read_roll(book, event)
    assert ([g.name for g in roll.guests], roll.counts.expected) == (["刘四"], 2)
    unseat_guest(book, event, guest)
    assert read_roll(book, event).guests == () and guests(book) == [guest]


def test_an_event_without_a_date_expects_those_of_today(book, event):
    with book.act("计划", with_session=True) as act:
        key = insert_event(act, {"month": "2026-12"}, frozenset({"party_day"}))
    assert Clock(DAY).today == DAY
    assert read_roll(book, stored_event_after(book, key)).day == DAY


def test_two_of_one_name_are_told_apart_by_their_year_of_birth(book):
    with book.act("准备", with_session=True) as act:
        people = [("王建国", "1960-03-08", ""), ("王建国", None, "999999200310160734"), ("单国强", "1950", "")]
        insert_members(
            act,
            [
                {"name": name, "reading": "", "kind": "full", "born_on": born, "identity": number}
                for name, born, number in people
            ],
        )
    roll = read_roll(book, event_or_ruled(book, date(2026, 11, 6)))
    names = {entry.member_id: entry.name for entry in roll.entries}
    assert sorted((names[key], aside) for key, aside in roll.asides.items()) == [
        ("王建国", "1960年生"),
        ("王建国", "2003年生"),
    ]
