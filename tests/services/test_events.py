"""Single events: added, edited, dated, taken out."""

from datetime import date

import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.rules.people import Guest
from partyday_tui.services import events as service
from partyday_tui.services.moving import move_event
from partyday_tui.services.plan import ensure_event, make_plan
from partyday_tui.services.roll import seat_guest
from partyday_tui.store import events as store

NOVEMBER = Month(2026, 11)
PARTY_DAY = frozenset({"party_day"})


def added(book, on_date=date(2026, 11, 6), kinds=PARTY_DAY, **texts):
    return service.existing_event(book, service.add_event(book, NOVEMBER, on_date, kinds, texts))


def test_an_event_is_written_as_given(book):
    event = added(book, kinds=PARTY_DAY | {"lesson"}, theme="党史[/foo]专题", starts_at="9点半", place="村部")
    assert (event.theme, event.starts_at, event.place) == ("党史[/foo]专题", "09:30", "村部")
    assert event.kind_words == "主题党日、党课"
    assert event.rule == ""


def test_an_edit_keeps_the_date_and_the_rule(book):
    event = ensure_event(book, date(2026, 11, 6))
    service.edit_event(book, event.id, PARTY_DAY | {"branch_meeting"}, {"theme": "选举", "content": "换届"})
    edited = service.existing_event(book, event.id)
    assert (edited.theme, edited.on_date, edited.rule) == ("选举", event.on_date, event.rule)
    assert edited.kinds == {"party_day", "branch_meeting"}
    history = {change.field: (change.old, change.new) for change in service.event_history(book, event.id)}
    assert history["theme"] == ("", "选举")


def test_an_event_without_a_kind_is_refused(book):
    with pytest.raises(UserMistake, match="类别"):
        added(book, kinds=frozenset())


def test_a_date_that_no_rule_gave_is_set_freely_and_takes_its_slot_along(book):
    event = added(book, on_date=None)
    service.set_date(book, event.id, date(2026, 12, 3))
    assert service.existing_event(book, event.id).month == "2026-12"


def test_a_ruled_date_is_not_set_but_moved(book):
    event = ensure_event(book, date(2026, 11, 6))
    with pytest.raises(UserMistake, match="改期"):
        service.set_date(book, event.id, date(2026, 11, 13))


def test_an_event_on_which_nothing_hangs_is_taken_out(book):
    make_plan(book, 2026)
    event = ensure_event(book, date(2026, 11, 6))
    service.take_event_out(book, event.id)
    assert store.event(book, event.id) is None
    assert make_plan(book, 2026) == 1
    with pytest.raises(UserMistake, match="已经不在计划里"):
        service.existing_event(book, event.id)


def test_what_hangs_on_an_event_keeps_it(book):
    event = ensure_event(book, date(2026, 11, 6))
    move_event(book, event.id, date(2026, 11, 13), "与镇里的会议冲突")
    with pytest.raises(UserMistake, match="变更请示"):
        service.take_event_out(book, event.id)
    seat_guest(book, event, Guest(0, "王群", "", "群众代表", "", "", ""))
    with pytest.raises(UserMistake, match="列席人员"):
        service.take_event_out(book, event.id)
    with book.act("点名") as transaction:
        transaction.connection.execute("INSERT INTO member (name, kind) VALUES ('张建国', 'full')")
        transaction.connection.execute(
            "INSERT INTO roll_entry (event_id, member_id, name, kind, floating, infirm) VALUES (?, 1, '张建国', 'full', 0, 0)",
            (event.id,),
        )
    with pytest.raises(UserMistake, match="已经点过名"):
        service.take_event_out(book, event.id)
    assert store.event(book, event.id) is not None
