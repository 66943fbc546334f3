"""Where each duty of every preset is settled: one way for every rule that gives a duty."""

from dataclasses import replace
from datetime import date

import pytest
from tests.rules.duties.guides import PRESETS, book
from tests.rules.duties.village import TODAY, VILLAGE, day, planned

from partyday_tui.rules.duties.all import duties
from partyday_tui.rules.duties.duty import State
from partyday_tui.services.ways import Way, event_of, ways_among

# rule -> the period that is looked at, and the way from there.
WAYS = {
    "plan.yearly": ("2026", Way("year", 1)),
    "plan.filed": ("2026", Way("reading", 2026)),
    "plan.study": ("2026", Way("reading", 2026)),
    "constitution.readings_per_year": ("2026", Way("reading", 2026)),
    "party_day.schedule": ("2026-10", Way("roll", 10)),
    "party_day.per_month": ("2026-10", Way("roll", 10)),
    "party_day.founding_day": ("2026", Way("roll", 70)),
    "party_day.change": ("change-2", Way("year", 8)),
    "party_day.change_written": ("change-2", Way("year", 8)),
    "party_day.change_same_month": ("change-2", Way("year", 8)),
    "party_day.change_restrained": ("2026", Way("year", 1)),
    "oath.joining_month": ("2026-03", Way("event", 3)),
    "oath.founding_day": ("2026", Way("event", 70)),
    "oath.together": ("2026", Way("event", 11)),
    "study.speeches_per_month": ("2026-10", Way("event", 10)),
    "affairs.report": ("2026-10", Way("event", 10)),
    "affairs.village": ("2026-05", Way("event", 5)),
    "affairs.mending_reported": ("problem-1", Way("registers", "problem")),
    "integrity.items": ("2026", Way("event", 11)),
    "dues.publication": ("2026", Way("dues")),
    "lesson.per_quarter": ("2026-Q3", Way("year", 70)),
    "lesson.by_secretary_per_year": ("2026", Way("year", 1)),
    "lesson.by_leaders_per_year": ("2026", Way("year", 1)),
    "lesson.other_lecturers": ("2026", Way("year", 1)),
    "lesson.months": ("2026-09", Way("year", 8)),
    "life_meeting.half_yearly": ("2026-H1", Way("year", 1)),
    "life_meeting.fourth_quarter": ("2026-Q4", Way("year", 10)),
    "life_meeting.regular": ("2026", Way("year", 1)),
    "appraisal.per_year": ("2026", Way("year", 1)),
    "appraisal.fourth_quarter": ("2026-Q4", Way("year", 10)),
    "appraisal.steps": ("2026", Way("year", 1)),
    "meeting.members_per_quarter": ("2026-Q1", Way("year", 1)),
    "meeting.committee_per_month": ("2026-03", Way("year", 3)),
    "meeting.group_per_month": ("2026-09", Way("year", 8)),
    "meeting.kept_up": ("2026", Way("year", 1)),
    "floating.outreach": ("2026-10", Way("registers", "outreach")),
    "infirm.other_way": ("2026-10", Way("roll", 10)),
    "hardship.register": ("2026", Way("registers", "hardship")),
    "visit.occasions": ("2026", Way("registers", "visit")),
    "visit.members": ("2026", Way("registers", "visit")),
    "visit.reported": ("visit-1", Way("registers", "visit")),
    "talk.triggers": ("trigger-1", Way("registers", "talk")),
    "talk.per_year_each_pair": ("2026", Way("registers", "talk")),
    "talk.register_quarterly": ("2026-Q3", Way("registers", "superior_report")),
    "talk.reminders_quarterly": ("2026-Q3", Way("registers", "superior_report")),
    "development.steps": ("candidate-1", Way("registers", "development")),
    "inspection.mended_in_time": ("finding-1", Way("registers", "inspection")),
    "attendance.recorded": ("event-4", Way("roll", 4)),
    "attendance.threshold_percent": ("event-4", Way("roll", 4)),
}
ALL = [duty for name in PRESETS for duty in duties(book(name), VILLAGE, 2026, TODAY)]
PATH = ways_among([VILLAGE], TODAY)


@pytest.mark.parametrize("rule", WAYS)
def test_a_duty_leads_to_where_it_is_settled(rule: str) -> None:
    which, way = WAYS[rule]
    found = [duty for duty in ALL if duty.rule_key == rule and duty.period.which == which]
    assert found
    undone = [duty._replace(state=State.OPEN) for duty in found if duty.title != "谈心谈话"]
    assert {PATH.to(duty) for duty in undone} == {way}


def test_what_an_event_settled_leads_to_that_event() -> None:
    for duty in ALL:
        by_event = [proof.id for proof in duty.evidence if proof.kind in ("event", "appraisal")]
        if duty.state is State.DONE and by_event and event_of(duty) is None:
            assert PATH.to(duty) == Way("event", by_event[0])


def test_every_rule_that_gives_a_duty_is_in_the_table_or_leads_to_its_event() -> None:
    for duty in ALL:
        if duty.rule_key not in WAYS:
            assert PATH.to(duty) == Way("event", event_of(duty)), duty.key


def test_the_talks_of_a_system_kept_up_are_in_their_register() -> None:
    talks = [duty for duty in ALL if duty.title == "谈心谈话"]
    assert [PATH.to(duty) for duty in talks] == [Way("registers", "talk")]


def test_a_meeting_that_is_planned_is_where_its_duty_is_settled() -> None:
    lesson = planned(500, "08-20", kinds=frozenset({"lesson"}))
    facts = replace(VILLAGE, events=(*VILLAGE.events, lesson))
    third = next(it for it in duties(book("soe"), facts, 2026, TODAY) if it.key == "CON-05 lesson.per_quarter 2026-Q3")
    assert ways_among([facts], TODAY).to(third) == Way("event", 500)


def test_a_party_day_to_come_leads_to_its_record_and_a_missing_one_to_the_plan() -> None:
    by_month = {it.period.which: it for it in ALL if it.rule_key == "party_day.schedule" and it.seed == "S4-1"}
    assert PATH.to(by_month["2026-12"]) == Way("year")
    assert ways_among([VILLAGE], day("11-01")).to(by_month["2026-11"]) == Way("event", 11)
    assert PATH.to(by_month["2026-11"]) == Way("roll", 11), "its day has come"


def test_near_new_year_the_events_of_both_years_are_known() -> None:
    both = ways_among([VILLAGE, VILLAGE], date(2027, 1, 5))
    assert both.to(next(it for it in ALL if it.key == "PRO-09 affairs.report 2026-10")) == Way("event", 10)
