"""The reading plan, the study topics and the dates of the plans."""

from datetime import date

import pytest
from tests.conftest import TODAY

from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.services import yearly_plans as service
from partyday_tui.services.events import add_event


def test_the_plan_is_seeded_once_and_is_the_users_own(book):
    assert service.seed_segments(book, 2026) == 12
    assert service.seed_segments(book, 2026) == 0
    service.add_segment(book, 2026, "党旗党徽")
    segments = service.read_plans(book, 2026).segments
    assert [*(it.title for it in segments[:2]), segments[-1].title] == ["总纲", "第一章", "党旗党徽"]
    service.rename_segment(book, segments[0].id, "总纲（上）")
    service.take_segment_out(book, segments[1].id)
    assert [it.title for it in service.read_plans(book, 2026).segments][:2] == ["总纲（上）", "第二章"]
    assert service.read_plans(book, 2025).segments == ()


def test_a_segment_is_read_at_an_event_or_on_its_own(book):
    service.seed_segments(book, 2026)
    event = add_event(book, Month(2026, 11), TODAY, frozenset({"party_day"}), {})
    first, second, third = (it.id for it in service.read_plans(book, 2026).segments[:3])
    service.read_at_event(book, event, frozenset({first, second}))
    service.read_at_event(book, event, frozenset({second}))
    service.mark_read(book, third, date(2026, 5, 4))
    service.mark_read(book, third, date(2026, 5, 5))
    read = {it.id: it.read_on for it in service.read_plans(book, 2026).segments}
    assert (read[first], read[second], read[third]) == ((), (TODAY,), (date(2026, 5, 5),))
    assert service.segments_at(book, event)[1] == {second}
    service.mark_read(book, second, None)
    assert service.segments_at(book, event)[1] == frozenset()
    with pytest.raises(UserMistake, match="今天以后"):
        service.mark_read(book, third, date(2026, 11, 7))


def test_topics_and_plan_dates(book):
    service.write_topic(book, Month(2026, 11), " 学习党史 ")
    service.write_topic(book, Month(2026, 10), "学习党章")
    service.write_topic(book, Month(2026, 10), "")
    plans = service.read_plans(book, 2026)
    assert plans.topics == {11: "学习党史"}
    assert [plan.name for plan in plans.plans] == ["主题党日活动计划"]
    service.write_plan_dates(book, 2026, "主题党日活动计划", date(2026, 1, 5), None)
    assert service.read_plans(book, 2026).plans[0].made_on == date(2026, 1, 5)
