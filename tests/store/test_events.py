"""Events are read back as written, in the order of the year, with the heads of their rolls counted."""

from datetime import date

import pytest

from partyday_tui.errors import PartydayError
from partyday_tui.rules.roll import Status
from partyday_tui.store import events
from partyday_tui.store import roll as rolls
from partyday_tui.store.members import insert_members

FIELDS = {
    "month": "2026-11", "on_date": "2026-11-07", "rule": "每月第一个星期五", "moved_from": "2026-11-06", "moved_reason": "防汛",
    "theme": "党史学习", "form": "集中学习", "content": "读原文", "place": "会议室", "in_charge": "王书记", "starts_at": "19:00",
    "ends_at": "21:00", "note": "带笔",
}  # fmt: skip


def plan(book, *rows):
    with book.act("计划", with_session=True) as act:
        return [events.insert_event(act, fields, frozenset(kinds)) for fields, kinds in rows]


def test_an_event_is_read_back_as_written(book):
    (key,) = plan(book, (FIELDS, {"party_day", "lesson"}))
    event = events.event(book, key)
    expected = FIELDS | {"on_date": date(2026, 11, 7), "moved_from": date(2026, 11, 6)}
    assert {name: getattr(event, name) for name in FIELDS} == expected
    assert event.kinds == {"party_day", "lesson"}
    assert events.event(book, key + 1) is None


def test_an_event_can_be_changed_and_its_kinds_too(book):
    (key,) = plan(book, (FIELDS, {"party_day", "lesson"}))
    with book.act("改", with_session=True) as act:
        events.update_event(act, key, {"on_date": None, "theme": ""})
        events.set_kinds(act, key, frozenset({"lesson", "committee"}))
    event = events.event(book, key)
    assert (event.on_date, event.theme, event.place, event.kinds) == (None, "", "会议室", {"lesson", "committee"})


def test_the_year_is_in_the_order_of_slots_and_dates(book):
    keys = plan(
        book,
        ({"month": "2026-12"}, set()),
        ({"month": "2026-01", "on_date": "2026-02-01"}, set()),
        ({"month": "2026-01"}, set()),
        ({"month": "2026-01", "on_date": "2026-01-09"}, set()),
        ({"month": "2025-12", "on_date": "2026-01-01"}, set()),
    )
    assert [event.id for event in events.events_of_year(book, 2026)] == [keys[3], keys[1], keys[2], keys[0]]
    assert [event.id for event in events.events_of_year(book, 2025)] == [keys[4]]
    between = events.events_between(book, date(2026, 1, 1), date(2026, 1, 9))
    assert [event.id for event in between] == [keys[4], keys[3]]


def test_the_heads_of_a_roll_are_counted(book):
    (key,) = plan(book, ({"month": "2026-11", "on_date": "2026-11-06"}, {"party_day"}))
    with book.act("人", with_session=True) as act:
        ids = insert_members(act, [{"name": name, "kind": "full"} for name in "甲乙丙"])
    assert (events.event(book, key).expected, events.event(book, key).marked) == (0, 0)
    with book.act("点名") as act:
        rolls.freeze(act, key, date(2026, 11, 6))
        rolls.write_marks(act, key, [(ids[0], Status.ABSENT, "", "2026-11-06T19:02:31+08:00")])
    assert (events.event(book, key).expected, events.event(book, key).marked) == (3, 1)


def test_an_event_is_deleted_only_while_nothing_hangs_on_it(book):
    kept, free = plan(book, (FIELDS, {"party_day"}), (FIELDS, {"lesson"}))
    with book.act("请示", with_session=True) as act:
        request = {"event_id": kept, "to_date": "2026-11-08", "reason": "防汛", "duty": "consent"}
        key = events.insert_change_request(act, request)
    with book.act("删") as act:
        events.delete_event(act, free)
    with pytest.raises(PartydayError), book.act("删") as act:
        events.delete_event(act, kept)
    assert [event.id for event in events.events_of_year(book, 2026)] == [kept]
    with book.act("批复", with_session=True) as act:
        events.update_change_request(act, key, {"state": "approved", "replied_on": "2026-11-05", "approver": "镇党委"})
    (found,) = events.change_requests(book, kept)
    assert (found.id, found.to_date, found.state, found.replied_on) == (
        key,
        date(2026, 11, 8),
        "approved",
        date(2026, 11, 5),
    )
    assert (
        found.from_date is None and events.change_requests(book) == [found] and events.change_requests(book, free) == []
    )
