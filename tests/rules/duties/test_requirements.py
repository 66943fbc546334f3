"""domain.md 1.1, 1.2, 1.3, 1.5 and 1.7, priority 1 and 2: each has a duty, or a named place in the program that fulfils it."""

from importlib import import_module

import pytest

from partyday_tui.rules.duties.all import duties
from partyday_tui.rules.duties.duty import PROOF_WORDS

from .guides import PRESETS, book
from .village import TODAY, VILLAGE

# id -> rules of the duties that ask for it, each with the code it bears; more than one code where it is asked with another.
DUTIES = {
    "CAL-01": "CAL-01 plan.yearly",
    "CAL-02": "CAL-02 party_day.schedule",
    "CAL-03": "CAL-03 party_day.schedule",
    "CAL-04": "CAL-04 party_day.schedule",
    "CAL-05": "CAL-05 party_day.schedule",
    "CAL-06": "CAL-06 party_day.per_month",
    "CAL-07": "CAL-07 party_day.per_month",
    "CAL-08": "CAL-08 event.minimum_minutes",
    "CAL-09": "CAL-09 party_day.founding_day",
    "CAL-11": "CAL-11 party_day.change_written",
    "CAL-12": "CAL-12 party_day.change_same_month",
    "CAL-13": "CAL-13 party_day.change_restrained",
    "CAL-14": "CAL-14 notice.days_before",
    "CAL-15": "CAL-15 plan.filed",
    "CAL-17": "CAL-17 theme.required_and_chosen",
    "CAL-18": "CAL-18 committee.before_event",
    "CAL-20": "CAL-20 plan.study",
    "PRO-01": "PRO-01 procedure.steps",
    "PRO-02": "PRO-02 host.delegates",
    "PRO-03": "PRO-03 theme.steps",
    "PRO-05": "PRO-05 event.content",
    "PRO-07": "REC-03 record.quality",  # 做到有讨论、有共识、有主题 is the end of the sentence of REC-03
    "PRO-08": "PRO-08 affairs.decided",
    "PRO-09": "PRO-09 affairs.village",
    "PRO-10": "PRO-10 affairs.mending_reported",
    "PRO-11": "PRO-11 review.comment_by",
    "PRO-12": "PRO-12 record.recorder",
    "ATT-02": "ATT-02 attendance.threshold_percent",
    "ATT-10": "ATT-10 floating.outreach",
    "ATT-11": "ATT-11 infirm.other_way",
    "ATT-16": "ATT-16 attendance.recorded",
    "CON-01": "CON-01 oath.joining_month",
    "CON-02": "CON-02 oath.founding_day",
    "CON-03": "CON-03 constitution.readings_per_year",
    "CON-04": "CON-04 study.speeches_per_month",
    "CON-05": "CON-05 lesson.per_quarter",
    "CON-06": "CON-06 lesson.by_secretary_per_year",
    "CON-07": "CON-07 lesson.other_lecturers",
    "CON-08": "CON-08 life_meeting.half_yearly",
    "CON-09": "CON-09 life_meeting.fourth_quarter",
    "CON-10": "CON-10 appraisal.steps",
    "CON-11": "CON-10 appraisal.steps",  # 对照“四个合格”标准 stands in its evidence
    "CON-12": "CON-12 meeting.members_per_quarter",
    "CON-13": "CON-13 meeting.committee_per_month",
    "CON-14": "CON-14 meeting.group_per_month",
    "CON-15": "CON-15 talk.per_year_each_pair",
    "CON-17": "CON-17 talk.triggers",
    "CON-18": "CON-18 visit.occasions",
    "CON-19": "CON-19 hardship.register",
    "CON-20": "CON-20 development.steps",
    "REC-01": "REC-01 record.kept",
    "REC-02": "REC-02 record.days_after",
    "REC-03": "REC-03 record.quality",
    "REC-04": "REC-01 record.kept",  # S0 names 签到表 and 记录本 in the sentence of REC-01
    "REC-05": "REC-05 record.minutes_filed",
    "REC-06": "REC-06 record.workbook",
    "REC-07": "REC-03 record.quality",  # S4-3: 记录档案与活动计划相互印证
    "REC-08": "REC-08 record.filed",
    "REC-09": "REC-03 record.quality",  # S4-2: 如实记录
}
# id -> what fulfils it where the guide asks for a field, a count or a way of working and for nothing by a day.
PLACES = {
    "CAL-10": "services.moving:move_event",  # a plan is changed with its reason, the old date kept; 必选主题 is on the record
    "CAL-16": "rules.rule_book:RuleBook",
    "CAL-22": "store.events:set_kinds",
    "PRO-04": "rules.roll:opening_line",
    "ATT-01": "services.roll:refresh_expected",
    "ATT-17": "services.roll:known_guests",
    "REC-10": "rules.duties.records:record_duties",  # every record is read from what is entered for the event anyway
}
# Fulfilled by other parts of the program, with duties of their own or none: absence and leave, appraisal sheets, printed forms.
OTHER_ISSUES = {"ATT-03", "ATT-04", "ATT-05", "ATT-06", "ATT-08", "ATT-13", "ATT-14", "ATT-15", "CAL-19", "REC-11"}
PRIORITY_1_AND_2 = {
    *(f"CAL-{number:02}" for number in range(1, 23)),
    *(f"PRO-{number:02}" for number in range(1, 13)),
    *(f"ATT-{number:02}" for number in range(1, 18)),
    *(f"CON-{number:02}" for number in (*range(1, 16), *range(17, 21))),
    *(f"REC-{number:02}" for number in range(1, 12)),
} - {"CAL-21", "PRO-06", "ATT-07", "ATT-09", "ATT-12"}
"""Read off the tables of domain.md; the last five are of priority 3."""


def test_nothing_of_priority_1_and_2_is_left_out() -> None:
    named = [*DUTIES, *PLACES, *OTHER_ISSUES]
    assert len(named) == len(set(named))
    assert set(named) == PRIORITY_1_AND_2


@pytest.mark.parametrize("id_", DUTIES)
def test_it_has_a_duty(id_: str) -> None:
    code, rule_key = DUTIES[id_].split()
    for name in PRESETS:
        for duty in duties(book(name), VILLAGE, 2026, TODAY):
            if (duty.code, duty.rule_key) == (code, rule_key):
                assert duty.sentence and duty.title and duty.evidence_words and duty.period.which and duty.due_on
                return
    pytest.fail(f"{id_} 没有应办事项")


@pytest.mark.parametrize("place", PLACES.values())
def test_it_has_a_place(place: str) -> None:
    module, name = place.split(":")
    assert getattr(import_module(f"partyday_tui.{module}"), name).__doc__


def test_a_standard_and_an_agenda_are_told_where_they_are_needed() -> None:
    found = {it.key: it for it in duties(book("rural_community"), VILLAGE, 2026, TODAY)}
    assert "政治合格、执行纪律合格" in found["CON-10 appraisal.steps 2026"].evidence_words
    bureau = {it.key: it for it in duties(book("bureau"), VILLAGE, 2026, TODAY)}
    assert bureau["CON-12 meeting.members_per_quarter 2026-Q2"].note == "议题提示：支委换届选举"


def test_every_register_that_gives_evidence_has_its_word() -> None:
    kinds = {proof.kind for name in PRESETS for it in duties(book(name), VILLAGE, 2026, TODAY) for proof in it.evidence}
    assert kinds <= PROOF_WORDS.keys()
