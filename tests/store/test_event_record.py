"""The parts of an event's record, written and read back; who is expected at which meeting; a book of the first program."""

import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from partyday_tui.clock import Clock
from partyday_tui.rules.agenda import AgendaItem
from partyday_tui.rules.event_record import MemberTick, StepDone, Tick
from partyday_tui.rules.posts import is_on_committee
from partyday_tui.rules.votes import Deduction
from partyday_tui.store import event_record as store
from partyday_tui.store import schema
from partyday_tui.store.book import create_book, open_book
from partyday_tui.store.roll import roll

DAY = date(2026, 11, 6)
POSTS = ("书记", "组织委员", "副书记", "第一书记", "党小组长", "")


@pytest.fixture
def book(tmp_path):
    book = create_book(tmp_path / "book.db", Clock(DAY))
    with book.act("准备") as act:
        run = act.connection.execute
        run("INSERT INTO party_group (id, name) VALUES (1, '一组'), (2, '二组')")
        for key, post in enumerate(POSTS, 1):
            run(
                "INSERT INTO member (id, name, kind, post, group_id) VALUES (?, ?, 'full', ?, ?)",
                (key, f"党员{key}", post, key % 2 + 1),
            )
        for key, kind in enumerate(("party_day", "committee", "group_meeting"), 1):
            run("INSERT INTO event (id, month, on_date) VALUES (?, '2026-11', '2026-11-06')", (key,))
            run("INSERT INTO event_kind VALUES (?, ?)", (key, kind))
    yield book
    book.close()


def changes(book):
    return book.rows("SELECT count(*) FROM change")[0][0]


def test_the_kinds_of_an_older_book_are_kept(tmp_path):
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    for statement in schema._statements(schema.migrations()[0][1]):
        connection.execute(statement)
    connection.execute("INSERT INTO event (id, month) VALUES (1, '2026-11')")
    connection.execute("INSERT INTO event_kind VALUES (1, 'party_day'), (1, 'lesson')")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    book = open_book(path, Clock(DAY))
    with book.act("兼作民主评议") as act:
        act.connection.execute("INSERT INTO event_kind VALUES (1, 'appraisal')")
        act.connection.execute("DELETE FROM event WHERE id = 1")
    assert book.rows("SELECT * FROM event_kind") == []
    assert {row[0] for row in book.rows("SELECT op FROM change WHERE kept_in = 'event_kind'")} == {"insert", "delete"}
    book.close()


def test_nothing_written_is_an_empty_record(book):
    assert store.event_record(book, 1) == store.EventRecord(1)
    assert not store.is_written_up(book, 1)


def test_fields_are_written_one_by_one_and_the_others_stay(book):
    with book.act("一") as act:
        store.write_fields(act, 1, {"host": "罗有秀", "notice_on": "2026-11-01"})
    with book.act("二") as act:
        store.write_fields(act, 1, {"recorder": "马会计"})
    record = store.event_record(book, 1)
    assert (record.host, record.recorder, record.notice_on) == ("罗有秀", "马会计", date(2026, 11, 1))
    assert not store.is_written_up(book, 1), "a host is arranged before the event"
    with pytest.raises(ValueError, match="no such columns"), book.act("三") as act:
        store.write_fields(act, 1, {"host; DROP": "x"})


def test_an_agenda_written_again_leaves_no_change(book):
    items = (AgendaItem("19:30", "学习", "罗有秀"), AgendaItem("", "议事"))
    with book.act("一") as act:
        store.write_agenda(act, 1, items)
    before = changes(book)
    with book.act("二") as act:
        store.write_agenda(act, 1, items)
    assert changes(book) == before
    assert store.event_record(book, 1).agenda == items
    with book.act("三") as act:
        store.write_agenda(act, 1, items[1:])
    assert store.event_record(book, 1).agenda == items[1:]


def test_steps_ticks_and_links_are_written_and_taken_back(book):
    step = StepDone("总结提升", DAY, "罗有秀")
    with book.act("一") as act:
        store.write_step(act, 1, step)
        store.write_step(act, 1, replace(step, note="讲了三点"))
        store.write_ticks(act, 1, [Tick("重温入党誓词"), Tick("党费收缴", "已收41人")])
        store.write_member_ticks(act, 1, "重温入党誓词", DAY, frozenset({1, 2}))
        store.write_run_up(act, 1, frozenset({2, 3}))
    record = store.event_record(book, 1)
    assert record.steps == (replace(step, note="讲了三点"),)
    assert record.member_ticks[0] == MemberTick(1, "党员1", "重温入党誓词", DAY)
    assert {it.id for it in record.run_up} == {2, 3}
    assert store.is_written_up(book, 1)
    with book.act("二") as act:
        store.delete_step(act, 1, "总结提升")
        store.write_ticks(act, 1, [Tick("党费收缴", "已收42人")])
        store.write_member_ticks(act, 1, "重温入党誓词", DAY, frozenset({2}))
        store.write_run_up(act, 1, frozenset({2}))
    record = store.event_record(book, 1)
    assert (record.steps, record.ticks) == ((), (Tick("党费收缴", "已收42人"),))
    assert [it.member_id for it in record.member_ticks] == [2]
    assert [it.id for it in record.run_up] == [2]


def test_a_decision_keeps_its_deductions(book):
    vote = {"kind": "ordinary", "full_members": 9, "present": 8, "votes_for": 8, "votes_against": 0, "votes_abstain": 0}
    with book.act("一") as act:
        key = store.write_part(act, "event_decision", 1, 0, {"matter": "修路", "note": "", **vote})
        store.write_deductions(act, key, [Deduction(1, "留党察看")])
    before = changes(book)
    with book.act("二") as act:
        store.write_part(act, "event_decision", 1, key, {"matter": "修路", "note": "", **vote})
        store.write_deductions(act, key, [Deduction(1, "留党察看")])
    assert changes(book) == before
    (decision,) = store.event_record(book, 1).decisions
    assert (decision.vote.entitled, decision.vote.deductions) == (8, (Deduction(1, "留党察看"),))


def expected(book, event_id):
    return {entry.member_id for entry in roll(book, event_id, DAY)}


def test_who_is_expected_depends_on_the_meeting(book):
    everyone = {*range(1, len(POSTS) + 1)}
    assert expected(book, 1) == everyone
    assert expected(book, 2) == {key for key, post in enumerate(POSTS, 1) if is_on_committee(post)}
    assert expected(book, 3) == everyone, "a group meeting of no group yet"
    with book.act("组") as act:
        store.write_fields(act, 3, {"group_id": 2})
    assert expected(book, 3) == {key for key in everyone if key % 2 + 1 == 2}
    with book.act("同时") as act:
        act.connection.execute("INSERT INTO event_kind VALUES (2, 'party_day')")
    assert expected(book, 2) == everyone


def test_a_committee_that_nobody_is_entered_for_expects_everybody(book):
    with book.act("没有职务") as act:
        act.connection.execute("UPDATE member SET post = ''")
    assert len(expected(book, 2)) == len(POSTS)
