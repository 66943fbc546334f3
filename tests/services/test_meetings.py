"""The meetings of a year are counted by the day on which they were held, and a roll that nobody called counts for nothing."""

import pytest

from partyday_tui.services.meetings import KindOfYear, kinds_of_year, meetings_of_year, party_days_of_year
from partyday_tui.services.roll import Mark, Status, event_with_key, read_roll, write_marks
from partyday_tui.store.events import insert_event
from partyday_tui.store.members import insert_members


@pytest.mark.parametrize(
    ("kind", "months", "spans", "held"),
    [
        ("committee", (1, 2, 12), (3, 12), 3),
        ("branch_meeting", (1, 2, 12), (2, 4), 3),
        ("lesson", (), (0, 4), 0),
        ("appraisal", (12,), (1, 1), 1),
    ],
)
def test_a_kind_is_asked_for_by_month_by_quarter_or_by_year(kind, months, spans, held):
    found = KindOfYear(kind, tuple(int(number in months) for number in range(1, 13)))
    assert (found.spans, found.months_held) == (spans, held)


@pytest.fixture
def branch(book):
    with book.act("准备", with_session=True) as act:
        insert_members(act, [{"name": name, "reading": "a", "kind": "full"} for name in ("甲", "乙")])
        day = {"month": "2026-03", "on_date": "2026-03-06", "theme": "学习"}
        called = insert_event(act, day, frozenset({"party_day", "lesson"}))
        insert_event(act, {"month": "2026-04", "on_date": "2026-04-03"}, frozenset({"party_day"}))
        early = insert_event(act, {"month": "2026-01", "on_date": "2025-12-31"}, frozenset({"committee"}))
        for key, host in ((called, "罗有秀"), (early, "")):
            act.connection.execute(
                "INSERT INTO event_record (event_id, host, recorder, minutes) VALUES (?, ?, '马会计', '议')",
                (key, host),
            )
    event = event_with_key(book, called)
    ids = [entry.member_id for entry in read_roll(book, event).entries]
    write_marks(book, event, [[Mark(ids[0], Status.PRESENT), Mark(ids[1], Status.ABSENT)]])
    return book


def test_each_meeting_has_its_host_and_its_heads(branch):
    found = meetings_of_year(branch, 2026)
    assert [(str(it.event.on_date), it.held, it.host, it.recorder, it.is_called) for it in found] == [
        ("2025-12-31", True, "", "马会计", False),
        ("2026-03-06", True, "罗有秀", "马会计", True),
        ("2026-04-03", False, "", "", False),
    ]
    assert (found[1].counts.expected, found[1].counts.came) == (2, 1)


def test_a_meeting_counts_in_the_year_of_its_day(branch):
    held = {it.kind: sum(it.held) for it in kinds_of_year(branch, 2026)}
    assert (held["party_day"], held["lesson"], held["committee"]) == (1, 1, 0)


def test_only_a_called_roll_counts(branch):
    months = {it.month.month: it for it in party_days_of_year(branch, 2026)}
    assert len(months) == 12 and (months[3].times, months[3].counts.rate) == (1, 0.5)
    assert (months[4].times, months[4].counts.rate) == (0, None)
